"""Rows of Keras models as Estimators, in `tf.keras.estimator` and in the sources behind it.

See `table.py` for what rows are.
"""

from estimator_heads.compat.names.kinds import Outside, Served

KERAS_LIB = Served("estimator_heads.compat.sources.keras_lib:*")

ESTIMATOR_ROWS = {
    "tensorflow.keras.estimator": {"model_to_estimator": Served("estimator_heads.keras:*")},
    "tensorflow.compat.v1.keras.estimator": {
        "model_to_estimator": Served("estimator_heads.compat.tf1.keras_estimator:*")
    },
}

# Those of the module `keras_lib` of the sources.
KERAS_LIB_ROWS = {
    "model_to_estimator FormattedKeyError standardize_sample_weights _clone_and_build_model "
    "_convert_keras_metrics_to_estimator _create_keras_model_fn "
    "_extract_sample_weight_tensors": KERAS_LIB,
    "*": Outside("it was internal to the original", "model_to_estimator"),
}
