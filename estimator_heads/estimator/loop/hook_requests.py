"""What several hooks request of one step, put together: fetches, feeds and run options."""

from __future__ import annotations

import collections
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

import tensorflow as tf


def fetches_key(fetches: Any) -> Hashable:
    """A key that is equal for equal structures of the same tensors."""
    parts = _parts(fetches)
    if parts is None:
        return fetches if isinstance(fetches, str) else id(fetches)
    names = tuple(fetches) if isinstance(fetches, dict) else None
    return type(fetches), names, tuple(map(fetches_key, parts))


def flat_fetches(fetches: Any) -> list[Any]:
    """List of the tensors in a structure of dicts, lists and tuples."""
    parts = _parts(fetches)
    return [fetches] if parts is None else [x for part in parts for x in flat_fetches(part)]


def structured(values: Iterator[Any], fetches: Any) -> Any:
    """The values of the tensors, in the structure of the fetches.

    `tf.nest.pack_sequence_as` takes as long for it as a small model for a step.

    Args:
        values: Iterator of the values, in the order of `flat_fetches`.
        fetches: The structure.
    """
    parts = _parts(fetches)
    if parts is None:
        return next(values)
    results = [structured(values, part) for part in parts]
    if isinstance(fetches, dict):
        return type(fetches)(zip(fetches, results, strict=True))
    if isinstance(fetches, list):
        return results
    return tuple(results) if type(fetches) is tuple else type(fetches)(*results)


def _parts(fetches):
    """The parts of a structure; None if it is a tensor, or something only `Session.run` knows."""
    kind = type(fetches)
    if issubclass(kind, dict) and not issubclass(kind, collections.defaultdict):
        return fetches.values()
    return fetches if issubclass(kind, (list, tuple)) else None


def merged_feeds(requests: Iterable[tf.compat.v1.train.SessionRunArgs]) -> dict[Any, Any]:
    """One feed_dict of all `SessionRunArgs`, which must not feed the same tensor twice."""
    feeds: dict[Any, Any] = {}
    for request in requests:
        for key, value in (request.feed_dict or {}).items():
            if key in feeds:
                raise RuntimeError(f"Two hooks feed the same tensor, {key!r}. Leave out one.")
            feeds[key] = value
    return feeds


def merge_options(
    merged: tf.compat.v1.RunOptions, options: Iterable[tf.compat.v1.RunOptions]
) -> None:
    """Adds each of `options` to `merged`; of two numbers, the larger one counts."""
    for addition in options:
        largest = {
            name: max(getattr(merged, name), getattr(addition, name))
            for name in ("trace_level", "timeout_in_ms", "inter_op_thread_pool")
        }
        merged.MergeFrom(addition)
        for name, value in largest.items():
            setattr(merged, name, value)
