"""Monitors that log, keep or write values."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.monitors.base import EveryN, value_of
from estimator_heads.types import Path


class PrintTensor(EveryN):
    """Logs the values of tensors.

    Args:
        tensor_names: Names of tensors, or a dict from what to call them to their names.
        every_n: As for `EveryN`.
        first_n: As for `EveryN`.
    """

    def __init__(
        self, tensor_names: Iterable[str] | dict[str, str], every_n: int = 100, first_n: int = 1
    ) -> None:
        super().__init__(every_n, first_n)
        if not isinstance(tensor_names, dict):
            tensor_names = {name: name for name in tensor_names}
        self._tensor_names = tensor_names

    def every_n_step_begin(self, step: int) -> list[Any]:
        super().every_n_step_begin(step)
        return list(self._tensor_names.values())

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        super().every_n_step_end(step, outputs)
        tf.compat.v1.logging.info("Step %d: %s", step, _listed(self._tensor_names, outputs))


class LoggingTrainable(EveryN):
    """Logs the values of the trainable variables.

    Args:
        scope: Only those of this name scope; None for all.
        every_n: As for `EveryN`.
        first_n: As for `EveryN`.
    """

    def __init__(self, scope: str | None = None, every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        self._scope = scope

    def every_n_step_begin(self, step: int) -> list[Any]:
        super().every_n_step_begin(step)
        variables = tf.compat.v1.trainable_variables(self._scope)
        self._names = {variable.name: variable.name for variable in variables}
        return list(self._names)

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        super().every_n_step_end(step, outputs)
        tf.compat.v1.logging.info(
            "Logging Trainable: Step %d: %s", step, _listed(self._names, outputs)
        )


class CaptureVariable(EveryN):
    """Keeps the values of a variable.

    Args:
        var_name: Name of the tensor.
        every_n: As for `EveryN`.
        first_n: As for `EveryN`.
    """

    def __init__(self, var_name: str, every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        self._var_name = var_name
        self._values: dict[int, Any] = {}

    @property
    def values(self) -> dict[int, Any]:
        """Dict from global step to value."""
        return self._values

    def every_n_step_begin(self, step: int) -> list[Any]:
        super().every_n_step_begin(step)
        return [self._var_name]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        super().every_n_step_end(step, outputs)
        self._values[step] = value_of(outputs, self._var_name)


class SummarySaver(EveryN):
    """Writes summaries to an event file.

    Args:
        summary_op: The tensor of the serialized summary; None for that of the `scaffold`.
        save_steps: Number of steps from one to the next.
        output_dir: Folder of the event file; None for that of the Estimator.
        summary_writer: A `tf.compat.v1.summary.FileWriter`, in place of `output_dir`.
        scaffold: A `tf.compat.v1.train.Scaffold`.
    """

    def __init__(
        self,
        summary_op: tf.Tensor | None,
        save_steps: int = 100,
        output_dir: Path | None = None,
        summary_writer: tf.compat.v1.summary.FileWriter | None = None,
        scaffold: tf.compat.v1.train.Scaffold | None = None,
    ) -> None:
        super().__init__(every_n_steps=save_steps)
        self._summary_op = summary_op
        self._summary_writer = summary_writer
        if summary_writer is None and output_dir:
            self._summary_writer = _file_writer(output_dir)
        self._scaffold = scaffold

    def set_estimator(self, estimator: Any) -> None:
        super().set_estimator(estimator)
        if self._summary_writer is None:
            self._summary_writer = _file_writer(estimator.model_dir)

    def every_n_step_begin(self, step: int) -> list[Any]:
        super().every_n_step_begin(step)
        if self._summary_op is None and self._scaffold is not None:
            self._summary_op = self._scaffold.summary_op
        return [] if self._summary_op is None else [self._summary_op]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool:
        super().every_n_step_end(step, outputs)
        if self._summary_op is not None and self._summary_writer:
            self._summary_writer.add_summary(value_of(outputs, self._summary_op), step)
        return False

    def end(self, session: tf.compat.v1.Session | None = None) -> None:
        super().end(session=session)
        if self._summary_writer:
            self._summary_writer.flush()


class StepCounter(EveryN):
    """Writes the number of steps per second to an event file.

    Args:
        every_n_steps: Number of steps from one value to the next.
        output_dir: Folder of the event file; None for that of the Estimator.
        summary_writer: A `tf.compat.v1.summary.FileWriter`, in place of `output_dir`.
    """

    def __init__(
        self,
        every_n_steps: int = 100,
        output_dir: Path | None = None,
        summary_writer: tf.compat.v1.summary.FileWriter | None = None,
    ) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._last_reported_step: int | None = None
        self._last_reported_time: float | None = None
        self._summary_writer = summary_writer
        if summary_writer is None and output_dir:
            self._summary_writer = _file_writer(output_dir)

    def set_estimator(self, estimator: Any) -> None:
        super().set_estimator(estimator)
        if self._summary_writer is None:
            self._summary_writer = _file_writer(estimator.model_dir)

    def every_n_step_end(self, current_step: int, outputs: dict[Any, Any]) -> None:
        now = time.time()
        last_step, last_time = self._last_reported_step, self._last_reported_time
        if last_step is not None and last_time is not None and self._summary_writer:
            steps_per_second = (current_step - last_step) / (now - last_time)
            value = tf.compat.v1.Summary.Value(tag="global_step/sec", simple_value=steps_per_second)
            self._summary_writer.add_summary(tf.compat.v1.Summary(value=[value]), current_step)
        self._last_reported_step = current_step
        self._last_reported_time = now


def get_default_monitors(
    loss_op: tf.Tensor | None = None,
    summary_op: tf.Tensor | None = None,
    save_summary_steps: int = 100,
    output_dir: Path | None = None,
    summary_writer: tf.compat.v1.summary.FileWriter | None = None,
) -> list[EveryN]:
    """The monitors that log the loss and write summaries.

    Args:
        loss_op: The tensor of the loss, or None.
        summary_op: As for `SummarySaver`; None: no summaries.
        save_summary_steps: As for `SummarySaver`.
        output_dir: As for `SummarySaver`.
        summary_writer: As for `SummarySaver`.

    Returns:
        A list of monitors.
    """
    monitors: list[EveryN] = []
    if loss_op is not None:
        monitors.append(PrintTensor({"loss": loss_op.name}))
    if summary_op is not None:
        monitors.append(SummarySaver(summary_op, save_summary_steps, output_dir, summary_writer))
    return monitors


def _listed(names, outputs):
    return ", ".join(
        f"{called} = {value_of(outputs, name)}" for called, name in names.items() if name in outputs
    )


def _file_writer(folder):
    with tf.Graph().as_default():  # With eager execution, TensorFlow makes no such writer.
        return tf.compat.v1.summary.FileWriterCache.get(folder)
