"""The errors of legacy names that are not served: each says which name, why, and what to use."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from estimator_heads.compat.names.kinds import Entry, Later, Outside


class LegacyNameError(Exception):
    """A legacy TensorFlow name that estimator-heads does not serve.

    Raised as `LegacyAttributeError` (an AttributeError, so that `hasattr` is False) or as
    `LegacyImportError` (an ImportError).

    Attributes:
        legacy_name: The full dotted name as the program writes it (see `written_path.py`), e.g.
            "tensorflow.contrib.learn.Experiment".
        entry: The `Later` or `Outside` of the table of names; None if the table lacks the name.
    """

    def __init__(self, legacy_name: str, entry: Entry | None, message: str) -> None:
        super().__init__(message)
        self.legacy_name = legacy_name
        self.entry = entry

    def __reduce__(self):
        return type(self), (self.legacy_name, self.entry, str(self))


class LegacyAttributeError(LegacyNameError, AttributeError):
    """The `LegacyNameError` of an attribute access: `tf.contrib.crf`."""


# A ModuleNotFoundError, since programs that know both versions catch that. Its `name` is None:
# `from package import name` swallows one of that name, and says "cannot import name" instead.
class LegacyImportError(LegacyNameError, ModuleNotFoundError):
    """The `LegacyNameError` of an import: `import tensorflow.contrib.crf`."""


def unserved(
    error_class: type[LegacyNameError],
    legacy_name: str,
    entry: Later | Outside | None,
    known_names: Collection[str],
) -> LegacyNameError:
    """The error of a name that is not served.

    Args:
        error_class: `LegacyAttributeError` or `LegacyImportError`.
        legacy_name: The full dotted name.
        entry: Its `Later` or `Outside`, or None if the table has no such name.
        known_names: The names that the table has in the same module, to suggest similar ones.

    Returns:
        The error, to be raised.
    """
    module, _, name = legacy_name.rpartition(".")
    similar = _similar(name, known_names)
    if entry is None:
        message = f"estimator-heads does not know `{name}` in `{module}`.{similar}"
        return error_class(legacy_name, entry, message)
    verb = "is not served yet" if isinstance(entry, Later) else "is not served"
    way_out = f" Use {entry.instead}." if entry.instead else ""
    message = f"`{legacy_name}` {verb} by estimator-heads: {entry.reason}.{way_out}{similar}"
    return error_class(legacy_name, entry, message)


def _similar(name, known_names):
    if name in known_names:
        return ""
    close = difflib.get_close_matches(name, sorted(known_names), n=3, cutoff=0.75)
    return f" Did you mean {' or '.join(f'`{match}`' for match in close)}?" if close else ""
