"""Models of Keras in the graph of an Estimator, which neither Keras 3 nor tf_keras makes publicly.

tf_keras still has the model class of TF1, which builds its loss, metrics and updates as operations
of a graph. Its public names reach it only through `fit` and `evaluate`.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, missing, private_module

if TYPE_CHECKING:
    import tf_keras

_PURPOSE = "to make an Estimator of a Keras model"
_VERSIONS = "tf_keras.src.utils.version_utils"


def is_graph_network(model: tf_keras.Model) -> bool:
    """Whether a model is known as a network of layers, rather than as code in a method `call`.

    Args:
        model: A model of tf_keras.
    """
    check_attributes(model, ["_is_graph_network"], _PURPOSE)
    return model._is_graph_network


def arguments_of_compile(model: tf_keras.Model) -> dict[str, Any]:
    """The arguments that `compile` of a model of tf_keras was called with, as a dict."""
    check_attributes(model, ["_get_compile_args"], _PURPOSE)
    return model._get_compile_args()


def clone(
    model: tf_keras.Model,
    inputs: list[tf.Tensor] | dict[str, tf.Tensor] | None,
    targets: list[tf.Tensor] | None,
    custom_objects: Mapping[str, Any] | None,
    compile_arguments: Mapping[str, Any] | None,
    optimizer: tuple[Any, dict[str, Any] | None],
    optimizer_before: Any,
) -> tf_keras.Model:
    """A model of tf_keras again, in the default graph, with new weights.

    Args:
        model: The model of tf_keras.
        inputs: List or dict of Tensors that it is applied to; None for placeholders.
        targets: List of Tensors to compare its outputs with; None for placeholders.
        custom_objects: Dict of the user's classes and functions by name, or None.
        compile_arguments: The `arguments_of_compile` to compile the clone with, so that its
            optimizer counts by the global step; None to leave it uncompiled.
        optimizer: A tuple of the optimizer to compile it with and what its `get_config` returns,
            or None where it has no such method.
        optimizer_before: The optimizer that the model has, and keeps.

    Returns:
        A model of tf_keras's class for graphs.
    """
    import tf_keras

    internal = tf_keras.__internal__
    global_step = None
    if compile_arguments is not None:
        global_step = tf.compat.v1.train.get_or_create_global_step()
        internal.backend.track_variable(global_step)
    # The class for graphs, which the model may seem to be of, does not know how it was compiled.
    model._get_compile_args = lambda: dict(compile_arguments or {})
    model.optimizer, optimizer_config = optimizer
    try:
        return internal.models.clone_and_build_model(
            model,
            inputs,
            targets,
            custom_objects,
            compile_clone=compile_arguments is not None,
            optimizer_iterations=global_step,
            optimizer_config=optimizer_config,
        )
    finally:
        model.optimizer = optimizer_before
        vars(model).pop("_get_compile_args", None)  # Replicas, in threads of their own, do so too.


def graph_model(weights: Iterable[tf.Variable]) -> tf_keras.Model:
    """A model of tf_keras's class for graphs that has weights, and no layers.

    Args:
        weights: List of variables.
    """
    import tf_keras

    model = tf_keras.Model()
    purpose = "to make an Estimator of a Keras 3 model"
    check_attributes(model, ["_set_inputs", "_trainable_weights", "_track_trackable"], purpose)
    # Attributes would be tracked under names that checkpoints of TF 2.15 do not have.
    for variable in weights:
        of_kind = model._trainable_weights if variable.trainable else model._non_trainable_weights
        of_kind.append(variable)
    return model


def set_outputs(
    model: tf_keras.Model,
    inputs: list[tf.Tensor] | dict[str, tf.Tensor],
    outputs: list[tf.Tensor],
    output_names: list[str],
) -> None:
    """Says what a `graph_model` has computed.

    Args:
        model: The model.
        inputs: List or dict of Tensors.
        outputs: List of Tensors.
        output_names: List of the outputs' names.
    """
    model._set_inputs(inputs, outputs=outputs)
    model.output_names = output_names


def track(parent: Any, name: str, child: Any) -> None:
    """Makes `child` a dependency of `parent`, whose name is part of keys in object checkpoints."""
    parent._track_trackable(child, name)


def set_sample_weights(model: tf_keras.Model, weights: Sequence[tf.Tensor | None]) -> None:
    """Weighs the loss of a compiled model of a graph.

    Args:
        model: The model.
        weights: List with a Tensor or None for each output.
    """
    numbers = [len(metric._updates) for metric in compiled_metrics(model) or ()]
    model._compile_weights_loss_and_weighted_metrics(weights)
    # Each metric was updated once more. Estimators of TF 2.15 have only ever run the first update,
    # which knows no weights.
    for metric, number in zip(compiled_metrics(model) or (), numbers, strict=True):
        del metric._updates[number:]


def loss_and_updates(
    model: tf_keras.Model, is_training: bool
) -> tuple[tf.Tensor, tf.Operation | None]:
    """The loss of a compiled model of a graph, and what makes a step.

    Args:
        model: The model.
        is_training: Whether the model is to be trained.

    Returns:
        A tuple of a scalar Tensor and an Operation, which is None in an evaluation.
    """
    check_attributes(model, ["_make_train_function", "_make_test_function", "total_loss"], _PURPOSE)
    if not is_training:
        model._make_test_function()
        return model.total_loss, None
    model._make_train_function()
    return model.total_loss, model.train_function.updates_op


def compiled_metrics(model: tf_keras.Model) -> list[tf_keras.metrics.Metric] | None:
    """The metrics given to `compile`, without those that layers add.

    Returns:
        List of metric objects; None if the model was compiled without any.
    """
    if not getattr(model, "_compile_metrics", None):
        return None
    return model._compile_metric_functions


def object_saver(model: tf_keras.Model, global_step: tf.Variable) -> tf.compat.v1.train.Saver:
    """A `Saver` for checkpoints of objects, such as `tf.train.Checkpoint` writes.

    Args:
        model: A model of tf_keras, whose variables are saved under the names of its attributes.
        global_step: The variable that is saved with it.
    """
    track(model, "estimator_global_step", global_step)
    tracking = tf.__internal__.tracking
    view = tracking.ObjectGraphView(model)
    check_attributes(view, ["frozen_saveable_objects"], _PURPOSE)
    saveables = view.frozen_saveable_objects()
    return tf.compat.v1.train.Saver(saveables, sharded=True, save_relative_paths=True)


def legacy_optimizer_of(
    optimizer: tf_keras.optimizers.Optimizer,
) -> tf_keras.optimizers.legacy.Optimizer:
    """The optimizer of `tf_keras.optimizers.legacy` with the options of a new one of tf_keras."""
    import tf_keras

    return tf_keras.__internal__.optimizers.convert_to_legacy_optimizer(optimizer)


@contextlib.contextmanager
def classes_for_graphs(layers: Sequence[Any], is_eager: bool) -> Iterator[None]:
    """Inside, layers and models of tf_keras are of the classes for graphs; afterwards, none is.

    Making a layer in a graph changes the base class of its class, and so that of layers made
    eagerly before, and of all models: they could not be called or saved any more.

    Args:
        layers: List of the layers of which others like them are made inside.
        is_eager: Whether the program makes its models eagerly.
    """
    import tf_keras

    versions = private_module(_VERSIONS, _PURPOSE)
    pairs = [("base_layer", "base_layer_v1", "Layer"), ("training", "training_v1", "Model")]
    check_attributes(
        versions, ["swap_class", *(name for pair in pairs for name in pair[:2])], _PURPOSE
    )
    try:
        yield
    finally:
        # The threads of several replicas are in here at once.
        if is_eager and tf.distribute.get_strategy().num_replicas_in_sync == 1:
            for eager, graph, name in pairs:
                eager_class = getattr(getattr(versions, eager), name)
                graph_class = getattr(getattr(versions, graph), name)
                for changed in {tf_keras.Sequential, *map(type, layers)}:
                    if issubclass(changed, eager_class):
                        versions.swap_class(changed, eager_class, graph_class, use_v2=True)


def compile_arguments(model: Any) -> dict[str, Any]:
    """The arguments that `compile` of a Keras 3 model was called with, as objects.

    The public `get_compile_config` returns them serialized, which not every object can be.
    """
    config = getattr(model, "_compile_config", None)
    if config is None or not hasattr(config, "config"):
        raise missing(
            f"{type(model).__name__}._compile_config",
            "to compile a Keras 3 model in a graph",
            library="Keras 3",
            way_out="Install another Keras 3, or a newer estimator-heads.",
        )
    return dict(config.config)


def is_keras_3_network(layer: Any) -> bool:
    """Whether a Keras 3 layer is a network of layers, by `keras.Sequential` or by their calls.

    The class of the latter has no public name.
    """
    return any(
        base.__name__ in ("Functional", "Sequential") and base.__module__.startswith("keras.")
        for base in type(layer).__mro__
    )


def layers_within(model: Any) -> list[Any]:
    """A Keras model and all layers in it, at every depth."""
    check_attributes(model, ["_flatten_layers"], "to find the layers of a Keras model")
    return list(model._flatten_layers())


@contextlib.contextmanager
def eager_tensors_as_constants(layers: Sequence[Any]) -> Iterator[None]:
    """Inside, Tensors that Keras 3 layers and regularizers hold are constants of the default graph.

    `Normalization` holds its mean so. No graph but that of a function takes a Tensor made eagerly.

    Args:
        layers: List of the layers.
    """
    replaced = []
    for holder in (*layers, *_regularizers(layers)):
        for name, value in list(vars(holder).items()):
            if isinstance(value, tf.Tensor) and hasattr(value, "numpy"):
                replaced.append((vars(holder), name, value))
                vars(holder)[name] = tf.constant(value.numpy())
    try:
        yield
    finally:
        for attributes, name, value in replaced:
            attributes[name] = value


def _regularizers(layers):
    regularizer_class = sys.modules["keras"].regularizers.Regularizer
    values = [value for layer in layers for value in vars(layer).values()]
    found = (value for value in values if isinstance(value, regularizer_class))
    return {id(regularizer): regularizer for regularizer in found}.values()


def options_of(value: Any) -> dict[str, Any]:
    """The options of a loss or a metric of Keras 3.

    Returns:
        A dict. `get_config` lacks some, such as `delta` of `Huber`.
    """
    return {**value.get_config(), **getattr(value, "_fn_kwargs", {})}
