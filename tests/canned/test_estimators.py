"""Canned estimators with optimizers and heads of every family, and in the hands of libraries."""

import keras
import numpy as np
import pytest
import tensorflow as tf
import tf_keras

import estimator_heads as eh
from estimator_heads.compat import canned_v1
from estimator_heads.compat.contrib import estimator as contrib_estimator
from tests.golden.canned import batch

DENSE = [tf.feature_column.numeric_column("size")]
OPTIMIZERS = {
    "v1": lambda: tf.compat.v1.train.GradientDescentOptimizer(0.1),
    "tf_keras legacy": lambda: tf_keras.optimizers.legacy.SGD(0.1),
    "tf_keras": lambda: tf_keras.optimizers.SGD(0.1),
    "Keras 3": lambda: keras.optimizers.SGD(0.1),
}


def mean_squared_error_step(rate, kernel, bias, rows):
    """One step of gradient descent on the mean of (kernel * x + bias - y)^2, by formula."""
    x, y = batch.FEATURES["size"], batch.LABELS["number"]
    error = kernel * x + bias - y
    return kernel - rate * 2 * (error * x).mean(), bias - rate * 2 * error.mean()


@pytest.mark.parametrize("given", ["instance", "function"])
@pytest.mark.parametrize("family", OPTIMIZERS)
@pytest.mark.parametrize("flavour", [eh, canned_v1], ids=["tf2", "tf1"])
def test_optimizers_of_every_family_make_the_same_step(flavour, family, given, tmp_path):
    make = OPTIMIZERS[family]
    arguments = {"model_dir": str(tmp_path), "loss_reduction": "sum_over_batch_size"}
    if flavour is canned_v1:
        arguments["loss_reduction"] = tf.compat.v1.losses.Reduction.SUM_OVER_BATCH_SIZE
    optimizer = make() if given == "instance" else make
    estimator = flavour.LinearRegressor(DENSE, optimizer=optimizer, **arguments)
    estimator.train(batch.input_fn("number"))

    kernel, bias = mean_squared_error_step(0.1, 0.0, 0.0, 4)
    value = estimator.get_variable_value
    np.testing.assert_allclose(value("linear/linear_model/size/weights"), [[kernel]], rtol=1e-5)
    np.testing.assert_allclose(value("linear/linear_model/bias_weights"), [bias], rtol=1e-5)
    assert value("global_step") == 1


@pytest.mark.parametrize("family", OPTIMIZERS)
def test_two_optimizers_count_one_step(family, tmp_path):
    estimator = eh.DNNLinearCombinedRegressor(
        str(tmp_path), DENSE, OPTIMIZERS[family], DENSE, OPTIMIZERS[family], [2]
    )
    estimator.train(batch.input_fn("number", 3))
    assert estimator.get_variable_value("global_step") == 3


class OwnHead(eh.RegressionHead):
    """A head of a user's own."""

    def loss(self, *args, **kwargs):
        return 3.0 * super().loss(*args, **kwargs)


@pytest.mark.parametrize(
    "make_head, labels",
    [
        (lambda: OwnHead(), "number"),
        (lambda: contrib_estimator.binary_classification_head(), "two"),
        (
            lambda: contrib_estimator.multi_head(
                [
                    contrib_estimator.binary_classification_head(name="first"),
                    contrib_estimator.regression_head(name="second"),
                ]
            ),
            "two_heads",
        ),
    ],
    ids=["own", "contrib", "contrib multi head"],
)
@pytest.mark.parametrize("flavour", [eh, canned_v1], ids=["tf2", "tf1"])
def test_any_head(flavour, make_head, labels, tmp_path):
    estimator = flavour.DNNEstimator(make_head(), [2], DENSE, model_dir=str(tmp_path))
    estimator.train(batch.input_fn(labels, 2))
    metrics = estimator.evaluate(batch.input_fn(labels))
    assert metrics["global_step"] == 2
    assert np.isfinite(metrics["loss"])


TF2_ESTIMATORS = {
    "dnn with batch_norm": lambda head: eh.DNNEstimator(
        head, [2], DENSE, config=eh.RunConfig(tf_random_seed=1), batch_norm=True
    ),
    "linear": lambda head: eh.LinearEstimator(head, DENSE),
    "baseline": lambda head: eh.BaselineEstimator(head),
    "combined": lambda head: eh.DNNLinearCombinedEstimator(
        head,
        linear_feature_columns=DENSE,
        dnn_feature_columns=DENSE,
        dnn_hidden_units=[2],
        config=eh.RunConfig(tf_random_seed=1),
    ),
}


