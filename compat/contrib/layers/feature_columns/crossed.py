"""The column of combinations of categories."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Collection
from typing import Any

from estimator_heads.compat.contrib.layers.feature_columns.base import (
    CategoricalColumn,
    check_checkpoint,
)
from estimator_heads.compat.contrib.layers.feature_columns.bucketized import _BucketizedColumn
from estimator_heads.compat.contrib.layers.feature_columns.crossing import sparse_feature_cross
from estimator_heads.compat.contrib.layers.feature_columns.sparse import _SparseColumn
from estimator_heads.types import Path


class _CrossedColumn(
    CategoricalColumn,
    namedtuple(
        "_CrossedColumn",
        [
            "columns",
            "hash_bucket_size",
            "hash_key",
            "combiner",
            "ckpt_to_load_from",
            "tensor_name_in_ckpt",
        ],
    ),
):
    """A column of hashed combinations of a value from each of `columns`.

    Of sparse columns, it takes the values of the feature, not the ids.
    """

    def __new__(
        cls,
        columns: Collection[_SparseColumn | _CrossedColumn | _BucketizedColumn],
        hash_bucket_size: int,
        hash_key: int | None,
        combiner: str = "sum",
        ckpt_to_load_from: Path | None = None,
        tensor_name_in_ckpt: str | None = None,
    ) -> _CrossedColumn:
        _check_columns(columns)
        if hash_bucket_size < 2:
            raise ValueError(
                "Invalid value for argument `hash_bucket_size`. Expected an integer >= 2. "
                f"Received: hash_bucket_size={hash_bucket_size}."
            )
        check_checkpoint(ckpt_to_load_from, tensor_name_in_ckpt)
        return super().__new__(
            cls,
            tuple(sorted(columns, key=lambda column: column.name)),
            hash_bucket_size,
            hash_key,
            combiner,
            ckpt_to_load_from,
            tensor_name_in_ckpt,
        )

    @property
    def name(self) -> str:
        return "_X_".join(sorted(column.name for column in self.columns))

    @property
    def length(self) -> int:
        """Number of ids."""
        return self.hash_bucket_size

    @property
    def config(self) -> dict[str, Any]:
        return {name: feature for column in self.columns for name, feature in column.config.items()}

    def _transform_feature(self, inputs):
        values = [_values(column, inputs) for column in self._leaves()]
        return sparse_feature_cross(values, self.hash_bucket_size, self.hash_key)

    def _leaves(self):
        """The columns without crosses: those in a cross stand in the place of the cross."""
        for column in self.columns:
            if isinstance(column, _CrossedColumn):
                yield from column._leaves()
            else:
                yield column


def _values(column, inputs):
    if isinstance(column, _SparseColumn):
        return inputs.get(column.name)
    return column.to_sparse_tensor(inputs.get(column))


def _check_columns(columns):
    for column in columns:
        if not isinstance(column, _SparseColumn | _CrossedColumn | _BucketizedColumn):
            raise TypeError(
                "Invalid type in argument `columns`. Expected columns made by "
                "`sparse_column_with_*`, `bucketized_column` or `crossed_column`. Received: "
                f"{column!r}."
            )
    if len(columns) < 2:
        raise ValueError(
            "Invalid value for argument `columns`. Expected at least two columns. Received: "
            f"columns={columns!r}."
        )


def crossed_column(
    columns: Collection[_SparseColumn | _CrossedColumn | _BucketizedColumn],
    hash_bucket_size: int,
    combiner: str = "sum",
    ckpt_to_load_from: Path | None = None,
    tensor_name_in_ckpt: str | None = None,
    hash_key: int | None = None,
) -> _CrossedColumn:
    """Makes a column of combinations of categories. A legacy `tf.contrib.layers` name.

    Args:
        columns: Iterable of columns that `sparse_column_with_*`, `bucketized_column` or
            `crossed_column` made.
        hash_bucket_size: Number of ids, 2 or more.
        combiner: How a linear model combines the ids of one example: "sum", "mean" or "sqrtn".
        ckpt_to_load_from: Path of a checkpoint from which the weights of a linear model start.
        tensor_name_in_ckpt: Name of the weights there.
        hash_key: Key of the hash; default: the older hash, which takes none. New models should
            take SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY.

    Returns:
        A `_CrossedColumn`.

    Raises:
        TypeError: If one of `columns` is another column.
        ValueError: If there are less than two, or `hash_bucket_size` is less than 2, or only one
            of `ckpt_to_load_from` and `tensor_name_in_ckpt` is given.
    """
    return _CrossedColumn(
        columns,
        hash_bucket_size,
        hash_key,
        combiner=combiner,
        ckpt_to_load_from=ckpt_to_load_from,
        tensor_name_in_ckpt=tensor_name_in_ckpt,
    )
