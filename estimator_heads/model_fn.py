"""EstimatorSpec: what an Estimator gets back from a model_fn, which it calls with one of ModeKeys.

Reproduces `tf.estimator.EstimatorSpec` of TF 2.15.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import tensorflow as tf

from estimator_heads import metric_ops
from estimator_heads.export.outputs import ExportOutput, PredictOutput
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Hooks

LOSS_METRIC_KEY = "loss"
AVERAGE_LOSS_METRIC_KEY = "average_loss"


class _Fields(NamedTuple):
    mode: str
    predictions: tf.Tensor | dict[Any, tf.Tensor]
    loss: tf.Tensor | None
    train_op: tf.Operation | tf.Tensor | tf.Variable | None
    eval_metric_ops: dict[str, Any]
    export_outputs: dict[str, ExportOutput] | None
    training_chief_hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]
    training_hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]
    scaffold: tf.compat.v1.train.Scaffold
    evaluation_hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]
    prediction_hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]


class EstimatorSpec(_Fields):
    """The ops and objects that a model_fn returns to its Estimator.

    A model_fn may fill in every field in any mode: fields that the mode does not use are ignored.
    TRAIN needs `loss` and `train_op`, EVAL needs `loss`, PREDICT needs `predictions`.

    Follows `tf.estimator.EstimatorSpec` of TF 2.15. In addition `eval_metric_ops` takes Keras 3
    metrics (`keras.metrics.*`) next to those of tf_keras.

    Args:
        mode: One of `ModeKeys`.
        predictions: A Tensor, or a dict of Tensors.
        loss: The training loss, a Tensor with one element.
        train_op: The op (or Tensor) that runs one training step.
        eval_metric_ops: A dict from a name to either a Keras metric whose `update_state` has been
            called, or a tuple `(value Tensor, update op)`.
        export_outputs: A dict from a signature's name to its `ExportOutput`. If there are several,
            one must be called `serving_default`. If None, `predictions` are exported as they are.
        training_chief_hooks: `SessionRunHook`s that run on the chief while training.
        training_hooks: `SessionRunHook`s that run on every worker while training.
        scaffold: A `tf.compat.v1.train.Scaffold`, for custom initialisation, saving and summaries.
        evaluation_hooks: `SessionRunHook`s that run while evaluating.
        prediction_hooks: `SessionRunHook`s that run while predicting.

    Raises:
        ValueError: If something that the mode needs is missing, the loss has more than one element,
            or a Tensor is from a graph other than the default one.
        TypeError: If an argument has the wrong type.
    """

    __slots__ = ()

    def __new__(
        cls,
        mode: str,
        predictions: tf.Tensor | tf.Variable | Mapping[Any, tf.Tensor | tf.Variable] | None = None,
        loss: tf.Tensor | tf.Variable | None = None,
        train_op: tf.Operation | tf.Tensor | tf.Variable | None = None,
        eval_metric_ops: dict[str, Any] | None = None,
        export_outputs: Mapping[str, ExportOutput] | None = None,
        training_chief_hooks: Hooks | None = None,
        training_hooks: Hooks | None = None,
        scaffold: tf.compat.v1.train.Scaffold | None = None,
        evaluation_hooks: Hooks | None = None,
        prediction_hooks: Hooks | None = None,
    ) -> EstimatorSpec:
        predictions = _checked_predictions(predictions, mode)
        return super().__new__(
            cls,
            mode=mode,
            predictions=predictions,
            loss=_checked_loss(loss, mode),
            train_op=_checked_train_op(train_op, mode),
            eval_metric_ops=metric_ops.as_value_and_update(eval_metric_ops),
            export_outputs=_checked_export_outputs(export_outputs, predictions, mode),
            training_chief_hooks=_checked_hooks("training_chief_hooks", training_chief_hooks),
            training_hooks=_checked_hooks("training_hooks", training_hooks),
            scaffold=_checked_scaffold(scaffold),
            evaluation_hooks=_checked_hooks("evaluation_hooks", evaluation_hooks),
            prediction_hooks=_checked_hooks("prediction_hooks", prediction_hooks),
        )

    def _replace(self, **fields: Any) -> EstimatorSpec:
        """A new spec with some fields replaced, validated again; the mode cannot change."""
        if fields.get("mode", self.mode) != self.mode:
            raise ValueError(
                "Invalid value for argument `mode`. The mode of an EstimatorSpec cannot be "
                f"changed. Expected {self.mode!r}. Received: mode={fields['mode']!r}."
            )
        unknown = set(fields) - set(self._fields)
        if unknown:
            raise ValueError(
                f"EstimatorSpec has no fields {sorted(unknown)}. Expected some of {self._fields}."
            )
        return type(self)(**{**self._asdict(), **fields})


class _TPUFields(NamedTuple):
    mode: str
    predictions: tf.Tensor | dict[Any, tf.Tensor]
    loss: tf.Tensor | None
    train_op: tf.Operation | tf.Tensor | tf.Variable | None
    eval_metrics: tuple[Callable[..., Any], Any] | None
    export_outputs: dict[str, ExportOutput] | None
    scaffold_fn: Callable[[], Any] | None
    host_call: Any
    training_hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]
    evaluation_hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]
    prediction_hooks: tuple[tf.compat.v1.train.SessionRunHook, ...]


_TPUSpec = TypeVar("_TPUSpec", bound="_TPUEstimatorSpec")


class _TPUEstimatorSpec(_TPUFields):
    """What `Head._create_tpu_estimator_spec` returns: a spec whose metrics are not yet made.

    `eval_metrics` is a tuple `(function, keyword arguments)`; calling it gives `eval_metric_ops`.
    User heads that override `_create_tpu_estimator_spec` return one of these. The other arguments
    are checked as those of `EstimatorSpec` are.
    """

    __slots__ = ()

    def __new__(
        cls: type[_TPUSpec],
        mode: str,
        predictions: tf.Tensor | tf.Variable | Mapping[Any, tf.Tensor | tf.Variable] | None = None,
        loss: tf.Tensor | tf.Variable | None = None,
        train_op: tf.Operation | tf.Tensor | tf.Variable | None = None,
        eval_metrics: tuple[Callable[..., Any], Any] | None = None,
        export_outputs: Mapping[str, ExportOutput] | None = None,
        scaffold_fn: Callable[[], Any] | None = None,
        host_call: Any = None,
        training_hooks: Hooks | None = None,
        evaluation_hooks: Hooks | None = None,
        prediction_hooks: Hooks | None = None,
    ) -> _TPUSpec:
        hooks = {
            "training_hooks": training_hooks,
            "evaluation_hooks": evaluation_hooks,
            "prediction_hooks": prediction_hooks,
        }
        checked_hooks = {name: _checked_hooks(name, value) for name, value in hooks.items()}
        predictions = _checked_predictions(predictions, mode)
        return super().__new__(
            cls,
            mode=mode,
            predictions=predictions,
            loss=_checked_loss(loss, mode),
            train_op=_checked_train_op(train_op, mode),
            eval_metrics=eval_metrics,
            export_outputs=_checked_export_outputs(export_outputs, predictions, mode),
            scaffold_fn=scaffold_fn,
            host_call=host_call,
            **checked_hooks,
        )

    def as_estimator_spec(self) -> EstimatorSpec:
        """The EstimatorSpec with the same contents, its metrics made."""
        eval_metric_ops = None
        if self.eval_metrics:
            metric_fn, arguments = self.eval_metrics
            eval_metric_ops = metric_fn(**arguments)
        return EstimatorSpec(
            mode=self.mode,
            predictions=self.predictions,
            loss=self.loss,
            train_op=self.train_op,
            eval_metric_ops=eval_metric_ops,
            export_outputs=self.export_outputs,
            training_hooks=self.training_hooks,
            evaluation_hooks=self.evaluation_hooks,
            prediction_hooks=self.prediction_hooks,
        )


def _checked_train_op(train_op, mode):
    if train_op is None:
        if mode == ModeKeys.TRAIN:
            raise ValueError(
                "Missing train_op. Mode TRAIN expects the argument `train_op`, the op that runs "
                "one training step. Received: train_op=None."
            )
        return None
    if isinstance(train_op, tf.Variable) and not tf.executing_eagerly():
        train_op = train_op.op
    if not isinstance(train_op, tf.Operation | tf.Tensor | tf.Variable):
        raise _type_error("train_op", "an Operation or a Tensor", train_op)
    metric_ops.check_graph("train_op", train_op)
    return train_op


def _checked_loss(loss, mode):
    if loss is None:
        if mode in (ModeKeys.TRAIN, ModeKeys.EVAL):
            raise ValueError(
                f"Missing loss. Mode {mode!r} expects the argument `loss`, a Tensor with one "
                "element. Received: loss=None."
            )
        return None
    _check_tensor("loss", loss)
    return scalar_loss(loss)


def scalar_loss(loss: tf.Tensor | tf.Variable) -> tf.Tensor:
    """A loss that has one element, as a scalar.

    Raises:
        ValueError: It has more than one element, or is of another graph.
    """
    metric_ops.check_graph("loss", loss)
    if loss.shape.num_elements() not in (None, 1):
        raise ValueError(
            "Invalid value for argument `loss`. Expected a scalar, or a Tensor of shape [1]: "
            f"reduce it over the batch first (tf.reduce_mean). Received: shape {loss.shape}."
        )
    return loss if loss.shape.is_compatible_with([]) else tf.reshape(loss, [])


def _checked_predictions(predictions, mode):
    if predictions is None:
        if mode == ModeKeys.PREDICT:
            raise ValueError(
                "Missing predictions. Mode PREDICT expects the argument `predictions`, a Tensor "
                "or a dict of Tensors. Received: predictions=None."
            )
        return {}
    if not isinstance(predictions, dict):
        _check_tensor("predictions", predictions)
        metric_ops.check_graph("predictions", predictions)
        return predictions
    for key, value in predictions.items():
        _check_tensor(f"predictions[{key!r}]", value)
        metric_ops.check_graph(f"predictions[{key!r}]", value)
    return dict(predictions)


def _checked_export_outputs(export_outputs, predictions, mode):
    if mode != ModeKeys.PREDICT:
        return export_outputs
    default_key = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    if export_outputs is None:
        return {default_key: PredictOutput(predictions)}
    if not isinstance(export_outputs, dict):
        raise _type_error("export_outputs", "a dict from names to ExportOutputs", export_outputs)
    for key, output in export_outputs.items():
        if not isinstance(output, ExportOutput):
            raise _type_error(f"export_outputs[{key!r}]", "an ExportOutput", output)
    if default_key in export_outputs:
        return export_outputs
    if len(export_outputs) == 1:
        return {**export_outputs, default_key: next(iter(export_outputs.values()))}
    raise ValueError(
        f"Invalid value for argument `export_outputs`. With several outputs, expected one of "
        f"them under the key {default_key!r}, the one to serve by default. Received keys: "
        f"{list(export_outputs)}."
    )


def _checked_hooks(name, hooks):
    hooks = tuple(hooks or ())
    for hook in hooks:
        if not isinstance(hook, tf.compat.v1.train.SessionRunHook):
            raise _type_error(name, "SessionRunHook instances", hook)
    return hooks


def _checked_scaffold(scaffold):
    if scaffold is None:
        return tf.compat.v1.train.Scaffold()
    if not isinstance(scaffold, tf.compat.v1.train.Scaffold):
        raise _type_error("scaffold", "a tf.compat.v1.train.Scaffold", scaffold)
    return scaffold


def _check_tensor(name, value):
    if not isinstance(value, tf.Tensor | tf.Variable):
        raise _type_error(name, "a Tensor", value)


def _type_error(name, expected, received):
    return TypeError(
        f"Invalid value for argument `{name}`. Expected {expected}. Received: {received!r} of "
        f"type {type(received).__name__}."
    )
