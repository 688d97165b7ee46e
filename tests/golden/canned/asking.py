"""How a case is asked: trained afresh, and gone on with from the original's checkpoint."""

import collections
import itertools
import os
import shutil
import tempfile

import tensorflow as tf

from tests.golden.values import jsonable

from . import batch, serving

STEPS = 2

# What makes an estimator, and what it is trained on.
#   estimator: the name of a class in `api`.
#   labels: a key of `batch.LABELS`.
#   arguments: function of the implementation (`api`) that returns the constructor's arguments.
#   export: whether the original's SavedModel is kept.
#   features: as `batch.FEATURES`.
Case = collections.namedtuple("Case", "estimator labels arguments export features")
Case.__new__.__defaults__ = (False, batch.FEATURES)


def ask(case, api, checkpoints, seeded=True):
    """What an estimator answers.

    Args:
        case: A `Case`.
        api: The implementation: its estimators, heads, RunConfig and so on.
        checkpoints: A folder with checkpoint files of the original to go on from.
        seeded: Whether the values after training are the original's, as they are after a warm start
            too. If not, the names and shapes of what the checkpoint holds are.
    """
    fields = {}
    with tempfile.TemporaryDirectory() as folder:
        estimator = new_estimator(case, api, folder)
        estimator.train(input_fn(case, STEPS))
        trained = values(folder)
        fields["checkpoint"] = {name: list(value.shape) for name, value in trained.items()}
        if seeded or "warm_start_from" in case.arguments(api):
            fields["seeded"] = trained
    fields.update(went_on(case, api, checkpoints))
    return {"estimator": jsonable(fields)}


def went_on(case, api, checkpoints, receiver_fn=None):
    """What an estimator answers that goes on from the original's checkpoint.

    Args:
        case: As for `ask`.
        api: As for `ask`.
        checkpoints: As for `ask`.
        receiver_fn: As for `export`.
    """
    fields = {}
    with tempfile.TemporaryDirectory() as folder:
        copy_checkpoint(checkpoints, folder)
        estimator = new_estimator(case, api, folder)
        data = input_fn(case)
        fields["evaluated"] = estimator.evaluate(data)
        fields["predicted"] = predictions(estimator, case)
        exported = export(estimator, os.path.join(folder, "export"), case, api, receiver_fn)
        fields["signatures"] = signatures(exported)
        estimator.train(data, steps=1)
        fields["one_step_later"] = values(folder)
    return fields


def warm_started(case, api, settings):
    """Every value after one step of a new estimator.

    Args:
        case: A `Case`.
        api: As for `ask`.
        settings: Its `warm_start_from`.
    """
    with tempfile.TemporaryDirectory() as folder:
        estimator = new_estimator(case, api, folder, warm_start_from=settings)
        estimator.train(input_fn(case), steps=1)
        return values(folder)


def new_estimator(case, api, folder, **others):
    # To optimize the graphs takes longer than to run them.
    session_config = tf.compat.v1.ConfigProto()
    session_config.graph_options.rewrite_options.disable_meta_optimizer = True
    config = api.RunConfig(tf_random_seed=7, session_config=session_config)
    others.update(case.arguments(api))
    return getattr(api, case.estimator)(model_dir=folder, config=config, **others)


def input_fn(case, batches=1):
    """An input function of what a case is trained on."""
    return batch.input_fn(case.labels, batches, case.features)


def values(folder):
    """{name: value} of the latest checkpoint."""
    reader = tf.train.load_checkpoint(folder)
    return {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}


def copy_checkpoint(source, target):
    """Copies the files of a checkpoint, and says that it is the latest one."""
    for name in os.listdir(source):
        shutil.copy(os.path.join(source, name), target)
    with open(os.path.join(target, "checkpoint"), "w") as file:
        file.write(f'model_checkpoint_path: "model.ckpt-{STEPS}"\n')


def predictions(estimator, case):
    """{key: values of the whole batch}."""
    # Predictions of a Baseline estimator need no features, and so have no end.
    rows = list(itertools.islice(estimator.predict(input_fn(case)), len(case.features["size"])))
    return {str(key): [row[key] for row in rows] for key in rows[0]}


def export(estimator, folder, case, api, receiver_fn=None):
    """Exports over all features, unless another receiver is given."""

    def all_features():
        return api.export.ServingInputReceiver(*serving.receivers(case.features))

    return estimator.export_saved_model(folder, receiver_fn or all_features).decode()


def signatures(path):
    """{signature: method, and name, dtype and shape of what it takes and gives}."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta_graph = tf.compat.v1.saved_model.load(session, ["serve"], path)
    return {
        name: {
            "method": signature.method_name,
            "inputs": _tensors(signature.inputs),
            "outputs": _tensors(signature.outputs),
        }
        for name, signature in meta_graph.signature_def.items()
    }


def _tensors(infos):
    return {
        key: [
            tf.as_dtype(info.dtype).name,
            None if info.tensor_shape.unknown_rank else [d.size for d in info.tensor_shape.dim],
        ]
        for key, info in infos.items()
    }
