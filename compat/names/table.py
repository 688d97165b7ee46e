"""The table of legacy names: what serves each of them, or why nothing does and what to use instead.

`install()`, the import hook, the `check` command, the coverage page and the tests all read this one
table. It is `TABLE`: from the dotted path of a legacy module to its names, each a `Served`, `Later`
or `Outside`. The rows stand in the files `rows_*.py`; to serve one more name, change its
row there.

Many trees are copies of each other (`tensorflow.python.estimator`,
`tensorflow_estimator.python.estimator`, ...): rows are written for one of them, and `ALIASES` leads
there from the others.
"""

import functools
from dataclasses import dataclass

from estimator_heads.compat.names import (
    rows_contrib,
    rows_contrib_learn,
    rows_estimator,
    rows_sources,
)
from estimator_heads.compat.names.kinds import Entry, Served

# Modules of TensorFlow below which legacy trees are put, as `tensorflow` calls them.
TF2_MODULES = ("", ".compat.v2", ".compat.v1.compat.v2", ".compat.v2.compat.v2")
TF1_MODULES = (".compat.v1", ".compat.v1.compat.v1", ".compat.v2.compat.v1")

# From a legacy path to the path whose rows it shares. The longest match counts.
ALIASES = {
    **{f"tensorflow{module}.estimator": "tensorflow.estimator" for module in TF2_MODULES[1:]},
    **{f"tensorflow{module}.estimator": "tensorflow.compat.v1.estimator" for module in TF1_MODULES},
    **{f"tensorflow{module}.contrib": "tensorflow.contrib" for module in TF1_MODULES},
    **{
        f"tensorflow{module}.keras.estimator": "tensorflow.keras.estimator"
        for module in TF2_MODULES[1:]
    },
    **{
        f"tensorflow{module}.keras.estimator": "tensorflow.compat.v1.keras.estimator"
        for module in TF1_MODULES
    },
    **rows_estimator.ALIASES,
    **rows_contrib.ALIASES,
    **rows_contrib_learn.ALIASES,
}
for _module in ("tensorflow.compat.v1.estimator", "tensorflow.compat.v1.keras.estimator"):
    del ALIASES[_module]  # its own rows

# Everything at and below these paths is a legacy name.
ROOTS = (
    "tensorflow.contrib",
    "tensorflow.estimator",
    "tensorflow.compat.v1.estimator",
    "tensorflow.keras.estimator",
    "tensorflow.compat.v1.keras.estimator",
    "tensorflow.python.estimator",
    "tensorflow_estimator",
    *(alias for alias in ALIASES if alias.startswith("tensorflow.compat.")),
)

_ROOTS = tuple(f"{root}." for root in ROOTS)  # for one fast call: every import asks

# A name that stands for every name of its module that the module has no row for.
ANY = "*"


def _expanded(rows):
    """From {"A B": entry} to {"A": entry, "B": entry}."""
    return {name: entry.named(name) for names, entry in rows.items() for name in names.split()}


TABLE: dict[str, dict[str, Entry]] = {
    module: _expanded(rows)
    for table in (rows_estimator, rows_sources, rows_contrib_learn, rows_contrib)
    for module, rows in table.ROWS.items()
}


@dataclass(frozen=True)
class Module:
    """A legacy module that can be imported, whatever becomes of the names in it.

    Attributes:
        path: The dotted path that its rows have in the table.
    """

    path: str

    @property
    def rows(self) -> dict[str, Entry]:
        """What becomes of each name; submodules are not among them."""
        return TABLE.get(self.path, {})

    @property
    def submodules(self) -> list[str]:
        """The names of the modules one step below."""
        return sorted(_submodules().get(self.path, ()))


def is_legacy(path: str) -> bool:
    """Whether the dotted `path` is at or below one of the legacy trees."""
    return f"{path}.".startswith(_ROOTS)


def canonical(path: str) -> str:
    """The path under which the table has the rows of `path`.

    >>> canonical("tensorflow.python.estimator.model_fn.ModeKeys")
    'tensorflow_estimator.python.estimator.model_fn.ModeKeys'
    """
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        target = ALIASES.get(".".join(parts[:length]))
        if target:
            return canonical(".".join([target, *parts[length:]]))
    return path


def find_module(path: str) -> Module | None:
    """The legacy module at the dotted `path`, or None."""
    target = canonical(path)
    known = is_legacy(path) and (target in TABLE or target in _submodules())
    return Module(target) if known else None


def find(path: str) -> Module | Entry | None:
    """What becomes of the legacy name at the dotted `path`.

    >>> find("tensorflow.contrib.estimator")
    Module(path='tensorflow.contrib.estimator')
    >>> find("tensorflow.compat.v1.estimator.ModeKeys")
    Served(target='estimator_heads:ModeKeys')

    Args:
        path: e.g. "tensorflow.contrib.estimator.multi_head" (not "tf. ...").

    Returns:
        A `Module`, a `Served`, `Later` or `Outside`, or None for a name that the table lacks.
    """
    module_path, _, name = path.rpartition(".")
    if module := find_module(module_path):
        return module.rows.get(name) or find_module(path) or module.rows.get(ANY)
    return find_module(path) or _find_above(module_path, name)


def _find_above(above, name):
    """What becomes of `name` in `above`, which is no module, but may be a name that has an entry.

    `tensorflow.contrib.crf` being outside, so is `tensorflow.contrib.crf.python.ops.crf`.
    """
    entry = find(above) if is_legacy(above) else None
    if isinstance(entry, Served):
        return Served(f"{entry.target}{'.' if ':' in entry.target else ':'}{name}")
    return entry


@functools.cache
def _submodules():
    """From each path above a module to the names of the modules below it.

    Paths that no row is written for are among them: `tensorflow_estimator.python` is a module
    because `tensorflow_estimator.python.estimator` is.
    """
    children: dict[str, set[str]] = {}
    for path in (*TABLE, *ALIASES):
        while is_legacy(path):
            path, _, name = path.rpartition(".")
            children.setdefault(canonical(path), set()).add(name)
    return children
