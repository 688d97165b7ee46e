"""One example of each head, with data that fits it; the conformance tests run over this table."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

import estimator_heads as eh


def _floats(*shape):
    """Fixed numbers between -2 and 2 that follow no pattern a test could hide behind."""
    return np.random.default_rng(sum(shape)).uniform(-2, 2, shape).astype(np.float32)


@dataclasses.dataclass(frozen=True)
class HeadDescriptor:
    """A head under test.

    Attributes:
        make: Function from a name to the head.
        labels: Labels of two batches of 4 examples.
        first_class: Whether the head serves classes (else regressions) by default.
    """

    make: Callable[[str], eh.Head]
    labels: tuple[Any, Any]
    serves_classes: bool

    @property
    def logits(self):
        """Logits of two batches of 4 examples."""
        dimension = self.make("any").logits_dimension
        both = _floats(8, dimension)
        return both[:4], both[4:]

    @property
    def features(self):
        """Features of two batches of 4 examples: inputs for a model, and weights."""
        inputs = _floats(8, 3)
        weights = np.array([1, 2, 0.5, 0, 1, 1, 3, 0.25], np.float32)
        return (
            {"x": inputs[:4], "weight": weights[:4]},
            {"x": inputs[4:], "weight": weights[4:].reshape(4, 1)},
        )


def _batches(first, second, dtype):
    return np.array(first, dtype), np.array(second, dtype)


_ZERO_ONE = ([[0], [1], [1], [0]], [[1], [1], [0], [1]])
_NUMBERS = ([[0.5, 2], [1, 0], [3, 1], [0, 4]], [[2, 2], [1, 0.5], [0, 0], [1, 6]])

DESCRIPTORS = {
    "BinaryClassHead": HeadDescriptor(
        lambda name: eh.BinaryClassHead(weight_column="weight", thresholds=[0.3, 0.6], name=name),
        _batches(*_ZERO_ONE, np.int64),
        serves_classes=True,
    ),
    "BinaryClassHead, vocabulary": HeadDescriptor(
        lambda name: eh.BinaryClassHead(label_vocabulary=["no", "yes"], name=name),
        _batches(
            [["no"], ["yes"], ["yes"], ["no"]], [["yes"], ["yes"], ["no"], ["yes"]], np.object_
        ),
        serves_classes=True,
    ),
    "MultiClassHead": HeadDescriptor(
        lambda name: eh.MultiClassHead(n_classes=3, weight_column="weight", name=name),
        _batches([[0], [1], [2], [2]], [[1], [0], [0], [2]], np.int64),
        serves_classes=True,
    ),
    "MultiClassHead, vocabulary": HeadDescriptor(
        lambda name: eh.MultiClassHead(n_classes=3, label_vocabulary=["a", "b", "c"], name=name),
        _batches([["a"], ["b"], ["c"], ["c"]], [["b"], ["a"], ["a"], ["c"]], np.object_),
        serves_classes=True,
    ),
    "MultiLabelHead": HeadDescriptor(
        lambda name: eh.MultiLabelHead(
            n_classes=3,
            weight_column="weight",
            thresholds=[0.5],
            classes_for_class_based_metrics=[0, 2],
            name=name,
        ),
        _batches(
            [[0, 1, 0], [1, 1, 0], [0, 0, 0], [1, 0, 1]],
            [[1, 1, 1], [0, 0, 1], [0, 1, 0], [1, 0, 0]],
            np.int64,
        ),
        serves_classes=True,
    ),
    "RegressionHead": HeadDescriptor(
        lambda name: eh.RegressionHead(label_dimension=2, weight_column="weight", name=name),
        _batches(*_NUMBERS, np.float32),
        serves_classes=False,
    ),
    "PoissonRegressionHead": HeadDescriptor(
        lambda name: eh.PoissonRegressionHead(label_dimension=2, name=name),
        _batches(*_NUMBERS, np.float32),
        serves_classes=False,
    ),
    "LogisticRegressionHead": HeadDescriptor(
        lambda name: eh.LogisticRegressionHead(weight_column="weight", name=name),
        _batches([[0], [0.25], [1], [0.5]], [[1], [0.75], [0], [0.1]], np.float32),
        serves_classes=False,
    ),
}
