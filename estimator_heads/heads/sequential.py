"""SequentialHeadWrapper: any head for one task, for each step of sequences of different lengths.

The steps that are no padding are put one after the other, as if they were the examples of one
batch, and the wrapped head does the rest.
"""

from __future__ import annotations

import abc
from collections.abc import Iterable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.heads.base import Head
from estimator_heads.heads.multi import MultiHead
from estimator_heads.heads.tasks import checks
from estimator_heads.model_fn import EstimatorSpec, ModeKeys
from estimator_heads.types import Features, Metric, Optimizer, TensorLike, TrainOpFn


class SequentialHead(Head):
    """Interface of heads for sequences, which find a mask of the real steps in the features."""

    @property
    @abc.abstractmethod
    def input_sequence_mask_key(self) -> str:
        """Name of the feature that is the mask: bool, [batch_size, length], False for padding."""


class SequentialHeadWrapper(SequentialHead):
    """Head for sequences, around a head that sees each of their steps as an example.

    Logits have shape [batch_size, length, D2, ..., DN], labels [batch_size, length] or [batch_size,
    length, D2, ..., DN], with whatever at the padded steps; labels may also be a SparseTensor that
    lacks them. Loss and metrics are those of the steps where the mask is True. PREDICT keeps the
    shape of the logits, and the mask is among the predictions.

    Reproduces `tensorflow_estimator.python.estimator.head.sequential_head` of TF 2.15.

    >>> from estimator_heads.heads import RegressionHead
    >>> head = SequentialHeadWrapper(RegressionHead(), "mask")
    >>> features = {"mask": tf.constant([[True, True], [True, False]])}
    >>> logits = tf.constant([[[1.0], [2.0]], [[3.0], [99.0]]])
    >>> float(head.loss(logits, tf.zeros([2, 2]), features))  # (1 + 4 + 9) / 3
    4.666666507720947

    Args:
        static_head: The head of each step; no MultiHead.
        sequence_length_mask: Name of the feature that is the mask.
        feature_columns: Name or names of features of shape [batch_size, length, ...] that the
            wrapped head is to have, usually its weight column.

    Raises:
        TypeError: A name is not a string.
        ValueError: `static_head` is a MultiHead.
    """

    def __init__(
        self,
        static_head: Head,
        sequence_length_mask: str = "sequence_length_mask",
        feature_columns: str | Iterable[str] | None = None,
    ) -> None:
        if isinstance(feature_columns, str):
            feature_columns = [feature_columns]
        _check_names("sequence_length_mask", [sequence_length_mask])
        _check_names("feature_columns", feature_columns or [])
        if isinstance(static_head, MultiHead):
            raise ValueError(
                "Invalid value for argument `static_head`. Expected a head for one task (for more, "
                f"wrap each head and add up their losses yourself). Received: {static_head!r}."
            )
        self._static_head = static_head
        self._mask_key = sequence_length_mask
        self._feature_columns = list(feature_columns or [])

    @property
    def static_head(self) -> Head:
        """The head of each step."""
        return self._static_head

    @property
    def input_sequence_mask_key(self) -> str:
        """See `SequentialHead.input_sequence_mask_key`."""
        return self._mask_key

    @property
    def name(self) -> str | None:
        """Name of the wrapped head with `_sequential` behind it; None if it has none."""
        return f"{self._static_head.name}_sequential" if self._static_head.name else None

    @property
    def logits_dimension(self) -> int:
        """See `Head.logits_dimension`."""
        return self._static_head.logits_dimension

    @property
    def loss_reduction(self) -> str:
        """See `Head.loss_reduction`."""
        return self._static_head.loss_reduction

    def loss(  # type: ignore[override]
        self,
        logits: TensorLike,
        labels: TensorLike,
        features: Features | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """See `Head.loss`, and mind the order of the first two arguments, which is the original's.

        Raises:
            ValueError: The mask or a feature is missing, or a shape does not fit the mask.
        """
        labels, logits, features = self._flatten(labels, logits, features)
        return self._static_head.loss(
            logits=logits,
            labels=labels,
            features=features,
            mode=mode,
            regularization_losses=regularization_losses,
        )

    def predictions(
        self, logits: TensorLike, keys: Sequence[Any] | None = None
    ) -> dict[Any, tf.Tensor]:
        """See `Head.predictions`."""
        optional = {} if keys is None else {"keys": keys}  # not every head has the argument
        return self._static_head.predictions(logits, **optional)

    def metrics(
        self, regularization_losses: Sequence[tf.Tensor] | None = None
    ) -> dict[str, Metric]:
        """See `Head.metrics`."""
        return self._static_head.metrics(regularization_losses)

    # Without `mode`, as in the original.
    def update_metrics(  # type: ignore[override]
        self,
        eval_metrics: dict[str, Metric],
        features: Features,
        logits: TensorLike,
        labels: TensorLike,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Metric]:
        """See `Head.update_metrics`."""
        labels, logits, features = self._flatten(labels, logits, features)
        return self._static_head.update_metrics(
            eval_metrics=eval_metrics,
            features=features,
            logits=logits,
            labels=labels,
            regularization_losses=regularization_losses,
        )

    def create_estimator_spec(
        self,
        features: Features,
        mode: str,
        logits: TensorLike,
        labels: TensorLike | None = None,
        optimizer: Optimizer | None = None,
        trainable_variables: Sequence[tf.Variable] | None = None,
        train_op_fn: TrainOpFn | None = None,
        update_ops: Sequence[tf.Operation | tf.Tensor] | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> EstimatorSpec:
        """See `Head.create_estimator_spec`."""
        if mode == ModeKeys.PREDICT:
            mask = self._feature(features, self._mask_key)
            spec = self._static_head.create_estimator_spec(
                features=features, mode=mode, logits=logits
            )
            return spec._replace(predictions={**spec.predictions, self._mask_key: mask})
        labels, logits, features = self._flatten(labels, logits, features)
        return self._static_head.create_estimator_spec(
            features=features,
            mode=mode,
            logits=logits,
            labels=labels,
            optimizer=optimizer,
            trainable_variables=trainable_variables,
            train_op_fn=train_op_fn,
            update_ops=update_ops,
            regularization_losses=regularization_losses,
        )

    def _flatten(self, labels, logits, features):
        """Labels, logits and the chosen features without the padding, steps one below another."""
        mask = tf.cast(self._feature(features, self._mask_key), tf.bool)
        if mask.shape.rank != 2:
            raise ValueError(
                f"Invalid shape of the mask `features[{self._mask_key!r}]`. Expected [batch_size, "
                f"length]. Received: {mask.shape}."
            )
        with tf.compat.v1.name_scope("flatten"):
            number = tf.math.count_nonzero(mask, dtype=tf.int32)
            chosen = {name: self._feature(features, name) for name in self._feature_columns}
            return (
                flatten_steps(labels, mask, number, "labels"),
                flatten_steps(logits, mask, number, "logits"),
                {
                    name: flatten_steps(value, mask, number, f"features[{name!r}]")
                    for name, value in chosen.items()
                },
            )

    def _feature(self, features, name):
        if name not in (features or {}):
            raise ValueError(
                f"`features` has no {name!r}, which this head needs "
                f"({'the mask' if name == self._mask_key else 'it is in `feature_columns`'}). "
                f"Received features: {sorted(features or {})}."
            )
        return features[name]


def flatten_steps(
    tensor: TensorLike | None,
    sequence_mask: tf.Tensor,
    expected_length: tf.Tensor,
    name: str = "tensor",
) -> tf.Tensor:
    """What a tensor has at the steps that are no padding, one step below another.

    Args:
        tensor: Tensor of shape [batch_size, length, D2, ..., DN], or SparseTensor of that shape
            that has the real steps only.
        sequence_mask: Bool Tensor of shape [batch_size, length].
        expected_length: int32 scalar, how many steps of the mask are True.
        name: Of the tensor, for messages.

    Returns:
        A Tensor of shape [expected_length, D2, ..., DN]; [expected_length, 1] without D2.

    Raises:
        TypeError: The tensor is ragged.
        ValueError: The tensor is None, has less than two dimensions, or does not fit the mask. In a
            graph, a SparseTensor that does not is an InvalidArgumentError when it is run.
    """
    if tensor is None:
        raise ValueError(f"Missing `{name}`. Expected a Tensor or SparseTensor. Received: None.")
    if isinstance(tensor, tf.RaggedTensor):
        raise TypeError(
            f"Invalid value for `{name}`. Expected a Tensor or SparseTensor; convert a "
            f"RaggedTensor with its method to_tensor() or to_sparse(). Received: {tensor}."
        )
    steps = tf.compat.v1.convert_to_tensor_or_sparse_tensor(tensor)
    rank = steps.shape.rank
    if rank is None or rank < 2:
        raise ValueError(
            f"Invalid shape of `{name}`. Expected [batch_size, length, ...], with a known number "
            f"of dimensions. Received: {steps.shape}."
        )
    if isinstance(steps, tf.sparse.SparseTensor):
        values = tf.sparse.reorder(steps).values
        flat = tf.reshape(values, [-1, *steps.shape[2:]]) if rank > 2 else values
        message = (
            f"Invalid value for `{name}`. Expected as many steps as in the sequence mask. (number "
            "of steps, and of steps in the mask)"
        )
        number = tf.shape(flat)[0]
        flat = checks.checked(
            flat, tf.equal(number, expected_length), message, number, expected_length
        )
    else:
        flat = tf.boolean_mask(steps, sequence_mask)
    return tf.expand_dims(flat, -1) if rank == 2 else flat


def _check_names(argument, names):
    try:
        wrong = [name for name in names if not isinstance(name, str)]
    except TypeError:
        wrong = [names]
    if wrong:
        raise TypeError(
            f"Invalid value for argument `{argument}`. Expected the names of features, as strings. "
            f"Received: {wrong[0]!r} of type {type(wrong[0]).__name__}."
        )
