"""train_and_evaluate: one call for every process of a cluster, and for a single machine."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from typing import Any, TypeAlias

import tensorflow as tf

from estimator_heads.estimator import arguments
from estimator_heads.estimator.config import cluster
from estimator_heads.estimator.config.tf_config import TaskType
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.schedule.evaluator import (
    CheckpointEvaluator,
    ContinuousEvalListener,
    EvaluatingListener,
    evaluate_continuously,
)
from estimator_heads.estimator.schedule.specs import EvalSpec, TrainSpec, check_exporter_names
from estimator_heads.types import Hooks

# A dict of metrics and a list of exports; for several `EvalSpec`s, lists of these.
Results: TypeAlias = tuple[Any, Any]


def train_and_evaluate(
    estimator: Estimator,
    train_spec: TrainSpec,
    eval_spec: EvalSpec | Sequence[EvalSpec],
    *,
    every_checkpoint: bool = False,
    keep_models: bool = False,
) -> Results | None:
    """Trains, and evaluates and exports checkpoints. Reproduces `tf.estimator.train_and_evaluate`.

    On a single machine it trains, and evaluates after checkpoints are saved (how often is up to
    RunConfig.save_checkpoints_steps or save_checkpoints_secs) and when training ends. In a cluster
    each process calls it, and does what its role in TF_CONFIG asks for: a chief and workers train,
    a "ps" serves variables and does not return, an evaluator evaluates until it has seen
    `max_steps`; a "master" is a chief that evaluates too.

    Like the original, it evaluates only the latest checkpoint, and no sooner than `throttle_secs`
    after the last evaluation, unless `every_checkpoint` is set.

    Args:
        estimator: The `Estimator`.
        train_spec: A `TrainSpec`.
        eval_spec: An `EvalSpec`, or several in a list; their names must differ.
        every_checkpoint: Whether to evaluate every checkpoint that training saves, whatever
            `throttle_secs` is. An evaluator needs a RunConfig.keep_checkpoint_max that is large
            enough for it to keep up.
        keep_models: Whether to keep the model of each evaluation in memory, as an
            `Estimator.evaluator`, instead of building it for each checkpoint. Many short
            evaluations then take a fraction of the time. The values of the variables stay in memory
            a second time, and input_fn and model_fn are called once for all evaluations.

    Returns:
        A tuple of the last evaluation's dict of metrics (None if there was none), and a list of
        what the exporters returned then; for a list of `EvalSpec`s, two lists of these. None in a
        cluster.

    Raises:
        TypeError: If an argument has the wrong type.
        ValueError: If TF_CONFIG gives this process an unknown role, or names of evaluations are not
            unique.

    >>> import tensorflow as tf
    >>> from estimator_heads import EstimatorSpec
    >>> def model_fn(features, labels, mode):
    ...     weight = tf.compat.v1.get_variable("weight", initializer=0.0)
    ...     loss = tf.reduce_mean(tf.square(weight * features - labels))
    ...     optimizer = tf.compat.v1.train.GradientDescentOptimizer(0.1)
    ...     train_op = optimizer.minimize(loss, tf.compat.v1.train.get_global_step())
    ...     return EstimatorSpec(mode, loss=loss, train_op=train_op)
    >>> def input_fn():
    ...     return tf.data.Dataset.from_tensors(([1.0, 2.0], [3.0, 6.0])).repeat()
    >>> metrics, exports = train_and_evaluate(
    ...     Estimator(model_fn), TrainSpec(input_fn, max_steps=50), EvalSpec(input_fn, steps=1)
    ... )
    >>> int(metrics["global_step"]), round(float(metrics["loss"]), 3), exports
    (50, 0.0, [])
    """
    assert_eval_spec(eval_spec)
    executor = TrainingExecutor(
        estimator,
        train_spec,
        eval_spec,
        every_checkpoint=every_checkpoint,
        keep_models=keep_models,
    )
    config = estimator.config
    if config.task_type == TaskType.EVALUATOR and config.task_id > 0:
        raise ValueError(
            "There can be only one evaluator. Expected the task index 0 in TF_CONFIG. Received: "
            f"{config.task_id}."
        )
    return executor.run()


def assert_eval_spec(eval_spec: Any) -> None:
    """Raises a TypeError if it is neither an `EvalSpec` nor a non-empty list of them."""
    if not _listed(eval_spec):
        raise TypeError(
            "Invalid value for argument `eval_spec`. Expected an EvalSpec, or a list of them. "
            f"Received: eval_spec={eval_spec!r} of type {type(eval_spec).__name__}."
        )


class TrainingExecutor:
    """What each role does in `train_and_evaluate`: `run` calls the method `run_<role>`.

    A subclass may have methods for roles of its own.

    Args:
        estimator: The `Estimator`.
        train_spec: The `TrainSpec`.
        eval_spec: An `EvalSpec`, a list of them, or None for roles that only train.
        train_hooks: More `SessionRunHook`s for training.
        continuous_eval_listener: A `ContinuousEvalListener`.
        every_checkpoint: As for `train_and_evaluate`.
        keep_models: As for `train_and_evaluate`.
    """

    _Evaluator = CheckpointEvaluator

    def __init__(
        self,
        estimator: Estimator,
        train_spec: TrainSpec,
        eval_spec: EvalSpec | Sequence[EvalSpec] | None,
        train_hooks: Hooks | None = None,
        continuous_eval_listener: ContinuousEvalListener | None = None,
        every_checkpoint: bool = False,
        keep_models: bool = False,
    ) -> None:
        _check_type("estimator", estimator, Estimator)
        _check_type("train_spec", train_spec, TrainSpec)
        if eval_spec is not None:
            assert_eval_spec(eval_spec)
            _check_names(_listed(eval_spec))
        if continuous_eval_listener is not None:
            _check_type(
                "continuous_eval_listener", continuous_eval_listener, ContinuousEvalListener
            )
        self._estimator = estimator
        self._train_spec = train_spec
        self._eval_spec = eval_spec
        self._train_hooks = arguments.checked_list(
            "train_hooks", train_hooks, tf.compat.v1.train.SessionRunHook
        )
        self._continuous_eval_listener = continuous_eval_listener or ContinuousEvalListener()
        self._every_checkpoint = every_checkpoint
        self._keep_models = keep_models

    @property
    def estimator(self) -> Estimator:
        """The `Estimator`."""
        return self._estimator

    def run(self) -> Results | None:
        """Does what the role of this process asks for.

        Returns:
            As `train_and_evaluate`.

        Raises:
            ValueError: If there is no such role.
        """
        config = self._estimator.config
        if not config.cluster_spec and config.task_type != TaskType.EVALUATOR:
            return self.run_local()
        methods = [name for name in dir(self) if name.startswith("run_") and name != "run_local"]
        roles = [name.removeprefix("run_") for name in methods if callable(getattr(self, name))]
        if config.task_type not in roles:
            raise ValueError(
                f"train_and_evaluate has no role for the task type in TF_CONFIG. Expected one of "
                f"{sorted(roles)}. Received: {config.task_type!r}."
            )
        return getattr(self, f"run_{config.task_type}")()

    def run_local(self) -> Results:
        """Trains and evaluates by turns."""
        with self._evaluating_listeners(self._continuous_eval_listener) as listeners:
            self._train([*self._train_spec.saving_listeners, *listeners])
        results = [listener.eval_result for listener in listeners]
        metrics = [result.metrics if result else None for result in results]
        exports = [listener.export_results for listener in listeners]
        if isinstance(self._eval_spec, EvalSpec):
            return metrics[0], exports[0]
        return metrics, exports

    def run_chief(self) -> None:
        """Trains in a cluster, and saves checkpoints."""
        self._start_distributed_training(saving_listeners=self._train_spec.saving_listeners)

    def run_worker(self) -> None:
        """Trains in a cluster."""
        self._start_distributed_training()

    def run_master(self) -> None:
        """Trains in a cluster, saves checkpoints and evaluates them."""
        with self._evaluating_listeners(ContinuousEvalListener()) as listeners:
            self._start_distributed_training(
                saving_listeners=(*self._train_spec.saving_listeners, *listeners)
            )

    def run_ps(self) -> None:
        """Serves variables; it does not return."""
        config = self._estimator.config
        if config._is_coordinated:
            self._train([])
        else:
            self._start_std_server(config).join()

    def run_evaluator(self) -> None:
        """Evaluates checkpoints until training ends."""
        self._start_continuous_evaluation()

    # Subclasses are known to override these steps, so they have the original's names.

    def _start_std_server(self, config):
        return cluster.start_server(config)

    def _start_continuous_evaluation(self):
        every_checkpoint = self._every_checkpoint
        with self._evaluators(every_checkpoint) as evaluators:
            evaluate_continuously(evaluators, self._continuous_eval_listener, every_checkpoint)

    @contextlib.contextmanager
    def _evaluators(self, every_checkpoint=False):
        assert_eval_spec(self._eval_spec)
        max_steps = self._train_spec.max_steps
        options = {"keeps_model": True} if self._keep_models else {}
        evaluators = [
            self._Evaluator(self._estimator, spec, max_steps, every_checkpoint, **options)
            for spec in _listed(self._eval_spec)
        ]
        with contextlib.ExitStack() as models:
            for evaluator in evaluators:
                models.callback(evaluator.close)
            yield evaluators

    @contextlib.contextmanager
    def _evaluating_listeners(self, listener):
        with self._evaluators() as evaluators:
            yield [
                EvaluatingListener(
                    evaluator,
                    0 if self._every_checkpoint else evaluator.spec.throttle_secs,
                    listener,
                )
                for evaluator in evaluators
            ]

    def _start_distributed_training(self, saving_listeners=None):
        config = self._estimator.config
        if not config._is_coordinated:  # Otherwise the strategy does this.
            self._start_std_server(config)  # Before the wait, so that the others find it.
            delay = cluster.start_delay(config)
            if delay:
                tf.compat.v1.logging.info("This worker starts training in %d s.", delay)
                time.sleep(delay)
        self._train(saving_listeners)

    def _train(self, saving_listeners):
        self._estimator.train(
            input_fn=self._train_spec.input_fn,
            max_steps=self._train_spec.max_steps,
            hooks=[*self._train_spec.hooks, *self._train_hooks],
            saving_listeners=saving_listeners,
        )


def _listed(eval_spec):
    """The `EvalSpec`s; none if it is something else. (An `EvalSpec` is itself a tuple.)"""
    if isinstance(eval_spec, EvalSpec):
        return [eval_spec]
    specs = list(eval_spec) if isinstance(eval_spec, (list, tuple)) else []
    return specs if all(isinstance(spec, EvalSpec) for spec in specs) else []


def _check_names(eval_specs):
    names = [spec.name for spec in eval_specs]
    if len(set(names)) != len(names):
        raise ValueError(
            "Each EvalSpec must have a unique `name`: it names the folder of its metrics. Received "
            f"the names {names}."
        )
    check_exporter_names([exporter for spec in eval_specs for exporter in spec.exporters])


def _check_type(argument, value, expected):
    if not isinstance(value, expected):
        raise TypeError(
            f"Invalid value for argument `{argument}`. Expected a {expected.__name__}. Received: "
            f"{argument}={value!r} of type {type(value).__name__}."
        )
