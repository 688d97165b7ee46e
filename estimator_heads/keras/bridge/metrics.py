"""The metrics of a head, for models of one Keras."""

from __future__ import annotations

import functools
from types import ModuleType
from typing import Any

import tensorflow as tf
import tf_keras

from estimator_heads.heads import Head, MultiHead
from estimator_heads.heads.multi import loss_key
from estimator_heads.heads.tasks import losses
from estimator_heads.heads.tasks.metrics import new_mean, update_state
from estimator_heads.keras.bridge import heads
from estimator_heads.keras.bridge.libraries import library_of, other_library
from estimator_heads.keras.bridge.loss import check_can_run
from estimator_heads.keras.bridge.saving import PACKAGE, MetricsOfHead
from estimator_heads.keys import MetricKeys
from estimator_heads.types import KerasModel, Labels


def metrics(
    head: Head, model: KerasModel | ModuleType | None = None
) -> list[Any] | dict[str, list[Any]]:
    """The metrics of a head, to compile a Keras model with that ends in the head's logits.

    They are updated by `head.update_metrics`, and `evaluate(..., return_dict=True)` returns them
    under the names that an Estimator reports, such as `accuracy/<head>`. They go to `compile` as
    `weighted_metrics`, since those are what Keras gives weights to.

    Args:
        head: A head such as `BinaryClassHead`; or a `MultiHead`, for a model that returns a dict of
            logits by head name.
        model: The model that they are for. If its layers have regularization losses, the sum of
            them is a metric too, as it is in an Estimator. Or the module `keras` or `tf_keras`; or
            None for the one that `tf.keras` is.

    Returns:
        A list of metrics of that Keras; for a `MultiHead` a dict of lists by head name.

    Raises:
        TypeError: `head` is no head of this package, or `model` no model.
        ValueError: The head's `loss_fn` takes features, which Keras does not hand on.
    """
    heads.check_head(head)
    library = library_of(model)
    metric_class = _metric_class(library)
    in_multi_head = isinstance(head, MultiHead)
    made = heads.for_each_task(head, lambda part, _: [metric_class(_OfHead(part, in_multi_head))])
    if isinstance(model, library.Model):
        first = next(iter(made.values())) if isinstance(made, dict) else made
        first.append(metric_class(_OfRegularization(head, model)))
    return made


class _OfHead:
    """The metrics of a head for one task.

    Args:
        head: The head.
        in_multi_head: Whether the mean of its losses is a metric too, as it is in a `MultiHead`.
    """

    name = "head_metrics"

    def __init__(self, head: Head, in_multi_head: bool) -> None:
        self._head = head
        self._metrics = head.metrics()
        self._loss_means = {loss_key(head): new_mean(loss_key(head))} if in_multi_head else {}

    def by_name(self) -> dict[str, tf_keras.metrics.Metric]:
        """Dict of the metric objects by the names that an Estimator reports."""
        return {**self._loss_means, **self._metrics}

    def update(self, labels: Labels, logits: tf.Tensor, sample_weight: tf.Tensor | None) -> None:
        """Adds a batch."""
        head, features = heads.with_features(self._head, sample_weight)
        for mean in self._loss_means.values():
            update_state(mean, head.loss(labels=labels, logits=logits, features=features))
        self._metrics.update(
            head.update_metrics(self._metrics, features=features, logits=logits, labels=labels)
            or {}
        )


class _OfRegularization:
    """The mean of a model's regularization losses; no metric if it has none."""

    name = "regularization_metrics"

    def __init__(self, head: Head, model: KerasModel) -> None:
        self._key = head._summary_key(MetricKeys.LOSS_REGULARIZATION)
        self._model = model
        self._mean = new_mean(MetricKeys.LOSS_REGULARIZATION)
        self._has_losses = False  # The losses of some layers are known when they are called.

    def by_name(self) -> dict[str, tf_keras.metrics.Metric]:
        """Dict of the metric object by its name; empty if the model has no such losses."""
        return {self._key: self._mean} if self._has_losses else {}

    def update(self, labels: Labels, logits: tf.Tensor, sample_weight: tf.Tensor | None) -> None:
        """Adds the losses of a batch."""
        del labels, logits, sample_weight
        total = losses.total_regularization(self._model.losses)
        if total is not None:
            self._has_losses = True
            update_state(self._mean, total)


@functools.cache
def _metric_class(library):
    metric: Any = library.metrics.Metric

    @library.saving.register_keras_serializable(PACKAGE)
    class HeadMetrics(MetricsOfHead, metric):
        """Metrics of tf_keras as one metric of this Keras, whose result is a dict.

        Args:
            group: An `_OfHead` or `_OfRegularization`.
        """

        def __init__(self, group):
            super().__init__(name=group.name)
            self._group = group

        @tf.autograph.experimental.do_not_convert
        def update_state(self, y_true, y_pred, sample_weight=None):
            """Adds a batch."""
            check_can_run()
            self._group.update(y_true, y_pred, sample_weight)

        @tf.autograph.experimental.do_not_convert
        def result(self):
            """Dict of scalars by the names that an Estimator reports."""
            return {key: metric.result() for key, metric in self._group.by_name().items()}

        def reset_state(self):
            """Forgets all batches."""
            for metric in self._group.by_name().values():
                metric.reset_state()

        def __call__(self, *args, **kwargs):
            """Raises ValueError: a Keras calls what is no metric of its own as a function."""
            raise ValueError(
                f"The metrics are for {library.__name__}, and the model is of "
                f"{other_library(library)}. Expected what estimator_heads.keras.metrics(head, "
                "model) returns for the model."
            )

    return HeadMetrics
