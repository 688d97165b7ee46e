"""Evaluation in the middle of training, without a checkpoint in between."""

from __future__ import annotations

import os

import tensorflow as tf

from estimator_heads.estimator import arguments
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.types import Hooks, InputFn

v1 = tf.compat.v1


class InMemoryEvaluatorHook(tf.compat.v1.train.SessionRunHook):
    """Evaluates the model before training, every `every_n_iter` steps, and after training.

    Reproduces `tf.estimator.experimental.InMemoryEvaluatorHook`. The graph of the evaluation is
    built once, and takes the values of the variables from the session that trains. Metrics go to
    the event file in the folder eval, or eval_<name>, of `estimator.model_dir`.

    Args:
        estimator: The `Estimator` that is trained, on a single machine.
        input_fn: As for `Estimator.evaluate`.
        steps: Number of batches; None: until the input ends.
        hooks: `SessionRunHook`s to run during the evaluation.
        name: Name of the evaluation, to tell several apart.
        every_n_iter: Number of training steps between two evaluations, > 0.

    Raises:
        ValueError: If `every_n_iter` is not > 0, or the Estimator is one of a cluster; later, when
            training begins, if the model has its own saver, init_fn or saveable objects.
        TypeError: If hooks have the wrong type.
    """

    def __init__(
        self,
        estimator: Estimator,
        input_fn: InputFn,
        steps: int | None = None,
        hooks: Hooks | None = None,
        name: str | None = None,
        every_n_iter: int = 100,
    ) -> None:
        if every_n_iter is None or not every_n_iter > 0:
            raise ValueError(
                "Invalid value for argument `every_n_iter`. Expected a number of steps > 0. "
                f"Received: every_n_iter={every_n_iter!r}."
            )
        config = estimator.config
        if config.num_ps_replicas > 0 or config.num_worker_replicas > 1:
            raise ValueError(
                "InMemoryEvaluatorHook only works on a single machine, the one that trains. Use "
                "train_and_evaluate in a cluster. Received an Estimator of a cluster with "
                f"{config.num_worker_replicas} workers and {config.num_ps_replicas} parameter "
                "servers."
            )
        self._estimator = estimator
        self._input_fn = input_fn
        self._eval_dir = os.path.join(estimator.model_dir, f"eval_{name}" if name else "eval")
        self._hooks = arguments.checked_list("hooks", hooks, v1.train.SessionRunHook)
        self._hooks.extend(estimator._convert_eval_steps_to_hooks(steps))
        self._timer = v1.train.SecondOrStepTimer(every_steps=every_n_iter)

    def begin(self) -> None:
        self._timer.reset()
        self._steps = 0
        self._evaluated_at: int | None = None
        self._graph = tf.Graph()
        with self._graph.as_default():
            self._scaffold, self._update_op, self._values, self._all_hooks = (
                self._estimator._evaluate_build_graph(
                    self._input_fn, self._hooks, checkpoint_path=None
                )
            )
            for attribute in ("saver", "init_fn"):
                if getattr(self._scaffold, attribute, None) is not None:
                    raise ValueError(
                        "InMemoryEvaluatorHook hands over the values of variables itself, so the "
                        f"model cannot have a Scaffold with {attribute!r} of its own. Use "
                        "train_and_evaluate."
                    )
            self._eval_variables = _variables()

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        if v1.get_collection(v1.GraphKeys.SAVEABLE_OBJECTS):
            raise ValueError(
                "InMemoryEvaluatorHook only copies variables, but the model has other saveable "
                "objects, such as trainable lookup tables. Use train_and_evaluate."
            )
        variables = _variables()
        shared = sorted(variables.keys() & self._eval_variables.keys())
        self._train_variables = {name: variables[name] for name in shared}
        with self._graph.as_default():
            self._new_values = {
                name: v1.placeholder(self._eval_variables[name].dtype.base_dtype) for name in shared
            }
            self._assign_op = tf.group(
                *[
                    v1.assign(self._eval_variables[name], value)
                    for name, value in self._new_values.items()
                ]
            )
        self._evaluate(session)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        self._steps += 1
        if self._timer.should_trigger_for_step(self._steps):
            self._evaluate(run_context.session)

    def end(self, session: tf.compat.v1.Session) -> None:
        if self._evaluated_at != self._steps:
            self._evaluate(session)

    def _evaluate(self, session):
        values = session.run(self._train_variables)
        feed = {self._new_values[name]: value for name, value in values.items()}

        def assign(scaffold, session):
            session.run(self._assign_op, feed)

        with self._graph.as_default():
            self._estimator._evaluate_run(
                checkpoint_path=None,
                scaffold=v1.train.Scaffold(init_fn=assign, copy_from_scaffold=self._scaffold),
                update_op=self._update_op,
                eval_dict=self._values,
                all_hooks=self._all_hooks,
                output_dir=self._eval_dir,
            )
        self._evaluated_at = self._steps
        self._timer.update_last_triggered_step(self._steps)


def _variables():
    """The global variables of the default graph, by name."""
    return {variable.name: variable for variable in v1.global_variables()}
