"""When and what `train_and_evaluate` exports: each checkpoint, the last one, or the best ones.

Reproduces `tf.estimator.Exporter`, `FinalExporter`, `LatestExporter` and `BestExporter`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.schedule import export_garbage
from estimator_heads.estimator.storage import event_reading
from estimator_heads.keys import MetricKeys
from estimator_heads.types import Path, ServingInputReceiverFn

_COMPARE_FN_ARGS = ("best_eval_result", "current_eval_result")


class Exporter:
    """What to do with a checkpoint that has been evaluated; the base class of all exporters.

    Subclass it, define `name` and `export`, and pass it to `EvalSpec(exporters=...)`.
    """

    @property
    def name(self) -> str:
        """Name of the folder for these exports, unique among the exporters of an `EvalSpec`."""
        raise NotImplementedError(f"{type(self).__name__} must define the property `name`.")

    def export(
        self,
        estimator: Estimator,
        export_path: str,
        checkpoint_path: str,
        eval_result: dict[str, Any],
        is_the_final_export: bool,
    ) -> str | bytes | None:
        """Exports a checkpoint, or decides not to.

        Args:
            estimator: The `Estimator`.
            export_path: Folder for the exports of this exporter, <model_dir>/export/<name>.
            checkpoint_path: Path of the checkpoint that was evaluated.
            eval_result: What `Estimator.evaluate` returned for it.
            is_the_final_export: Whether training has ended; always False if it has no `max_steps`.

        Returns:
            Path of the export, or None if there is none.
        """
        raise NotImplementedError(
            f"{type(self).__name__} must define export(estimator, export_path, checkpoint_path, "
            "eval_result, is_the_final_export)."
        )


class SavedModelExporter(Exporter):
    """Exports every checkpoint as a SavedModel; the exporters below choose among them.

    Args:
        name: As for `FinalExporter`.
        serving_input_receiver_fn: As for `FinalExporter`.
        assets_extra: As for `FinalExporter`.
        as_text: As for `FinalExporter`.
        exports_to_keep: As for `LatestExporter`.
    """

    def __init__(
        self,
        name: str,
        serving_input_receiver_fn: ServingInputReceiverFn | None,
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        exports_to_keep: int | None = None,
    ) -> None:
        if exports_to_keep is not None and not exports_to_keep > 0:
            raise ValueError(
                "Invalid value for argument `exports_to_keep`. Expected an integer > 0, or None to "
                f"keep all. Received: exports_to_keep={exports_to_keep!r}."
            )
        self._name = name
        self._serving_input_receiver_fn = serving_input_receiver_fn
        self._assets_extra = assets_extra
        self._as_text = as_text
        self._exports_to_keep = exports_to_keep

    @property
    def name(self) -> str:
        """Name of the folder for these exports."""
        return self._name

    def export(
        self,
        estimator: Estimator,
        export_path: str,
        checkpoint_path: str,
        eval_result: dict[str, Any],
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the checkpoint and deletes the oldest exports. See `Exporter.export`."""
        result = estimator.export_saved_model(
            export_path,
            cast(ServingInputReceiverFn, self._serving_input_receiver_fn),  # It refuses None.
            assets_extra=self._assets_extra,
            as_text=self._as_text,
            checkpoint_path=checkpoint_path,
        )
        self._garbage_collect_exports(export_path)
        return result

    def _garbage_collect_exports(self, export_dir_base):
        export_garbage.delete_old_exports(export_dir_base, self._exports_to_keep)


