"""`tf.contrib.predictor`: predictors by the names and arguments of TF 1.15."""

import tensorflow as tf

from estimator_heads.estimator import Estimator
from estimator_heads.estimator.predictors.estimator_predictor import EstimatorPredictor
from estimator_heads.estimator.predictors.predictor import Predictor, SavedModelPredictor

__all__ = ["Predictor", "SavedModelPredictor", "from_estimator", "from_saved_model"]

from_saved_model = SavedModelPredictor


def from_estimator(estimator, serving_input_receiver_fn, output_key=None, graph=None, config=None):
    """A predictor of an Estimator. Reproduces `tf.contrib.predictor.from_estimator`.

    Args:
        estimator: An `Estimator`.
        serving_input_receiver_fn: Function without arguments that returns an input receiver.
        output_key: Name of the export output to use; by default "serving_default".
        graph: `tf.Graph` to build the model in; by default a new one.
        config: `tf.compat.v1.ConfigProto` of the session.

    Returns:
        An `EstimatorPredictor`.

    Raises:
        TypeError: If `estimator` is not an `Estimator`.
        KeyError: If the model has no such export output.
    """
    if not isinstance(estimator, Estimator):
        raise TypeError(
            "Invalid value for argument `estimator`. Expected a tf.estimator.Estimator. Received: "
            f"estimator={estimator!r}."
        )
    return EstimatorPredictor(
        estimator,
        serving_input_receiver_fn,
        output_key or tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY,
        graph=graph,
        config=config,
    )
