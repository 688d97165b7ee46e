"""The steps of an Estimator that put a graph together: global step, input, model."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads.estimator import input_pipeline, user_functions
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.parts import EstimatorPart
from estimator_heads.estimator.storage import warm_start
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import InputFn


class GraphParts(EstimatorPart):
    """The part of `Estimator` that calls the user's functions; it relies on the rest of it.

    Subclasses are known to call and to override these steps, so they have the original's names and
    arguments.
    """

    def _call_model_fn(
        self, features: Any, labels: Any, mode: str, config: RunConfig
    ) -> EstimatorSpec:
        return user_functions.call_model_fn(
            self._model_fn, features, labels, mode, self.params, config
        )

    def _call_input_fn(
        self, input_fn: InputFn, mode: str, input_context: tf.distribute.InputContext | None = None
    ) -> Any:
        return user_functions.call_input_fn(input_fn, mode, self.params, self.config, input_context)

    def _get_features_and_labels_from_input_fn(
        self, input_fn: InputFn, mode: str
    ) -> tuple[Any, Any, list[tf.compat.v1.train.SessionRunHook]]:
        return input_pipeline.parse_input_fn_result(self._call_input_fn(input_fn, mode))

    def _get_features_from_input_fn(
        self, input_fn: InputFn, mode: str
    ) -> tuple[Any, list[tf.compat.v1.train.SessionRunHook]]:
        features, _, hooks = input_pipeline.parse_input_fn_result(
            self._call_input_fn(input_fn, mode)
        )
        self._validate_features_in_predict_input(features)
        return features, hooks

    def _validate_features_in_predict_input(self, result: Any) -> None:
        input_pipeline.warn_if_endless(result)

    def _get_iterator_from_input_fn(
        self, input_fn: InputFn, mode: str, distribution: tf.distribute.Strategy | None = None
    ) -> tuple[Any, list[tf.compat.v1.train.SessionRunHook]]:
        if distribution is None:
            dataset = self._call_input_fn(input_fn, mode)
            iterator = tf.compat.v1.data.make_initializable_iterator(dataset)
        else:
            iterator = distribution.make_input_fn_iterator(
                lambda context: self._call_input_fn(input_fn, mode, context)
            )
        return iterator, [input_pipeline.InitializerHook(iterator)]

    def _create_global_step(self, graph: tf.Graph) -> tf.Variable:
        return tf.compat.v1.train.create_global_step(graph)

    def _create_and_assert_global_step(self, graph: tf.Graph) -> tf.Variable:
        return self._create_global_step(graph)

    def _seed_and_create_global_step(self) -> tf.Variable:
        """Starts a graph, which goes on with the input and then the model.

        Seeded random operations depend on this order.
        """
        tf.compat.v1.set_random_seed(self._config.tf_random_seed)
        return self._create_and_assert_global_step(tf.compat.v1.get_default_graph())

    def _maybe_warm_start(self, checkpoint_path: str | None) -> None:
        if self._warm_start_settings and not checkpoint_path:
            warm_start.warm_start(self._warm_start_settings)

    def _runtime_config(self) -> RunConfig:
        """The `RunConfig`, with the session_config and model_dir that a subclass may have set."""
        own = {"session_config": self._session_config, "model_dir": self._model_dir}
        changed = {
            name: value for name, value in own.items() if value is not getattr(self._config, name)
        }
        return self._config.replace(**changed) if changed else self._config
