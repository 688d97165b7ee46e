"""An evaluator: a model that stays in memory, for many evaluations."""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from typing import Any

import tensorflow as tf

from estimator_heads import forks
from estimator_heads.estimator import arguments, evaluation
from estimator_heads.estimator.parts import EstimatorPart
from estimator_heads.estimator.storage import checkpoint_state, event_writing
from estimator_heads.types import Hooks, InputFn, Path

_GraphKeys = tf.compat.v1.GraphKeys

# What a session raises whose server has gone, or was started again.
_LOST = (tf.errors.AbortedError, tf.errors.UnavailableError)


class EstimatorEvaluator:
    """Evaluates checkpoints of an Estimator; made by `Estimator.evaluator`, see there.

    A call takes what reading the checkpoint and evaluating the batches takes: the graph is built
    and optimized for the first one.

    Args:
        estimator: The `Estimator`.
        input_fn: As for `Estimator.evaluate`, called once.
        steps: Number of batches; None: until the input ends.
        hooks: `SessionRunHook`s.
        name: Name of the evaluation.

    Raises:
        ValueError: If the input cannot start again, since it consists of queues.
    """

    def __init__(
        self,
        estimator: EstimatorPart,
        input_fn: InputFn,
        steps: int | None = None,
        hooks: Hooks | None = None,
        name: str | None = None,
    ) -> None:
        all_hooks = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        all_hooks.extend(estimator._convert_eval_steps_to_hooks(steps))
        self._estimator = estimator
        self._output_dir = estimator.eval_dir(name)
        self._evaluating = threading.Lock()
        self._process = os.getpid()
        self._session: _KeptSession | None = _KeptSession()
        self._graph = tf.Graph()
        with self._in_graph():
            scaffold, update_op, values, all_hooks = estimator._evaluate_build_graph(
                input_fn, all_hooks, estimator.latest_checkpoint()
            )
            if tf.compat.v1.get_collection(_GraphKeys.QUEUE_RUNNERS):
                raise ValueError(
                    "Invalid value for argument `input_fn`. Expected one that returns a "
                    "tf.data.Dataset, which can be read again for each evaluation (for others use "
                    f"Estimator.evaluate). Received one that makes queues: input_fn={input_fn!r}."
                )
            self._evaluation: evaluation.Evaluation | None = evaluation.Evaluation(
                scaffold,
                update_op,
                values,
                all_hooks,
                estimator._runtime_config(),
                session_creator=self._session.creator,
                keeps_session=True,
            )

    def __call__(self, checkpoint_path: Path | None = None) -> dict[str, Any]:
        """Evaluates a checkpoint, and writes the metrics as `Estimator.evaluate` does.

        Args:
            checkpoint_path: Its path. If None, the latest one; without any, the initial values.

        Returns:
            Dict from metric name to NumPy value.

        Raises:
            RuntimeError: If the evaluator is closed, or was made before this process was forked.
        """
        forks.check_session_is_of_this_process(self._process)
        with self._evaluating:
            if self._evaluation is None:
                raise RuntimeError("The evaluator is closed. Make a new one.")
            evaluate = functools.partial(self._evaluate, self._evaluation)
            if path := arguments.path_string(checkpoint_path):
                return evaluate(path)
            return checkpoint_state.with_latest(
                lambda: self._estimator._latest_or_initial("evaluate"), evaluate
            )

    def close(self) -> None:
        """Releases the model; the evaluator is of no more use."""
        with self._evaluating:
            if self._evaluation is not None:
                self._evaluation.close()
            if self._session is not None:
                self._session.close()
            self._evaluation = self._session = self._graph = None

    def __enter__(self) -> EstimatorEvaluator:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _in_graph(self):
        strategy = self._estimator._eval_distribution
        with (
            self._graph.as_default(),
            strategy.scope() if strategy else contextlib.nullcontext(),
        ):
            yield

    def _evaluate(
        self, model: evaluation.Evaluation, checkpoint_path: str | None
    ) -> dict[str, Any]:
        with self._in_graph():
            results = model.run(checkpoint_path)
            event_writing.write_evaluation(self._output_dir, results, checkpoint_path)
        return results


