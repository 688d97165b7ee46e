"""A TensorFlow 1 program with tf.contrib.learn's DynamicRnnEstimator, which reads sequences.

python -m estimator_heads run examples/legacy/learn_dynamic_rnn.py
"""

import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib import layers, learn
from tensorflow.contrib.learn.python.learn.estimators import constants, rnn_common

tf.logging.set_verbosity(tf.logging.ERROR)

RANDOM = np.random.RandomState(5)
LENGTHS = np.array([6, 4, 6, 5, 3, 6, 6, 4], np.int32)
# A thermometer at each step, and in each room its own limit.
TEMPERATURES = RANDOM.uniform(15.0, 25.0, [8, 6, 1]).astype(np.float32)
LIMITS = np.where(np.arange(8) % 2, 21.0, 19.0).astype(np.float32).reshape([8, 1])
IS_WARM = (TEMPERATURES[:, :, 0] > LIMITS).astype(np.int64)
WARMEST = TEMPERATURES[:, :, 0].max(axis=1) / 10.0


def features():
    return {
        "temperature": tf.constant((TEMPERATURES - 20.0) / 5.0),
        "limit": tf.constant(LIMITS - 20.0),
        rnn_common.RNNKeys.SEQUENCE_LENGTH_KEY: tf.constant(LENGTHS),
    }


def estimator(folder, prediction_type, problem_type, **kwargs):
    return learn.DynamicRnnEstimator(
        prediction_type=prediction_type,
        problem_type=problem_type,
        sequence_feature_columns=[layers.real_valued_column("temperature")],
        context_feature_columns=[layers.real_valued_column("limit")],
        cell_type="gru",
        optimizer="Adam",
        learning_rate=0.05,
        model_dir=folder,
        config=learn.RunConfig(tf_random_seed=7),
        **kwargs
    )


def warm_steps(folder):
    """A class for each step."""
    model = estimator(
        folder,
        rnn_common.PredictionType.MULTIPLE_VALUE,
        constants.ProblemType.CLASSIFICATION,
        num_classes=2,
        num_units=[8],
        predict_probabilities=True,
    )

    def input_fn():
        return features(), tf.constant(IS_WARM)

    model.fit(input_fn=input_fn, steps=300)
    metrics = model.evaluate(input_fn=input_fn, steps=1)
    print(sorted(metrics), "accuracy %.2f" % metrics["accuracy"])
    for length, row in list(zip(LENGTHS, model.predict(input_fn=features)))[:3]:
        print(sorted(row), row["classes"][:length].tolist(), row["probabilities"].shape)
    for name in model.get_variable_names():
        print(name, list(np.shape(model.get_variable_value(name))))


def warmest(folder):
    """A number for each sequence."""
    model = estimator(
        folder,
        rnn_common.PredictionType.SINGLE_VALUE,
        constants.ProblemType.LINEAR_REGRESSION,
        num_units=8,
        dropout_keep_probabilities=[1.0, 1.0],
    )
    model.fit(input_fn=lambda: (features(), tf.constant(WARMEST)), steps=300)
    scores = [row["scores"] for row in model.predict(input_fn=features)]
    print("within %.1f degrees" % np.ceil(10 * np.abs(scores - WARMEST).max()))


if __name__ == "__main__":
    warm_steps(tempfile.mkdtemp())
    warmest(tempfile.mkdtemp())
