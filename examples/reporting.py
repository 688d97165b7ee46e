"""How the example shows its results: a progress bar, two tables and a plot."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import tensorflow as tf
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter
from rich.table import Table
from tqdm import tqdm

TOTAL_LOSS = "loss"
HEAD_TITLES = {
    "cultivar": "Cultivar (3 classes)",
    "high_alcohol": "Alcohol above 13 %",
    "proline": "Proline (g/L)",
}
TRAIN_COLOUR, TEST_COLOUR = "#9aa5b1", "#d1495b"


class ProgressBar(tf.compat.v1.train.SessionRunHook):
    """Advances a tqdm bar with each training step and shows the training loss."""

    def __init__(self, bar: tqdm):
        self._bar = bar

    def begin(self):
        # The Estimator puts the training loss into this collection.
        self._loss = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.LOSSES)[-1]

    def before_run(self, run_context):
        return tf.compat.v1.train.SessionRunArgs(self._loss)

    def after_run(self, run_context, run_values):
        self._bar.set_postfix(loss=f"{run_values.results:.3f}", refresh=False)
        self._bar.update()


def metrics_table(metrics: Mapping[str, Mapping[str, float]]) -> Table:
    """The metrics of `Estimator.evaluate`, one per row, grouped by head.

    Args:
        metrics: The metrics of each split, {"train": {...}, "test": {...}}.
    """
    table = Table(title="Metrics of Estimator.evaluate")
    table.add_column("Head")
    table.add_column("Metric")
    for split in metrics:
        table.add_column(split, justify="right")
    names = next(iter(metrics.values()))
    for head in HEAD_TITLES:
        for name in sorted(name for name in names if name.endswith(f"/{head}")):
            values = (f"{split[name]:.4f}" for split in metrics.values())
            table.add_row(head, name.removesuffix(f"/{head}"), *values)
        table.add_section()
    table.add_row("all", TOTAL_LOSS, *(f"{split[TOTAL_LOSS]:.4f}" for split in metrics.values()))
    return table


def predictions_table(predictions: Iterable[Mapping], labels: Mapping, rows: int) -> Table:
    """The first `rows` predictions of `Estimator.predict` next to the true values."""
    table = Table(title="Some predictions of Estimator.predict")
    for column in ("cultivar", "P(alcohol > 13 %)", "proline, g/L"):
        table.add_column(column)
        table.add_column("true", style="dim")
    for row, prediction in zip(range(rows), predictions, strict=False):
        table.add_row(
            f"{prediction['cultivar', 'classes'][0].decode()} "
            f"({prediction['cultivar', 'probabilities'].max():.2f})",
            labels["cultivar"][row],
            f"{prediction['high_alcohol', 'logistic'][0]:.2f}",
            "yes" if labels["high_alcohol"][row] else "no",
            f"{prediction['proline', 'predictions'][0]:.2f}",
            f"{labels['proline'][row]:.2f}",
        )
    return table


def draw_loss_curves(model_dir: Path, picture: Path) -> Path:
    """Plots the losses that training and evaluation wrote to their event files.

    Args:
        model_dir: The Estimator's `model_dir`; evaluation writes to `model_dir/eval`.
        picture: The PNG file to write.

    Returns:
        `picture`.
    """
    titles = {TOTAL_LOSS: "Total loss, with regularisation"}
    titles.update({f"{TOTAL_LOSS}/{head}": title for head, title in HEAD_TITLES.items()})
    train, test = read_scalars(model_dir), read_scalars(model_dir / "eval")

    figure = Figure(figsize=(8, 5.2), layout="constrained")  # not pyplot, so no screen is needed
    axes = figure.subplots(2, 2, sharex=True)
    for axis, (tag, title) in zip(axes.flat, titles.items(), strict=True):
        axis.plot(*train[tag], color=TRAIN_COLOUR, linewidth=1.2, label="training batch")
        axis.plot(*test[tag], color=TEST_COLOUR, marker="o", markersize=4, label="test wines")
        axis.set_title(title, fontsize=11, loc="left")
        axis.set_yscale("log")
        axis.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axis.yaxis.set_minor_locator(NullLocator())
        axis.grid(alpha=0.25)
        axis.spines[["top", "right"]].set_visible(False)
    for axis in axes[-1]:
        axis.set_xlabel("Training step")
    for axis in axes[:, 0]:
        axis.set_ylabel("Loss")
    axes[0, 0].legend(frameon=False)
    figure.suptitle("One network, three heads: 178 wines", fontsize=13, fontweight="bold")
    figure.savefig(picture, dpi=100)
    return picture


def read_scalars(event_dir: Path) -> dict[str, tuple[tuple[int, ...], tuple[float, ...]]]:
    """Returns {summary tag: (steps, values)} of the event files in a folder."""
    points: dict[str, list[tuple[int, float]]] = {}
    for path in sorted(event_dir.glob("events.out.tfevents.*")):
        for event in tf.compat.v1.train.summary_iterator(str(path)):
            for value in event.summary.value:
                if value.HasField("simple_value"):
                    points.setdefault(value.tag, []).append((event.step, value.simple_value))
    return {tag: tuple(zip(*sorted(pairs), strict=True)) for tag, pairs in points.items()}
