"""Head: the interface from logits to loss, predictions, metrics, train op and exports."""

from __future__ import annotations

import abc
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.model_fn import EstimatorSpec, _TPUEstimatorSpec
from estimator_heads.types import Features, Labels, Logits, Metric, Optimizer, TrainOpFn


class Head(abc.ABC):
    """Interface of heads: the top of a model, which turns logits into everything else.

    A head knows the loss, the predictions, the metrics and the exports of one kind of task. Use
    the ones in this package, or write your own: subclass Head, define the abstract members, and
    either `create_estimator_spec` or `_create_tpu_estimator_spec`.

    Reproduces `tf.estimator.Head` of TF 2.15.
    """

    @property
    @abc.abstractmethod
    def name(self) -> str | None:
        """Name of the head, a string; None if it has none."""

    @property
    @abc.abstractmethod
    def logits_dimension(self) -> int:
        """Size of the last dimension that the logits must have."""

    @property
    @abc.abstractmethod
    def loss_reduction(self) -> str:
        """How the losses of a batch are reduced to a scalar: one of `tf_keras.losses.Reduction`."""

    @abc.abstractmethod
    def loss(
        self,
        labels: Labels,
        logits: Logits,
        features: Features | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """The loss to train on and to report.

        Args:
            labels: Labels Tensor; a dict of them by head name for a MultiHead.
            logits: Tensor of shape [D0, D1, ..., DN, logits_dimension].
            features: Dict of Tensors or SparseTensors by feature name; weights are looked up in it.
            mode: One of `ModeKeys`, for heads whose loss differs between training and evaluation.
            regularization_losses: List of scalar losses to be added.

        Returns:
            A scalar Tensor.
        """

    @abc.abstractmethod
    def predictions(
        self, logits: Logits, keys: Sequence[Any] | None = None
    ) -> dict[Any, tf.Tensor]:
        """What the head predicts.

        Args:
            logits: Tensor of shape [D0, D1, ..., DN, logits_dimension].
            keys: List of the keys to return, from `PredictionKeys`; all of them by default.

        Returns:
            A dict of Tensors.
        """

    @abc.abstractmethod
    def metrics(
        self, regularization_losses: Sequence[tf.Tensor] | None = None
    ) -> dict[str, Metric]:
        """New metric objects.

        Args:
            regularization_losses: List of scalar losses; if there are any, their sum gets a metric.

        Returns:
            A dict from names to tf_keras metrics.
        """

    @abc.abstractmethod
    def update_metrics(
        self,
        eval_metrics: dict[str, Metric],
        features: Features,
        logits: Logits,
        labels: Labels,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Metric]:
        """Adds a batch to metrics.

        Args:
            eval_metrics: What `metrics` returned.
            features: Dict of Tensors or SparseTensors by feature name.
            logits: Tensor of shape [D0, D1, ..., DN, logits_dimension].
            labels: Labels Tensor; a dict of them by head name for a MultiHead.
            mode: One of `ModeKeys`; most heads do not need it and omit the argument.
            regularization_losses: List of scalar losses, as given to `metrics`.

        Returns:
            `eval_metrics`, updated.
        """

    def create_estimator_spec(
        self,
        features: Features,
        mode: str,
        logits: Logits,
        labels: Labels | None = None,
        optimizer: Optimizer | None = None,
        trainable_variables: Sequence[tf.Variable] | None = None,
        train_op_fn: TrainOpFn | None = None,
        update_ops: Sequence[tf.Operation | tf.Tensor] | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> EstimatorSpec:
        """The EstimatorSpec for a model_fn to return.

        Args:
            features: Dict of Tensors or SparseTensors by feature name.
            mode: One of `ModeKeys`.
            logits: Tensor of shape [D0, D1, ..., DN, logits_dimension].
            labels: Labels Tensor; a dict of them by head name for a MultiHead. Needed to train and
                to evaluate.
            optimizer: An optimizer of `tf.compat.v1.train`, tf_keras or Keras 3, or any object with
                `get_updates(loss, params)` or `minimize(loss, global_step=...)`. Training needs
                either this or `train_op_fn`.
            trainable_variables: List or tuple of the variables that the optimizer is to update; by
                default those in the graph's collection TRAINABLE_VARIABLES.
            train_op_fn: Function from the loss to a train op.
            update_ops: List or tuple of ops to run with each training step, such as the updates of
                batch normalisation.
            regularization_losses: List of scalar losses to be added to the loss.

        Returns:
            An `EstimatorSpec`.

        Raises:
            ValueError: If labels are missing, a shape or value is invalid, or both or neither of
                `optimizer` and `train_op_fn` are given in mode TRAIN.
        """
        return self._create_tpu_estimator_spec(
            features=features,
            mode=mode,
            logits=logits,
            labels=labels,
            optimizer=optimizer,
            trainable_variables=trainable_variables,
            train_op_fn=train_op_fn,
            update_ops=update_ops,
            regularization_losses=regularization_losses,
        ).as_estimator_spec()

    def _create_tpu_estimator_spec(
        self,
        features: Features,
        mode: str,
        logits: Logits,
        labels: Labels | None = None,
        optimizer: Optimizer | None = None,
        trainable_variables: Sequence[tf.Variable] | None = None,
        train_op_fn: TrainOpFn | None = None,
        update_ops: Sequence[tf.Operation | tf.Tensor] | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> _TPUEstimatorSpec:
        raise NotImplementedError(
            f"{type(self).__name__} must define create_estimator_spec() or "
            "_create_tpu_estimator_spec()."
        )

    def _summary_key(self, key: str) -> str:
        """The name of a metric or summary: `key`, with the head's name behind it if it has one."""
        return f"{key}/{self.name}" if self.name else key