class Evaluators(EstimatorPart):
    """The part of `Estimator` that makes evaluators; it relies on the rest of it."""

    def evaluator(
        self,
        input_fn: InputFn,
        steps: int | None = None,
        hooks: Hooks | None = None,
        name: str | None = None,
    ) -> EstimatorEvaluator:
        """An evaluator, which keeps the model in memory between evaluations.

        `evaluate` builds the model at every call. An evaluator does so once, which pays off where
        many checkpoints are evaluated, each on few batches.

        Args:
            input_fn: As for `train`. It is called once, as is the model_fn; a `tf.data.Dataset` is
                read from its start at each evaluation.
            steps: Number of batches; None: until the input ends.
            hooks: `SessionRunHook`s to run in the loop. `begin` and `end` are called for each
                evaluation, with the same graph.
            name: Name of the evaluation, to tell several apart.

        Returns:
            An `EstimatorEvaluator`: a function of `checkpoint_path=None` that returns what
            `evaluate` does and writes the same events, and a context manager.

        Raises:
            ValueError: If `steps` is not > 0, or the input consists of queues.
            TypeError: If hooks have the wrong type.

        >>> import tensorflow as tf
        >>> from estimator_heads import Estimator, EstimatorSpec
        >>> def model_fn(features, labels, mode):
        ...     return EstimatorSpec(mode, loss=tf.reduce_mean(features))
        >>> def input_fn():
        ...     return tf.data.Dataset.from_tensor_slices([1.0, 2.0, 6.0])
        >>> with Estimator(model_fn).evaluator(input_fn) as evaluator:
        ...     float(evaluator()["loss"])
        3.0
        """
        return EstimatorEvaluator(self, input_fn, steps, hooks, name)


class _KeptSession(tf.compat.v1.train.SessionCreator):
    """The one session of all evaluations of a graph; each loads a checkpoint into it."""

    def __init__(self) -> None:
        self._session: tf.compat.v1.Session | None = None

    def creator(
        self,
        scaffold: tf.compat.v1.train.Scaffold,
        checkpoint_filename_with_path: str | None,
        **options: Any,
    ) -> _KeptSession:
        """This, as the creator of a session for a checkpoint.

        Args:
            scaffold: As for `tf.compat.v1.train.ChiefSessionCreator`, as are the others.
            checkpoint_filename_with_path: Path of the checkpoint; None for the initial values.
            **options: Further arguments.
        """
        self._scaffold, self._path, self._options = scaffold, checkpoint_filename_with_path, options
        return self

    def create_session(self) -> tf.compat.v1.Session:
        """The session, ready to evaluate."""
        if self._session is None:
            creator = tf.compat.v1.train.ChiefSessionCreator(
                self._scaffold, checkpoint_filename_with_path=self._path, **self._options
            )
            self._session = creator.create_session()
            self._session.close = lambda: None  # A MonitoredSession closes it after each run.
        else:
            try:
                self._load(self._session)
            except _LOST:
                self.close()  # The MonitoredSession asks again, and gets a new one.
                raise
        return self._session

    def close(self) -> None:
        """Closes the session."""
        session, self._session = self._session, None
        if session is not None:
            del session.close  # That of its class is left.
            with contextlib.suppress(*_LOST):
                session.close()

    def _load(self, session: tf.compat.v1.Session) -> None:
        scaffold = self._scaffold
        scaffold.finalize()
        if self._path:
            scaffold.saver.restore(session, self._path)
        else:
            session.run(scaffold.init_op, scaffold.init_feed_dict)
            if scaffold.init_fn:
                scaffold.init_fn(session)
        session.run(scaffold.local_init_op, scaffold.local_init_feed_dict)
