"""Hooks that stop training, on one machine or on all machines of a cluster.

See `early_stopping.make_early_stopping_hook`, which chooses among them.
"""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

# The scope and name that checkpoints of the original have this variable under.
_SCOPE, _NAME = "signal_early_stopping", "STOP"

v1 = tf.compat.v1


class StopOnPredicateHook(tf.compat.v1.train.SessionRunHook):
    """Stops the session when a function says so, and tells the other workers of a cluster.

    Args:
        should_stop_fn: Function without arguments that returns whether to stop.
        run_every_secs: Seconds between two questions, or None.
        run_every_steps: Steps between two questions, or None.

    Raises:
        TypeError: If `should_stop_fn` is not a function.
    """

    def __init__(
        self,
        should_stop_fn: Callable[[], bool],
        run_every_secs: float | None = 60,
        run_every_steps: int | None = None,
    ) -> None:
        self._should_stop_fn = checked_should_stop_fn(should_stop_fn)
        self._timer = v1.train.SecondOrStepTimer(run_every_secs, run_every_steps)

    def begin(self) -> None:
        self._global_step = v1.train.get_global_step()
        stop = signal()
        self._start_op = v1.assign(stop, False)
        self._stop_op = v1.assign(stop, True)

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        # The checkpoint of a training that was stopped early has the signal in it.
        session.run(self._start_op)

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        return v1.train.SessionRunArgs(self._global_step)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        step = run_values.results
        if not self._timer.should_trigger_for_step(step):
            return
        self._timer.update_last_triggered_step(step)
        if self._should_stop_fn():
            v1.logging.info("Stopping early at global step %d.", step)
            self._stop(run_context)

    def _stop(self, run_context):
        run_context.session.run(self._stop_op)
        run_context.request_stop()


class StopOnPredicateLocallyHook(StopOnPredicateHook):
    """The one for a single machine: there is nobody to tell, and so no variable."""

    def begin(self) -> None:
        self._global_step = v1.train.get_global_step()

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        pass

    def _stop(self, run_context):
        run_context.request_stop()


class CheckForStoppingHook(tf.compat.v1.train.SessionRunHook):
    """The one for the other workers of a cluster: stops when the chief has set the variable."""

    def begin(self) -> None:
        self._signal = signal()

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        return v1.train.SessionRunArgs(self._signal)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        if run_values.results:
            v1.logging.info("Stopping early, as requested by the chief.")
            run_context.request_stop()


class CollectiveStoppingHook(tf.compat.v1.train.SessionRunHook):
    """The one for `MultiWorkerMirroredStrategy`: stops at the step after one in which any says so.

    Every worker has a copy of the variable; they add up what all have to say, at the same steps.

    Args:
        should_stop_fn: Function without arguments that returns whether to stop.
        run_every_steps: Steps between two questions.

    Raises:
        TypeError: If `should_stop_fn` is not a function.
    """

    def __init__(
        self, should_stop_fn: Callable[[], bool], run_every_steps: int | None = None
    ) -> None:
        self._should_stop_fn = checked_should_stop_fn(should_stop_fn)
        self._timer = v1.train.SecondOrStepTimer(None, run_every_steps)

    def begin(self) -> None:
        self._fetches = {
            "global_step": v1.train.get_global_step(),
            "votes": _stop_variable(
                tf.int32,
                0,
                synchronization=tf.VariableSynchronization.ON_WRITE,
                aggregation=tf.VariableAggregation.SUM,
            ),
        }
        votes = self._fetches["votes"]
        self._ballots: list[tf.Tensor] = []

        def vote():
            ballot = v1.placeholder_with_default(0, [], name="stop_value")
            self._ballots.append(ballot)
            return votes.assign_add(ballot)

        self._reset_op = v1.assign(votes, 0)
        self._vote_op = tf.distribute.get_strategy().run(vote)

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        # The checkpoint of a training that was stopped early has the votes in it.
        session.run(self._reset_op)

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        return v1.train.SessionRunArgs(self._fetches)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        step = run_values.results["global_step"]
        if run_values.results["votes"] > 0:
            v1.logging.info("Stopping early at global step %d.", step)
            run_context.request_stop()
        elif self._timer.should_trigger_for_step(step):
            self._timer.update_last_triggered_step(step)
            answer = int(bool(self._should_stop_fn()))
            run_context.session.run(self._vote_op, {self._ballots[0]: answer})


def checked_should_stop_fn(should_stop_fn: Callable[[], bool]) -> Callable[[], bool]:
    """The function; a TypeError if it is none."""
    if not callable(should_stop_fn):
        raise TypeError(
            "Invalid value for argument `should_stop_fn`. Expected a function without arguments "
            f"that returns a bool. Received: should_stop_fn={should_stop_fn!r}."
        )
    return should_stop_fn


def signal() -> tf.Variable:
    """The variable by which the chief of a cluster tells the other workers to stop."""
    return _stop_variable(tf.bool, False)


def _stop_variable(dtype, value, **options):
    with v1.variable_scope(_SCOPE, reuse=v1.AUTO_REUSE):
        return v1.get_variable(
            _NAME,
            shape=[],
            dtype=dtype,
            initializer=v1.constant_initializer(value),
            trainable=False,
            collections=[v1.GraphKeys.GLOBAL_VARIABLES],
            **options,
        )
