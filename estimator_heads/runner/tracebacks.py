"""Tracebacks as plain Python shows them: without the frames of the runner."""

import os
import sys
import types

import estimator_heads
from estimator_heads import compat

_PACKAGE, _COMPAT = (os.path.abspath(package.__path__[0]) for package in (estimator_heads, compat))
_COMMAND = os.path.join(_PACKAGE, "__main__.py")
_OURS = (
    _COMMAND,
    os.path.join(_PACKAGE, "runner", ""),
    os.path.join(_COMPAT, "install", ""),
    os.path.join(_COMPAT, "tf1", "rewriting.py"),
)


def hide_runner_in_uncaught_errors() -> None:
    """Makes `sys.excepthook`, whichever it is then, be handed tracebacks without our frames."""
    show = sys.excepthook

    def show_without_runner(kind, error, traceback):
        hide_runner(error)
        show(kind, error, error.__traceback__)

    sys.excepthook = show_without_runner


def hide_runner(error: BaseException) -> None:
    """Takes our frames out of the traceback of an exception and of those that led to it."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.__traceback__ = _without_ours(one.__traceback__)
        waiting += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]


def _without_ours(traceback):
    kept: list[types.TracebackType] = []
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file == _COMMAND:
            kept.clear()  # runpy, or the script that pip has made of our command
        elif file.startswith(_OURS):
            while kept and kept[-1].tb_frame.f_code.co_filename.startswith("<frozen importlib"):
                kept.pop()  # an import, which called us
        else:
            kept.append(traceback)
        traceback = traceback.tb_next
    below = None
    for entry in reversed(kept):
        below = types.TracebackType(below, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return below
