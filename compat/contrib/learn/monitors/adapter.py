"""The hook that calls monitors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.compat.contrib.learn.monitors.base import BaseMonitor, Monitors


class RunHookAdapterForMonitors(tf.compat.v1.train.SessionRunHook):
    """Calls the methods of monitors as training goes on.

    A step has the number of the global step after it.

    Args:
        monitors: List of `BaseMonitor`s.
    """

    _step: Any  # Global step after the current step; None outside of a training.

    def __init__(self, monitors: Sequence[BaseMonitor]) -> None:
        self._monitors = monitors

    def begin(self) -> None:
        self._step = None
        self._global_step = tf.compat.v1.train.get_global_step()
        for monitor in self._monitors:
            monitor.begin(max_steps=None)

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        if self._step is None:
            self._step = run_context.session.run(self._global_step) + 1
        requests = []
        for monitor in self._monitors:
            requested = monitor.step_begin(self._step) or []
            if not isinstance(requested, list):
                raise ValueError(
                    f"step_begin() of {type(monitor).__name__} must return a list of tensors and "
                    f"names of tensors. Received: {requested!r}."
                )
            requests.extend(requested)
        return tf.compat.v1.train.SessionRunArgs(
            {request: _element(request) for request in requests}
        )

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        outputs = run_values.results
        for monitor in self._monitors:
            if monitor.step_end(self._step, outputs):
                run_context.request_stop()
        for monitor in self._monitors:
            monitor.post_step(self._step, run_context.session)
        # Read beside the step, it may be the value before the step or after it.
        self._step = run_context.session.run(self._global_step) + 1

    def end(self, session: tf.compat.v1.Session) -> None:
        self._step = None
        for monitor in self._monitors:
            # Monitors of the first releases take no session.
            if "session" in fn_args(monitor.end):
                monitor.end(session=session)
            else:
                monitor.end()


def replace_monitors_with_hooks(
    monitors_or_hooks: Monitors | None, estimator: Any
) -> list[tf.compat.v1.train.SessionRunHook]:
    """The hooks that do what is asked of hooks and monitors.

    Args:
        monitors_or_hooks: List of `SessionRunHook`s and `BaseMonitor`s, or None.
        estimator: The Estimator that is to be trained with them. Unless it is that of the chief,
            monitors are left out that are not `run_on_all_workers`.

    Returns:
        A new list of `SessionRunHook`s.

    Raises:
        TypeError: If one is neither a hook nor a monitor.
    """
    hooks, monitors = [], []
    for observer in monitors_or_hooks or []:
        if isinstance(observer, tf.compat.v1.train.SessionRunHook):
            hooks.append(observer)
        elif not hasattr(observer, "set_estimator"):
            raise TypeError(
                "Invalid value for argument `monitors`. Expected a list of SessionRunHooks and "
                f"monitors. Received in it: {observer!r} of type {type(observer).__name__}."
            )
        elif estimator.config.is_chief or observer.run_on_all_workers:
            monitors.append(observer)
    for monitor in monitors:
        monitor.set_estimator(estimator)
    return [*hooks, RunHookAdapterForMonitors(monitors)] if monitors else hooks


def _element(request):
    """What to fetch for a tensor, an operation, or the name of a tensor or of an operation."""
    graph = tf.compat.v1.get_default_graph()
    if not isinstance(request, str):
        if getattr(request, "graph", None) is not graph:
            raise ValueError(
                "A monitor must request tensors of the graph that is trained. Received: "
                f"{request!r}."
            )
        return request
    if ":" in request:
        return _value(graph.as_graph_element(request))
    operation = graph.get_operation_by_name(request)
    if len(operation.outputs) != 1:
        raise ValueError(
            f"A monitor requests {request!r}, which is an operation with {len(operation.outputs)} "
            f"outputs. Expected the name of one tensor, such as '{request}:0'."
        )
    return _value(operation.outputs[0])


def _value(tensor):
    """The tensor; if it is the handle of a variable, as its name is today, the variable."""
    if tensor.dtype == tf.resource:
        for variable in tf.compat.v1.global_variables():
            if getattr(variable, "handle", None) is tensor:
                return variable
    return tensor
