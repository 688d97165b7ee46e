"""Rows of `tf.estimator` (TF1 and TF2) and of the sources behind it, `tensorflow_estimator`.

See `table.py` for what rows are. A key may hold several names.
"""

from estimator_heads.compat.names import rows_keras
from estimator_heads.compat.names.kinds import Later, Outside, Served

_SOURCES_PATH = "tensorflow_estimator.python.estimator"

# Where each tree of copies has its rows.
ALIASES = {
    "tensorflow.python.estimator": _SOURCES_PATH,
    "tensorflow_estimator._api.v1.estimator": "tensorflow.compat.v1.estimator",
    "tensorflow_estimator._api.v2.estimator": "tensorflow.estimator",
    "tensorflow_estimator.estimator": "tensorflow.compat.v1.estimator",
    f"{_SOURCES_PATH}.api._v1.estimator": "tensorflow.compat.v1.estimator",
    f"{_SOURCES_PATH}.api._v2.estimator": "tensorflow.estimator",
    f"{_SOURCES_PATH}.estimator_lib.export": f"{_SOURCES_PATH}.export.export_lib",
    f"{_SOURCES_PATH}.estimator_lib.hooks": f"{_SOURCES_PATH}.hooks.hooks",
    f"{_SOURCES_PATH}.estimator_lib.inputs": f"{_SOURCES_PATH}.inputs.inputs",
    f"{_SOURCES_PATH}.keras": f"{_SOURCES_PATH}.keras_lib",
}

_CANNED_NAMES = (
    "BaselineClassifier BaselineEstimator BaselineRegressor DNNClassifier DNNEstimator "
    "DNNLinearCombinedClassifier DNNLinearCombinedEstimator DNNLinearCombinedRegressor "
    "DNNRegressor LinearClassifier LinearEstimator LinearRegressor"
)
CANNED_V1 = Served("estimator_heads.compat.canned_v1:*")
LOOP = Served("estimator_heads:*")
EXPORTERS = Served("estimator_heads.estimator.schedule.exporters:*")
SUPERVISED_RECEIVERS = Served("estimator_heads.compat.contrib.estimator.supervised_receivers:*")
EARLY_STOPPING_HOOKS = Served("estimator_heads.estimator.hooks.early_stopping:*")
IN_MEMORY_EVALUATOR = Served("estimator_heads.estimator.hooks.in_memory_evaluator:*")
STOP_AT_CHECKPOINT_STEP = Served("estimator_heads.estimator.hooks.stop_at_checkpoint_step:*")
LOGIT_FNS = CANNED_V1
INPUTS = Served("estimator_heads.inputs:*")
QUEUES = Later(
    "this internal part of the input functions has no counterpart", "numpy_input_fn or tf.data"
)
PARSING = Served("estimator_heads.parsing:*")
TPU = Later(
    "the TPU classes, which also ran on CPU and GPU, are still to come", "Estimator and RunConfig"
)
SAVED_MODEL_ESTIMATOR = Outside(
    "none of the surveyed programs use it",
    "an Estimator with warm_start_from= the SavedModel, or tf.saved_model.load to predict",
)
RNN = Served("estimator_heads.canned.rnn.estimators:*")
HEAD_HELPERS = Later("this internal part of the heads has no counterpart", "the methods of Head")
INTERNAL = Later("this internal part of the original has no counterpart yet")

BOOSTED_TREES = Outside(
    "TensorFlow still has the operations of boosted trees, but no kernels that run them",
    "TensorFlow Decision Forests",
)
KMEANS = Served("estimator_heads.canned.kmeans.estimator:KMeansClustering")
SDCA = Served("estimator_heads.canned.sdca.optimizer:*")
TPU_EMBEDDING = Outside("TPU embeddings are TensorFlow's own", "tf.tpu.experimental.embedding")

