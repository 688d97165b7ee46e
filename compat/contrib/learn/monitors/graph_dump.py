"""`GraphDump`: the values of all operations, to compare two trainings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib.learn.monitors.base import BaseMonitor


class GraphDump(BaseMonitor):
    """Keeps the first output of every operation at every step, to compare two trainings.

    Args:
        ignore_ops: Types of operations to leave out; None for `IGNORE_OPS`.
    """

    IGNORE_OPS = (
        "Const",
        "Assign",
        "Identity",
        "Placeholder",
        "RandomUniform",
        "Cast",
        "RestoreSlice",
    )

    def __init__(self, ignore_ops: Collection[str] | None = None) -> None:
        super().__init__()
        self._ignore_ops = ignore_ops or GraphDump.IGNORE_OPS
        self._tensors: list[tf.Tensor] = []
        self._data: dict[int, dict[Any, Any]] = {}

    def begin(self, max_steps: int | None = None) -> None:
        super().begin(max_steps=max_steps)
        graph = tf.compat.v1.get_default_graph()
        self._tensors = [
            operation.outputs[0]
            for operation in graph.get_operations()
            if operation.type not in self._ignore_ops
            and operation.outputs
            and operation.outputs[0].dtype not in (tf.resource, tf.variant)
            and graph.is_fetchable(operation.outputs[0])
        ]

    def step_begin(self, step: int) -> list[Any]:
        super().step_begin(step)
        return self._tensors

    def step_end(self, step: int, output: dict[Any, Any]) -> None:
        super().step_end(step, output)
        self._data[step] = output

    @property
    def data(self) -> dict[int, dict[Any, Any]]:
        """Dict from global step to a dict from tensor, or name, to value."""
        return self._data

    def compare(
        self, other_dump: GraphDump, step: int, atol: float = 1e-06
    ) -> tuple[list[str], dict[str, Any]]:
        """Compares the values of a step with those of another training.

        Args:
            other_dump: The `GraphDump` of that.
            step: The global step.
            atol: Greatest difference of values that count as the same.

        Returns:
            A tuple of a list of the names whose values are the same, and of a dict from the other
            names to the difference: of arrays; of other values, both of them.

        Raises:
            ValueError: If the other training lacks a value.
        """
        others = _by_name(other_dump.data.get(step, {}))
        matched, non_matched = [], {}
        for name, value in _by_name(self.data.get(step, {})).items():
            if name not in others:
                raise ValueError(f"The other GraphDump has no value of {name!r} at step {step}.")
            other = others[name]
            if isinstance(value, str | bytes):
                continue
            is_array = isinstance(value, np.ndarray)
            if np.allclose(value, other, atol=atol) if is_array else value == other:
                matched.append(name)
            else:
                non_matched[name] = value - other if is_array else (value, other)
        return matched, non_matched


def _by_name(outputs):
    return {getattr(request, "name", request): value for request, value in outputs.items()}
