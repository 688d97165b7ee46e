"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.canned import batch

from . import columns, recurrent
from .asking import Case, labelled, new_estimator, unlabelled

v1 = tf.compat.v1


def _made(api, folder, estimator, labels="two", features=columns.FEATURES, **arguments):
    return new_estimator(Case(estimator, lambda api: arguments, labels, features), api, folder)


def _trained(api, folder, estimator, labels="two", features=columns.FEATURES, **arguments):
    case = Case(estimator, lambda api: arguments, labels, features)
    return new_estimator(case, api, folder).fit(steps=1, **labelled(case))


def _dnn(api, folder, **others):
    return _trained(
        api,
        folder,
        "DNNClassifier",
        **dict({"hidden_units": [2], "feature_columns": columns.dense(api)}, **others),
    )


def unknown_activation(api, folder):
    _dnn(api, folder, activation_fn="gelu")


def unknown_optimizer(api, folder):
    _dnn(api, folder, optimizer="Adamax")


def no_columns(api, folder):
    _dnn(api, folder, feature_columns=[])


def embedding_rate_of_other_column(api, folder):
    _dnn(api, folder, embedding_lr_multipliers={columns.size(api): 0.5})


def embedding_rate_of_missing_column(api, folder):
    _dnn(
        api,
        folder,
        feature_columns=[columns.size(api)],
        embedding_lr_multipliers={columns.embedded(api): 0.5},
    )


def label_keys_of_two_classes(api, folder):
    _dnn(api, folder, label_keys=["no", "yes"])


def one_class(api, folder):
    _dnn(api, folder, n_classes=1)


def missing_feature(api, folder):
    _dnn(api, folder, feature_columns=[api.layers.real_valued_column("absent")])


def categories_in_network(api, folder):
    _dnn(api, folder, feature_columns=[columns.colour(api)])


def not_fitted(api, folder):
    model = _made(
        api, folder, "DNNClassifier", hidden_units=[2], feature_columns=columns.dense(api)
    )
    list(model.predict_classes(input_fn=lambda: {}))


def unknown_output(api, folder):
    case = Case("DNNClassifier", None)
    list(_dnn(api, folder).predict(outputs=["absent"], **unlabelled(case)))


def bundle_of_core_columns(api, folder):
    _dnn(api, folder, feature_columns=batch.dense()).export(folder + "/bundle")


def linear_without_columns(api, folder):
    _made(api, folder, "LinearClassifier", feature_columns=[])


def linear_regressor_without_columns(api, folder):
    _made(api, folder, "LinearRegressor", feature_columns=None)


def linear_estimator_without_columns(api, folder):
    head = api.learn.regression_head()
    _made(api, folder, "LinearEstimator", feature_columns=[], head=head)


def linear_unknown_optimizer(api, folder):
    _trained(api, folder, "LinearClassifier", feature_columns=columns.wide(api), optimizer="Adamax")


def linear_embedding(api, folder):
    _trained(api, folder, "LinearClassifier", feature_columns=[columns.embedded(api)])


def linear_joint_numbers(api, folder):
    _trained(
        api,
        folder,
        "LinearClassifier",
        feature_columns=[columns.size(api)],
        _joint_weight=True,
    )


def sdca_with_centered_bias(api, folder):
    _made(
        api,
        folder,
        "LinearClassifier",
        feature_columns=columns.wide(api),
        optimizer=api.SDCAOptimizer("id"),
        enable_centered_bias=True,
    )


def sdca_with_three_classes(api, folder):
    _made(
        api,
        folder,
        "LinearClassifier",
        feature_columns=columns.wide(api),
        optimizer=api.SDCAOptimizer("id"),
        n_classes=3,
    )


def sdca_with_joint_weights(api, folder):
    _made(
        api,
        folder,
        "LinearClassifier",
        feature_columns=columns.wide(api),
        optimizer=api.SDCAOptimizer("id"),
        _joint_weight=True,
    )


def sdca_of_two_numbers(api, folder):
    _made(
        api,
        folder,
        "LinearRegressor",
        feature_columns=columns.wide(api),
        optimizer=api.SDCAOptimizer("id"),
        label_dimension=2,
    )


def sdca_of_any_head(api, folder):
    _made(
        api,
        folder,
        "LinearEstimator",
        feature_columns=columns.wide(api),
        head=api.learn.regression_head(),
        optimizer=api.SDCAOptimizer("id"),
    )


def sdca_without_ids(api, folder):
    _trained(
        api,
        folder,
        "LinearRegressor",
        "number",
        feature_columns=columns.wide(api),
        optimizer=api.SDCAOptimizer("absent"),
    )


