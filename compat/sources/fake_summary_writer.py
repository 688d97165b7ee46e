"""`tensorflow_estimator.python.estimator.hooks.fake_summary_writer`: for tests of hooks."""

from __future__ import annotations

import unittest
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.file_writers import replace_file_writer


class FakeSummaryWriter:
    """Keeps in memory what a `tf.compat.v1.summary.FileWriter` would write.

    After `install()`, `FileWriterCache` makes its writers of this class, until `uninstall()`.

    Args:
        logdir: Path of the folder.
        graph: The graph that is written first, or None.
    """

    _replaced_summary_writer: type | None = None

    @classmethod
    def install(cls) -> None:
        """Puts this class in the place of FileWriter; a ValueError if it is there already."""
        if cls._replaced_summary_writer:
            raise ValueError("FakeSummaryWriter is installed already. Call uninstall() first.")
        cls._replaced_summary_writer = replace_file_writer(FakeSummaryWriter)

    @classmethod
    def uninstall(cls) -> None:
        """Puts FileWriter back; a ValueError if it is there already."""
        if not cls._replaced_summary_writer:
            raise ValueError("FakeSummaryWriter is not installed. Call install() first.")
        replace_file_writer(cls._replaced_summary_writer)
        cls._replaced_summary_writer = None

    def __init__(self, logdir: str, graph: tf.Graph | None = None) -> None:
        self._logdir = logdir
        self._graph = graph
        self._summaries: dict[int, list[tf.compat.v1.Summary]] = {}
        self._added_graphs: list[tf.Graph] = []
        self._added_meta_graphs: list[Any] = []
        self._added_session_logs: list[Any] = []
        self._added_run_metadata: dict[str, Any] = {}

    @property
    def summaries(self) -> dict[int, list[tf.compat.v1.Summary]]:
        """Dict from global step to a list of `Summary`s."""
        return self._summaries

    def assert_summaries(
        self,
        test_case: unittest.TestCase,
        expected_logdir: str | None = None,
        expected_graph: tf.Graph | None = None,
        expected_summaries: Mapping[int, Mapping[str, float]] | None = None,
        expected_added_graphs: Sequence[tf.Graph] | None = None,
        expected_added_meta_graphs: Sequence[Any] | None = None,
        expected_session_logs: Sequence[Any] | None = None,
    ) -> None:
        """Checks what was written.

        Args:
            test_case: A `unittest.TestCase`.
            expected_logdir: Path of the folder, or None.
            expected_graph: The graph of the constructor, or None.
            expected_summaries: Dict from global step to a dict from tag to number, in which
                "global_step/sec" does not count.
            expected_added_graphs: List of graphs, or None.
            expected_added_meta_graphs: List of `MetaGraphDef`s, or None.
            expected_session_logs: List of `SessionLog`s, or None.
        """
        if expected_logdir is not None:
            test_case.assertEqual(expected_logdir, self._logdir)
        if expected_graph is not None:
            test_case.assertIs(expected_graph, self._graph)
        for step, expected in (expected_summaries or {}).items():
            test_case.assertIn(step, self._summaries)
            written = [value for summary in self._summaries[step] for value in summary.value]
            values = {value.tag: value.simple_value for value in written}
            values.pop("global_step/sec", None)
            test_case.assertEqual(expected, values)
        if expected_added_graphs is not None:
            test_case.assertEqual(expected_added_graphs, self._added_graphs)
        if expected_added_meta_graphs is not None:
            test_case.assertEqual(expected_added_meta_graphs, self._added_meta_graphs)
        if expected_session_logs is not None:
            test_case.assertEqual(expected_session_logs, self._added_session_logs)

    def add_summary(self, summ: tf.compat.v1.Summary | bytes, current_global_step: int) -> None:
        """Keeps a `Summary`, serialized or not."""
        if isinstance(summ, bytes):
            summ = tf.compat.v1.Summary.FromString(summ)
        self._summaries.setdefault(current_global_step, []).append(summ)

    def add_graph(
        self, graph: tf.Graph, global_step: int | None = None, graph_def: Any = None
    ) -> None:
        """Keeps a graph; a ValueError for a negative step or a `GraphDef`."""
        _check_step(global_step)
        if graph_def is not None:
            raise ValueError(f"Expected a graph without a GraphDef. Received: {graph_def}.")
        self._added_graphs.append(graph)

    def add_meta_graph(self, meta_graph_def: Any, global_step: int | None = None) -> None:
        """Keeps a `MetaGraphDef`; a ValueError for a negative step."""
        _check_step(global_step)
        self._added_meta_graphs.append(meta_graph_def)

    def add_session_log(self, session_log: Any, global_step: int | None = None) -> None:
        """Keeps a `SessionLog`."""
        self._added_session_logs.append(session_log)

    def add_run_metadata(self, run_metadata: Any, tag: str, global_step: int | None = None) -> None:
        """Keeps a `RunMetadata` under its tag; a ValueError for a negative step."""
        _check_step(global_step)
        self._added_run_metadata[tag] = run_metadata

    def flush(self) -> None:
        """Does nothing."""

    def reopen(self) -> None:
        """Does nothing."""

    def close(self) -> None:
        """Does nothing."""


def _check_step(global_step):
    if global_step is not None and global_step < 0:
        raise ValueError(f"Expected a global step >= 0, or None. Received: {global_step!r}.")
