"""Dtypes and shapes of the input of an Estimator, so that all its calls get the same kind."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import tensorflow as tf


class TensorSignature(NamedTuple):
    """The dtype and shape of a tensor; the shape is None if it is sparse."""

    dtype: tf.DType
    shape: tf.TensorShape | None

    def fits(self, other: TensorSignature) -> bool:
        """Whether a tensor like this can stand for one like `other`, in batches of any size."""
        if not self.dtype.is_compatible_with(other.dtype):
            return False
        if self.shape is None or other.shape is None:
            return self.shape is other.shape
        if self.shape.rank is None or other.shape.rank is None:
            return True
        return self.shape.rank == other.shape.rank and (
            self.shape[1:].is_compatible_with(other.shape[1:])
        )

    def placeholder(self) -> tf.Tensor | tf.SparseTensor:
        """A placeholder for a batch of any size."""
        if self.shape is None:
            return tf.compat.v1.sparse_placeholder(self.dtype)
        return tf.compat.v1.placeholder(self.dtype, [None, *self.shape[1:]])

    def parsing_spec(self) -> tf.io.FixedLenFeature | tf.io.VarLenFeature:
        """How it is parsed from a `tf.train.Example`, which holds numbers of 64-bit integers."""
        dtype = {tf.int32: tf.int64, tf.float64: tf.float32}.get(self.dtype, self.dtype)
        if self.shape is None:
            return tf.io.VarLenFeature(dtype)
        return tf.io.FixedLenFeature(self.shape[1:], dtype)


# Of a tensor, or of a dict of them; None of None.
Signatures: TypeAlias = TensorSignature | dict[str, TensorSignature] | None


def signatures_of(tensors: Any) -> Signatures:
    """The signatures of a tensor or of a dict of them; None of None.

    Args:
        tensors: Tensor, array or SparseTensor, or a dict of such.

    Returns:
        A `TensorSignature`, or a dict of them.
    """
    if tensors is None:
        return None
    if isinstance(tensors, dict):
        return {name: _signature(tensor) for name, tensor in tensors.items()}
    return _signature(tensors)


def fit(tensors: Any, signatures: Signatures) -> bool:
    """Whether tensors can stand for those that the signatures were made of.

    Args:
        tensors: As for `signatures_of`. A dict may have more than the signatures.
        signatures: What `signatures_of` returned.
    """
    if tensors is None or signatures is None:
        return tensors is signatures
    if isinstance(tensors, dict) != isinstance(signatures, dict):
        return False
    if isinstance(signatures, dict):
        return all(
            name in tensors and _signature(tensors[name]).fits(signature)
            for name, signature in signatures.items()
        )
    return _signature(tensors).fits(signatures)


def placeholders(signatures: Signatures) -> Any:
    """Placeholders for a batch of tensors like these.

    Args:
        signatures: What `signatures_of` returned.

    Returns:
        A placeholder, a dict of them, or None.
    """
    if isinstance(signatures, dict):
        return {name: signature.placeholder() for name, signature in signatures.items()}
    return None if signatures is None else signatures.placeholder()


def parsed(signatures: TensorSignature | dict[str, TensorSignature], examples: tf.Tensor) -> Any:
    """Tensors like these from serialized examples.

    Args:
        signatures: What `signatures_of` returned.
        examples: String tensor [batch] of serialized `tf.train.Example`s. A single tensor is in
            their feature named "feature".

    Returns:
        A tensor, or a dict of them.
    """
    by_name = signatures if isinstance(signatures, dict) else {"feature": signatures}
    specs = {name: signature.parsing_spec() for name, signature in by_name.items()}
    tensors = {
        name: tf.cast(tensor, by_name[name].dtype)
        for name, tensor in tf.io.parse_example(examples, specs).items()
    }
    return tensors if isinstance(signatures, dict) else tensors["feature"]


def _signature(tensor):
    if isinstance(tensor, tf.SparseTensor):
        return TensorSignature(tensor.dtype, None)
    return TensorSignature(tf.as_dtype(tensor.dtype), tf.TensorShape(tensor.shape))
