"""Sessions in forked processes.

The threads of a session are not there in a process that is forked afterwards, and TensorFlow waits
for them for ever.
"""

import functools
import os


def check_session_can_run():
    """Checks that a session can run in this process, and notes that one will.

    Raises:
        RuntimeError: If the process was forked from one that has run sessions.
    """
    first = _first_process()
    if first != os.getpid():
        raise RuntimeError(
            f"The process {os.getpid()} was forked from the process {first} after that had run a "
            "TensorFlow session, whose threads are not there after a fork: a session would hang. "
            "Fork before the first train(), evaluate(), predict() or export; or start processes "
            'by multiprocessing.get_context("spawn"), or a program of their own.'
        )


@functools.cache
def _first_process():
    """The process that ran the first session: this one, or the one that it was forked from."""
    return os.getpid()
