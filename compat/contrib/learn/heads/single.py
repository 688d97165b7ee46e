"""SingleHead: the flow from logits to `ModelFnOps` that the heads for one task share."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads import losses, metrics
from estimator_heads.compat.contrib.learn.heads.centered_bias import CenteredBias
from estimator_heads.compat.contrib.learn.heads.head import Head, check_train_op_fn
from estimator_heads.compat.contrib.learn.keys import MetricKey
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps
from estimator_heads.compat.estimator_v1 import metric_ops
from estimator_heads.compat.estimator_v1.head import summary_key
from estimator_heads.heads.tasks import Task, checks, label_processing, weights
from estimator_heads.heads.tasks.metrics import EvalBatch, HeadMetric
from estimator_heads.types import Features, Labels, Logits, LossFn, TrainOpFn


class SingleHead(Head):
    """A head for one task, of which a subclass says what `tf.contrib.learn` has differently.

    A subclass sets `_problem_type` and `_default_scope`, and defines `_predictions`,
    `_unreduced_loss`, `_processed_labels` and, if there are any, `_head_metrics`.

    Args:
        task: A `Task` of `estimator_heads.heads.tasks`.
        label_name: Key of the labels if they come in a dict.
        weight_column_name: Name of the feature with the weights of the examples.
        enable_centered_bias: Whether to learn a bias that is added to the logits.
        head_name: Suffix of metric and summary names, and the default variable scope.
        loss_fn: Function of labels, logits and weights that returns a scalar, or None.
    """

    _problem_type: int | None = None
    _default_scope: str | None = None
    _takes_sparse_labels = False
    _metric_class_ids: tuple[int, ...] = ()

    def __init__(
        self,
        task: Task,
        label_name: str | None = None,
        weight_column_name: str | None = None,
        enable_centered_bias: bool = False,
        head_name: str | None = None,
        loss_fn: LossFn | None = None,
    ) -> None:
        losses.check_loss_fn(loss_fn)
        self._task = task
        self._label_name = label_name
        self._weight_column_name = weight_column_name
        self._enable_centered_bias = enable_centered_bias
        self._head_name = head_name
        self._loss_fn = loss_fn

    @property
    def logits_dimension(self) -> int:
        """See `Head.logits_dimension`."""
        return self._task.logits_dimension

    @property
    def label_name(self) -> str | None:
        """Key of the labels if they come in a dict."""
        return self._label_name

    @property
    def weight_column_name(self) -> str | None:
        """Name of the feature with the weights of the examples."""
        return self._weight_column_name

    @property
    def head_name(self) -> str | None:
        """Name of the head, a string; None if it has none."""
        return self._head_name

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
        """See `Head.create_model_fn_ops`."""
        ModeKeys.validate(mode)
        with tf.compat.v1.variable_scope(scope, self._head_name or self._default_scope):
            if mode != ModeKeys.INFER:
                labels = self._labels_tensor(labels)
            logits = self._logits(logits, logits_input)
            bias = None
            if self._enable_centered_bias:
                bias = CenteredBias(self.logits_dimension, self._head_name)
                logits = bias.added_to(logits)
            with tf.compat.v1.name_scope("predictions"):
                predictions = self._predictions(logits)
            ops = {}
            if mode != ModeKeys.INFER:
                ops = self._supervised(
                    mode, features, labels, train_op_fn, logits, bias, predictions
                )
            return ModelFnOps(
                mode=mode,
                predictions=predictions,
                output_alternatives=self._output_alternatives(predictions),
                **ops,
            )

    def _supervised(self, mode, features, labels, train_op_fn, logits, bias, predictions):
        """What needs labels: loss, train op and metrics, by their names in `ModelFnOps`."""
        processed_labels = self._processed_labels(logits, labels)
        example_weights = self._example_weights(features, logits)

        def loss_of(logits):
            if self._loss_fn:
                seen = self._labels_of_loss_fn(labels)
                return losses.of_user(self._loss_fn, seen, logits, example_weights)
            return losses.mean(self._unreduced_loss(processed_labels, logits), example_weights)

        loss = loss_of(logits)
        add_loss_summary(self._head_name, loss.reported)
        train_op = None
        if mode == ModeKeys.TRAIN:
            check_train_op_fn(train_op_fn)
            steps = [] if bias is None else [bias.step(tf.shape(logits)[0], loss_of)]
            with tf.compat.v1.name_scope("train_op"):
                train_op = train_op_fn(loss.training)
                if steps and train_op is not None:
                    train_op = tf.group(train_op, *steps)
        batch = EvalBatch(processed_labels, predictions, None, example_weights)
        return {
            "loss": loss.training,
            "train_op": train_op,
            "eval_metric_ops": self._metric_ops(loss.reported, batch),
        }

    def _predictions(self, logits: tf.Tensor) -> dict[str, tf.Tensor]:
        """Dict of predictions, made in the name scope "predictions"."""
        raise NotImplementedError

    def _processed_labels(self, logits, labels):
        """Labels as loss and metrics want them, checked."""
        return self._task.processed_labels(labels, logits)

    def _unreduced_loss(self, processed_labels, logits):
        """The loss of each label."""
        return self._task.unreduced_loss(processed_labels, logits)

    def _head_metrics(self) -> list[HeadMetric]:
        """List of `HeadMetric`s, beside the mean of the reported loss."""
        return []

    def _class_metrics(self, class_id: int) -> list[HeadMetric]:
        """List of `HeadMetric`s of one class."""
        return metrics.means_of_class(class_id)

    def _batch_by_class(self, batch):
        """An `EvalBatch` whose labels and predictions have a column for each class."""
        return batch

    def _takes_strings(self):
        """Whether labels may be strings."""
        return False

    def _labels_of_loss_fn(self, labels):
        """Labels as a user's loss function sees them: as they came, or as class ids."""
        return labels

    def _output_alternatives(self, predictions):
        return {self._head_name: (self._problem_type, predictions)}

    def _labels_tensor(self, labels):
        if isinstance(labels, dict):
            if self._label_name not in labels:
                raise KeyError(
                    "Invalid value for argument `labels`. A dict of labels needs the head's "
                    f"argument `label_name`, set to one of its keys {list(labels)}. Received: "
                    f"label_name={self._label_name!r}, head_name={self._head_name!r}."
                )
            labels = labels[self._label_name]
        labels = label_processing.to_tensor(labels)
        if labels.dtype == tf.string and not self._takes_strings():
            raise ValueError(
                "Invalid dtype of `labels`. Expected numbers; for strings, use a multi_class_head "
                "of three classes or more with `label_keys`. Received: labels of dtype string."
            )
        if isinstance(labels, tf.SparseTensor) and not self._takes_sparse_labels:
            raise ValueError(
                "Invalid value for argument `labels`. Expected a dense Tensor; convert a "
                f"SparseTensor with tf.sparse.to_dense in input_fn. Received: {labels}."
            )
        return labels

    def _logits(self, logits, logits_input):
        if (logits is None) == (logits_input is None):
            raise ValueError(
                "Expected exactly one of the arguments `logits` and `logits_input`: logits, or the "
                "last hidden layer, from which the head builds them. Received: "
                f"logits={logits!r}, logits_input={logits_input!r}."
            )
        if logits is not None:
            return checks.checked_logits(logits, self.logits_dimension)
        import tf_slim

        return tf_slim.layers.fully_connected(
            logits_input, self.logits_dimension, activation_fn=None, scope="logits"
        )

    def _example_weights(self, features, logits):
        name = self._weight_column_name
        if not name:
            return None
        value = features.get(name) if isinstance(features, dict) else None
        if value is not None:
            value = tf.compat.v1.convert_to_tensor_or_sparse_tensor(value)
            if value.shape.rank == 0:
                return tf.cast(value, tf.float32)  # One weight for all examples.
        return weights.example_weights(features, name, logits, per_logit=True)

    def _metric_ops(self, reported_loss, batch):
        with tf.compat.v1.name_scope("metrics"):
            found = {MetricKey.LOSS: metric_ops.mean(reported_loss)}
            for metric in self._head_metrics():
                found[metric.key] = metric_ops.value_and_update(metric, batch)
            if self._metric_class_ids:
                batch = self._batch_by_class(batch)
            for class_id in self._metric_class_ids:
                batch_of_class = metrics.of_class(batch, class_id)
                for metric in self._class_metrics(class_id):
                    found[metric.key] = metric_ops.value_and_update(metric, batch_of_class)
        return {summary_key(self._head_name, key): metric for key, metric in found.items()}


def add_loss_summary(head_name: str | None, loss: tf.Tensor) -> None:
    """A scalar summary of the loss, whose tag is not in the head's scope."""
    with tf.compat.v1.name_scope(""):
        tf.compat.v1.summary.scalar(summary_key(head_name, MetricKey.LOSS), tf.identity(loss))


def checked_metric_class_ids(
    metric_class_ids: Sequence[int] | None, n_classes: int
) -> tuple[int, ...]:
    """The class ids as a tuple; ValueError unless all are in [0, n_classes)."""
    class_ids = tuple(metric_class_ids or ())
    unknown = [class_id for class_id in class_ids if not 0 <= class_id < n_classes]
    if unknown:
        raise ValueError(
            "Invalid value for argument `metric_class_ids`. Expected class ids in "
            f"[0, {n_classes}), for n_classes={n_classes}. Received: {unknown}."
        )
    return class_ids
