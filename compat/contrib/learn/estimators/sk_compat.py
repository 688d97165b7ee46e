"""`SKCompat`: an Estimator of `tf.contrib.learn` with arrays as its input."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators import (
    input_arguments,
    metrics_of_evaluation,
    sklearn_base,
)
from estimator_heads.compat.contrib.learn.monitors.base import Monitors

if TYPE_CHECKING:
    from estimator_heads.compat.contrib.learn.estimators.base_estimator import BaseEstimator


class SKCompat(sklearn_base.BaseEstimator):
    """Trains, scores and predicts with arrays. Reproduces `tf.contrib.learn.SKCompat` of TF 1.15.

    Features and labels are NumPy arrays, pandas DataFrames (of numbers) or Series, dicts of arrays,
    or iterators of single examples. Features of rank 1 get a second dimension of 1; labels
    [rows, 1] become labels [rows].

    Args:
        estimator: The Estimator.
    """

    def __init__(self, estimator: BaseEstimator) -> None:
        self._estimator = estimator

    def fit(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = 128,
        steps: int | None = None,
        max_steps: int | None = None,
        monitors: Monitors | None = None,
    ) -> SKCompat:
        """Trains the model with rows in random order, over and over; iterators once.

        Args:
            x: Features.
            y: Labels, or None.
            batch_size: Number of rows in a batch; None for all.
            steps: Number of steps to train in this call; without `max_steps`, arrays do not end.
            max_steps: Global step to stop at, over all calls.
            monitors: `SessionRunHook`s to run in the loop.

        Returns:
            `self`.
        """
        input_fn, feed_fn = input_arguments.input_and_feed_fn(
            x, y, batch_size, shuffle=True, epochs=None
        )
        hooks = [tf.compat.v1.train.FeedFnHook(feed_fn), *(monitors or [])]
        self._estimator.fit(input_fn=input_fn, steps=steps, max_steps=max_steps, monitors=hooks)
        return self

    def score(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = 128,
        steps: int | None = None,
        metrics: dict[Any, Any] | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        """Computes metrics over all rows.

        Args:
            x: Features.
            y: Labels.
            batch_size: Number of rows in a batch; None for all.
            steps: Number of batches; None for all.
            metrics: Dict from names to `MetricSpec`s, beside the metrics of the model.
            name: Name of the evaluation, to tell several apart.

        Returns:
            Dict from metric name to NumPy value, with "loss" and "global_step".

        Raises:
            ValueError: If `metrics` is not a dict.
            NotFittedError: If there is no checkpoint.
        """
        input_fn, feed_fn = input_arguments.input_and_feed_fn(x, y, batch_size)
        metrics_of_evaluation.check(metrics)
        results, global_step = self._estimator._evaluate_model(
            input_fn=input_fn, feed_fn=feed_fn, steps=steps, metrics=metrics, name=name
        )
        if results is not None:
            results["global_step"] = global_step
        return results

    def predict(
        self,
        x: Any,
        batch_size: int | None = 128,
        outputs: Collection[str | tuple[str, str]] | None = None,
    ) -> Any:
        """Predicts for all rows.

        Args:
            x: Features.
            batch_size: Number of rows in a batch; None for all.
            outputs: Names of the predictions to compute, of a model that returns a dict; None: all.

        Returns:
            NumPy array, or dict of arrays.

        Raises:
            ValueError: If `outputs` do not fit the predictions.
            NotFittedError: If there is no checkpoint.
        """
        input_fn, feed_fn = input_arguments.input_and_feed_fn(x, None, batch_size)
        batches = list(
            self._estimator._infer_model(
                input_fn=input_fn,
                feed_fn=feed_fn,
                outputs=outputs,
                as_iterable=True,
                iterate_batches=True,
            )
        )
        if not isinstance(batches[0], dict):
            return np.concatenate(batches)
        return {key: np.concatenate([batch[key] for batch in batches]) for key in batches[0]}
