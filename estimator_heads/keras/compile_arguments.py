"""What a Keras 3 model was compiled with, as tf_keras takes it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import tensorflow as tf
import tf_keras

from estimator_heads._tensorflow import keras_models
from estimator_heads.canned.optimizers import legacy_optimizer_of
from estimator_heads.keras import adapters
from estimator_heads.keras.keras_2 import no_legacy_optimizer
from estimator_heads.types import Optimizer

if TYPE_CHECKING:
    import keras


def of_tf_keras(model: keras.Model, output_names: list[str]) -> dict[str, Any]:
    """The arguments of `compile` for a model of tf_keras that is like a Keras 3 model.

    Args:
        model: The compiled Keras 3 model.
        output_names: List of the outputs' names.

    Returns:
        Dict of `optimizer`, `loss`, `loss_weights`, `metrics` and `weighted_metrics`.

    Raises:
        ValueError: tf_keras has no such optimizer.
    """
    given = keras_models.compile_arguments(model)
    optimizer = legacy_optimizer(model.optimizer)
    optimizer.iterations = tf.compat.v1.train.get_or_create_global_step()
    return {
        "optimizer": optimizer,
        "loss": _converted(_by_output(given["loss"], model, output_names), _loss),
        "loss_weights": _by_output(given.get("loss_weights"), model, output_names),
        **{
            name: _converted(_by_output(given.get(name), model, output_names), _metric)
            for name in ("metrics", "weighted_metrics")
        },
    }


def legacy_optimizer(optimizer: Optimizer) -> tf_keras.optimizers.legacy.Optimizer:
    """The optimizer of `tf_keras.optimizers.legacy` with the options of one of Keras 3.

    Args:
        optimizer: The optimizer.

    Raises:
        ValueError: There is none.
    """
    converted = legacy_optimizer_of(optimizer)
    if converted is None:
        raise no_legacy_optimizer(optimizer)
    return converted


def _by_output(given: Any, model: keras.Model, output_names: list[str]) -> Any:
    """Values by the outputs' names, if they are by the keys of a dict that the model returns."""
    structure = getattr(model, "output", None) if hasattr(model, "output_names") else None
    if not isinstance(given, dict) or not isinstance(structure, dict):
        return given
    names = dict(zip(sorted(structure), output_names, strict=True))
    return {names.get(key, key): value for key, value in given.items()}


def _converted(given: Any, convert: Callable[[Any], Any]) -> Any:
    if isinstance(given, dict):
        return {key: _converted(value, convert) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [_converted(value, convert) for value in given]
    return convert(given)


def _loss(loss):
    """A loss of Keras 3 as one of tf_keras."""
    if not isinstance(loss, sys.modules["keras"].losses.Loss):
        return _same_function(loss, tf_keras.losses)
    reduction = {None: "none", "mean": "sum_over_batch_size"}.get(loss.reduction, loss.reduction)
    if reduction not in tf_keras.losses.Reduction.all():
        raise ValueError(
            "Invalid value for argument `keras_model`. Expected a loss with the reduction "
            '"sum_over_batch_size", "sum" or "none". Received: '
            f"{type(loss).__name__}(reduction={loss.reduction!r})."
        )
    same_class = _same_class(loss, tf_keras.losses)
    if same_class is None:
        return adapters.LossOfKeras3(loss, reduction)
    return same_class(**{**_options(loss, same_class), "reduction": reduction})


def _metric(metric):
    """A metric of Keras 3 as one of tf_keras."""
    if not isinstance(metric, sys.modules["keras"].metrics.Metric):
        return _same_function(metric, tf_keras.metrics)
    same_class = _same_class(metric, tf_keras.metrics)
    if same_class is None:
        return adapters.MetricOfKeras3(metric)
    return same_class(**_options(metric, same_class))


def _same_function(function, module):
    """The function of tf_keras in place of that of Keras 3; any other value as it is."""
    if not callable(function) or not _is_of_keras_3(function):
        return function
    return getattr(module, function.__name__, function)


def _same_class(value, module):
    """The class of tf_keras that has the name of a class of Keras 3; None for a user's class."""
    return getattr(module, type(value).__name__, None) if _is_of_keras_3(type(value)) else None


def _is_of_keras_3(value):
    return getattr(value, "__module__", "").startswith("keras.")


def _options(value: Any, target_class: type) -> dict[str, Any]:
    """The options of a loss or a metric that another class takes too."""
    known = inspect.signature(target_class).parameters
    return {
        name: option for name, option in keras_models.options_of(value).items() if name in known
    }
