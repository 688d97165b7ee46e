"""What all feature columns of `tf.contrib.layers` have in common.

A column takes two steps. `insert_transformed_feature` makes ids or numbers of the raw tensor of a
feature. Then `_to_dnn_input_layer` makes a dense float tensor of these, or
`_wide_embedding_lookup_arguments` says which weights of a linear model they pick.

Columns are named tuples, and models depend on how they print: inputs are concatenated in the order
of the columns' `key`, and the key is the class with its fields. So classes and fields have the
names that they had in TF 1.15.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow import feature_columns
from estimator_heads.types import Path

core = feature_columns.v1_feature_columns()

_CategoricalColumn: Any = core._CategoricalColumn
_DenseColumn: Any = core._DenseColumn

LinearLookup = namedtuple(
    "LinearLookup", ["input_tensor", "weight_tensor", "vocab_size", "initializer", "combiner"]
)


class MissingFeatureError(KeyError, ValueError):
    """A feature that a column needs is not among the features.

    In TF 1.15 it was a ValueError below a crossed column, a KeyError elsewhere.
    """

    def __str__(self) -> str:
        return self.args[0]


class TransformedFeatures:
    """Gives tensors by the name of a feature and by column; each column is transformed once.

    Args:
        columns_to_tensors: Dict from names of features to tensors. It may have columns that were
            transformed before, and gets those that are transformed here.
    """

    def __init__(self, columns_to_tensors: dict[Any, Any]) -> None:
        self._tensors = columns_to_tensors

    def get(self, key: str | _FeatureColumn) -> Any:
        """The raw tensor of the feature named `key`, or what the column `key` makes of its own."""
        if key not in self._tensors:
            if not isinstance(key, _FeatureColumn):
                names = sorted(name for name in self._tensors if isinstance(name, str))
                raise MissingFeatureError(
                    f"Invalid value for the features. Expected the key {key!r}, which a feature "
                    f"column needs. Received the keys: {names}."
                )
            key.insert_transformed_feature(self._tensors)
            if key not in self._tensors:
                raise ValueError(f"{key.name!r} did not insert its transformed feature.")
        return self._tensors[key]


class _FeatureColumn:
    """Base of the feature columns of `tf.contrib.layers`."""

    tensor_name_in_ckpt: str | None

    @property
    def name(self) -> str:
        """Name of the column, and of the variable scope of its weights."""
        raise NotImplementedError

    @property
    def config(self) -> dict[str, Any]:
        """dict for `tf.io.parse_example`, from features to how they are parsed."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """What columns are ordered by; no two columns of a model may have the same."""
        return str(self)

    @property
    def _parse_example_spec(self) -> dict[str, Any]:
        return self.config

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Adds what this column makes of its features, with itself as the key.

        Args:
            columns_to_tensors: Dict from names of features, and from columns, to tensors.
        """
        columns_to_tensors[self] = self._transform_feature(TransformedFeatures(columns_to_tensors))

    def _transform_feature(self, inputs: TransformedFeatures) -> Any:
        """What this column makes of `inputs.get(<name of a feature, or another column>)`."""
        raise NotImplementedError(f"{type(self).__name__} does not transform features.")

    def _to_dnn_input_layer(
        self,
        input_tensor: Any,
        weight_collections: Sequence[str] | None = None,
        trainable: bool = True,
        output_rank: int = 2,
    ) -> tf.Tensor:
        """A dense float tensor of rank `output_rank`, of the transformed `input_tensor`."""
        raise ValueError(
            f"{self.name!r} is a {type(self).__name__}, which cannot be an input of a neural "
            "network. Wrap it in `embedding_column` or `one_hot_column`."
        )

    def _wide_embedding_lookup_arguments(self, input_tensor: Any) -> LinearLookup:
        """A LinearLookup for the transformed `input_tensor`."""
        raise NotImplementedError(
            f"{type(self).__name__} does not look up weights in linear models."
        )

    def _to_dense_tensor(self, input_tensor: Any) -> tf.Tensor:
        """The numbers that a linear model multiplies with weights."""
        raise NotImplementedError(
            f"{self.name!r} is a {type(self).__name__}, which cannot be an input of a linear model."
        )

    def _checkpoint_path(self):
        """None, or the pair of a checkpoint and a tensor of it from which weights are loaded."""
        checkpoint = getattr(self, "ckpt_to_load_from", None)
        return None if checkpoint is None else (checkpoint, self.tensor_name_in_ckpt)

    def _key_without_properties(self, properties):
        """The key without some fields: a function prints differently in each process."""
        column: Any = self  # a named tuple
        fields = (
            f"{name}={value}"
            for name, value in zip(column._fields, column, strict=True)
            if name not in properties
        )
        return f"{type(self).__name__}({', '.join(fields)})"


class CategoricalColumn(_FeatureColumn, _CategoricalColumn):
    """A column of ids, each of which picks a row of weights.

    Subclasses have `length`, the number of ids, and `combiner`.
    """

    def id_tensor(self, input_tensor: Any) -> tf.SparseTensor:
        """int64 SparseTensor, the ids of the transformed `input_tensor`."""
        return input_tensor

    def weight_tensor(self, input_tensor: Any) -> tf.SparseTensor | None:
        """float32 SparseTensor, the weights of the ids, or None."""
        return None

    def _wide_embedding_lookup_arguments(self, input_tensor):
        return LinearLookup(
            input_tensor=self.id_tensor(input_tensor),
            weight_tensor=self.weight_tensor(input_tensor),
            vocab_size=self._num_buckets,
            initializer=tf.compat.v1.zeros_initializer(),
            combiner=self.combiner,
        )

    @property
    def _num_buckets(self):
        return self.length

    def _get_sparse_tensors(self, inputs, weight_collections=None, trainable=None):
        tensor = inputs.get(self)
        return self.IdWeightPair(self.id_tensor(tensor), self.weight_tensor(tensor))


class DenseColumn(_FeatureColumn, _DenseColumn):
    """A column of numbers. Subclasses have `_variable_shape`, that of one example."""

    def _get_dense_tensor(self, inputs, weight_collections=None, trainable=None):
        return self._to_dnn_input_layer(
            inputs.get(self), weight_collections, True if trainable is None else trainable
        )


def partitions(variable: tf.Variable | Iterable[tf.Variable]) -> list[tf.Variable]:
    """The list of the partitions of a variable: itself, if it has none."""
    return [variable] if isinstance(variable, tf.Variable) else list(variable)


def load_from_checkpoint(column: _FeatureColumn, variables: list[tf.Variable]) -> None:
    """Lets the partitions of a variable start from the checkpoint of `column`, if it has one."""
    if path := column._checkpoint_path():
        checkpoint, tensor_name = path
        target = variables[0] if len(variables) == 1 else variables
        tf.compat.v1.train.init_from_checkpoint(checkpoint, {tensor_name: target})


def check_checkpoint(ckpt_to_load_from: Path | None, tensor_name_in_ckpt: str | None) -> None:
    """A checkpoint needs the name of a tensor, and a tensor that of a checkpoint."""
    if (ckpt_to_load_from is None) != (tensor_name_in_ckpt is None):
        raise ValueError(
            "Invalid value for arguments `ckpt_to_load_from` and `tensor_name_in_ckpt`. Expected "
            f"both or neither. Received: ckpt_to_load_from={ckpt_to_load_from!r}, "
            f"tensor_name_in_ckpt={tensor_name_in_ckpt!r}."
        )
