"""What tells whether a program is TF1 source, and the one rule that decides."""

import contextlib
import enum
import os
from collections.abc import Collection
from dataclasses import dataclass


class Kind(enum.Enum):
    """What a piece of evidence is."""

    TF1_AT_IMPORT = "a name that only TF1 has, in code that is certain to run"
    TF1_REACHED = "a name that only TF1 has, in code that the program may run"
    TF1_UNREACHED = "a name that only TF1 has, in a function that nothing mentions"
    TF2_NAME = "a name that only TF2 has"
    KNOWS_TF2 = "`tf.compat.v1`, a head of TF2, `tf.function` or `tf.GradientTape`"
    TF1_DECLARED = "the project requires TensorFlow 1"
    TF2_DECLARED = "the project requires TensorFlow 2"


@dataclass(frozen=True)
class Evidence:
    """One thing found in one place.

    Attributes:
        kind: A `Kind`.
        name: What was found, such as "tf.Session".
        file: Where.
        line: The line there.
    """

    kind: Kind
    name: str
    file: str
    line: int

    def __str__(self) -> str:
        file = self.file
        if os.path.isabs(file):
            # Without a working folder, or on another drive, it stays as it is.
            with contextlib.suppress(OSError, ValueError):
                below = os.path.relpath(file)
                file = file if below.startswith(os.pardir) else below
        return f"{self.name} at {file}:{self.line}"


@dataclass(frozen=True)
class Decision:
    """What a program is taken for.

    Attributes:
        is_tf1: Whether it is TF1 source.
        reasons: The `Evidence` for it.
        against: The `Evidence` for the other, if there is any that counts.
    """

    is_tf1: bool
    reasons: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()

    def __str__(self) -> str:
        if self.is_tf1:
            return f"taken for TensorFlow 1 source: {_some(self.reasons)}; --tf2 overrides"
        although = f", although {_some(self.against)}" if self.against else ""
        return f"left on TensorFlow 2: {_some(self.reasons)}{although}; --tf1 overrides"


def decide(evidence: Collection[Evidence]) -> Decision:
    """Decides whether a program is TF1 source. In doubt it is not.

    1. A program with a name that only TF2 has is TF2.
    2. One that uses a name that only TF1 has, in code that runs for certain, is TF1: on TF2 it
       would end there.
    3. Otherwise the names are counted, each once: those that only TF1 has, in code that the program
       may run, against those of `tf.compat.v1` and what TF2 is written with. What the project
       declares is one more for its side, and where it declares TF1, code that nothing mentions
       counts too. TF1 needs more than half.

    Args:
        evidence: The `Evidence` from all of the program's own modules.

    Returns:
        A `Decision`.
    """
    of = {kind: tuple(item for item in evidence if item.kind is kind) for kind in Kind}
    certain = of[Kind.TF1_AT_IMPORT]
    names = certain + of[Kind.TF1_REACHED]
    if of[Kind.TF2_NAME]:
        return Decision(False, of[Kind.TF2_NAME], names)
    if certain:
        return Decision(True, certain)
    if of[Kind.TF1_DECLARED]:
        names += of[Kind.TF1_UNREACHED]
    for_tf1 = names + of[Kind.TF1_DECLARED]
    for_tf2 = of[Kind.KNOWS_TF2] + of[Kind.TF2_DECLARED]
    if names and _count(for_tf1) > _count(for_tf2):
        return Decision(True, for_tf1, for_tf2)
    return Decision(False, for_tf2, names)


def _count(evidence):
    declared = (Kind.TF1_DECLARED, Kind.TF2_DECLARED)
    return len({item.kind if item.kind in declared else item.name for item in evidence})


def _some(evidence, most=3):
    """The first of each name."""
    first: dict[str, Evidence] = {}
    for item in evidence:
        first.setdefault(item.name, item)
    shown = [str(item) for item in [*first.values()][:most]]
    more = [f"{len(first) - most} more"] if len(first) > most else []
    return ", ".join([*shown, *more])
