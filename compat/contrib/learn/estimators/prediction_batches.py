"""Predictions of an Estimator of `tf.contrib.learn`, batch after batch or one after another."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Generator
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.estimator import prediction
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import Hooks


def chosen(predictions: Any, outputs: Collection[str | tuple[str, str]] | None) -> Any:
    """Those predictions that are asked for.

    Args:
        predictions: Tensor, or dict of tensors.
        outputs: Names of some; None for all.

    Returns:
        `predictions`, or a smaller dict.

    Raises:
        ValueError: If `predictions` is no dict, or has none of the names.
    """
    if not outputs:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError(
            "`outputs` selects from a dict of predictions, but the model has a single tensor of "
            f"predictions. Leave out outputs={outputs!r}."
        )
    found = {name: tensor for name, tensor in predictions.items() if name in outputs}
    if not found:
        raise ValueError(
            f"Invalid value for argument `outputs`. Expected some of {list(predictions)}. "
            f"Received: outputs={outputs!r}."
        )
    return found


def run(
    graph: tf.Graph,
    model: ModelFnOps,
    predictions: Any,
    checkpoint_path: str,
    hooks: Hooks,
    config: CoreRunConfig,
) -> Generator[Any, None, None]:
    """Yields the predictions of batches, until the input ends.

    Args:
        graph: The graph of the model.
        model: Its `ModelFnOps`, with a `scaffold`.
        predictions: Tensor or SparseTensor, or dict of them.
        checkpoint_path: Path of the checkpoint.
        hooks: `SessionRunHook`s.
        config: The `RunConfig`.

    Yields:
        NumPy arrays and `SparseTensorValue`s, or dicts of them.
    """
    by_name = predictions if isinstance(predictions, dict) else {None: predictions}
    parts = [part for tensor in by_name.values() for part in _parts(tensor)]
    spec: Any = model  # To the runtime, as good as an EstimatorSpec.
    batches = prediction.run(
        graph, spec, dict(enumerate(parts)), checkpoint_path, hooks, None, config
    )
    with contextlib.closing(batches):
        for batch in batches:
            values = iter(batch.values())
            packed = {name: _packed(tensor, values) for name, tensor in by_name.items()}
            yield packed if isinstance(predictions, dict) else packed[None]


def iterate(
    batches: Generator[Any, None, None], iterate_batches: bool, is_constant: bool
) -> Generator[Any, None, None]:
    """Yields single examples of batches, or the batches.

    Args:
        batches: Generator of batches.
        iterate_batches: Whether to yield them as they are.
        is_constant: Whether there is but one.

    Yields:
        Predictions of an example, or of a batch.
    """
    with contextlib.closing(batches):
        for batch in batches:
            if iterate_batches:
                yield batch
            elif isinstance(batch, dict):
                for row in range(_length(next(iter(batch.values())))):
                    yield {name: values[row] for name, values in batch.items()}
            else:
                yield from batch
            if is_constant:
                return


def _parts(tensor):
    if isinstance(tensor, tf.SparseTensor):
        return [tensor.indices, tensor.values, tensor.dense_shape]
    return [tensor]


def _packed(tensor, values):
    """The value of a tensor, of the next ones of its parts."""
    parts = [next(values) for _ in _parts(tensor)]
    if isinstance(tensor, tf.SparseTensor):
        return tf.compat.v1.SparseTensorValue(*parts)
    return parts[0]


def _length(values):
    if isinstance(values, tf.compat.v1.SparseTensorValue):
        return values.dense_shape[0]
    return values.shape[0]
