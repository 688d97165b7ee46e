"""The batches of a case in a v1 graph."""

import tensorflow as tf

from . import values


class Placeholders:
    """Placeholders for the batches of a case.

    Args:
        batches: The data of the case, one tuple a batch.
        shapes: What is known of the shapes, as the options of a case say it.

    Attributes:
        batch: A tuple like the first batch, of placeholders.
    """

    def __init__(self, batches, shapes):
        self._batches = batches
        self._placeholders = []
        first = batches[0]
        self.batch = type(first)(
            *(values.to_placeholders(entry, shapes, self._placeholders) for entry in first)
        )

    def run(self, session, fetches, number=0):
        """Runs the fetches with the data of a batch."""
        data = []
        for entry in self._batches[number]:
            values.feed_values(entry, data)
        return session.run(fetches, dict(zip(self._placeholders, data)))


def initialize(session):
    """Initializes variables and tables."""
    session.run(
        [
            tf.compat.v1.global_variables_initializer(),
            tf.compat.v1.local_variables_initializer(),
            tf.compat.v1.tables_initializer(),
        ]
    )
