"""`Estimator` of `tf.contrib.learn`: trains, evaluates, predicts with and exports a model_fn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators import (
    metrics_of_evaluation,
    model_fn_calls,
    tensor_signature,
)
from estimator_heads.compat.contrib.learn.estimators.base_estimator import BaseEstimator
from estimator_heads.compat.contrib.learn.estimators.saved_models import SavedModelExport
from estimator_heads.compat.contrib.learn.keys import MetricKey
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import ModelFn, Path


class Estimator(SavedModelExport, BaseEstimator):
    """Trains, evaluates, predicts with and exports a model.

    Reproduces `tf.contrib.learn.Estimator` of TF 1.15. In addition a model_fn may return an
    `EstimatorSpec`, and an input_fn a `tf.data.Dataset`.

    >>> import tensorflow as tf
    >>> def model_fn(features, labels):
    ...     weight = tf.compat.v1.get_variable("weight", initializer=0.0)
    ...     loss = tf.reduce_mean(tf.square(weight * features - labels))
    ...     optimizer = tf.compat.v1.train.GradientDescentOptimizer(0.1)
    ...     train_op = optimizer.minimize(loss, tf.compat.v1.train.get_global_step())
    ...     return weight * features, loss, train_op
    >>> def input_fn():
    ...     return tf.constant([1.0, 2.0]), tf.constant([3.0, 6.0])
    >>> estimator = Estimator(model_fn).fit(input_fn=input_fn, steps=50)
    >>> round(float(estimator.get_variable_value("weight")), 3)
    3.0

    Args:
        model_fn: Function of features and labels, by position, and of any of `mode`, `params`,
            `config` and `model_dir`, by name. It returns `ModelFnOps`, or a tuple (predictions,
            loss, train_op).
        model_dir: As for `BaseEstimator`.
        config: As for `BaseEstimator`.
        params: Hyperparameters for the model_fn.
        feature_engineering_fn: Function that makes, of the features and labels of the input, those
            that the model_fn gets.

    Raises:
        ValueError: If `params` are given that the model_fn does not take, or `model_dir` and
            `config` disagree.
    """

    def __init__(
        self,
        model_fn: ModelFn | None = None,
        model_dir: Path | None = None,
        config: CoreRunConfig | None = None,
        params: Any = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
    ) -> None:
        super().__init__(model_dir=model_dir, config=config)
        if model_fn is not None:
            model_fn_calls.check(model_fn, params)
        self._model_fn: Any = model_fn
        self.params = params
        self._feature_engineering_fn = feature_engineering_fn or _unchanged

    # Subclasses are known to override and to call these.

    def _call_model_fn(self, features, labels, mode, metrics=None, config=None):
        features, labels = self._feature_engineering_fn(features, labels)
        optional = {
            "mode": mode,
            "params": self.params,
            "config": config or self.config,
            "model_dir": self.model_dir,
        }
        model = model_fn_calls.call(self._model_fn, features, labels, optional, mode)
        if metrics:
            model.eval_metric_ops.update(
                metrics_of_evaluation.metric_ops(metrics, features, labels, model.predictions)
            )
        return model

    def _get_train_ops(self, features, labels):
        return self._call_model_fn(features, labels, ModeKeys.TRAIN)

    def _get_eval_ops(self, features, labels, metrics):
        model = self._call_model_fn(features, labels, ModeKeys.EVAL, metrics)
        if MetricKey.LOSS not in model.eval_metric_ops:
            model.eval_metric_ops[MetricKey.LOSS] = tf.compat.v1.metrics.mean(model.loss)
        return model

    def _get_predict_ops(self, features):
        labels = tensor_signature.placeholders(self._labels_info)
        return self._call_model_fn(features, labels, ModeKeys.INFER)


def _unchanged(features, labels):
    return features, labels
