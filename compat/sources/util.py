"""`tensorflow_estimator.python.estimator.util`: hooks that start an input."""

from __future__ import annotations

import time
from typing import Any

import tensorflow as tf

from estimator_heads.export import saved_model

MAX_DIRECTORY_CREATION_ATTEMPTS = saved_model.DIRECTORY_ATTEMPTS


class DistributedIteratorInitializerHook(tf.compat.v1.train.SessionRunHook):
    """Initializes an iterator of a `tf.distribute.Strategy` in every new session.

    Args:
        iterator: The iterator.
    """

    def __init__(self, iterator: tf.distribute.DistributedIterator) -> None:
        self._iterator = iterator

    def begin(self) -> None:
        self._initializer = self._iterator.initialize()

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        session.run(self._initializer)


class MultiHostDatasetInitializerHook(tf.compat.v1.train.SessionRunHook):
    """Initializes the iterators of several hosts in every new session.

    Args:
        dataset_initializers: Their initializers, operations or a structure of them.
    """

    def __init__(self, dataset_initializers: Any) -> None:
        self._initializers = dataset_initializers

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        start = time.monotonic()
        session.run(self._initializers)
        tf.compat.v1.logging.info(
            "The iterators of the input were initialized in %d s.", time.monotonic() - start
        )
