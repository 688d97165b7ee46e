"""What becomes of a name that a program uses."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from estimator_heads.compat.names import table
from estimator_heads.compat.names.kinds import Entry, Later, Outside, Served
from estimator_heads.compat.tf1.rewriting import SHARED
from estimator_heads.migration import tensorflow_names
from estimator_heads.migration.rules import Level


@dataclass(frozen=True)
class Judgement:
    """What is said of a name, wherever it is used.

    Attributes:
        rule: One of `RULES`.
        level: A `Level`, where nothing protects the program from a missing name.
        path: The dotted path that was judged: as much of the name as matters.
        message: What becomes of it, to follow the name.
    """

    rule: str
    level: Level
    path: str
    message: str

    @property
    def name(self) -> str:
        """The path as programs write it."""
        top, _, below = self.path.partition(".")
        is_private = below.partition(".")[0] in tensorflow_names.PRIVATE
        return f"tf.{below}" if top == "tensorflow" and not is_private else self.path


@functools.cache
def judge(path: str, sees_tf1: bool) -> Judgement | None:
    """Judges a name.

    Args:
        path: Dotted, from one of `names_used.ROOTS` on.
        sees_tf1: Whether `tensorflow` is TF1's API where it is used.

    Returns:
        A `Judgement`, or None if nothing is to be said.
    """
    top, _, below = path.partition(".")
    meant = meaning(path, sees_tf1)
    if legacy := _legacy(meant):
        written = legacy.path if meant == path else legacy.path.replace(".compat.v1", "", 1)
        return Judgement(legacy.rule, legacy.level, written, legacy.message)
    if top == "keras":
        return _keras(path, below)
    if top != "tensorflow" or not below:
        return None
    version, public = _without_compat(below)
    if public.partition(".")[0] == "keras":
        keras = public.partition(".")[2]
        return None if sees_tf1 or version == 1 else _keras(path, keras)
    if public.partition(".")[0] in tensorflow_names.PRIVATE:
        return _private(path)
    return _public(path, public, sees_tf1, version)


def meaning(path: str, sees_tf1: bool) -> str:
    """The path in TensorFlow 2 of what a program gets; in TF1 source it is not the one it writes.

    >>> meaning("tensorflow.estimator.DNNClassifier", sees_tf1=True)
    'tensorflow.compat.v1.estimator.DNNClassifier'
    """
    top, _, below = path.partition(".")
    is_v1 = sees_tf1 and top == "tensorflow" and below.partition(".")[0] not in SHARED
    return f"tensorflow.compat.v1.{below}" if is_v1 else path


def _legacy(path: str) -> Judgement | None:
    """The `Judgement` of a legacy name, by the table; None for other names."""
    parts = path.split(".")
    module = None
    for end in range(1, len(parts) + 1):
        so_far = ".".join(parts[:end])
        if not table.is_legacy(so_far):
            continue
        if parts[end - 1].startswith("__"):  # of the module itself
            break
        entry = table.find(so_far)
        if isinstance(entry, table.Module):
            module = so_far
            continue
        return _entry(entry, so_far)
    if module is None:
        return None
    return Judgement("legacy-served", Level.FINE, module, "is a module that is served")


def _entry(entry: Entry | None, path: str) -> Judgement:
    if isinstance(entry, Served):
        target = entry.target.replace(":", ".")
        return Judgement("legacy-served", Level.FINE, path, f"is served by `{target}`")
    if isinstance(entry, Later | Outside):
        is_later = isinstance(entry, Later)
        way_out = f"; use {entry.instead}" if entry.instead else ""
        verb = "is not served yet" if is_later else "is not served"
        rule = "legacy-not-yet" if is_later else "legacy-outside"
        return Judgement(rule, Level.STOPS, path, f"{verb}: {entry.reason}{way_out}")
    module = path.rpartition(".")[0]
    message = f"is not known to estimator-heads, which serves `{module}`"
    return Judgement("legacy-unknown", Level.STOPS, path, message)


def _without_compat(below: str) -> tuple[int | None, str]:
    """Of a name below `tensorflow`, which version it asks for, or None, and the name there."""
    version, parts = None, below.split(".")
    while parts[:2] in (["compat", "v1"], ["compat", "v2"]):
        version, parts = int(parts[1][1]), parts[2:]
    return version, ".".join(parts)


def _keras(path: str, name: str) -> Judgement | None:
    if not name or not tensorflow_names.only_in_keras2(name):
        return None
    if path.startswith("keras."):
        message = "is of Keras 2, and the package `keras` is Keras 3; use `tf_keras`"
        return Judgement("keras2-name", Level.STOPS, path, message)
    message = "is of Keras 2; it needs `TF_USE_LEGACY_KERAS=1`, or `import tf_keras`"
    return Judgement("keras2-name", Level.DOUBTFUL, path, message)


def _private(path: str) -> Judgement | None:
    missing = tensorflow_names.missing_in_private(path)
    if missing is None:
        return None
    place = tensorflow_names.new_place(path)
    message = "is not in the installed TensorFlow any more"
    if place:
        message += f"; `{place}` may be what it became"
    return Judgement("private-moved", Level.STOPS, missing, message)


def _public(path: str, public: str, sees_tf1: bool, version: int | None) -> Judgement | None:
    if not public:
        return None
    if missing := tensorflow_names.missing(public, is_tf1=version == 1):
        message = "is in neither API of the installed TensorFlow"
        path = path.removesuffix(public) + missing
        return Judgement("missing-name", Level.STOPS, path, message)
    if version is not None:
        return None
    known = tensorflow_names.only_in_tf1(public)
    if not known:
        return None
    instead = tensorflow_names.offered_instead(known)
    message = f"is of TensorFlow 1; TensorFlow 2 has it as `{instead}`"
    level = Level.FINE if sees_tf1 else Level.STOPS
    return Judgement("tf1-name", level, f"tensorflow.{known}", message)
