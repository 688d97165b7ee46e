"""Rows of the sources of `tf.estimator`: the modules of `tensorflow_estimator.python.estimator`.

See `table.py` for what rows are. A key may hold several names; `*` is every other name of a module.
The canned estimators and the heads have theirs in `rows_sources_canned.py`.
"""

from estimator_heads.compat.names import rows_keras, rows_sources_canned, rows_tpu
from estimator_heads.compat.names.kinds import Outside, Served
from estimator_heads.compat.names.rows_estimator import (
    CALL_LOGIT_FN,
    CANNED_NAMES,
    CANNED_V1,
    EARLY_STOPPING,
    EARLY_STOPPING_HOOKS,
    ESTIMATOR,
    EXPORTERS,
    EXTENDERS,
    FROM_TENSORFLOW,
    IN_MEMORY_EVALUATOR,
    INPUTS,
    KMEANS,
    LOGIT_FNS,
    LOOP,
    RNN,
    SESSION_HOOKS,
    SESSION_RUN,
    SOURCES_PATH,
    STOP_AT_CHECKPOINT_STEP,
    SUPERVISED_RECEIVERS,
)


def _sources(module):
    """What is in the module of `compat/sources/` with this name."""
    return Served(f"estimator_heads.compat.sources.{module}:*")


_ESTIMATOR = _sources("estimator")
_EVALUATOR = Served("estimator_heads.estimator.schedule.evaluator:*")
_EXECUTOR = Served("estimator_heads.estimator.schedule.train_and_evaluate:*")
_EXPORT = _sources("export")
_INPUTS = _sources("inputs")
_PIPELINE = Served("estimator_heads.estimator.input_pipeline:*")
_SIGNATURES = Served("estimator_heads.export.signatures:*")
_STOP_HOOKS = Served("estimator_heads.estimator.hooks.stop_on_predicate:*")
_TRAINING = _sources("training")
_USER_FUNCTIONS = Served("estimator_heads.estimator.user_functions:*")

