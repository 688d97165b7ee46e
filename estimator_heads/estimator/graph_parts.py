"""The steps of an Estimator that put a graph together: global step, input, model."""

import tensorflow as tf

from estimator_heads.estimator import input_pipeline, user_functions
from estimator_heads.estimator.storage import warm_start


class GraphParts:
    """The part of `Estimator` that calls the user's functions; it relies on the rest of it.

    Subclasses are known to call and to override these steps, so they have the original's names and
    arguments.
    """

    def _call_model_fn(self, features, labels, mode, config):
        return user_functions.call_model_fn(
            self._model_fn, features, labels, mode, self.params, config
        )

    def _call_input_fn(self, input_fn, mode, input_context=None):
        return user_functions.call_input_fn(input_fn, mode, self.params, self.config, input_context)

    def _get_features_and_labels_from_input_fn(self, input_fn, mode):
        return input_pipeline.parse_input_fn_result(self._call_input_fn(input_fn, mode))

    def _get_features_from_input_fn(self, input_fn, mode):
        features, _, hooks = input_pipeline.parse_input_fn_result(
            self._call_input_fn(input_fn, mode)
        )
        self._validate_features_in_predict_input(features)
        return features, hooks

    def _validate_features_in_predict_input(self, result):
        input_pipeline.warn_if_endless(result)

    def _get_iterator_from_input_fn(self, input_fn, mode, distribution=None):
        if distribution is None:
            dataset = self._call_input_fn(input_fn, mode)
            iterator = tf.compat.v1.data.make_initializable_iterator(dataset)
        else:
            iterator = distribution.make_input_fn_iterator(
                lambda context: self._call_input_fn(input_fn, mode, context)
            )
        return iterator, [input_pipeline.InitializerHook(iterator)]

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

    def _maybe_warm_start(self, checkpoint_path):
        if self._warm_start_settings and not checkpoint_path:
            warm_start.warm_start(self._warm_start_settings)

    def _runtime_config(self):
        """The `RunConfig`, with the session_config and model_dir that a subclass may have set."""
        own = {"session_config": self._session_config, "model_dir": self._model_dir}
        changed = {
            name: value for name, value in own.items() if value is not getattr(self._config, name)
        }
        return self._config.replace(**changed) if changed else self._config
