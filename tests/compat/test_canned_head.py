"""The private classes and metric helpers of `canned.head`, as legacy code uses them."""

import inspect
import pickle

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.compat.contrib import estimator as contrib_estimator
from estimator_heads.compat.sources import canned_head
from estimator_heads.model_fn import ModeKeys

v1 = tf.compat.v1
LABELS = [[1.0], [0.0], [1.0]]
PROBABILITIES = [[0.9], [0.3], [0.5]]
WEIGHTS = [[1.0], [2.0], [3.0]]

# What TF 1.15 gives for the labels, probabilities and weights above.
RECORDED = {
    "_indicator_labels_mean": 0.6666667,
    "_accuracy_baseline": 0.6666667,
    "_predictions_mean": 0.5,
    "unweighted _predictions_mean": 0.56666666,
    "_auc": 0.9999995,
    "_auc of PR": 0.99999976,
    "_accuracy_at_threshold": 1.0,
    "_precision_at_threshold": 0.9999999,
    "_recall_at_threshold": 0.25,
}


def test_metric_helpers_give_what_tensorflow_1_15_gives():
    with tf.Graph().as_default(), v1.Session() as session:
        labels, probabilities, weights = map(tf.constant, (LABELS, PROBABILITIES, WEIGHTS))
        batch = (labels, probabilities, weights)
        mean = canned_head._indicator_labels_mean(labels, weights)
        pairs = {
            "_indicator_labels_mean": mean,
            "_accuracy_baseline": canned_head._accuracy_baseline(mean),
            "_predictions_mean": canned_head._predictions_mean(probabilities, weights),
            "unweighted _predictions_mean": canned_head._predictions_mean(probabilities),
            "_auc": canned_head._auc(*batch),
            "_auc of PR": canned_head._auc(*batch, curve="PR"),
            "_accuracy_at_threshold": canned_head._accuracy_at_threshold(*batch, 0.5),
            "_precision_at_threshold": canned_head._precision_at_threshold(*batch, 0.5),
            "_recall_at_threshold": canned_head._recall_at_threshold(*batch, 0.5, name="mine"),
        }
        session.run(v1.local_variables_initializer())
        updated = session.run({key: update for key, (_, update) in pairs.items()})
        values = session.run({key: value for key, (value, _) in pairs.items()})

    assert values == pytest.approx(RECORDED, abs=1e-6)
    assert updated == pytest.approx(RECORDED, abs=1e-6)
    assert pairs["_recall_at_threshold"][0].name.startswith("mine/")


MULTI_CLASS = canned_head._MultiClassHeadWithSoftmaxCrossEntropyLoss
BINARY = canned_head._BinaryLogisticHeadWithSigmoidCrossEntropyLoss
REGRESSION = canned_head._RegressionHeadWithMeanSquaredErrorLoss


@pytest.mark.parametrize(
    "head, kind",
    [
        (contrib_estimator.multi_class_head(3), MULTI_CLASS),
        (canned_head._multi_class_head_with_softmax_cross_entropy_loss(3), MULTI_CLASS),
        (contrib_estimator.binary_classification_head(), BINARY),
        (canned_head._binary_logistic_head_with_sigmoid_cross_entropy_loss(), BINARY),
        (contrib_estimator.regression_head(), REGRESSION),
        (contrib_estimator.poisson_regression_head(), REGRESSION),
        (contrib_estimator.logistic_regression_head(), REGRESSION),
        (canned_head._regression_head(), REGRESSION),
        (contrib_estimator.multi_label_head(2), canned_head._Head),
    ],
)
def test_the_factories_make_heads_of_the_original_s_classes(head, kind):
    assert isinstance(head, kind) and isinstance(head, canned_head._Head)
    others = {MULTI_CLASS, BINARY, REGRESSION} - {kind}
    assert not isinstance(head, tuple(others))


@pytest.mark.parametrize(
    "name",
    [
        "_multi_class_head_with_softmax_cross_entropy_loss",
        "_binary_logistic_head_with_sigmoid_cross_entropy_loss",
        "_regression_head",
        "_poisson_regression_head",
    ],
)
def test_factories_go_by_their_own_name_and_default(name):
    factory = getattr(canned_head, name)
    assert (factory.__name__, factory.__qualname__) == (name, name)
    assert pickle.loads(pickle.dumps(factory)) is factory
    default = inspect.signature(factory).parameters["loss_reduction"].default
    assert default == v1.losses.Reduction.SUM
    with pytest.raises(TypeError, match=rf"^{name}\(\) .*'unknown'"):
        factory(3, unknown=1)


def test_a_missing_argument_of_a_factory_is_named_with_it():
    name = "_multi_class_head_with_softmax_cross_entropy_loss"
    with pytest.raises(TypeError, match=rf"^{name}\(\) .*'n_classes'"):
        getattr(canned_head, name)()


