"""The cases of the canned estimators of `tf.contrib.learn`: every class, argument and method."""

import tensorflow as tf

from tests.golden.canned import batch

from . import columns, recurrent
from .asking import Case

v1 = tf.compat.v1
NAMES = ["low", "middle", "high"]


def predict(estimator, features, data):
    return estimator.predict(**features)


def predict_some(estimator, features, data):
    return estimator.predict(outputs=["probabilities", "logits"], **features)


def predict_classes(estimator, features, data):
    return estimator.predict_classes(**features)


def predict_proba(estimator, features, data):
    return estimator.predict_proba(**features)


def predict_scores(estimator, features, data):
    return estimator.predict_scores(**features)


def predict_at_once(estimator, features, data):
    return estimator.predict(as_iterable=False, **features)


def predict_classes_at_once(estimator, features, data):
    return estimator.predict_classes(as_iterable=False, **features)


def predict_proba_at_once(estimator, features, data):
    return estimator.predict_proba(as_iterable=False, **features)


def predict_scores_at_once(estimator, features, data):
    return estimator.predict_scores(as_iterable=False, **features)


def predict_in_batches(estimator, features, data):
    return estimator.predict(batch_size=3, **features)


def metrics_of_scores(estimator, features, data):
    """Metrics that are plain functions are given the scores."""
    metrics = {
        "mean": lambda scores, labels: v1.metrics.mean(scores),
        ("named", "scores"): lambda scores, labels: v1.metrics.mean_absolute_error(
            tf.cast(labels, tf.float32), tf.reshape(scores, tf.shape(labels))
        ),
    }
    return estimator.evaluate(steps=1, metrics=metrics, name="more", **data)


CLASSIFIER = (
    predict,
    predict_some,
    predict_classes,
    predict_proba,
    predict_at_once,
    predict_classes_at_once,
    predict_proba_at_once,
)
REGRESSOR = (predict, predict_scores, predict_at_once, predict_scores_at_once)
NETWORK_REGRESSOR = REGRESSOR + (metrics_of_scores,)


def twice(features, labels):
    """A feature_engineering_fn."""
    return dict(features, size=features["size"] * 2.0), labels


def _two_parts():
    # TF 1.15 does not restore the slots of variables in parts, so the optimizer has to have none.
    return v1.min_max_variable_partitioner(max_partitions=2, min_slice_size=8)


def _dnn(api, **others):
    return dict({"hidden_units": [3, 2], "feature_columns": columns.dense(api)}, **others)


def _linear(api, **others):
    return dict({"feature_columns": columns.wide(api)}, **others)


def _combined(api, **others):
    arguments = {
        "linear_feature_columns": columns.wide(api),
        "dnn_feature_columns": columns.dense(api),
        "dnn_hidden_units": [3, 2],
    }
    return dict(arguments, **others)


def _dnn_estimator_with_everything(api):
    embedding = columns.embedded(api)
    return _dnn(
        api,
        head=api.learn.multi_label_head(3, weight_column_name="weight"),
        feature_columns=[columns.size(api), embedding],
        optimizer="Adam",
        activation_fn="sigmoid",
        dropout=0.0,
        gradient_clip_norm=0.1,
        feature_engineering_fn=twice,
        embedding_lr_multipliers={embedding: 0.25},
        input_layer_min_slice_size=16,
    )


def _two_heads(api):
    return api.learn.multi_head(
        [
            api.learn.multi_class_head(2, label_name="first", head_name="one"),
            api.learn.regression_head(label_name="second", head_name="two"),
        ]
    )


def _combined_with_everything(api, **others):
    embedding = columns.embedded(api)
    return _combined(
        api,
        linear_optimizer="Adagrad",
        dnn_feature_columns=[columns.size(api), embedding],
        dnn_optimizer=lambda: v1.train.MomentumOptimizer(0.1, 0.9),
        dnn_activation_fn=tf.nn.tanh,
        dnn_dropout=0.0,
        gradient_clip_norm=0.5,
        feature_engineering_fn=twice,
        embedding_lr_multipliers={embedding: 0.5},
        fix_global_step_increment_bug=True,
        **others,
    )


