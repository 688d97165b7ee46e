"""What a model offers to the world outside: the values of `EstimatorSpec.export_outputs`.

Each output knows one thing: how to describe itself, for given input tensors, as a `SignatureDef` of
a SavedModel. Reproduces `tf.estimator.export.*Output`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.types import SignatureDef, Tensor

SEPARATOR = "/"
SINGLE_RECEIVER_DEFAULT_NAME = "input"

# TensorFlow has no public constants for these two.
SUPERVISED_TRAIN_METHOD_NAME = "tensorflow/supervised/training"
SUPERVISED_EVAL_METHOD_NAME = "tensorflow/supervised/eval"


class ExportOutput:
    """An output of a model that can be exported; the base class of all of them.

    Subclass it and define `as_signature_def` to export your own signature.
    """

    def as_signature_def(self, receiver_tensors: Tensor | Mapping[str, Tensor]) -> SignatureDef:
        """Describes this output as a signature fed through `receiver_tensors`.

        Args:
            receiver_tensors: Dict from input name to the `Tensor` (or SparseTensor, RaggedTensor)
                to feed, or a single tensor, which gets the name "input".

        Returns:
            A `SignatureDef` protocol buffer.

        Raises:
            ValueError: If this output cannot be served from these inputs.
        """
        raise NotImplementedError(
            f"{type(self).__name__} must define as_signature_def(receiver_tensors)."
        )


class ClassificationOutput(ExportOutput):
    """The answer of a classifier, served through the Classify API.

    With both arguments, score i belongs to class i of the same row. With `classes` alone, the
    classes are the best ones, best first. With `scores` alone, score i belongs to class id i.

    Args:
        scores: Floating point `Tensor` of shape [batch_size, n_scores], or None.
        classes: String `Tensor` of shape [batch_size, n_classes], labels and not ids, or None.

    Raises:
        ValueError: If both are missing, or one is not a `Tensor` of its dtype.
    """

    def __init__(self, scores: tf.Tensor | None = None, classes: tf.Tensor | None = None) -> None:
        if scores is not None:
            _check_tensor("scores", scores, _is_floating, "a floating point Tensor")
        if classes is not None:
            _check_tensor("classes", classes, _is_string, "a string Tensor")
        if scores is None and classes is None:
            raise ValueError(
                "ClassificationOutput needs `scores`, `classes` or both. Received: scores=None, "
                "classes=None."
            )
        self._scores = scores
        self._classes = classes

    @property
    def scores(self) -> tf.Tensor | None:
        """Floating point `Tensor` of scores, or None."""
        return self._scores

    @property
    def classes(self) -> tf.Tensor | None:
        """String `Tensor` of class labels, or None."""
        return self._classes

    def as_signature_def(self, receiver_tensors: Tensor | Mapping[str, Tensor]) -> SignatureDef:
        """The Classify signature; its one input is a string `Tensor` of serialized tf.Examples."""
        return tf.compat.v1.saved_model.classification_signature_def(
            _serialized_examples("Classification", receiver_tensors), self.classes, self.scores
        )


class RegressionOutput(ExportOutput):
    """The answer of a regressor, served through the Regress API.

    Args:
        value: Floating point `Tensor` of shape [batch_size] or [batch_size, 1].

    Raises:
        ValueError: If `value` is not a floating point `Tensor`.
    """

    def __init__(self, value: tf.Tensor) -> None:
        _check_tensor("value", value, _is_floating, "a floating point Tensor")
        self._value = value

    @property
    def value(self) -> tf.Tensor:
        """Floating point `Tensor` of predicted values."""
        return self._value

    def as_signature_def(self, receiver_tensors: Tensor | Mapping[str, Tensor]) -> SignatureDef:
        """The Regress signature; its one input is a string `Tensor` of serialized tf.Examples."""
        return tf.compat.v1.saved_model.regression_signature_def(
            _serialized_examples("Regression", receiver_tensors), self.value
        )


class PredictOutput(ExportOutput):
    """Named tensors of any kind, served through the Predict API.

    Args:
        outputs: Dict from name (a string, or a tuple of strings that is joined with "/") to
            `Tensor`; or one `Tensor`, which gets the name "output".

    Raises:
        ValueError: If a name or a value has the wrong type.
    """

    def __init__(self, outputs: tf.Tensor | dict[Any, tf.Tensor]) -> None:
        self._outputs = _named_tensors(outputs, "output", "outputs")

    @property
    def outputs(self) -> dict[str, tf.Tensor]:
        """Dict from name to `Tensor`."""
        return self._outputs

    def as_signature_def(self, receiver_tensors: Tensor | Mapping[str, Tensor]) -> SignatureDef:
        """The Predict signature."""
        return tf.compat.v1.saved_model.predict_signature_def(
            _as_dict(receiver_tensors, SINGLE_RECEIVER_DEFAULT_NAME), self.outputs
        )


class SupervisedOutput(ExportOutput):
    """Loss, predictions and metrics of a training or evaluation graph, in one signature.

    Names are prefixed with what they are ("predictions/probabilities") unless they start with it
    already. A metric gives two outputs, "metrics/<name>/value" and "metrics/<name>/update_op".

    Args:
        loss: `Tensor`, or dict from name to `Tensor`.
        predictions: `Tensor`, or dict from name (string or tuple of strings) to `Tensor`.
        metrics: Dict from name to a (value, update_op) tuple or a Keras metric object; or one such
            tuple.

    Raises:
        ValueError: If a name or a value has the wrong type.
    """

    method_name: str | None = None

    def __init__(
        self,
        loss: tf.Tensor | dict[Any, tf.Tensor] | None = None,
        predictions: tf.Tensor | dict[Any, tf.Tensor] | None = None,
        metrics: dict[Any, Any] | tuple[Any, Any] | None = None,
    ) -> None:
        self._loss = _prefixed("loss", loss)
        self._predictions = _prefixed("predictions", predictions)
        self._metrics = None if metrics is None else _metric_tensors(metrics)

    @property
    def loss(self) -> dict[str, tf.Tensor] | None:
        """Dict from name to `Tensor`, or None."""
        return self._loss

    @property
    def predictions(self) -> dict[str, tf.Tensor] | None:
        """Dict from name to `Tensor`, or None."""
        return self._predictions

    @property
    def metrics(self) -> dict[str, tf.Tensor] | None:
        """Dict with "<name>/value" and "<name>/update_op" for every metric, or None."""
        return self._metrics

    def as_signature_def(self, receiver_tensors: Tensor | Mapping[str, Tensor]) -> SignatureDef:
        """The signature from the inputs to everything that was given."""
        if not receiver_tensors:
            raise ValueError(
                f"A {self.method_name} signature needs at least one input. Received: "
                f"receiver_tensors={receiver_tensors!r}."
            )
        outputs = {**(self.loss or {}), **(self.predictions or {}), **(self.metrics or {})}
        return tf.compat.v1.saved_model.build_signature_def(
            _tensor_infos(_as_dict(receiver_tensors, SINGLE_RECEIVER_DEFAULT_NAME)),
            _tensor_infos(outputs),
            self.method_name,
        )


class TrainOutput(SupervisedOutput):
    """Loss, predictions and metrics of a training graph."""

    method_name = SUPERVISED_TRAIN_METHOD_NAME


class EvalOutput(SupervisedOutput):
    """Loss, predictions and metrics of an evaluation graph."""

    method_name = SUPERVISED_EVAL_METHOD_NAME


def _is_floating(tensor):
    return tensor.dtype.is_floating


def _is_string(tensor):
    return tensor.dtype.base_dtype == tf.string


def _check_tensor(argument, value, has_dtype, expected):
    if not (isinstance(value, tf.Tensor) and has_dtype(value)):
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected {expected}. Received: "
            f"{argument}={value!r}."
        )


def _serialized_examples(kind, receiver_tensors):
    tensors = list(_as_dict(receiver_tensors, SINGLE_RECEIVER_DEFAULT_NAME).values())
    if len(tensors) != 1 or not _is_string(tensors[0]):
        raise ValueError(
            f"{kind} signatures are fed with one string Tensor of serialized tf.Examples. Return "
            "one string placeholder from the serving_input_receiver_fn and parse it with "
            "tf.io.parse_example (see build_parsing_serving_input_receiver_fn). Received: "
            f"receiver_tensors={receiver_tensors!r}."
        )
    return tensors[0]


def _as_dict(value, default_name):
    return value if isinstance(value, dict) else {default_name: value}


def _joined_key(key, argument):
    if isinstance(key, tuple) and all(isinstance(part, str) for part in key):
        return SEPARATOR.join(key)
    if not isinstance(key, str):
        raise ValueError(
            f"Keys of `{argument}` must be strings or tuples of strings. Received the key {key!r}."
        )
    return key


def _named_tensors(tensors, default_name, argument):
    named = {}
    for key, tensor in _as_dict(tensors, default_name).items():
        if not isinstance(tensor, tf.Tensor):
            raise ValueError(
                f"Values of `{argument}` must be Tensors. Received: {argument}[{key!r}]={tensor!r}."
            )
        named[_joined_key(key, argument)] = tensor
    return named


def _with_prefix(key, prefix):
    return key if key.startswith(prefix) else prefix + SEPARATOR + key


def _prefixed(prefix, tensors):
    if tensors is None:
        return None
    named = _named_tensors(tensors, prefix, prefix)
    return {_with_prefix(key, prefix): tensor for key, tensor in named.items()}


def _metric_tensors(metrics):
    tensors = {}
    for key, metric in _as_dict(metrics, "metrics").items():
        name = _with_prefix(_joined_key(key, "metrics"), "metrics")
        value, update_op = _value_and_update_op(metric)
        if not isinstance(value, tf.Tensor):
            raise ValueError(
                f"The value of a metric must be a Tensor. Received: metrics[{key!r}] with value "
                f"{value!r}."
            )
        tensors[name + SEPARATOR + "value"] = value
        tensors[name + SEPARATOR + "update_op"] = _update_tensor(key, update_op)
    return tensors


def _value_and_update_op(metric):
    if isinstance(metric, tuple):
        return metric
    return metric.result(), tf.group(*metric.updates)  # A Keras metric.


def _update_tensor(key, update_op):
    """An update_op as a tensor: an operation is run by an empty constant that depends on it."""
    if isinstance(update_op, tf.Tensor):
        return update_op
    if not (isinstance(update_op, tf.Operation) or tf.is_tensor(update_op)):
        raise ValueError(
            "The update_op of a metric must be a Tensor or an Operation. Received: "
            f"metrics[{key!r}] with update_op {update_op!r}."
        )
    with tf.control_dependencies([update_op]):
        return tf.constant([], name="metric_op_wrapper")


def _tensor_infos(tensors):
    build = tf.compat.v1.saved_model.build_tensor_info
    return {name: build(tensor) for name, tensor in tensors.items()}
