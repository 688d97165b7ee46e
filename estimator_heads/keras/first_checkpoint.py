"""The checkpoint with a Keras model's weights, which its Estimator starts from."""

from __future__ import annotations

import os
from typing import cast

import tensorflow as tf

from estimator_heads._tensorflow import keras_models
from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.storage import checkpoint_state
from estimator_heads.estimator.storage.warm_start import WarmStartSettings
from estimator_heads.keras.keras_2 import Keras2Model
from estimator_heads.keras.keras_3 import Keras3Model


def save(
    model: Keras2Model | Keras3Model, config: RunConfig, saves_objects: bool
) -> WarmStartSettings:
    """Writes the weights to the folder `keras` in the model_dir, unless a checkpoint is there.

    Args:
        model: A `Keras2Model` or a `Keras3Model`.
        config: A complete `RunConfig`.
        saves_objects: Whether the checkpoint names variables as `tf.train.Checkpoint` does.

    Returns:
        `WarmStartSettings` for all weights of the model.
    """
    folder = os.path.join(cast(str, config.model_dir), "keras")
    path = checkpoint_state.latest(folder)
    values = None if path else model.weight_values()
    with tf.Graph().as_default(), model.graph_classes():
        tf.compat.v1.set_random_seed(config.tf_random_seed)
        global_step = tf.compat.v1.train.create_global_step()
        in_graph = model.weights_in_graph()
        if path is None:
            if saves_objects:
                saver = keras_models.object_saver(in_graph, global_step)
            else:
                saver = tf.compat.v1.train.Saver()
            path = os.path.join(folder, "keras_model.ckpt")
            tf.io.gfile.makedirs(folder)
            with tf.compat.v1.Session(config=config.session_config) as session:
                _initialize(session, in_graph.weights, values)
                saver.save(session, path)
        # Not only the trainable ones, which a path alone would stand for: the moving averages of
        # batch normalization are weights too.
        names = [f"{weight.op.name}:" for weight in in_graph.weights]
    return WarmStartSettings(path, vars_to_warm_start=names)


def _initialize(session, weights, values):
    session.run(tf.compat.v1.global_variables_initializer())
    if values is None:
        return
    for weight, value in zip(weights, values, strict=True):
        session.run(weight.initializer, {weight.initializer.inputs[1]: value})
