"""The private parts of TensorFlow that have no public name, each with the reason it is needed.

Nothing else in the package reaches into `tensorflow.python`.
"""

import contextlib
import sys

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


def checkpoint_name_and_shape(variable):
    """Name and shape under which a Saver stores a variable.

    A slice of a partitioned variable is stored as part of the whole.
    """
    get_part = getattr(variable, "_get_save_slice_info", None)
    part = get_part() if get_part else None
    if part is None:
        return variable.op.name, variable.shape
    return part.full_name, tf.TensorShape(part.full_shape)


@contextlib.contextmanager
def keras_names_from_the_start():
    """Inside, Keras 3 calls the first Dense layer `dense` again, whatever the process made before.

    Keras 3 counts names for the whole process, where TF's graphs (and tf_keras) count them for each
    graph; with names that differ from graph to graph, no checkpoint of an Estimator could be
    restored. Only `clear_session`, which drops everything else as well, does this publicly.
    """
    before = _keras_global_state()
    outside = before.get_global_attribute("object_name_uids") if before else None
    if before:
        before.set_global_attribute("object_name_uids", None)
    try:
        yield
    finally:
        if after := _keras_global_state():
            after.set_global_attribute("object_name_uids", outside)


def _keras_global_state():
    """The module in which Keras 3 keeps its counts, if the process has imported Keras 3."""
    return sys.modules.get("keras.src.backend.common.global_state")