class Focal(BINARY):
    """A user's head: another loss, one metric more, by what the original's class has."""

    def create_loss(self, features, mode, logits, labels):
        spec = super().create_loss(features, mode, logits, labels)
        weights = canned_head._get_weights_and_check_match_logits(
            features=features, weight_column=self._weight_column, logits=logits
        )
        loss = spec.unreduced_loss * (1.0 - tf.exp(-spec.unreduced_loss))
        total = v1.losses.compute_weighted_loss(loss, weights, reduction=self._loss_reduction)
        return canned_head.LossSpec(total, loss, weights, spec.processed_labels)

    def _eval_metric_ops(
        self, labels, logits, logistic, class_ids, weights, unreduced_loss, regularization_loss
    ):
        metrics = super()._eval_metric_ops(
            labels, logits, logistic, class_ids, weights, unreduced_loss, regularization_loss
        )
        key = canned_head._summary_key(self._name, "largest_loss")
        largest = tf.reduce_max(unreduced_loss)
        return {**metrics, key: v1.metrics.mean(largest)}


class Doubled(MULTI_CLASS):
    """A user's head with the metrics of the original's class and one more."""

    def _eval_metric_ops(self, labels, class_ids, weights, unreduced_loss, regularization_loss):
        metrics = super()._eval_metric_ops(
            labels, class_ids, weights, unreduced_loss, regularization_loss
        )
        return {**metrics, "ids": v1.metrics.mean(self._label_ids(labels))}


class Ratio(REGRESSION):
    """A user's head with the metrics of the original's class and one more."""

    def _eval_metric_ops(
        self, predicted_value, labels, weights, unreduced_loss, regularization_loss
    ):
        metrics = super()._eval_metric_ops(
            predicted_value, labels, weights, unreduced_loss, regularization_loss
        )
        return {**metrics, "ratio": v1.metrics.mean(predicted_value / labels)}


def evaluated(head, logits, labels, features):
    """The loss and the metrics of one batch."""
    with tf.Graph().as_default(), v1.Session() as session:
        features = {key: tf.constant(value) for key, value in features.items()}
        spec = head.create_estimator_spec(
            features,
            ModeKeys.EVAL,
            tf.constant(logits),
            tf.constant(labels),
            regularization_losses=[tf.constant(0.5), tf.constant(1.0)],
        )
        session.run(v1.local_variables_initializer())
        updates = {key: update for key, (_, update) in spec.eval_metric_ops.items()}
        return session.run((spec.loss, updates))


def test_a_subclass_of_the_binary_head_changes_loss_and_metrics():
    logits = np.array([[1.0], [-2.0]], np.float32)
    labels = np.array([[1.0], [1.0]], np.float32)
    weights = np.array([[1.0], [3.0]], np.float32)
    head = Focal(weight_column="w", thresholds=[0.4], name="focal")

    loss, metrics = evaluated(head, logits, labels, {"w": weights})

    cross_entropy = np.log1p(np.exp(-logits))
    focal = cross_entropy * (1 - np.exp(-cross_entropy))
    assert loss == pytest.approx((weights * focal).sum() + 1.5)
    assert metrics["average_loss/focal"] == pytest.approx((weights * focal).sum() / 4)
    assert metrics["largest_loss/focal"] == pytest.approx(focal.max())
    assert metrics["regularization_loss/focal"] == 1.5
    assert metrics["accuracy/positive_threshold_0.4/focal"] == 0.25


def test_subclasses_of_the_other_heads_add_metrics():
    logits = np.array([[5.0, 0.0, 0.0], [0.0, 0.0, 5.0]], np.float32)
    _, metrics = evaluated(Doubled(3), logits, np.array([[0], [2]]), {})
    assert metrics["ids"] == 1.0 and metrics["accuracy"] == 1.0

    predicted = np.array([[2.0], [9.0]], np.float32)
    _, metrics = evaluated(Ratio(1), predicted, np.array([[1.0], [3.0]], np.float32), {})
    assert metrics["ratio"] == 2.5 and metrics["prediction/mean"] == 5.5


@pytest.mark.parametrize("head", [MULTI_CLASS(3), BINARY(), REGRESSION(1)], ids=lambda head: head)
def test_the_classes_sum_losses_as_the_canned_heads_do(head):
    assert head._loss_reduction == v1.losses.Reduction.SUM


def test_the_collection_of_losses_has_the_training_loss_alone():
    """So `tf.losses.get_total_loss()` works with every head; see docs/differences.md."""
    for head, labels in (
        (contrib_estimator.multi_class_head(3), [[1], [0]]),
        (contrib_estimator.multi_label_head(3), [[1, 0, 1], [0, 0, 1]]),
        (canned_head._regression_head(label_dimension=3), np.ones([2, 3], np.float32)),
    ):
        with tf.Graph().as_default(), v1.Session() as session:
            logits = tf.constant([[1.0, 2.0, 3.0], [2.0, 1.0, 1.0]])
            spec = head.create_estimator_spec({}, ModeKeys.EVAL, logits, tf.constant(labels))
            v1.losses.add_loss(tf.constant(10.0))
            total, loss = session.run([v1.losses.get_total_loss(), spec.loss])
        assert total == pytest.approx(loss + 10.0)
