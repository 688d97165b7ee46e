"""KMeansClustering of TF2, and that of `tf.contrib.factorization`."""

import os
import tempfile
import types

import tensorflow as tf

from tests.golden.canned import asking, files
from tests.golden.recording import BY_FIELD
from tests.golden.sessions import in_one_thread
from tests.golden.subject import Subject
from tests.golden.values import jsonable

from .cases import CASES, POINTS


def original_api():
    """What TF 2.15 or 1.15 has, and what it calls the seed of the first centers."""
    estimator = tf.compat.v1.estimator
    api = types.SimpleNamespace(
        is_original=True, RunConfig=estimator.RunConfig, export=estimator.export
    )
    if hasattr(tf, "contrib"):
        api.release, api.seed = "1.15", "random_seed"
        api.KMeansClustering = tf.contrib.factorization.KMeansClustering
    else:
        api.release, api.seed = "2.15", "seed"
        api.KMeansClustering = estimator.experimental.KMeans
    return api


def ask(named_case, api):
    """What the clustering answers: trained afresh, and going on from the original's checkpoint."""
    case_id, case = named_case
    checkpoints = files.checkpoint_folder("kmeans", api.release, case_id)
    if hasattr(api, "is_original"):
        record(case, api, checkpoints)
    fields = {}
    with tempfile.TemporaryDirectory() as folder:
        kmeans = new_kmeans(case, api, folder)
        kmeans.train(input_fn(case, case.batch_size), steps=case.steps)
        fields["trained"] = asking.values(folder)
    with tempfile.TemporaryDirectory() as folder:
        asking.copy_checkpoint(checkpoints, folder)
        kmeans = new_kmeans(case, api, folder)
        data = input_fn(case)
        fields["evaluated"] = kmeans.evaluate(data)
        fields["predicted"] = list(kmeans.predict(data))
        if case.whole:
            fields.update(other_methods(kmeans, data))
            path = kmeans.export_saved_model(os.path.join(folder, "export"), receiver_fn(case, api))
            fields["signatures"] = asking.signatures(path.decode())
        kmeans.train(input_fn(case, case.batch_size), steps=1)
        fields["one_step_later"] = asking.values(folder)
    return {"estimator": jsonable(fields)}


def other_methods(kmeans, data):
    return {
        "cluster_centers": kmeans.cluster_centers(),
        "score": kmeans.score(data),
        "cluster_index": list(kmeans.predict_cluster_index(data)),
        "transformed": list(kmeans.transform(data)),
    }


def record(case, api, checkpoints):
    """Trains the original, and keeps its checkpoint."""
    with tempfile.TemporaryDirectory() as folder:
        kmeans = new_kmeans(case, api, folder)
        kmeans.train(input_fn(case, case.batch_size), steps=asking.STEPS)
        files.keep_checkpoint(folder, checkpoints)


def new_kmeans(case, api, folder):
    arguments = dict(case.arguments)
    if "seed" in arguments:
        arguments[api.seed] = arguments.pop("seed")
    # Many threads add numbers up in any order.
    config = api.RunConfig(tf_random_seed=7, session_config=in_one_thread())
    return api.KMeansClustering(3, model_dir=folder, config=config, **arguments)


def input_fn(case, batch_size=None):
    """An input function of all points at once, or of batches without end."""

    def make():
        data = tf.data.Dataset.from_tensor_slices(case.data)
        if batch_size:
            return data.repeat().batch(batch_size)
        return data.batch(len(POINTS))

    return make


def receiver_fn(case, api):
    """A function that makes placeholders of what a case is trained on, for an export."""

    def make():
        if not isinstance(case.data, dict):
            points = tf.compat.v1.placeholder(tf.float32, [None, 2])
            return api.export.TensorServingInputReceiver(points, points)
        features = {
            name: tf.compat.v1.placeholder(tf.float32, [None, 1], name) for name in case.data
        }
        return api.export.ServingInputReceiver(features, features)

    return make


SUBJECT = Subject(
    name="kmeans",
    cases={case_id: (case_id, case) for case_id, case in CASES.items()},
    ask=ask,
    original=original_api,
    releases=("2.15", "1.15"),
    form=BY_FIELD,
)
