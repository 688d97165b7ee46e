"""An export strategy that exports a model only if it is the best so far."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.experiment.export_strategies import make_export_strategy
from estimator_heads.compat.contrib.learn.experiment.export_strategy import ExportStrategy
from estimator_heads.estimator.storage import event_reading
from estimator_heads.types import Path

_LOSS = "loss"


class BestModelSelector:
    """Remembers the best evaluation.

    Args:
        event_file_pattern: Glob pattern of the event files of earlier evaluations, to go on from;
            None to start over.
        compare_fn: Function of the best metrics and of others that returns whether the others are
            better. By default those with the smaller loss are.
    """

    def __init__(
        self,
        event_file_pattern: Path | None = None,
        compare_fn: Callable[[dict[str, Any], dict[str, Any]], bool] | None = None,
    ) -> None:
        self._compare_fn = compare_fn or _loss_is_smaller
        self._best_eval_result = self._best_of_events(event_file_pattern)

    def update(
        self, checkpoint_path: str | None, eval_result: dict[str, Any] | None
    ) -> tuple[str, dict[str, Any] | None]:
        """Compares an evaluation with the best one.

        Args:
            checkpoint_path: Path of the checkpoint that was evaluated.
            eval_result: Dict of its metrics.

        Returns:
            Both as a tuple if it is the best one so far, else ("", None).

        Raises:
            ValueError: If one is missing.
        """
        if not checkpoint_path or eval_result is None:
            raise ValueError(
                "Expected the path of a checkpoint and its metrics. Received: "
                f"checkpoint_path={checkpoint_path!r}, eval_result={eval_result!r}."
            )
        if self._best_eval_result is None or self._compare_fn(self._best_eval_result, eval_result):
            self._best_eval_result = eval_result
            return checkpoint_path, eval_result
        return "", None

    def _best_of_events(self, pattern):
        best = None
        if pattern:
            for _, recorded in event_reading.evaluations(*_folder_and_pattern(pattern)):
                if best is None or self._compare_fn(best, recorded):
                    best = recorded
        return best


def make_best_model_export_strategy(
    serving_input_fn: Callable[[], Any],
    exports_to_keep: int | None = 1,
    model_dir: Path | None = None,
    event_file_pattern: Path | None = None,
    compare_fn: Callable[[dict[str, Any], dict[str, Any]], bool] | None = None,
    default_output_alternative_key: str | None = None,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """An `ExportStrategy` that exports a model if its evaluation is the best so far.

    Args:
        serving_input_fn: As for `make_export_strategy`.
        exports_to_keep: How many exports of one checkpoint to keep; each has a folder of its own.
        model_dir: Folder of the Estimator, to go on from earlier evaluations.
        event_file_pattern: Glob pattern, relative to `model_dir`, of their event files.
        compare_fn: As for `BestModelSelector`.
        default_output_alternative_key: As for `make_export_strategy`.
        strip_default_attrs: As for `make_export_strategy`.

    Returns:
        An `ExportStrategy`. Its exports return an empty text where there is none.
    """
    strategy = make_export_strategy(
        serving_input_fn,
        exports_to_keep=exports_to_keep,
        default_output_alternative_key=default_output_alternative_key,
        strip_default_attrs=strip_default_attrs,
    )
    pattern = None
    if model_dir and event_file_pattern:
        pattern = os.path.join(model_dir, event_file_pattern)
    selector = BestModelSelector(pattern, compare_fn)

    def export_fn(estimator, export_dir_base, checkpoint_path, eval_result=None):
        checkpoint_path = checkpoint_path or tf.train.latest_checkpoint(estimator.model_dir)
        checkpoint_path, eval_result = selector.update(checkpoint_path, eval_result)
        if not checkpoint_path:
            return ""
        folder = os.path.join(
            tf.compat.as_bytes(export_dir_base),
            tf.compat.as_bytes(os.path.basename(checkpoint_path)),
        )
        return strategy.export(estimator, folder, checkpoint_path, eval_result)

    return ExportStrategy("best_model", export_fn)


def _folder_and_pattern(pattern):
    """The folder above the first part of a path that has a wildcard, and the rest."""
    folder, rest = os.path.split(pattern)
    while set("*?[") & set(folder):
        folder, last = os.path.split(folder)
        rest = os.path.join(last, rest)
    return folder, rest


def _loss_is_smaller(best, other):
    for name, metrics in (("best", best), ("other", other)):
        if not metrics or _LOSS not in metrics:
            raise ValueError(
                f"The {name} evaluation has no loss to compare. Expected a dict with the key "
                f"{_LOSS!r}, or a `compare_fn` for other metrics. Received: {metrics!r}."
            )
    return best[_LOSS] > other[_LOSS]
