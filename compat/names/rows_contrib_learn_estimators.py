"""Rows of the Estimators of `tf.contrib.learn`, and of what surrounds them.

See `table.py` for what rows are; `rows_contrib_learn.py` has the other rows of the same modules.
"""

from estimator_heads.compat.names.kinds import Outside, Served
from estimator_heads.compat.names.rows_contrib_learn_experiment import WAS_INTERNAL

_PACKAGE = "estimator_heads.compat.contrib.learn"
_ESTIMATOR = Served(f"{_PACKAGE}.estimators.estimator:*")
_BASE_ESTIMATOR = Served(f"{_PACKAGE}.estimators.base_estimator:*")
_SK_COMPAT = Served(f"{_PACKAGE}.estimators.sk_compat:*")
_SKLEARN = Served(f"{_PACKAGE}.estimators.sklearn_base:*")
_SKLEARN_HELPERS = Outside("it was a copy of scikit-learn's", "scikit-learn")
_INTERFACES = Served(f"{_PACKAGE}.estimators.interfaces:*")
_CLUSTER_CONFIG = Served(f"{_PACKAGE}.estimators.cluster_config:*")
_RUN_CONFIG = Served(f"{_PACKAGE}.estimators.run_config:*")
_GRAPH_REWRITE_SPEC = Served(f"{_PACKAGE}.estimators.saved_models:*")
_BUNDLE_EXPORT = Served(f"{_PACKAGE}.estimators.session_bundle_export:*")
_SIGNATURE_FNS = Served(f"{_PACKAGE}.session_bundles.signature_fns:*")
_QUEUED_SEQUENCES = Outside(
    "it stood on queues that TensorFlow no longer has", "tf.contrib.learn.DynamicRnnEstimator"
)
_COMPOSABLE_MODELS = Outside(
    "nothing in the original used it any more", "tf.contrib.learn.DNNLinearCombinedEstimator"
)
_DEBUG = Outside("it was made to test programs around it", "tf.estimator's Baseline estimators")
_PANDAS = Served(f"{_PACKAGE}.io.pandas_values:*")

_DNN = Served(f"{_PACKAGE}.estimators.dnn:*")
_LINEAR = Served(f"{_PACKAGE}.estimators.linear:*")
_COMBINED = Served(f"{_PACKAGE}.estimators.dnn_linear_combined:*")
_LOGISTIC = Served(f"{_PACKAGE}.estimators.logistic_regressor:*")
_SVM = Served(f"{_PACKAGE}.estimators.svm:*")
_KMEANS = Served(f"{_PACKAGE}.estimators.kmeans:*")
_KMEANS_HOOKS = "estimator_heads.canned.kmeans.hooks"
_DYNAMIC_RNN = Served(f"{_PACKAGE}.estimators.dynamic_rnn_estimator:*")
_RNN_MODEL = Served(f"{_PACKAGE}.estimators.rnn_model:*")
_RNN_COMMON = Served(f"{_PACKAGE}.estimators.rnn_common:*")

_PANDAS_NAMES = "extract_pandas_data extract_pandas_labels extract_pandas_matrix"
_CONFIGS = {"ClusterConfig Environment TaskType": _CLUSTER_CONFIG, "RunConfig": _RUN_CONFIG}

_CANNED = {
    "DNNClassifier DNNEstimator DNNRegressor": _DNN,
    "LinearClassifier LinearEstimator LinearRegressor": _LINEAR,
    "DNNLinearCombinedClassifier DNNLinearCombinedEstimator DNNLinearCombinedRegressor": _COMBINED,
    "LogisticRegressor": _LOGISTIC,
    "SVM": _SVM,
    "KMeansClustering": _KMEANS,
    "DynamicRnnEstimator": _DYNAMIC_RNN,
}

