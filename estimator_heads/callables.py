"""What the functions that users hand in take as arguments."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any


def fn_args(fn: Callable[..., Any]) -> tuple[str, ...]:
    """Names of the arguments that `fn` can be given by keyword.

    A method's `self`, the arguments that a `functools.partial` already binds, and `*args` and
    `**kwargs` are left out. Decorators that keep `__wrapped__` (`functools.wraps`) are looked
    through.

    >>> fn_args(lambda features, labels, mode: None)
    ('features', 'labels', 'mode')
    >>> fn_args(functools.partial(lambda features, params: None, params={}))
    ('features',)

    Args:
        fn: A function, method, `functools.partial` or callable object.

    Returns:
        A tuple of strings, in the order of the signature.

    Raises:
        TypeError: `fn` is not callable.
    """
    if not callable(fn):
        raise TypeError(
            f"Invalid value for argument `fn`. Expected a callable. Received: {fn!r} of type "
            f"{type(fn).__name__}."
        )
    bound: set[str] = set()
    inner = fn
    while isinstance(inner, functools.partial):
        bound.update(inner.keywords)
        inner = inner.func
    by_keyword = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    parameters = inspect.signature(fn).parameters.values()
    return tuple(p.name for p in parameters if p.kind in by_keyword and p.name not in bound)


def requires(fn: Callable[..., Any], name: str) -> bool:
    """Whether `fn` cannot be called without the argument `name`.

    >>> requires(lambda labels, logits, loss_reduction=None: None, "loss_reduction")
    False
    """
    parameter = inspect.signature(fn).parameters.get(name)
    return parameter is not None and parameter.default is inspect.Parameter.empty
