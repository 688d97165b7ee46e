"""The heads of all three dialects by task, with the formula of the task's loss without weights."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.contrib import estimator as v1_heads
from estimator_heads.compat.contrib.learn.heads import factories as learn_heads


@dataclasses.dataclass(frozen=True)
class Task:
    """What heads of any dialect are made for.

    Attributes:
        dimension: Of the logits.
        labels: Labels of two batches of 4 examples.
        loss: The mean loss of NumPy arrays of logits and labels.
        output: The class of what is served by default.
    """

    dimension: int
    labels: tuple[Any, Any]
    loss: Callable[[np.ndarray, np.ndarray], float]
    output: type

    @property
    def logits(self):
        both = np.random.default_rng(self.dimension).uniform(-2, 2, (8, self.dimension))
        return both[:4].astype(np.float32), both[4:].astype(np.float32)


def _cross_entropy(logits, labels):
    return np.mean(np.logaddexp(0, logits) - logits * labels)


def _softmax_cross_entropy(logits, labels):
    chosen = np.take_along_axis(logits, labels, axis=1)[:, 0]
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - chosen)


def _squared_error(logits, labels):
    return np.mean((logits - labels) ** 2)


def _poisson(logits, labels):
    return np.mean(np.exp(logits) - logits * labels)


def _poisson_with_stirling(logits, labels):
    """With the approximation of log(labels!), which counts from labels above 1 on."""
    above = np.maximum(labels, 1)
    rest = labels * np.log(above) - labels + 0.5 * np.log(2 * np.pi * above)
    return _poisson(logits, labels) + np.mean(np.where(labels > 1, rest, 0))


def _hinge(logits, labels):
    return np.mean(np.maximum(0, 1 - (2 * labels - 1) * logits))


def _batches(first, second, dtype=np.int64):
    return np.array(first, dtype), np.array(second, dtype)


_ZERO_ONE = _batches([[0], [1], [1], [0]], [[1], [1], [0], [1]])
_CLASSES = _batches([[0], [1], [2], [2]], [[1], [0], [0], [2]])
_SEVERAL = _batches(
    [[0, 1, 0], [1, 1, 0], [0, 0, 0], [1, 0, 1]], [[1, 1, 1], [0, 0, 1], [0, 1, 0], [1, 0, 0]]
)
_NUMBERS = _batches(
    [[0.5, 2], [4, 0], [3, 1], [0, 4]], [[2, 2], [1, 0.5], [0, 0], [1, 6]], np.float32
)
_FRACTIONS = _batches([[0], [0.25], [1], [0.5]], [[1], [0.75], [0], [0.1]], np.float32)

BINARY = Task(1, _ZERO_ONE, _cross_entropy, eh.export.ClassificationOutput)
MULTI_CLASS = Task(3, _CLASSES, _softmax_cross_entropy, eh.export.ClassificationOutput)
MULTI_LABEL = Task(3, _SEVERAL, _cross_entropy, eh.export.ClassificationOutput)
REGRESSION = Task(2, _NUMBERS, _squared_error, eh.export.RegressionOutput)
POISSON = Task(2, _NUMBERS, _poisson_with_stirling, eh.export.RegressionOutput)
LOGISTIC = Task(1, _FRACTIONS, _cross_entropy, eh.export.RegressionOutput)
SVM = Task(1, _ZERO_ONE, _hinge, eh.export.PredictOutput)


def gradient_descent():
    return tf.compat.v1.train.GradientDescentOptimizer(0.1)


def _v1_spec(head, mode, logits, labels):
    train = {"optimizer": gradient_descent()} if mode == eh.ModeKeys.TRAIN else {}
    return head.create_estimator_spec({}, mode, logits, labels=labels, **train)


def _tf2_spec(head, mode, logits, labels):
    train = {}
    if mode == eh.ModeKeys.TRAIN:
        variables = tf.compat.v1.trainable_variables()
        train = {"optimizer": gradient_descent(), "trainable_variables": variables}
    return head.create_estimator_spec({}, mode, logits, labels=labels, **train)


def _learn_spec(head, mode, logits, labels):
    def train_op_fn(loss):
        step = tf.compat.v1.train.get_global_step()
        return gradient_descent().minimize(loss, global_step=step)

    operations = head.create_model_fn_ops({}, mode, labels, train_op_fn, logits=logits)
    return operations.estimator_spec()


@dataclasses.dataclass(frozen=True)
class Dialect:
    """How heads of a dialect are asked.

    Attributes:
        spec: Function of a head, a mode, logits and labels that returns the EstimatorSpec.
        public_heads: The names of all that are public.
        metrics_of_names: Metrics that only heads with a name have.
        exports_in: The modes whose specs have export outputs.
    """

    spec: Callable[..., eh.EstimatorSpec]
    public_heads: set[str]
    metrics_of_names: frozenset[str] = frozenset()
    exports_in: tuple[str, ...] = (eh.ModeKeys.PREDICT,)


def _heads_in(names, ending="_head"):
    return {name for name in names if name.endswith(ending)}


MODES = (eh.ModeKeys.TRAIN, eh.ModeKeys.EVAL, eh.ModeKeys.PREDICT)
DIALECTS = {
    "tf2": Dialect(_tf2_spec, _heads_in(eh.__all__, "Head") - {"Head"}),
    "v1": Dialect(_v1_spec, _heads_in(dir(v1_heads))),
    "learn": Dialect(_learn_spec, _heads_in(learn_heads.__all__), frozenset({"loss"}), MODES),
}
# Made of other heads, or of no task.
OF_NO_TASK = {"MultiHead", "multi_head", "loss_only_head"}

# (dialect, public name): (function from a name to the head, its task).
HEADS = {
    ("tf2", "BinaryClassHead"): (lambda name: eh.BinaryClassHead(name=name), BINARY),
    ("tf2", "MultiClassHead"): (lambda name: eh.MultiClassHead(3, name=name), MULTI_CLASS),
    ("tf2", "MultiLabelHead"): (lambda name: eh.MultiLabelHead(3, name=name), MULTI_LABEL),
    ("tf2", "RegressionHead"): (lambda name: eh.RegressionHead(2, name=name), REGRESSION),
    ("tf2", "PoissonRegressionHead"): (
        lambda name: eh.PoissonRegressionHead(2, name=name),
        POISSON,
    ),
    ("tf2", "LogisticRegressionHead"): (
        lambda name: eh.LogisticRegressionHead(name=name),
        LOGISTIC,
    ),
    ("v1", "binary_classification_head"): (
        lambda name: v1_heads.binary_classification_head(name=name),
        BINARY,
    ),
    ("v1", "multi_class_head"): (
        lambda name: v1_heads.multi_class_head(3, name=name),
        MULTI_CLASS,
    ),
    ("v1", "multi_label_head"): (
        lambda name: v1_heads.multi_label_head(3, name=name),
        MULTI_LABEL,
    ),
    ("v1", "regression_head"): (
        lambda name: v1_heads.regression_head(label_dimension=2, name=name),
        REGRESSION,
    ),
    ("v1", "poisson_regression_head"): (
        lambda name: v1_heads.poisson_regression_head(label_dimension=2, name=name),
        POISSON,
    ),
    ("v1", "logistic_regression_head"): (
        lambda name: v1_heads.logistic_regression_head(name=name),
        LOGISTIC,
    ),
    ("learn", "multi_class_head"): (
        lambda name: learn_heads.multi_class_head(3, head_name=name),
        MULTI_CLASS,
    ),
    ("learn", "multi_label_head"): (
        lambda name: learn_heads.multi_label_head(3, head_name=name),
        MULTI_LABEL,
    ),
    ("learn", "regression_head"): (
        lambda name: learn_heads.regression_head(label_dimension=2, head_name=name),
        REGRESSION,
    ),
    ("learn", "poisson_regression_head"): (
        lambda name: learn_heads.poisson_regression_head(label_dimension=2, head_name=name),
        POISSON,
    ),
    ("learn", "binary_svm_head"): (
        lambda name: learn_heads.binary_svm_head(head_name=name),
        SVM,
    ),
}
