"""Calls a model_fn once for each device, with a part of the batch."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.callables import fn_args
from estimator_heads.compat.contrib.estimator.replicate_model_fn import tower_specs
from estimator_heads.compat.contrib.estimator.replicate_model_fn.tower_optimizer import (
    TowerOptimizer,
    scaled_loss,
)
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import ModelFn

v1 = tf.compat.v1

_CPU = "/CPU:0"
_VARIABLES = ("Variable", "VariableV2", "VarHandleOp")


class VariableDistributionMode:
    """Where the variables are: on one device, or on all in turn."""

    SHARED_LOCAL_PARAMETER_SERVER = 1
    SHARED_ROUND_ROBIN = 2


def replicate_model_fn(
    model_fn: ModelFn,
    loss_reduction: str = tf.compat.v1.losses.Reduction.SUM_BY_NONZERO_WEIGHTS,
    devices: Sequence[str] | None = None,
) -> ModelFn:
    """A model_fn that runs another one on several devices, each with a part of the batch.

    Losses and gradients of the parts are added up, metrics counted together, predictions and export
    outputs concatenated. Hooks, the scaffold and what else is in a spec are those of the last
    device in training, and of the first one otherwise. The variables are on the CPU, or with one
    GPU only on that.

    Reproduces `tf.contrib.estimator.replicate_model_fn` of TF 1.15. New programs are better off
    with `RunConfig(train_distribute=tf.distribute.MirroredStrategy())`.

    Args:
        model_fn: The model_fn. It creates variables by `tf.compat.v1.get_variable`, or layers of
            TF1, and wraps its optimizers in `TowerOptimizer`.
        loss_reduction: How it reduces losses. With SUM, its losses are added up; with any other,
            the mean of its losses is taken.
        devices: Names of devices. None: all GPUs, or if there are none the CPU.

    Returns:
        A model_fn for `Estimator`. It raises a ValueError if the batch cannot be split into equal
        parts; if an optimizer is not a `TowerOptimizer`; or if the model_fn does not use the same
        optimizers and metrics each time.

    Raises:
        ValueError: If `loss_reduction` is NONE.
    """
    mode = VariableDistributionMode.SHARED_LOCAL_PARAMETER_SERVER
    return replicate_model_fn_with_mode(model_fn, loss_reduction, devices, mode)


def replicate_model_fn_with_mode(
    model_fn: ModelFn,
    loss_reduction: str,
    devices: Sequence[str] | None = None,
    mode: int = VariableDistributionMode.SHARED_LOCAL_PARAMETER_SERVER,
) -> ModelFn:
    """`replicate_model_fn`, with the variables where a `VariableDistributionMode` says."""
    if loss_reduction == v1.losses.Reduction.NONE:
        raise ValueError(
            "Invalid value for argument `loss_reduction`. Expected a reduction to a scalar, such "
            f"as SUM. Received: loss_reduction={loss_reduction!r}."
        )
    devices = list(devices or local_devices("GPU") or local_devices("CPU"))
    is_one_gpu = len(devices) == 1 and "GPU" in devices[0].upper()
    main_device = devices[0] if is_one_gpu else _CPU
    in_turn = mode == VariableDistributionMode.SHARED_ROUND_ROBIN
    variable_devices = devices if in_turn else [main_device]
    v1.logging.info("The model_fn runs on %s; variables are on %s.", devices, variable_devices)

    def replicated_model_fn(
        features: Any, labels: Any, mode: str, params: Any = None, config: Any = None
    ) -> EstimatorSpec:
        parts = [(features, labels)]
        if len(devices) > 1:
            with v1.name_scope("split_inputs"), v1.device(main_device):
                parts = split(features, labels, len(devices))
        arguments = {"mode": mode, "params": params, "config": config}
        specs = specs_of_towers(
            model_fn, parts, arguments, loss_reduction, devices, variable_devices
        )
        return tower_specs.merged(specs, mode, main_device)

    return replicated_model_fn


def local_devices(device_type: str) -> list[str]:
    """Names of this machine's devices of a type, "CPU" or "GPU"."""
    return [device.name for device in tf.config.list_logical_devices(device_type)]


def split(features: Any, labels: Any, number: int) -> list[tuple[Any, Any]]:
    """The batch in parts of equal size.

    Args:
        features: A tensor, or a dict of tensors and SparseTensors.
        labels: The same, or None.
        number: How many parts.

    Returns:
        Pairs of features and labels.

    Raises:
        ValueError: If the size of the batch is no multiple of `number`.
    """
    parts = _split_structure("features", features, number)
    return list(zip(parts, _split_structure("labels", labels, number), strict=True))


def _split_structure(argument: str, value: Any, number: int) -> list[Any]:
    if value is None:
        return [None] * number
    if isinstance(value, Mapping):
        parts = {
            name: _split_tensor(f"{argument}[{name!r}]", tensor, number)
            for name, tensor in value.items()
        }
        return [{name: parts[name][i] for name in parts} for i in range(number)]
    return _split_tensor(argument, value, number)


def _split_tensor(argument: str, tensor: Any, number: int) -> list[Any]:
    if isinstance(tensor, tf.SparseTensor):
        return tf.sparse.split(tensor, number, axis=0)
    tensor = tf.convert_to_tensor(tensor)
    size = tensor.shape[0]
    if size is not None and size % number:
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected a batch that can be split among "
            f"{number} devices. Received a batch of {size}; batch by a multiple of {number}, with "
            "drop_remainder=True."
        )
    return tf.split(tensor, number)


def specs_of_towers(
    model_fn: ModelFn,
    parts: Sequence[tuple[Any, Any]],
    arguments: Mapping[str, Any],
    loss_reduction: str,
    devices: Sequence[str],
    variable_devices: Sequence[str],
) -> list[EstimatorSpec]:
    """The specs of a model_fn, called for each device in scopes that share variables."""
    accepted = fn_args(model_fn)
    given = {name: value for name, value in arguments.items() if name in accepted}
    for name in ("params", "config"):
        if name in given:
            given[name] = copy.deepcopy(given[name])
    state = TowerOptimizer._graph_state()
    state.loss_reduction, state.number_of_towers = loss_reduction, len(devices)
    placed = _device_function(variable_devices)
    specs = []
    try:
        for i, (device, (features, labels)) in enumerate(zip(devices, parts, strict=True)):
            if labels is not None or "labels" in accepted:
                given["labels"] = labels
            with (
                v1.variable_scope("", reuse=i > 0) as variable_scope,
                v1.name_scope(f"tower_{i}" if i else "") as name_scope,
                v1.device(placed(device)),
            ):
                state.start_tower(i, variable_scope, name_scope)
                spec = model_fn(features=features, **given)
                if spec.train_op is not None:
                    state.check_optimizer_was_used()
                loss = scaled_loss(spec.loss, loss_reduction, len(devices))
                specs.append(spec._replace(loss=loss))
        state.check_calls()
    finally:
        TowerOptimizer._clear_graph_state()
    return specs


def _device_function(variable_devices: Sequence[str]) -> Callable[[str], Callable[[Any], str]]:
    """From a tower's device to the function that places its operations, for `tf.device`."""
    created = 0

    def placed(device: str) -> Callable[[Any], str]:
        def device_of(operation: Any) -> str:
            nonlocal created
            chosen = device
            if operation.type in _VARIABLES:
                chosen = variable_devices[created % len(variable_devices)]
                created += 1
            # What the user has placed stays there.
            own = tf.DeviceSpec.from_string(operation.device or "")
            return tf.DeviceSpec.from_string(chosen).make_merged_spec(own).to_string()

        return device_of

    return placed
