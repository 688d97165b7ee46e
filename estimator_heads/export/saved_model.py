"""Writes a SavedModel from a checkpoint, with one meta graph for each mode."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads import forks, plain_paths
from estimator_heads._tensorflow import savers
from estimator_heads.export.signatures import build_all_signature_defs, export_outputs_for_mode
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Path

TAGS = {
    ModeKeys.TRAIN: [tf.saved_model.TRAINING],
    ModeKeys.EVAL: ["eval"],
    ModeKeys.PREDICT: [tf.saved_model.SERVING],
}

# The first mode that is asked for saves the variables. TRAIN comes first, because a training graph
# has the variables of the other modes and more.
MODE_ORDER = (ModeKeys.TRAIN, ModeKeys.EVAL, ModeKeys.PREDICT)

# Where loaders look for the training operation.
_TRAIN_OP_COLLECTION = "saved_model_train_op"

DIRECTORY_ATTEMPTS = 10


def modes_in_order(input_receiver_fn_map: Mapping[str, Any]) -> list[str]:
    """The modes that have an input receiver function, in the order in which they are exported.

    Args:
        input_receiver_fn_map: Dict from `ModeKeys` to functions.

    Returns:
        A list of `ModeKeys` values. The first one saves the variables.

    Raises:
        ValueError: If there is none.
    """
    modes = [mode for mode in MODE_ORDER if input_receiver_fn_map.get(mode)]
    if not modes:
        raise ValueError(
            "There is nothing to export. Expected input receiver functions for some of the modes "
            f"{list(MODE_ORDER)}. Received: {input_receiver_fn_map}."
        )
    return modes


@contextlib.contextmanager
def new_saved_model(
    export_dir_base: Path | bytes,
    assets_extra: Mapping[str, Path] | None = None,
    as_text: bool = False,
) -> Iterator[tuple[tf.compat.v1.saved_model.Builder, bytes]]:
    """Writes a SavedModel to `export_dir_base`/<seconds since 1970>; the context adds its graphs.

    It is written to `temp-<seconds>` beside it and renamed in the end, so a server that watches
    `export_dir_base` never sees half a model; after a failure nothing is left behind.

    Args:
        export_dir_base: Folder for the timestamped folders; it is made if need be.
        assets_extra: Dict from a path within the folder assets.extra to the file to copy there.
        as_text: Whether to write saved_model.pbtxt instead of saved_model.pb.

    Yields:
        A tuple of the `tf.compat.v1.saved_model.Builder` to add graphs to, and the path of the new
        folder, as bytes.
    """
    export_dir = get_timestamped_export_dir(export_dir_base)
    temp_dir = get_temp_export_dir(export_dir)
    with _removed_on_failure(temp_dir):
        builder = tf.compat.v1.saved_model.Builder(temp_dir)
        yield builder, export_dir
        builder.save(as_text)
        _copy_extra_assets(temp_dir, assets_extra or {})
        tf.io.gfile.rename(temp_dir, export_dir)
    tf.compat.v1.logging.info("SavedModel written to: %s", tf.compat.as_str_any(export_dir))


def get_temp_export_dir(timestamped_export_dir: str | bytes) -> bytes:
    """The folder beside an export, of the name temp-<its name>, that it is written to at first.

    Args:
        timestamped_export_dir: Path of the export.

    Returns:
        A path, as bytes.
    """
    parent, name = os.path.split(tf.compat.as_bytes(timestamped_export_dir))
    return os.path.join(parent, b"temp-" + name)


def get_timestamped_export_dir(export_dir_base: Path | bytes) -> bytes:
    """A folder for an export, named by the seconds since 1970, that does not exist yet.

    Nor does the one beside it that it is written to at first: it would be that of another process
    that exports in the same second, such as the evaluator beside the chief.

    Args:
        export_dir_base: Folder for the timestamped folders.

    Returns:
        A path, as bytes.

    Raises:
        RuntimeError: If the folders of several seconds in a row exist already.
    """
    for attempt in range(DIRECTORY_ATTEMPTS):
        export_dir = os.path.join(
            tf.compat.as_bytes(tf.compat.path_to_str(export_dir_base)), b"%d" % time.time()
        )
        taken = export_dir, get_temp_export_dir(export_dir)
        if not any(map(tf.io.gfile.exists, taken)):
            return export_dir
        tf.compat.v1.logging.info(
            "%s exists already; trying the next second (%d of %d attempts).",
            tf.compat.as_str_any(export_dir),
            attempt + 1,
            DIRECTORY_ATTEMPTS,
        )
        time.sleep(1)
    raise RuntimeError(
        f"No unused timestamp for an export folder in {export_dir_base!r} after "
        f"{DIRECTORY_ATTEMPTS} attempts. Are other processes exporting there?"
    )


@contextlib.contextmanager
def _removed_on_failure(directory):
    try:
        yield
    except BaseException:
        if tf.io.gfile.exists(directory):
            tf.io.gfile.rmtree(directory)
        raise


def add_meta_graph(
    builder: tf.compat.v1.saved_model.Builder,
    mode: str,
    receiver: Any,
    spec: Any,
    checkpoint_path: str,
    with_variables: bool,
    *,
    tags: Sequence[str] | None = None,
    check_variables: bool = True,
    session_config: tf.compat.v1.ConfigProto | None = None,
    strip_default_attrs: bool = True,
) -> None:
    """Adds the model in the default graph to a SavedModel.

    Args:
        builder: The `tf.compat.v1.saved_model.Builder`.
        mode: The `ModeKeys` value of the model.
        receiver: Its input receiver.
        spec: Its `EstimatorSpec`.
        checkpoint_path: Path of the checkpoint to export.
        with_variables: Whether to save the variables, as the first graph does.
        tags: Tags of the graph; None: those of the mode.
        check_variables: Whether to restore the variables from the checkpoint.
        session_config: A `tf.compat.v1.ConfigProto`.
        strip_default_attrs: Whether to leave out attributes that have their default value, so that
            older TensorFlow can load the model.

    Raises:
        ValueError: If the checkpoint lacks variables of the model.
    """
    signatures = build_all_signature_defs(
        receiver.receiver_tensors,
        export_outputs_for_mode(
            spec.mode, spec.export_outputs, spec.predictions, spec.loss, spec.eval_metric_ops
        ),
        getattr(receiver, "receiver_tensors_alternatives", None),
        serving_only=mode == ModeKeys.PREDICT,
    )
    forks.check_session_can_run(session_config)
    with tf.compat.v1.Session(config=session_config) as session:
        local_init_op = spec.scaffold.local_init_op
        if local_init_op is None:
            local_init_op = tf.compat.v1.train.Scaffold.default_local_init_op()
        saver = savers.graph_saver(spec.scaffold.saver)
        if check_variables:
            _restore(session, saver, checkpoint_path, mode)
        if spec.train_op is not None:
            tf.compat.v1.add_to_collection(_TRAIN_OP_COLLECTION, spec.train_op)
        meta_graph = {
            "tags": TAGS[mode] if tags is None else tags,
            "signature_def_map": signatures,
            "assets_collection": tf.compat.v1.get_collection(
                tf.compat.v1.GraphKeys.ASSET_FILEPATHS
            ),
            "main_op": local_init_op,
            "saver": saver,
            "strip_default_attrs": strip_default_attrs,
        }
        if with_variables:
            builder.add_meta_graph_and_variables(session, **meta_graph)
        else:
            builder.add_meta_graph(**meta_graph)


def _restore(session, saver, checkpoint_path, mode):
    try:
        saver.restore(session, plain_paths.plain(checkpoint_path))
    except tf.errors.NotFoundError as error:
        raise ValueError(
            f"The checkpoint {checkpoint_path!r} lacks variables that the model_fn creates in "
            f"mode {mode!r}. In every mode, a model_fn must only create variables that training "
            f"creates too, with the same names. TensorFlow says: {error.message}"
        ) from error


def _copy_extra_assets(directory, assets_extra):
    for relative_path, source in assets_extra.items():
        target = os.path.join(directory, b"assets.extra", tf.compat.as_bytes(relative_path))
        tf.io.gfile.makedirs(os.path.dirname(target))
        tf.io.gfile.copy(source, target)
