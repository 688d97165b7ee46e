"""The prediction loop: predictions of an EstimatorSpec over the batches of an input."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Generator, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads import forks, plain_paths
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.loop import StepLoop
from estimator_heads.estimator.storage import checkpoints
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Hooks, PredictKeys


def select_keys(
    predictions: tf.Tensor | dict[Any, tf.Tensor], predict_keys: PredictKeys | None
) -> tf.Tensor | dict[Any, tf.Tensor]:
    """Those predictions that are asked for.

    Args:
        predictions: Tensor or dict of tensors.
        predict_keys: Names to keep; None keeps all.

    Returns:
        `predictions`, or a smaller dict.

    Raises:
        ValueError: If `predictions` is not a dict, or has none of the names.
    """
    if not predict_keys:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError(
            "`predict_keys` selects from a dict of predictions, but the model_fn returns a single "
            f"Tensor. Leave out predict_keys={predict_keys!r}."
        )
    wanted = [predict_keys] if isinstance(predict_keys, str) else list(predict_keys)
    unknown = [key for key in wanted if key not in predictions]
    selected = {key: value for key, value in predictions.items() if key in wanted}
    if not selected:
        raise ValueError(
            f"Invalid value for argument `predict_keys`. Expected some of {list(predictions)}. "
            f"Received: predict_keys={predict_keys!r}."
        )
    if unknown:
        tf.compat.v1.logging.warning(
            "The predictions do not have %s of predict_keys; they have %s.",
            unknown,
            list(predictions),
        )
    return selected


def run(
    graph: tf.Graph,
    spec: EstimatorSpec,
    predictions: tf.Tensor | dict[str, tf.Tensor],
    checkpoint_path: str | None,
    hooks: Hooks,
    batch_length: Callable[[dict[str, np.ndarray]], int] | None,
    config: RunConfig,
) -> Generator[Any, None, None]:
    """Yields predictions until a hook or the end of the input stops it, then closes the session.

    The graph is the default one only while a batch is computed, so that several predictions can be
    interleaved, and the caller keeps its own default graph or eager mode.

    Args:
        graph: The graph of the model.
        spec: The `EstimatorSpec` of mode PREDICT.
        predictions: Tensor or dict of tensors to compute.
        checkpoint_path: Path of the checkpoint; None predicts with the initial values.
        hooks: `SessionRunHook`s.
        batch_length: Function from a dict of predictions to the number of examples in it, to yield
            examples; None to yield whole batches.
        config: The `RunConfig`.

    Yields:
        NumPy arrays, or dicts of them.
    """
    names = list(predictions) if isinstance(predictions, dict) else None
    fetches = [predictions] if names is None else list(predictions.values())
    loop = StepLoop(fetches, original_fetches=predictions, master=config.master)
    with graph.as_default():
        checkpoints.check_restorable(checkpoint_path, spec.scaffold.saver)
        forks.check_session_can_run(config.session_config)
        with checkpoints.explained_damage(checkpoint_path):
            session = tf.compat.v1.train.MonitoredSession(
                session_creator=tf.compat.v1.train.ChiefSessionCreator(
                    scaffold=spec.scaffold,
                    master=config.master,
                    config=config.session_config,
                    checkpoint_filename_with_path=plain_paths.plain(checkpoint_path),
                ),
                hooks=[*hooks, loop],
            )
    with contextlib.closing(loop.iterate(session, graph)) as batches:
        if names is None:
            for (values,) in batches:
                if batch_length:
                    yield from values
                else:
                    yield values
            return
        as_dicts = _dict_maker(names)
        for columns in batches:
            (batch,) = as_dicts([columns])
            if batch_length:
                rows = zip(*columns, strict=False)
                yield from as_dicts(itertools.islice(rows, batch_length(batch)))
            else:
                yield batch


def checked_batch_length(predictions: Mapping[str, np.ndarray]) -> int:
    """The number of examples in a batch of predictions.

    Args:
        predictions: Dict from names to NumPy arrays.

    Returns:
        An int.

    Raises:
        ValueError: If they differ in it, or one is a scalar.
    """
    sizes: dict[str, Any] = {
        name: value.shape[0] if value.shape else None for name, value in predictions.items()
    }
    if len(set(sizes.values())) != 1 or None in sizes.values():
        raise ValueError(
            "Predictions of one batch must all have the batch as their first dimension to be "
            "yielded one by one. Use yield_single_examples=False to get whole batches, or select "
            f"some with predict_keys. Received the first dimensions {sizes}."
        )
    return next(iter(sizes.values()))


def _dict_maker(names):
    """A generator function: for each sequence of values, in the order of `names`, a new dict.

    With a small model, `dict(zip(names, values))` takes about as long as computing the example; a
    loop with the dict written out as source takes less than half of that.
    """
    keys = {f"key_{i}": name for i, name in enumerate(names)}
    values = [f"value_{i}" for i in range(len(names))]
    items = ", ".join(f"{key}: {value}" for key, value in zip(keys, values, strict=True))
    source = f"""
def as_dicts(rows):
    for [{", ".join(values)}] in rows:
        yield {{{items}}}
"""
    exec(source, keys)
    return keys["as_dicts"]
