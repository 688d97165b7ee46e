"""Cases that are functions of an implementation (`api`) and of an empty folder."""

import shutil
import tempfile

from .errors import outcome


def ask_in_folder(case, api, folder=None):
    """What the case returns, in the folder that is given or in a new one."""
    if folder is not None:
        return case(api, str(folder))
    new = tempfile.mkdtemp()
    try:
        return case(api, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)  # Event files may still be written.


def mistake(case):
    """A case that answers with the type of the error of the one that is given."""
    return lambda api, folder: outcome(case, api, folder)


def by_id(kind, cases, mistakes=()):
    """{"kind/name of the function": case} of functions; of the mistakes the errors count."""
    found = {f"{kind}/{case.__name__}": case for case in cases}
    found.update((f"{kind}/{case.__name__}", mistake(case)) for case in mistakes)
    return found
