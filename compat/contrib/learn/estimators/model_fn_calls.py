"""Calls a model_fn of `tf.contrib.learn`, and takes what it returns as `ModelFnOps`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow import keras_names
from estimator_heads.callables import fn_args
from estimator_heads.compat.contrib.learn.keys import PredictionKey, ProblemType
from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.export.outputs import ClassificationOutput, PredictOutput, RegressionOutput
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Features, Labels, ModelFn


class ModelFnOpsOfSpec(ModelFnOps):
    """`ModelFnOps` with what only an `EstimatorSpec` has.

    Attributes:
        evaluation_hooks: Hooks of the model to evaluate with.
        prediction_hooks: Hooks of the model to predict with.
    """

    evaluation_hooks = ()
    prediction_hooks = ()


def check(model_fn: ModelFn, params: Any) -> None:
    """Checks that a model_fn takes the hyperparameters of an Estimator.

    Args:
        model_fn: The function.
        params: The Estimator's `params`, or None.

    Raises:
        ValueError: If there are some that it does not take.
    """
    takes_params = "params" in fn_args(model_fn)
    if params is not None and not takes_params:
        raise ValueError(
            f"The Estimator was given `params`, but its model_fn {model_fn} does not take them: it "
            f"takes {list(fn_args(model_fn))}. Add the argument `params` to the model_fn, or leave "
            f"out params={params!r}."
        )
    if params is None and takes_params:
        tf.compat.v1.logging.warning(
            "The model_fn %s takes `params`, but the Estimator was given none: it gets None.",
            model_fn,
        )


def call(
    model_fn: ModelFn,
    features: Features,
    labels: Labels | None,
    optional: Mapping[str, Any],
    mode: str,
) -> ModelFnOps:
    """Calls a model_fn with features, labels and those of the other arguments that it takes.

    Args:
        model_fn: Function of features and labels, by position, and of any of `optional`, by name,
            that returns `ModelFnOps`, a tuple (predictions, loss, train_op) or an `EstimatorSpec`.
        features: First result of the input_fn.
        labels: Second result of the input_fn.
        optional: Dict of the other arguments.
        mode: One of `ModeKeys`.

    Returns:
        The `ModelFnOps`.

    Raises:
        ValueError: If it returns a tuple of another length.
        TypeError: If it returns anything else.
    """
    args = fn_args(model_fn)
    kwargs = {name: value for name, value in optional.items() if name in args}
    with keras_names.keras_names_from_the_start():
        result = model_fn(features, labels, **kwargs)
    if isinstance(result, ModelFnOps):
        return result
    if isinstance(result, EstimatorSpec):
        return _of_spec(result)
    if not isinstance(result, (tuple, list)) or len(result) != 3:
        error_class = ValueError if isinstance(result, (tuple, list)) else TypeError
        raise error_class(
            f"The model_fn {model_fn} must return ModelFnOps, an EstimatorSpec or a tuple "
            f"(predictions, loss, train_op). Received: {result!r} of type {type(result).__name__}."
        )
    predictions, loss, train_op = result
    return ModelFnOps(mode=mode, predictions=predictions, loss=loss, train_op=train_op)


def _of_spec(spec):
    ops = ModelFnOpsOfSpec(
        mode=spec.mode,
        predictions=spec.predictions,
        loss=spec.loss,
        train_op=spec.train_op,
        eval_metric_ops=dict(spec.eval_metric_ops),
        output_alternatives=_output_alternatives(spec.export_outputs),
        training_chief_hooks=spec.training_chief_hooks,
        training_hooks=spec.training_hooks,
        scaffold=spec.scaffold,
    )
    ops.evaluation_hooks = spec.evaluation_hooks
    ops.prediction_hooks = spec.prediction_hooks
    return ops


def _output_alternatives(export_outputs):
    if not export_outputs:
        return None
    return {name: _output_alternative(output) for name, output in export_outputs.items()}


def _output_alternative(output):
    if isinstance(output, RegressionOutput):
        return ProblemType.LINEAR_REGRESSION, {PredictionKey.SCORES: output.value}
    if isinstance(output, ClassificationOutput):
        tensors = {PredictionKey.SCORES: output.scores, PredictionKey.CLASSES: output.classes}
        return ProblemType.CLASSIFICATION, {k: v for k, v in tensors.items() if v is not None}
    if isinstance(output, PredictOutput):
        return ProblemType.UNSPECIFIED, output.outputs
    raise ValueError(
        "Invalid value in `export_outputs`. Expected RegressionOutput, ClassificationOutput or "
        f"PredictOutput. Received: {output!r} of type {type(output).__name__}."
    )
