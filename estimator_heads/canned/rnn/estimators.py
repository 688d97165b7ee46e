"""RNNEstimator, RNNClassifier: recurrent networks over feature columns of sequences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from estimator_heads.canned import arguments, optimizers
from estimator_heads.canned.bound_model_fn import bound_model_fn
from estimator_heads.canned.rnn.arguments import USE_DEFAULT, checked_units
from estimator_heads.canned.specs import AnyHead, spec_of_head
from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.heads.binary_or_multi_class import binary_or_multi_class_head
from estimator_heads.heads.sequential import SequentialHead, SequentialHeadWrapper
from estimator_heads.heads.tasks.arguments import SUM_OVER_BATCH_SIZE
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import FeatureColumn, Labels, OptimizerOrName, Path, WeightColumn

if TYPE_CHECKING:
    import tf_keras

# Those of an optimizer that is given by name.
LEARNING_RATE = 0.05
CLIP_NORM = 5.0


def get_rnn_estimator_spec(
    features: dict[str, Any],
    labels: Labels | None,
    mode: str,
    head: Any,
    rnn_model: tf_keras.Model,
    optimizer: OptimizerOrName,
    return_sequences: bool,
) -> EstimatorSpec:
    """The EstimatorSpec of a recurrent model under a head.

    Args:
        features: Dict from feature names to Tensors or SparseTensors. The mask of the sequences is
            added to it, if the head needs one and it is not there.
        labels: What the head takes as labels.
        mode: One of `ModeKeys`.
        head: A `Head`; with `return_sequences` a `SequentialHead`.
        rnn_model: A Keras model from `features` to logits, such as an `RNNModel`.
        optimizer: Name, optimizer, or a function that returns one. One given by name has the
            learning rate 0.05 and clips each gradient to the norm 5.
        return_sequences: Whether there are logits of each step.

    Returns:
        An `EstimatorSpec`.

    Raises:
        ValueError: `features` is not a dict, or there is no such optimizer.
    """
    arguments.check_features(features)
    training = mode == ModeKeys.TRAIN
    optimizer = _training_optimizer(optimizer) if training else None
    logits = rnn_model(features, training)
    if return_sequences and head.input_sequence_mask_key not in features:
        features[head.input_sequence_mask_key] = logits._keras_mask
    return spec_of_head(
        head.create_estimator_spec,
        features=features,
        mode=mode,
        labels=labels,
        optimizer=optimizer,
        logits=logits,
        trainable_variables=rnn_model.trainable_variables,
        update_ops=rnn_model.updates,
    )


def _training_optimizer(optimizer):
    if isinstance(optimizer, str):
        optimizer = optimizers.get_optimizer_instance_v2(optimizer, learning_rate=LEARNING_RATE)
        optimizer.clipnorm = CLIP_NORM
    else:
        optimizer = optimizers.get_optimizer_instance_v2(optimizer)
    optimizers.count_by_global_step(optimizer)
    return optimizer


def check_sequential(head: object) -> None:
    """Raises ValueError unless a head is for sequences, as `return_sequences` needs it.

    Args:
        head: The argument `head` of an RNN estimator.
    """
    if not isinstance(head, SequentialHead):
        raise ValueError(
            "Invalid value for argument `head`. With return_sequences=True, expected a head for "
            "sequences, such as estimator_heads.heads.sequential.SequentialHeadWrapper(head). "
            f"Received: {head!r} of type {type(head).__name__}."
        )


def _rnn_model_fn(
    features,
    labels,
    mode,
    head,
    sequence_feature_columns,
    context_feature_columns,
    units,
    cell_type,
    rnn_cell_fn,
    return_sequences,
    optimizer,
    config=None,
):
    """The model_fn of the RNN estimators; see `RNNEstimator` for the arguments."""
    # These import Keras.
    from estimator_heads.canned.rnn.layers import make_rnn_layer
    from estimator_heads.canned.rnn.model import RNNModel

    del config
    rnn_layer = make_rnn_layer(
        rnn_cell_fn=rnn_cell_fn,
        units=units,
        cell_type=cell_type,
        return_sequences=return_sequences,
    )
    rnn_model = RNNModel(
        rnn_layer=rnn_layer,
        units=head.logits_dimension,
        sequence_feature_columns=sequence_feature_columns,
        context_feature_columns=context_feature_columns,
        return_sequences=return_sequences,
        name="rnn_model",
    )
    return get_rnn_estimator_spec(
        features,
        labels,
        mode,
        head=head,
        rnn_model=rnn_model,
        optimizer=optimizer,
        return_sequences=return_sequences,
    )


class RNNEstimator(Estimator):
    """A recurrent network under any head.

    Reproduces `tf.estimator.experimental.RNNEstimator` of TF 2.15.

    Args:
        head: A `Head`. With `return_sequences` it is for sequences: a `SequentialHeadWrapper`.
        sequence_feature_columns: `tf.feature_column.sequence_numeric_column`s, and
            `embedding_column`s or `indicator_column`s of a sequence_categorical_column.
        context_feature_columns: Dense columns of `tf.feature_column` that are not of sequences;
            each step of a sequence has their values in addition.
        units: Sizes of the cells, the input's side first: [32, 16].
        cell_type: "simple_rnn" (the default), "lstm" or "gru"; or a class of cells of
            `tf_keras.layers`, which is called with the argument `units`.
        rnn_cell_fn: Function without arguments that returns a cell of `tf_keras.layers` or a list
            of them, in place of `units` and `cell_type`.
        return_sequences: Whether the head has the logits of each step, instead of the last.
        model_dir: As for `Estimator`.
        optimizer: "Adagrad", "Adam", "Ftrl", "RMSProp" or "SGD", with the learning rate 0.05 and
            each gradient clipped to the norm 5; an optimizer of any kind; or a function that
            returns one.
        config: A `RunConfig`.

    Raises:
        TypeError: `units` is not iterable.
        ValueError: There are both `rnn_cell_fn` and one of `units` and `cell_type`, a size of
            `units` is not an integer > 0, or the head is not for sequences.

    >>> import tensorflow as tf
    >>> import estimator_heads
    >>> estimator = RNNEstimator(
    ...     head=estimator_heads.RegressionHead(),
    ...     sequence_feature_columns=[tf.feature_column.sequence_numeric_column("prices")],
    ...     units=[4],
    ...     cell_type="gru",
    ... )
    >>> def input_fn():
    ...     prices = tf.sparse.from_dense([[1.0, 2.0, 3.0], [5.0, 4.0, 0.0]])
    ...     return tf.data.Dataset.from_tensors(({"prices": prices}, [[4.0], [3.0]])).repeat()
    >>> estimator = estimator.train(input_fn, steps=2)
    >>> estimator.get_variable_value("rnn_model/rnn/gru_cell/kernel").shape
    (1, 12)
    """

    def __init__(
        self,
        head: AnyHead,
        sequence_feature_columns: Iterable[FeatureColumn],
        context_feature_columns: Iterable[FeatureColumn] | None = None,
        units: Iterable[int] | int | None = None,
        cell_type: str | Callable[..., Any] = USE_DEFAULT,
        rnn_cell_fn: Callable[[], Any] | None = None,
        return_sequences: bool = False,
        model_dir: Path | None = None,
        optimizer: OptimizerOrName = "Adagrad",
        config: RunConfig | None = None,
    ) -> None:
        if return_sequences:
            check_sequential(head)
        model_fn = bound_model_fn(
            _rnn_model_fn,
            head=head,
            sequence_feature_columns=tuple(sequence_feature_columns),
            context_feature_columns=tuple(context_feature_columns or []),
            units=checked_units(rnn_cell_fn, units, cell_type),
            cell_type=cell_type,
            rnn_cell_fn=rnn_cell_fn,
            return_sequences=return_sequences,
            optimizer=optimizer,
        )
        super().__init__(model_fn, model_dir, config)


class RNNClassifier(RNNEstimator):
    """A recurrent network for classes.

    Reproduces `tf.estimator.experimental.RNNClassifier` of TF 2.15.

    Args:
        sequence_feature_columns: As for `RNNEstimator`.
        context_feature_columns: As for `RNNEstimator`.
        units: As for `RNNEstimator`.
        cell_type: As for `RNNEstimator`.
        rnn_cell_fn: As for `RNNEstimator`.
        return_sequences: Whether each step has a class, instead of the whole sequence.
        model_dir: As for `Estimator`.
        n_classes: Number of classes, 2 or more.
        weight_column: Name of the feature with the weights of examples, or a numeric column; with
            `return_sequences` a name, of the feature with the weights of steps.
        label_vocabulary: List of the labels, if they are strings; without it they are integers from
            0 to n_classes - 1.
        optimizer: As for `RNNEstimator`.
        loss_reduction: One of `tf_keras.losses.Reduction`, without NONE.
        sequence_mask: Name of the mask of steps that are no padding. With `return_sequences` it is
            among the predictions, and a feature of this name takes the place of the mask that the
            lengths of the sequences make.
        config: A `RunConfig`.

    Raises:
        TypeError: `units` is not iterable, or `sequence_mask` is not a string, or, with
            `return_sequences`, `weight_column` is not.
        ValueError: As for `RNNEstimator`, or the head refuses its arguments.
    """

    def __init__(
        self,
        sequence_feature_columns: Iterable[FeatureColumn],
        context_feature_columns: Iterable[FeatureColumn] | None = None,
        units: Iterable[int] | int | None = None,
        cell_type: str | Callable[..., Any] = USE_DEFAULT,
        rnn_cell_fn: Callable[[], Any] | None = None,
        return_sequences: bool = False,
        model_dir: Path | None = None,
        n_classes: int = 2,
        weight_column: WeightColumn | None = None,
        label_vocabulary: list[str] | tuple[str, ...] | None = None,
        optimizer: OptimizerOrName = "Adagrad",
        loss_reduction: str = SUM_OVER_BATCH_SIZE,
        sequence_mask: str = "sequence_mask",
        config: RunConfig | None = None,
    ) -> None:
        head = binary_or_multi_class_head(
            n_classes, weight_column, label_vocabulary, loss_reduction
        )
        if return_sequences:
            tf.compat.v1.logging.info("The classes are of the steps of sequences.")
            head = SequentialHeadWrapper(
                head, sequence_length_mask=sequence_mask, feature_columns=weight_column
            )
        super().__init__(
            head=head,
            sequence_feature_columns=sequence_feature_columns,
            context_feature_columns=context_feature_columns,
            units=units,
            cell_type=cell_type,
            rnn_cell_fn=rnn_cell_fn,
            return_sequences=return_sequences,
            model_dir=model_dir,
            optimizer=optimizer,
            config=config,
        )
