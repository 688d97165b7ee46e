"""RNNEstimator, RNNClassifier of `tf.contrib.estimator`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from estimator_heads.canned import arguments
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.rnn.arguments import USE_DEFAULT
from estimator_heads.canned.rnn.estimators import check_sequential
from estimator_heads.canned.specs import AnyHead
from estimator_heads.compat.canned_v1 import optimizers, partitioners
from estimator_heads.compat.canned_v1.partitioners import Partitioner
from estimator_heads.compat.contrib.estimator.gradient_clipping import clip_gradients_by_norm
from estimator_heads.compat.contrib.estimator.rnn_logits import (
    _assert_rnn_cell_fn,
    _rnn_logit_fn_builder,
)
from estimator_heads.compat.sources import canned_head
from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.optimizers import create_train_op
from estimator_heads.types import FeatureColumn, OptimizerOrName, Path, WeightColumn

# Those of an optimizer that is given by name.
_DEFAULT_LEARNING_RATE = 0.05
_DEFAULT_CLIP_NORM = 5.0

_MEAN = tf.compat.v1.losses.Reduction.SUM_OVER_BATCH_SIZE


def _rnn_model_fn(
    features,
    labels,
    mode,
    head,
    rnn_cell_fn,
    sequence_feature_columns,
    context_feature_columns,
    return_sequences=False,
    optimizer="Adagrad",
    input_layer_partitioner=None,
    config=None,
):
    """The model_fn of the RNN estimators; see `RNNEstimator` for the arguments."""
    arguments.check_features(features)
    optimizer = _clipping_optimizer(optimizer)
    with tf.compat.v1.variable_scope(
        "rnn",
        values=tuple(features.values()),
        partitioner=partitioners.hidden_layers_partitioner(config),
    ):
        logit_fn = _rnn_logit_fn_builder(
            output_units=head.logits_dimension,
            rnn_cell_fn=rnn_cell_fn,
            sequence_feature_columns=sequence_feature_columns,
            context_feature_columns=context_feature_columns,
            input_layer_partitioner=(
                input_layer_partitioner or partitioners.input_layer_partitioner(config)
            ),
            return_sequences=return_sequences,
        )
        logits, sequence_mask = logit_fn(features=features, mode=mode)
        if return_sequences and head.input_sequence_mask_key not in features:
            features[head.input_sequence_mask_key] = sequence_mask
        return head.create_estimator_spec(
            features=features,
            mode=mode,
            labels=labels,
            train_op_fn=lambda loss: create_train_op(loss, optimizer, scope=None),
            logits=logits,
        )


def _clipping_optimizer(optimizer):
    """The optimizer, which clips gradients unless it was given as an instance, or is Keras's."""
    if isinstance(optimizer, tf.compat.v1.train.Optimizer):
        return optimizer
    optimizer = optimizers.get_optimizer_instance(optimizer, _DEFAULT_LEARNING_RATE)
    if not isinstance(optimizer, tf.compat.v1.train.Optimizer):
        return optimizer
    return clip_gradients_by_norm(optimizer, _DEFAULT_CLIP_NORM)


class RNNEstimator(Estimator):
    """A recurrent network under any head.

    Reproduces `tf.contrib.estimator.RNNEstimator` of TF 1.15.

    Args:
        head: A head. With `return_sequences` it is for sequences: a `SequentialHeadWrapper`.
        sequence_feature_columns: `tf.feature_column.sequence_numeric_column`s, and
            `embedding_column`s or `indicator_column`s of a sequence_categorical_column.
        context_feature_columns: Dense columns that are not of sequences; each step of a sequence
            has their values in addition.
        num_units: Sizes of the cells, the input's side first: [32, 16].
        cell_type: "basic_rnn" (the default), "lstm" or "gru"; or a class derived from
            `tf.compat.v1.nn.rnn_cell.RNNCell`, which is called with the argument `num_units`.
        rnn_cell_fn: Function of `mode`, one of `ModeKeys`, that returns a cell, in place of
            `num_units` and `cell_type`.
        return_sequences: Whether the head has the logits of each step, instead of the last.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with the learning rate 0.05; an
            optimizer; or a function that returns one. The gradients of one of TF1 that is given by
            name or by a function are scaled down together to the norm 5.
        input_layer_partitioner: Partitioner of the variables of columns; by default one that cuts
            large variables into parts for the parameter servers.
        config: A `RunConfig`.

    Raises:
        TypeError: `num_units` is not iterable.
        ValueError: There are both `rnn_cell_fn` and one of `num_units` and `cell_type`, a size of
            `num_units` is not an integer > 0, or the head is not for sequences.
    """

    def __init__(
        self,
        head: AnyHead,
        sequence_feature_columns: Iterable[FeatureColumn],
        context_feature_columns: Iterable[FeatureColumn] | None = None,
        num_units: Iterable[int] | None = None,
        cell_type: str | type[Any] = USE_DEFAULT,
        rnn_cell_fn: Callable[[str], Any] | None = None,
        return_sequences: bool = False,
        model_dir: Path | None = None,
        optimizer: OptimizerOrName = "Adagrad",
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
    ) -> None:
        rnn_cell_fn = _assert_rnn_cell_fn(rnn_cell_fn, num_units, cell_type)
        if return_sequences:
            check_sequential(head)
        model_fn = bound_model_fn(
            _rnn_model_fn,
            head=head,
            rnn_cell_fn=rnn_cell_fn,
            sequence_feature_columns=tuple(sequence_feature_columns or []),
            context_feature_columns=tuple(context_feature_columns or []),
            return_sequences=return_sequences,
            optimizer=optimizer,
            input_layer_partitioner=input_layer_partitioner,
        )
        super().__init__(model_fn, model_dir, config)


class RNNClassifier(Estimator):
    """A recurrent network for classes.

    Reproduces `tf.contrib.estimator.RNNClassifier` of TF 1.15. See `RNNEstimator` for the arguments
    that are not here.

    Args:
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column.
        label_vocabulary: List of the labels, if they are strings.
        loss_reduction: One of `tf.compat.v1.losses.Reduction`, without NONE.

    Raises:
        TypeError: `num_units` is not iterable.
        ValueError: As for `RNNEstimator`, or the head refuses its arguments.
    """

    def __init__(
        self,
        sequence_feature_columns: Iterable[FeatureColumn],
        context_feature_columns: Iterable[FeatureColumn] | None = None,
        num_units: Iterable[int] | None = None,
        cell_type: str | type[Any] = USE_DEFAULT,
        rnn_cell_fn: Callable[[str], Any] | None = None,
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        optimizer: OptimizerOrName = "Adagrad",
        loss_reduction: str = _MEAN,
        input_layer_partitioner: Partitioner | None = None,
        config: RunConfig | None = None,
    ) -> None:
        model_fn = bound_model_fn(
            _rnn_model_fn,
            head=canned_head._binary_logistic_or_multi_class_head(
                n_classes, weight_column, label_vocabulary, loss_reduction
            ),
            rnn_cell_fn=_assert_rnn_cell_fn(rnn_cell_fn, num_units, cell_type),
            sequence_feature_columns=tuple(sequence_feature_columns or []),
            context_feature_columns=tuple(context_feature_columns or []),
            return_sequences=False,
            optimizer=optimizer,
            input_layer_partitioner=input_layer_partitioner,
        )
        super().__init__(model_fn, model_dir, config)
