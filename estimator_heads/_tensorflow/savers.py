"""Savers, and the hooks that save with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, private_module


def graph_saver(
    saver: tf.compat.v1.train.Saver | tf.train.Checkpoint | None,
) -> tf.compat.v1.train.Saver:
    """A v1 Saver for what a Scaffold has: a Saver, a `tf.train.Checkpoint` or None.

    Only Scaffold.finalize() turns a Checkpoint into a Saver, and it adds initializers to the graph
    that exports must not have.
    """
    if saver is None:
        return tf.compat.v1.train.Saver(sharded=True)
    if not isinstance(saver, tf.train.Checkpoint):
        return saver
    purpose = "to export a model whose Scaffold has a `tf.train.Checkpoint` as saver"
    graph_view = private_module("tensorflow.python.checkpoint.graph_view", purpose)
    check_attributes(graph_view, ["ObjectGraphView"], purpose)
    view = graph_view.ObjectGraphView(saver)
    check_attributes(view, ["frozen_saveable_objects"], purpose)
    objects = view.frozen_saveable_objects()
    return tf.compat.v1.train.Saver(var_list=objects, sharded=True)


def add_saving_listeners(
    saver_hook: tf.compat.v1.train.CheckpointSaverHook,
    listeners: Iterable[tf.compat.v1.train.CheckpointSaverListener],
) -> None:
    """Makes a CheckpointSaverHook call `listeners` too.

    Its constructor is the only public way, and hooks may be the user's.
    """
    check_attributes(saver_hook, ["_listeners"], "for saving listeners")
    for listener in listeners:
        if listener not in saver_hook._listeners:
            saver_hook._listeners.append(listener)


def put_saving_listeners_first(
    saver_hook: tf.compat.v1.train.CheckpointSaverHook,
    listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener],
) -> None:
    """Makes a CheckpointSaverHook call `listeners` before others, and no more those equal to them.

    See `add_saving_listeners`.
    """
    check_attributes(saver_hook, ["_listeners"], "for saving listeners")
    others = [listener for listener in saver_hook._listeners if listener not in listeners]
    saver_hook._listeners = [*listeners, *others]


def folder_and_saver(
    saver_hook: tf.compat.v1.train.CheckpointSaverHook,
) -> tuple[str, tf.compat.v1.train.Saver | None]:
    """The folder in which a CheckpointSaverHook saves, and the saver that it was given, if any.

    Publicly, nobody can ask for what its constructor was given.
    """
    names = ["_checkpoint_dir", "_saver"]
    check_attributes(saver_hook, names, "to manage the checkpoint folder")
    return saver_hook._checkpoint_dir, saver_hook._saver


def save_relative_paths(saver: Any) -> None:
    """Makes a Saver name checkpoints relative to their folder, in the file "checkpoint".

    Only its constructor does that publicly, and savers may be the user's.
    """
    if isinstance(saver, tf.compat.v1.train.Saver):
        purpose = "to save in a folder whose name contains one of the characters * ? [ \\"
        check_attributes(saver, ["_save_relative_paths"], purpose)
    saver._save_relative_paths = True


def checkpoint_name_and_shape(variable: tf.Variable) -> tuple[str, tf.TensorShape]:
    """Name and shape under which a Saver stores a variable.

    A slice of a partitioned variable is stored as part of the whole.
    """
    check_attributes(tf.Variable, ["_get_save_slice_info"], "to compare a graph with a checkpoint")
    get_part = getattr(variable, "_get_save_slice_info", None)
    part = get_part() if get_part else None
    if part is None:
        return variable.op.name, variable.shape
    return part.full_name, tf.TensorShape(part.full_shape)
