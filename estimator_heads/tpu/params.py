"""The entries that a TPUEstimator adds to `params`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from estimator_heads.callables import fn_args

BATCH_SIZE = "batch_size"
CONTEXT = "context"  # There is none on CPU and GPU.
USE_TPU = "use_tpu"
RESERVED = (BATCH_SIZE, CONTEXT)


def check_params(params: Any) -> None:
    """Checks that a user's `params` leave room for the entries.

    Raises:
        ValueError: If they have one of the reserved names.
    """
    taken = [name for name in RESERVED if params is not None and name in params]
    if taken:
        raise ValueError(
            f"Invalid value for argument `params`. Expected names other than {list(RESERVED)}, "
            "which a TPUEstimator sets itself: give it `train_batch_size`, `eval_batch_size` and "
            f"`predict_batch_size`. Received {taken} in params={params!r}."
        )


def check_takes_params(name: str, function: Callable[..., Any]) -> None:
    """Checks that an input_fn or a model_fn is told its batch size.

    Args:
        name: "input_fn" or "model_fn".
        function: The function.

    Raises:
        ValueError: If it does not take `params`.
    """
    arguments = fn_args(function)
    if "params" not in arguments:
        raise ValueError(
            f"The {name} of a TPUEstimator must take an argument `params`, in which it finds "
            f"params['batch_size']. Received: {name}={function!r}, which takes {list(arguments)}."
        )


def add(params: Any, name: str, value: Any) -> None:
    """Sets one entry of `params`, which are a dict or HParams."""
    if not hasattr(params, "set_hparam"):
        params[name] = value
    elif name in params:
        params.set_hparam(name, value)
    else:
        params.add_hparam(name, value)
