"""The steps of `Estimator.evaluate`."""

from __future__ import annotations

import contextlib
import functools
from typing import Any

import tensorflow as tf

from estimator_heads.estimator import arguments, distribution, evaluation
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.loop import StopAfterStepsHook
from estimator_heads.estimator.parts import EstimatorPart
from estimator_heads.estimator.storage import checkpoint_state, event_writing
from estimator_heads.keys import ModeKeys
from estimator_heads.types import Hooks, InputFn, Path


class EvaluationStages(EstimatorPart):
    """The evaluating part of `Estimator`; it relies on the rest of it.

    Subclasses are known to call and to override these steps, so they have the original's names and
    arguments.
    """

    def _convert_eval_steps_to_hooks(
        self, steps: int | None
    ) -> list[tf.compat.v1.train.SessionRunHook]:
        arguments.check_positive("steps", steps)
        return [] if steps is None else [StopAfterStepsHook(steps)]

    def _actual_eval(
        self,
        input_fn: InputFn,
        strategy: tf.distribute.Strategy | None = None,
        steps: int | None = None,
        hooks: Hooks | None = None,
        checkpoint_path: Path | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        user_hooks = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        user_hooks.extend(self._convert_eval_steps_to_hooks(steps))

        def evaluate(path):
            with (
                tf.Graph().as_default(),
                strategy.scope() if strategy else contextlib.nullcontext(),
            ):
                scaffold, update_op, values, all_hooks = self._evaluate_build_graph(
                    input_fn, user_hooks, path
                )
                return self._evaluate_run(
                    checkpoint_path=path,
                    scaffold=scaffold,
                    update_op=update_op,
                    eval_dict=values,
                    all_hooks=all_hooks,
                    output_dir=self.eval_dir(name),
                )

        if path := arguments.path_string(checkpoint_path):
            return evaluate(path)
        return checkpoint_state.with_latest(
            functools.partial(self._latest_or_initial, "evaluate"), evaluate
        )

    def _evaluate_build_graph(
        self, input_fn: InputFn, hooks: Hooks | None = None, checkpoint_path: str | None = None
    ) -> tuple[
        tf.compat.v1.train.Scaffold,
        tf.Operation,
        dict[str, tf.Tensor],
        list[tf.compat.v1.train.SessionRunHook],
    ]:
        self._seed_and_create_global_step()
        build = (
            self._call_model_fn_eval_distributed
            if self._eval_distribution
            else self._call_model_fn_eval
        )
        scaffold, model_hooks, input_hooks, update_op, values = build(input_fn, self.config)
        self._maybe_warm_start(checkpoint_path)
        evaluation.add_global_step(values)
        all_hooks = [*input_hooks, *(hooks or []), *(model_hooks or [])]
        return evaluation.with_local_init(scaffold), update_op, values, all_hooks

    def _call_model_fn_eval(
        self, input_fn: InputFn, config: RunConfig
    ) -> distribution.EvaluationParts:
        features, labels, input_hooks = self._get_features_and_labels_from_input_fn(
            input_fn, ModeKeys.EVAL
        )
        spec = self._call_model_fn(features, labels, ModeKeys.EVAL, config)
        update_op, values = evaluation.update_and_values(spec)
        return spec.scaffold, spec.evaluation_hooks, input_hooks, update_op, values

    def _call_model_fn_eval_distributed(
        self, input_fn: InputFn, config: RunConfig
    ) -> distribution.EvaluationParts:
        return distribution.evaluation_parts(self, input_fn, config)

    def _evaluate_run(
        self,
        checkpoint_path: str | None,
        scaffold: tf.compat.v1.train.Scaffold,
        update_op: tf.Operation,
        eval_dict: dict[str, tf.Tensor],
        all_hooks: Hooks,
        output_dir: str,
    ) -> dict[str, Any]:
        results = evaluation.run(
            checkpoint_path, scaffold, update_op, eval_dict, all_hooks, self._runtime_config()
        )
        event_writing.write_evaluation(output_dir, results, checkpoint_path)
        return results
