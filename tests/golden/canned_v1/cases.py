"""The cases of TF1's canned estimators: every class, argument, column, optimizer and head."""

import tensorflow as tf

from tests.golden.canned import batch, vocabularies
from tests.golden.canned.asking import Case

v1 = tf.compat.v1
MEAN = v1.losses.Reduction.SUM_OVER_BATCH_SIZE
MEAN_OF_WEIGHTED = v1.losses.Reduction.SUM_BY_NONZERO_WEIGHTS
NAMES = ["low", "middle", "high"]


def _partitioner():
    return v1.fixed_size_partitioner(1)


def _two_parts():
    # TF 1.15 does not restore the slots of variables in parts, so the optimizer has to have none.
    return v1.min_max_variable_partitioner(max_partitions=2, min_slice_size=8)


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


def _decaying_sgd():
    rate = v1.train.exponential_decay(0.1, v1.train.get_global_step(), 2, 0.5)
    return v1.train.GradientDescentOptimizer(rate)


CASES = {
    "dnn_classifier": Case("DNNClassifier", "two", lambda api: _dnn(), True),
    "dnn_classifier_three_classes": Case(
        "DNNClassifier",
        "three_names",
        lambda api: _dnn(
            n_classes=3, label_vocabulary=NAMES, weight_column="weight", loss_reduction=MEAN
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
        lambda api: _dnn(feature_columns=batch.shared_v1(), label_vocabulary=["no", "yes"]),
    ),
    "dnn_classifier_partitioned": Case(
        "DNNClassifier",
        "two",
        lambda api: _dnn(
            input_layer_partitioner=_two_parts(),
            dropout=0.0,
            batch_norm=True,
            optimizer="SGD",
        ),
    ),
    "dnn_classifier_other_vocabulary": Case(
        "DNNClassifier",
        "two",
        lambda api: _dnn(
            feature_columns=vocabularies.dense(),
            warm_start_from=vocabularies.warm_start(api, "canned_v1", "1.15", "dnn_classifier"),
        ),
    ),
    "dnn_regressor_numbers": Case(
        "DNNRegressor",
        "numbers",
        lambda api: _dnn(
            label_dimension=2,
            weight_column=batch.numeric("weight"),
            optimizer="RMSProp",
            activation_fn=tf.nn.sigmoid,
            dropout=0.0,
            input_layer_partitioner=_partitioner(),
            loss_reduction=MEAN_OF_WEIGHTED,
            batch_norm=True,
        ),
        True,
    ),
    "dnn_regressor_sgd": Case(
        "DNNRegressor", "number", lambda api: _dnn(hidden_units=(4,), optimizer="SGD")
    ),
    "dnn_estimator_inverse_link": Case(
        "DNNEstimator",
        "counts",
        lambda api: _dnn(
            head=api._regression_head(inverse_link_fn=tf.math.exp),
            optimizer=v1.train.MomentumOptimizer(0.1, 0.9),
            activation_fn=tf.nn.elu,
            dropout=0.0,
            input_layer_partitioner=_partitioner(),
            batch_norm=True,
        ),
    ),
    "dnn_estimator_head_of_tf1": Case(
        "DNNEstimator",
        "two",
        lambda api: _dnn(
            head=api._binary_logistic_head_with_sigmoid_cross_entropy_loss(
                thresholds=(0.3, 0.7), name="head"
            ),
            optimizer=_decaying_sgd,
        ),
        True,
    ),
    "linear_classifier": Case("LinearClassifier", "two", lambda api: _linear(), True),
    "linear_classifier_three_classes": Case(
        "LinearClassifier",
        "three_names",
        lambda api: _linear(
            n_classes=3,
            label_vocabulary=NAMES,
            weight_column="weight",
            loss_reduction=MEAN,
            sparse_combiner="mean",
            optimizer="Adagrad",
            partitioner=_partitioner(),
        ),
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
            loss_reduction=MEAN,
            sparse_combiner="sqrtn",
            optimizer="Adam",
            partitioner=_partitioner(),
        ),
    ),
    "linear_regressor_default": Case(
        "LinearRegressor", "number", lambda api: _linear(optimizer=None)
    ),
    "linear_estimator": Case(
        "LinearEstimator",
        "three",
        lambda api: _linear(
            head=api._multi_class_head_with_softmax_cross_entropy_loss(3),
            optimizer="SGD",
            partitioner=_partitioner(),
            sparse_combiner="mean",
        ),
    ),
    "combined_classifier": Case(
        "DNNLinearCombinedClassifier", "two", lambda api: _combined(), True
    ),
    "combined_classifier_three_classes": Case(
        "DNNLinearCombinedClassifier",
        "three_names",
        lambda api: _combined(
            n_classes=3,
            label_vocabulary=NAMES,
            weight_column="weight",
            loss_reduction=MEAN,
            linear_optimizer="Adagrad",
            dnn_optimizer="Adam",
            dnn_activation_fn=tf.nn.tanh,
            dnn_dropout=0.0,
            input_layer_partitioner=_partitioner(),
            batch_norm=True,
            linear_sparse_combiner="mean",
        ),
    ),
    "combined_classifier_linear_only": Case(
        "DNNLinearCombinedClassifier",
        "two",
        lambda api: {"linear_feature_columns": batch.wide(), "linear_optimizer": "SGD"},
    ),
    "combined_classifier_other_vocabulary": Case(
        "DNNLinearCombinedClassifier",
        "two",
        lambda api: _combined(
            linear_feature_columns=vocabularies.wide(),
            dnn_feature_columns=vocabularies.dense(),
            warm_start_from=vocabularies.warm_start(
                api, "canned_v1", "1.15", "combined_classifier"
            ),
        ),
    ),
    "combined_regressor_numbers": Case(
        "DNNLinearCombinedRegressor",
        "numbers",
        lambda api: _combined(
            label_dimension=2,
            weight_column="weight",
            loss_reduction=MEAN,
            linear_optimizer=v1.train.AdamOptimizer(0.1),
            dnn_optimizer=lambda: v1.train.MomentumOptimizer(0.1, 0.5),
            dnn_activation_fn=tf.nn.sigmoid,
            dnn_dropout=0.0,
            input_layer_partitioner=_partitioner(),
            batch_norm=True,
            linear_sparse_combiner="sqrtn",
        ),
        True,
    ),
    "combined_regressor_deep_only": Case(
        "DNNLinearCombinedRegressor",
        "number",
        lambda api: {
            "dnn_feature_columns": batch.dense(),
            "dnn_hidden_units": [2],
            "dnn_optimizer": "RMSProp",
        },
    ),
    "combined_estimator": Case(
        "DNNLinearCombinedEstimator",
        "number",
        lambda api: _combined(
            head=api._regression_head(),
            linear_optimizer="Ftrl",
            dnn_optimizer="Adagrad",
            dnn_activation_fn=tf.nn.elu,
            dnn_dropout=0.0,
            input_layer_partitioner=_partitioner(),
            linear_sparse_combiner="mean",
        ),
    ),
    "baseline_classifier": Case("BaselineClassifier", "two", lambda api: {}, True),
    "baseline_classifier_three_classes": Case(
        "BaselineClassifier",
        "three_names",
        lambda api: {
            "n_classes": 3,
            "label_vocabulary": NAMES,
            "weight_column": "weight",
            "loss_reduction": MEAN,
            "optimizer": "Adam",
        },
    ),
    "baseline_regressor": Case(
        "BaselineRegressor",
        "numbers",
        lambda api: {
            "label_dimension": 2,
            "weight_column": "weight",
            "loss_reduction": MEAN,
            "optimizer": "SGD",
        },
    ),
    "baseline_estimator": Case(
        "BaselineEstimator",
        "counts",
        lambda api: {"head": api._regression_head(), "optimizer": "Adagrad"},
    ),
}
