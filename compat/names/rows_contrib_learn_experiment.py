"""Rows of the Experiment of `tf.contrib.learn`, its runner, its exports and monitors.

See `table.py` for what rows are; `rows_contrib_learn.py` has the other rows of the same modules.
"""

from estimator_heads.compat.names.kinds import Outside, Served
from estimator_heads.compat.names.rows_estimator import FROM_TENSORFLOW

_LEARN = "estimator_heads.compat.contrib.learn"
_EXPERIMENT = Served(f"{_LEARN}.experiment.experiment:*")
_RUNNER = Served(f"{_LEARN}.experiment.learn_runner:*")
_EXPORT_STRATEGY = Served(f"{_LEARN}.experiment.export_strategy:*")
_EXPORT_STRATEGIES = Served(f"{_LEARN}.experiment.export_strategies:*")
_BEST_MODEL = Served(f"{_LEARN}.experiment.best_model:*")
_EXPORT_UTILS = Served(f"{_LEARN}.experiment.saved_model_export_utils:*")
_EXPORT_FOLDERS = Served("estimator_heads.export.saved_model:*")
_EXPORT_GARBAGE = Served("estimator_heads.estimator.schedule.export_garbage:*")
_MONITORS = f"{_LEARN}.monitors"
WAS_INTERNAL = Outside("it was internal to the original", "the public names of its module")
_WRITERS = "tensorflow:compat.v1.summary.FileWriterCache"

# From modules of `tensorflow.contrib.learn` to their rows.
ROWS = {
    "": {
        "Experiment": _EXPERIMENT,
        "ExportStrategy": _EXPORT_STRATEGY,
        "make_export_strategy": _EXPORT_STRATEGIES,
    },
    "experiment": {
        "Experiment": _EXPERIMENT,
        "_EvalAndExportListener": Served(
            f"{_LEARN}.experiment.checkpoint_listener:EvaluateAndExportListener"
        ),
        "*": WAS_INTERNAL,
    },
    "export_strategy": {"ExportStrategy": _EXPORT_STRATEGY},
    "learn_runner": {
        "run tune _execute_schedule _get_default_schedule _is_distributed": _RUNNER,
        "*": WAS_INTERNAL,
    },
    "monitors": {
        "BaseMonitor EveryN": Served(f"{_MONITORS}.base:*"),
        "CaptureVariable LoggingTrainable PrintTensor StepCounter SummarySaver "
        "get_default_monitors": Served(f"{_MONITORS}.recording:*"),
        "GraphDump": Served(f"{_MONITORS}.graph_dump:*"),
        "NanLoss StopAtStep": Served(f"{_MONITORS}.stopping:*"),
        "ValidationMonitor": Served(f"{_MONITORS}.validation:*"),
        "CheckpointSaver ExportMonitor": Served(f"{_MONITORS}.saving:*"),
        "RunHookAdapterForMonitors replace_monitors_with_hooks": Served(f"{_MONITORS}.adapter:*"),
        "NanLossDuringTrainingError": FROM_TENSORFLOW,
        "Summary SessionLog": Served("tensorflow:compat.v1.*"),
        "*": WAS_INTERNAL,
    },
    "summary_writer_cache": {
        "SummaryWriterCache": Served(_WRITERS),
        "clear_summary_writers": Served(f"{_WRITERS}.clear"),
        "get_summary_writer": Served(f"{_WRITERS}.get"),
    },
    "utils": {"make_export_strategy": _EXPORT_STRATEGIES},
    "utils.gc": {
        "Path get_paths largest_export_versions mod_export_version negation "
        "one_of_every_n_export_versions union": _EXPORT_GARBAGE,
    },
    "utils.saved_model_export_utils": {
        "extend_export_strategy make_export_strategy "
        "make_parsing_export_strategy": _EXPORT_STRATEGIES,
        "BestModelSelector make_best_model_export_strategy": _BEST_MODEL,
        "get_temp_export_dir get_timestamped_export_dir": _EXPORT_FOLDERS,
        "DEFAULT_INPUT_ALTERNATIVE_KEY FEATURES_INPUT_ALTERNATIVE_KEY "
        "MAX_DIRECTORY_CREATION_ATTEMPTS build_all_signature_defs build_standardized_signature_def "
        "garbage_collect_exports get_input_alternatives get_most_recent_export "
        "get_output_alternatives": _EXPORT_UTILS,
    },
}
