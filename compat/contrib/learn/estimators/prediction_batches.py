"""Predictions of an Estimator of `tf.contrib.learn`, batch after batch or one after another."""

import contextlib

import tensorflow as tf

from estimator_heads.estimator import prediction


def chosen(predictions, outputs):
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


def run(graph, model, predictions, checkpoint_path, hooks, config):
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
    parts = tf.nest.flatten(predictions, expand_composites=True)
    batches = prediction.run(
        graph, model, dict(enumerate(parts)), checkpoint_path, hooks, False, config
    )
    with contextlib.closing(batches):
        for batch in batches:
            yield _packed(predictions, iter(batch.values()))


def iterate(batches, iterate_batches, is_constant):
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


def _packed(predictions, values):
    if isinstance(predictions, dict):
        # tf.nest flattens dicts in the order of their keys.
        packed = {name: _packed(predictions[name], values) for name in sorted(predictions)}
        return {name: packed[name] for name in predictions}
    if isinstance(predictions, tf.SparseTensor):
        return tf.compat.v1.SparseTensorValue(next(values), next(values), next(values))
    return next(values)


def _length(values):
    if isinstance(values, tf.compat.v1.SparseTensorValue):
        return values.dense_shape[0]
    return values.shape[0]