DNN = {
    "dnn_classifier": Case("DNNClassifier", lambda api: _dnn(api), calls=CLASSIFIER, bundle=True),
    "dnn_classifier_three_names": Case(
        "DNNClassifier",
        lambda api: _dnn(
            api,
            n_classes=3,
            label_keys=NAMES,
            weight_column_name="weight",
            optimizer="SGD",
            activation_fn="tanh",
        ),
        "three_names",
        calls=CLASSIFIER,
        bundle=True,
    ),
    "dnn_classifier_every_column": Case(
        "DNNClassifier", lambda api: _dnn(api, feature_columns=columns.every_dense(api))
    ),
    "dnn_classifier_with_everything": Case(
        "DNNClassifier",
        lambda api: _dnn(
            api,
            feature_columns=[columns.size(api), columns.embedded(api)],
            dropout=0.0,
            gradient_clip_norm=0.1,
            feature_engineering_fn=twice,
            embedding_lr_multipliers={columns.embedded(api): 3.0},
            input_layer_min_slice_size=16,
        ),
    ),
    "dnn_classifier_core_columns": Case(
        "DNNClassifier", lambda api: _dnn(api, feature_columns=batch.dense()), calls=CLASSIFIER
    ),
    "dnn_classifier_linear_layers": Case(
        "DNNClassifier", lambda api: _dnn(api, activation_fn=None, optimizer="RMSProp")
    ),
    "dnn_classifier_arrays": Case(
        "DNNClassifier",
        lambda api: {"hidden_units": [3], "feature_columns": columns.array(api)},
        "two",
        columns.ARRAY,
        CLASSIFIER + (predict_in_batches,),
    ),
    "dnn_regressor": Case(
        "DNNRegressor", lambda api: _dnn(api), "number", calls=NETWORK_REGRESSOR, bundle=True
    ),
    "dnn_regressor_with_everything": Case(
        "DNNRegressor",
        lambda api: _dnn(
            api,
            feature_columns=[columns.size(api), columns.embedded(api)],
            label_dimension=2,
            weight_column_name="weight",
            optimizer=v1.train.FtrlOptimizer(0.1),
            activation_fn=tf.nn.elu,
            dropout=0.0,
            gradient_clip_norm=0.1,
            feature_engineering_fn=twice,
            embedding_lr_multipliers={columns.embedded(api): 0.5},
            input_layer_min_slice_size=16,
        ),
        "numbers",
        calls=REGRESSOR,
    ),
    "dnn_regressor_arrays": Case(
        "DNNRegressor",
        lambda api: {"hidden_units": (3,), "feature_columns": columns.array(api)},
        "number",
        columns.ARRAY,
        NETWORK_REGRESSOR + (predict_in_batches,),
    ),
    "dnn_estimator": Case("DNNEstimator", _dnn_estimator_with_everything, "flags"),
    "dnn_estimator_two_heads": Case(
        "DNNEstimator",
        lambda api: _dnn(api, head=_two_heads(api)),
        "two_heads",
        default_output="two",
    ),
    "dnn_estimator_svm": Case(
        "DNNEstimator",
        lambda api: _dnn(api, head=api.learn.binary_svm_head(), optimizer="Momentum"),
        "two",
    ),
}

LINEAR = {
    "linear_classifier": Case(
        "LinearClassifier", lambda api: _linear(api), calls=CLASSIFIER, bundle=True
    ),
    "linear_classifier_three_names": Case(
        "LinearClassifier",
        lambda api: _linear(
            api,
            n_classes=3,
            label_keys=NAMES,
            weight_column_name="weight",
            optimizer="Adagrad",
            gradient_clip_norm=0.1,
            feature_engineering_fn=twice,
        ),
        "three_names",
        calls=CLASSIFIER,
    ),
    "linear_classifier_joint_weights": Case(
        "LinearClassifier",
        lambda api: _linear(api, feature_columns=columns.categories(api), _joint_weight=True),
    ),
    "linear_classifier_core_columns": Case(
        "LinearClassifier", lambda api: _linear(api, feature_columns=batch.wide())
    ),
    "linear_classifier_arrays": Case(
        "LinearClassifier",
        lambda api: {"feature_columns": columns.array(api), "n_classes": 3},
        "three",
        columns.ARRAY,
        CLASSIFIER,
    ),
    "linear_classifier_sdca": Case(
        "LinearClassifier",
        lambda api: _linear(
            api,
            optimizer=api.SDCAOptimizer(
                "id",
                symmetric_l1_regularization=0.1,
                symmetric_l2_regularization=2.0,
                num_loss_partitions=2,
                num_table_shards=2,
                adaptive=False,
            ),
            weight_column_name="weight",
        ),
        "one_of_two",
        columns.ONE_EXAMPLE,
        calls=CLASSIFIER,
        afresh=True,
    ),
    "linear_classifier_sdca_two_parts": Case(
        "LinearClassifier",
        lambda api: _linear(
            api,
            feature_columns=columns.categories(api),
            optimizer=api.SDCAOptimizer("id", partitioner=_two_parts()),
        ),
        "one_of_two",
        columns.ONE_EXAMPLE,
        afresh=True,
    ),
    "linear_regressor": Case(
        "LinearRegressor", lambda api: _linear(api), "number", calls=REGRESSOR, bundle=True
    ),
    "linear_regressor_numbers": Case(
        "LinearRegressor",
        lambda api: _linear(
            api,
            label_dimension=2,
            weight_column_name="weight",
            optimizer=lambda: v1.train.AdamOptimizer(0.1),
            gradient_clip_norm=1,
            feature_engineering_fn=twice,
        ),
        "numbers",
        calls=REGRESSOR,
    ),
    "linear_regressor_joint_weights": Case(
        "LinearRegressor",
        lambda api: _linear(
            api, feature_columns=columns.categories(api), _joint_weights=True, optimizer="SGD"
        ),
        "number",
    ),
    "linear_regressor_sdca": Case(
        "LinearRegressor",
        lambda api: _linear(api, optimizer=api.SDCAOptimizer("id"), enable_centered_bias=True),
        "one_number",
        columns.ONE_EXAMPLE,
        afresh=True,
    ),
    "linear_estimator": Case(
        "LinearEstimator",
        lambda api: _linear(
            api,
            head=api.learn.poisson_regression_head(weight_column_name="weight"),
            weight_column_name="ignored",
            optimizer="Ftrl",
            gradient_clip_norm=0.5,
            feature_engineering_fn=twice,
        ),
        "counts",
    ),
    "linear_estimator_joint_weights": Case(
        "LinearEstimator",
        lambda api: _linear(
            api,
            head=_two_heads(api),
            feature_columns=columns.categories(api),
            _joint_weights=True,
        ),
        "two_heads",
        default_output="one",
    ),
}

