"""Steps of a MonitoredSession with their hooks, at the speed of a bare session.

A `MonitoredSession` creates the session, recovers it and closes it. Its `run()`, though, asks every
hook at every step, and translates all they want into one `Session.run()` anew. Here what is fetched
is compiled once, and hooks are called when they have something to do (see `hook_schedule`). What a
hook is called with and in which order is the same.

With `ESTIMATOR_HEADS_PLAIN_LOOP=1`, and on a cluster, each step is a `MonitoredSession.run`.
"""

import contextlib
import itertools
import math
import time

import tensorflow as tf

from estimator_heads._tensorflow import sessions
from estimator_heads.estimator.loop import hook_schedule, setting
from estimator_heads.estimator.loop.inline_input import InlineInput
from estimator_heads.estimator.loop.session_step import SessionStep
from estimator_heads.estimator.loop.step import Step

train = tf.compat.v1.train

_PREEMPTION_ERRORS = (tf.errors.AbortedError, tf.errors.UnavailableError)


class StepLoop(train.SessionRunHook):
    """Runs the steps of a `MonitoredSession`, of which it has to be a hook.

    Args:
        fetches: List of what to fetch in each step.
        target: Operation or tensor to run in each step; None for the fetches only.
        global_step: The global step variable, if the target advances it.
        told: The fetches and what the target consists of, as hooks are told of them by
            `run_context.original_args.fetches`. By default, the list of the target and the fetches.
        master: Address of the session's master; "" if that is this process.
    """

    def __init__(self, fetches, target=None, global_step=None, told=None, master=""):
        self._fetches = list(fetches)
        self._targets = [] if target is None else [getattr(target, "op", target)]
        told = [target, *self._fetches] if told is None else told
        self._arguments = train.SessionRunArgs(told, None)
        self._global_step = global_step
        self._master = master
        self._is_plain = setting.is_plain()
        self._compiled = None
        self._latest = None
        self._stopped = False

    def begin(self):
        if self._is_plain:
            return
        if not self._master:
            self._inline_input = InlineInput(tf.compat.v1.get_default_graph())
        if self._global_step is not None:
            with tf.control_dependencies(self._targets), tf.compat.v1.name_scope(None):
                self._step_after = tf.identity(self._global_step, name="global_step/after_step")

    def after_create_session(self, session, coord):
        # Also called after a recovery, with a new session.
        self._let_go_of_session()
        self._session, self._coordinator = session, coord
        if self._global_step is not None and not self._is_plain:
            usual, inline = sessions.session_callables(
                session, [self._global_step], [], lambda fetches, targets: {}
            )
            self._read = inline or usual
            self._before = int(self._global_step_now())

    def _global_step_now(self):
        return self._read()[0]

    def run(self, session, trace_name):
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
                    if self._can_be_quiet and not self._stopped:
                        self._quiet_steps(traces)

        with contextlib.closing(self), session:
            while self._goes_on():
                session.run_step_fn(steps)
        return self._latest

    def iterate(self, session, graph):
        """Runs a step for each value that is asked for, and closes the session in the end.

        Args:
            session: The `MonitoredSession`, just created.
            graph: Its graph, the default one only while a step runs.

        Yields:
            List of the values fetched.
        """
        self._attach(session)
        values = lost = None

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
                    if not self._goes_on():
                        break
                    try:
                        with self._error_of_another_thread():
                            values = self._step()
                    except _PREEMPTION_ERRORS as error:
                        lost = error
                        session.run_step_fn(step_again)
                yield values

    def close(self):
        """Lets go of the session."""
        self._let_go_of_session()
        self._monitored = None

    def _let_go_of_session(self):
        if self._compiled is not None:
            self._compiled.close()
        self._session = self._coordinator = self._compiled = self._read = None

    def _attach(self, session):
        self._monitored = session
        hooks = sessions.session_hooks(session)
        if self._is_plain or hooks is None or self._session.sess_str:
            # In a cluster, others advance the global step too, and calls take longer than hooks.
            self._calls, self._can_be_quiet = None, False
            return
        with_global_step = self._global_step is not None
        self._calls = hook_schedule.scheduled(hooks, self, with_global_step)
        self._can_be_quiet = with_global_step and all(call.foresees for call in self._calls)
        self._watching = [call for call in self._calls if call.watches is not None]
        self._asking = [call for call in self._calls if call.asks]
        self._all_fetches = [*self._fetches, *([self._step_after] if with_global_step else [])]
        for call in self._watching:
            call.position = len(self._all_fetches)
            self._all_fetches.append(call.watches)

    def _goes_on(self):
        return not (self._stopped or self._monitored.should_stop())

    def _step(self):
        """Runs one step, hooks included, and returns the values of the fetches."""
        if self._calls is None:
            return self._step_by_monitored_session()
        step = self._new_step()
        requests = {}
        for call in self._asking:
            request = call.before(step)
            if request is not None:
                requests[call] = request
        if self._global_step is not None:
            # Hooks of the user's may have changed it since the step before.
            step.before = self._before if self._can_be_quiet else self._global_step_now()
        run = self._session_step()
        values, results = run.with_requests(step, requests) if requests else (run(), {})
        self._tell_hooks(step, values, requests, results)
        return values[: len(self._fetches)]

    def _new_step(self):
        return Step(self._session, self._arguments, self._global_step_now)

    def _tell_hooks(self, step, values, requests, results):
        # What hooks ask for may have changed the global step beside the target.
        known = self._global_step is not None and not requests
        step.has_run(values, values[len(self._fetches)] if known else None)
        for call in self._calls:
            call.after(step, results.get(call))
        if self._can_be_quiet:
            self._before = int(step.global_step)
        self._stopped = step.stop_requested

    def _quiet_steps(self, traces):
        """Runs steps as long as no hook has anything to do.

        Args:
            traces: Iterator of a context for each step.
        """
        quiet = [call.quiet(self._before) for call in self._calls]
        most = min((steps for steps, _ in quiet), default=math.inf)
        until = min((seconds for _, seconds in quiet), default=math.inf)
        if time.time() >= until:
            return
        run, position = self._session_step(), len(self._fetches)
        first = before = self._before
        values, nothing_to_do = None, True
        try:
            while nothing_to_do and before - first < most and not self._coordinator.should_stop():
                with next(traces):
                    values = run()
                nothing_to_do = (
                    time.time() < until
                    and int(values[position]) == before + 1
                    and not any(call.alarmed(values) for call in self._watching)
                )
                if nothing_to_do:
                    before += 1
        finally:
            if before > first:
                self._before = before
                self._latest = values[:position]
                for call in self._calls:
                    call.catch_up(before - first, before - 1)
        if not nothing_to_do:
            self._latest = values[:position]
            step = self._new_step()
            step.before = before
            self._tell_hooks(step, values, {}, {})

    def _step_by_monitored_session(self):
        told = self._arguments.fetches
        results = self._monitored.run(told)
        self._stopped = self._monitored.should_stop()
        values = {
            id(fetch): value for fetch, value in zip(_parts(told), _parts(results), strict=True)
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

    def __init__(self, session, graph):
        self._session = session
        self._graph = graph

    def __enter__(self):
        return self._session

    def __exit__(self, *error):
        with self._graph.as_default():
            return self._session.__exit__(*error)
