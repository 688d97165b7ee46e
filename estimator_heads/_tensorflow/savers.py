"""Savers, and the hooks that save with them."""

import tensorflow as tf


def graph_saver(saver):
    """A v1 Saver for what a Scaffold has: a Saver, a `tf.train.Checkpoint` or None.

    Only Scaffold.finalize() turns a Checkpoint into a Saver, and it adds initializers to the graph
    that exports must not have.
    """
    if saver is None:
        return tf.compat.v1.train.Saver(sharded=True)
    if not isinstance(saver, tf.train.Checkpoint):
        return saver
    from tensorflow.python.checkpoint import graph_view

    objects = graph_view.ObjectGraphView(saver).frozen_saveable_objects()
    return tf.compat.v1.train.Saver(var_list=objects, sharded=True)


def add_saving_listeners(saver_hook, listeners):
    """Makes a CheckpointSaverHook call `listeners` too.

    Its constructor is the only public way, and hooks may be the user's.
    """
    for listener in listeners:
        if listener not in saver_hook._listeners:
            saver_hook._listeners.append(listener)


def put_saving_listeners_first(saver_hook, listeners):
    """Makes a CheckpointSaverHook call `listeners` before others, and no more those equal to them.

    See `add_saving_listeners`.
    """
    others = [listener for listener in saver_hook._listeners if listener not in listeners]
    saver_hook._listeners = [*listeners, *others]


def folder_and_saver(saver_hook):
    """The folder in which a CheckpointSaverHook saves, and the saver that it was given, if any.

    Publicly, nobody can ask for what its constructor was given.
    """
    return saver_hook._checkpoint_dir, saver_hook._saver


def save_relative_paths(saver):
    """Makes a Saver name checkpoints relative to their folder, in the file "checkpoint".

    Only its constructor does that publicly, and savers may be the user's.
    """
    saver._save_relative_paths = True


def checkpoint_name_and_shape(variable):
    """Name and shape under which a Saver stores a variable.

    A slice of a partitioned variable is stored as part of the whole.
    """
    get_part = getattr(variable, "_get_save_slice_info", None)
    part = get_part() if get_part else None
    if part is None:
        return variable.op.name, variable.shape
    return part.full_name, tf.TensorShape(part.full_shape)
