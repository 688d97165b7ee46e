"""The heads of `tf.contrib.learn` for numbers: squared error, and counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads.single import SingleHead
from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType
from estimator_heads.heads.tasks import RegressionTask


class RegressionHead(SingleHead):
    """What is predicted is `link_fn` of the logits; of rank 1 if there is one label an example.

    Args:
        task: A `RegressionTask`.
        link_fn: Function from logits to predictions.
        **options: Those of `SingleHead`.
    """

    _problem_type = ProblemType.LINEAR_REGRESSION
    _default_scope = "regression_head"

    def __init__(
        self, task: RegressionTask, link_fn: Callable[[tf.Tensor], tf.Tensor], **options: Any
    ) -> None:
        super().__init__(task, **options)
        self._link_fn = link_fn

    def _predictions(self, logits):
        if self.logits_dimension == 1:
            logits = tf.squeeze(logits, axis=[1], name=PredictionKey.SCORES)
        return {PredictionKey.SCORES: self._link_fn(logits)}
