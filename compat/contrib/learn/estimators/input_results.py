"""What an input_fn of `tf.contrib.learn` returned: features and labels of a kind that stays."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.estimators import tensor_signature
from estimator_heads.compat.contrib.learn.estimators.tensor_signature import Signatures

# Graph collection of the iterators of datasets that input_fns returned.
_ITERATORS = "estimator_heads/dataset_iterators"


def features_and_labels(result: Any) -> tuple[Any, Any]:
    """Takes apart what an input_fn returned to train or to evaluate.

    Args:
        result: A tuple (features, labels), or a `tf.data.Dataset` of such.

    Returns:
        The same tuple, of tensors.

    Raises:
        ValueError: If it has another length.
        TypeError: If it is no tuple.
    """
    result = _next_element(result)
    if not isinstance(result, (tuple, list)):
        raise TypeError(
            "The input_fn must return a tuple (features, labels); labels may be None. Received: "
            f"{result!r} of type {type(result).__name__}."
        )
    if len(result) != 2:
        raise ValueError(
            "The input_fn must return a tuple (features, labels). Put several features into a "
            f"dict. Received a {type(result).__name__} of length {len(result)}."
        )
    return tuple(result)


def features_of(result: Any) -> Any:
    """Features of what an input_fn returned to predict, with or without labels.

    Args:
        result: Features, a tuple that starts with them, or a `tf.data.Dataset` of one of them.

    Returns:
        The features.
    """
    result = _next_element(result)
    return result[0] if isinstance(result, (tuple, list)) else result


def has_dataset(graph: tf.Graph) -> bool:
    """Whether an input_fn returned a `tf.data.Dataset` in this graph."""
    return bool(graph.get_collection(_ITERATORS))


def warn_of_iterators(graph: tf.Graph) -> None:
    """Logs a warning if a graph whose input is taken for constant reads from an iterator."""
    if any(operation.type == "IteratorGetNext" for operation in graph.get_operations()):
        tf.compat.v1.logging.warning(
            "The input_fn returns what an iterator yields, which tf.contrib.learn takes for "
            "constant: only the first batch is predicted. Return the tf.data.Dataset itself from "
            "the input_fn to predict all batches."
        )


def checked(argument: str, tensors: Any, expected: Signatures) -> Signatures:
    """Checks that tensors are like those of earlier calls.

    Args:
        argument: "features" or "labels".
        tensors: Tensor, dict of tensors, or None.
        expected: The signatures of earlier ones; None if these are the first.

    Returns:
        The signatures to expect from now on.

    Raises:
        ValueError: If they are not.
    """
    if expected is None:
        return tensor_signature.signatures_of(tensors)
    if not tensor_signature.fit(tensors, expected):
        raise ValueError(
            f"The {argument} of the input are not of the kind of those before. An Estimator "
            f"expects the same names, dtypes and shapes in all calls. Expected: {expected}. "
            f"Received: {tensors}."
        )
    return expected


def _next_element(result):
    if not isinstance(result, tf.data.Dataset):
        return result
    iterator = tf.compat.v1.data.make_initializable_iterator(result)
    # Initialized with the tables, as every session does.
    tf.compat.v1.add_to_collection(tf.compat.v1.GraphKeys.TABLE_INITIALIZERS, iterator.initializer)
    tf.compat.v1.add_to_collection(_ITERATORS, iterator.initializer)
    return iterator.get_next()
