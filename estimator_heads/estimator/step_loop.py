"""Steps of a MonitoredSession with their hooks, at the speed of a bare session.

A `MonitoredSession` creates the session, recovers it and closes it. Its `run()`, though, asks every
hook at every step, and translates all they want into one `Session.run()` anew. Here what is fetched
is compiled once, and hooks are called when they have something to do (see `hook_schedule`). What a
hook is called with and in which order is the same.
"""

import contextlib

import tensorflow as tf

from estimator_heads import _tensorflow
from estimator_heads.estimator import hook_requests, hook_schedule
from estimator_heads.estimator.fastest_way import FastestWay
from estimator_heads.estimator.inline_input import InlineInput
from estimator_heads.estimator.step import Step

train = tf.compat.v1.train

_PREEMPTION_ERRORS = (tf.errors.AbortedError, tf.errors.UnavailableError)
_MAX_CALLABLES = 32


class StepLoop(train.SessionRunHook):
    """Runs the steps of a `MonitoredSession`, of which it has to be a hook.

    Args:
        fetches: List of what to fetch in each step.
        target: Operation or tensor to run in each step; None for the fetches only.
        global_step: The global step variable, if the target advances it.
        told: The fetches that hooks are told of, as `run_context.original_args.fetches`. By
            default, the list of the target and the fetches.
    """

    def __init__(self, fetches, target=None, global_step=None, told=None):
        self._fetches = list(fetches)
        self._targets = [] if target is None else [getattr(target, "op", target)]
        told = [target, *self._fetches] if told is None else told
        self._arguments = train.SessionRunArgs(told, None)
        self._global_step = global_step
        self._before = None
        self._stopped = False

    def begin(self):
        self._inline_input = InlineInput(tf.compat.v1.get_default_graph())
        if self._global_step is not None:
            with tf.control_dependencies(self._targets), tf.compat.v1.name_scope(None):
                self._step_after = tf.identity(self._global_step, name="global_step/after_step")

    def after_create_session(self, session, coord):
        # Also called after a recovery, with a new session.
        self._session, self._coordinator = session, coord
        self._every_step, self._inline, self._callables = None, False, {}
        if self._global_step is not None:
            self._before = int(session.run(self._global_step))

    def run(self, session, trace_name):
        """Runs steps until a hook, an error or the end of the input stops it; closes the session.

        Args:
            session: The `MonitoredSession`, just created.
            trace_name: Name of a step in profiles.

        Returns:
            List of the values fetched in the last step; None if there was no step.
        """
        self._attach(session)
        values, count = None, 0

        def steps(step_context):
            nonlocal values, count
            with self._error_of_another_thread():
                while not (self._stopped or self._coordinator.should_stop()):
                    count += 1
                    with tf.profiler.experimental.Trace(trace_name, step_num=count, _r=1):
                        values = self._step()

        with contextlib.closing(self), session:
            while self._goes_on():
                session.run_step_fn(steps)
        return values

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
        self._monitored = self._session = self._coordinator = None
        self._every_step = self._callables = None

    def _attach(self, session):
        self._monitored = session
        hooks = _tensorflow.session_hooks(session)
        if hooks is None or self._session.sess_str:
            # In a cluster, others advance the global step too, and calls take longer than hooks.
            self._calls = None
            return
        with_global_step = self._global_step is not None
        self._calls = hook_schedule.scheduled(hooks, self, with_global_step)
        self._asking = [call for call in self._calls if call.asks]
        self._all_fetches = [*self._fetches, *([self._step_after] if with_global_step else [])]
        for call in self._calls:
            if call.watches is not None:
                call.position = len(self._all_fetches)
                self._all_fetches.append(call.watches)

    def _goes_on(self):
        return not (self._stopped or self._monitored.should_stop())

    def _step(self):
        """Runs one step, hooks included, and returns the values of the fetches."""
        if self._calls is None:
            return self._step_by_monitored_session()
        step = Step(self._session, self._arguments, self._before)
        requests = {}
        for call in self._asking:
            request = call.before(step)
            if request is not None:
                requests[call] = request
        values, results = self._run_with(step, requests) if requests else (self._run(), {})
        step.fetched = values
        if self._global_step is not None:
            self._before = step.after = int(values[len(self._fetches)])
        for call in self._calls:
            call.after(step, results.get(call))
        self._stopped = step.stop_requested
        return values[: len(self._fetches)]

    def _step_by_monitored_session(self):
        _, values = self._monitored.run([self._targets, self._fetches])
        self._stopped = self._monitored.should_stop()
        return values

    def _run(self):
        """Runs a step that no hook has asked anything of."""
        if self._every_step is None:
            self._every_step = self._usual_or_inline()
        return self._every_step()

    def _usual_or_inline(self):
        """A small model gains more from fewer threads than from operations running in parallel."""
        usual, inline = self._both_ways(self._all_fetches)
        if inline is None:
            return usual

        def chosen(way):
            self._every_step = way
            if way is inline:
                self._inline = True
                self._callables.clear()

        return FastestWay(usual, inline, chosen)

    def _both_ways(self, fetches):
        return _tensorflow.session_callables(
            self._session, fetches, self._targets, self._inline_input.replacements
        )

    def _run_with(self, step, requests):
        """Runs a step with what hooks ask for; returns the own values, and theirs by hook."""
        wanted = [(call, r.fetches) for call, r in requests.items() if r.fetches is not None]
        fetches = [fetch for _, fetch in wanted]
        feeds = hook_requests.merged_feeds(requests.values())
        options = [request.options for request in requests.values() if request.options]
        if feeds or options:
            hook_requests.merge_options(step.options, options)
            _, values, results = self._session.run(
                [self._targets, self._all_fetches, fetches], feeds, step.options, step.run_metadata
            )
        else:
            values, results = self._callable(fetches)()
        return values, {call: result for (call, _), result in zip(wanted, results, strict=True)}

    def _callable(self, fetches):
        """A function for a step with these fetches besides, which hooks tend to ask for again."""
        key = hook_requests.fetches_key(fetches)
        if key not in self._callables:
            if len(self._callables) >= _MAX_CALLABLES:
                self._callables.clear()
            # The fetches stay alive with the callable, as the key has the ids of their parts.
            self._callables[key] = self._compiled(fetches), fetches
        return self._callables[key][0]

    def _compiled(self, fetches):
        flat = hook_requests.flat_fetches(fetches)
        usual, inline = self._both_ways([*self._all_fetches, *flat])
        run = inline if self._inline and inline else usual
        own = len(self._all_fetches)

        def step():
            values = run()
            return values[:own], hook_requests.structured(iter(values[own:]), fetches)

        return step

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
