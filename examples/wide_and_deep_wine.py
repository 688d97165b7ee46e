"""A wide and deep model on real data, with weights, early stopping and the best model exported.

Which of three cultivars a wine comes from is learned from its chemical measurements by a
DNNLinearCombinedClassifier: a linear model over buckets of measurements and their crosses (wide),
and a neural network over the measurements themselves (deep).

    python examples/wide_and_deep_wine.py --output wine

The output folder then holds the checkpoints and event files, with the best SavedModel in
model/export/best/. The same program for TensorFlow 1 is examples/legacy/wide_and_deep_wine.py.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import tensorflow as tf
from wine_data import CULTIVARS, load_splits

import estimator_heads as estimator  # was: from tensorflow import estimator

BATCH_SIZE = 32
DEEP = ("color_intensity", "flavanoids", "hue", "malic_acid", "total_phenols")
BUCKETS = {
    "color_intensity": [3.0, 4.0, 5.0, 6.0],
    "hue": [0.7, 0.9, 1.1],
    "flavanoids": [1.0, 2.0],
}


def wide_columns():
    """Buckets of three measurements, and the cross of two of them."""
    buckets = {
        name: tf.feature_column.bucketized_column(tf.feature_column.numeric_column(name), bounds)
        for name, bounds in BUCKETS.items()
    }
    cross = tf.feature_column.crossed_column([buckets["color_intensity"], buckets["hue"]], 20)
    return [*buckets.values(), cross]


def deep_columns(features):
    """The measurements, each with mean 0 and variance 1 over the training wines."""

    def standardized(name):
        mean, deviation = features[name].mean(), features[name].std()
        return tf.feature_column.numeric_column(
            name, normalizer_fn=lambda value: (value - mean) / deviation
        )

    return [standardized(name) for name in DEEP]


def weighted(split):
    """The features with a weight for each wine, so that each cultivar counts the same."""
    cultivars, counts = np.unique(split.labels["cultivar"], return_counts=True)
    weights = dict(zip(cultivars, (len(split.labels["cultivar"]) / 3 / counts), strict=True))
    weight = np.array([weights[cultivar] for cultivar in split.labels["cultivar"]], np.float32)
    return {**split.features, "weight": weight}


def input_fn(split, training):
    """A dataset of features and names of cultivars."""
    data = tf.data.Dataset.from_tensor_slices((weighted(split), split.labels["cultivar"]))
    if training:
        data = data.shuffle(len(split.labels["cultivar"]), seed=1).repeat()
    return data.batch(BATCH_SIZE)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--steps", type=int, default=400, help="steps to train at most")
    parser.add_argument("--output", type=Path, default=Path("wine"), help="folder to write to")
    arguments = parser.parse_args()

    train, test = load_splits(seed=1)
    model = estimator.DNNLinearCombinedClassifier(
        model_dir=str(arguments.output / "model"),
        linear_feature_columns=wide_columns(),
        dnn_feature_columns=deep_columns(train.features),
        dnn_hidden_units=[16, 8],
        dnn_optimizer="Adam",
        n_classes=len(CULTIVARS),
        label_vocabulary=CULTIVARS,
        weight_column="weight",
        config=estimator.RunConfig(tf_random_seed=1, save_checkpoints_steps=50),
    )
    early_stopping = estimator.experimental.stop_if_no_decrease_hook(
        model, "loss", max_steps_without_decrease=100, run_every_secs=None, run_every_steps=50
    )
    serving_spec = {
        name: tf.io.FixedLenFeature([], tf.float32) for name in {*DEEP, *BUCKETS, "weight"}
    }
    best = estimator.BestExporter(
        name="best",
        serving_input_receiver_fn=estimator.export.build_parsing_serving_input_receiver_fn(
            serving_spec
        ),
    )
    estimator.train_and_evaluate(
        model,
        estimator.TrainSpec(
            lambda: input_fn(train, training=True), arguments.steps, hooks=[early_stopping]
        ),
        estimator.EvalSpec(
            lambda: input_fn(test, training=False), steps=None, exporters=best, throttle_secs=0
        ),
    )

    metrics = model.evaluate(lambda: input_fn(test, training=False))
    print(json.dumps({name: float(value) for name, value in sorted(metrics.items())}, indent=1))
    predictions = model.predict(lambda: input_fn(test, training=False), predict_keys=["classes"])
    for cultivar, prediction in zip(test.labels["cultivar"][:5], predictions, strict=False):
        print(f"{cultivar}: predicted {prediction['classes'][0].decode()}")


if __name__ == "__main__":
    main()
