"""Which TensorFlow a project declares that it needs."""

import operator
import os
import re
from pathlib import Path

from estimator_heads.runner.evidence import Evidence, Kind

_FILES = (
    "requirements*.txt",
    "requirements/*.txt",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "Pipfile",
    "environment*.y*ml",
)
_NAME = r"(?<![\w./-])tensorflow(?:[-_](?:gpu|cpu|macos|intel))?(?:\[[^\]\n]*\])?"
_REQUIREMENTS = (
    # tensorflow = "^2.4" or tensorflow = {version = "^2.4"} of Pipfile and pyproject.toml
    re.compile(_NAME + r"""["']?\s*=\s*(?:\{[^}\n]*version\s*=\s*)?["']([^"'\n]*\d[^"'\n]*)["']"""),
    # tensorflow>=2.4,<3 and tensorflow=2.4
    re.compile(_NAME + r"""\s*\(?([=<>!~][^"'#;\n\])]*\d[^"'#;\n\])]*)"""),
)
_SPECIFIER = re.compile(r"(===?|~=|>=|<=|!=|<|>|=|\^|)\s*v?(\d+(?:\.\d+)*)")
_VERSIONS = [(1, minor) for minor in range(16)], [(2, minor) for minor in range(40)]
_COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


def declarations(folder: str | os.PathLike[str]) -> list[Evidence]:
    """What the project that `folder` is in declares, as a list of `Evidence`.

    The project is described by the files of the nearest folder, upwards, that has some, or is the
    top of a repository. One that asks for estimator-heads too needs TensorFlow 2 to run it on.
    """
    for parent in (Path(folder), *Path(folder).parents):
        files = sorted({file for pattern in _FILES for file in parent.glob(pattern)})
        found = [evidence for file in files for evidence in _in_file(file)]
        if files or (parent / ".git").exists():
            return found
    return []


def _in_file(file):
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for number, line in enumerate(text.splitlines(), 1):
        line = line.partition("#")[0]
        matches = filter(None, (pattern.search(line) for pattern in _REQUIREMENTS))
        if match := next(matches, None):
            tf1, tf2 = (any(_allows(match[1], version) for version in some) for some in _VERSIONS)
            name = " ".join(match[0].replace('"', "").replace("'", "").split())
            if tf1 and not tf2:
                yield Evidence(Kind.TF1_DECLARED, name, str(file), number)
            elif tf2 and not tf1 and not re.search(r"estimator[-_]heads", text):
                yield Evidence(Kind.TF2_DECLARED, name, str(file), number)


def _allows(specifiers, version):
    found = _SPECIFIER.findall(specifiers)
    return all(_fits(sign, tuple(map(int, text.split("."))), version) for sign, text in found)


def _fits(sign, given, version):
    start = (*given, 0)[:2]
    same = version[: len(given)] == given[:2]  # ==1 and ==1.* are any 1
    if sign in _COMPARE:
        return _COMPARE[sign](version, start)
    if sign in ("^", "~="):
        return version[0] == given[0] and version >= start
    return not same if sign == "!=" else same
