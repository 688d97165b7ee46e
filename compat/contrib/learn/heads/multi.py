"""The head of `tf.contrib.learn` that unites several heads on one model."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads.head import (
    Head,
    check_train_op_fn,
    no_op_train_fn,
)
from estimator_heads.compat.contrib.learn.heads.loss_only import LossOnlyHead
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps
from estimator_heads.heads.tasks import checks
from estimator_heads.types import Features, Labels, Logits, TrainOpFn


class MultiHead(Head):
    """Several heads. Their losses are merged; predictions are keyed (head name, key).

    Args:
        heads: List or tuple of heads, each with a name of its own.
        loss_merger: Function from the list of the heads' losses to one loss.

    Raises:
        ValueError: If there are no heads, one has no name, or two have the same name.
    """

    def __init__(
        self, heads: Iterable[Head], loss_merger: Callable[[list[tf.Tensor]], tf.Tensor]
    ) -> None:
        heads = tuple(heads)
        names = [getattr(head, "head_name", None) for head in heads]
        if not names or not all(names) or len(set(names)) < len(names):
            raise ValueError(
                "Invalid value for argument `heads`. Expected one or more heads, each with a "
                "unique name (the head's argument `head_name`); a multi_head has no name and "
                "cannot be one of them. Received (by name, where there is one): "
                f"{[name or head for name, head in zip(names, heads, strict=True)]}."
            )
        self._heads: tuple[Any, ...] = heads
        self._loss_merger = loss_merger

    @property
    def logits_dimension(self) -> int:
        """Sum of the heads' logits dimensions."""
        return sum(head.logits_dimension for head in self._heads)

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
        """See `Head.create_model_fn_ops`.

        Args:
            features: Given to all heads.
            mode: One of `ModeKeys`.
            labels: Given to all heads: a dict, of which each takes those under its `label_name`.
            train_op_fn: Function from the merged loss to a train op.
            logits: Dict from head names to Tensors of shape [batch_size, logits dimension of the
                head]; or one Tensor that has them side by side, in the order of the heads.
            logits_input: Given to all heads.
            scope: Given to all heads; leave it out, so that each has a scope of its own name.

        Returns:
            A `ModelFnOps`.
        """
        ModeKeys.validate(mode)
        if mode == ModeKeys.TRAIN:
            check_train_op_fn(train_op_fn)
        if logits is not None and logits_input is not None:
            raise ValueError(
                "Expected exactly one of the arguments `logits` and `logits_input`. Received: "
                f"logits={logits!r}, logits_input={logits_input!r}."
            )
        logits = {} if logits is None else self._logits_by_head(logits)
        all_ops = {
            head.head_name: head.create_model_fn_ops(
                features=features,
                mode=mode,
                labels=labels,
                train_op_fn=no_op_train_fn,
                logits=logits.get(head.head_name),
                logits_input=logits_input,
                scope=scope,
            )
            for head in self._heads
        }
        return self._merged(mode, all_ops, train_op_fn)

    def _merged(self, mode, all_ops, train_op_fn):
        predictions = {
            (name, key): tensor
            for name, ops in all_ops.items()
            for key, tensor in (ops.predictions or {}).items()
        }
        if mode == ModeKeys.INFER:
            alternatives = {
                name: ops.output_alternatives[name]
                for name, ops in all_ops.items()
                if ops.output_alternatives
            }
            return ModelFnOps(mode=mode, predictions=predictions, output_alternatives=alternatives)
        metrics: dict[str, Any] = {}
        for ops in all_ops.values():
            metrics.update(ops.eval_metric_ops or {})
        loss = self._loss_merger([ops.loss for ops in all_ops.values()])
        if mode == ModeKeys.EVAL:
            return ModelFnOps(
                mode=mode, predictions=predictions, loss=loss, eval_metric_ops=metrics
            )
        train_op = train_op_fn(loss)
        if train_op is not None:  # Else ModelFnOps says what is missing.
            train_op = tf.group(train_op, *(ops.train_op for ops in all_ops.values()))
        return ModelFnOps(mode=mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    def _logits_by_head(self, logits):
        if not isinstance(logits, dict):
            logits = checks.checked_logits(logits, self.logits_dimension)
            ends = itertools.accumulate(head.logits_dimension for head in self._heads)
            return {
                head.head_name: tf.slice(
                    logits, [0, end - head.logits_dimension], [-1, head.logits_dimension]
                )
                for head, end in zip(self._heads, ends, strict=True)
            }
        missing = [
            head.head_name
            for head in self._heads
            if head.head_name not in logits and not isinstance(head, LossOnlyHead)
        ]
        if missing:
            raise KeyError(
                "Invalid value for argument `logits`. Expected a dict with a Tensor for each head. "
                f"Missing for the heads {missing}. Received the keys: {list(logits)}."
            )
        return logits
