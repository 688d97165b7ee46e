"""LinearSDCA, which trains the linear estimators of TF2 and of TF1."""

import tempfile
import types

import numpy as np
import tensorflow as tf

from tests.golden.canned import asking, batch
from tests.golden.recording import BY_FIELD
from tests.golden.sessions import in_one_thread
from tests.golden.subject import Subject
from tests.golden.values import jsonable

from .cases import CASES

FEATURES = dict(batch.FEATURES, id=np.array(["a", "b", "c", "d"], object))
ROUNDS = 3


def original_api():
    """The names of TF 2.15 or 1.15 that the cases use."""
    names = ("LinearClassifier", "LinearRegressor", "RunConfig")
    return types.SimpleNamespace(
        LinearSDCA=tf.estimator.experimental.LinearSDCA,
        **{name: getattr(tf.estimator, name) for name in names},
    )


def ask(case, api):
    """What the estimator answers after it has seen each example some times, one at a time.

    A solver given several examples takes them in an order of its own. Its checkpoints are too large
    to keep, because of the table of the examples.
    """
    with tempfile.TemporaryDirectory() as folder:
        estimator = new_estimator(case, api, folder)
        estimator.train(input_fn(case, 1, ROUNDS))
        data = input_fn(case, len(FEATURES["id"]))
        rows = list(estimator.predict(data))
        return {
            "estimator": jsonable(
                {
                    "variables": sorted(estimator.get_variable_names()),
                    "trained": {
                        name: value
                        for name, value in asking.values(folder).items()
                        if "HashTable" not in name
                    },
                    "evaluated": estimator.evaluate(data),
                    "predicted": {key: [row[key] for row in rows] for key in rows[0]},
                }
            )
        }


def new_estimator(case, api, folder):
    return getattr(api, case.estimator)(
        model_dir=folder,
        optimizer=api.LinearSDCA("id", **case.sdca),
        config=api.RunConfig(tf_random_seed=7, session_config=in_one_thread()),
        **case.arguments,
    )


def input_fn(case, batch_size, rounds=1):
    """An input function of all examples, as often as is said."""

    def make():
        data = tf.data.Dataset.from_tensor_slices((FEATURES, batch.LABELS[case.labels]))
        return data.repeat(rounds).batch(batch_size)

    return make


SUBJECT = Subject(
    name="sdca",
    cases=CASES,
    ask=ask,
    original=original_api,
    releases=("2.15", "1.15"),
    form=BY_FIELD,
)
