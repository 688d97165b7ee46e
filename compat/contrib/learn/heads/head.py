"""`Head`: the interface of heads in `tf.contrib.learn`."""

from __future__ import annotations

import abc
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.types import Features, Labels, Logits, TrainOpFn


class Head(abc.ABC):
    """Interface of what sits on top of a model: it turns logits into `ModelFnOps`.

    Reproduces `tf.contrib.learn.Head` of TF 1.15; for users to subclass.
    """

    @property
    @abc.abstractmethod
    def logits_dimension(self) -> int:
        """Size of the last dimension that the logits must have."""

    @abc.abstractmethod
    def create_model_fn_ops(
        self,
        features: Features,
        mode: str,
        labels: Labels | None = None,
        train_op_fn: TrainOpFn | None = None,
        logits: Logits | None = None,
        logits_input: tf.Tensor | None = None,
        scope: str | tf.compat.v1.VariableScope | None = None,
    ) -> ModelFnOps:
        """The `ModelFnOps` for a model_fn to return.

        Args:
            features: Dict of Tensors by feature name; weights are looked up in it.
            mode: One of `ModeKeys`.
            labels: Labels Tensor, or a dict of them. Needed to train and to evaluate.
            train_op_fn: Function from the loss to a train op, needed to train. With
                `no_op_train_fn` the caller trains with `ModelFnOps.loss` on their own.
            logits: Tensor of shape [batch_size, logits_dimension].
            logits_input: Tensor of shape [batch_size, any], usually the last hidden layer, from
                which the head builds a linear layer of logits. Give this or `logits`.
            scope: The variable scope of the head; by default its name, or one after its kind.

        Returns:
            A `ModelFnOps`.

        Raises:
            ValueError: The mode is unknown, both or neither of `logits` and `logits_input` are
                given, labels or `train_op_fn` are missing, or a shape does not fit.
        """


def no_op_train_fn(loss: Any) -> tf.Operation:
    """A `train_op_fn` that does nothing, for those who apply gradients themselves."""
    del loss
    return tf.no_op()


def check_train_op_fn(train_op_fn: TrainOpFn | None) -> None:
    """Raises ValueError if there is no `train_op_fn`."""
    if train_op_fn is None:
        raise ValueError(
            "Invalid value for argument `train_op_fn`. Expected, in mode TRAIN, a function from "
            "the loss to a train op; to minimize ModelFnOps.loss yourself, pass "
            "tf.contrib.learn.no_op_train_fn. Received: train_op_fn=None."
        )
