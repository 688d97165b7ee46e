"""The Estimator: trains, evaluates, predicts with and exports what a model_fn describes."""

import contextlib
import copy
import functools
import os

import tensorflow as tf

from estimator_heads.estimator import (
    arguments,
    distribution,
    evaluation,
    input_pipeline,
    prediction,
    training,
    user_functions,
)
from estimator_heads.estimator.config import cluster
from estimator_heads.estimator.config.complete_config import complete_config
from estimator_heads.estimator.estimator_evaluator import Evaluators
from estimator_heads.estimator.loop import StopAfterStepsHook
from estimator_heads.estimator.predictors.estimator_predictor import Predictors
from estimator_heads.estimator.saved_model_exports import SavedModelExports
from estimator_heads.estimator.storage import (
    checkpoint_state,
    checkpoints,
    event_writing,
    warm_start,
    write_failures,
)
from estimator_heads.estimator.trained_values import TrainedValues
from estimator_heads.keys import ModeKeys


class Estimator(TrainedValues, SavedModelExports, Predictors, Evaluators):
    """Trains, evaluates, predicts with and exports a model. Reproduces `tf.estimator.Estimator`.

    Every method builds its own graph by calling the input_fn and the model_fn, restores the latest
    checkpoint of `model_dir` if there is one, and runs it in a session; so user functions run in
    graph mode even where TensorFlow executes eagerly. Subclasses may override any method.

    Args:
        model_fn: Function of `features` and any of `labels`, `mode`, `params` and `config`, all by
            name, that returns an `EstimatorSpec`.
        model_dir: Folder for checkpoints and event files. If None, that of `config`, or a temporary
            one.
        config: A `RunConfig`; None for the default one.
        params: Hyperparameters for the model_fn and the input_fn, usually a dict.
        warm_start_from: Path of a checkpoint, a folder of checkpoints or a SavedModel to take the
            initial values of trainable variables from, or `WarmStartSettings`.

    Raises:
        ValueError: If the model_fn cannot be called with these arguments, or `model_dir` and
            `config` disagree.

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
    >>> estimator = Estimator(model_fn).train(input_fn, steps=50)
    >>> round(float(estimator.get_variable_value("weight")), 3)
    3.0
    """

    def __init__(self, model_fn, model_dir=None, config=None, params=None, warm_start_from=None):
        self._config = complete_config(config, model_dir)
        self._model_dir = self._config.model_dir
        self._session_config = self._config.session_config
        self._device_fn = self._config.device_fn or cluster.device_fn(self._config)
        tf.compat.v1.logging.info("Using config: %s", vars(self._config))
        user_functions.verify_model_fn_args(model_fn, params)
        self._model_fn = model_fn
        self._params = copy.deepcopy(params or {})
        self._warm_start_settings = warm_start.settings_from(warm_start_from)

    @property
    def model_dir(self):
        """Folder for checkpoints and event files."""
        return self._model_dir

    @property
    def config(self):
        """A copy of the `RunConfig`."""
        return copy.deepcopy(self._config)

    @property
    def params(self):
        """A copy of the hyperparameters."""
        return copy.deepcopy(self._params)

    @property
    def model_fn(self):
        """The model_fn with `params` bound, as a function of (features, labels, mode, config)."""

        def public_model_fn(features, labels, mode, config):
            return self._call_model_fn(features, labels, mode, config)

        return public_model_fn

    def eval_dir(self, name=None):
        """Folder of the event file of an evaluation.

        Args:
            name: Name of the evaluation, as given to `evaluate`.

        Returns:
            <model_dir>/eval or <model_dir>/eval_<name>.
        """
        return os.path.join(self._model_dir, f"eval_{name}" if name else "eval")

    def train(self, input_fn, hooks=None, steps=None, max_steps=None, saving_listeners=None):
        """Trains the model, continuing from the latest checkpoint.

        Args:
            input_fn: Function of any of `mode`, `params`, `config` and `input_context`, that
                returns a `tf.data.Dataset` of (features, labels), or features and labels as
                tensors.
            hooks: `SessionRunHook`s to run in the loop.
            steps: Number of steps to train in this call; None: until the input ends.
            max_steps: Global step to stop at, over all calls; None: until the input ends.
            saving_listeners: `CheckpointSaverListener`s, called before and after each checkpoint.

        Returns:
            `self`.

        Raises:
            ValueError: If both `steps` and `max_steps` are given, or one is not > 0.
            TypeError: If hooks or listeners have the wrong type.
            tf.compat.v1.train.NanLossDuringTrainingError: If the loss becomes NaN.
        """
        if steps is not None and max_steps is not None:
            raise ValueError(
                "Only one of `steps` (for this call) and `max_steps` (for all calls) can be given. "
                f"Received: steps={steps!r}, max_steps={max_steps!r}."
            )
        arguments.check_positive("steps", steps)
        arguments.check_positive("max_steps", max_steps)
        checkpoint_state.check_is_folder(self._model_dir)
        hooks = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        saving_listeners = arguments.checked_list(
            "saving_listeners", saving_listeners, tf.compat.v1.train.CheckpointSaverListener
        )
        if max_steps is not None:
            reached = self._reached_step()
            if reached >= max_steps:
                tf.compat.v1.logging.info(
                    "Skipping training: global step %d >= max_steps %d.", reached, max_steps
                )
                return self
        if steps is not None or max_steps is not None:
            hooks.append(tf.compat.v1.train.StopAtStepHook(steps, max_steps))
        with write_failures.explained_in_training(self._model_dir, self.latest_checkpoint):
            loss = self._train_model(input_fn, hooks, saving_listeners)
        tf.compat.v1.logging.info("Loss for final step: %s.", loss)
        return self

    def evaluate(self, input_fn, steps=None, hooks=None, checkpoint_path=None, name=None):
        """Computes the metrics of the model and writes them to the event file in `eval_dir(name)`.

        Args:
            input_fn: As for `train`.
            steps: Number of batches; None: until the input ends.
            hooks: `SessionRunHook`s to run in the loop.
            checkpoint_path: Path of the checkpoint to evaluate. If None, the latest one; without
                any, the initial values.
            name: Name of the evaluation, to tell several apart.

        Returns:
            Dict from metric name to NumPy value, with "loss", the mean of the batches' losses, and
            "global_step".

        Raises:
            ValueError: If `steps` is not > 0, or the model has a metric named "loss" or
                "global_step".
            TypeError: If hooks have the wrong type.
        """
        arguments.check_positive("steps", steps)
        checkpoint_state.check_is_folder(self._model_dir)
        hooks = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        if steps is not None:
            hooks.append(StopAfterStepsHook(steps))
        if checkpoint_path := arguments.path_string(checkpoint_path):
            return self._evaluate_checkpoint(checkpoint_path, input_fn, hooks, name)
        return checkpoint_state.with_latest(
            functools.partial(self._latest_or_initial, "evaluate"),
            lambda latest: self._evaluate_checkpoint(latest, input_fn, hooks, name),
        )

    def predict(
        self,
        input_fn,
        predict_keys=None,
        hooks=None,
        checkpoint_path=None,
        yield_single_examples=True,
    ):
        """Yields predictions. The model is built when the first one is requested.

        Args:
            input_fn: As for `train`; labels are ignored, and an input without end yields forever.
            predict_keys: Names of the predictions to compute, of a model that returns a dict; None:
                all.
            hooks: `SessionRunHook`s to run in the loop.
            checkpoint_path: Path of the checkpoint to use. If None, the latest one; without any,
                the initial values.
            yield_single_examples: Whether to yield single examples instead of whole batches.

        Returns:
            A generator of NumPy arrays, or of dicts of them. Closing it closes its session.

        Raises:
            ValueError: If `predict_keys` do not fit the predictions, or the batch sizes of
                predictions differ.
            TypeError: If hooks have the wrong type.
        """
        checkpoint_state.check_is_folder(self._model_dir)
        hooks = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        return self._predictions(
            input_fn, predict_keys, hooks, checkpoint_path, yield_single_examples
        )

    # Below are the steps of the methods above. Subclasses are known to call and to override them,
    # so they keep the original's names.

    def _call_model_fn(self, features, labels, mode, config):
        return user_functions.call_model_fn(
            self._model_fn, features, labels, mode, self.params, config
        )

    def _call_input_fn(self, input_fn, mode, input_context=None):
        return user_functions.call_input_fn(input_fn, mode, self.params, self.config, input_context)

    def _get_features_and_labels_from_input_fn(self, input_fn, mode):
        return input_pipeline.parse_input_fn_result(self._call_input_fn(input_fn, mode))

    def _get_features_from_input_fn(self, input_fn, mode):
        features, _, hooks = self._get_features_and_labels_from_input_fn(input_fn, mode)
        input_pipeline.warn_if_endless(features)
        return features, hooks

    def _create_global_step(self, graph):
        return tf.compat.v1.train.create_global_step(graph)

    def _create_and_assert_global_step(self, graph):
        return self._create_global_step(graph)

    def _seed_and_create_global_step(self):
        """Starts a graph, which goes on with the input and then the model.

        Seeded random operations depend on this order.
        """
        tf.compat.v1.set_random_seed(self._config.tf_random_seed)
        return self._create_and_assert_global_step(tf.compat.v1.get_default_graph())

    def _train_model(self, input_fn, hooks, saving_listeners):
        if self._config.train_distribute:
            return distribution.train(self, input_fn, hooks, saving_listeners)
        with tf.Graph().as_default() as graph, tf.compat.v1.device(self._device_fn):
            self._seed_and_create_global_step()
            features, labels, input_hooks = self._get_features_and_labels_from_input_fn(
                input_fn, ModeKeys.TRAIN
            )
            spec = self._call_model_fn(features, labels, ModeKeys.TRAIN, self.config)
            return self._train_with_estimator_spec(
                spec,
                input_hooks,
                hooks,
                tf.compat.v1.train.get_global_step(graph),
                saving_listeners,
            )

    def _train_with_estimator_spec(
        self, estimator_spec, worker_hooks, hooks, global_step_tensor, saving_listeners
    ):
        self._maybe_warm_start(self.latest_checkpoint())
        return training.run(
            estimator_spec,
            [*worker_hooks, *hooks],
            global_step_tensor,
            saving_listeners,
            self._config,
        )

    def _evaluate_checkpoint(self, checkpoint_path, input_fn, hooks, name):
        strategy = self._config.eval_distribute
        with tf.Graph().as_default(), strategy.scope() if strategy else contextlib.nullcontext():
            scaffold, update_op, values, hooks = self._evaluate_build_graph(
                input_fn, hooks, checkpoint_path
            )
            return self._evaluate_run(
                checkpoint_path, scaffold, update_op, values, hooks, self.eval_dir(name)
            )

    def _evaluate_build_graph(self, input_fn, hooks=None, checkpoint_path=None):
        self._seed_and_create_global_step()
        if self._config.eval_distribute:
            parts = distribution.evaluation_parts(self, input_fn)
        else:
            parts = self._evaluation_parts(input_fn)
        scaffold, update_op, values, input_hooks, model_hooks = parts
        self._maybe_warm_start(checkpoint_path)
        hooks = [*input_hooks, *(hooks or []), *model_hooks]
        return evaluation.with_local_init(scaffold), update_op, values, hooks

    def _evaluation_parts(self, input_fn):
        features, labels, input_hooks = self._get_features_and_labels_from_input_fn(
            input_fn, ModeKeys.EVAL
        )
        spec = self._call_model_fn(features, labels, ModeKeys.EVAL, self.config)
        update_op, values = evaluation.update_and_values(spec)
        return spec.scaffold, update_op, values, input_hooks, spec.evaluation_hooks

    def _evaluate_run(self, checkpoint_path, scaffold, update_op, eval_dict, all_hooks, output_dir):
        results = evaluation.run(
            checkpoint_path, scaffold, update_op, eval_dict, all_hooks, self._config
        )
        event_writing.write_evaluation(output_dir, results, checkpoint_path)
        return results

    def _predictions(self, input_fn, predict_keys, hooks, checkpoint_path, single_examples):
        checkpoint_path = arguments.path_string(checkpoint_path) or self._latest_or_initial(
            "predict"
        )
        with tf.Graph().as_default() as graph:
            self._seed_and_create_global_step()
            features, input_hooks = self._get_features_from_input_fn(input_fn, ModeKeys.PREDICT)
            spec = self._call_model_fn(features, None, ModeKeys.PREDICT, self.config)
            self._maybe_warm_start(checkpoint_path)
            predictions = prediction.select_keys(spec.predictions, predict_keys)
        hooks = [*input_hooks, *hooks, *spec.prediction_hooks]
        yield from prediction.run(
            graph, spec, predictions, checkpoint_path, hooks, single_examples, self._config
        )

    def _reached_step(self):
        try:
            return checkpoints.global_step(self.latest_checkpoint())
        except (ValueError, tf.errors.OpError):
            if self._config.is_chief:
                raise
            return 0  # The chief may delete the checkpoint that a worker is about to read.

    def _maybe_warm_start(self, checkpoint_path):
        if self._warm_start_settings and not checkpoint_path:
            warm_start.warm_start(self._warm_start_settings)
