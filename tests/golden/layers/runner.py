"""Asks one case of one `tf.contrib`, in a graph of its own.

Runs on Python 3.7 with TF 1.15 and on whatever is newest. What is asked must not depend on random
numbers: the variables of a graph get values of a formula.
"""

import collections

import numpy as np
import tensorflow as tf

from tests.golden.errors import attempt
from tests.golden.sessions import unoptimized

tf1 = tf.compat.v1
COLLECTIONS = ("model_variables", "trainable_variables", "update_ops", "made")


def ask_layer(build, contrib):
    """What a case of `cases_layers.py` gives: outputs, variables, collections, summaries."""
    with tf.Graph().as_default():
        outputs = build(contrib)
        outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
        made = tf1.global_variables()
        answer = {
            "variables": {v.op.name: v.shape.as_list() for v in made},
            "collections": {
                name: sorted(_name_of(entry, made) for entry in tf1.get_collection(name))
                for name in COLLECTIONS
            },
            "ends": sorted(contrib.layers_utils.convert_collection_to_dict("ends")),
        }
        losses = tf1.losses.get_regularization_losses()
        numbers = [output for output in outputs if output.dtype.is_floating]
        gradients = _gradients(numbers)
        updates = tf1.get_collection("update_ops")
        with tf1.Session(config=unoptimized()) as session:
            session.run(tf1.global_variables_initializer())
            answer["initial"] = {v.op.name: _constant(session.run(v)) for v in made}
            for variable in made:
                variable.load(_values_for(variable), session)
            values, answer["gradients"], answer["losses"] = session.run(
                [outputs, gradients, losses]
            )
            answer["outputs"] = [_output(value) for value in values]
            answer["summaries"] = _summaries(session)
            session.run(updates)
            answer["updated"] = _changed(session, made)
        answer["gradients"] = [_described(value) for value in answer["gradients"]]
        answer["losses"] = [float(loss) for loss in answer["losses"]]
        return answer


def ask_values(build, contrib):
    """What a case of `cases_contrib.py` gives: numbers, names, and tensors, which are evaluated."""
    with tf.Graph().as_default():
        answer = build(contrib)
        is_metric = isinstance(answer, Metric)
        tensors = answer.value if is_metric else answer
        with tf1.Session(config=unoptimized()) as session:
            session.run(tf1.global_variables_initializer())
            session.run(tf1.local_variables_initializer())
            session.run(tf1.tables_initializer())
            updated = [_plain(session.run(answer.update)) for _ in range(2)] if is_metric else []
            values = _evaluated(tensors, session)
        names = sorted(variable.op.name for variable in tf1.local_variables())
        return [updated, values, names] if is_metric else values


Metric = collections.namedtuple("Metric", "value update")


def _evaluated(answer, session):
    if isinstance(answer, dict):
        return {str(key): _evaluated(value, session) for key, value in answer.items()}
    if isinstance(answer, (list, tuple)):
        return [_evaluated(value, session) for value in answer]
    is_variable = hasattr(answer, "initializer") and hasattr(answer, "dtype")
    if is_variable or isinstance(answer, (tf.Tensor, tf.SparseTensor)):
        answer = session.run(answer)
    return _plain(answer)


def _plain(value):
    """Arrays as lists, and bytes as text."""
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value.decode() if isinstance(value, bytes) else value


def ask_error(build, contrib):
    """The type of the error that a call raises, or that it raises none."""
    with tf.Graph().as_default():
        answer = attempt(build, contrib)
    return answer if isinstance(answer, dict) else "no error"


def _name_of(entry, variables):
    """What is in a collection; of update ops only the scope, for TensorFlow renamed them."""
    is_variable = any(entry is variable for variable in variables)
    return entry.op.name if is_variable else entry.name.split("/")[0]


def _gradients(outputs):
    variables = tf1.trainable_variables()
    if not outputs or not variables:
        return []
    total = tf.add_n([tf.reduce_sum(tf.cast(output, tf.float32) ** 2) for output in outputs])
    found = tf1.gradients(total, variables)
    return [tf.convert_to_tensor(gradient) for gradient in found if gradient is not None]


def _constant(array):
    """The one value that all elements have; None where an initializer is random."""
    return float(array.flat[0]) if array.size and (array == array.flat[0]).all() else None


def _values_for(variable):
    """Positive numbers between 0.2 and 1, others for other names."""
    count = int(np.prod(variable.shape.as_list()))
    start = sum(map(ord, variable.op.name.rpartition("/")[2]))
    values = 0.6 + 0.4 * np.sin(start + np.arange(count))
    return values.reshape(variable.shape.as_list()).astype(variable.dtype.base_dtype.as_numpy_dtype)


def _changed(session, variables):
    """The new values of the variables that update ops have changed."""
    now = {variable.op.name: session.run(variable) for variable in variables}
    return {
        variable.op.name: now[variable.op.name].tolist()
        for variable in variables
        if not np.array_equal(now[variable.op.name], _values_for(variable))
    }


def _output(value):
    """The values; of a serialized summary, the tags."""
    return sorted(summary_values(value)) if isinstance(value, bytes) else _described(value)


def _described(array):
    """Shape, dtype, and the values, of long arrays the first ones and two sums."""
    array = np.asarray(array)
    flat = array.reshape(-1)
    values = flat.tolist()
    if array.size > 24:
        flat = flat.astype(np.float64)
        values = flat[:12].tolist() + [flat.sum(), np.abs(flat).sum()]
    return {"shape": list(array.shape), "dtype": array.dtype.name, "values": values}


def _summaries(session):
    merged = tf1.summary.merge_all()
    return {} if merged is None else summary_values(session.run(merged))


def summary_values(serialized):
    """From each tag to the scalar, or to [minimum, maximum, count] of a histogram."""
    shown = tf1.Summary.FromString(serialized).value
    return {entry.tag: _summary_value(entry) for entry in shown}


def _summary_value(entry):
    if entry.WhichOneof("value") == "histo":
        return [entry.histo.min, entry.histo.max, entry.histo.num]
    return entry.simple_value
