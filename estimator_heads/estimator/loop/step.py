"""One step of a session loop, as its hooks get to see it."""

import functools

import tensorflow as tf

train = tf.compat.v1.train


class Step:
    """One step, as hooks get to see it.

    Args:
        session: The `tf.compat.v1.Session`.
        arguments: `SessionRunArgs` of the loop itself.
        read: Function that reads the global step.

    Attributes:
        before: Global step before the step; None if the loop does not follow it.
        fetched: Values of what the loop fetches in each step.
    """

    def __init__(self, session, arguments, read):
        self._session = session
        self._arguments = arguments
        self._read = read
        self._context = self._now = self.before = None

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

    def has_run(self, fetched, now):
        """Takes note of what has come of the step.

        Args:
            fetched: Values of what the loop fetches in each step.
            now: Global step after the step; None if it has to be read.
        """
        self.fetched = fetched
        self._now = now

    def tell(self, hook, results, context=None):
        """Tells a hook that the step has run.

        Args:
            hook: The `SessionRunHook`.
            results: Values of what it asked for; None if it asked for nothing.
            context: `SessionRunContext` for this hook alone.
        """
        values = train.SessionRunValues(results, self.options, self.run_metadata)
        hook.after_run(context or self.context, values)
        self._now = None  # It may have changed the global step.

    @property
    def global_step(self):
        """The global step at this moment."""
        if self._now is None:
            self._now = self._read()
        return self._now

    @property
    def stop_requested(self):
        """Whether a hook has asked to stop."""
        return self._context is not None and self._context.stop_requested