COMBINED = {
    "combined_classifier": Case(
        "DNNLinearCombinedClassifier",
        lambda api: _combined(api, linear_feature_columns=columns.wide_without_numbers(api)),
        calls=CLASSIFIER,
        bundle=True,
    ),
    "combined_classifier_three_names": Case(
        "DNNLinearCombinedClassifier",
        lambda api: _combined_with_everything(
            api,
            n_classes=3,
            label_keys=NAMES,
            weight_column_name="weight",
            input_layer_min_slice_size=16,
        ),
        "three_names",
        calls=CLASSIFIER,
    ),
    "combined_classifier_joint_weights": Case(
        "DNNLinearCombinedClassifier",
        lambda api: _combined(
            api,
            linear_feature_columns=columns.categories(api),
            _joint_linear_weights=True,
            fix_global_step_increment_bug=True,
        ),
    ),
    "combined_classifier_core_columns": Case(
        "DNNLinearCombinedClassifier",
        lambda api: _combined(
            api, linear_feature_columns=batch.wide(), dnn_feature_columns=batch.dense()
        ),
    ),
    "combined_classifier_only_dnn": Case(
        "DNNLinearCombinedClassifier",
        lambda api: {"dnn_feature_columns": columns.dense(api), "dnn_hidden_units": [2]},
    ),
    "combined_classifier_only_linear": Case(
        "DNNLinearCombinedClassifier",
        lambda api: {"linear_feature_columns": columns.wide(api)},
    ),
    "combined_regressor": Case(
        "DNNLinearCombinedRegressor",
        lambda api: _combined(api, linear_feature_columns=columns.wide_without_numbers(api)),
        "number",
        calls=NETWORK_REGRESSOR,
        bundle=True,
    ),
    "combined_regressor_with_everything": Case(
        "DNNLinearCombinedRegressor",
        lambda api: _combined_with_everything(
            api,
            label_dimension=2,
            weight_column_name="weight",
            input_layer_min_slice_size=16,
            _joint_linear_weights=False,
        ),
        "numbers",
        calls=REGRESSOR,
    ),
    "combined_estimator": Case(
        "DNNLinearCombinedEstimator",
        lambda api: _combined_with_everything(
            api,
            head=api.learn.multi_label_head(3),
            input_layer_partitioner=v1.fixed_size_partitioner(1),
            _joint_linear_weights=False,
        ),
        "flags",
    ),
    "combined_estimator_two_parts": Case(
        "DNNLinearCombinedEstimator",
        lambda api: _combined(
            api,
            head=api.learn.regression_head(),
            input_layer_partitioner=_two_parts(),
            dnn_optimizer="SGD",
        ),
        "number",
    ),
}