SESSION_HOOKS = (
    "CheckpointSaverHook CheckpointSaverListener FeedFnHook FinalOpsHook GlobalStepWaiterHook "
    "LoggingTensorHook NanLossDuringTrainingError NanTensorHook ProfilerHook SecondOrStepTimer "
    "StepCounterHook StopAtStepHook SummarySaverHook"
)
SESSION_RUN = "SessionRunArgs SessionRunContext SessionRunHook SessionRunValues"
EARLY_STOPPING = (
    "make_early_stopping_hook stop_if_higher_hook stop_if_lower_hook stop_if_no_decrease_hook "
    "stop_if_no_increase_hook"
)
FROM_TENSORFLOW = Served("tensorflow:compat.v1.train.*")
CALL_LOGIT_FN = Served("estimator_heads.logit_fn:*")
EXTENDERS = Served("estimator_heads.estimator.extenders:*")

# What `tf.estimator` has in TF1 and in TF2.
_ESTIMATOR = {
    "BinaryClassHead Head LogisticRegressionHead MultiClassHead MultiHead MultiLabelHead "
    "PoissonRegressionHead RegressionHead": Served("estimator_heads:*"),
    "Estimator EstimatorSpec ModeKeys RunConfig WarmStartSettings": Served("estimator_heads:*"),
    f"{SESSION_HOOKS} {SESSION_RUN} VocabInfo": FROM_TENSORFLOW,
    "BoostedTreesClassifier BoostedTreesEstimator BoostedTreesRegressor": BOOSTED_TREES,
    "EvalSpec TrainSpec train_and_evaluate": LOOP,
    "BestExporter Exporter FinalExporter LatestExporter": EXPORTERS,
    "add_metrics": EXTENDERS,
    "classifier_parse_example_spec regressor_parse_example_spec": PARSING,
}
_EXPERIMENTAL = {
    EARLY_STOPPING: EARLY_STOPPING_HOOKS,
    "InMemoryEvaluatorHook": IN_MEMORY_EVALUATOR,
    "make_stop_at_checkpoint_step_hook": STOP_AT_CHECKPOINT_STEP,
    "build_raw_supervised_input_receiver_fn": Served("estimator_heads.export.receivers:*"),
    "call_logit_fn": CALL_LOGIT_FN,
    "LinearSDCA": SDCA,
}
_EXPORT = {
    "ClassificationOutput EvalOutput ExportOutput PredictOutput RegressionOutput "
    "ServingInputReceiver TensorServingInputReceiver build_parsing_serving_input_receiver_fn "
    "build_raw_serving_input_receiver_fn": Served("estimator_heads.export:*"),
}
_API = {
    "tensorflow.estimator": {**_ESTIMATOR, _CANNED_NAMES: Served("estimator_heads:*")},
    "tensorflow.estimator.experimental": {**_EXPERIMENTAL, "RNNClassifier RNNEstimator": RNN},
    "tensorflow.estimator.export": _EXPORT,
    "tensorflow.estimator.inputs": {},
    "tensorflow.compat.v1.estimator": {**_ESTIMATOR, _CANNED_NAMES: CANNED_V1},
    "tensorflow.compat.v1.estimator.experimental": {
        **_EXPERIMENTAL,
        "KMeans": KMEANS,
        "dnn_logit_fn_builder linear_logit_fn_builder": LOGIT_FNS,
    },
    "tensorflow.compat.v1.estimator.export": _EXPORT,
    "tensorflow.compat.v1.estimator.inputs": {"numpy_input_fn pandas_input_fn": INPUTS},
    "tensorflow.compat.v1.estimator.tpu": {
        "InputPipelineConfig RunConfig TPUConfig TPUEstimator TPUEstimatorSpec": TPU
    },
    "tensorflow.compat.v1.estimator.tpu.experimental": {"EmbeddingConfigSpec": TPU_EMBEDDING},
}

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

