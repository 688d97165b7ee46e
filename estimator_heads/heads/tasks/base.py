"""Task: what a head of any dialect asks about its kind of task."""

from __future__ import annotations

import abc
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import tensorflow as tf

from estimator_heads.export.outputs import ExportOutput
from estimator_heads.heads.tasks import arguments, checks, losses, weights
from estimator_heads.heads.tasks.metrics import HeadMetric
from estimator_heads.heads.tasks.vocabulary import LabelVocabulary
from estimator_heads.types import Features, Labels, LossFn, WeightColumn


@dataclass(eq=False, kw_only=True)
class Task(abc.ABC):
    """A kind of task: its labels, loss, weights, predictions, metrics and exports.

    It holds no state and reduces nothing: loss reductions, names, modes and train ops are the
    heads'. Logits are always as `checks.checked_logits` returns them, and labels, but for those
    given to `processed_labels`, as that returns them.

    Attributes:
        weight_column: Name of the feature with the weights of the examples, a
            `tf.feature_column.numeric_column`, or None.
        loss_fn: Function of `labels`, `logits` and optionally `features` and `loss_reduction` that
            returns the unreduced loss, instead of `default_loss`; or None.
    """

    weight_column: WeightColumn | None = None
    loss_fn: LossFn | None = None

    weighs_each_logit = False  # Whether the loss of each logit may have a weight of its own.

    def __post_init__(self) -> None:
        if self.loss_fn:
            arguments.check_loss_fn(self.loss_fn)

    @property
    @abc.abstractmethod
    def logits_dimension(self) -> int:
        """Size of the last dimension that the logits must have."""

    @property
    def loss_dimension(self) -> int:
        """Last dimension of the unreduced loss."""
        return 1

    @property
    def vocabulary(self) -> LabelVocabulary | None:
        """`LabelVocabulary`, or None where labels are no strings."""
        return None

    @abc.abstractmethod
    def processed_labels(self, labels: Labels | None, logits: tf.Tensor) -> tf.Tensor:
        """Labels as the loss and the metrics want them.

        Args:
            labels: Labels as an input_fn gives them.
            logits: Tensor of shape [D0, ..., DN, logits_dimension].

        Returns:
            A dense Tensor of shape [D0, ..., DN, dimension of a label].

        Raises:
            ValueError: Labels are missing, or of a shape, dtype or value that does not fit.
        """

    @abc.abstractmethod
    def default_loss(self, labels: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
        """The unreduced loss without a `loss_fn`: a Tensor [D0, ..., DN, loss_dimension]."""

    def unreduced_loss(
        self,
        labels: tf.Tensor,
        logits: tf.Tensor,
        features: Features | None = None,
        loss_reduction: str = arguments.SUM_OVER_BATCH_SIZE,
    ) -> tf.Tensor:
        """The loss of each label, without its weight.

        Args:
            labels: Processed labels.
            logits: Tensor of shape [D0, ..., DN, logits_dimension].
            features: What model_fn got as features, for a `loss_fn` that asks for them.
            loss_reduction: For a `loss_fn` that requires it.

        Returns:
            A Tensor of shape [D0, ..., DN, loss_dimension].
        """
        if not self.loss_fn:
            return self.default_loss(labels, logits)
        return losses.call_loss_fn(
            self.loss_fn, labels, logits, features, loss_reduction, self.loss_dimension
        )

    def weights(self, features: Features | None, logits: tf.Tensor) -> tf.Tensor | float:
        """What the losses are multiplied by: 1.0, or a Tensor that broadcasts against them."""
        return weights.example_weights(
            features, self.weight_column, logits, per_logit=self.weighs_each_logit
        )

    def predictions(
        self, logits: tf.Tensor, keys: Sequence[str] | None = None
    ) -> dict[str, tf.Tensor]:
        """What is predicted.

        Args:
            logits: Tensor of shape [D0, ..., DN, logits_dimension].
            keys: List of the keys to return; all of them by default.

        Returns:
            A dict of Tensors by key.

        Raises:
            ValueError: A key is unknown.
        """
        with tf.compat.v1.name_scope("predictions"):
            parts = self.prediction_parts(logits)
            return {key: parts[key]() for key in checks.checked_prediction_keys(keys, parts)}

    @abc.abstractmethod
    def prediction_parts(self, logits: tf.Tensor) -> dict[str, Callable[[], tf.Tensor]]:
        """Functions without arguments that make the predictions, by key."""

    @abc.abstractmethod
    def metrics(self) -> list[HeadMetric]:
        """The `HeadMetric`s that are reported."""

    @abc.abstractmethod
    def export_outputs(self, predictions: dict[str, tf.Tensor]) -> dict[str, ExportOutput]:
        """The `ExportOutput`s for predictions with all their keys, by serving key."""


@dataclass(eq=False, kw_only=True)
class ClassificationTask(Task):
    """A task whose labels are classes, which may have names.

    Attributes:
        label_vocabulary: List or tuple of the label strings, in the order of the class ids.
    """

    label_vocabulary: list[str] | tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        arguments.check_label_vocabulary(self.label_vocabulary)

    @functools.cached_property
    def vocabulary(self) -> LabelVocabulary | None:
        """`LabelVocabulary` of the strings, or None."""
        return LabelVocabulary(self.label_vocabulary) if self.label_vocabulary else None
