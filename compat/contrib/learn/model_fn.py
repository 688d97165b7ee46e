"""`ModelFnOps`, which a model_fn of `tf.contrib.learn` returns, and its `ModeKeys`."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import tensorflow as tf

from estimator_heads import metric_ops
from estimator_heads.compat.contrib.learn.keys import MetricKey
from estimator_heads.compat.contrib.learn.output_alternatives import (
    OutputAlternatives,
    export_outputs,
)
from estimator_heads.model_fn import EstimatorSpec, scalar_loss
from estimator_heads.types import Hooks, TensorLike


class ModeKeys:
    """The modes that a model_fn is called in; INFER is what is PREDICT elsewhere.

    Reproduces `tf.contrib.learn.ModeKeys` of TF 1.15.
    """

    TRAIN = "train"
    EVAL = "eval"
    INFER = "infer"

    @classmethod
    def validate(cls, key: str) -> None:
        """Raises ValueError unless `key` is one of the modes."""
        modes = (cls.TRAIN, cls.EVAL, cls.INFER)
        if key not in modes:
            raise ValueError(
                f"Invalid value for argument `mode`. Expected one of {modes}, as in "
                f"tf.contrib.learn.ModeKeys. Received: mode={key!r}."
            )


class ModelFnOps(
    namedtuple(
        "ModelFnOps",
        [
            "predictions",
            "loss",
            "train_op",
            "eval_metric_ops",
            "output_alternatives",
            "training_chief_hooks",
            "training_hooks",
            "scaffold",
            "mode",
        ],
    )
):
    """The ops of a model in one mode, checked.

    Our Estimator takes one wherever it takes an EstimatorSpec; for TensorFlow's own of older
    releases use `estimator_spec()`.

    Reproduces `tf.contrib.learn.ModelFnOps` of TF 1.15.

    Args:
        mode: One of `ModeKeys`.
        predictions: Tensor, or dict of Tensors; needed to evaluate and to infer.
        loss: Tensor with one element; needed to train and to evaluate.
        train_op: Op that makes one training step; needed to train.
        eval_metric_ops: Dict from names to metrics.
        output_alternatives: Dict from the name of a head to a tuple of a `ProblemType` and a dict
            of the Tensors to be served.
        training_chief_hooks: List of hooks for the chief worker.
        training_hooks: List of hooks for all workers.
        scaffold: A `tf.compat.v1.train.Scaffold`.

    Raises:
        ValueError: If the mode is unknown, something it needs is missing, the loss is not a scalar,
            `eval_metric_ops` is not a dict, or a Tensor is from another graph.
        TypeError: If a hook is not a SessionRunHook.
    """

    __slots__ = ()

    def __new__(
        cls,
        mode: str,
        predictions: TensorLike | dict[Any, Any] | None = None,
        loss: TensorLike | None = None,
        train_op: tf.Operation | TensorLike | None = None,
        eval_metric_ops: dict[str, Any] | None = None,
        output_alternatives: OutputAlternatives | None = None,
        training_chief_hooks: Hooks | None = None,
        training_hooks: Hooks | None = None,
        scaffold: tf.compat.v1.train.Scaffold | None = None,
    ) -> ModelFnOps:
        ModeKeys.validate(mode)
        training_chief_hooks = list(training_chief_hooks or ())
        training_hooks = list(training_hooks or ())
        _check_hooks("training_chief_hooks", training_chief_hooks)
        _check_hooks("training_hooks", training_hooks)
        if eval_metric_ops is not None and not isinstance(eval_metric_ops, dict):
            raise ValueError(
                "Invalid value for argument `eval_metric_ops`. Expected a dict from names to "
                f"metrics. Received: {eval_metric_ops!r}."
            )
        return super().__new__(
            cls,
            predictions=_checked_predictions(predictions, mode),
            loss=_checked_loss(loss, mode),
            train_op=_checked_train_op(train_op, mode),
            eval_metric_ops={} if eval_metric_ops is None else eval_metric_ops,
            output_alternatives=output_alternatives,
            training_chief_hooks=training_chief_hooks,
            training_hooks=training_hooks,
            scaffold=scaffold,
            mode=mode,
        )

    def estimator_spec(
        self, default_serving_output_alternative_key: str | None = None
    ) -> EstimatorSpec:
        """The same as an EstimatorSpec, for a `tf.estimator.Estimator`.

        Args:
            default_serving_output_alternative_key: With several heads, the name of the one whose
                output is served by default; the first one if it is not given.

        Returns:
            An `EstimatorSpec`. The metric named `loss` is left out, because an Estimator adds its
            own one by that name.

        Raises:
            ValueError: If a problem type is unknown.
            KeyError: If there is no head of that name.
        """
        metrics = self.eval_metric_ops.items()
        return EstimatorSpec(
            mode=self.mode,
            predictions=self.predictions,
            loss=self.loss,
            train_op=self.train_op,
            eval_metric_ops={key: value for key, value in metrics if key != MetricKey.LOSS},
            export_outputs=export_outputs(
                self.output_alternatives, default_serving_output_alternative_key
            ),
            training_chief_hooks=self.training_chief_hooks,
            training_hooks=self.training_hooks,
            scaffold=self.scaffold,
        )


def _checked_train_op(train_op, mode):
    if train_op is None:
        if mode == ModeKeys.TRAIN:
            raise _missing("train_op", "the op that runs one training step", mode)
        return None
    if not isinstance(train_op, tf.Operation):
        train_op = tf.convert_to_tensor(train_op)
    metric_ops.check_graph("train_op", train_op)
    return train_op if isinstance(train_op, tf.Operation) else train_op.op


def _checked_loss(loss, mode):
    if loss is None:
        if mode != ModeKeys.INFER:
            raise _missing("loss", "a Tensor with one element", mode)
        return None
    return scalar_loss(tf.convert_to_tensor(loss))


def _checked_predictions(predictions, mode):
    if predictions is None:
        if mode != ModeKeys.TRAIN:
            raise _missing("predictions", "a Tensor or a dict of Tensors", mode)
        return None
    if isinstance(predictions, dict):
        return {key: _tensor(f"predictions[{key!r}]", value) for key, value in predictions.items()}
    return _tensor("predictions", predictions)


def _tensor(name, value):
    if isinstance(value, tf.SparseTensor):
        return value
    value = tf.convert_to_tensor(value)
    metric_ops.check_graph(name, value)
    return value


def _check_hooks(name, hooks):
    for hook in hooks:
        if not isinstance(hook, tf.compat.v1.train.SessionRunHook):
            raise TypeError(
                f"Invalid value for argument `{name}`. Expected a list of SessionRunHook "
                f"instances. Received in it: {hook!r} of type {type(hook).__name__}."
            )


def _missing(name, expected, mode):
    return ValueError(
        f"Missing {name}. Mode {mode!r} expects the argument `{name}`, {expected}. Received: "
        f"{name}=None."
    )