def sdca_negative_strength(api, folder):
    _trained(
        api,
        folder,
        "LinearRegressor",
        "number",
        feature_columns=columns.wide(api),
        optimizer=api.SDCAOptimizer("id", symmetric_l1_regularization=-1.0),
    )


def sdca_reserved_name(api, folder):
    name = "tf_virtual_bias_column"
    _trained(
        api,
        folder,
        "SVM",
        features=dict(columns.FEATURES, **{name: columns.FEATURES["size"]}),
        example_id_column="id",
        feature_columns=[api.layers.real_valued_column(name)],
    )


def svm_kernels(api, folder):
    _made(api, folder, "SVM", example_id_column="id", feature_columns=[], kernels=["rbf"])


def svm_probabilities(api, folder):
    model = _trained(api, folder, "SVM", example_id_column="id", feature_columns=columns.wide(api))
    list(model.predict_proba(outputs=None, **unlabelled(Case("SVM", None))))


def combined_without_columns(api, folder):
    _made(api, folder, "DNNLinearCombinedClassifier")


def combined_regressor_without_columns(api, folder):
    _made(api, folder, "DNNLinearCombinedRegressor")


def combined_estimator_without_columns(api, folder):
    _made(api, folder, "DNNLinearCombinedEstimator", head=api.learn.regression_head())


def combined_without_layers(api, folder):
    _trained(api, folder, "DNNLinearCombinedClassifier", dnn_feature_columns=columns.dense(api))


def combined_with_sync_replicas(api, folder):
    optimizer = v1.train.SyncReplicasOptimizer(v1.train.GradientDescentOptimizer(0.1), 1)
    _trained(
        api,
        folder,
        "DNNLinearCombinedClassifier",
        linear_feature_columns=columns.wide(api),
        linear_optimizer=optimizer,
    )


def kmeans_with_labels(api, folder):
    _trained(api, folder, "KMeansClustering", "two", {"x": columns.POINTS[:4]}, num_clusters=2)


def kmeans_unknown_distance(api, folder):
    _trained(
        api,
        folder,
        "KMeansClustering",
        "none",
        {"x": columns.POINTS},
        num_clusters=2,
        distance_metric="manhattan",
    )


def _recurrent(api, folder, features=recurrent.PADDED, labels="class_of_sequence", **others):
    arguments = {
        "problem_type": api.learn.ProblemType.CLASSIFICATION,
        "prediction_type": recurrent.SINGLE,
        "sequence_feature_columns": columns.speed(api),
        "num_units": 3,
        "num_classes": 2,
    }
    _trained(api, folder, "DynamicRnnEstimator", labels, features, **dict(arguments, **others))


def rnn_unknown_problem(api, folder):
    _recurrent(api, folder, problem_type=api.learn.ProblemType.LOGISTIC_REGRESSION)


def rnn_unknown_prediction(api, folder):
    _recurrent(api, folder, prediction_type=3)


def rnn_without_classes(api, folder):
    _recurrent(api, folder, num_classes=None)


def rnn_one_class(api, folder):
    _recurrent(api, folder, num_classes=1)


def rnn_probabilities_of_numbers(api, folder):
    _recurrent(
        api,
        folder,
        problem_type=api.learn.ProblemType.LINEAR_REGRESSION,
        predict_probabilities=True,
    )


def rnn_unknown_cell(api, folder):
    _recurrent(api, folder, cell_type="transformer")


def rnn_cell_of_other_class(api, folder):
    _recurrent(api, folder, cell_type=dict)


def rnn_too_few_dropouts(api, folder):
    _recurrent(api, folder, dropout_keep_probabilities=[1.0])


def rnn_part_of_state(api, folder):
    _recurrent(api, folder, recurrent.WITH_STATE, cell_type="lstm")


def rnn_float_labels_of_three_classes(api, folder):
    _recurrent(api, folder, labels="number_of_sequence", num_classes=3)


FUNCTIONS = [
    function
    for name, function in sorted(globals().items())
    if callable(function)
    and not name.startswith("_")
    and getattr(function, "__module__", "") == __name__
]
CASES = {f"errors/{function.__name__}": function for function in FUNCTIONS}


def kind_of_error(function, api, folder):
    """The name of what a mistake raises, an error of Python's own where it is derived from one."""
    try:
        function(api, folder)
    except api.learn.NotFittedError:
        return "NotFittedError"
    except Exception as error:
        kinds = [kind for kind in type(error).__mro__ if kind.__module__ == "builtins"]
        return (kinds[0] if kinds[0] is not Exception else type(error)).__name__
    return "none"
