"""Heads of users' own below the TF1 `_Head`, alone and inside a multi_head."""

import functools

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.contrib.estimator import multi_head, regression_head
from estimator_heads.compat.sources import canned_head
from estimator_heads.model_fn import EstimatorSpec, ModeKeys, _TPUEstimatorSpec

v1 = tf.compat.v1

X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0], [-2.0, 1.0]], np.float32)
Y = np.array([[1.0], [2.0], [0.0], [-1.0]], np.float32)
START = 0.25
RATE = 0.1


def linear(features, name="weights"):
    inputs = tf.cast(features["x"], tf.float32)
    return tf.matmul(
        inputs, v1.get_variable(name, [2, 1], initializer=v1.constant_initializer(START))
    )


def estimator_of(make_head, folder, names=None):
    """Its logits are linear: one Tensor, or one for each of the names."""

    def model_fn(features, labels, mode):
        logits = {name: linear(features, name) for name in names} if names else linear(features)
        return make_head().create_estimator_spec(
            features=features,
            mode=mode,
            labels=labels,
            logits=logits,
            optimizer=v1.train.GradientDescentOptimizer(RATE),
        )

    return eh.Estimator(model_fn, str(folder))


def input_fn():
    return tf.data.Dataset.from_tensors(({"x": X}, Y))


def predict_input_fn():
    return tf.data.Dataset.from_tensors({"x": X})


class Absolute(canned_head._Head):
    """A user's head for the absolute error, by way of `_create_tpu_estimator_spec`."""

    def __init__(self, name=None):
        self._name = name

    @property
    def name(self):
        return self._name

    @property
    def logits_dimension(self):
        return 1

    def create_loss(self, features, mode, logits, labels):
        labels = canned_head._check_dense_labels_match_logits_and_reshape(
            labels=labels, logits=logits, expected_labels_dimension=1
        )
        weights = canned_head._get_weights_and_check_match_logits(
            features=features, weight_column=None, logits=logits
        )
        error = tf.abs(logits - labels)
        loss = v1.losses.compute_weighted_loss(error, weights)
        return canned_head.LossSpec(loss, error, weights, labels)

    def _create_tpu_estimator_spec(
        self,
        features,
        mode,
        logits,
        labels=None,
        optimizer=None,
        train_op_fn=None,
        regularization_losses=None,
    ):
        predictions = {"value": canned_head._check_logits_final_dim(logits, 1)}
        if mode == ModeKeys.PREDICT:
            outputs = {"serving_default": eh.export.PredictOutput(predictions)}
            return _TPUEstimatorSpec(mode, predictions=predictions, export_outputs=outputs)
        loss, error, weights, _ = self.create_loss(features, mode, logits, labels)
        if mode == ModeKeys.EVAL:
            key = canned_head._summary_key(self._name, "error")
            metrics = canned_head._create_eval_metrics_tuple(
                lambda error, weights: {key: v1.metrics.mean(error, weights)},
                {"error": error, "weights": weights},
            )
            return _TPUEstimatorSpec(mode, predictions=predictions, loss=loss, eval_metrics=metrics)
        step = v1.train.get_global_step()
        train_op = optimizer.minimize(loss, step) if optimizer else train_op_fn(loss)
        train_op = canned_head._append_update_ops(train_op)
        return _TPUEstimatorSpec(mode, predictions=predictions, loss=loss, train_op=train_op)


class Minimal(canned_head._Head):
    """A user's head that defines no more than it needs, and returns a plain tuple."""

    name = "minimal"
    logits_dimension = 1

    def create_loss(self, features, mode, logits, labels):
        return tf.reduce_mean(logits), logits, 1.0, labels

    def create_estimator_spec(
        self, features, mode, logits, labels=None, optimizer=None, train_op_fn=None
    ):
        loss = tf.reduce_mean(logits)
        train_op = train_op_fn(loss) if train_op_fn else optimizer.minimize(loss)
        return EstimatorSpec(mode, {"logits": logits}, loss, train_op)


def absolute_step(weights, scale=1.0):
    """The weights after one step of gradient descent on the mean absolute error."""
    return weights - RATE * scale * X.T @ np.sign(X @ weights - Y) / len(X)


def test_head_of_a_user_s_own(tmp_path):
    estimator = estimator_of(Absolute, tmp_path).train(input_fn, steps=1)
    stepped = absolute_step(np.full([2, 1], START))
    np.testing.assert_allclose(estimator.get_variable_value("weights"), stepped, rtol=1e-5)
    error = np.mean(np.abs(X @ stepped - Y))
    metrics = estimator.evaluate(input_fn)
    assert metrics == pytest.approx({"error": error, "global_step": 1, "loss": error}, rel=1e-5)
    values = [prediction["value"] for prediction in estimator.predict(predict_input_fn)]
    np.testing.assert_allclose(values, X @ stepped, rtol=1e-5)


def test_head_of_a_user_s_own_in_a_multi_head(tmp_path):
    def heads():
        return multi_head([regression_head(name="value"), Absolute("absolute")], [1.0, 3.0])

    def labels_of_both():
        return tf.data.Dataset.from_tensors(({"x": X}, {"value": Y, "absolute": Y}))

    estimator = estimator_of(heads, tmp_path, ["value", "absolute"])
    estimator.train(labels_of_both, steps=1)
    stepped = absolute_step(np.full([2, 1], START), scale=3.0)
    np.testing.assert_allclose(estimator.get_variable_value("absolute"), stepped, rtol=1e-5)
    metrics = estimator.evaluate(labels_of_both)
    assert {"loss/value", "loss/absolute", "error/absolute", "average_loss/value"} <= set(metrics)
    assert metrics["error/absolute"] == pytest.approx(np.mean(np.abs(X @ stepped - Y)), rel=1e-5)
    prediction = next(estimator.predict(predict_input_fn))
    np.testing.assert_allclose(prediction["absolute", "value"], X[0] @ stepped, rtol=1e-5)