# From paths below `tensorflow_estimator.python.estimator` to rows.
_SOURCES = {
    **rows_sources_canned.ROWS,
    "": {},
    "early_stopping": {
        f"{EARLY_STOPPING} read_eval_metrics": EARLY_STOPPING_HOOKS,
        "_EVENT_FILE_GLOB_PATTERN _stop_if_no_metric_improvement_hook "
        "_stop_if_threshold_crossed_hook _summaries": _sources("early_stopping"),
        "_CheckForStoppingHook": _STOP_HOOKS.named("CheckForStoppingHook"),
        "_MultiWorkerEarlyStoppingHook": _STOP_HOOKS.named("CollectiveStoppingHook"),
        "_StopOnPredicateHook": _STOP_HOOKS.named("StopOnPredicateHook"),
        "_get_or_create_stop_var": _STOP_HOOKS.named("signal"),
    },
    "estimator": {
        "Estimator WarmStartSettings": Served("estimator_heads:*"),
        "EstimatorV2": Served("estimator_heads:Estimator"),
        "VocabInfo": FROM_TENSORFLOW,
        "_VALID_MODEL_FN_ARGS _assert_members_are_not_overridden _canned_estimator_api_gauge "
        "_check_checkpoint_available _check_hooks_type _check_listeners_type "
        "_combine_distributed_scaffold _dict_to_str _estimator_api_gauge "
        "_extract_metric_update_ops _get_loss_reduce_op_for_reporting "
        "_has_dataset_or_queue_runner _load_global_step_from_checkpoint_dir "
        "_verify_and_create_loss_metric _write_checkpoint_path_to_summary _write_dict_to_summary "
        "create_per_replica_ready_for_local_init_op": _ESTIMATOR,
        "_get_default_warm_start_settings": Served(
            "estimator_heads.estimator.storage.warm_start:settings_from"
        ),
        "_get_replica_device_setter": Served("estimator_heads.estimator.config.cluster:device_fn"),
        "_verify_model_fn_args": _USER_FUNCTIONS.named("verify_model_fn_args"),
        "maybe_overwrite_model_dir_and_session_config": Served(
            "estimator_heads.estimator.config.complete_config:complete_config"
        ),
    },
    "estimator_export": {"estimator_export": _sources("estimator_export")},
    "estimator_lib": {
        **ESTIMATOR,
        CANNED_NAMES: CANNED_V1,
        f"{EARLY_STOPPING} read_eval_metrics": EARLY_STOPPING_HOOKS,
        "KMeansClustering": KMEANS,
        "RNNClassifier RNNEstimator": RNN,
        "TPUEstimator": rows_tpu.TPU,
        "call_logit_fn": CALL_LOGIT_FN,
        "dnn_logit_fn_builder linear_logit_fn_builder": LOGIT_FNS,
        "model_to_estimator": rows_keras.KERAS_LIB,
    },
    "exporter": {
        "BestExporter Exporter FinalExporter LatestExporter": EXPORTERS,
        "_SavedModelExporter": EXPORTERS.named("SavedModelExporter"),
        "_loss_smaller": EXPORTERS.named("loss_smaller"),
        "_verify_compare_fn_args": EXPORTERS.named("checked_compare_fn"),
    },
    "extenders": {
        "add_metrics": EXTENDERS,
        "_VALID_METRIC_FN_ARGS": _sources("extenders"),
        "_call_metric_fn": EXTENDERS.named("call_metric_fn"),
        "_verify_metric_fn_args": EXTENDERS.named("check_metric_fn"),
    },
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
    "keras_lib": rows_keras.KERAS_LIB_ROWS,
    "mode_keys": {"ModeKeys": Served("estimator_heads:*")},
    "model_fn": {
        "EstimatorSpec ModeKeys": Served("estimator_heads:*"),
        "_TPUEstimatorSpec": Served("estimator_heads.model_fn:*"),
        "MetricKeys": Served("estimator_heads.keys:*"),
        "LOSS_METRIC_KEY": Served("estimator_heads.keys:MetricKeys.LOSS"),
        "AVERAGE_LOSS_METRIC_KEY": Served("estimator_heads.keys:MetricKeys.LOSS_MEAN"),
        "call_logit_fn": CALL_LOGIT_FN,
        "verify_model_fn_args": _USER_FUNCTIONS,
        "_VALID_MODEL_FN_ARGS _check_is_tensor _check_is_tensor_or_operation "
        "_update_variable_collection _validate_estimator_spec_export_outputs "
        "_validate_estimator_spec_hooks _validate_estimator_spec_loss "
        "_validate_estimator_spec_predictions _validate_estimator_spec_train_op "
        "_validate_eval_metric_ops _validate_scaffold": _sources("model_fn"),
    },
    "run_config": {
        "RunConfig": Served("estimator_heads:*"),
        "TaskType": Served("estimator_heads.estimator.config.run_config:*"),
        "get_default_session_config": Served(
            "estimator_heads.estimator.config.cluster:default_session_config"
        ),
        "path_to_str": Served("tensorflow:compat.path_to_str"),
        "_CLUSTER_KEY _DEFAULT_REPLACEABLE_LIST _EVAL_SESSION_MASTER_KEY _GRPC_SCHEME "
        "_LOCAL_MASTER _MODEL_DIR_KEY _SAVE_CKPT_ERR _SERVICE_KEY _SESSION_MASTER_KEY "
        "_TASK_ENV_KEY _TASK_ID_KEY _TASK_TYPE_KEY _TF_CONFIG_ENV _USE_DEFAULT "
        "_VALID_DEVICE_FN_ARGS _count_ps _count_worker _get_eval_session_master "
        "_get_global_id_in_cluster _get_model_dir _get_session_master _validate_properties "
        "_validate_save_ckpt_with_replaced_keys _validate_service "
        "_validate_task_type_and_task_id": _sources("run_config"),
    },
    "training": {
        "EvalSpec TrainSpec train_and_evaluate": LOOP,
        "_ContinuousEvalListener": _EVALUATOR.named("ContinuousEvalListener"),
        "_EvalResult": _EVALUATOR.named("EvalResult"),
        "_EvalStatus": _EVALUATOR.named("EvalStatus"),
        "_NewCheckpointListenerForEvaluate": _EVALUATOR.named("EvaluatingListener"),
        "_TrainingExecutor": _EXECUTOR.named("TrainingExecutor"),
        "_assert_eval_spec": _EXECUTOR.named("assert_eval_spec"),
        "_DELAY_SECS_PER_WORKER _ENVIRONMENT_GOOGLE_VALUE _ENVIRONMENT_KEY _MAX_DELAY_SECS "
        "_StopAtSecsHook _TF_CONFIG_ENV _TRAINER_JOBS _is_google_env _validate_exporters "
        "_validate_hooks _validate_input_fn _validate_saving_listeners": _TRAINING,
    },
    "util": {
        "fn_args": Served("estimator_heads.callables:*"),
        "parse_input_fn_result parse_iterator_result": _PIPELINE,
        "DatasetInitializerHook _DatasetInitializerHook": _PIPELINE.named("InitializerHook"),
        "DistributedIteratorInitializerHook MAX_DIRECTORY_CREATION_ATTEMPTS "
        "MultiHostDatasetInitializerHook": _sources("util"),
        "get_timestamped_dir": Served(
            "estimator_heads.export.saved_model:get_timestamped_export_dir"
        ),
    },
    "export": {},
    "export.export": {
        "ServingInputReceiver SupervisedInputReceiver TensorServingInputReceiver "
        "UnsupervisedInputReceiver build_parsing_serving_input_receiver_fn "
        "build_raw_serving_input_receiver_fn build_raw_supervised_input_receiver_fn": Served(
            "estimator_heads.export.receivers:*"
        ),
        "build_all_signature_defs": _SIGNATURES,
        "build_supervised_input_receiver_fn_from_input_fn": SUPERVISED_RECEIVERS,
        "get_temp_export_dir get_timestamped_export_dir": Served(
            "estimator_heads.export.saved_model:*"
        ),
        "SINGLE_FEATURE_DEFAULT_NAME SINGLE_LABEL_DEFAULT_NAME SINGLE_RECEIVER_DEFAULT_NAME "
        "_SINGLE_FEATURE_DEFAULT_NAME _SINGLE_LABEL_DEFAULT_NAME _SINGLE_RECEIVER_DEFAULT_NAME "
        "_SINGLE_TENSOR_DEFAULT_NAMES _check_tensor _check_tensor_key _placeholder_from_tensor "
        "_placeholders_from_receiver_tensors_dict wrap_and_check_input_tensors": _EXPORT,
    },
    "export.export_output": {
        "ClassificationOutput EvalOutput ExportOutput PredictOutput RegressionOutput "
        "TrainOutput": Served("estimator_heads.export.outputs:*"),
        "_SupervisedOutput": Served("estimator_heads.export.outputs:SupervisedOutput"),
    },
    "export.function": {
        "*": Outside(
            "ModelFunction was an experiment that no Estimator used", "Estimator.export_saved_model"
        )
    },
    "hooks": {},
    "hooks.basic_session_run_hooks": {SESSION_HOOKS: FROM_TENSORFLOW},
    "hooks.fake_summary_writer": {"FakeSummaryWriter": _sources("fake_summary_writer")},
    "hooks.hooks": {
        "InMemoryEvaluatorHook": IN_MEMORY_EVALUATOR,
        "make_stop_at_checkpoint_step_hook": STOP_AT_CHECKPOINT_STEP,
        "_StopAtCheckpointStepHook": Served(
            "estimator_heads.estimator.hooks.stop_at_checkpoint_step:StopAtCheckpointStepHook"
        ),
    },
    "hooks.session_run_hook": {SESSION_RUN: FROM_TENSORFLOW},
    "inputs": {},
    "inputs.inputs": {"numpy_input_fn pandas_input_fn": INPUTS},
    "inputs.numpy_io": {
        "numpy_input_fn": INPUTS,
        "_TARGET_KEY _get_unique_target_key _validate_and_convert_features": _INPUTS,
    },
    "inputs.pandas_io": {
        "pandas_input_fn": INPUTS,
        "_get_unique_target_key": _INPUTS.named("_get_unique_target_column"),
        "HAS_PANDAS": _sources("feeding_functions"),
    },
    "inputs.queues": {},
    "inputs.queues.feeding_functions": {
        "HAS_PANDAS _ArrayFeedFn _GeneratorFeedFn _OrderedDictNumpyFeedFn _PandasFeedFn "
        "_enqueue_data _fill_array _get_integer_indices_for_next_batch "
        "_pad_if_needed": _sources("feeding_functions"),
        "enqueue_data": _sources("feeding_functions").named("_enqueue_data"),
    },
    "inputs.queues.feeding_queue_runner": {
        "_FeedingQueueRunner": _sources("feeding_queue_runner"),
        "FeedingQueueRunner": _sources("feeding_queue_runner").named("_FeedingQueueRunner"),
    },
    "tools": {},
    "tools.analytics": {"track_numerical_issues track_usage": _sources("analytics")},
}
_SOURCES["export.export_lib"] = {
    **_SOURCES["export.export"],
    **_SOURCES["export.export_output"],
    "EXPORT_TAG_MAP SIGNATURE_KEY_MAP get_export_outputs": _EXPORT,
    "export_outputs_for_mode": _SIGNATURES,
}

ROWS = {f"{SOURCES_PATH}.{module}".rstrip("."): rows for module, rows in _SOURCES.items()}
