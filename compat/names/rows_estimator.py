"""Rows of `tf.estimator` (TF1 and TF2), and the entries that other tables share with it.

See `table.py` for what rows are. A key may hold several names. The sources behind it are in
`rows_sources.py`.
"""

from estimator_heads.compat.names import rows_keras, rows_tpu
from estimator_heads.compat.names.kinds import Later, Outside, Served

SOURCES_PATH = "tensorflow_estimator.python.estimator"

# Where each tree of copies has its rows.
ALIASES = {
    "tensorflow.python.estimator": SOURCES_PATH,
    "tensorflow_estimator._api.v1.estimator": "tensorflow.compat.v1.estimator",
    "tensorflow_estimator._api.v2.estimator": "tensorflow.estimator",
    "tensorflow_estimator.estimator": "tensorflow.compat.v1.estimator",
    f"{SOURCES_PATH}.api._v1.estimator": "tensorflow.compat.v1.estimator",
    f"{SOURCES_PATH}.api._v2.estimator": "tensorflow.estimator",
    f"{SOURCES_PATH}.estimator_lib.export": f"{SOURCES_PATH}.export.export_lib",
    f"{SOURCES_PATH}.estimator_lib.hooks": f"{SOURCES_PATH}.hooks.hooks",
    f"{SOURCES_PATH}.estimator_lib.inputs": f"{SOURCES_PATH}.inputs.inputs",
    f"{SOURCES_PATH}.keras": f"{SOURCES_PATH}.keras_lib",
}

CANNED_NAMES = (
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
PARSING = Served("estimator_heads.parsing:*")
SAVED_MODEL_ESTIMATOR = Outside(
    "none of the surveyed programs use it",
    "an Estimator with warm_start_from= the SavedModel, or tf.saved_model.load to predict",
)
RNN = Served("estimator_heads.canned.rnn.estimators:*")
INTERNAL = Later("this internal part of the original has no counterpart yet")

BOOSTED_TREES = Outside(
    "TensorFlow still has the operations of boosted trees, but no kernels that run them",
    "TensorFlow Decision Forests",
)
KMEANS = Served("estimator_heads.canned.kmeans.estimator:KMeansClustering")
SDCA = Served("estimator_heads.canned.sdca.optimizer:*")

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
ESTIMATOR = {
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
ROWS = {
    "tensorflow.estimator": {**ESTIMATOR, CANNED_NAMES: Served("estimator_heads:*")},
    "tensorflow.estimator.experimental": {**_EXPERIMENTAL, "RNNClassifier RNNEstimator": RNN},
    "tensorflow.estimator.export": _EXPORT,
    "tensorflow.estimator.inputs": {},
    "tensorflow.compat.v1.estimator": {**ESTIMATOR, CANNED_NAMES: CANNED_V1},
    "tensorflow.compat.v1.estimator.experimental": {
        **_EXPERIMENTAL,
        "KMeans": KMEANS,
        "dnn_logit_fn_builder linear_logit_fn_builder": LOGIT_FNS,
    },
    "tensorflow.compat.v1.estimator.export": _EXPORT,
    "tensorflow.compat.v1.estimator.inputs": {"numpy_input_fn pandas_input_fn": INPUTS},
    **rows_keras.ESTIMATOR_ROWS,
    **rows_tpu.ESTIMATOR_ROWS,
}
