"""Canned estimators of tf.contrib.learn in other hands: their model functions, and subclasses."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads import factories
from estimator_heads.compat.names import table
from tests.compat.learn_canned_api import API

LEARN = API.learn
X = np.linspace(-1.0, 1.0, 24, dtype=np.float32).reshape(12, 2)
Y = (X.sum(1) > 0).astype(np.int64)
ESTIMATORS = "tensorflow.contrib.learn.python.learn.estimators"


def columns():
    return [API.layers.real_valued_column("", dimension=2)]


def served(path):
    return table.find(f"{ESTIMATORS}.{path}").load()


def trained(estimator):
    estimator.fit(x=X, y=Y, steps=3)
    return estimator


def variables(estimator):
    return {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}


MODEL_FNS = {
    "dnn._dnn_model_fn": {"hidden_units": [2], "feature_columns": columns()},
    "linear._linear_model_fn": {"feature_columns": columns()},
    "dnn_linear_combined._dnn_linear_combined_model_fn": {"linear_feature_columns": columns()},
}


@pytest.mark.parametrize("path", MODEL_FNS)
def test_a_model_fn_may_be_used_by_itself(path):
    params = {"head": factories.multi_class_head(2), **MODEL_FNS[path]}
    estimator = trained(LEARN.Estimator(served(path), params=params))
    assert estimator.evaluate(x=X, y=Y)["global_step"] == 3


def test_a_combined_model_of_its_model_fn_counts_each_step_once():
    params = {
        "head": factories.multi_class_head(2),
        "linear_feature_columns": columns(),
        "dnn_feature_columns": columns(),
        "dnn_hidden_units": [2],
    }
    model_fn = served("dnn_linear_combined._dnn_linear_combined_model_fn")
    estimator = trained(LEARN.Estimator(model_fn, params=params))
    assert estimator.get_variable_value("global_step") == 3


def test_params_hold_what_the_constructor_was_given():
    estimator = LEARN.DNNClassifier([3], columns(), n_classes=3, dropout=0.25)
    params = estimator.params
    assert (params["hidden_units"], params["dropout"]) == ([3], 0.25)
    assert params["head"].logits_dimension == 3


def test_a_subclass_that_overrides_predict_classes_changes_predict():
    class Inverted(LEARN.LinearClassifier):
        def predict_classes(self, **kwargs):
            return (1 - kind for kind in super().predict_classes(**kwargs))

    folder = trained(LEARN.LinearClassifier(columns())).model_dir
    plain = list(LEARN.LinearClassifier(columns(), model_dir=folder).predict(X))
    assert list(Inverted(columns(), model_dir=folder).predict(X)) == [1 - kind for kind in plain]


def test_multiplied_gradients_of_an_embedding():
    """With plain gradient descent, a variable moves by as much as its gradient is multiplied."""

    def moved(multipliers):
        column = API.layers.embedding_column(
            API.layers.sparse_column_with_keys("word", ["a", "b"]),
            2,
            initializer=tf.compat.v1.constant_initializer(0.5),
        )
        estimator = LEARN.DNNRegressor(
            [],
            [column],
            optimizer=tf.compat.v1.train.GradientDescentOptimizer(0.1),
            config=LEARN.RunConfig(tf_random_seed=3),
            embedding_lr_multipliers=multipliers and {column: multipliers},
        )
        estimator.fit(
            input_fn=lambda: (
                {"word": tf.constant([["a"], ["b"]])},
                tf.constant([[1.0], [2.0]]),
            ),
            steps=1,
        )
        values = variables(estimator)
        (name,) = [name for name in values if name.endswith("word_embedding/weights")]
        return values[name] - 0.5

    once = moved(None)
    assert np.abs(once).min() > 0
    np.testing.assert_allclose(moved(0.25), 0.25 * once, rtol=1e-5)


MISTAKES = {
    "activation_fn": lambda: trained(LEARN.DNNClassifier([2], columns(), activation_fn="gelu")),
    "`optimizer`": lambda: trained(LEARN.LinearClassifier(columns(), optimizer="Adamax")),
    "feature_columns": lambda: LEARN.LinearClassifier([]),
    "dnn_hidden_units": lambda: trained(
        LEARN.DNNLinearCombinedClassifier(dnn_feature_columns=columns())
    ),
    "linear_feature_columns": LEARN.DNNLinearCombinedRegressor,
    "embedding_lr_multipliers": lambda: trained(
        LEARN.DNNClassifier([2], columns(), embedding_lr_multipliers={columns()[0]: 2.0})
    ),
    "kernels": lambda: LEARN.SVM("id", columns(), kernels=["rbf"]),
    "prediction_type": lambda: LEARN.DynamicRnnEstimator(1, 7, columns()),
    "num_classes": lambda: LEARN.DynamicRnnEstimator(1, 1, columns()),
}


@pytest.mark.parametrize("argument", MISTAKES)
def test_errors_name_the_argument_and_what_came(argument):
    with pytest.raises((AssertionError, KeyError, ValueError)) as raised:
        MISTAKES[argument]()
    assert argument in str(raised.value)
    assert "Expected" in str(raised.value)
    assert "Received" in str(raised.value)
