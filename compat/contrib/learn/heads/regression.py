"""The heads of `tf.contrib.learn` for numbers: squared error, and counts."""

import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads.single import SingleHead
from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType


class RegressionHead(SingleHead):
    """What is predicted is `link_fn` of the logits; of rank 1 if there is one label an example.

    Args:
        task: A `RegressionTask`.
        link_fn: Function from logits to predictions.
        **options: Those of `SingleHead`.
    """

    _problem_type = ProblemType.LINEAR_REGRESSION
    _default_scope = "regression_head"

    def __init__(self, task, link_fn, **options):
        super().__init__(task, **options)
        self._link_fn = link_fn

    def _predictions(self, logits):
        if self.logits_dimension == 1:
            logits = tf.squeeze(logits, axis=[1], name=PredictionKey.SCORES)
        return {PredictionKey.SCORES: self._link_fn(logits)}