# From modules of `tensorflow.contrib.learn` to their rows.
ROWS = {
    "": {
        "Estimator": _ESTIMATOR,
        "BaseEstimator": _BASE_ESTIMATOR,
        "SKCompat": _SK_COMPAT,
        "NotFittedError": _SKLEARN,
        "Evaluable Trainable": _INTERFACES,
        "RunConfig": _RUN_CONFIG,
        "TaskType": _CLUSTER_CONFIG,
        _PANDAS_NAMES: _PANDAS,
        **_CANNED,
    },
    "estimators": {
        "Estimator": _ESTIMATOR,
        "BaseEstimator": _BASE_ESTIMATOR,
        "GraphRewriteSpec": _GRAPH_REWRITE_SPEC,
        "SKCompat": _SK_COMPAT,
        "NotFittedError": _SKLEARN,
        "PredictionType": _RNN_COMMON,
        **_CONFIGS,
        **_CANNED,
    },
    "estimators._sklearn": {
        "BaseEstimator NotFittedError": _SKLEARN,
        "*": _SKLEARN_HELPERS,
    },
    "estimators.composable_model": {
        "DNNComposableModel LinearComposableModel": _COMPOSABLE_MODELS,
        "*": WAS_INTERNAL,
    },
    "estimators.debug": {
        "DebugClassifier DebugRegressor debug_model_fn": _DEBUG,
        "*": WAS_INTERNAL,
    },
    "estimators.dnn": {
        "DNNClassifier DNNEstimator DNNRegressor _LEARNING_RATE _add_hidden_layer_summary "
        "_dnn_model_fn _get_activation_fn _get_feature_dict _get_optimizer": _DNN,
        "*": WAS_INTERNAL,
    },
    "estimators.dnn_linear_combined": {
        "DNNLinearCombinedClassifier DNNLinearCombinedEstimator DNNLinearCombinedRegressor "
        "_DNNLinearCombinedEstimator _DNN_LEARNING_RATE _check_no_sync_replicas_optimizer "
        "_dnn_linear_combined_model_fn _get_feature_dict _get_optimizer": _COMBINED,
        "*": WAS_INTERNAL,
    },
    "estimators.dynamic_rnn_estimator": {
        "DynamicRnnEstimator": _DYNAMIC_RNN,
        "PredictionType": _RNN_COMMON,
        "_get_state_name build_sequence_input construct_rnn dict_to_state_tuple "
        "state_tuple_to_dict": _RNN_MODEL,
        "*": WAS_INTERNAL,
    },
    "estimators.estimator": {
        "Estimator": _ESTIMATOR,
        "BaseEstimator": _BASE_ESTIMATOR,
        "GraphRewriteSpec": _GRAPH_REWRITE_SPEC,
        "SKCompat": _SK_COMPAT,
        "_get_replica_device_setter": Served(
            f"{_PACKAGE}.estimators.devices:replica_device_setter"
        ),
        "*": WAS_INTERNAL,
    },
    "estimators.kmeans": {
        "KMeansClustering _kmeans_clustering_model_fn": _KMEANS,
        "_InitializeClustersHook": Served(f"{_KMEANS_HOOKS}:InitializeClustersHook"),
        "*": WAS_INTERNAL,
    },
    "estimators.linear": {
        "LinearClassifier LinearEstimator LinearRegressor _LEARNING_RATE _SdcaUpdateWeightsHook "
        "_get_default_optimizer _get_optimizer _linear_model_fn sdca_model_fn": _LINEAR,
        "*": WAS_INTERNAL,
    },
    "estimators.logistic_regressor": {
        "LogisticRegressor _get_model_fn_with_logistic_metrics "
        "_make_logistic_eval_metric_ops": _LOGISTIC,
        "*": WAS_INTERNAL,
    },
    "estimators.rnn_common": {
        "PredictionType RNNKeys apply_dropout construct_rnn_cell get_eval_metric_ops "
        "mask_activations_and_labels select_last_activations": _RNN_COMMON,
        "*": WAS_INTERNAL,
    },
    "estimators.run_config": {**_CONFIGS, "*": WAS_INTERNAL},
    "estimators.state_saving_rnn_estimator": {
        "StateSavingRnnEstimator construct_state_saving_rnn": _QUEUED_SEQUENCES,
        "state_tuple_to_dict": _RNN_MODEL,
        "*": WAS_INTERNAL,
    },
    "estimators.svm": {"SVM": _SVM, "*": WAS_INTERNAL},
    "estimators.tensor_signature": {"*": WAS_INTERNAL},
    "estimators.test_data": {"*": WAS_INTERNAL},
    "evaluable": {"Evaluable": _INTERFACES},
    "io": {_PANDAS_NAMES: _PANDAS},
    "io.pandas_io": {_PANDAS_NAMES: _PANDAS},
    "run_config": _CONFIGS,
    "trainable": {"Trainable": _INTERFACES},
    "utils": {"export_estimator": _BUNDLE_EXPORT},
    "utils.export": {
        "export_estimator": _BUNDLE_EXPORT,
        "classification_signature_fn classification_signature_fn_with_prob generic_signature_fn "
        "logistic_regression_signature_fn regression_signature_fn": _SIGNATURE_FNS,
    },
}
