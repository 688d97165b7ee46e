"""`ExportStrategy`: what an Experiment exports after an evaluation."""

from __future__ import annotations

from typing import Any, NamedTuple

from estimator_heads.callables import fn_args
from estimator_heads.types import Path


class ExportStrategy(NamedTuple):
    """A way to export a model. Reproduces `tf.contrib.learn.ExportStrategy` of TF 1.15.

    Attributes:
        name: Name of the folder for its exports, below <model_dir>/export.
        export_fn: Function (estimator, export_path) that exports, and returns the path. It may
            also have the arguments `checkpoint_path`, and beside it `eval_result`, and
            `strip_default_attrs`.
        strip_default_attrs: Whether the `export_fn` is to leave out attributes of operations that
            have their default value.
    """

    name: str
    export_fn: Any
    strip_default_attrs: Any = None

    def export(
        self,
        estimator: Any,
        export_path: Path | bytes,
        checkpoint_path: Path | None = None,
        eval_result: dict[str, Any] | None = None,
    ) -> Any:
        """Calls the `export_fn`, with those of the arguments that it has.

        Args:
            estimator: The Estimator to export.
            export_path: Folder for the exports.
            checkpoint_path: Path of the checkpoint to export; None for the latest one.
            eval_result: Dict of metrics of the evaluation before.

        Returns:
            What the `export_fn` returns.

        Raises:
            ValueError: If the `export_fn` has the argument `eval_result`, but not
                `checkpoint_path`.
        """
        taken = fn_args(self.export_fn)
        if "eval_result" in taken and "checkpoint_path" not in taken:
            raise ValueError(
                "An export_fn that has the argument `eval_result` must have `checkpoint_path` too: "
                "the metrics are those of this checkpoint. Received: an export_fn with the "
                f"arguments {taken}, in the ExportStrategy {self.name!r}."
            )
        given = {
            "checkpoint_path": checkpoint_path,
            "eval_result": eval_result,
            "strip_default_attrs": self.strip_default_attrs,
        }
        kwargs = {name: value for name, value in given.items() if name in taken}
        return self.export_fn(estimator, export_path, **kwargs)