class FinalExporter(SavedModelExporter):
    """Exports the last checkpoint when training has ended.

    Args:
        name: Name of the folder for the export, unique among the exporters of an `EvalSpec`.
        serving_input_receiver_fn: Function without arguments that returns a `ServingInputReceiver`.
        assets_extra: Dict from a path within the folder assets.extra to the file to copy there.
        as_text: Whether to write saved_model.pbtxt instead of saved_model.pb.

    >>> import tensorflow as tf
    >>> from estimator_heads.export import build_parsing_serving_input_receiver_fn
    >>> feature_spec = {"age": tf.io.FixedLenFeature([1], tf.float32)}
    >>> exporter = FinalExporter("final", build_parsing_serving_input_receiver_fn(feature_spec))
    >>> exporter.name
    'final'
    """

    def __init__(
        self,
        name: str,
        serving_input_receiver_fn: ServingInputReceiverFn,
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
    ) -> None:
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)

    def export(
        self,
        estimator: Estimator,
        export_path: str,
        checkpoint_path: str,
        eval_result: dict[str, Any],
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the checkpoint if it is the last one. See `Exporter.export`."""
        if not is_the_final_export:
            return None
        tf.compat.v1.logging.info("Training has ended: exporting the model.")
        return super().export(
            estimator, export_path, checkpoint_path, eval_result, is_the_final_export
        )


class LatestExporter(SavedModelExporter):
    """Exports every checkpoint that is evaluated, and deletes older exports.

    Args:
        name: As for `FinalExporter`.
        serving_input_receiver_fn: As for `FinalExporter`.
        assets_extra: As for `FinalExporter`.
        as_text: As for `FinalExporter`.
        exports_to_keep: How many exports to keep, > 0; None keeps all. Only folders whose name is a
            timestamp are ever deleted.

    Raises:
        ValueError: If `exports_to_keep` is not > 0.
    """

    def __init__(
        self,
        name: str,
        serving_input_receiver_fn: ServingInputReceiverFn,
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        exports_to_keep: int | None = 5,
    ) -> None:
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text, exports_to_keep)


def loss_smaller(
    best_eval_result: Mapping[str, Any], current_eval_result: Mapping[str, Any]
) -> bool:
    """Whether the loss of the second result is smaller: how `BestExporter` compares by default.

    Args:
        best_eval_result: Dict from metric name to value, with "loss".
        current_eval_result: Another one.

    Returns:
        A bool.

    Raises:
        ValueError: If a result has no loss.
    """
    results = {"best_eval_result": best_eval_result, "current_eval_result": current_eval_result}
    for argument, result in results.items():
        if not result or MetricKeys.LOSS not in result:
            raise ValueError(
                f"Invalid value for argument `{argument}`. Expected a dict of metrics with the key "
                f"{MetricKeys.LOSS!r}. For another metric, give BestExporter a compare_fn. "
                f"Received: {argument}={result!r}."
            )
    return best_eval_result[MetricKeys.LOSS] > current_eval_result[MetricKeys.LOSS]


class BestExporter(SavedModelExporter):
    """Exports a checkpoint if its evaluation is the best so far, and deletes older exports.

    After a restart, it continues from the best evaluation in the event files: the first checkpoint
    of the new process is exported only if there is no export yet or no earlier evaluation is
    better.

    Args:
        name: As for `FinalExporter`.
        serving_input_receiver_fn: As for `FinalExporter`.
        event_file_pattern: Glob pattern, relative to model_dir, of the event files of the
            evaluation. For `EvalSpec(name="x")` they are "eval_x/*.tfevents.*". None: every process
            starts over.
        compare_fn: Function of `best_eval_result` and `current_eval_result`, dicts from metric name
            to value, that returns whether the second one is better. By default the one with the
            smaller loss is.
        assets_extra: As for `FinalExporter`.
        as_text: As for `FinalExporter`.
        exports_to_keep: As for `LatestExporter`.

    Raises:
        ValueError: If `compare_fn` has other arguments, or `exports_to_keep` is not > 0.

    >>> def auc_is_larger(best_eval_result, current_eval_result):
    ...     return current_eval_result["auc"] > best_eval_result["auc"]
    >>> exporter = BestExporter(compare_fn=auc_is_larger, exports_to_keep=1)
    >>> exporter.name
    'best_exporter'
    """

    def __init__(
        self,
        name: str = "best_exporter",
        serving_input_receiver_fn: ServingInputReceiverFn | None = None,
        event_file_pattern: str | None = "eval/*.tfevents.*",
        compare_fn: Callable[..., bool] = loss_smaller,
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        exports_to_keep: int | None = 5,
    ) -> None:
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text, exports_to_keep)
        self._event_file_pattern = event_file_pattern
        self._compare_fn = checked_compare_fn(compare_fn)
        self._model_dir: str | None = None
        self._best_eval_result: dict[str, Any] | None = None

    def export(
        self,
        estimator: Estimator,
        export_path: str,
        checkpoint_path: str,
        eval_result: dict[str, Any],
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the checkpoint if it is the best one so far. See `Exporter.export`."""
        if self._model_dir != estimator.model_dir:
            self._best_eval_result = self._best_before(
                estimator.model_dir, export_path, eval_result
            )
            self._model_dir = estimator.model_dir
        if self._best_eval_result is not None and not self._is_better(
            eval_result, than=self._best_eval_result
        ):
            return None
        tf.compat.v1.logging.info("Exporting the best model so far.")
        result = super().export(
            estimator, export_path, checkpoint_path, eval_result, is_the_final_export
        )
        self._best_eval_result = eval_result
        return result

    def _best_before(self, model_dir, export_path, eval_result):
        """The best of the recorded evaluations, if it is of an earlier one and was exported.

        The evaluation at hand is recorded already; what has no loss is no evaluation.
        """
        if not self._event_file_pattern or not export_garbage.timestamped_exports(export_path):
            return None
        best = None
        for _, recorded in event_reading.evaluations(model_dir, self._event_file_pattern):
            if MetricKeys.LOSS in recorded and (
                best is None or self._is_better(recorded, than=best)
            ):
                best = recorded
        return best if best and self._is_better(best, than=eval_result) else None

    def _is_better(self, result, than):
        return self._compare_fn(best_eval_result=than, current_eval_result=result)


def checked_compare_fn(compare_fn: Callable[..., bool]) -> Callable[..., bool]:
    """The function; a ValueError if it has other arguments than `BestExporter` gives it."""
    if not callable(compare_fn) or set(fn_args(compare_fn)) != set(_COMPARE_FN_ARGS):
        raise ValueError(
            "Invalid value for argument `compare_fn`. Expected a function of `best_eval_result` "
            "and `current_eval_result` that returns whether the second one is better. Received: "
            f"compare_fn={compare_fn!r}."
        )
    return compare_fn
