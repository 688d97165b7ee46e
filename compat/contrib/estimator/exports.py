"""Exports of `tf.contrib.estimator` (TF 1.15): for one mode, for all, at given steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.estimator import Estimator
from estimator_heads.estimator.schedule.exporters import SavedModelExporter
from estimator_heads.estimator.storage import event_reading
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Path, ServingInputReceiverFn

_GLOBAL_STEP = tf.compat.v1.GraphKeys.GLOBAL_STEP


def export_saved_model_for_mode(
    estimator: Estimator,
    export_dir_base: Path,
    input_receiver_fn: ServingInputReceiverFn,
    assets_extra: Mapping[str, Path] | None = None,
    as_text: bool = False,
    checkpoint_path: Path | None = None,
    mode: str = ModeKeys.PREDICT,
) -> bytes:
    """Exports the graph of one mode; see `Estimator.export_saved_model`.

    Args:
        estimator: The `Estimator`.
        export_dir_base: Folder for the timestamped folders.
        input_receiver_fn: Function without arguments that returns an input receiver: for TRAIN and
            EVAL a `SupervisedInputReceiver`.
        assets_extra: As for `Estimator.export_saved_model`.
        as_text: As for `Estimator.export_saved_model`.
        checkpoint_path: As for `Estimator.export_saved_model`.
        mode: A `ModeKeys` value.

    Returns:
        The path of the new folder, as bytes.
    """
    return estimator.export_saved_model(
        export_dir_base,
        input_receiver_fn,
        assets_extra=assets_extra,
        as_text=as_text,
        checkpoint_path=checkpoint_path,
        experimental_mode=mode,
    )


def export_all_saved_models(
    estimator: Estimator,
    export_dir_base: Path,
    input_receiver_fn_map: Mapping[str, ServingInputReceiverFn],
    assets_extra: Mapping[str, Path] | None = None,
    as_text: bool = False,
    checkpoint_path: Path | None = None,
) -> bytes:
    """Exports the graphs of several modes with one set of variables.

    Args:
        estimator: The `Estimator`.
        export_dir_base: Folder for the timestamped folders.
        input_receiver_fn_map: Dict from `ModeKeys` to functions that return an input receiver.
        assets_extra: As for `Estimator.export_saved_model`.
        as_text: As for `Estimator.export_saved_model`.
        checkpoint_path: As for `Estimator.export_saved_model`.

    Returns:
        The path of the new folder, as bytes.
    """
    return estimator.experimental_export_all_saved_models(
        export_dir_base,
        input_receiver_fn_map,
        assets_extra=assets_extra,
        as_text=as_text,
        checkpoint_path=checkpoint_path,
    )


class StepsExporter(SavedModelExporter):
    """Exports the checkpoint evaluated at each of given steps, or the next one after it.

    With evaluations at the steps 5, 10, 15, ... and `steps_to_keep` [1, 3, 10, 12], the checkpoints
    of the steps 5 (for 1 and 3), 10 and 15 (for 12) are exported. Exports are never deleted. The
    class is `tf.contrib.estimator.python.estimator.exporter.StepsExporter`.

    Args:
        steps_to_keep: List of global steps. Anything but integers > 0 is ignored with a warning.
        name: Name of the folder for the exports.
        serving_input_receiver_fn: Function without arguments that returns a `ServingInputReceiver`.
        event_file_pattern: Glob pattern, relative to model_dir, of the event files of the
            evaluation, which tell a new process which steps are done. None: it starts over.
        assets_extra: As for `FinalExporter`.
        as_text: As for `FinalExporter`.

    Raises:
        ValueError: If there is no integer > 0 in `steps_to_keep`.
    """

    def __init__(
        self,
        steps_to_keep: Collection[int],
        name: str = "steps_exporter",
        serving_input_receiver_fn: ServingInputReceiverFn | None = None,
        event_file_pattern: str | None = "eval/*.tfevents.*",
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
    ) -> None:
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)
        self._steps_to_keep = sorted(
            step for step in steps_to_keep if isinstance(step, int) and step > 0
        )
        if not self._steps_to_keep:
            raise ValueError(
                "Invalid value for argument `steps_to_keep`. Expected a list with at least one "
                f"integer > 0. Received: steps_to_keep={steps_to_keep!r}."
            )
        if len(self._steps_to_keep) != len(steps_to_keep):
            tf.compat.v1.logging.warning(
                "Only the integers > 0 in steps_to_keep=%s are used.", steps_to_keep
            )
        self._event_file_pattern = event_file_pattern
        self._model_dir: str | None = None

    def export(
        self,
        estimator: Estimator,
        export_path: str,
        checkpoint_path: str,
        eval_result: dict[str, Any],
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the checkpoint if one of the steps is reached. See `Exporter.export`."""
        if not eval_result or _GLOBAL_STEP not in eval_result:
            raise ValueError(
                "Invalid value for argument `eval_result`. Expected a dict of metrics with the key "
                f"{_GLOBAL_STEP!r}. Received: eval_result={eval_result!r}."
            )
        step = eval_result[_GLOBAL_STEP]
        pattern = self._event_file_pattern
        if self._model_dir != estimator.model_dir and pattern:
            self._model_dir = estimator.model_dir
            self._forget_steps(_step_before(step, estimator.model_dir, pattern))
        if step < min(self._steps_to_keep, default=float("inf")):
            return None
        tf.compat.v1.logging.info("Exporting the model at step %d.", step)
        self._forget_steps(step)
        return super().export(
            estimator, export_path, checkpoint_path, eval_result, is_the_final_export
        )

    def _forget_steps(self, last):
        self._steps_to_keep = [step for step in self._steps_to_keep if step > last]


def _step_before(step, model_dir, event_file_pattern):
    """The last step of an earlier evaluation; the one at hand is recorded already."""
    evaluations = event_reading.evaluations(model_dir, event_file_pattern)
    recorded = (evaluated for evaluated, _ in evaluations)
    return max((evaluated for evaluated in recorded if evaluated < step), default=0)
