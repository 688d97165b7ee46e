"""How an Estimator of `tf.contrib.learn` builds its graphs, and has the runtime run them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators import (
    input_results,
    metrics_of_evaluation,
    prediction_batches,
)
from estimator_heads.compat.contrib.learn.estimators.sklearn_base import NotFittedError
from estimator_heads.compat.contrib.learn.estimators.tensor_signature import Signatures
from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.estimator import arguments, evaluation, training
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.estimator.loop import StopAfterStepsHook
from estimator_heads.estimator.storage import checkpoint_state, event_writing, write_failures
from estimator_heads.estimator.trained_values import TrainedValues

_GLOBAL_STEP = tf.compat.v1.GraphKeys.GLOBAL_STEP

# How often training logs, whatever RunConfig.log_step_count_steps says.
_STEPS_BETWEEN_LOGS = 100


class ModelRuns(TrainedValues):
    """The steps of `BaseEstimator.fit`, `evaluate` and `predict`; it relies on the rest of it.

    Subclasses are known to override them, so they keep the original's names.
    """

    _model_dir: str
    _config: CoreRunConfig
    _session_config: tf.compat.v1.ConfigProto
    _device_fn: Callable[[tf.Operation], str] | None
    _graph: tf.Graph | None
    _features_info: Signatures
    _labels_info: Signatures
    _get_train_ops: Any
    _get_eval_ops: Callable[..., ModelFnOps]
    _get_predict_ops: Any

    def _train_model(self, input_fn, hooks):
        checkpoint_state.check_is_folder(self._model_dir)
        self._graph = tf.Graph()
        with (
            write_failures.explained_in_training(self._model_dir, self.latest_checkpoint),
            self._graph.as_default() as graph,
            tf.compat.v1.device(self._device_fn),
        ):
            tf.compat.v1.set_random_seed(self._config.tf_random_seed)
            global_step = tf.compat.v1.train.create_global_step(graph)
            features, labels = input_results.features_and_labels(input_fn())
            self._check_inputs(features, labels)
            model = self._get_train_ops(features, labels)
            return training.run(
                _with_scaffold(model),
                hooks,
                global_step,
                [],
                self._runtime_config(),
                summarize_loss=False,
            )

    def _evaluate_model(
        self,
        input_fn,
        steps,
        feed_fn=None,
        metrics=None,
        name="",
        checkpoint_path=None,
        hooks=None,
        log_progress=True,
    ):
        eval_dir = os.path.join(self._model_dir, f"eval_{name}" if name else "eval")

        def evaluate(path):
            with tf.Graph().as_default() as graph:
                results, step = self._evaluate_in(
                    graph, path, input_fn, feed_fn, metrics, hooks, steps, log_progress
                )
                event_writing.write_evaluation(eval_dir, {**results, _GLOBAL_STEP: step}, None)
            return results, step

        if checkpoint_path:
            return evaluate(arguments.path_string(checkpoint_path))
        return checkpoint_state.with_latest(self._fitted_checkpoint, evaluate)

    def _evaluate_in(
        self, graph, checkpoint_path, input_fn, feed_fn, metrics, hooks, steps, log_progress
    ):
        tf.compat.v1.set_random_seed(self._config.tf_random_seed)
        global_step = tf.compat.v1.train.create_global_step(graph)
        features, labels = input_results.features_and_labels(input_fn())
        self._check_inputs(features, labels)
        model = self._get_eval_ops(features, labels, metrics)
        update_op, values = self._extract_metric_update_ops(model.eval_metric_ops)
        step_key = _GLOBAL_STEP
        while step_key in values:
            step_key = "_" + step_key
        values[step_key] = global_step
        results = evaluation.run(
            checkpoint_path,
            evaluation.with_local_init(model.scaffold or tf.compat.v1.train.Scaffold()),
            tf.no_op() if update_op is None else update_op,
            values,
            [
                *(hooks or []),
                *getattr(model, "evaluation_hooks", ()),
                *_feeding_hooks(feed_fn),
                *_stopping_hooks(update_op, steps, log_progress),
            ],
            self._runtime_config(),
        )
        return results, results[step_key]

    def _infer_model(
        self, input_fn, feed_fn=None, outputs=None, as_iterable=True, iterate_batches=False
    ):
        checkpoint_path = self._fitted_checkpoint()
        with tf.Graph().as_default() as graph:
            tf.compat.v1.set_random_seed(self._config.tf_random_seed)
            tf.compat.v1.train.create_global_step(graph)
            features = self._get_features_from_input_fn(input_fn)
            model = self._get_predict_ops(features)
            fetches = self._filter_predictions(model.predictions, outputs)
            is_constant = self._is_input_constant(feed_fn, graph)
            if is_constant:
                input_results.warn_of_iterators(graph)
        batches = prediction_batches.run(
            graph,
            _with_scaffold(model),
            fetches,
            checkpoint_path,
            [*getattr(model, "prediction_hooks", ()), *_feeding_hooks(feed_fn)],
            self._runtime_config(master=""),
        )
        if as_iterable:
            return prediction_batches.iterate(batches, iterate_batches, is_constant)
        with contextlib.closing(batches):
            return next(batches, None)

    def _get_features_from_input_fn(self, input_fn):
        return input_results.features_of(input_fn())

    def _filter_predictions(self, predictions, outputs):
        return prediction_batches.chosen(predictions, outputs)

    def _is_input_constant(self, feed_fn, graph):
        return (
            feed_fn is None
            and not graph.get_collection(tf.compat.v1.GraphKeys.QUEUE_RUNNERS)
            and not input_results.has_dataset(graph)
        )

    def _extract_metric_update_ops(self, eval_dict):
        return metrics_of_evaluation.update_and_values(eval_dict)

    def _check_inputs(self, features, labels):
        """Input must be as it was in the first call; of labels, if there are some."""
        self._features_info = input_results.checked("features", features, self._features_info)
        if labels is not None:
            self._labels_info = input_results.checked("labels", labels, self._labels_info)

    def _fitted_checkpoint(self):
        path = self._latest_to_restore()
        if not path:
            raise NotFittedError(
                f"There is no checkpoint in model_dir={self._model_dir!r}. Call fit() first."
            )
        return path

    def _runtime_config(self, **replaced):
        """The `RunConfig` as the runtime takes it."""
        config: Any = self._config.replace(
            model_dir=self._model_dir,
            session_config=self._session_config,
            log_step_count_steps=_STEPS_BETWEEN_LOGS,
        )
        config.chief_writes_summaries = True
        for name, value in replaced.items():
            setattr(config, "_" + name, value)
        return config


def _with_scaffold(model):
    return model if model.scaffold else model._replace(scaffold=tf.compat.v1.train.Scaffold())


def _feeding_hooks(feed_fn):
    return [tf.compat.v1.train.FeedFnHook(feed_fn)] if feed_fn else []


def _stopping_hooks(update_op, steps, log_progress):
    if update_op is None:
        return [_StopAtOnceHook()]
    if steps == 0:
        tf.compat.v1.logging.warning(
            "steps=0 evaluates until the input ends, as steps=None does; without end, if it has "
            "none."
        )
    return [StopAfterStepsHook(steps, log_progress)] if steps else []


class _StopAtOnceHook(tf.compat.v1.train.SessionRunHook):
    """Runs no step: without updates of metrics, there is nothing to run on each batch."""

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        coord.request_stop()
