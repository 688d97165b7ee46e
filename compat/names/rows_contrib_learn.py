"""Rows of `tf.contrib.learn` and of `tf.contrib.estimator`.

See `table.py` for what rows are. A key may hold several names.
"""

from collections.abc import Mapping

from estimator_heads.compat.names import (
    rows_contrib_learn_estimators,
    rows_contrib_learn_experiment,
    rows_contrib_learn_inputs,
    rows_sources,
)
from estimator_heads.compat.names.kinds import Entry, Outside, Served
from estimator_heads.compat.names.rows_contrib_learn_experiment import WAS_INTERNAL
from estimator_heads.compat.names.rows_estimator import (
    BOOSTED_TREES,
    CALL_LOGIT_FN,
    CANNED_V1,
    EARLY_STOPPING,
    EARLY_STOPPING_HOOKS,
    EXTENDERS,
    FROM_TENSORFLOW,
    IN_MEMORY_EVALUATOR,
    INTERNAL,
    LOGIT_FNS,
    SAVED_MODEL_ESTIMATOR,
    SESSION_HOOKS,
    SESSION_RUN,
    SOURCES_PATH,
    SUPERVISED_RECEIVERS,
)

# `tf.contrib.learn` re-exported nearly everything below `learn.python.learn`.
ALIASES = {
    "tensorflow.contrib.learn.python.learn": "tensorflow.contrib.learn",
    "tensorflow.contrib.learn.learn_io": "tensorflow.contrib.learn.io",
    "tensorflow.contrib.learn.learn_runner_lib": "tensorflow.contrib.learn.learn_runner",
    "tensorflow_estimator.contrib.estimator": "tensorflow.contrib.estimator",
}

LEARN_HEADS = Served("estimator_heads.compat.contrib.learn.heads.factories:*")
LEARN_KEYS = Served("estimator_heads.compat.contrib.learn.keys:*")
LEARN_MODEL_FN = Served("estimator_heads.compat.contrib.learn.model_fn:*")
METRIC_SPEC = Served("estimator_heads.compat.contrib.learn.metric_spec:*")
INPUT_FN_OPS = Served("estimator_heads.compat.contrib.learn.input_fn_utils:*")

GRAPH_ACTIONS = Outside("it was deprecated before TF 1.0", "tf.compat.v1.train.MonitoredSession")
OLD_MODELS = Outside("it was deprecated before TF 1.0", "a model_fn that uses a head")
STRAY = Outside(
    "the original module imported it for internal use; it was not part of the API",
    "Python's own `*`",
)
STRAY_DECORATOR = Outside(
    "the original module imported it for internal use; it was not part of the API", "warnings.warn"
)
FUTURE = {"absolute_import division print_function": STRAY, "deprecated": STRAY_DECORATOR}

