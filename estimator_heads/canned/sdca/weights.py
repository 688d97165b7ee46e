"""SDCAWeights: the weights of a column, and the weights before L1 regularization shrinks them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import tensorflow as tf

v1 = tf.compat.v1


class SDCAWeights:
    """The weights of one column, and the slots with what they are before they are shrunk.

    A slot is the variable `<name of the weights><slot_suffix>`. It starts from zero.

    Args:
        variable: Variable of shape [rows] or [rows, 1]; if it is partitioned, or a list of
            variables, these are its parts along the rows.
        slot_suffix: What the names of slots end in.
    """

    def __init__(
        self, variable: tf.Variable | Iterable[tf.Variable], slot_suffix: str = "_unshrunk"
    ) -> None:
        self.parts = [variable] if isinstance(variable, tf.Variable) else list(variable)
        self.slots = [_slot(part, slot_suffix) for part in self.parts]
        ends = list(itertools.accumulate(int(part.shape[0]) for part in self.parts))
        self._starts = [0, *ends[:-1]]

    def value(self) -> tf.Tensor:
        """The weights as one Tensor."""
        return _concat(self.parts)

    def unshrunk_value(self) -> tf.Tensor:
        """The slots as one Tensor."""
        return _concat(self.slots)

    def gather_unshrunk(self, rows: tf.Tensor) -> tf.Tensor:
        """What the slots have in these rows, an int64 Tensor of shape [rows]."""
        if len(self.slots) == 1:
            return _gather(self.slots[0], rows)
        places, rows_by_part = self._by_part(rows, tf.range(tf.size(rows)), rows)
        values = [
            _gather(slot, part_rows - start)
            for slot, part_rows, start in self._with_starts(rows_by_part)
        ]
        return tf.dynamic_stitch(places, values)

    def add_to_rows(self, rows: tf.Tensor, changes: tf.Tensor) -> list[tf.Operation | tf.Tensor]:
        """List of the ops that add changes to rows of the slots."""
        if len(self.slots) == 1:
            return [v1.scatter_add(self.slots[0], rows, changes)]
        rows_by_part, changes_by_part = self._by_part(rows, rows, changes)
        return [
            v1.scatter_add(slot, part_rows - start, part_changes)
            for (slot, part_rows, start), part_changes in zip(
                self._with_starts(rows_by_part), changes_by_part, strict=True
            )
        ]

    def add(self, change: tf.Tensor) -> list[tf.Operation | tf.Tensor]:
        """List of the ops that add a change to all of the slots."""
        changes = tf.split(change, [int(slot.shape[0]) for slot in self.slots])
        return [v1.assign_add(*pair) for pair in zip(self.slots, changes, strict=True)]

    def copy_unshrunk(self) -> list[tf.Operation | tf.Tensor]:
        """List of the ops that set the weights to the slots."""
        return [v1.assign(*pair) for pair in zip(self.parts, self.slots, strict=True)]

    def shrink(self, amount: float) -> list[tf.Operation | tf.Tensor]:
        """List of the ops that bring the weights nearer to zero by an amount, at most to zero."""
        ops = []
        for part in self.parts:
            with v1.colocate_with(part):
                value = tf.convert_to_tensor(part)
                shrunk = tf.sign(value) * tf.maximum(0.0, tf.abs(value) - amount)
                ops.append(v1.assign(part, shrunk))
        return ops

    def sum(self, function: Callable[[tf.Tensor], tf.Tensor]) -> tf.Tensor:
        """The sum of a function of each weight, a scalar float64 Tensor."""
        sums = []
        for part in self.parts:
            with v1.colocate_with(part):
                sums.append(tf.reduce_sum(function(tf.cast(part, tf.float64))))
        return tf.math.add_n(sums)

    def _by_part(self, rows, *tensors):
        """Each tensor in a list, with the rows of one part together."""
        later_starts = tf.constant(self._starts[1:], rows.dtype)
        parts = tf.searchsorted(later_starts, rows, side="right")
        return [tf.dynamic_partition(tensor, parts, len(self.parts)) for tensor in tensors]

    def _with_starts(self, rows_by_part):
        return zip(self.slots, rows_by_part, self._starts, strict=True)


def _slot(variable, suffix):
    with v1.colocate_with(variable):
        return tf.Variable(tf.zeros(variable.shape, tf.float32), name=f"{variable.op.name}{suffix}")


def _concat(variables):
    tensors = [tf.convert_to_tensor(variable) for variable in variables]
    return tensors[0] if len(tensors) == 1 else tf.concat(tensors, axis=0)


def _gather(slot, rows):
    with v1.colocate_with(slot):
        return v1.gather(slot, rows)
