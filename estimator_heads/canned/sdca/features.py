"""SparseFeatureColumn: the values of a sparse feature in a batch, as SDCA takes them."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads.types import TensorLike


class SparseFeatureColumn:
    """A sparse feature of a batch, as lists of the same length.

    A batch in which example 0 has feature 5, and example 2 has feature 1 twice as strong, is
    `SparseFeatureColumn([0, 2], [5, 1], [1.0, 2.0])`.

    Args:
        example_indices: int64 Tensor of shape [entries], rising: the example of each entry.
        feature_indices: int64 Tensor of shape [entries]: the feature it has.
        feature_values: float32 Tensor of shape [entries]: how strong it is; None for 1 everywhere.

    Reproduces `_SparseFeatureColumn` of TF 2.15.
    """

    def __init__(
        self,
        example_indices: TensorLike,
        feature_indices: TensorLike,
        feature_values: TensorLike | None,
    ) -> None:
        with tf.compat.v1.name_scope(None, "SparseFeatureColumn"):
            self._example_indices = tf.convert_to_tensor(
                example_indices, tf.int64, name="example_indices"
            )
            self._feature_indices = tf.convert_to_tensor(
                feature_indices, tf.int64, name="feature_indices"
            )
            self._feature_values = feature_values
            if feature_values is not None:
                self._feature_values = tf.convert_to_tensor(
                    feature_values, tf.float32, name="feature_values"
                )

    @property
    def example_indices(self) -> tf.Tensor:
        """int64 Tensor of shape [entries]."""
        return self._example_indices

    @property
    def feature_indices(self) -> tf.Tensor:
        """int64 Tensor of shape [entries]."""
        return self._feature_indices

    @property
    def feature_values(self) -> tf.Tensor | None:
        """float32 Tensor of shape [entries], or None."""
        return self._feature_values


def known_and_unique(
    ids: tf.SparseTensor, weights: tf.SparseTensor | None = None
) -> SparseFeatureColumn:
    """A categorical feature without ids < 0, and with each id at most once for an example.

    Args:
        ids: SparseTensor of integers; a word that is not in a vocabulary has the id -1.
        weights: SparseTensor with the indices of `ids`, or None for 1 everywhere.

    Returns:
        A `SparseFeatureColumn`. Its values are the sums of the weights of an id.
    """
    values = tf.ones(tf.shape(ids.values)) if weights is None else weights.values
    is_known = ids.values >= 0
    examples = tf.boolean_mask(ids.indices[:, 0], is_known)
    features = tf.boolean_mask(tf.cast(ids.values, tf.int64), is_known)
    values = tf.boolean_mask(values, is_known)
    width = tf.reduce_max(features) + 1
    cells, places = tf.unique(examples * width + features)
    sums = tf.math.unsorted_segment_sum(values, places, tf.size(cells))
    return SparseFeatureColumn(cells // width, cells % width, sums)
