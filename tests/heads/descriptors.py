"""TF2's heads with options: weights, vocabularies, thresholds. Tasks are those of all dialects."""

import dataclasses
from collections.abc import Callable

import numpy as np

import estimator_heads as eh
from tests.heads import dialects
from tests.heads.dialects import Task


@dataclasses.dataclass(frozen=True)
class HeadDescriptor:
    """A head under test.

    Attributes:
        make: Function from a name to the head.
        task: What it is made for, with logits and labels of two batches of 4 examples.
        vocabulary: The strings that labels are; empty if they are class ids or numbers.
    """

    make: Callable[[str | None], eh.Head]
    task: Task
    vocabulary: tuple[str, ...] = ()

    @property
    def logits(self):
        return self.task.logits

    @property
    def labels(self):
        if not self.vocabulary:
            return self.task.labels
        return tuple(np.array(self.vocabulary, np.object_)[ids] for ids in self.task.labels)

    @property
    def features(self):
        """Features of two batches of 4 examples: inputs for a model, and weights."""
        inputs = np.random.default_rng(11).uniform(-2, 2, (8, 3)).astype(np.float32)
        weights = np.array([1, 2, 0.5, 0, 1, 1, 3, 0.25], np.float32)
        return (
            {"x": inputs[:4], "weight": weights[:4]},
            {"x": inputs[4:], "weight": weights[4:].reshape(4, 1)},
        )


DESCRIPTORS = {
    "BinaryClassHead": HeadDescriptor(
        lambda name: eh.BinaryClassHead(weight_column="weight", thresholds=[0.3, 0.6], name=name),
        dialects.BINARY,
    ),
    "BinaryClassHead, vocabulary": HeadDescriptor(
        lambda name: eh.BinaryClassHead(label_vocabulary=["no", "yes"], name=name),
        dialects.BINARY,
        ("no", "yes"),
    ),
    "MultiClassHead": HeadDescriptor(
        lambda name: eh.MultiClassHead(n_classes=3, weight_column="weight", name=name),
        dialects.MULTI_CLASS,
    ),
    "MultiClassHead, vocabulary": HeadDescriptor(
        lambda name: eh.MultiClassHead(n_classes=3, label_vocabulary=["a", "b", "c"], name=name),
        dialects.MULTI_CLASS,
        ("a", "b", "c"),
    ),
    "MultiLabelHead": HeadDescriptor(
        lambda name: eh.MultiLabelHead(
            n_classes=3,
            weight_column="weight",
            thresholds=[0.5],
            classes_for_class_based_metrics=[0, 2],
            name=name,
        ),
        dialects.MULTI_LABEL,
    ),
    "RegressionHead": HeadDescriptor(
        lambda name: eh.RegressionHead(label_dimension=2, weight_column="weight", name=name),
        dialects.REGRESSION,
    ),
    "PoissonRegressionHead": HeadDescriptor(
        lambda name: eh.PoissonRegressionHead(label_dimension=2, name=name),
        dialects.POISSON,
    ),
    "LogisticRegressionHead": HeadDescriptor(
        lambda name: eh.LogisticRegressionHead(weight_column="weight", name=name),
        dialects.LOGISTIC,
    ),
}
