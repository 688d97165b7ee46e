"""SavedModels of the originals, which are asked here."""

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib import predictor
from tests.golden.canned import batch, files


def check_saved_model(golden, release, case_id):
    """Fails unless a SavedModel of the original predicts here what it did there.

    Args:
        golden: A `Conformance` with a subject of `canned.asking.Case`s.
        release: That of the original.
        case_id: A case with a SavedModel.
    """
    path = files.export_folder(golden.subject.name, release, case_id)
    with tf.compat.v1.Session(graph=tf.Graph()) as session:
        meta_graph = tf.compat.v1.saved_model.load(session, ["serve"], path)
    inputs = meta_graph.signature_def["predict"].inputs
    asked = {name: batch.FEATURES[name] for name in inputs}

    predictions = predictor.from_saved_model(path, signature_def_key="predict")(asked)
    loaded = tf.saved_model.load(path).signatures["predict"]
    answers = loaded(**{name: tf.constant(value) for name, value in asked.items()})

    expected = golden.recorded[release][case_id]["estimator"]["predicted"]
    assert set(predictions) == set(answers) == {_in_export(key) for key in expected}
    for key, value in expected.items():
        for answer in (predictions[_in_export(key)], answers[_in_export(key)].numpy()):
            _check_equal(answer, value)


def _in_export(key):
    """The name of an output for a key of predictions, which in a MultiHead is a pair."""
    return key.replace("('", "").replace("', '", "/").replace("')", "")


def _check_equal(answer, expected):
    if answer.dtype == object:
        assert answer.astype(str).tolist() == expected
    else:
        np.testing.assert_allclose(answer, np.array(expected), rtol=1e-5, atol=1e-5)
