"""The cases of TF2's canned estimators: every class, argument, column, optimizer and head."""

import tensorflow as tf

from . import batch, vocabularies
from .asking import Case


def _dnn(**others):
    return dict({"hidden_units": [3, 2], "feature_columns": batch.dense()}, **others)


def _linear(**others):
    return dict({"feature_columns": batch.wide()}, **others)


def _combined(**others):
    arguments = {
        "linear_feature_columns": batch.wide(),
        "dnn_feature_columns": batch.dense(),
        "dnn_hidden_units": [3, 2],
    }
    return dict(arguments, **others)


def _two_heads(api):
    return api.MultiHead([api.BinaryClassHead(name="first"), api.RegressionHead(name="second")])


CASES = {
    "dnn_classifier": Case("DNNClassifier", "two", lambda api: _dnn(), True),
    "dnn_classifier_three_classes": Case(
        "DNNClassifier",
        "three_names",
        lambda api: _dnn(
            n_classes=3,
            label_vocabulary=["low", "middle", "high"],
            weight_column="weight",
            loss_reduction="sum",
        ),
        True,
    ),
    "dnn_classifier_every_column": Case(
        "DNNClassifier",
        "two",
        lambda api: _dnn(feature_columns=batch.every_dense(), activation_fn=tf.nn.tanh),
        True,
    ),
    "dnn_classifier_shared_embedding": Case(
        "DNNClassifier",
        "names",
        lambda api: _dnn(feature_columns=batch.shared(), label_vocabulary=["no", "yes"]),
    ),
    "dnn_classifier_regularized": Case(
        "DNNClassifier", "two", lambda api: _dnn(dropout=0.3, batch_norm=True, optimizer="Adam")
    ),
    "dnn_classifier_other_vocabulary": Case(
        "DNNClassifier",
        "two",
        lambda api: _dnn(
            feature_columns=vocabularies.dense(),
            warm_start_from=vocabularies.warm_start(api, "canned", "2.15", "dnn_classifier"),
        ),
    ),
    "dnn_regressor": Case("DNNRegressor", "number", lambda api: _dnn(), True),
    "dnn_regressor_numbers": Case(
        "DNNRegressor",
        "numbers",
        lambda api: _dnn(
            label_dimension=2,
            weight_column=batch.numeric("weight"),
            optimizer="RMSProp",
            activation_fn=tf.nn.sigmoid,
            dropout=0.2,
            loss_reduction="sum",
            batch_norm=True,
        ),
    ),
    "dnn_regressor_one_layer_sgd": Case(
        "DNNRegressor", "number", lambda api: _dnn(hidden_units=(4,), optimizer="SGD")
    ),
    "dnn_regressor_no_layer": Case(
        "DNNRegressor", "number", lambda api: _dnn(hidden_units=[], optimizer="Ftrl")
    ),
    "dnn_estimator_two_heads": Case(
        "DNNEstimator", "two_heads", lambda api: _dnn(head=_two_heads(api)), True
    ),
    "dnn_estimator_multi_label": Case(
        "DNNEstimator",
        "flags",
        lambda api: _dnn(
            head=api.MultiLabelHead(3, name="flags"),
            optimizer=lambda: api.optimizers.Adam(
                api.schedules.ExponentialDecay(0.1, decay_steps=2, decay_rate=0.5)
            ),
            activation_fn=tf.nn.elu,
            dropout=0.1,
            batch_norm=True,
        ),
    ),
    "dnn_estimator_poisson": Case(
        "DNNEstimator",
        "counts",
        lambda api: _dnn(
            head=api.PoissonRegressionHead(), optimizer=api.optimizers.SGD(0.1, momentum=0.9)
        ),
    ),
    "dnn_estimator_logistic": Case(
        "DNNEstimator",
        "two",
        lambda api: _dnn(
            head=api.LogisticRegressionHead(), optimizer=api.optimizers.Adagrad(0.2, 0.5)
        ),
    ),
    "linear_classifier": Case("LinearClassifier", "two", lambda api: _linear(), True),
    "linear_classifier_three_classes": Case(
        "LinearClassifier",
        "three_names",
        lambda api: _linear(
            n_classes=3,
            label_vocabulary=["low", "middle", "high"],
            weight_column="weight",
            loss_reduction="sum",
            sparse_combiner="mean",
            optimizer="Adagrad",
        ),
        True,
    ),
    "linear_classifier_dense": Case(
        "LinearClassifier", "two", lambda api: _linear(feature_columns=batch.every_dense())
    ),
    "linear_regressor": Case("LinearRegressor", "number", lambda api: _linear(), True),
    "linear_regressor_numbers": Case(
        "LinearRegressor",
        "numbers",
        lambda api: _linear(
            feature_columns=[batch.weighted_tags(), batch.place()],
            label_dimension=2,
            weight_column="weight",
            loss_reduction="sum",
            sparse_combiner="sqrtn",
            optimizer="Adam",
        ),
    ),
    "linear_regressor_default": Case(
        "LinearRegressor", "number", lambda api: _linear(optimizer=None)
    ),
    "linear_regressor_ftrl": Case(
        "LinearRegressor",
        "number",
        lambda api: _linear(
            optimizer=lambda: api.optimizers.Ftrl(
                0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.1
            )
        ),
    ),
    "linear_estimator_two_heads": Case(
        "LinearEstimator",
        "two_heads",
        lambda api: _linear(head=_two_heads(api), optimizer="SGD", sparse_combiner="mean"),
    ),
    "linear_estimator_multi_label": Case(
        "LinearEstimator",
        "flags",
        lambda api: _linear(head=api.MultiLabelHead(3), optimizer="RMSProp"),
    ),
    "combined_classifier": Case(
        "DNNLinearCombinedClassifier", "two", lambda api: _combined(), True
    ),
    "combined_classifier_three_classes": Case(
        "DNNLinearCombinedClassifier",
        "three_names",
        lambda api: _combined(
            n_classes=3,
            label_vocabulary=["low", "middle", "high"],
            weight_column="weight",
            loss_reduction="sum",
            linear_optimizer="Adagrad",
            dnn_optimizer="Adam",
            dnn_activation_fn=tf.nn.tanh,
            dnn_dropout=0.2,
            batch_norm=True,
            linear_sparse_combiner="mean",
        ),
    ),
    "combined_classifier_linear_only": Case(
        "DNNLinearCombinedClassifier",
        "two",
        lambda api: {"linear_feature_columns": batch.wide(), "linear_optimizer": "SGD"},
    ),
    "combined_classifier_deep_only": Case(
        "DNNLinearCombinedClassifier",
        "two",
        lambda api: {
            "dnn_feature_columns": batch.dense(),
            "dnn_hidden_units": [2],
            "dnn_optimizer": "RMSProp",
        },
    ),
    "combined_classifier_other_vocabulary": Case(
        "DNNLinearCombinedClassifier",
        "two",
        lambda api: _combined(
            linear_feature_columns=vocabularies.wide(),
            dnn_feature_columns=vocabularies.dense(),
            warm_start_from=vocabularies.warm_start(api, "canned", "2.15", "combined_classifier"),
        ),
    ),
    "combined_regressor": Case(
        "DNNLinearCombinedRegressor", "number", lambda api: _combined(), True
    ),
    "combined_regressor_numbers": Case(
        "DNNLinearCombinedRegressor",
        "numbers",
        lambda api: _combined(
            label_dimension=2,
            weight_column="weight",
            loss_reduction="sum",
            linear_optimizer=api.optimizers.SGD(0.1),
            dnn_optimizer=lambda: api.optimizers.SGD(0.2),
            dnn_activation_fn=tf.nn.sigmoid,
            dnn_dropout=0.2,
            batch_norm=True,
            linear_sparse_combiner="sqrtn",
        ),
    ),
    "combined_estimator_two_heads": Case(
        "DNNLinearCombinedEstimator",
        "two_heads",
        lambda api: _combined(
            head=_two_heads(api),
            linear_optimizer="Ftrl",
            dnn_optimizer="Adagrad",
            dnn_activation_fn=tf.nn.elu,
            dnn_dropout=0.2,
            batch_norm=True,
            linear_sparse_combiner="mean",
        ),
    ),
    "baseline_classifier": Case("BaselineClassifier", "two", lambda api: {}, True),
    "baseline_classifier_three_classes": Case(
        "BaselineClassifier",
        "three_names",
        lambda api: {
            "n_classes": 3,
            "label_vocabulary": ["low", "middle", "high"],
            "weight_column": "weight",
            "loss_reduction": "sum",
            "optimizer": "Adam",
        },
    ),
    "baseline_regressor": Case(
        "BaselineRegressor",
        "numbers",
        lambda api: {
            "label_dimension": 2,
            "weight_column": "weight",
            "loss_reduction": "sum",
            "optimizer": "SGD",
        },
    ),
    "baseline_estimator": Case(
        "BaselineEstimator",
        "flags",
        lambda api: {"head": api.MultiLabelHead(3), "optimizer": "Adagrad"},
    ),
}
