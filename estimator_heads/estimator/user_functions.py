"""Calls model_fn and input_fn, which users write, with the arguments they ask for."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow import keras_names
from estimator_heads.callables import fn_args, requires
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import InputFn, ModelFn

MODEL_FN_ARGS = ("features", "labels", "mode", "params", "config", "self")


def verify_model_fn_args(model_fn: ModelFn | None, params: Any) -> None:
    """Checks that a model_fn can be called as an Estimator calls it.

    Args:
        model_fn: The function.
        params: The Estimator's `params`, or None.

    Raises:
        ValueError: If it does not take `features`, takes unknown arguments, or does not take
            `params` that are given.
    """
    if not callable(model_fn):
        raise ValueError(
            "Invalid value for argument `model_fn`. Expected a function of `features` and any of "
            f"`labels`, `mode`, `params` and `config`. Received: model_fn={model_fn!r}."
        )
    args = fn_args(model_fn)
    name = _name(model_fn)
    if "features" not in args:
        raise ValueError(
            f"The model_fn {name} must take an argument `features`. It takes {list(args)}."
        )
    if params is not None and "params" not in args:
        raise ValueError(
            f"The Estimator was given `params`, but the model_fn {name} does not take them: it "
            f"takes {list(args)}. Add the argument `params` to the model_fn, or leave out "
            f"params={params!r}."
        )
    unknown = [arg for arg in args if arg not in MODEL_FN_ARGS]
    if unknown:
        raise ValueError(
            f"The model_fn {name} takes arguments that an Estimator does not provide: {unknown}. "
            "Expected `features` and any of `labels`, `mode`, `params` and `config`. Bind others "
            "with functools.partial, or pass them in `params`."
        )
    if params is None and "params" in args:
        tf.compat.v1.logging.warning(
            "The model_fn %s takes `params`, but the Estimator was given none: it gets {}.", name
        )


def call_model_fn(
    model_fn: ModelFn, features: Any, labels: Any, mode: str, params: Any, config: RunConfig
) -> EstimatorSpec:
    """Calls a model_fn with those arguments it takes.

    Args:
        model_fn: The function.
        features: First result of the input_fn.
        labels: Second result of the input_fn, or None.
        mode: A `ModeKeys` value.
        params: Hyperparameters.
        config: The `RunConfig`.

    Returns:
        The `EstimatorSpec`. A model_fn may also return something else that has a method
        `estimator_spec`, as `tf.contrib.learn.ModelFnOps` does; then what that gives.

    Raises:
        ValueError: If there are labels that it does not take, or it returns anything else.
    """
    tf.compat.v1.logging.info("Calling model_fn.")
    with keras_names.keras_names_from_the_start():
        spec = result_of_model_fn(model_fn, features, labels, mode, params, config)
    tf.compat.v1.logging.info("Done calling model_fn.")
    if callable(getattr(spec, "estimator_spec", None)):
        spec = spec.estimator_spec()
    if not isinstance(spec, EstimatorSpec):
        raise ValueError(
            f"The model_fn {_name(model_fn)} must return an EstimatorSpec (in mode {mode!r}). "
            f"Received: {spec!r} of type {type(spec).__module__}.{type(spec).__qualname__}."
        )
    return spec


def result_of_model_fn(
    model_fn: ModelFn, features: Any, labels: Any, mode: str, params: Any, config: RunConfig
) -> Any:
    """Whatever a model_fn returns. The arguments are those of `call_model_fn`.

    Raises:
        ValueError: If there are labels that it does not take.
    """
    args = fn_args(model_fn)
    if labels is not None and "labels" not in args:
        raise ValueError(
            f"The input_fn returns labels, but the model_fn {_name(model_fn)} does not take them: "
            f"it takes {list(args)}. Add the argument `labels` to the model_fn, or return only "
            "features from the input_fn."
        )
    optional = {"labels": labels, "mode": mode, "params": params, "config": config}
    kwargs = {name: value for name, value in optional.items() if name in args}
    return model_fn(features=features, **kwargs)


def call_input_fn(
    input_fn: InputFn,
    mode: str,
    params: Any,
    config: RunConfig,
    input_context: tf.distribute.InputContext | None = None,
) -> Any:
    """Calls an input_fn with those arguments it takes, on the CPU.

    Args:
        input_fn: Function of any of `mode`, `params`, `config` and `input_context`.
        mode: A `ModeKeys` value.
        params: Hyperparameters.
        config: The `RunConfig`.
        input_context: A `tf.distribute.InputContext`; None gives one of a single input pipeline to
            those who insist on it.

    Returns:
        Whatever it returns.

    Raises:
        TypeError: If it cannot be called.
    """
    if not callable(input_fn):
        raise TypeError(
            "Invalid value for argument `input_fn`. Expected a function that returns a "
            f"tf.data.Dataset, or features and labels. Received: input_fn={input_fn!r} of type "
            f"{type(input_fn).__name__}."
        )
    args = fn_args(input_fn)
    optional = {"mode": mode, "params": params, "config": config}
    kwargs = {name: value for name, value in optional.items() if name in args}
    if "input_context" in args and (input_context or requires(input_fn, "input_context")):
        kwargs["input_context"] = input_context or tf.distribute.InputContext()
    with tf.device("/cpu:0"):
        return input_fn(**kwargs)


def _name(function):
    return getattr(function, "__qualname__", None) or repr(function)