def logistic_model_fn(features, labels, mode):
    """One probability, by weights of ones."""
    weights = v1.get_variable("weights", [2, 1], initializer=v1.constant_initializer(0.5))
    probabilities = tf.sigmoid(tf.matmul(features["place"], weights))
    loss = train_op = None
    if labels is not None:
        target = labels["label"] if isinstance(labels, dict) else labels
        loss = v1.losses.log_loss(target, probabilities)
        step = v1.train.get_global_step()
        train_op = v1.train.GradientDescentOptimizer(0.5).minimize(loss, step)
    return probabilities, loss, train_op


def placed(features, labels):
    """A feature_engineering_fn."""
    return {"place": features["place"] * 0.5}, labels


def predict_cluster_idx(estimator, features, data):
    return estimator.predict_cluster_idx(**features)


def score(estimator, features, data):
    return float(estimator.score(steps=1, **features_and_none(features)))


def transform(estimator, features, data):
    return estimator.transform(**features)


def transform_as_iterable(estimator, features, data):
    return [list(row["all_scores"]) for row in estimator.transform(as_iterable=True, **features)]


def clusters(estimator, features, data):
    return estimator.clusters()


def features_and_none(features):
    input_fn = features["input_fn"]
    return {"input_fn": lambda: (input_fn(), None)}


CLUSTERING = (predict_cluster_idx, score, transform, transform_as_iterable, clusters)
_POINTS = {"x": columns.POINTS[:, :1], "y": columns.POINTS[:, 1:]}

OTHERS = {
    "logistic_regressor": Case(
        "LogisticRegressor", lambda api: {"model_fn": logistic_model_fn}, "probabilities"
    ),
    "logistic_regressor_thresholds": Case(
        "LogisticRegressor",
        lambda api: {
            "model_fn": logistic_model_fn,
            "thresholds": [0.25, 0.75],
            "feature_engineering_fn": placed,
        },
        "probabilities",
    ),
    "svm": Case(
        "SVM",
        lambda api: {"example_id_column": "id", "feature_columns": columns.wide(api)},
        "one_of_two",
        columns.ONE_EXAMPLE,
        calls=(predict_classes, predict_classes_at_once),
        bundle=True,
        afresh=True,
    ),
    "svm_with_everything": Case(
        "SVM",
        lambda api: {
            "example_id_column": "id",
            "feature_columns": columns.wide(api),
            "weight_column_name": "weight",
            "l1_regularization": 0.1,
            "l2_regularization": 1.5,
            "num_loss_partitions": 2,
            "kernels": None,
            "feature_engineering_fn": twice,
        },
        "one_of_two",
        columns.ONE_EXAMPLE,
        calls=(predict_classes,),
        afresh=True,
    ),
    "kmeans": Case(
        "KMeansClustering",
        lambda api: {
            "num_clusters": 2,
            "initial_clusters": columns.POINTS[1:3],
            "use_mini_batch": False,
            "relative_tolerance": 0.1,
        },
        "none",
        _POINTS,
        CLUSTERING,
    ),
    "kmeans_cosine": Case(
        "KMeansClustering",
        lambda api: {
            "num_clusters": 2,
            "initial_clusters": api.learn.KMeansClustering.KMEANS_PLUS_PLUS_INIT,
            "distance_metric": api.learn.KMeansClustering.COSINE_DISTANCE,
            "random_seed": 3,
            "mini_batch_steps_per_iteration": 5,
            "kmeans_plus_plus_num_retries": 1,
        },
        "none",
        _POINTS,
        CLUSTERING,
    ),
}

CENTERED = {
    "dnn_classifier_centered_bias": Case(
        "DNNClassifier",
        lambda api: _dnn(api, n_classes=3, enable_centered_bias=True),
        "three",
    ),
    "dnn_regressor_centered_bias": Case(
        "DNNRegressor", lambda api: _dnn(api, enable_centered_bias=True), "number"
    ),
    "linear_classifier_centered_bias": Case(
        "LinearClassifier", lambda api: _linear(api, enable_centered_bias=True)
    ),
    "linear_regressor_centered_bias": Case(
        "LinearRegressor", lambda api: _linear(api, enable_centered_bias=True), "number"
    ),
    "combined_classifier_centered_bias": Case(
        "DNNLinearCombinedClassifier", lambda api: _combined(api, enable_centered_bias=True)
    ),
    "combined_regressor_centered_bias": Case(
        "DNNLinearCombinedRegressor",
        lambda api: _combined(api, enable_centered_bias=True),
        "number",
    ),
}

CASES = {}
for _cases in (DNN, LINEAR, COMBINED, CENTERED, OTHERS, recurrent.CASES):
    CASES.update(_cases)