_LEARN_HEAD_NAMES = (
    "binary_svm_head multi_class_head multi_head multi_label_head no_op_train_fn "
    "poisson_regression_head regression_head"
)
_LEARN_HEAD_ALIASES = (
    "_Head _SingleHead _RegressionHead _BinaryLogisticHead _BinarySvmHead _MultiClassHead "
    "_MultiLabelHead _LossOnlyHead _MultiHead _regression_head _poisson_regression_head "
    "_multi_class_head _binary_svm_head _multi_label_head _multi_head"
)
COLUMN_OPS = Served("estimator_heads.compat.contrib.layers.column_ops:*")
_INFER_COLUMNS = "infer_real_valued_columns_from_input infer_real_valued_columns_from_input_fn"
_LEARN: dict[str, Mapping[str, Entry]] = {
    "": {
        f"Head {_LEARN_HEAD_NAMES}": LEARN_HEADS,
        "ModeKeys ModelFnOps": LEARN_MODEL_FN,
        "PredictionKey ProblemType": LEARN_KEYS,
        "MetricSpec": METRIC_SPEC,
        _INFER_COLUMNS: COLUMN_OPS,
        "InputFnOps build_parsing_serving_input_fn": INPUT_FN_OPS,
        "NanLossDuringTrainingError": FROM_TENSORFLOW,
        "evaluate infer run_feeds run_n train": GRAPH_ACTIONS,
        "graph_actions": GRAPH_ACTIONS,
        "models ops": OLD_MODELS,
    },
    "basic_session_run_hooks": {SESSION_HOOKS: FROM_TENSORFLOW},
    "estimators": {
        f"Head loss_only_head {_LEARN_HEAD_NAMES}": LEARN_HEADS,
        "ModeKeys ModelFnOps": LEARN_MODEL_FN,
        "MetricKey PredictionKey ProblemType": LEARN_KEYS,
        _INFER_COLUMNS: COLUMN_OPS,
    },
    "estimators.constants": {
        "ProblemType COLLECTION_DEF_KEY_FOR_INPUT_FEATURE_KEYS": LEARN_KEYS,
    },
    "estimators.estimator": {_INFER_COLUMNS: COLUMN_OPS},
    "estimators.head": {
        f"Head {_LEARN_HEAD_NAMES} loss_only_head {_LEARN_HEAD_ALIASES}": LEARN_HEADS,
        "*": WAS_INTERNAL,
    },
    "estimators.metric_key": {"MetricKey": LEARN_KEYS},
    "estimators.model_fn": {"ModeKeys ModelFnOps": LEARN_MODEL_FN},
    "estimators.prediction_key": {"PredictionKey": LEARN_KEYS},
    "metric_spec": {"MetricSpec": METRIC_SPEC},
    "monitored_session": {
        "ChiefSessionCreator MonitoredSession Scaffold SessionCreator "
        "WorkerSessionCreator": FROM_TENSORFLOW
    },
    "session_run_hook": {SESSION_RUN: FROM_TENSORFLOW},
    "utils": {
        "InputFnOps build_default_serving_input_fn build_parsing_serving_input_fn": INPUT_FN_OPS,
    },
    "utils.export": FUTURE,
    "utils.input_fn_utils": {
        "InputFnOps build_default_serving_input_fn build_parsing_serving_input_fn": INPUT_FN_OPS,
        **FUTURE,
    },
    "utils.saved_model_export_utils": FUTURE,
}

CONTRIB_HEADS = (
    "binary_classification_head logistic_regression_head multi_class_head multi_label_head "
    "poisson_regression_head regression_head"
)
_CANNED_HEAD = Served("estimator_heads.compat.sources.canned_head:*")
_CANNED_PARTS = Served("estimator_heads.compat.sources.canned_parts:*")
_TF1_HEADS = Served("estimator_heads.compat.contrib.estimator:*")
_FORWARD_FEATURES = Served("estimator_heads.compat.contrib.estimator.forward_features:*")
_CLIP_GRADIENTS = Served("estimator_heads.compat.contrib.estimator.gradient_clipping:*")
_EXPORTS = Served("estimator_heads.compat.contrib.estimator.exports:*")
_RNN = Served("estimator_heads.compat.contrib.estimator.rnn:*")
_REPLICATE = Served("estimator_heads.compat.contrib.estimator.replicate_model_fn:*")
_LAYER_ANNOTATIONS = Outside(
    "TensorFlow no longer has the collections that they wrote to", "tf.estimator's DNN estimators"
)