def test_head_that_defines_no_more_than_it_needs():
    with tf.Graph().as_default():
        v1.train.create_global_step()
        logits = {"minimal": linear({"x": X})}
        head = multi_head([Minimal()], head_weights=[2.0])
        spec = head.create_loss({}, ModeKeys.TRAIN, logits, {"minimal": Y})
        assert isinstance(spec, canned_head.LossSpec)
        assert spec.weights == {"minimal": 2.0}
        spec = head.create_estimator_spec(
            {}, ModeKeys.TRAIN, logits, {"minimal": Y}, train_op_fn=lambda loss: tf.no_op()
        )
        assert list(spec.predictions) == [("minimal", "logits")]
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            expected = 2 * np.mean(X @ np.full([2, 1], START))
            assert session.run(spec.loss) == pytest.approx(expected, rel=1e-5)


def test_what_a_head_does_not_define_is_named():
    head = canned_head._Head()
    with pytest.raises(NotImplementedError, match="_Head must define name"):
        head.name  # noqa: B018
    with pytest.raises(NotImplementedError, match="_Head must define logits_dimension"):
        head.logits_dimension  # noqa: B018
    with pytest.raises(NotImplementedError, match=r"_Head must define create_loss\(\)"):
        head.create_loss({}, ModeKeys.EVAL, [[1.0]], [[1.0]])
    with pytest.raises(NotImplementedError, match=r"create_estimator_spec\(\) or _create_tpu"):
        head.create_estimator_spec({}, ModeKeys.PREDICT, [[1.0]])


UNREDUCED = {
    "multi_class": (
        functools.partial(canned_head._MultiClassHeadWithSoftmaxCrossEntropyLoss, 3),
        [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
        [[1], [2]],
        [[np.log(3)], [np.log(3)]],
    ),
    "binary": (
        canned_head._BinaryLogisticHeadWithSigmoidCrossEntropyLoss,
        [[0.0], [1.0]],
        [[1], [1]],
        [[np.log(2)], [np.log1p(np.exp(-1))]],
    ),
    "regression": (
        functools.partial(canned_head._RegressionHeadWithMeanSquaredErrorLoss, 1),
        [[1.0], [3.0]],
        [[1.0], [1.0]],
        [[0.0], [4.0]],
    ),
}


@pytest.mark.parametrize(("make", "logits", "labels", "losses"), UNREDUCED.values(), ids=UNREDUCED)
def test_the_private_classes_leave_the_reduction_to_who_makes_them(make, logits, labels, losses):
    with tf.Graph().as_default(), v1.Session() as session:
        head = make(loss_reduction="none")
        loss = head.create_loss({}, ModeKeys.EVAL, tf.constant(logits), tf.constant(labels))
        np.testing.assert_allclose(session.run(loss.training_loss), losses, rtol=1e-5)
        spec = head.create_estimator_spec({}, ModeKeys.PREDICT, tf.constant(logits))
        assert spec.predictions
        with pytest.raises(ValueError, match="scalar"):
            head.create_estimator_spec({}, ModeKeys.EVAL, tf.constant(logits), tf.constant(labels))


class WorstExample(canned_head._RegressionHeadWithMeanSquaredErrorLoss):
    """Trains on the greatest loss in the batch, which no reduction of TF1 is."""

    def __init__(self):
        super().__init__(1, loss_reduction=v1.losses.Reduction.NONE)

    def create_loss(self, features, mode, logits, labels):
        spec = super().create_loss(features, mode, logits, labels)
        return spec._replace(training_loss=tf.reduce_max(spec.training_loss))


def test_a_subclass_may_reduce_the_loss_by_itself(tmp_path):
    estimator = estimator_of(WorstExample, tmp_path)

    def input_fn():
        return tf.data.Dataset.from_tensors(({"x": X}, Y))

    metrics = estimator.train(input_fn).evaluate(input_fn)
    # The gradient of the worst example alone: of (w x - y)**2 by w.
    weights = np.full([2, 1], START, np.float32)
    worst = np.argmax((X @ weights - Y) ** 2)
    weights -= RATE * 2 * ((X[worst] @ weights - Y[worst]) * X[worst])[:, None]
    np.testing.assert_allclose(estimator.get_variable_value("weights"), weights, rtol=1e-5)
    losses = (X @ weights - Y) ** 2
    np.testing.assert_allclose(metrics["loss"], losses.max(), rtol=1e-5)
    np.testing.assert_allclose(metrics["average_loss"], losses.mean(), rtol=1e-5)


@pytest.mark.parametrize(
    "make",
    [
        lambda reduction: regression_head(loss_reduction=reduction),
        lambda reduction: canned_head._poisson_regression_head(loss_reduction=reduction),
        lambda reduction: canned_head._binary_logistic_or_multi_class_head(
            3, None, None, reduction
        ),
    ],
)
@pytest.mark.parametrize("reduction", ["none", "nonsense", None])
def test_the_functions_that_make_heads_check_the_reduction(make, reduction):
    with pytest.raises(ValueError, match=f"`loss_reduction`.*weighted_sum.*{reduction}"):
        make(reduction)
