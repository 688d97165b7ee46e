"""LinearSDCA: trains linear models by stochastic dual coordinate ascent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow import feature_columns as private_columns
from estimator_heads.canned.sdca.features import known_and_unique
from estimator_heads.canned.sdca.model import SDCAModel
from estimator_heads.heads.tasks.weights import example_weights
from estimator_heads.types import FeatureColumn, WeightColumn


class LinearSDCA:
    """The `optimizer` of a linear estimator that trains it by stochastic dual coordinate ascent.

    It is for binary classes and for regression to one number, with `sparse_combiner="sum"`. It has
    no learning rate. Reproduces `tf.estimator.experimental.LinearSDCA` of TF 2.15.

    Args:
        example_id_column: Name of the feature that tells examples apart, strings of shape
            [batch_size]. Training needs it.
        num_loss_partitions: How many workers train at once. The training converges if this is no
            less than it is; more is slower.
        num_table_shards: How many parts the table of examples has; as many as parameter servers,
            for much data. None is 1.
        symmetric_l1_regularization: Number >= 0.
        symmetric_l2_regularization: Number > 0, better > 1.
        adaptive: Whether to train more often on the examples that matter more.

    >>> import tensorflow as tf
    >>> import estimator_heads
    >>> from estimator_heads.canned.linear import LinearRegressor
    >>> regressor = LinearRegressor(
    ...     [tf.feature_column.numeric_column("size")],
    ...     optimizer=LinearSDCA("name", symmetric_l2_regularization=0.01),
    ... )
    >>> def input_fn():
    ...     features = {"size": [[1.0], [2.0]], "name": ["small", "large"]}
    ...     return tf.data.Dataset.from_tensors((features, [[3.0], [5.0]])).repeat()
    >>> regressor = regressor.train(input_fn, steps=50)
    >>> prediction = next(regressor.predict(input_fn))
    >>> round(float(prediction["predictions"][0]))
    3
    """

    def __init__(
        self,
        example_id_column: str,
        num_loss_partitions: int = 1,
        num_table_shards: int | None = None,
        symmetric_l1_regularization: float = 0.0,
        symmetric_l2_regularization: float = 1.0,
        adaptive: bool = False,
    ) -> None:
        self._example_id_column = example_id_column
        self._num_loss_partitions = num_loss_partitions
        self._num_table_shards = num_table_shards
        self._symmetric_l1_regularization = symmetric_l1_regularization
        self._symmetric_l2_regularization = symmetric_l2_regularization
        self._adaptive = adaptive

    def get_train_step(
        self,
        state_manager: Any,
        weight_column_name: WeightColumn | None,
        loss_type: str,
        feature_columns: Iterable[FeatureColumn],
        features: dict[str, Any],
        targets: tf.Tensor,
        bias_var: tf.Variable,
        global_step: tf.Variable,
    ) -> tuple[SDCAModel, tf.Operation]:
        """The solver for a linear model, and its train op.

        Args:
            state_manager: Has the variable "weights" of each column, as `get_variable(column,
                "weights")`.
            weight_column_name: Name of the feature with the weights of examples, a numeric column,
                or None.
            loss_type: As for `SDCAModel`.
            feature_columns: Columns of `tf.feature_column`.
            features: Dict from feature names to Tensors or SparseTensors.
            targets: Tensor of labels, of shape [batch_size] or [batch_size, 1].
            bias_var: Variable of shape [1].
            global_step: Variable that the train op counts up.

        Returns:
            Pair of an `SDCAModel` and an op.

        Raises:
            KeyError: The feature with the ids is missing.
            ValueError: A column is of a kind that SDCA does not take.
        """
        batch_size = tf.shape(targets)[0]
        ones = tf.ones([batch_size, 1])
        examples = {
            "sparse_features": [],
            "dense_features": [],
            "example_labels": tf.cast(tf.reshape(targets, [-1]), tf.float32),
            "example_weights": tf.reshape(
                ones * example_weights(features, weight_column_name, ones), [-1]
            ),
            "example_ids": self._example_ids(features),
        }
        variables: dict[str, list[tf.Variable]] = {
            "sparse_features_weights": [],
            "dense_features_weights": [],
        }
        transformed = private_columns.transformed_features(features)
        for column in sorted(feature_columns, key=lambda column: column.name):
            if private_columns.is_categorical(column):
                kind = "sparse_features"
                values = self._prune_and_unique_sparse_ids(
                    column.get_sparse_tensors(transformed, state_manager)
                )
            else:
                _check_is_dense_vector(column)
                kind = "dense_features"
                values = column.get_dense_tensor(transformed, state_manager)
            examples[kind].append(values)
            variables[f"{kind}_weights"].append(state_manager.get_variable(column, "weights"))
        examples["dense_features"].append(ones)
        variables["dense_features_weights"].append(bias_var)
        options = {
            "symmetric_l1_regularization": self._symmetric_l1_regularization,
            "symmetric_l2_regularization": self._symmetric_l2_regularization,
            "adaptive": self._adaptive,
            "num_loss_partitions": self._num_loss_partitions,
            "num_table_shards": self._num_table_shards,
            "loss_type": loss_type,
        }
        model = SDCAModel(examples, variables, options)
        return model, model.minimize(global_step)

    def _example_ids(self, features):
        name = self._example_id_column
        if name not in features:
            raise KeyError(
                f"The feature {name!r} that LinearSDCA takes as `example_id_column` is missing. "
                f"Expected a Tensor of strings. Received the features: {sorted(features)}."
            )
        ids = tf.convert_to_tensor(features[name])
        if ids.dtype != tf.string:
            raise TypeError(
                f"Invalid dtype of the feature {name!r}, the `example_id_column` of LinearSDCA. "
                f"Expected strings; use tf.strings.as_string. Received: {ids.dtype.name}."
            )
        return tf.reshape(ids, [-1])

    def _prune_and_unique_sparse_ids(self, id_weight_pair):
        """A categorical feature without ids < 0, and with each id at most once for an example.

        Args:
            id_weight_pair: What `get_sparse_tensors` of a column returned.

        Returns:
            A `SparseFeatureColumn`. Its values are the sums of the weights of an id.
        """
        return known_and_unique(id_weight_pair.id_tensor, id_weight_pair.weight_tensor)


def _check_is_dense_vector(column):
    if not private_columns.is_dense(column):
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected dense or categorical columns, "
            f"which LinearSDCA takes. Received: {column!r} of type {type(column).__name__}."
        )
    if column.variable_shape.rank != 1:
        raise ValueError(
            "Invalid value for argument `feature_columns`. Expected dense columns of vectors, as "
            f"LinearSDCA takes them. Received: {column.name} of shape {column.variable_shape}."
        )
