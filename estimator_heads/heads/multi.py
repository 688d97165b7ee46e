"""MultiHead: several heads on one model."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from estimator_heads import optimizers
from estimator_heads.heads import merging
from estimator_heads.heads.base import Head
from estimator_heads.heads.shared_results import SharedResults
from estimator_heads.heads.task_head import add_loss_summaries, is_ours
from estimator_heads.heads.tasks import arguments, checks, losses, metrics
from estimator_heads.keys import MetricKeys
from estimator_heads.model_fn import EstimatorSpec, ModeKeys
from estimator_heads.types import Features, Labels, Logits, Metric, Optimizer, TrainOpFn


class MultiHead(Head):
    """Head for several objectives at once, each with its own head.

    The loss is the (weighted) sum of the heads' losses. Metrics keep the names that the heads give
    them, which end in the head's name. Predictions are keyed by tuples (head name, key). All heads
    are exported; the first one is served by default.

    Logits and labels are dicts by head name. Logits may also be one Tensor, which is split along
    its last dimension in the order of the heads.

    Reproduces `tf.estimator.MultiHead` of TF 2.15.

    >>> from estimator_heads import BinaryClassHead, RegressionHead
    >>> head = MultiHead([BinaryClassHead(name="buys"), RegressionHead(name="spends")])
    >>> labels = {"buys": [[1.0]], "spends": [[3.0]]}
    >>> logits = {"buys": [[45.0]], "spends": [[5.0]]}
    >>> float(head.loss(labels, logits))  # 0 + (5 - 3)**2
    4.0

    Args:
        heads: List or tuple of `Head`s, all with different names.
        head_weights: List or tuple of one number for each head, by which its loss is multiplied.

    Raises:
        ValueError: If there are no heads, one has no name, two have the same name, or there are
            more or fewer weights than heads.
    """

    def __init__(self, heads: Sequence[Head], head_weights: Sequence[float] | None = None) -> None:
        self._heads = merging.checked_heads(heads)
        self._head_weights = merging.checked_weights(head_weights, self._heads)
        self._head_metric_keys: dict[str, tuple[str, ...]] = {}

    @property
    def name(self) -> str:
        """Names of all heads, joined with underscores."""
        return "_".join(head.name for head in self._heads)

    @property
    def logits_dimension(self) -> int:
        """Sum of the heads' logits dimensions."""
        return sum(head.logits_dimension for head in self._heads)

    @property
    def loss_reduction(self) -> str:
        """The loss reduction of all heads; ValueError if they differ."""
        reductions = {head.name: head.loss_reduction for head in self._heads}
        if len(set(reductions.values())) > 1:
            raise ValueError(
                "The heads of a MultiHead must have the same loss_reduction. Received: "
                f"{reductions}."
            )
        return self._heads[0].loss_reduction

    def loss(
        self,
        labels: Labels,
        logits: Logits,
        features: Features | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """The weighted sum of the heads' losses. See `Head.loss`."""
        logits = merging.logits_by_head(logits, self._heads)
        labels = merging.checked_labels(labels, self._heads)
        head_losses = [
            head.loss(
                labels=labels[head.name], logits=logits[head.name], features=features, mode=mode
            )
            for head in self._heads
        ]
        merged_loss = merging.merged_loss(head_losses, self._head_weights)
        return losses.regularized(merged_loss, regularization_losses)

    def predictions(
        self, logits: Logits, keys: Sequence[str | tuple[str, str]] | None = None
    ) -> dict[tuple[str, str], tf.Tensor]:
        """Predictions of all heads.

        Args:
            logits: Dict of Tensors by head name, or one Tensor.
            keys: List of the keys to return: tuples (head name, prediction key), or prediction keys
                alone for all heads that have them. All of them by default.

        Returns:
            A dict of Tensors by (head name, prediction key).

        Raises:
            ValueError: If a key is unknown, or the logits do not fit the heads.
        """
        logits = merging.logits_by_head(logits, self._heads)
        with tf.compat.v1.name_scope("merge_pred"):
            merged = {
                (head.name, key): prediction
                for head in self._heads
                for key, prediction in head.predictions(logits=logits[head.name]).items()
            }
        if not keys:
            return merged
        valid_keys = [*merged, *{key for _, key in merged}]
        keys = checks.checked_prediction_keys(keys, valid_keys)
        return {both: merged[both] for both in merged if both in keys or both[1] in keys}

    def metrics(
        self, regularization_losses: Sequence[tf.Tensor] | None = None
    ) -> dict[str, Metric]:
        """New metric objects: those of every head, and the loss of each. See `Head.metrics`."""
        made = {}
        if regularization_losses:
            key = MetricKeys.LOSS_REGULARIZATION
            made[self._summary_key(key)] = metrics.new_mean(key)
        with tf.compat.v1.name_scope("merge_eval"):
            for head in self._heads:
                key = loss_key(head)
                made[key] = metrics.new_mean(key)
        for head in self._heads:
            head_metrics = head.metrics()
            self._head_metric_keys[head.name] = tuple(head_metrics)
            made.update(head_metrics)
        return made

    # Without `mode`, as in the original.
    def update_metrics(  # type: ignore[override]
        self,
        eval_metrics: dict[str, Metric],
        features: Features,
        logits: Logits,
        labels: Labels,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Metric]:
        """Adds a batch to the metrics of every head. See `Head.update_metrics`."""
        logits = merging.logits_by_head(logits, self._heads)
        labels = merging.checked_labels(labels, self._heads)
        if regularization_losses:
            metrics.update_state(
                eval_metrics[self._summary_key(MetricKeys.LOSS_REGULARIZATION)],
                losses.total_regularization(regularization_losses),
            )
        for head in self._heads:
            batch = {
                "features": features,
                "logits": logits[head.name],
                "labels": labels[head.name],
            }
            metrics.update_state(eval_metrics[loss_key(head)], head.loss(**batch))
            # Metrics may be those of another head like this one, as each call of a model_fn makes.
            keys = self._head_metric_keys.get(head.name, eval_metrics)
            head_metrics = {key: eval_metrics[key] for key in keys if key in eval_metrics}
            eval_metrics.update(head.update_metrics(head_metrics, **batch) or {})
        return eval_metrics

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
        """The EstimatorSpec for a model_fn to return. See `Head.create_estimator_spec`.

        Args:
            features: Dict of Tensors or SparseTensors by feature name.
            mode: One of `ModeKeys`.
            logits: Dict of Tensors by head name, or one Tensor of shape [D0, D1, ..., DN,
                logits_dimension].
            labels: Dict of labels by head name. Needed to train and to evaluate.
            optimizer: See `Head.create_estimator_spec`.
            trainable_variables: See there.
            train_op_fn: See there.
            update_ops: See there.
            regularization_losses: List of scalar losses to be added to the sum of the heads'
                losses.

        Returns:
            An `EstimatorSpec`.

        Raises:
            ValueError: As in `Head.create_estimator_spec`; or if logits or labels of a head are
                missing.
        """
        checks.check_mode(mode)
        with tf.compat.v1.name_scope(self.name, "multi_head"):
            logits = merging.logits_by_head(logits, self._heads)
            if labels is not None or mode != ModeKeys.PREDICT:
                labels = merging.checked_labels(labels, self._heads)
            if mode == ModeKeys.PREDICT:
                predictions = self.predictions(logits)
                specs = {
                    head.name: self._head_spec(head, features, mode, logits) for head in self._heads
                }
                return EstimatorSpec(
                    mode=mode,
                    predictions=predictions,
                    export_outputs=merging.merged_export_outputs(specs),
                )
            with SharedResults().in_use():
                predictions = self.predictions(logits)
                loss = self.loss(labels, logits, features, mode, regularization_losses)
                if mode == ModeKeys.EVAL:
                    eval_metrics = self.update_metrics(
                        self.metrics(regularization_losses=regularization_losses),
                        features,
                        logits,
                        labels,
                        regularization_losses=regularization_losses,
                    )
                    return EstimatorSpec(
                        mode=mode, predictions=predictions, loss=loss, eval_metric_ops=eval_metrics
                    )
                self._add_head_summaries(features, mode, logits, labels)
            train_op = optimizers.create_train_op(
                loss,
                optimizer=optimizer,
                trainable_variables=trainable_variables,
                train_op_fn=train_op_fn,
                update_ops=update_ops,
                averaged=self.loss_reduction != arguments.SUM,
            )
            add_loss_summaries(loss, regularization_losses)
            return EstimatorSpec(mode=mode, predictions=predictions, loss=loss, train_op=train_op)

    def _add_head_summaries(self, features, mode, logits, labels):
        """The loss of each head, for TensorBoard."""
        for head in self._heads:
            if is_ours(head):
                loss = head.loss(labels[head.name], logits[head.name], features, mode)
                add_loss_summaries(loss, summary_key=head._summary_key)
                _take_training_scope()
            else:  # Its spec may have summaries of its own.
                self._head_spec(head, features, mode, logits, labels)

    def _head_spec(self, head, features, mode, logits, labels=None):
        return head.create_estimator_spec(
            features=features,
            mode=mode,
            logits=logits[head.name],
            labels=labels[head.name] if labels else None,
            train_op_fn=_no_training,
        )


def loss_key(head: Head) -> str:
    """The name of the metric that has the mean loss of one of the heads."""
    return f"{MetricKeys.LOSS}/{head.name}"


def _no_training(loss):
    # The training step is that of the sum of losses; a head alone has none.
    return tf.identity(loss)


def _take_training_scope():
    """Uses up one name of the scope that training steps are made in.

    In the original each head makes a step of its own first, so that the step of them all, and the
    variables that optimizers name after it, are in `training_2` if there are two heads. Checkpoints
    have that name.
    """
    with tf.compat.v1.name_scope(""), tf.compat.v1.name_scope("training"):
        pass
