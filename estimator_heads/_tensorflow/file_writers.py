"""Which class the cache of summary writers makes its writers of."""

from __future__ import annotations

from typing import Any

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "to replace the writers of summaries in a test"


def replace_file_writer(writer_class: type) -> type:
    """Puts a class in the place of the FileWriter of new writers.

    The public `FileWriterCache` makes writers of a class that it looks up in its module.

    Args:
        writer_class: The class.

    Returns:
        The class that was there before.
    """
    modules: list[Any] = [
        private_module(f"tensorflow.python.summary.writer.{name}", _PURPOSE)
        for name in ("writer", "writer_cache")
    ]
    for module in modules:
        check_attributes(module, ["FileWriter"], _PURPOSE)
    before = modules[0].FileWriter
    for module in modules:
        module.FileWriter = writer_class
    return before
