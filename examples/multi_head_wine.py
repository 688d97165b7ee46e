"""Three heads on one network: train, evaluate, predict, export, and query the export.

A wine's cultivar, whether it is strong, and its proline content are learned together from its other
measurements, by a `model_fn` written as for `tf.estimator`. The program differs from its version
for TensorFlow 2.15 in two imports only (both are marked below).

    python examples/multi_head_wine.py --steps 500 --output wine

The output folder then holds the checkpoints and event files (model/), the SavedModel (export/),
metrics.json and loss.png.
"""

import argparse
import functools
import json
import time
from pathlib import Path

import tensorflow as tf
import tf_keras as keras  # was: from tensorflow import keras
from reporting import ProgressBar, draw_loss_curves, metrics_table, predictions_table
from rich.console import Console
from tqdm import tqdm
from wine_data import CULTIVARS, Split, load_splits

import estimator_heads as estimator  # was: from tensorflow import estimator

BATCH_SIZE = 32
EVALUATIONS = 10  # how many times training pauses to evaluate


def model_fn(features, labels, mode, params):
    """A hidden layer shared by three heads."""
    inputs = tf.compat.v1.feature_column.input_layer(features, params["feature_columns"])
    hidden_layer = keras.layers.Dense(
        params["hidden_units"],
        activation="relu",
        kernel_regularizer=keras.regularizers.L2(params["l2"]),
    )
    hidden = hidden_layer(inputs)

    heads = [
        estimator.MultiClassHead(3, label_vocabulary=CULTIVARS, name="cultivar"),
        estimator.BinaryClassHead(name="high_alcohol"),
        estimator.RegressionHead(name="proline"),
    ]
    logits = {head.name: keras.layers.Dense(head.logits_dimension)(hidden) for head in heads}

    def train_op_fn(loss):
        optimizer = tf.compat.v1.train.AdamOptimizer(params["learning_rate"])
        return optimizer.minimize(loss, global_step=tf.compat.v1.train.get_global_step())

    return estimator.MultiHead(heads).create_estimator_spec(
        features=features,
        mode=mode,
        logits=logits,
        labels=labels,
        train_op_fn=train_op_fn,
        regularization_losses=hidden_layer.losses,
    )


def train_input_fn(split: Split, seed: int) -> tf.data.Dataset:
    """Endless shuffled batches; labels are keyed by the heads' names."""
    wines = tf.data.Dataset.from_tensor_slices((split.features, split.labels))
    return wines.shuffle(1000, seed=seed).repeat().batch(BATCH_SIZE)


def eval_input_fn(split: Split) -> tf.data.Dataset:
    """All wines once, in order, in one batch."""
    return tf.data.Dataset.from_tensors((split.features, split.labels))


def numeric_columns(split: Split) -> list:
    """One column per measurement, standardised in the graph, so the export takes raw values."""

    def standardise(mean, std, values):
        return (values - mean) / std

    return [
        tf.feature_column.numeric_column(
            name, normalizer_fn=functools.partial(standardise, values.mean(), values.std())
        )
        for name, values in split.features.items()
    ]


def train_and_evaluate(wine_estimator, train: Split, test: Split, steps: int, seed: int) -> None:
    """Trains with a progress bar; the test loss is written to the event files along the way."""
    with tqdm(total=steps, desc="Training", unit="step") as bar:
        for part in range(1, EVALUATIONS + 1):
            wine_estimator.train(
                # Every call to train restarts its input: a different seed gives a different order.
                functools.partial(train_input_fn, train, seed + part),
                hooks=[ProgressBar(bar)],
                max_steps=steps * part // EVALUATIONS,
            )
            wine_estimator.evaluate(functools.partial(eval_input_fn, test))


def ask_export(path: str, split: Split) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
    """Loads the SavedModel and returns the outputs of two of its signatures for the wines.

    Returns:
        The scores of the first head, the one served by default, [wines, 3] float32; and
        the outputs of the merged `predict` signature, keyed "head/prediction key".
    """
    signatures = tf.saved_model.load(path).signatures
    examples = tf.constant(
        [
            tf.train.Example(
                features=tf.train.Features(
                    feature={
                        name: tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
                        for name, value in zip(split.features, row, strict=True)
                    }
                )
            ).SerializeToString()
            for row in zip(*split.features.values(), strict=True)
        ]
    )
    served = signatures["serving_default"](inputs=examples)
    return served["scores"], signatures["predict"](examples=examples)


def main() -> None:
    args = parse_arguments()
    console = Console()
    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)

    keras.utils.set_random_seed(args.seed)  # for the initial values of the layers

    train, test = load_splits(args.seed)
    feature_columns = numeric_columns(train)
    wine_estimator = estimator.Estimator(
        model_fn,
        model_dir=str(args.output / "model"),
        config=estimator.RunConfig(
            tf_random_seed=args.seed, save_summary_steps=10, log_step_count_steps=None
        ),
        params={
            "feature_columns": feature_columns,
            "hidden_units": 16,
            "l2": 0.05,
            "learning_rate": 0.003,
        },
    )

    train_and_evaluate(wine_estimator, train, test, args.steps, args.seed)
    metrics = {
        "train": wine_estimator.evaluate(functools.partial(eval_input_fn, train), name="train"),
        "test": wine_estimator.evaluate(functools.partial(eval_input_fn, test)),
    }
    console.print(metrics_table(metrics))

    predictions = list(wine_estimator.predict(functools.partial(eval_input_fn, test)))
    console.print(predictions_table(predictions, test.labels, rows=5))

    feature_spec = tf.feature_column.make_parse_example_spec(feature_columns)
    export_path = wine_estimator.export_saved_model(
        str(args.output / "export"),
        estimator.export.build_parsing_serving_input_receiver_fn(feature_spec),
    ).decode()
    scores, outputs = ask_export(export_path, test)
    difference = max(
        abs(scores[row] - prediction["cultivar", "probabilities"]).numpy().max()
        for row, prediction in enumerate(predictions)
    )
    console.print(
        f"For {len(scores)} test wines, the export returns {len(outputs)} outputs; its "
        f"probabilities differ from Estimator.predict's by at most {difference:.1g}."
    )

    metrics_path = args.output / "metrics.json"
    metrics_path.write_text(json.dumps(metrics, indent=2, default=float) + "\n")
    picture = draw_loss_curves(args.output / "model", args.output / "loss.png")
    console.print(f"SavedModel: {export_path}\nMetrics:    {metrics_path}\nLoss curve: {picture}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=500, help="training steps (default: 500)")
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("demo-output") / time.strftime("%Y%m%d-%H%M%S"),
        help="new or empty folder to write to (default: demo-output/<time>)",
    )
    parser.add_argument(
        "--seed", type=int, default=7, help="seed for the split, shuffling and initial values"
    )
    args = parser.parse_args()
    if args.steps < EVALUATIONS:
        parser.error(f"--steps must be at least {EVALUATIONS}. Received: {args.steps}")
    if args.output.exists() and any(args.output.iterdir()):
        parser.error(f"--output must be a new or empty folder. Received: {args.output}")
    return args


if __name__ == "__main__":
    main()
