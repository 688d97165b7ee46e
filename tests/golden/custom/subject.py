"""Estimators with a model_fn of their own, which ends in a TF2 head."""

import os

import tensorflow as tf

from tests.golden.canned import asking, batch, files
from tests.golden.canned import subject as canned
from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject
from tests.golden.values import jsonable, np_dtype

from .cases import CASES


def original_api():
    """The names of TF 2.15 that the cases use."""
    api = canned.original_api()
    api.layers = tf.keras.layers
    api.Sequential = tf.keras.Sequential
    return api


def new_subject(name, release, cases, original):
    """A subject of estimators that go on, and start, from a checkpoint of the original.

    Args:
        name: That of its folder.
        release: The one that it is recorded of.
        cases: {id: `Case`}.
        original: As for `Subject`.
    """

    def ask(named_case, api):
        case_id, case = named_case
        if hasattr(api, "is_original"):
            files.record(name, release, case_id, case, api)
        checkpoints = files.checkpoint_folder(name, release, case_id)
        fields = asking.went_on(case, api, checkpoints, receiver_of_examples(api))
        checkpoint = os.path.join(checkpoints, f"model.ckpt-{asking.STEPS}")
        fields["warm_started"] = asking.warm_started(case, api, checkpoint)
        return {"estimator": jsonable(fields)}

    named_cases = {case_id: (case_id, case) for case_id, case in cases.items()}
    return Subject(name, named_cases, ask, original, (release,), BY_FIELD)


def receiver_of_examples(api):
    """What parses examples in an export, which then has signatures of classification too."""
    spec = {
        name: tf.io.FixedLenFeature(value.shape[1:], np_dtype(value))
        for name, value in batch.FEATURES.items()
    }
    return api.export.build_parsing_serving_input_receiver_fn(spec)


SUBJECT = new_subject("custom", "2.15", CASES, original_api)
