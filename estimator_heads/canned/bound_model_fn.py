"""The model_fn of a canned estimator: one with more arguments, some of which are fixed."""

from __future__ import annotations

from typing import Any

from estimator_heads.types import ModelFn


def bound_model_fn(model_fn: ModelFn, **arguments: Any) -> ModelFn:
    """A model_fn that hands fixed arguments on.

    Args:
        model_fn: Function of `features`, `labels`, `mode`, `config` and the `arguments`.
        **arguments: What the constructor of the estimator was given.

    Returns:
        A function of `features`, `labels`, `mode` and `config`, as `Estimator` takes it.
    """

    def _model_fn(features, labels, mode, config):
        return model_fn(features=features, labels=labels, mode=mode, config=config, **arguments)

    return _model_fn
