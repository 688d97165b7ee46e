"""Label strings to class ids and back."""

from __future__ import annotations

import collections
from collections.abc import Iterable
from typing import Any

import tensorflow as tf


class LabelVocabulary:
    """A list of label strings, as a lookup table in whatever graph it is used in.

    A graph gets a table whenever it asks for one: an Estimator makes a new graph for each training,
    evaluation and prediction. Eager execution and every `tf.function` share one pair of tables.

    >>> vocabulary = LabelVocabulary(["apple", "pear"])
    >>> vocabulary.class_ids(tf.constant(["pear", "plum"])).numpy().tolist()
    [1, -1]
    >>> vocabulary.class_strings(tf.constant([0, 1], tf.int64)).numpy().tolist()
    [b'apple', b'pear']

    Args:
        strings: List or tuple of strings; the class id of each is its position.
        argument: The argument they come from, for messages.
    """

    def __init__(self, strings: Iterable[str], argument: str = "label_vocabulary") -> None:
        self.strings = tuple(strings)
        self._argument = argument
        self._eager_tables: dict[str, tf.lookup.StaticHashTable] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        # An Estimator copies its params, and a head in them; tables cannot be copied.
        return LabelVocabulary, (self.strings, self._argument)

    def class_ids(self, strings: tf.Tensor) -> tf.Tensor:
        """int64 Tensor of class ids for a string Tensor; -1 for strings not in the vocabulary.

        Raises:
            ValueError: A string is in the vocabulary more than once. A head that looks no labels
                up, such as one that predicts, may do with such a vocabulary.
        """
        return self._table("ids", self._new_ids_table).lookup(strings)

    def class_strings(self, class_ids: tf.Tensor) -> tf.Tensor:
        """String Tensor of labels for an int64 Tensor of class ids; "UNK" for unknown ids."""
        return self._table("strings", self._new_strings_table).lookup(class_ids)

    def _new_ids_table(self):
        counts = collections.Counter(map(tf.compat.as_bytes, self.strings))
        unique = dict.fromkeys(self.strings)
        repeated = [string for string in unique if counts[tf.compat.as_bytes(string)] > 1]
        if repeated:
            raise ValueError(
                f"Invalid value for argument `{self._argument}`. Expected each string once, in the "
                "order of the class ids; remove the duplicates, and their classes. Received more "
                f"than once: {repeated}."
            )
        initializer = tf.lookup.KeyValueTensorInitializer(
            tf.constant(self.strings), tf.range(len(self.strings), dtype=tf.int64)
        )
        return tf.lookup.StaticHashTable(initializer, default_value=-1)

    def _new_strings_table(self):
        initializer = tf.lookup.KeyValueTensorInitializer(
            tf.range(len(self.strings), dtype=tf.int64), tf.constant(self.strings)
        )
        return tf.lookup.StaticHashTable(initializer, default_value="UNK")

    def _table(self, name, make):
        # A table made inside a tf.function would be lost with it; lift it out.
        with tf.init_scope():
            if not tf.executing_eagerly():
                return make()
            if name not in self._eager_tables:
                self._eager_tables[name] = make()
            return self._eager_tables[name]
