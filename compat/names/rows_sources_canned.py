"""Rows of `tensorflow_estimator.python.estimator`: the modules of its canned estimators and heads.

See `table.py` for what rows are. A key may hold several names; `*` is every other name of a module.
"""

from estimator_heads.compat.names.kinds import Outside, Served
from estimator_heads.compat.names.rows_estimator import (
    BOOSTED_TREES,
    KMEANS,
    PARSING,
    RNN,
    SAVED_MODEL_ESTIMATOR,
    SDCA,
)

_V1 = "estimator_heads.compat.canned_v1"
_V2 = "estimator_heads.canned"


def _both_flavours(module: str, names: str) -> dict:
    """Rows of the canned estimators in a module: as TF1 has them, and with V2 behind the name."""
    return {
        names: Served(f"{_V1}.{module}:*"),
        **{f"{name}V2": Served(f"{_V2}.{module}:{name}") for name in names.split()},
    }


_RNN_ARGUMENTS = Served("estimator_heads.canned.rnn.arguments:*")
_RNN_LAYERS = Served("estimator_heads.canned.rnn.layers:*")
_CANNED_HEAD = Served("estimator_heads.compat.sources.canned_head:*")

_MESSAGES = Outside("messages of errors are worded in another way", "the type of the error")
_PARTS = Served("estimator_heads.compat.sources.canned_parts:*")

