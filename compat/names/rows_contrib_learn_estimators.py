"""Rows of the Estimator of `tf.contrib.learn`, and of what surrounds it.

See `table.py` for what rows are; `rows_contrib_learn.py` has the other rows of the same modules.
"""

from estimator_heads.compat.names.kinds import Outside, Served
from estimator_heads.compat.names.rows_estimator import INTERNAL

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
_PANDAS = Served(f"{_PACKAGE}.io.pandas_values:*")

_PANDAS_NAMES = "extract_pandas_data extract_pandas_labels extract_pandas_matrix"
_CONFIGS = {"ClusterConfig Environment TaskType": _CLUSTER_CONFIG, "RunConfig": _RUN_CONFIG}

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
    },
    "estimators": {
        "Estimator": _ESTIMATOR,
        "BaseEstimator": _BASE_ESTIMATOR,
        "GraphRewriteSpec": _GRAPH_REWRITE_SPEC,
        "SKCompat": _SK_COMPAT,
        "NotFittedError": _SKLEARN,
        **_CONFIGS,
    },
    "estimators._sklearn": {
        "BaseEstimator NotFittedError": _SKLEARN,
        "*": _SKLEARN_HELPERS,
    },
    "estimators.estimator": {
        "Estimator": _ESTIMATOR,
        "BaseEstimator": _BASE_ESTIMATOR,
        "GraphRewriteSpec": _GRAPH_REWRITE_SPEC,
        "SKCompat": _SK_COMPAT,
        "_get_replica_device_setter": Served(
            f"{_PACKAGE}.estimators.devices:replica_device_setter"
        ),
        "*": INTERNAL,
    },
    "estimators.run_config": _CONFIGS,
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
