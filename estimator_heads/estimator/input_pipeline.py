"""From what an input_fn returns to features, labels and the hooks that start the input."""

from __future__ import annotations

from typing import Any

import tensorflow as tf


class InitializerHook(tf.compat.v1.train.SessionRunHook):
    """Initializes a dataset iterator in every new session."""

    def __init__(self, iterator: Any) -> None:
        self._iterator = iterator
        self._initializer = None

    def begin(self) -> None:
        if self._initializer is None:  # That of several replicas is made when it is asked for.
            self._initializer = self._iterator.initializer

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        session.run(self._initializer)


def parse_input_fn_result(result: Any) -> tuple[Any, Any, list[tf.compat.v1.train.SessionRunHook]]:
    """Takes apart what an input_fn returned.

    Args:
        result: A `tf.data.Dataset` of features or of (features, labels), or such values themselves:
            tensors, or any nesting of them in dicts and tuples.

    Returns:
        A tuple (features, labels, hooks), labels None if there are none, and hooks a list of
        `SessionRunHook`s.

    Raises:
        ValueError: If it is a tuple or list of another length than 2, or nothing a model could
            take.
    """
    hooks = []
    if isinstance(result, tf.data.Dataset):
        iterator = _initializable_iterator(result)
        hooks.append(InitializerHook(iterator))
        result = iterator.get_next()
    return (*parse_iterator_result(result), hooks)


def parse_iterator_result(result: Any) -> tuple[Any, Any]:
    """Splits one element of the input into (features, labels).

    Args:
        result: Features, or a tuple or list (features, labels).

    Returns:
        A tuple (features, labels), labels None if there are none.

    Raises:
        ValueError: If it is a tuple or list of another length than 2, or nothing a model could
            take.
    """
    if isinstance(result, (list, tuple)):
        if len(result) != 2:
            raise ValueError(
                "The input_fn must return features, or a tuple (features, labels). Put several "
                "feature tensors, or weights, into a dict of features. Received a "
                f"{type(result).__name__} of length {len(result)}."
            )
        features, labels = result
        return features, labels
    if result is None:
        tf.compat.v1.logging.warning("The input_fn returned None; the model_fn gets features=None.")
    elif callable(result) or hasattr(result, "__next__") or hasattr(result, "get_next"):
        raise ValueError(
            "The input_fn must return a tf.data.Dataset, features, or a tuple (features, labels). "
            "For a function, return what it returns; for an iterator, its get_next(). Received: "
            f"{result!r} of type {type(result).__name__}."
        )
    return result, None


def warn_if_endless(features: Any) -> None:
    """Logs a warning if nothing in the graph would ever signal the end of the input."""
    if not has_source(features):
        tf.compat.v1.logging.warning(
            "The input has neither a tf.data.Dataset nor a queue, so it does not end: predict() "
            "yields forever."
        )


def has_source(features: Any) -> bool:
    """Whether features come from a `tf.data.Dataset`, or the default graph has queue runners."""
    tensors = [x for x in tf.nest.flatten(features) if isinstance(x, tf.Tensor)]
    if any(tensor.op.type == "IteratorGetNext" for tensor in _symbolic(tensors)):
        return True
    return bool(tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.QUEUE_RUNNERS))


def _symbolic(tensors):
    return [tensor for tensor in tensors if tf.is_symbolic_tensor(tensor)]


def _initializable_iterator(dataset):
    try:
        return tf.compat.v1.data.make_initializable_iterator(dataset)
    except ValueError as error:
        raise ValueError(
            "The input_fn must build its tf.data.Dataset itself, inside the function: an Estimator "
            f"calls it in its own graph. Received a dataset that was built elsewhere ({error})."
        ) from error
