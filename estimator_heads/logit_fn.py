"""`call_logit_fn`: the part of a model_fn that makes logits, called like a model_fn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.types import Features


def call_logit_fn(
    logit_fn: Callable[..., Any], features: Features, mode: str, params: Any, config: Any
) -> tf.Tensor | dict[str, tf.Tensor]:
    """Calls a logit_fn with the arguments that it accepts.

    Reproduces `tf.estimator.experimental.call_logit_fn`.

    Args:
        logit_fn: Function of `features` and any of `mode`, `params` and `config`, all by name.
        features: Dict of Tensors.
        mode: One of `ModeKeys`.
        params: Hyperparameters.
        config: A `RunConfig`.

    Returns:
        The logits: a Tensor, or a dict of Tensors by string.

    Raises:
        ValueError: If the logit_fn returns anything else.
    """
    optional = {"mode": mode, "params": params, "config": config}
    names = fn_args(logit_fn)
    taken = {name: value for name, value in optional.items() if name in names}
    logits = logit_fn(features=features, **taken)
    by_name = logits if isinstance(logits, dict) else {"logits": logits}
    if all(isinstance(k, str) and isinstance(v, tf.Tensor) for k, v in by_name.items()):
        return logits
    raise ValueError(
        "The logit_fn must return a Tensor, or a dict from strings to Tensors. Received: "
        f"{logits!r} of type {type(logits).__name__}."
    )
