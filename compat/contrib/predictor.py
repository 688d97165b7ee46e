"""`tf.contrib.predictor`: predictors by the names and arguments of TF 1.15."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import tensorflow as tf

from estimator_heads import forks, plain_paths
from estimator_heads.compat.contrib.learn.estimators import signatures
from estimator_heads.compat.contrib.learn.input_fn_utils import InputFnOps
from estimator_heads.estimator import Estimator
from estimator_heads.estimator.predictors.estimator_predictor import EstimatorPredictor
from estimator_heads.estimator.predictors.predictor import Predictor, SavedModelPredictor
from estimator_heads.estimator.storage import checkpoints
from estimator_heads.types import ServingInputReceiverFn

if TYPE_CHECKING:
    from estimator_heads.compat.contrib.learn.estimators.estimator import (
        Estimator as ContribEstimator,
    )

__all__ = [
    "ContribEstimatorPredictor",
    "Predictor",
    "SavedModelPredictor",
    "from_contrib_estimator",
    "from_estimator",
    "from_saved_model",
]

from_saved_model = SavedModelPredictor


def from_estimator(
    estimator: Estimator,
    serving_input_receiver_fn: ServingInputReceiverFn,
    output_key: str | None = None,
    graph: tf.Graph | None = None,
    config: tf.compat.v1.ConfigProto | None = None,
) -> EstimatorPredictor:
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


def from_contrib_estimator(
    estimator: ContribEstimator,
    prediction_input_fn: Callable[[], InputFnOps],
    input_alternative_key: str | None = None,
    output_alternative_key: str | None = None,
    graph: tf.Graph | None = None,
    config: tf.compat.v1.ConfigProto | None = None,
) -> ContribEstimatorPredictor:
    """A predictor of an Estimator of `tf.contrib.learn`.

    Reproduces `tf.contrib.predictor.from_contrib_estimator`. See `ContribEstimatorPredictor` for
    the arguments.

    Returns:
        A `ContribEstimatorPredictor`.

    Raises:
        TypeError: If `estimator` is an Estimator of `tf.estimator`.
        KeyError: If there is no such input alternative.
        ValueError: If there is no such output alternative, or it has to be named.
    """
    if isinstance(estimator, Estimator):
        raise TypeError(
            "Invalid value for argument `estimator`. Expected a tf.contrib.learn.Estimator (for a "
            f"tf.estimator.Estimator use from_estimator). Received: estimator={estimator!r}."
        )
    return ContribEstimatorPredictor(
        estimator, prediction_input_fn, input_alternative_key, output_alternative_key, graph, config
    )


class ContribEstimatorPredictor(Predictor):
    """A predictor of an Estimator of `tf.contrib.learn`, with its latest checkpoint.

    Args:
        estimator: The `tf.contrib.learn.Estimator`; without a checkpoint, its initial values count.
        prediction_input_fn: Function without arguments that returns `InputFnOps`.
        input_alternative_key: Name of the way to feed it; there is "default_input_alternative".
        output_alternative_key: Name of the output alternative; needed if the model has several.
        graph: `tf.Graph` to build the model in; by default a new one.
        config: `tf.compat.v1.ConfigProto` of the session.

    Raises:
        KeyError: If there is no such input alternative.
        ValueError: If there is no such output alternative, or it has to be named.
    """

    def __init__(
        self,
        estimator: ContribEstimator,
        prediction_input_fn: Callable[[], InputFnOps],
        input_alternative_key: str | None = None,
        output_alternative_key: str | None = None,
        graph: tf.Graph | None = None,
        config: tf.compat.v1.ConfigProto | None = None,
    ) -> None:
        graph = graph or tf.Graph()
        with graph.as_default():
            inputs, features = signatures.inputs_and_features(prediction_input_fn())
            model = estimator._get_predict_ops(features)
            outputs, output_key = signatures.outputs_and_default(
                model, output_alternative_key, "output_alternative_key"
            )
            input_key = input_alternative_key or signatures.DEFAULT_INPUTS
            if input_key not in inputs:
                raise KeyError(
                    "Invalid value for argument `input_alternative_key`. Expected one of "
                    f"{sorted(inputs)}. Received: input_alternative_key={input_key!r}."
                )
            session = _session(estimator, model.scaffold, config)
        super().__init__(graph, session, inputs[input_key], outputs[output_key][1])


def _session(estimator, scaffold, config):
    """A session with the values of the latest checkpoint."""
    forks.check_session_can_run(config)
    path = estimator.latest_checkpoint()
    with checkpoints.explained_damage(path):
        return tf.compat.v1.train.ChiefSessionCreator(
            scaffold=scaffold, config=config, checkpoint_filename_with_path=plain_paths.plain(path)
        ).create_session()
