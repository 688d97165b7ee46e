"""Hooks of `KMeansClustering`: choose the first centers, and stop when the loss settles."""

from __future__ import annotations

import time

import tensorflow as tf

_SECONDS_BETWEEN_LOOKS = 1


class LossRelativeChangeHook(tf.compat.v1.train.SessionRunHook):
    """Stops the training once the loss changes little from one step to the next.

    The change is |loss - previous loss| / (1 + |previous loss|). A loss of zero is not compared
    with, as in the original.

    Args:
        loss_tensor: Scalar Tensor.
        tolerance: The training stops at a change smaller than this.
    """

    def __init__(self, loss_tensor: tf.Tensor, tolerance: float) -> None:
        self._loss_tensor = loss_tensor
        self._tolerance = tolerance
        self._previous_loss = None

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs:
        """Asks for the loss."""
        return tf.compat.v1.train.SessionRunArgs(self._loss_tensor)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        """Compares it with that of the step before."""
        loss, previous = run_values.results, self._previous_loss
        if previous and abs(loss - previous) / (1 + abs(previous)) < self._tolerance:
            run_context.request_stop()
        self._previous_loss = loss


class InitializeClustersHook(tf.compat.v1.train.SessionRunHook):
    """Chooses the first centers before the first step; other workers wait for the chief to do it.

    Args:
        init_op: Op that chooses centers from a batch, and is run until there are enough.
        is_initialized_var: Whether all centers are chosen: a boolean Tensor or variable.
        is_chief: Whether this process chooses.
    """

    def __init__(
        self, init_op: tf.Operation, is_initialized_var: tf.Tensor | tf.Variable, is_chief: bool
    ) -> None:
        self._init_op = init_op
        self._is_initialized_var = is_initialized_var
        self._is_chief = is_chief

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        """Chooses the centers, or waits for them."""
        while not session.run(self._is_initialized_var):
            if self._is_chief:
                self._choose(session)
            else:
                time.sleep(_SECONDS_BETWEEN_LOOKS)

    def _choose(self, session):
        try:
            session.run(self._init_op)
        except tf.errors.OutOfRangeError as error:
            message = (
                "The input ended before all cluster centers were chosen. Expected at least "
                "`num_clusters` points from input_fn; choose fewer clusters, or repeat the input. "
                f"{error.message}"
            )
            raise tf.errors.OutOfRangeError(error.node_def, error.op, message) from error