# The modules in `tensorflow_estimator.python.estimator`; `*` is every other name of a module.
_SOURCES = {
    "": {},
    "early_stopping": {f"{EARLY_STOPPING} read_eval_metrics": EARLY_STOPPING_HOOKS, "*": INTERNAL},
    "estimator": {
        "Estimator WarmStartSettings": Served("estimator_heads:*"),
        "EstimatorV2": Served("estimator_heads:Estimator"),
        "VocabInfo": FROM_TENSORFLOW,
        "_canned_estimator_api_gauge": Served("estimator_heads.compat.sources.estimator:*"),
        "*": INTERNAL,
    },
    "estimator_export": {"estimator_export": INTERNAL},
    "estimator_lib": {
        **_ESTIMATOR,
        _CANNED_NAMES: CANNED_V1,
        f"{EARLY_STOPPING} read_eval_metrics": EARLY_STOPPING_HOOKS,
        "KMeansClustering": KMEANS,
        "RNNClassifier RNNEstimator": RNN,
        "TPUEstimator": TPU,
        "call_logit_fn": CALL_LOGIT_FN,
        "dnn_logit_fn_builder linear_logit_fn_builder": LOGIT_FNS,
    },
    "exporter": {
        "BestExporter Exporter FinalExporter LatestExporter": EXPORTERS,
        "_SavedModelExporter": Served(
            "estimator_heads.estimator.schedule.exporters:SavedModelExporter"
        ),
        "_loss_smaller": Served("estimator_heads.estimator.schedule.exporters:loss_smaller"),
        "*": INTERNAL,
    },
    "extenders": {"add_metrics": EXTENDERS, "*": INTERNAL},
    "gc": {
        "Path": Served("estimator_heads.estimator.schedule.export_garbage:*"),
        **{
            f"_{name}": Served(f"estimator_heads.estimator.schedule.export_garbage:{name}")
            for name in (
                "get_paths",
                "largest_export_versions",
                "mod_export_version",
                "negation",
                "one_of_every_n_export_versions",
                "union",
            )
        },
    },
    "mode_keys": {"ModeKeys": Served("estimator_heads:*")},
    "model_fn": {
        "EstimatorSpec ModeKeys": Served("estimator_heads:*"),
        "_TPUEstimatorSpec": Served("estimator_heads.model_fn:*"),
        "MetricKeys": Served("estimator_heads.keys:*"),
        "LOSS_METRIC_KEY": Served("estimator_heads.keys:MetricKeys.LOSS"),
        "AVERAGE_LOSS_METRIC_KEY": Served("estimator_heads.keys:MetricKeys.LOSS_MEAN"),
        "call_logit_fn": CALL_LOGIT_FN,
        "*": INTERNAL,
    },
    "run_config": {
        "RunConfig": Served("estimator_heads:*"),
        "TaskType": Served("estimator_heads.estimator.config.run_config:*"),
        "get_default_session_config": Served(
            "estimator_heads.estimator.config.cluster:default_session_config"
        ),
        "path_to_str": Served("tensorflow:compat.path_to_str"),
        "*": INTERNAL,
    },
    "training": {
        "EvalSpec TrainSpec train_and_evaluate": LOOP,
        "_ContinuousEvalListener": Served(
            "estimator_heads.estimator.schedule.evaluator:ContinuousEvalListener"
        ),
        "_EvalResult": Served("estimator_heads.estimator.schedule.evaluator:EvalResult"),
        "_EvalStatus": Served("estimator_heads.estimator.schedule.evaluator:EvalStatus"),
        "_NewCheckpointListenerForEvaluate": Served(
            "estimator_heads.estimator.schedule.evaluator:EvaluatingListener"
        ),
        "_TrainingExecutor": Served(
            "estimator_heads.estimator.schedule.train_and_evaluate:TrainingExecutor"
        ),
        "_assert_eval_spec": Served(
            "estimator_heads.estimator.schedule.train_and_evaluate:assert_eval_spec"
        ),
        "*": INTERNAL,
    },
    "util": {
        "fn_args": Served("estimator_heads.callables:*"),
        "parse_input_fn_result parse_iterator_result": Served(
            "estimator_heads.estimator.input_pipeline:*"
        ),
        "*": INTERNAL,
    },
    "canned": {},
    "canned.baseline": {
        **_both_flavours("baseline", "BaselineClassifier BaselineEstimator BaselineRegressor"),
        "_baseline_model_fn _baseline_logit_fn_builder": Served(f"{_V1}.baseline:*"),
        "_baseline_model_fn_v2 _baseline_model_fn_builder_v2": Served(f"{_V2}.baseline:*"),
        "_LEARNING_RATE": Served(f"{_V2}.baseline:LEARNING_RATE"),
        "*": INTERNAL,
    },
    "canned.boosted_trees": {"*": BOOSTED_TREES},
    "canned.dnn": {
        **_both_flavours("dnn", "DNNClassifier DNNEstimator DNNRegressor"),
        "_LEARNING_RATE _dnn_model_fn dnn_logit_fn_builder": Served(f"{_V1}.dnn:*"),
        "_DNNModel _get_previous_name_scope": Served(f"{_V1}.dnn_model:*"),
        "_dnn_model_fn_builder_v2 dnn_logit_fn_builder_v2 dnn_model_fn_v2": Served(f"{_V2}.dnn:*"),
        "_DNNModelV2": Served(f"{_V2}.dnn_model:DNNModel"),
        "_add_hidden_layer_summary": Served(f"{_V2}.summaries:add_activation_summary"),
        "_validate_features": Served(f"{_V2}.arguments:check_features"),
        "*": INTERNAL,
    },
    "canned.dnn_linear_combined": {
        **_both_flavours(
            "dnn_linear_combined",
            "DNNLinearCombinedClassifier DNNLinearCombinedEstimator DNNLinearCombinedRegressor",
        ),
        "_DNN_LEARNING_RATE _check_no_sync_replicas_optimizer "
        "_dnn_linear_combined_model_fn": Served(f"{_V1}.dnn_linear_combined:*"),
        "_dnn_linear_combined_model_fn_v2": Served(f"{_V2}.dnn_linear_combined:*"),
        "_add_layer_summary": Served(f"{_V2}.summaries:add_activation_summary"),
        "_linear_learning_rate": Served(f"{_V2}.dnn_linear_combined:linear_learning_rate"),
        "_validate_feature_columns": Served(f"{_V2}.dnn_linear_combined:all_columns"),
        "*": INTERNAL,
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
        "*": HEAD_HELPERS,
    },
    "canned.kmeans": {
        "KMeansClustering": KMEANS,
        "_InitializeClustersHook": Served(f"{_V2}.kmeans.hooks:InitializeClustersHook"),
        "_LossRelativeChangeHook": Served(f"{_V2}.kmeans.hooks:LossRelativeChangeHook"),
        "_ModelFn": Served(f"{_V2}.kmeans.estimator:ModelFn"),
        "_parse_features_if_necessary": Served(
            f"{_V2}.kmeans.estimator:parse_features_if_necessary"
        ),
        "*": INTERNAL,
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
        "*": INTERNAL,
    },
    "canned.linear_optimizer": {},
    "canned.linear_optimizer.python": {},
    "canned.linear_optimizer.python.utils": {},
    "canned.linear_optimizer.python.utils.sdca_ops": {
        "_SDCAModel": Served(f"{_V2}.sdca.model:SDCAModel"),
        "_SparseFeatureColumn": Served(f"{_V2}.sdca.features:SparseFeatureColumn"),
        "*": INTERNAL,
    },
    "canned.linear_optimizer.python.utils.sharded_mutable_dense_hashtable": {
        "_MutableDenseHashTable": Served("tensorflow:lookup.experimental.DenseHashTable"),
        "_ShardedMutableDenseHashTable": Served(f"{_V2}.sdca.table:ShardedMutableDenseHashTable"),
        "*": INTERNAL,
    },
    "canned.metric_keys": {"MetricKeys": Served("estimator_heads.keys:*")},
    "canned.optimizers": {
        "get_optimizer_instance": Served(f"{_V1}.optimizers:*"),
        "get_optimizer_instance_v2": Served(f"{_V2}.optimizers:*"),
        "*": INTERNAL,
    },
    "canned.parsing_utils": {
        "classifier_parse_example_spec regressor_parse_example_spec": PARSING,
        "classifier_parse_example_spec_v2": PARSING.named("classifier_parse_example_spec"),
        "regressor_parse_example_spec_v2": PARSING.named("regressor_parse_example_spec"),
        "*": INTERNAL,
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
        "*": INTERNAL,
    },
    "canned.saved_model_estimator": {"*": SAVED_MODEL_ESTIMATOR},
    "export": {},
    "export.export": {
        "ServingInputReceiver SupervisedInputReceiver TensorServingInputReceiver "
        "UnsupervisedInputReceiver build_parsing_serving_input_receiver_fn "
        "build_raw_serving_input_receiver_fn build_raw_supervised_input_receiver_fn": Served(
            "estimator_heads.export.receivers:*"
        ),
        "build_all_signature_defs": Served("estimator_heads.export.signatures:*"),
        "build_supervised_input_receiver_fn_from_input_fn": SUPERVISED_RECEIVERS,
        "get_temp_export_dir get_timestamped_export_dir": Served(
            "estimator_heads.export.saved_model:*"
        ),
        "*": INTERNAL,
    },
    "export.export_output": {
        "ClassificationOutput EvalOutput ExportOutput PredictOutput RegressionOutput "
        "TrainOutput": Served("estimator_heads.export.outputs:*"),
        "_SupervisedOutput": Served("estimator_heads.export.outputs:SupervisedOutput"),
        "*": INTERNAL,
    },
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
        "*": HEAD_HELPERS,
    },
    "head.binary_class_head": {"BinaryClassHead": Served("estimator_heads:*")},
    "head.head_utils": {
        "binary_or_multi_class_head": Served("estimator_heads.heads.binary_or_multi_class:*"),
        "*": INTERNAL,
    },
    "head.multi_class_head": {"MultiClassHead": Served("estimator_heads:*")},
    "head.multi_head": {"MultiHead": Served("estimator_heads:*"), "*": HEAD_HELPERS},
    "head.multi_label_head": {"MultiLabelHead": Served("estimator_heads:*")},
    "head.regression_head": {
        "LogisticRegressionHead PoissonRegressionHead RegressionHead": Served("estimator_heads:*")
    },
    "head.sequential_head": {
        "SequentialHeadWrapper": Served("estimator_heads.heads.sequential:*"),
        "_SequentialHead": Served("estimator_heads.heads.sequential:SequentialHead"),
        "_flatten_tensor": Served("estimator_heads.heads.sequential:flatten_steps"),
    },
    "hooks": {},
    "hooks.basic_session_run_hooks": {SESSION_HOOKS: FROM_TENSORFLOW},
    "hooks.hooks": {
        "InMemoryEvaluatorHook": IN_MEMORY_EVALUATOR,
        "make_stop_at_checkpoint_step_hook": STOP_AT_CHECKPOINT_STEP,
        "_StopAtCheckpointStepHook": Served(
            "estimator_heads.estimator.hooks.stop_at_checkpoint_step:StopAtCheckpointStepHook"
        ),
        "*": INTERNAL,
    },
    "hooks.session_run_hook": {SESSION_RUN: FROM_TENSORFLOW},
    "inputs": {},
    "inputs.inputs": {"numpy_input_fn pandas_input_fn": INPUTS},
    "inputs.numpy_io": {"numpy_input_fn": INPUTS, "*": INTERNAL},
    "inputs.pandas_io": {"pandas_input_fn": INPUTS, "*": INTERNAL},
    "inputs.queues": {},
    "inputs.queues.feeding_functions": {"*": QUEUES},
    "inputs.queues.feeding_queue_runner": {"*": QUEUES},
    "tpu": {},
    "tpu.tpu_config": {"InputPipelineConfig RunConfig TPUConfig": TPU, "*": INTERNAL},
    "tpu.tpu_estimator": {"TPUEstimator TPUEstimatorSpec": TPU, "*": INTERNAL},
}
_SOURCES["export.export_lib"] = {**_SOURCES["export.export"], **_SOURCES["export.export_output"]}

ROWS = {
    **_API,
    **{f"{_SOURCES_PATH}.{module}".rstrip("."): rows for module, rows in _SOURCES.items()},
}
for _module, _rows in rows_keras.ROWS.items():
    ROWS[_module] = {**ROWS.get(_module, {}), **_rows}
