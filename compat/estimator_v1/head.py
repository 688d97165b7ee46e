"""`_Head` and `LossSpec`: the interface of heads in TF1.

Reproduces `tensorflow_estimator.python.estimator.canned.head` of TF 1.15.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence

import tensorflow as tf

from estimator_heads.model_fn import EstimatorSpec, _TPUEstimatorSpec
from estimator_heads.types import Features, Labels, Logits, Optimizer, TrainOpFn

LossSpec = namedtuple(
    "LossSpec", ["training_loss", "unreduced_loss", "weights", "processed_labels"]
)
LossSpec.__doc__ = """What `_Head.create_loss` returns.

Attributes:
    training_loss: scalar Tensor, reduced and weighted.
    unreduced_loss: loss of each label, unweighted.
    weights: 1.0, or a Tensor that broadcasts against the unreduced loss.
    processed_labels: labels as the loss sees them.
"""


class _Head:
    """Interface of what sits on top of a model, as TF1 has it; for users to subclass.

    Define `name`, `logits_dimension`, `create_loss`, and either `create_estimator_spec` or
    `_create_tpu_estimator_spec`. As in TF1, what is never used need not be defined.
    """

    @property
    def name(self) -> str | None:
        """Name of the head, a string; None if it has none."""
        raise self._must_define("name")

    @property
    def logits_dimension(self) -> int:
        """Size of the last dimension that the logits must have."""
        raise self._must_define("logits_dimension")

    def create_loss(
        self, features: Features, mode: str, logits: Logits, labels: Labels
    ) -> LossSpec:
        """The loss, and what it was made of.

        Args:
            features: Dict of Tensors by feature name; weights are looked up in it.
            mode: One of `ModeKeys`, for heads whose loss depends on it.
            logits: Tensor of shape [D0, D1, ..., DN, logits_dimension].
            labels: Labels Tensor, or a dict of them.

        Returns:
            A `LossSpec`.
        """
        raise self._must_define("create_loss()")

    def create_estimator_spec(
        self,
        features: Features,
        mode: str,
        logits: Logits,
        labels: Labels | None = None,
        optimizer: Optimizer | None = None,
        train_op_fn: TrainOpFn | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> EstimatorSpec:
        """The EstimatorSpec for a model_fn to return.

        Args:
            features: Dict of Tensors or SparseTensors by feature name.
            mode: One of `ModeKeys`.
            logits: Tensor of shape [D0, D1, ..., DN, logits_dimension].
            labels: Labels Tensor, or a dict of them. Needed to train and to evaluate.
            optimizer: An optimizer; what it minimises advances the global step. Training needs
                either this or `train_op_fn`.
            train_op_fn: Function from the loss to a train op.
            regularization_losses: List of scalar losses to be added to the loss.

        Returns:
            An `EstimatorSpec`.

        Raises:
            ValueError: Labels are missing, a shape or value does not fit, or TRAIN was asked for
                with both or neither of `optimizer` and `train_op_fn`.
        """
        return self._create_tpu_estimator_spec(
            features, mode, logits, labels, optimizer, train_op_fn, regularization_losses
        ).as_estimator_spec()

    def _create_tpu_estimator_spec(
        self,
        features: Features,
        mode: str,
        logits: Logits,
        labels: Labels | None = None,
        optimizer: Optimizer | None = None,
        train_op_fn: TrainOpFn | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> _TPUEstimatorSpec:
        raise self._must_define("create_estimator_spec() or _create_tpu_estimator_spec()")

    def _must_define(self, what):
        return NotImplementedError(f"{type(self).__name__} must define {what}.")


def summary_key(head_name: str | None, val: str) -> str:
    """The name of a metric or summary: `val`, with the head's name behind it if it has one."""
    return f"{val}/{head_name}" if head_name else val
