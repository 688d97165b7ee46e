"""Sessions, and steps compiled for them."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf


def session_hooks(
    monitored_session: tf.compat.v1.train.MonitoredSession,
) -> list[tf.compat.v1.train.SessionRunHook] | None:
    """All hooks of a MonitoredSession, also those that TensorFlow added; None if unknown.

    Its `run()` is the only public way to call them, and takes most of the time of a short step.
    """
    return getattr(monitored_session, "_hooks", None)


def session_callables(
    session: tf.compat.v1.Session,
    fetches: Sequence[Any],
    targets: Sequence[tf.Operation],
    inline_replacements: Callable[[list[str], Sequence[tf.Operation]], dict[str, str] | None],
) -> tuple[Callable[[], list[Any]], Callable[[], list[Any]] | None]:
    """Two functions that run `targets` and return the values of `fetches`.

    `Session.make_callable` does the same, but names all fetches anew at each call, and builds the
    results in Python, which together takes as long as a small model. It still serves remote
    sessions, and fetches other than tensors.

    Args:
        session: A `tf.compat.v1.Session`.
        fetches: List of what to fetch.
        targets: List of operations.
        inline_replacements: Function of the names of the fetches and of the targets. It returns a
            dict from names of tensors to the names of those that take their places where operations
            run in the calling thread; None if they must not.

    Returns:
        Two functions without arguments, which return a list of values, one for each of `fetches`,
        and are compiled at their first call if they can be. The first one runs operations in the
        threads of the session. The second one runs them in the calling thread if they may, as
        `ConfigProto.inter_op_parallelism_threads=-1` does for a whole session; it is None where the
        session is remote, or configured as to threads or time.
    """
    compile_options = getattr(session, "_make_callable_from_options", None)
    names = [_name_of_fetched(fetch, session.graph) for fetch in fetches]
    messages = sys.modules[tf.compat.v1.ConfigProto.__module__]
    make_options = getattr(messages, "CallableOptions", None)
    if not (compile_options and make_options) or None in names or session.sess_str:
        run = with_explained_errors(session, session.make_callable([targets, list(fetches)]))
        return (lambda: run()[1]), None
    unique_names = list(dict.fromkeys(names))
    positions = [unique_names.index(name) for name in names]

    def compile_step(thread_pool, replacements):
        options = make_options(
            fetch=[replacements.get(name, name) for name in unique_names],
            target=[op.name for op in targets],
        )
        options.run_options.inter_op_thread_pool = thread_pool
        for name, replacement in replacements.items():
            options.tensor_connection.add(from_tensor=replacement, to_tensor=name)
        return with_explained_errors(session, compile_options(options))

    def compile_default():
        return compile_step(0, {})

    def compile_inline():
        replacements = inline_replacements(unique_names, targets)
        return compile_default() if replacements is None else compile_step(-1, replacements)

    def lazily(compile_function):
        compiled = functools.cache(compile_function)
        if len(unique_names) == len(names):
            return lambda: compiled()()
        return lambda: list(map(compiled()().__getitem__, positions))

    inline = None if _is_configured(session) else lazily(compile_inline)
    return lazily(compile_default), inline


def _is_configured(session):
    config = getattr(session, "_config", None)
    return config is None or bool(
        config.inter_op_parallelism_threads
        or config.session_inter_op_thread_pool
        or config.operation_timeout_in_ms  # It would only be looked at after the step.
    )


def _name_of_fetched(fetch, graph):
    """Name of the tensor that is fetched for a tensor, a variable or a name; None if not one."""
    try:
        tensor = graph.as_graph_element(fetch, allow_operation=False)
    except (KeyError, TypeError, ValueError):
        return None
    return tensor.name if graph.is_fetchable(tensor) else None


def with_explained_errors(
    session: tf.compat.v1.Session, function: Callable[..., Any]
) -> Callable[..., Any]:
    """The function, so that errors of operations tell where those were made, as Session.run's do.

    Only `Session.run` itself does that publicly.
    """
    call = getattr(session, "_do_call", None)
    return functools.partial(call, function) if call else function
