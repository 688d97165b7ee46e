"""Functions of a TPUEstimatorSpec that run on the host, with the tensors they are called with."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeAlias

import tensorflow as tf

from estimator_heads._tensorflow import summary_writers
from estimator_heads.callables import fn_args

# A function, and a list or a dict of the tensors to call it with.
HostCall: TypeAlias = tuple[Callable[..., Any], Any]


def check_host_call(name: str, host_call: Any) -> None:
    """Checks a pair of a function and of the tensors that it is called with.

    Args:
        name: The field of the spec, for errors.
        host_call: What the field has.

    Raises:
        ValueError: If it is no pair, or its second element is no list, tuple or dict.
        TypeError: If its first element is no function.
        RuntimeError: If the function takes another number of arguments.
    """
    expected = "a tuple of a function and a list or a dict of the tensors to call it with"
    received = f"Received: {name}={host_call!r}."
    if not isinstance(host_call, tuple | list) or len(host_call) != 2:
        raise ValueError(f"Invalid value for argument `{name}`. Expected {expected}. {received}")
    function, tensors = host_call
    if not callable(function):
        raise TypeError(f"Invalid value for argument `{name}`. Expected {expected}. {received}")
    if isinstance(tensors, dict):
        return
    if not isinstance(tensors, tuple | list):
        raise ValueError(f"Invalid value for argument `{name}`. Expected {expected}. {received}")
    arguments = fn_args(function)
    if inspect.getfullargspec(function).varargs is None and len(tensors) != len(arguments):
        raise RuntimeError(
            f"Invalid value for argument `{name}`. The function takes {len(arguments)} arguments, "
            f"{list(arguments)}, but is to be called with {len(tensors)} tensors: {tensors!r}. "
            f"{received}"
        )


def call(name: str, host_call: HostCall) -> Any:
    """Calls the function of a checked pair.

    Args:
        name: The field of the spec, for errors.
        host_call: What the field has.

    Returns:
        Whatever the function returns.

    Raises:
        TypeError: If the names in a dict of tensors are not those of the function's arguments.
    """
    function, tensors = host_call
    if not isinstance(tensors, dict):
        return function(*tensors)
    try:
        inspect.signature(function).bind(**tensors)
    except ValueError:
        pass  # Some of Python's own functions do not tell their arguments.
    except TypeError as error:
        raise TypeError(
            f"Invalid value for argument `{name}`. The tensors {sorted(tensors)} are not the "
            f"arguments of the function {function!r}: {error}."
        ) from error
    return function(**tensors)


class HostCallHook(tf.compat.v1.train.SessionRunHook):
    """Runs what a `host_call` returned in every step, and the writers of summaries that it uses.

    Args:
        tensors: Tensors or operations, in any structure that a session can run.
    """

    def __init__(self, tensors: Any) -> None:
        self._tensors = tensors
        self._init_ops: list[tf.Operation] | None = None
        self._finalize_ops: list[tf.Operation] | None = None

    def begin(self) -> None:
        """Collects the writers of the graph, which is that of the tensors, once."""
        if self._init_ops is not None:
            return
        self._init_ops = summary_writers.initializers()
        self._finalize_ops = [
            tf.raw_ops.FlushSummaryWriter(writer=op.inputs[0]) for op in self._init_ops
        ]

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        """Initializes them."""
        session.run(self._init_ops)

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        """Asks for the tensors."""
        return tf.compat.v1.train.SessionRunArgs(self._tensors)

    def end(self, session: tf.compat.v1.Session) -> None:
        """Writes what the writers still hold."""
        session.run(self._finalize_ops)
