"""Writes docs/coverage.md, which says of every legacy name what becomes of it, from the table.

python -m estimator_heads.compat.names.coverage > docs/coverage.md
"""

from __future__ import annotations

from collections import Counter

from estimator_heads.compat.names import table
from estimator_heads.compat.names.kinds import Entry, Later, Outside, Served

# The sections of the page. A module belongs to the longest path that it is at or below.
TREES = {
    "tensorflow.estimator": "`tf.estimator` (TF2), also `tf.compat.v2.estimator`",
    "tensorflow.compat.v1.estimator": "`tf.compat.v1.estimator`, the `tf.estimator` of TF1",
    "tensorflow.contrib.estimator": "`tf.contrib.estimator`",
    "tensorflow.contrib.learn": "`tf.contrib.learn`",
    "tensorflow.contrib": "The rest of `tf.contrib`",
    "tensorflow.keras": "`tf.keras`",
    "tensorflow.compat.v1.keras": "`tf.compat.v1.keras`",
    "tensorflow_estimator": "`tensorflow_estimator.python.estimator`, also "
    "`tensorflow.python.estimator`",
}
STATUS = {Served: "served", Later: "not yet", Outside: "not planned"}
_HEADER = """\
# Coverage of legacy names

Generated from the table in `compat/names/` by `python -m estimator_heads.compat.names.coverage`.
After `estimator_heads.install()`, each of these names can be imported and used as an attribute:

- **served**: the name is available;
- **not yet**: the name is still to come; until then it raises a `LegacyNameError` that says what to
  use instead;
- **not planned**: the name raises a `LegacyNameError` that says why, and what to use instead. Where
  a program only mentions it, as in `isinstance(model, tf.estimator.BoostedTreesClassifier)` or in
  an annotation, it is a class without instances; `hasattr` is False all the same.
"""


def coverage_page() -> str:
    """The page, in Markdown."""
    sections = [_section(tree, title) for tree, title in TREES.items()]
    return "\n".join([_HEADER, _summary(), *sections])


def modules_of(tree: str) -> list[str]:
    """The modules of the table that belong to the section `tree`."""
    return [module for module in table.TABLE if _tree_of(module) == tree]


def _tree_of(module):
    return max((tree for tree in TREES if f"{module}.".startswith(f"{tree}.")), key=len)


def _summary():
    lines = ["| Names of | served | not yet | not planned |", "| --- | ---: | ---: | ---: |"]
    for tree, title in TREES.items():
        rows = [table.TABLE[module] for module in modules_of(tree)]
        counts = Counter(
            STATUS[type(entry)] for row in rows for name, entry in row.items() if name != table.ANY
        )
        lines.append(
            f"| {title} | " + " | ".join(str(counts[status]) for status in STATUS.values()) + " |"
        )
    return "\n".join(lines) + "\n"


def _section(tree, title):
    lines = [f"## {title}\n", "| Module | Names | | Served by, or what to use instead |"]
    lines.append("| --- | --- | --- | --- |")
    for module in modules_of(tree):
        for (status, answer), group in _grouped(table.TABLE[module]).items():
            shown = ", ".join("every other name" if n == table.ANY else f"`{n}`" for n in group)
            lines.append(f"| `{_shown(module)}` | {shown} | {status} | {answer} |")
    return "\n".join(lines) + "\n"


def _grouped(rows: dict[str, Entry]) -> dict[tuple[str, str], list[str]]:
    """From (status, answer) to the names that share them."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, entry in rows.items():
        groups.setdefault((STATUS[type(entry)], _answer(name, entry)), []).append(name)
    return groups


def _answer(name, entry):
    if isinstance(entry, Served):
        target = entry.target.replace(":", ".").replace("tensorflow.", "tf.")
        same_name = target.endswith(f".{name}")
        return f"`{target.removesuffix(f'.{name}')}`" if same_name else f"`{target}`"
    return f"{entry.reason}{'; use ' if entry.instead else ''}{entry.instead}"


def _shown(module):
    """A module as programs write it; the sources below their long common path."""
    path = module.removeprefix("tensorflow_estimator.python.estimator.")
    return "tf" + path.removeprefix("tensorflow") if path.startswith("tensorflow.") else path


if __name__ == "__main__":
    print(coverage_page(), end="")
