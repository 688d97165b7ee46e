"""InvalidInputError: what heads raise for labels, logits and weights that they refuse."""

from __future__ import annotations

from typing import Any

import tensorflow as tf


class InvalidInputError(tf.errors.InvalidArgumentError, ValueError):
    """A wrong shape or value of what a head is given.

    It is both a ValueError, as in eager mode, and a `tf.errors.InvalidArgumentError`, as when an
    assertion of a graph fails: the originals raise the one or the other, depending on how early
    they can tell. Either kind of `except` catches it.

    >>> error = InvalidInputError("Invalid value for argument `labels`.")
    >>> str(error), isinstance(error, ValueError), error.op
    ('Invalid value for argument `labels`.', True, None)

    Args:
        node_def: The message, if it is the only argument; else as in `tf.errors`.
        op: As in `tf.errors`.
        message: As in `tf.errors`.
        *payloads: As in `tf.errors`.
    """

    # AutoGraph raises an error anew with more text, if it knows the names of its arguments: those
    # of TensorFlow's errors. It makes an error without a type of any other.
    def __init__(
        self,
        node_def: Any,
        op: tf.Operation | None = None,
        message: str | None = None,
        *payloads: Any,
    ) -> None:
        if message is None:
            node_def, message = None, node_def
        super().__init__(node_def, op, message, *payloads)
        self.args = (message,)

    def __reduce__(self):
        return type(self), self.args
