"""How several heads become one: what the multi heads of all dialects do alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.export.outputs import ExportOutput, PredictOutput
from estimator_heads.heads.tasks import checks
from estimator_heads.keys import ServingKeys
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Labels, Logits


def checked_heads(heads: Iterable[Any] | None) -> tuple[Any, ...]:
    """The heads as a tuple; ValueError unless each has a name of its own."""
    heads = tuple(heads or ())
    names = [head.name for head in heads]
    if not names or not all(names) or len(set(names)) < len(names):
        raise ValueError(
            "Invalid value for argument `heads`. Expected one or more heads, each with a unique "
            f"name (the head's argument `name`). Received heads with names: {names}."
        )
    return heads


def checked_weights(
    head_weights: Iterable[float] | None, heads: Sequence[Any]
) -> tuple[float, ...]:
    """The weights as a tuple, empty for None; an error unless there is a number for each head."""
    head_weights = tuple(head_weights or ())
    if any(isinstance(weight, str) for weight in head_weights):
        raise TypeError(
            "Invalid value for argument `head_weights`. Expected numbers. Received: "
            f"{head_weights}."
        )
    if head_weights and len(head_weights) != len(heads):
        raise ValueError(
            "Invalid value for argument `head_weights`. Expected one weight per head, "
            f"{len(heads)} in total. Received: {head_weights}."
        )
    return head_weights


def logits_by_head(logits: Logits, heads: Sequence[Any]) -> dict[str, Any]:
    """Logits as a dict by head name.

    Args:
        logits: Such a dict; or one Tensor of shape [D0, ..., DN, sum of logits dimensions], which
            is split along its last dimension in the order of the heads.
        heads: The heads.

    Returns:
        A dict of Tensors of shape [D0, ..., DN, logits dimension of the head].

    Raises:
        ValueError: The dict lacks a head, or the Tensor has another last dimension.
    """
    if isinstance(logits, dict):
        _check_names("logits", logits, heads)
        return logits
    with tf.compat.v1.name_scope("split_logits"):
        sizes = [head.logits_dimension for head in heads]
        logits = checks.checked_logits(logits, sum(sizes))
        parts = tf.split(logits, sizes, axis=-1)
        return {head.name: part for head, part in zip(heads, parts, strict=True)}


def checked_labels(labels: Labels | None, heads: Sequence[Any]) -> dict[str, Any]:
    """The labels; ValueError unless they are a dict that has labels for each head."""
    if not isinstance(labels, dict):
        raise ValueError(
            "Invalid value for argument `labels`. Expected a dict of labels by head name, for "
            f"the heads {[head.name for head in heads]}. Received: {labels!r}."
        )
    _check_names("labels", labels, heads)
    return labels


def merged_loss(
    losses: Sequence[tf.Tensor], head_weights: Sequence[float] | None = None
) -> tf.Tensor:
    """The sum of the heads' losses, each multiplied by its weight if there are weights."""
    with tf.compat.v1.name_scope("merge_losses"):
        if head_weights:
            pairs = zip(losses, head_weights, strict=True)
            losses = [loss * weight for loss, weight in pairs]
        return tf.add_n(losses)


def merged_export_outputs(specs: Mapping[str, EstimatorSpec]) -> dict[str, ExportOutput]:
    """What all heads export, under their names; the first one also under the default key.

    Head `h` has its default output under `h` and others under `h/classification` and so on. One
    more output, `predict`, has all predictions of all heads, under names like `h/probabilities`.

    Args:
        specs: Dict from head names to their EstimatorSpecs of mode PREDICT.

    Returns:
        A dict of `ExportOutput`s.
    """
    merged: dict[str, ExportOutput] = {}
    predictions: dict[str, tf.Tensor] = {}
    for name, spec in specs.items():
        assert spec.export_outputs is not None  # A spec of mode PREDICT has some.
        for key, output in spec.export_outputs.items():
            merged[name if key == ServingKeys.DEFAULT else f"{name}/{key}"] = output
            if key == ServingKeys.PREDICT and isinstance(output, PredictOutput):
                predictions.update(
                    {f"{name}/{part}": tensor for part, tensor in output.outputs.items()}
                )
    first = next(iter(specs.values()))
    assert first.export_outputs is not None
    merged[ServingKeys.DEFAULT] = first.export_outputs[ServingKeys.DEFAULT]
    merged[ServingKeys.PREDICT] = PredictOutput(predictions)
    return merged


def _check_names(argument, by_name, heads):
    missing = [head.name for head in heads if head.name not in by_name]
    if missing:
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected a dict with a value for each head. "
            f"Missing for the heads {missing}. Received the keys: {list(by_name)}."
        )
