"""What is recorded of what heads answer with: metrics, predictions, specs, signatures."""

import numpy as np
import tensorflow as tf

from .values import evaluated


def metrics(objects):
    """The class and the name of each metric."""
    return {key: [_keras_class(metric), metric.name] for key, metric in objects.items()}


def _keras_class(metric):
    """The name of the Keras class that the metric is, or is made from."""
    return next(kind.__name__ for kind in type(metric).__mro__ if "keras" in kind.__module__)


def predictions(tensors):
    """The dtype and the values of each prediction."""
    return {key: _array(np.asarray(evaluated(value))) for key, value in tensors.items()}


def _array(array):
    return {"dtype": "string" if array.dtype == object else array.dtype.name, "values": array}


def spec(answer):
    """What an EstimatorSpec holds, its loss apart."""
    record = {"mode": answer.mode, "predictions": sorted(map(str, answer.predictions))}
    if answer.eval_metric_ops:
        record["eval_metric_ops"] = {
            key: type(metric).__name__ for key, metric in answer.eval_metric_ops.items()
        }
    if answer.export_outputs:
        record["export_outputs"] = {
            name: _export_output(output) for name, output in answer.export_outputs.items()
        }
    return record


def _export_output(output):
    """Its class and, in a graph, its signature for serialized examples."""
    record = {"class": type(output).__name__}
    if tf.executing_eagerly():  # A signature cannot be made of eager tensors.
        return record
    receiver = tf.compat.v1.placeholder(tf.string, [None])
    signature = output.as_signature_def({"examples": receiver})
    for part in ("inputs", "outputs"):
        record[part] = {
            name: [tf.as_dtype(info.dtype).name, _sizes(info.tensor_shape)]
            for name, info in getattr(signature, part).items()
        }
    return dict(record, method_name=signature.method_name)


def _sizes(shape):
    """The sizes of a shape, -1 where unknown; None if the rank is unknown."""
    return None if shape.unknown_rank else [dimension.size for dimension in shape.dim]
