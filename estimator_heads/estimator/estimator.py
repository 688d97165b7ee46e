"""The Estimator: trains, evaluates, predicts with and exports what a model_fn describes."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, TypeVar, cast

import numpy as np
import tensorflow as tf

from estimator_heads.estimator import arguments, prediction, user_functions
from estimator_heads.estimator.config import cluster
from estimator_heads.estimator.config.complete_config import complete_config
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.estimator_evaluator import Evaluators
from estimator_heads.estimator.evaluation_stages import EvaluationStages
from estimator_heads.estimator.graph_parts import GraphParts
from estimator_heads.estimator.predictors.estimator_predictor import Predictors
from estimator_heads.estimator.saved_model_exports import SavedModelExports
from estimator_heads.estimator.storage import checkpoint_state, warm_start, write_failures
from estimator_heads.estimator.storage.warm_start import WarmStartSettings
from estimator_heads.estimator.trained_values import TrainedValues
from estimator_heads.estimator.training_stages import TrainingStages
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Hooks, InputFn, ModelFn, Path, PredictKeys

_Self = TypeVar("_Self", bound="Estimator")


class Estimator(
    GraphParts,
    TrainingStages,
    EvaluationStages,
    TrainedValues,
    SavedModelExports,
    Predictors,
    Evaluators,
):
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

    def __init__(
        self,
        model_fn: ModelFn,
        model_dir: Path | None = None,
        config: RunConfig | None = None,
        params: Any = None,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
    ) -> None:
        # As the original calls it: subclasses replace it by static methods too.
        type(self)._assert_members_are_not_overridden(self)
        self._config = complete_config(config, model_dir)
        self._train_distribution = self._config.train_distribute
        self._eval_distribution = self._config.eval_distribute
        self._model_dir = cast(str, self._config.model_dir)
        self._session_config = self._config.session_config
        self._device_fn = self._config.device_fn or cluster.device_fn(self._config)
        tf.compat.v1.logging.info("Using config: %s", vars(self._config))
        user_functions.verify_model_fn_args(model_fn, params)
        self._model_fn = model_fn
        self._params = copy.deepcopy(params or {})
        self._warm_start_settings = warm_start.settings_from(warm_start_from)

    def _assert_members_are_not_overridden(self) -> None:
        """Lets subclasses override what they like; those that knew better override it too."""

    @property
    def model_dir(self) -> str:
        """Folder for checkpoints and event files."""
        return self._model_dir

    @property
    def config(self) -> RunConfig:
        """A copy of the `RunConfig`."""
        return copy.deepcopy(self._config)

    @property
    def params(self) -> Any:
        """A copy of the hyperparameters."""
        return copy.deepcopy(self._params)

    @property
    def model_fn(self) -> Callable[..., EstimatorSpec]:
        """The model_fn with `params` bound, as a function of (features, labels, mode, config)."""

        def public_model_fn(features, labels, mode, config):
            return self._call_model_fn(features, labels, mode, config)

        return public_model_fn

    def eval_dir(self, name: str | None = None) -> str:
        """Folder of the event file of an evaluation.

        Args:
            name: Name of the evaluation, as given to `evaluate`.

        Returns:
            <model_dir>/eval or <model_dir>/eval_<name>.
        """
        return os.path.join(self._model_dir, f"eval_{name}" if name else "eval")

    def train(
        self: _Self,
        input_fn: InputFn,
        hooks: Hooks | None = None,
        steps: int | None = None,
        max_steps: int | None = None,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener] | None = None,
    ) -> _Self:
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
        all_hooks = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        listeners = arguments.checked_list(
            "saving_listeners", saving_listeners, tf.compat.v1.train.CheckpointSaverListener
        )
        if max_steps is not None:
            reached = self._reached_step()
            if reached >= max_steps:
                tf.compat.v1.logging.info(
                    "Skipping training: global step %d >= max_steps %d.", reached, max_steps
                )
                return self
        all_hooks.extend(self._convert_train_steps_to_hooks(steps, max_steps))
        with write_failures.explained_in_training(self._model_dir, self.latest_checkpoint):
            loss = self._train_model(input_fn, all_hooks, listeners)
        tf.compat.v1.logging.info("Loss for final step: %s.", loss)
        return self

    def evaluate(
        self,
        input_fn: InputFn,
        steps: int | None = None,
        hooks: Hooks | None = None,
        checkpoint_path: Path | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
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
        checkpoint_state.check_is_folder(self._model_dir)
        return self._actual_eval(
            input_fn,
            strategy=self._eval_distribution,
            steps=steps,
            hooks=hooks,
            checkpoint_path=checkpoint_path,
            name=name,
        )

    def predict(
        self,
        input_fn: InputFn,
        predict_keys: PredictKeys | None = None,
        hooks: Hooks | None = None,
        checkpoint_path: Path | None = None,
        yield_single_examples: bool = True,
    ) -> Generator[Any, None, None]:
        """Yields predictions. The model is built when the first one is requested.

        Args:
            input_fn: As for `train`; labels are ignored, and an input without end yields forever.
            predict_keys: Names of the predictions to compute, of a model that returns a dict; of a
                `MultiHead`, tuples (name of the head, key). None: all.
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
        checked = arguments.checked_list("hooks", hooks, tf.compat.v1.train.SessionRunHook)
        return self._predictions(
            input_fn, predict_keys, checked, checkpoint_path, yield_single_examples
        )

    # Below are steps of `predict`. Subclasses are known to call and to override those with the
    # original's names, as well as those that come from the other parts of the class.

    def _predictions(
        self,
        input_fn: InputFn,
        predict_keys: PredictKeys | None,
        hooks: Hooks,
        checkpoint_path: Path | None,
        single_examples: bool,
    ) -> Generator[Any, None, None]:
        path = arguments.path_string(checkpoint_path) or self._latest_or_initial("predict")
        with tf.Graph().as_default() as graph:
            self._seed_and_create_global_step()
            features, input_hooks = self._get_features_from_input_fn(input_fn, ModeKeys.PREDICT)
            spec = self._call_model_fn(features, None, ModeKeys.PREDICT, self.config)
            self._maybe_warm_start(path)
            predictions = self._extract_keys(spec.predictions, predict_keys)
        all_hooks = [*input_hooks, *hooks, *spec.prediction_hooks]
        batch_length = self._extract_batch_length if single_examples else None
        yield from prediction.run(
            graph, spec, predictions, path, all_hooks, batch_length, self._runtime_config()
        )

    def _extract_keys(self, predictions: Any, predict_keys: PredictKeys | None) -> Any:
        return prediction.select_keys(predictions, predict_keys)

    def _extract_batch_length(self, preds_evaluated: Mapping[str, np.ndarray]) -> int:
        return prediction.checked_batch_length(preds_evaluated)
