"""The hook that saves the checkpoints of an Estimator."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from typing import Any

import tensorflow as tf

_Hook = tf.compat.v1.train.CheckpointSaverHook
_MOST_BYTES_KEPT = 2**24  # Some graphs have their data in them as constants.


class SaverHook(tf.compat.v1.train.CheckpointSaverHook):
    """A CheckpointSaverHook that writes the graph in a fraction of the time.

    TensorFlow's prints graph.pbtxt in Python, which takes half a second for a large graph; protobuf
    itself prints it in C. The attribute that says whether to write it is private, and so is the
    method that saves: if one is missing, TensorFlow's hook writes the file. The definition of the
    graph, which takes a tenth of a second, goes to four places at first, and is saved with each
    checkpoint; it is made once.
    """

    def __init__(self, checkpoint_dir: str, **options: Any) -> None:
        super().__init__(checkpoint_dir, **options)
        self._folder = checkpoint_dir
        self._writes_graph = getattr(self, "_save_graph_def", False) and hasattr(_Hook, "_save")
        self._definitions = _Definitions()

    def begin(self) -> None:
        """Prepares for another training, perhaps of another graph."""
        super().begin()
        self._definitions = _Definitions()

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        """Writes the graph, and the first checkpoint."""
        graph = tf.compat.v1.get_default_graph()
        with self._definitions.of(graph):
            if self._writes_graph:
                _write_graph(graph, self._folder)
                self._save_graph_def = False  # Until the first call of _save.
            super().after_create_session(session, coord)

    def _save(self, session, step):
        if self._writes_graph:
            self._save_graph_def = True
        with self._definitions.of(session.graph):
            return super()._save(session, step)


class _Definitions:
    """Definitions of a finalized graph, each made once; large ones are not kept for long."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], tf.compat.v1.GraphDef] = {}

    @contextlib.contextmanager
    def of(self, graph: tf.Graph) -> Iterator[None]:
        """Within it, `as_graph_def` of the graph gives copies of what it returned before."""
        is_replaced = not hasattr(graph.as_graph_def, "__self__")  # by this method, further out
        if not graph.finalized or is_replaced:
            yield
            return
        original, definitions = graph.as_graph_def, self._kept.copy()

        def as_graph_def(from_version=None, add_shapes=False, **way_of_copying):
            # Who adds to a finalized graph all the same changes its version.
            key = graph.version, from_version, add_shapes
            if key not in definitions:
                definitions[key] = original(from_version, add_shapes, **way_of_copying)
            copy = tf.compat.v1.GraphDef()
            copy.CopyFrom(definitions[key])
            return copy

        graph.as_graph_def = as_graph_def
        try:
            yield
        finally:
            del graph.as_graph_def
            for key in definitions.keys() - self._kept.keys():
                if definitions[key].ByteSize() <= _MOST_BYTES_KEPT:
                    self._kept[key] = definitions[key]


def _write_graph(graph, folder):
    """Writes graph.pbtxt, whole or not at all."""
    tf.io.gfile.makedirs(folder)
    path = os.path.join(folder, "graph.pbtxt")
    unfinished = f"{path}.tmp{uuid.uuid4().hex}"
    with tf.io.gfile.GFile(unfinished, "w") as file:
        file.write(str(graph.as_graph_def(add_shapes=True)))
    tf.io.gfile.rename(unfinished, path, overwrite=True)
