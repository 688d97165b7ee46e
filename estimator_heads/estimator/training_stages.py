"""The steps of `Estimator.train`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from estimator_heads.estimator import distribution, training
from estimator_heads.estimator.parts import EstimatorPart
from estimator_heads.estimator.storage import checkpoint_state, checkpoints, warm_start
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Hooks, InputFn


class TrainingStages(EstimatorPart):
    """The training part of `Estimator`; it relies on the rest of it.

    Subclasses are known to call and to override these steps, so they have the original's names and
    arguments.
    """

    def _convert_train_steps_to_hooks(
        self, steps: int | None, max_steps: int | None
    ) -> list[tf.compat.v1.train.SessionRunHook]:
        if steps is None and max_steps is None:
            return []
        return [tf.compat.v1.train.StopAtStepHook(steps, max_steps)]

    def _train_model(
        self,
        input_fn: InputFn,
        hooks: Hooks,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener],
    ) -> np.generic | None:
        if self._train_distribution:
            return self._train_model_distributed(input_fn, hooks, saving_listeners)
        return self._train_model_default(input_fn, hooks, saving_listeners)

    def _train_model_default(
        self,
        input_fn: InputFn,
        hooks: Hooks,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener],
    ) -> np.generic | None:
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

    def _train_model_distributed(
        self,
        input_fn: InputFn,
        hooks: Hooks,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener],
    ) -> np.generic | None:
        def train(strategy):
            return self._actual_train_model_distributed(strategy, input_fn, hooks, saving_listeners)

        return distribution.run(train, self._train_distribution, self._config)

    def _actual_train_model_distributed(
        self,
        strategy: tf.distribute.Strategy,
        input_fn: InputFn,
        hooks: Hooks,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener],
    ) -> np.generic | None:
        with distribution.training_graph(strategy) as graph:
            spec, input_hooks, global_step = distribution.training_parts(
                self, strategy, input_fn, graph
            )
            return self._train_with_estimator_spec(
                spec, input_hooks, hooks, global_step, saving_listeners
            )

    def _train_with_estimator_spec(
        self,
        estimator_spec: EstimatorSpec,
        worker_hooks: Hooks,
        hooks: Hooks,
        global_step_tensor: tf.Variable,
        saving_listeners: Sequence[tf.compat.v1.train.CheckpointSaverListener],
    ) -> np.generic | None:
        if self._warm_start_settings and not checkpoint_state.latest(self._model_dir):
            warm_start.warm_start(self._warm_start_settings)
        return training.run(
            estimator_spec,
            [*worker_hooks, *hooks],
            global_step_tensor,
            saving_listeners,
            self._runtime_config(),
        )

    def _reached_step(self) -> int:
        try:
            return checkpoints.global_step(checkpoint_state.latest(self._model_dir))
        except (ValueError, tf.errors.OpError):
            if self._config.is_chief:
                raise
            return 0  # The chief may delete the checkpoint that a worker is about to read.
