"""SDCAModel: stochastic dual coordinate ascent, a solver for linear models."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.canned.sdca import losses as sdca_losses
from estimator_heads.canned.sdca.table import ShardedMutableDenseHashTable
from estimator_heads.canned.sdca.weights import SDCAWeights

v1 = tf.compat.v1

_LOGGER = logging.getLogger(__name__)

_SPARSE, _DENSE = "sparse_features", "dense_features"
_VARIABLES = ["sparse_features_weights", "dense_features_weights"]
# The table has, of each example, its dual variable, primal loss, dual loss and weight.
_STATE_SIZE = 4


class SDCAModel:
    """A linear model that is trained by stochastic dual coordinate ascent.

    It works on the dual of the loss, of which each example has a part: what is known of the
    examples is in a hash table, under their ids. `minimize` trains variables of its own;
    `update_weights` brings them, shrunk by L1 regularization, to the variables of the model.

    Args:
        examples: Dict with "sparse_features", a list of `SparseFeatureColumn`s; "dense_features", a
            list of float32 Tensors of shape [batch_size, dimension]; and Tensors of shape
            [batch_size]: "example_labels" and "example_weights" of float32, "example_ids" of
            strings. Labels of losses for classes are 0 and 1.
        variables: Dict with "sparse_features_weights" and "dense_features_weights", lists of the
            variables of these features. One that is partitioned may be a list of its parts.
        options: Dict with "loss_type", one of "logistic_loss", "squared_loss", "hinge_loss",
            "smooth_hinge_loss" and "poisson_loss"; "symmetric_l1_regularization" and
            "symmetric_l2_regularization"; and if need be "num_loss_partitions", how many workers
            train at once (1), "num_table_shards", how many parts the hash table has (1), and
            "adaptive", whether examples that matter more are taken more often (True).

    Raises:
        KeyError: One of these is missing.
        ValueError: One of these is not what is expected.

    Reproduces `_SDCAModel` of TF 2.15.
    """

    # Behind the name of the weights, it is that of their slot.
    _SLOT_SUFFIX = "_unshrunk"

    def __init__(
        self, examples: dict[str, Any], variables: dict[str, list[Any]], options: Mapping[str, Any]
    ) -> None:
        if not examples or not variables or not options:
            raise ValueError("Expected `examples`, `variables` and `options`: one is empty.")
        _check_options(options)
        _check_given(
            examples, ["example_labels", "example_weights", "example_ids"], [_SPARSE, _DENSE]
        )
        _check_given(variables, [], _VARIABLES)
        self._examples = examples
        self._options = options
        self._sparse_weights, self._dense_weights = (
            [SDCAWeights(variable, self._SLOT_SUFFIX) for variable in variables[name]]
            for name in _VARIABLES
        )
        self._hashtable = ShardedMutableDenseHashTable(
            key_dtype=tf.int64,
            value_dtype=tf.float32,
            num_shards=options.get("num_table_shards") or 1,
            default_value=[0.0] * _STATE_SIZE,
            # The low part of a fingerprint is neither 0 nor 1.
            empty_key=[0, 0],
            deleted_key=[1, 1],
        )
        v1.summary.scalar("approximate_duality_gap", self.approximate_duality_gap())
        v1.summary.scalar("examples_seen", self._hashtable.size())

    @property
    def _weights(self):
        return [*self._sparse_weights, *self._dense_weights]

    def minimize(
        self, global_step: tf.Variable | None = None, name: str | None = None
    ) -> tf.Operation:
        """An op that trains on a batch.

        Args:
            global_step: Variable to be counted up afterwards, or None.
            name: Name of the operation.
        """
        with v1.name_scope(name, "sdca/minimize"):
            keys = tf.raw_ops.SdcaFprint(input=self._examples["example_ids"])
            rows = [
                tf.cast(tf.unique(tf.cast(column.feature_indices, tf.int32))[0], tf.int64)
                for column in self._examples[_SPARSE]
            ]
            result = self._solve(self._hashtable.lookup(keys), rows)
            state = result.out_example_state_data
            with tf.control_dependencies([state]):
                update_ops = [
                    self._hashtable.insert(keys, state),
                    *self._add(
                        rows, result.out_delta_sparse_weights, result.out_delta_dense_weights
                    ),
                ]
            if global_step is None:
                return tf.group(*update_ops)
            with tf.control_dependencies(update_ops):
                return v1.assign_add(global_step, 1, name=name).op

    def _solve(self, state, rows):
        """What the solver makes of the batch, from the state of its examples."""
        columns = self._examples[_SPARSE]
        values = [column.feature_values for column in columns]
        return tf.raw_ops.SdcaOptimizerV2(
            sparse_example_indices=[column.example_indices for column in columns],
            sparse_feature_indices=[column.feature_indices for column in columns],
            sparse_feature_values=[value for value in values if value is not None],
            dense_features=[tf.convert_to_tensor(value) for value in self._examples[_DENSE]],
            example_weights=self._examples["example_weights"],
            example_labels=self._examples["example_labels"],
            sparse_indices=rows,
            sparse_weights=[
                weights.gather_unshrunk(own_rows)
                for weights, own_rows in zip(self._sparse_weights, rows, strict=True)
            ],
            dense_weights=[weights.unshrunk_value() for weights in self._dense_weights],
            example_state_data=state,
            loss_type=self._options["loss_type"],
            l1=self._l1,
            l2=self._l2,
            num_loss_partitions=self._options.get("num_loss_partitions", 1),
            num_inner_iterations=1,
            adaptive=self._options.get("adaptive", True),
        )

    def _add(self, rows, sparse_changes, dense_changes):
        sparse = zip(self._sparse_weights, rows, sparse_changes, strict=True)
        dense = zip(self._dense_weights, dense_changes, strict=True)
        ops = [weights.add_to_rows(own_rows, change) for weights, own_rows, change in sparse]
        ops += [weights.add(change) for weights, change in dense]
        return itertools.chain.from_iterable(ops)

    def update_weights(self, train_op: tf.Operation) -> tf.Operation:
        """An op that brings what was trained to the variables of the model.

        Among several workers only one needs to run it.

        Args:
            train_op: What `minimize` returned; it runs first.
        """
        with tf.control_dependencies([train_op]):
            ops = [op for weights in self._weights for op in weights.copy_unshrunk()]
        if self._l1 > 0:
            with tf.control_dependencies(ops):
                amount = self._l1 / self._l2
                ops = [op for weights in self._weights for op in weights.shrink(amount)]
        return tf.group(*ops)

    def approximate_duality_gap(self) -> tf.Tensor:
        """How far the model is from the best one: 0 at the end; NaN before the first example.

        Returns:
            Scalar float64 Tensor.
        """
        with v1.name_scope("sdca/approximate_duality_gap"):
            _, states = self._hashtable.export_sharded()
            sums = tf.math.add_n([tf.reduce_sum(tf.cast(state, tf.float64), 0) for state in states])
            primal_loss, dual_loss, example_weights = sums[1], sums[2], sums[3]
            regularization = self._l1_loss() + 2.0 * self._l2_loss()
            return (primal_loss + dual_loss + regularization) / example_weights

    def predictions(self, examples: dict[str, Any]) -> tf.Tensor:
        """What the model predicts.

        Args:
            examples: Dict as in the constructor, without labels.

        Returns:
            float32 Tensor of shape [batch_size]: probabilities of the logistic loss, means of the
            Poisson loss, weighted sums of the others.
        """
        _check_given(examples, ["example_weights"], [_SPARSE, _DENSE])
        logits = self._linear_predictions(examples)
        return sdca_losses.prediction(self._options["loss_type"], logits)

    def unregularized_loss(self, examples: dict[str, Any]) -> tf.Tensor:
        """The mean loss of examples, weighted.

        Args:
            examples: Dict as in the constructor.

        Returns:
            Scalar float64 Tensor.
        """
        _check_given(examples, ["example_labels", "example_weights"], [_SPARSE, _DENSE])
        with v1.name_scope("sdca/unregularized_loss"):
            logits, labels, weights = (
                tf.cast(tensor, tf.float64)
                for tensor in (
                    self._linear_predictions(examples),
                    examples["example_labels"],
                    examples["example_weights"],
                )
            )
            losses = sdca_losses.loss(self._options["loss_type"], labels, logits)
            return tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)

    def regularized_loss(self, examples: dict[str, Any]) -> tf.Tensor:
        """The mean loss of examples, weighted, and the losses of regularization a weight.

        Args:
            examples: Dict as in the constructor.

        Returns:
            Scalar float64 Tensor.
        """
        loss = self.unregularized_loss(examples)
        with v1.name_scope("sdca/regularized_loss"):
            weights = tf.cast(examples["example_weights"], tf.float64)
            return (self._l1_loss() + self._l2_loss()) / tf.reduce_sum(weights) + loss

    def _linear_predictions(self, examples):
        with v1.name_scope("sdca/prediction"):
            size = tf.shape(examples["example_ids"])[0]
            logits = tf.zeros([size])
            for column, weights in zip(examples[_SPARSE], self._sparse_weights, strict=True):
                terms = tf.gather(tf.reshape(weights.value(), [-1]), column.feature_indices)
                if column.feature_values is not None:
                    terms *= column.feature_values
                logits += tf.math.unsorted_segment_sum(terms, column.example_indices, size)
            for values, weights in zip(examples[_DENSE], self._dense_weights, strict=True):
                logits += tf.linalg.matvec(values, tf.reshape(weights.value(), [-1]))
            return logits

    @property
    def _l1(self):
        return self._options["symmetric_l1_regularization"]

    @property
    def _l2(self):
        return self._options["symmetric_l2_regularization"]

    def _l1_loss(self):
        with v1.name_scope("sdca/l1_loss"):
            return self._l1 * tf.math.add_n([weights.sum(tf.abs) for weights in self._weights])

    def _l2_loss(self):
        with v1.name_scope("sdca/l2_loss"):
            squares = [weights.sum(tf.square) for weights in self._weights]
            return self._l2 * tf.math.add_n(squares) / 2.0


def _check_options(options):
    loss_type = options["loss_type"]
    if loss_type not in sdca_losses.LOSS_TYPES:
        raise ValueError(
            f'Invalid value for option "loss_type". Expected one of {sdca_losses.LOSS_TYPES}. '
            f"Received: {loss_type!r}."
        )
    l1, l2 = options["symmetric_l1_regularization"], options["symmetric_l2_regularization"]
    if l2 <= 0.0:
        raise ValueError(
            "Invalid value for `symmetric_l2_regularization`. Expected a number > 0: SDCA needs "
            f"some L2 regularization. Received: {l2!r}."
        )
    if l1 < 0.0:
        raise ValueError(
            "Invalid value for `symmetric_l1_regularization`. Expected a number >= 0. "
            f"Received: {l1!r}."
        )
    if l2 <= 1.0:
        _LOGGER.warning(
            "symmetric_l2_regularization=%s is small for SDCA, which may not converge. Values of "
            "the order of the mean L2 norm of the examples work well.",
            l2,
        )


def _check_given(values, names, names_of_lists):
    for name in names + names_of_lists:
        if values[name] is None:
            raise ValueError(
                f"Invalid value for {name!r}. Expected it to be given. Received: None."
            )
    for name in names_of_lists:
        if not isinstance(values[name], list):
            raise ValueError(
                f"Invalid value for {name!r}. Expected a list. "
                f"Received: {values[name]!r} of type {type(values[name]).__name__}."
            )
