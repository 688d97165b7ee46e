"""The head of `tf.contrib.learn` that adds a loss to those of other heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads.head import Head, check_train_op_fn
from estimator_heads.compat.contrib.learn.heads.single import add_loss_summary
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps
from estimator_heads.types import Features, Labels, Logits, TrainOpFn


class LossOnlyHead(Head):
    """A loss that needs neither logits nor labels, such as a regularization; for a multi head.

    Args:
        loss_fn: Function without arguments that returns a scalar Tensor, or a list of them.
        head_name: Name of the head, "loss_only_head" by default.
    """

    def __init__(
        self, loss_fn: Callable[[], tf.Tensor | Sequence[tf.Tensor]], head_name: str | None = None
    ) -> None:
        self._loss_fn = loss_fn
        self.head_name = head_name or "loss_only_head"

    @property
    def logits_dimension(self) -> int:
        """Zero: it takes no logits."""
        return 0

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
        """See `Head.create_model_fn_ops`. There are no predictions and no metrics."""
        ModeKeys.validate(mode)
        loss = train_op = None
        if mode != ModeKeys.INFER:
            with tf.compat.v1.variable_scope(scope, self.head_name):
                loss = self._loss_fn()
                if isinstance(loss, list | tuple):
                    loss = tf.add_n(loss)
                add_loss_summary(self.head_name, loss)
                if mode == ModeKeys.TRAIN:
                    check_train_op_fn(train_op_fn)
                    assert train_op_fn is not None
                    with tf.compat.v1.name_scope("train_op"):
                        train_op = train_op_fn(loss)
        return ModelFnOps(
            mode=mode, predictions={}, loss=loss, train_op=train_op, eval_metric_ops={}
        )
