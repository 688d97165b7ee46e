"""One step of a session loop, as its hooks get to see it."""

import functools

import tensorflow as tf

train = tf.compat.v1.train


class Step:
    """One step, as hooks get to see it.

    Args:
        session: The `tf.compat.v1.Session`.
        arguments: `SessionRunArgs` of the loop itself.
        before: Global step before the step; None if the loop does not know it.
    """

    def __init__(self, session, arguments, before):
        self._session = session
        self._arguments = arguments
        self._context = None
        self.before = before

    @property
    def context(self):
        """The `SessionRunContext`, one for all hooks."""
        if self._context is None:
            self._context = train.SessionRunContext(self._arguments, self._session)
        return self._context

    @functools.cached_property
    def options(self):
        """The `RunOptions`, one for all hooks."""
        return tf.compat.v1.RunOptions()

    @functools.cached_property
    def run_metadata(self):
        """The `RunMetadata`, one for all hooks."""
        return tf.compat.v1.RunMetadata()

    def values(self, results):
        """The `SessionRunValues` for a hook that gets `results`."""
        return train.SessionRunValues(results, self.options, self.run_metadata)

    @property
    def stop_requested(self):
        """Whether a hook has asked to stop."""
        return self._context is not None and self._context.stop_requested