# From paths below `tensorflow_estimator.python.estimator` to rows.
ROWS = {
    "canned": {},
    "canned.baseline": {
        **_both_flavours("baseline", "BaselineClassifier BaselineEstimator BaselineRegressor"),
        "_baseline_model_fn _baseline_logit_fn_builder": Served(f"{_V1}.baseline:*"),
        "_baseline_model_fn_v2 _baseline_model_fn_builder_v2": Served(f"{_V2}.baseline:*"),
        "_LEARNING_RATE": Served(f"{_V2}.baseline:LEARNING_RATE"),
        "_get_batch_size_and_size_checks": _PARTS,
        "_get_weight_column_key": Served(f"{_V2}.baseline:weight_key"),
        "_get_weight_column_key_v2": Served(f"{_V2}.baseline:weight_key"),
    },
    "canned.boosted_trees": {"*": BOOSTED_TREES},
    "canned.boosted_trees_utils": {"*": BOOSTED_TREES},
    "canned.dnn": {
        **_both_flavours("dnn", "DNNClassifier DNNEstimator DNNRegressor"),
        "_LEARNING_RATE _dnn_model_fn dnn_logit_fn_builder": Served(f"{_V1}.dnn:*"),
        "_DNNModel _get_previous_name_scope": Served(f"{_V1}.dnn_model:*"),
        "_dnn_model_fn_builder_v2 dnn_logit_fn_builder_v2 dnn_model_fn_v2": Served(f"{_V2}.dnn:*"),
        "_DNNModelV2": Served(f"{_V2}.dnn_model:DNNModel"),
        "_add_hidden_layer_summary": Served(f"{_V2}.summaries:add_activation_summary"),
        "_validate_features": Served(f"{_V2}.arguments:check_features"),
        "_get_dnn_estimator_spec _name_from_scope_name": _PARTS,
    },
    "canned.dnn_linear_combined": {
        **_both_flavours(
            "dnn_linear_combined",
            "DNNLinearCombinedClassifier DNNLinearCombinedEstimator DNNLinearCombinedRegressor",
        ),
        "_LINEAR_LEARNING_RATE": _PARTS,
        "_DNN_LEARNING_RATE _check_no_sync_replicas_optimizer _dnn_linear_combined_model_fn "
        "_init_dnn_linear_combined_estimator": Served(f"{_V1}.dnn_linear_combined:*"),
        "_dnn_linear_combined_model_fn_v2": Served(f"{_V2}.dnn_linear_combined:*"),
        "_add_layer_summary": Served(f"{_V2}.summaries:add_activation_summary"),
        "_linear_learning_rate": Served(f"{_V2}.dnn_linear_combined:linear_learning_rate"),
        "_validate_feature_columns": Served(f"{_V2}.dnn_linear_combined:all_columns"),
    },
    "canned.head": {
        "LossSpec _Head _binary_logistic_head_with_sigmoid_cross_entropy_loss "
        "_binary_logistic_or_multi_class_head _multi_class_head_with_softmax_cross_entropy_loss "
        "_poisson_regression_head _regression_head "
        "_BinaryLogisticHeadWithSigmoidCrossEntropyLoss _MultiClassHeadWithSoftmaxCrossEntropyLoss "
        "_RegressionHeadWithMeanSquaredErrorLoss": _CANNED_HEAD,
        "_CLASSIFY_SERVING_KEY _DEFAULT_SERVING_KEY _PREDICT_SERVING_KEY _REGRESS_SERVING_KEY "
        "_all_class_ids _all_classes _append_update_ops _assert_range _call_loss_fn "
        "_check_dense_labels_match_logits_and_reshape _check_logits_final_dim "
        "_classification_output _create_eval_metrics_tuple _get_weights_and_check_match_logits "
        "_summary_key _validate_loss_fn_args _validate_n_classes "
        "_accuracy_at_threshold _accuracy_baseline _auc _indicator_labels_mean "
        "_precision_at_threshold _predictions_mean _recall_at_threshold": _CANNED_HEAD,
    },
    "canned.kmeans": {
        "KMeansClustering": KMEANS,
        "_InitializeClustersHook": Served(f"{_V2}.kmeans.hooks:InitializeClustersHook"),
        "_LossRelativeChangeHook": Served(f"{_V2}.kmeans.hooks:LossRelativeChangeHook"),
        "_ModelFn": Served(f"{_V2}.kmeans.estimator:ModelFn"),
        "_parse_features_if_necessary": Served(
            f"{_V2}.kmeans.estimator:parse_features_if_necessary"
        ),
    },
    "canned.linear": {
        **_both_flavours("linear", "LinearClassifier LinearEstimator LinearRegressor"),
        "_LEARNING_RATE _get_default_optimizer _linear_model_fn linear_logit_fn_builder": Served(
            f"{_V1}.linear:*"
        ),
        "_get_default_optimizer_v2 _linear_model_fn_builder_v2 _linear_model_fn_v2 "
        "linear_logit_fn_builder_v2": Served(f"{_V2}.linear:*"),
        "LinearModel": Served(f"{_V2}.linear_model:*"),
        "_LinearModelLayer": Served(f"{_V2}.linear_model:LinearModelLayer"),
        "_compute_fraction_of_zero": Served(f"{_V2}.summaries:zero_fraction"),
        "_get_expanded_variable_list": Served(f"{_V2}.linear:variable_parts"),
        "LinearSDCA": SDCA,
        "_SDCAUpdateWeightsHook": Served(f"{_V2}.sdca.estimators:SDCAUpdateWeightsHook"),
        "_sdca_model_fn": Served(f"{_V1}.linear:*"),
        "_validate_linear_sdca_optimizer_for_linear_classifier": Served(
            f"{_V2}.sdca.estimators:check_classifier"
        ),
        "_validate_linear_sdca_optimizer_for_linear_regressor": Served(
            f"{_V2}.sdca.estimators:check_regressor"
        ),
    },
    "canned.linear_optimizer": {},
    "canned.linear_optimizer.python": {},
    "canned.linear_optimizer.python.utils": {},
    "canned.linear_optimizer.python.utils.sdca_ops": {
        "_SDCAModel": Served(f"{_V2}.sdca.model:SDCAModel"),
        "_SparseFeatureColumn": Served(f"{_V2}.sdca.features:SparseFeatureColumn"),
    },
    "canned.linear_optimizer.python.utils.sharded_mutable_dense_hashtable": {
        "_MutableDenseHashTable": Served("tensorflow:lookup.experimental.DenseHashTable"),
        "_ShardedMutableDenseHashTable": Served(f"{_V2}.sdca.table:ShardedMutableDenseHashTable"),
    },
    "canned.metric_keys": {"MetricKeys": Served("estimator_heads.keys:*")},
    "canned.optimizers": {
        "get_optimizer_instance": Served(f"{_V1}.optimizers:*"),
        "get_optimizer_instance_v2": Served(f"{_V2}.optimizers:*"),
        "_LEARNING_RATE _OPTIMIZER_CLS_NAMES _OPTIMIZER_CLS_NAMES_V2 "
        "_optimizer_has_default_learning_rate": _PARTS,
    },
    "canned.parsing_utils": {
        "classifier_parse_example_spec regressor_parse_example_spec": PARSING,
        "classifier_parse_example_spec_v2": PARSING.named("classifier_parse_example_spec"),
        "regressor_parse_example_spec_v2": PARSING.named("regressor_parse_example_spec"),
        "_add_label_and_weight_to_parsing_spec": PARSING.named("add_label_and_weight"),
    },
    "canned.prediction_keys": {"PredictionKeys": Served("estimator_heads.keys:*")},
    "canned.rnn": {
        "RNNClassifier RNNEstimator": RNN,
        "RNNModel": Served("estimator_heads.canned.rnn.model:*"),
        "USE_DEFAULT": _RNN_ARGUMENTS,
        **{
            f"_{name}": _RNN_LAYERS.named(name)
            for name in ("make_rnn_cell_fn", "make_rnn_layer", "single_rnn_cell")
        },
        "_verify_rnn_cell_input": _RNN_ARGUMENTS.named("check_rnn_cell_arguments"),
        "_SIMPLE_RNN_KEY": _RNN_LAYERS.named("SIMPLE_RNN"),
        "_LSTM_KEY": _RNN_LAYERS.named("LSTM"),
        "_GRU_KEY": _RNN_LAYERS.named("GRU"),
        "_CELL_TYPES": _RNN_LAYERS.named("CELL_TYPES"),
        "_CELL_TYPE_TO_LAYER_MAPPING": _RNN_LAYERS.named("LAYER_TYPES"),
        "_DEFAULT_CLIP_NORM": RNN.named("CLIP_NORM"),
        "_DEFAULT_LEARNING_RATE": RNN.named("LEARNING_RATE"),
        "_get_rnn_estimator_spec": RNN.named("get_rnn_estimator_spec"),
    },
    "canned.saved_model_estimator": {"*": SAVED_MODEL_ESTIMATOR},
    "head": {},
    "head.base_head": {
        "Head": Served("estimator_heads:*"),
        "CLASSIFY_SERVING_KEY DEFAULT_SERVING_KEY PREDICT_SERVING_KEY REGRESS_SERVING_KEY "
        "all_class_ids all_classes call_loss_fn check_dense_labels_match_logits_and_reshape "
        "check_label_range check_logits_final_dim check_prediction_keys classification_output "
        "create_estimator_spec_summary create_estimator_spec_train_op create_eval_metrics_tuple "
        "get_weights_and_check_match_logits update_metric_with_broadcast_weights "
        "validate_loss_fn_args validate_loss_reduction validate_n_classes "
        "validate_trainable_variables validate_update_ops validate_v2_optimizer": Served(
            "estimator_heads.compat.sources.base_head:*"
        ),
        "_LABEL_NONE_ERR_MSG _LABEL_SHAPE_ERR_MSG _MISMATCHED_LABEL_DIM_ERR_MSG "
        "_SPARSE_LABEL_ERR_MSG _VALIDATION_ERROR_MSG": _MESSAGES,
    },
    "head.binary_class_head": {"BinaryClassHead": Served("estimator_heads:*")},
    "head.head_utils": {
        "binary_or_multi_class_head": Served("estimator_heads.heads.binary_or_multi_class:*"),
        "_assert_no_hooks _assert_simple_summaries _initialize_variables": _PARTS,
        "_DEFAULT_SERVING_KEY": _CANNED_HEAD,
    },
    "head.multi_class_head": {"MultiClassHead": Served("estimator_heads:*")},
    "head.multi_head": {
        "MultiHead": Served("estimator_heads:*"),
        "_default_export_output _no_op_train_fn": _PARTS,
    },
    "head.multi_label_head": {"MultiLabelHead": Served("estimator_heads:*")},
    "head.regression_head": {
        "LogisticRegressionHead PoissonRegressionHead RegressionHead": Served("estimator_heads:*")
    },
    "head.sequential_head": {
        "SequentialHeadWrapper": Served("estimator_heads.heads.sequential:*"),
        "_SequentialHead": Served("estimator_heads.heads.sequential:SequentialHead"),
        "_flatten_tensor": Served("estimator_heads.heads.sequential:flatten_steps"),
    },
}
