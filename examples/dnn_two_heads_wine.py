"""A DNNEstimator with two heads: one network tells a wine's cultivar and its proline content.

    python examples/dnn_two_heads_wine.py --output wine_heads

The output folder then holds the checkpoints and event files, and in export/ a SavedModel with a
signature for each head.
"""

import argparse
import json
from pathlib import Path

import tensorflow as tf
from wine_data import CULTIVARS, load_splits

import estimator_heads as estimator  # was: from tensorflow import estimator

BATCH_SIZE = 32


def columns(features):
    """The measurements, each with mean 0 and variance 1 over the training wines."""

    def standardized(name):
        mean, deviation = features[name].mean(), features[name].std()
        return tf.feature_column.numeric_column(
            name, normalizer_fn=lambda value: (value - mean) / deviation
        )

    return [standardized(name) for name in sorted(features)]


def input_fn(split, training):
    """A dataset of features and of labels by head."""
    labels = {name: split.labels[name] for name in ("cultivar", "proline")}
    data = tf.data.Dataset.from_tensor_slices((split.features, labels))
    if training:
        data = data.shuffle(len(labels["cultivar"]), seed=1).repeat()
    return data.batch(BATCH_SIZE)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--steps", type=int, default=200, help="training steps")
    parser.add_argument("--output", type=Path, default=Path("wine_heads"), help="where to write")
    arguments = parser.parse_args()

    train, test = load_splits(seed=1)
    head = estimator.MultiHead(
        [
            estimator.MultiClassHead(len(CULTIVARS), label_vocabulary=CULTIVARS, name="cultivar"),
            estimator.RegressionHead(name="proline"),
        ],
        head_weights=[1.0, 2.0],
    )
    model = estimator.DNNEstimator(
        head,
        hidden_units=[16, 8],
        feature_columns=columns(train.features),
        optimizer="Adam",
        model_dir=str(arguments.output / "model"),
        config=estimator.RunConfig(tf_random_seed=1),
    )
    model.train(lambda: input_fn(train, training=True), max_steps=arguments.steps)

    metrics = model.evaluate(lambda: input_fn(test, training=False))
    print(json.dumps({name: float(value) for name, value in sorted(metrics.items())}, indent=1))

    spec = {name: tf.io.FixedLenFeature([], tf.float32) for name in train.features}
    receiver_fn = estimator.export.build_parsing_serving_input_receiver_fn(spec)
    export = model.export_saved_model(str(arguments.output / "export"), receiver_fn)
    print(*sorted(tf.saved_model.load(export.decode()).signatures))


if __name__ == "__main__":
    main()
