"""Rows of Keras models as Estimators, in `tf.keras.estimator` and in the sources behind it.

See `table.py` for what rows are; `rows_estimator.py` has the other rows of the same modules.
"""

from estimator_heads.compat.names.kinds import Outside, Served

_SOURCES_PATH = "tensorflow_estimator.python.estimator"
_KERAS_LIB = Served("estimator_heads.compat.sources.keras_lib:*")

# From legacy modules to their rows.
ROWS = {
    "tensorflow.keras.estimator": {"model_to_estimator": Served("estimator_heads.keras:*")},
    "tensorflow.compat.v1.keras.estimator": {
        "model_to_estimator": Served("estimator_heads.compat.tf1.keras_estimator:*")
    },
    f"{_SOURCES_PATH}.estimator_lib": {"model_to_estimator": _KERAS_LIB},
    f"{_SOURCES_PATH}.keras_lib": {
        "model_to_estimator FormattedKeyError standardize_sample_weights _clone_and_build_model "
        "_convert_keras_metrics_to_estimator _create_keras_model_fn "
        "_extract_sample_weight_tensors": _KERAS_LIB,
        "*": Outside("it was internal to the original", "model_to_estimator"),
    },
}
