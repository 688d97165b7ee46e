"""The optimizer of `tf.contrib.linear_optimizer`: SDCA for columns of `tf.contrib.layers`.

Its solver is that of `tf.estimator.experimental.LinearSDCA`; its checkpoints have other names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.canned.sdca.features import SparseFeatureColumn, known_and_unique
from estimator_heads.canned.sdca.model import SDCAModel
from estimator_heads.compat.contrib.layers.feature_columns.bucketized import _BucketizedColumn
from estimator_heads.compat.contrib.layers.feature_columns.crossed import _CrossedColumn
from estimator_heads.compat.contrib.layers.feature_columns.real import _RealValuedColumn
from estimator_heads.compat.contrib.layers.feature_columns.sparse import _SparseColumn
from estimator_heads.compat.contrib.layers.feature_columns.weighted import _WeightedSparseColumn
from estimator_heads.types import FeatureColumn

# The solver needs some L2 regularization.
_LEAST_L2 = 1.0


class SdcaModel(SDCAModel):
    """The solver, with the variables' names of the original."""

    _SLOT_SUFFIX = "_unshrinked/SDCAOptimizer"


class SDCAOptimizer:
    """Trains linear models by stochastic dual coordinate ascent.

    Reproduces `tf.contrib.linear_optimizer.SDCAOptimizer` of TF 1.15, for `LinearClassifier`,
    `LinearRegressor` and `SVM` of `tf.contrib.learn`.

    Args:
        example_id_column: Name of the feature with a string that is different for each example.
        num_loss_partitions: How many workers train at once.
        num_table_shards: How many parts the table of examples has; None for one.
        symmetric_l1_regularization: Strength of L1 regularization, 0 or more.
        symmetric_l2_regularization: Strength of L2 regularization, 0 or more; less than 1 is
            taken for 1.
        adaptive: Whether examples that matter more are taken more often.
        partitioner: Partitioner of the weights.
    """

    def __init__(
        self,
        example_id_column: str,
        num_loss_partitions: int = 1,
        num_table_shards: int | None = None,
        symmetric_l1_regularization: float = 0.0,
        symmetric_l2_regularization: float = 1.0,
        adaptive: bool = True,
        partitioner: Callable[..., Any] | None = None,
    ) -> None:
        self._example_id_column = example_id_column
        self._num_loss_partitions = num_loss_partitions
        self._num_table_shards = num_table_shards
        self._symmetric_l1_regularization = symmetric_l1_regularization
        self._symmetric_l2_regularization = symmetric_l2_regularization
        self._adaptive = adaptive
        self._partitioner = partitioner

    def get_name(self) -> str:
        """The name of the class."""
        return "SDCAOptimizer"

    @property
    def example_id_column(self) -> str:
        """Name of the feature that tells examples apart."""
        return self._example_id_column

    @property
    def num_loss_partitions(self) -> int:
        """How many workers train at once."""
        return self._num_loss_partitions

    @property
    def num_table_shards(self) -> int | None:
        """How many parts the table of examples has, or None."""
        return self._num_table_shards

    @property
    def symmetric_l1_regularization(self) -> float:
        """Strength of L1 regularization."""
        return self._symmetric_l1_regularization

    @property
    def symmetric_l2_regularization(self) -> float:
        """Strength of L2 regularization, as it was given."""
        return self._symmetric_l2_regularization

    @property
    def adaptive(self) -> bool:
        """Whether examples that matter more are taken more often."""
        return self._adaptive

    @property
    def partitioner(self) -> Callable[..., Any] | None:
        """Partitioner of the weights."""
        return self._partitioner

    def get_train_step(
        self,
        columns_to_variables: Mapping[FeatureColumn, Sequence[tf.Variable]],
        weight_column_name: str | None,
        loss_type: str,
        features: Mapping[Any, Any],
        targets: tf.Tensor,
        global_step: tf.Variable,
    ) -> tuple[SdcaModel, tf.Operation]:
        """The solver for a linear model, and its train op.

        Args:
            columns_to_variables: Dict from columns to lists of the parts of their variables.
            weight_column_name: Name of the feature with the weights of examples, or None.
            loss_type: As for `SDCAModel`.
            features: Dict from names to Tensors, and from columns to what they make of these.
            targets: Tensor of labels, of shape [batch_size] or [batch_size, 1].
            global_step: Variable that the train op counts up.

        Returns:
            Pair of an `SdcaModel` and an op.

        Raises:
            KeyError: A feature is missing.
            ValueError: A column is of a kind that SDCA does not take, or a strength is negative.
        """
        self._check_strengths()
        examples: dict[str, Any] = {
            "sparse_features": [],
            "dense_features": [],
            "example_labels": tf.cast(tf.reshape(targets, [-1]), tf.float32),
            "example_weights": _example_weights(features, weight_column_name, targets),
            "example_ids": features[self._example_id_column],
        }
        variables: dict[str, list[Any]] = {
            "sparse_features_weights": [],
            "dense_features_weights": [],
        }
        for column in sorted(columns_to_variables, key=lambda column: column.key):
            kind, values = _examples_of(column, features[column])
            examples[kind].append(values)
            parts = list(columns_to_variables[column])
            variables[f"{kind}_weights"].append(parts[0] if len(parts) == 1 else parts)
        options = {
            "symmetric_l1_regularization": self._symmetric_l1_regularization,
            "symmetric_l2_regularization": max(self._symmetric_l2_regularization, _LEAST_L2),
            "adaptive": self._adaptive,
            "num_loss_partitions": self._num_loss_partitions,
            "num_table_shards": self._num_table_shards,
            "loss_type": loss_type,
        }
        model = SdcaModel(examples, variables, options)
        return model, model.minimize(global_step)

    def _check_strengths(self):
        for name in ("symmetric_l1_regularization", "symmetric_l2_regularization"):
            if getattr(self, name) < 0.0:
                raise ValueError(
                    f"Invalid value for argument `{name}`. Expected a number >= 0. Received: "
                    f"{getattr(self, name)!r}."
                )


def _example_weights(features, weight_column_name, targets):
    if weight_column_name:
        return tf.reshape(tf.cast(features[weight_column_name], tf.float32), [-1])
    return tf.ones(tf.shape(targets)[:1])


def _examples_of(column, transformed):
    """The kind of a column's features, and its values in a batch as the solver takes them."""
    if isinstance(column, _RealValuedColumn):
        return "dense_features", tf.reshape(
            tf.cast(transformed, tf.float32), [tf.shape(transformed)[0], -1]
        )
    if isinstance(column, _BucketizedColumn):
        return "sparse_features", _non_zeros(column._to_dnn_input_layer(transformed))
    if isinstance(column, (_WeightedSparseColumn, _CrossedColumn, _SparseColumn)):
        return "sparse_features", known_and_unique(
            column.id_tensor(transformed), column.weight_tensor(transformed)
        )
    raise ValueError(
        "Invalid value for argument `feature_columns`. Expected columns of numbers, buckets and "
        "categories of tf.contrib.layers, which SDCA takes. Received: "
        f"{column!r} of type {type(column).__name__}."
    )


def _non_zeros(dense):
    places = tf.where(tf.not_equal(dense, 0))
    return SparseFeatureColumn(places[:, 0], places[:, 1], tf.gather_nd(dense, places))
