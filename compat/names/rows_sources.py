"""Rows of the sources of `tf.estimator`: the modules of `tensorflow_estimator.python.estimator`.

See `table.py` for what rows are. A key may hold several names; `*` is every other name of a module.
The canned estimators and the heads have theirs in `rows_sources_canned.py`.
"""

from estimator_heads.compat.names import rows_sources_canned
from estimator_heads.compat.names.kinds import Served
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
    INTERNAL,
    KERAS,
    KMEANS,
    LOGIT_FNS,
    LOOP,
    QUEUES,
    RNN,
    SESSION_HOOKS,
    SESSION_RUN,
    SOURCES_PATH,
    STOP_AT_CHECKPOINT_STEP,
    SUPERVISED_RECEIVERS,
    TPU,
)

# From paths below `tensorflow_estimator.python.estimator` to rows.
_SOURCES = {
    **rows_sources_canned.ROWS,
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
        **ESTIMATOR,
        CANNED_NAMES: CANNED_V1,
        f"{EARLY_STOPPING} read_eval_metrics": EARLY_STOPPING_HOOKS,
        "KMeansClustering": KMEANS,
        "RNNClassifier RNNEstimator": RNN,
        "TPUEstimator": TPU,
        "call_logit_fn": CALL_LOGIT_FN,
        "dnn_logit_fn_builder linear_logit_fn_builder": LOGIT_FNS,
        "model_to_estimator": KERAS,
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
    "keras_lib": {"model_to_estimator _clone_and_build_model": KERAS, "*": INTERNAL},
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

ROWS = {f"{SOURCES_PATH}.{module}".rstrip("."): rows for module, rows in _SOURCES.items()}
