"""How a case is asked: trained afresh, and gone on with from the original's checkpoint."""

import collections
import itertools
import os
import re
import shutil
import tempfile

import numpy as np
import tensorflow as tf

from tests.golden.canned.asking import signatures, values
from tests.golden.canned.serving import receivers
from tests.golden.estimator.results import events
from tests.golden.learn_estimator.bundle_contents import described
from tests.golden.values import jsonable

from . import columns

STEPS = 2

# What makes an estimator, and what it is trained on.
#   estimator: the name of a class or function in `api.learn`.
#   arguments: function of the implementation (`api`) that returns the constructor's arguments.
#   labels: a key of `columns.LABELS`.
#   features: as `columns.FEATURES`, or an array, which is given as `x`.
#   calls: the methods asked beside `evaluate`, `predict` and `export_savedmodel`, as functions of
#       the estimator and of what it takes as input.
#   bundle: whether a session bundle is written.
#   default_output: name of the head that a SavedModel serves, if there are several.
#   afresh: whether it goes on from a training of its own: checkpoints of SDCA, whose tables take
#       megabytes, are not kept.
Case = collections.namedtuple(
    "Case", "estimator arguments labels features calls bundle default_output afresh"
)
Case.__new__.__defaults__ = ("two", columns.FEATURES, (), False, None, False)

# Parts of a checkpoint that are not compared by value: the tables of SDCA.
_TABLE = "ShardedMutableHashTable"
# TF 1.15 reads this variable while its optimizer changes it, so a step has no certain outcome.
_RACING = "centered_bias"


def ask(case, api, checkpoint):
    """What an estimator answers.

    Args:
        case: A `Case`.
        api: The implementation: `learn`, `layers`, `SDCAOptimizer` and so on.
        checkpoint: A folder with a checkpoint of the original to go on from.
    """
    fields = {}
    with tempfile.TemporaryDirectory() as folder:
        train(case, api, folder)
        fields["checkpoint"] = {name: list(value.shape) for name, value in values(folder).items()}
        fields["summaries"] = [tag for _, tag in events(folder) if not is_of_runtime(tag)]
    with tempfile.TemporaryDirectory() as folder:
        if case.afresh:
            train(case, api, folder)
        else:
            restore(checkpoint, folder)
        estimator = new_estimator(case, api, folder)
        data, features = labelled(case), unlabelled(case)
        fields["evaluated"] = estimator.evaluate(steps=1, **data)
        fields["predicted"] = _predictions(estimator, case)
        for call in case.calls:
            fields[call.__name__] = plain(call(estimator, features, data))
        fields["signatures"] = _signatures(estimator, os.path.join(folder, "export"), case, api)
        if case.bundle:
            fields["bundle"] = _bundle(estimator, os.path.join(folder, "bundle"), api)
        estimator.fit(steps=1, **data)
        later = values(folder)
        if not any(_RACING in name for name in later):
            fields["one_step_later"] = {n: v for n, v in later.items() if _TABLE not in n}
    return {"estimator": jsonable(fields)}


def train(case, api, folder):
    new_estimator(case, api, folder).fit(steps=STEPS, **labelled(case))


def new_estimator(case, api, folder):
    # To optimize the graphs takes longer than to run them.
    session_config = tf.compat.v1.ConfigProto()
    session_config.graph_options.rewrite_options.disable_meta_optimizer = True
    config = api.learn.RunConfig(
        tf_random_seed=7, save_summary_steps=1, session_config=session_config
    )
    make = getattr(api.learn, case.estimator)
    return make(model_dir=folder, config=config, **case.arguments(api))


def labelled(case):
    """What `fit` and `evaluate` take as input."""
    labels = columns.LABELS[case.labels]
    if isinstance(case.features, np.ndarray):
        return {"x": case.features, "y": labels}
    return {"input_fn": lambda: (_tensors(case.features), _tensors(labels))}


def unlabelled(case):
    """What `predict` takes as input."""
    if isinstance(case.features, np.ndarray):
        return {"x": case.features}
    return {"input_fn": lambda: _tensors(case.features)}


def restore(source, target):
    """Copies the files of a checkpoint, and says that it is the latest one."""
    for name in os.listdir(source):
        shutil.copy(os.path.join(source, name), target)
        if name.endswith(".index"):
            with open(os.path.join(target, "checkpoint"), "w") as file:
                file.write('model_checkpoint_path: "{}"\n'.format(name[: -len(".index")]))


def keep(folder, target):
    """Copies the latest checkpoint of a model_dir, without its graph."""
    latest = os.path.basename(tf.train.latest_checkpoint(folder))
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    for name in os.listdir(folder):
        if re.match(re.escape(latest) + r"\.(index|data.*)$", name):
            shutil.copy(os.path.join(folder, name), target)


def is_of_runtime(tag):
    """Whether a tag is not of the model."""
    return tag in ("", "global_step/sec") or tag.startswith(("enqueue_input", "input_producer"))


def plain(answer):
    """An answer without iterators."""
    if isinstance(answer, (np.ndarray, np.generic, dict, list, float, int, str)):
        return answer
    return list(answer)


def _tensors(value):
    if isinstance(value, dict):
        return {name: tf.constant(array) for name, array in value.items()}
    return None if value is None else tf.constant(value)


def _predictions(estimator, case):
    """{key: values of the whole batch}, from the class that all estimators are derived from."""
    base = [kind for kind in type(estimator).__mro__ if kind.__name__ == "Estimator"][0]
    rows = list(itertools.islice(base.predict(estimator, **unlabelled(case)), 100))
    if not isinstance(rows[0], dict):
        return rows
    return {str(key): [row[key] for row in rows] for key in rows[0]}


def _signatures(estimator, folder, case, api):
    def serving_input_fn():
        if isinstance(case.features, np.ndarray):
            examples = tf.compat.v1.placeholder(tf.string, [None], "examples")
            spec = {"x": tf.io.FixedLenFeature(case.features.shape[1:], tf.float32)}
            parsed = tf.io.parse_example(examples, spec)
            return api.learn.InputFnOps({"": parsed["x"]}, None, {"examples": examples})
        tensors, fed = receivers(case.features)
        return api.learn.InputFnOps(tensors, None, fed)

    path = estimator.export_savedmodel(folder, serving_input_fn, case.default_output)
    return signatures(path.decode())


def _bundle(estimator, folder, api):
    found = described(api, estimator.export(folder).decode().encode(), folder)
    del found["variables"], found["path"]
    return found
