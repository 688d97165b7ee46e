"""Steps of a MonitoredSession with their hooks, at the speed of a bare session.

A `MonitoredSession` creates the session, recovers it and closes it. Its `run()`, though, calls
every hook at every step, and translates all they request into one `Session.run()` anew. Here what
is fetched is compiled once, and hooks are called when they act (see `hook_schedule`). What a hook
is called with and in which order is the same.

With `ESTIMATOR_HEADS_PLAIN_LOOP=1`, and on a cluster, each step is a `MonitoredSession.run`.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import time
from collections.abc import Generator, Iterable
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow import sessions
from estimator_heads.estimator.loop import hook_schedule, setting
from estimator_heads.estimator.loop.inline_input import InlineInput
from estimator_heads.estimator.loop.session_step import SessionStep
from estimator_heads.estimator.loop.step import Step

train = tf.compat.v1.train

_PREEMPTION_ERRORS = (tf.errors.AbortedError, tf.errors.UnavailableError)


class StepLoop(tf.compat.v1.train.SessionRunHook):
    """Runs the steps of a `MonitoredSession`, of which it has to be a hook.

    Args:
        fetches: List of what to fetch in each step.
        target: Operation or tensor to run in each step; None for the fetches only.
        global_step: The global step variable, if the target advances it.
        original_fetches: The fetches and what the target consists of, as hooks see them in
            `run_context.original_args.fetches`. By default, the list of the target and the fetches.
        master: Address of the session's master; "" if that is this process.
        keeps_session: Whether it runs several times, in the same session: what is compiled for that
            is then kept until `close`.
    """

    _all_fetches: list[Any]
    _coordinator: Any
    _fetch_global_step: Any
    _hooks: Any  # A list of `ScheduledHook`s; None where the MonitoredSession calls them.
    _monitored: Any
    _session: Any

    def __init__(
        self,
        fetches: Iterable[Any],
        target: tf.Operation | tf.Tensor | None = None,
        global_step: tf.Variable | None = None,
        original_fetches: Any = None,
        master: str = "",
        keeps_session: bool = False,
    ) -> None:
        self._fetches = list(fetches)
        self._targets = [] if target is None else [getattr(target, "op", target)]
        if original_fetches is None:
            original_fetches = [target, *self._fetches]
        self._arguments = train.SessionRunArgs(original_fetches, None)
        self._global_step = global_step
        self._master = master
        self._keeps_session = keeps_session
        self._session = None
        self._is_plain = setting.is_plain()
        self._compiled: SessionStep | None = None
        self._latest: list[Any] | None = None
        self._stopped = False

    def begin(self) -> None:
        if self._is_plain or self._compiled:
            return
        if not self._master:
            self._inline_input = InlineInput(tf.compat.v1.get_default_graph())
        if self._global_step is not None:
            with tf.control_dependencies(self._targets), tf.compat.v1.name_scope(None):
                self._step_after = tf.identity(self._global_step, name="global_step/after_step")

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        # Also called after a recovery, with a new session.
        if session is not self._session:
            self._release_session()
        self._session = session
        self._coordinator = coord
        if self._global_step is not None and not self._is_plain:
            default, inline = sessions.session_callables(
                session, [self._global_step], [], lambda fetches, targets: {}
            )
            self._fetch_global_step = inline or default
            self._global_step_before = int(self._read_global_step())

    def _read_global_step(self):
        return self._fetch_global_step()[0]

    def run(
        self, session: tf.compat.v1.train.MonitoredSession, trace_name: str
    ) -> list[Any] | None:
        """Runs steps until a hook, an error or the end of the input stops it; closes the session.

        Args:
            session: The `MonitoredSession`, just created.
            trace_name: Name of a step in profiles.

        Returns:
            List of the values fetched in the last step; None if there was no step.
        """
        self._attach(session)
        trace = tf.profiler.experimental.Trace
        traces = (trace(trace_name, step_num=number, _r=1) for number in itertools.count(1))

        def steps(step_context):
            with self._error_of_another_thread():
                while not (self._stopped or self._coordinator.should_stop()):
                    with next(traces):
                        self._latest = self._step()
                    if self._can_run_idle_steps and not self._stopped:
                        self._run_idle_steps(traces)

        with contextlib.nullcontext() if self._keeps_session else contextlib.closing(self), session:
            while self._should_continue():
                session.run_step_fn(steps)
        return self._latest

    def iterate(
        self, session: tf.compat.v1.train.MonitoredSession, graph: tf.Graph
    ) -> Generator[list[Any], None, None]:
        """Runs a step for each value that is asked for, and closes the session in the end.

        Args:
            session: The `MonitoredSession`, just created.
            graph: Its graph, the default one only while a step runs.

        Yields:
            List of the values fetched.
        """
        self._attach(session)
        values: Any = None
        lost: Exception | None = None

        def step_again(step_context):
            nonlocal values, lost
            if lost:  # The session is recovered from this, and the function called again.
                error, lost = lost, None
                raise error
            with self._error_of_another_thread():
                values = self._step()

        with contextlib.closing(self), _InGraph(session, graph):
            while True:
                with graph.as_default():
                    if not self._should_continue():
                        break
                    try:
                        with self._error_of_another_thread():
                            values = self._step()
                    except _PREEMPTION_ERRORS as error:
                        lost = error
                        session.run_step_fn(step_again)
                yield values

    def close(self) -> None:
        """Releases the session."""
        self._release_session()
        self._monitored = None

    def _release_session(self):
        if self._compiled is not None:
            self._compiled.close()
        self._session = self._coordinator = self._compiled = self._fetch_global_step = None

    def _attach(self, session):
        self._monitored = session
        self._stopped = False
        hooks = sessions.session_hooks(session)
        if self._is_plain or hooks is None or self._session.sess_str:
            # In a cluster, others advance the global step too, and calls take longer than hooks.
            self._hooks, self._can_run_idle_steps = None, False
            return
        with_global_step = self._global_step is not None
        self._hooks = hook_schedule.scheduled(hooks, self, with_global_step)
        self._can_run_idle_steps = with_global_step and all(
            hook.predicts_idle_steps for hook in self._hooks
        )
        self._fetching_hooks = [hook for hook in self._hooks if hook.fetch is not None]
        self._requesting_hooks = [hook for hook in self._hooks if hook.makes_requests]
        fetches = [*self._fetches, *([self._step_after] if with_global_step else [])]
        for hook in self._fetching_hooks:
            hook.fetch_index = len(fetches)
            fetches.append(hook.fetch)
        if self._compiled and [*map(id, fetches)] != [*map(id, self._all_fetches)]:
            self._compiled.close()
            self._compiled = None
        self._all_fetches = fetches

    def _should_continue(self):
        return not (self._stopped or self._monitored.should_stop())

    def _step(self):
        """Runs one step, hooks included, and returns the values of the fetches."""
        if self._hooks is None:
            return self._step_by_monitored_session()
        step = self._new_step()
        requests = {}
        for hook in self._requesting_hooks:
            request = hook.before_step(step)
            if request is not None:
                requests[hook] = request
        if self._can_run_idle_steps:
            step.global_step_before = self._global_step_before
        elif self._global_step is not None:
            # Hooks of the user's may have changed it since the step before.
            step.global_step_before = self._read_global_step()
        run = self._session_step()
        values, results = run.with_requests(step, requests) if requests else (run(), {})
        self._call_hooks_after(step, values, requests, results)
        return values[: len(self._fetches)]

    def _new_step(self):
        return Step(self._session, self._arguments, self._read_global_step)

    def _call_hooks_after(self, step, values, requests, results):
        # What hooks request may have changed the global step beside the target.
        is_known = self._global_step is not None and not requests
        step.set_results(values, values[len(self._fetches)] if is_known else None)
        for hook in self._hooks:
            hook.after_step(step, results.get(hook))
        if self._can_run_idle_steps:
            self._global_step_before = int(step.global_step)
        self._stopped = step.stop_requested

    def _run_idle_steps(self, traces):
        """Runs steps as long as all hooks are idle, and calls them after the one that ends it.

        Args:
            traces: Iterator of a context for each step.
        """
        max_steps, end_time = self._idle_limits()
        if time.time() >= end_time:
            return
        run, step_index = self._session_step(), len(self._fetches)
        start = global_step = self._global_step_before
        values: Any = None
        idle = True
        try:
            while idle and global_step - start < max_steps and not self._coordinator.should_stop():
                with next(traces):
                    values = run()
                idle = (
                    time.time() < end_time
                    and int(values[step_index]) == global_step + 1
                    and not any(hook.is_triggered(values) for hook in self._fetching_hooks)
                )
                if idle:
                    global_step += 1
        finally:
            if global_step > start:
                self._latest = values[:step_index]
                self._skip_idle_steps(global_step - start)
        if not idle:
            self._latest = values[:step_index]
            step = self._new_step()
            step.global_step_before = global_step
            self._call_hooks_after(step, values, {}, {})

    def _idle_limits(self):
        """For how many steps, and until what time, all hooks are idle if none is triggered."""
        limits = [hook.idle_limits(self._global_step_before) for hook in self._hooks]
        max_steps = min((steps for steps, _ in limits), default=math.inf)
        end_time = min((seconds for _, seconds in limits), default=math.inf)
        return max_steps, end_time

    def _skip_idle_steps(self, count):
        """Tells the hooks about steps at which they were not called."""
        self._global_step_before += count
        for hook in self._hooks:
            hook.skip_idle_steps(count, self._global_step_before - 1)

    def _step_by_monitored_session(self):
        fetches = self._arguments.fetches
        results = self._monitored.run(fetches)
        self._stopped = self._monitored.should_stop()
        values = {
            id(fetch): value for fetch, value in zip(_parts(fetches), _parts(results), strict=True)
        }
        return [values[id(fetch)] for fetch in self._fetches]

    def _session_step(self):
        """The function of each step, compiled for the session."""
        if self._compiled is None:
            self._compiled = SessionStep(
                self._session, self._all_fetches, self._targets, self._inline_input
            )
        return self._compiled

    @contextlib.contextmanager
    def _error_of_another_thread(self):
        """An error may follow from a lost session, of which a queue runner's thread knows."""
        try:
            yield
        except _PREEMPTION_ERRORS:
            raise
        except Exception:
            try:
                self._coordinator.raise_requested_exception()
            except _PREEMPTION_ERRORS:
                raise
            except Exception:  # No reason either: the error itself is.
                pass
            raise


def _parts(structure):
    if isinstance(structure, dict):
        return list(structure.values())
    return structure if isinstance(structure, list) else [structure]


class _InGraph:
    """A MonitoredSession that is left in its own graph, so that hooks end there."""

    def __init__(self, session: tf.compat.v1.train.MonitoredSession, graph: tf.Graph) -> None:
        self._session = session
        self._graph = graph

    def __enter__(self):
        return self._session

    def __exit__(self, *error):
        with self._graph.as_default():
            return self._session.__exit__(*error)
