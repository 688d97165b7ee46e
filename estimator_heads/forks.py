"""Sessions in forked processes.

The threads of a session are not there in a process that is forked afterwards, and TensorFlow waits
for them forever.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tensorflow as tf


def check_session_can_run(session_config: tf.compat.v1.ConfigProto | None = None) -> None:
    """Checks that a session can run in this process, and notes that one will.

    Args:
        session_config: `tf.compat.v1.ConfigProto`; a session that has threads of its own, or needs
            none, can run. None if that does not help, as with training.

    Raises:
        RuntimeError: If the process was forked from one that has run sessions.
    """
    first = _first_process()
    if first != os.getpid() and not _has_own_threads(session_config):
        raise RuntimeError(
            f"Process {os.getpid()} was forked from process {first}, which had already run a "
            "TensorFlow session. TensorFlow's threads do not survive a fork, so a session would "
            "hang. Fork before the first train(), evaluate(), predict() or export; or start "
            'processes with multiprocessing.get_context("spawn"), or as separate programs.'
        )


def check_session_is_of_this_process(process: int) -> None:
    """Checks that a session was made in this process, as its threads were.

    Args:
        process: The process in which it was made.

    Raises:
        RuntimeError: If it was another one.
    """
    if process != os.getpid():
        raise RuntimeError(
            f"The session was created in process {process}, and this process, {os.getpid()}, was "
            "forked from it: without the session's threads, it would hang. Create one in each "
            "process."
        )


def _has_own_threads(config):
    return config is not None and (
        config.use_per_session_threads or config.inter_op_parallelism_threads < 0
    )


@functools.cache
def _first_process():
    """The process that ran the first session: this one, or the one that it was forked from."""
    return os.getpid()