@pytest.mark.parametrize("make_estimator", TF2_ESTIMATORS.values(), ids=TF2_ESTIMATORS)
def test_heads_of_both_flavours_train_the_same_weights(make_estimator):
    def trained(head, labels):
        estimator = make_estimator(head)
        data = (batch.FEATURES, labels)
        estimator.train(lambda: tf.data.Dataset.from_tensors(data).repeat(3))
        return {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}

    numbers = batch.LABELS["number"]
    only = contrib_estimator.regression_head(name="only")
    expected = trained(eh.RegressionHead(), numbers)
    for weights in (
        trained(contrib_estimator.regression_head(), numbers),
        trained(contrib_estimator.multi_head([only]), {"only": numbers}),
    ):
        assert len(weights) == len(expected)
        for name, value in expected.items():
            if not name.startswith("training/"):  # Other heads make the optimizer in other scopes.
                np.testing.assert_allclose(weights[name], value, 1e-5, 1e-7, err_msg=name)


def test_an_own_head_decides_the_loss(tmp_path):
    losses = [
        eh.LinearEstimator(head, DENSE).evaluate(batch.input_fn("number"))["loss"]
        for head in (eh.RegressionHead(), OwnHead())
    ]
    assert losses[1] == pytest.approx(3 * losses[0], rel=1e-5)


def test_warm_start_takes_the_weights_of_another_estimator(tmp_path):
    first = eh.DNNClassifier([2], batch.dense(), model_dir=str(tmp_path))
    first.train(batch.input_fn("two", 3))
    second = eh.DNNClassifier([2], batch.dense(), warm_start_from=str(tmp_path), optimizer="SGD")
    second.train(lambda: batch.input_fn("two")(), steps=1)

    name = "dnn/input_from_feature_columns/input_layer/colour_embedding/embedding_weights"
    moved = np.abs(second.get_variable_value(name) - first.get_variable_value(name)).max()
    assert moved < 0.05  # One small step away, where new weights differ by about 1.


def test_a_library_s_subclass_with_a_model_fn_of_its_own(tmp_path):
    eh.install()
    try:
        from tensorflow_estimator.python.estimator import estimator as estimator_lib
        from tensorflow_estimator.python.estimator.canned import dnn, head, optimizers
    finally:
        eh.uninstall()

    class WithDecay(dnn.DNNClassifier):
        """A DNNClassifier whose hidden weights are regularized."""

        def __init__(self, hidden_units, feature_columns, model_dir):
            own_head = head._binary_logistic_or_multi_class_head(2, None, None, "weighted_sum")
            estimator_lib._canned_estimator_api_gauge.get_cell("Classifier").set("DNN")

            def _model_fn(features, labels, mode, config):
                with tf.compat.v1.variable_scope("dnn"):
                    logit_fn = dnn.dnn_logit_fn_builder(
                        1, hidden_units, feature_columns, tf.nn.relu, None, None, False
                    )
                    logits = logit_fn(features=features, mode=mode)
                    return own_head.create_estimator_spec(
                        features,
                        mode,
                        logits,
                        labels=labels,
                        optimizer=optimizers.get_optimizer_instance("Adagrad", 0.05),
                        regularization_losses=[
                            tf.nn.l2_loss(variable)
                            for variable in tf.compat.v1.trainable_variables()
                            if "kernel" in variable.name
                        ],
                    )

            super(dnn.DNNClassifier, self).__init__(_model_fn, model_dir=model_dir)

    estimator = WithDecay([2], DENSE, str(tmp_path)).train(batch.input_fn("two", 2))
    metrics = estimator.evaluate(batch.input_fn("two"))
    kernels = [
        estimator.get_variable_value(f"dnn/{name}/kernel") for name in ("hiddenlayer_0", "logits")
    ]
    penalty = sum((kernel**2).sum() / 2 for kernel in kernels)
    assert metrics["regularization_loss"] == pytest.approx(penalty, rel=1e-5)
    assert metrics["loss"] == pytest.approx(4 * metrics["average_loss"] + penalty, rel=1e-5)


def test_a_model_fn_around_the_one_of_the_sources(tmp_path):
    from estimator_heads.canned.dnn import dnn_model_fn_v2

    def model_fn(features, labels, mode, config):
        return dnn_model_fn_v2(
            features, labels, mode, eh.RegressionHead(), [2], DENSE, config=config
        )

    own = eh.Estimator(model_fn, config=eh.RunConfig(tf_random_seed=3))
    canned = eh.DNNRegressor([2], DENSE, config=eh.RunConfig(tf_random_seed=3))
    metrics = [
        e.train(batch.input_fn("number", 2)).evaluate(batch.input_fn("number"))
        for e in (own, canned)
    ]
    assert metrics[0] == metrics[1]