_ESTIMATOR: dict[str, Mapping[str, Entry]] = {
    "": {
        f"multi_head {CONTRIB_HEADS}": _TF1_HEADS,
        # Older releases had these here; TF 1.15 has them in tf.estimator.
        "Head": Served("estimator_heads:*"),
        "DNNEstimator DNNLinearCombinedEstimator LinearEstimator": CANNED_V1,
        EARLY_STOPPING: EARLY_STOPPING_HOOKS,
        "InMemoryEvaluatorHook": IN_MEMORY_EVALUATOR,
        "add_metrics": EXTENDERS,
        "forward_features": _FORWARD_FEATURES,
        "clip_gradients_by_norm": _CLIP_GRADIENTS,
        "call_logit_fn": CALL_LOGIT_FN,
        "dnn_logit_fn_builder linear_logit_fn_builder": LOGIT_FNS,
        "build_raw_supervised_input_receiver_fn": Served("estimator_heads.export.receivers:*"),
        "build_supervised_input_receiver_fn_from_input_fn": SUPERVISED_RECEIVERS,
        "export_all_saved_models export_saved_model_for_mode": _EXPORTS,
        "RNNClassifier RNNEstimator": _RNN,
        "SavedModelEstimator": SAVED_MODEL_ESTIMATOR,
        "TowerOptimizer replicate_model_fn": _REPLICATE,
        "DNNClassifierWithLayerAnnotations DNNRegressorWithLayerAnnotations": _LAYER_ANNOTATIONS,
        "boosted_trees_classifier_train_in_memory "
        "boosted_trees_regressor_train_in_memory": BOOSTED_TREES,
    },
    "python.estimator": {},
    "python.estimator.boosted_trees": {"*": BOOSTED_TREES},
    "python.estimator.dnn_with_layer_annotations": {"*": _LAYER_ANNOTATIONS},
    "python.estimator.early_stopping": rows_sources.ROWS[f"{SOURCES_PATH}.early_stopping"],
    "python.estimator.export": {"export_all_saved_models export_saved_model_for_mode": _EXPORTS},
    "python.estimator.exporter": {
        "DEFAULT_GLOBAL_STEP_KEY": Served("tensorflow:compat.v1.GraphKeys.GLOBAL_STEP"),
        "StepsExporter": _EXPORTS,
    },
    "python.estimator.extenders": {
        **rows_sources.ROWS[f"{SOURCES_PATH}.extenders"],
        "forward_features": _FORWARD_FEATURES,
        "_TransformGradients clip_gradients_by_norm": _CLIP_GRADIENTS,
    },
    "python.estimator.head": {
        CONTRIB_HEADS: _TF1_HEADS,
        "_DEFAULT_SERVING_KEY": _CANNED_HEAD,
        "_MultiLabelHead": Served("estimator_heads.compat.estimator_v1.single_task:*"),
    },
    "python.estimator.hooks": {"InMemoryEvaluatorHook": IN_MEMORY_EVALUATOR},
    "python.estimator.logit_fns": {
        "call_logit_fn": CALL_LOGIT_FN,
        "dnn_logit_fn_builder linear_logit_fn_builder": LOGIT_FNS,
    },
    "python.estimator.multi_head": {
        "multi_head": _TF1_HEADS,
        "_MultiHead": Served("estimator_heads.compat.estimator_v1.multi:MultiHead"),
        "_DEFAULT_SERVING_KEY": _CANNED_HEAD,
        "_default_export_output _no_op_train_fn": _CANNED_PARTS,
        "_merge_losses": Served("estimator_heads.heads.merging:merged_loss"),
    },
    "python.estimator.replicate_model_fn": {
        "TowerOptimizer replicate_model_fn _VariableDistributionMode _get_local_devices "
        "_replicate_model_fn_with_mode": _REPLICATE,
        "*": INTERNAL,
    },
    "python.estimator.rnn": {
        "RNNClassifier RNNEstimator _DEFAULT_CLIP_NORM _DEFAULT_LEARNING_RATE _rnn_model_fn": _RNN,
        "USE_DEFAULT _CELL_TYPES _assert_rnn_cell_fn _concatenate_context_input _make_rnn_cell_fn "
        "_rnn_logit_fn_builder _select_last_activations _single_rnn_cell": Served(
            "estimator_heads.compat.contrib.estimator.rnn_logits:*"
        ),
    },
    "python.estimator.saved_model_estimator": {"*": SAVED_MODEL_ESTIMATOR},
}

for _more in (
    rows_contrib_learn_estimators,
    rows_contrib_learn_experiment,
    rows_contrib_learn_inputs,
):
    for _module, _rows in _more.ROWS.items():
        _LEARN[_module] = {**_LEARN.get(_module, {}), **_rows}

ROWS = {
    f"tensorflow.contrib.{package}.{module}".rstrip("."): rows
    for package, modules in {"learn": _LEARN, "estimator": _ESTIMATOR}.items()
    for module, rows in modules.items()
}
