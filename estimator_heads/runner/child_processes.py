"""Processes that `multiprocessing` starts with "spawn" or "forkserver" run as this one does.

Such a process gets from its parent what it needs before it loads the program's main module. The
description of the session goes with it, and starts one like it where it arrives.
"""

import sys
from collections.abc import Callable

TYPE_CHECKING = False  # for type checkers, as in `estimator_heads`

if TYPE_CHECKING:
    from estimator_heads.runner.session import Session

# The fork server takes no session. It would load the main module in advance, where the processes
# that it forks do so themselves.
_FORK_SERVER = "multiprocessing.forkserver"


def start_sessions_in_children(session: "Session") -> Callable[[], None]:
    """From now on, processes started by `multiprocessing` start a session like this one.

    Args:
        session: The `Session` of this process.

    Returns:
        A function that calls it off.
    """
    import multiprocessing.spawn

    own = multiprocessing.spawn.get_preparation_data

    def get_preparation_data(name):
        data = own(name)
        if sys._getframe(1).f_globals.get("__name__") == _FORK_SERVER:
            data.pop("init_main_from_path", None)
            return data
        # First, since the parts of a pickled dict are loaded in their order.
        return {"estimator_heads": PickledSession(session), **data}

    def call_off():
        if multiprocessing.spawn.get_preparation_data is get_preparation_data:
            multiprocessing.spawn.get_preparation_data = own

    multiprocessing.spawn.get_preparation_data = get_preparation_data
    return call_off


class PickledSession:
    """What is pickled in one process and becomes a session in the other.

    Args:
        session: The `Session` to be like; the decision that it has made is kept.
    """

    def __init__(self, session: "Session") -> None:
        own = session.own
        self._arguments = (own.folders, own.packages, session.folder, session.is_tf1)

    def __reduce__(self):
        return _start, self._arguments


def _start(folders, packages, folder, is_tf1):
    from estimator_heads.runner.own_modules import OwnModules
    from estimator_heads.runner.session import Session

    Session(OwnModules(folders, packages), folder, is_tf1, rewrites_all=False)
