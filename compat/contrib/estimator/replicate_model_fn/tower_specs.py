"""One EstimatorSpec for the specs of several towers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.estimator.replicate_model_fn.tower_optimizer import (
    sum_on_device,
)
from estimator_heads.export.outputs import (
    ClassificationOutput,
    ExportOutput,
    PredictOutput,
    RegressionOutput,
)
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec

v1 = tf.compat.v1


def merged(specs: Sequence[EstimatorSpec], mode: str, device: str) -> EstimatorSpec:
    """The spec of a model whose towers have `specs`; losses and predictions come to `device`."""
    if len(specs) == 1:
        return specs[0]
    if mode == ModeKeys.PREDICT:
        with v1.device(device):
            return specs[0]._replace(
                predictions=_concatenated([spec.predictions for spec in specs]),
                export_outputs=_export_outputs(specs),
            )
    loss = sum_on_device([spec.loss for spec in specs], device, name="loss")
    if mode == ModeKeys.TRAIN:
        return specs[-1]._replace(loss=loss)
    return specs[0]._replace(loss=loss, eval_metric_ops=_metrics(specs))


def _metrics(specs: Sequence[EstimatorSpec]) -> dict[str, tuple[Any, tf.Operation]]:
    """The metrics of the first tower; their updates are those of all towers."""
    updates = [update for spec in specs for _, update in spec.eval_metric_ops.values()]
    with tf.control_dependencies(tf.nest.flatten(updates)):
        update = _move_to_first_tower(len(specs))
    return {name: (value, update) for name, (value, _) in specs[0].eval_metric_ops.items()}


def _move_to_first_tower(number_of_towers: int) -> tf.Operation:
    """Adds the metrics' variables of the other towers to those of the first, and empties them."""
    variables = v1.get_collection(v1.GraphKeys.METRIC_VARIABLES)
    number, remainder = divmod(len(variables), number_of_towers)
    if remainder:
        raise ValueError(
            "Invalid value for argument `model_fn`. Expected one with the same `eval_metric_ops` "
            f"for each of {number_of_towers} devices. Received one whose metrics have "
            f"{len(variables)} variables in all."
        )
    emptied = []
    for i, first in enumerate(variables[:number]):
        others = variables[number + i :: number]
        added = v1.assign_add(first, tf.add_n([other.read_value() for other in others]))
        with tf.control_dependencies([added]):
            emptied += [v1.assign(other, tf.zeros_like(other)) for other in others]
    return tf.group(*emptied)


def _export_outputs(specs: Sequence[EstimatorSpec]) -> dict[str, ExportOutput] | None:
    outputs = [spec.export_outputs or {} for spec in specs]
    return {name: _export_output([each[name] for each in outputs]) for name in outputs[0]} or None


def _export_output(outputs: Sequence[Any]) -> Any:
    if isinstance(outputs[0], PredictOutput):
        return PredictOutput(_concatenated([output.outputs for output in outputs]))
    if isinstance(outputs[0], RegressionOutput):
        return RegressionOutput(_concatenated([output.value for output in outputs]))
    if isinstance(outputs[0], ClassificationOutput):
        return ClassificationOutput(
            scores=_concatenated([output.scores for output in outputs]),
            classes=_concatenated([output.classes for output in outputs]),
        )
    raise TypeError(
        "Invalid value for argument `export_outputs`. Expected ClassificationOutput, "
        f"RegressionOutput or PredictOutput, for several devices. Received: {outputs[0]!r}."
    )


def _concatenated(values: Sequence[Any]) -> Any:
    """Tensors of all towers, one after the other; dicts of tensors by name."""
    if values[0] is None:
        return None
    if isinstance(values[0], Mapping):
        return {
            name: tf.concat([value[name] for value in values], axis=0, name=name)
            for name in values[0]
        }
    return tf.concat(values, axis=0)
