"""Label strings to class ids and back."""

import weakref

import tensorflow as tf


class LabelVocabulary:
    """A list of label strings, as a lookup table in whatever graph it is used in.

    An Estimator makes a new graph for each training, evaluation and prediction, so each graph gets
    its tables when it first asks for them. Eager execution and every `tf.function` share one pair.

    >>> vocabulary = LabelVocabulary(["apple", "pear"])
    >>> vocabulary.class_ids(tf.constant(["pear", "plum"])).numpy().tolist()
    [1, -1]
    >>> vocabulary.class_strings(tf.constant([0, 1], tf.int64)).numpy().tolist()
    [b'apple', b'pear']

    Args:
      strings: list or tuple of strings; the class id of each is its position.
    """

    def __init__(self, strings):
        self.strings = tuple(strings)
        self._eager_tables = {}
        self._graph_tables = weakref.WeakKeyDictionary()

    def __reduce__(self):
        # Tables belong to a graph: a copy (Estimator copies its params) makes its own.
        return LabelVocabulary, (self.strings,)

    def class_ids(self, strings):
        """int64 Tensor of class ids for a string Tensor; -1 for strings not in the vocabulary."""
        return self._table("class_id_lookup", self._ids_table).lookup(strings)

    def class_strings(self, class_ids):
        """String Tensor of labels for an int64 Tensor of class ids; "UNK" for unknown ids."""
        return self._table("class_string_lookup", self._strings_table).lookup(class_ids)

    def _ids_table(self, name):
        initializer = tf.lookup.KeyValueTensorInitializer(
            tf.constant(self.strings), tf.range(len(self.strings), dtype=tf.int64)
        )
        return tf.lookup.StaticHashTable(initializer, default_value=-1, name=name)

    def _strings_table(self, name):
        initializer = tf.lookup.KeyValueTensorInitializer(
            tf.range(len(self.strings), dtype=tf.int64), tf.constant(self.strings)
        )
        return tf.lookup.StaticHashTable(initializer, default_value="UNK", name=name)

    def _table(self, name, make):
        # A table made inside a tf.function would be lost with it; lift it out.
        with tf.init_scope():
            if tf.executing_eagerly():
                tables = self._eager_tables
            else:
                graph = tf.compat.v1.get_default_graph()
                tables = self._graph_tables.setdefault(graph, {})
            if name not in tables:
                tables[name] = make(name)
        return tables[name]
