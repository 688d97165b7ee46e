"""The steps of `Estimator.evaluate`."""

import contextlib
import functools

import tensorflow as tf

from estimator_heads.estimator import arguments, distribution, evaluation
from estimator_heads.estimator.loop import StopAfterStepsHook
from estimator_heads.estimator.storage import checkpoint_state, event_writing
from estimator_heads.keys import ModeKeys


class EvaluationStages:
    """The evaluating part of `Estimator`; it relies on the rest of it.

    Subclasses are known to call and to override these steps, so they have the original's names and
    arguments.
    """

    def _convert_eval_steps_to_hooks(self, steps):
        arguments.check_positive("steps", steps)
        return [] if steps is None else [StopAfterStepsHook(steps)]

    def _actual_eval(
        self, input_fn, strategy=None, steps=None, hooks=None, checkpoint_path=None, name=None
    ):
        hooks = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        hooks.extend(self._convert_eval_steps_to_hooks(steps))

        def evaluate(path):
            with (
                tf.Graph().as_default(),
                strategy.scope() if strategy else contextlib.nullcontext(),
            ):
                scaffold, update_op, values, all_hooks = self._evaluate_build_graph(
                    input_fn, hooks, path
                )
                return self._evaluate_run(
                    checkpoint_path=path,
                    scaffold=scaffold,
                    update_op=update_op,
                    eval_dict=values,
                    all_hooks=all_hooks,
                    output_dir=self.eval_dir(name),
                )

        if checkpoint_path := arguments.path_string(checkpoint_path):
            return evaluate(checkpoint_path)
        return checkpoint_state.with_latest(
            functools.partial(self._latest_or_initial, "evaluate"), evaluate
        )

    def _evaluate_build_graph(self, input_fn, hooks=None, checkpoint_path=None):
        self._seed_and_create_global_step()
        build = (
            self._call_model_fn_eval_distributed
            if self._eval_distribution
            else self._call_model_fn_eval
        )
        scaffold, model_hooks, input_hooks, update_op, values = build(input_fn, self.config)
        self._maybe_warm_start(checkpoint_path)
        evaluation.add_global_step(values)
        hooks = [*input_hooks, *(hooks or []), *(model_hooks or [])]
        return evaluation.with_local_init(scaffold), update_op, values, hooks

    def _call_model_fn_eval(self, input_fn, config):
        features, labels, input_hooks = self._get_features_and_labels_from_input_fn(
            input_fn, ModeKeys.EVAL
        )
        spec = self._call_model_fn(features, labels, ModeKeys.EVAL, config)
        update_op, values = evaluation.update_and_values(spec)
        return spec.scaffold, spec.evaluation_hooks, input_hooks, update_op, values

    def _call_model_fn_eval_distributed(self, input_fn, config):
        return distribution.evaluation_parts(self, input_fn, config)

    def _evaluate_run(self, checkpoint_path, scaffold, update_op, eval_dict, all_hooks, output_dir):
        results = evaluation.run(
            checkpoint_path, scaffold, update_op, eval_dict, all_hooks, self._runtime_config()
        )
        event_writing.write_evaluation(output_dir, results, checkpoint_path)
        return results
