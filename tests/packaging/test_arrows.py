"""Rooms import from rooms above them in the tree of CONTRIBUTING.md, and from none below."""

import ast
import re
from pathlib import Path

import pytest

# Modules that import others by name when one of their names is first used.
DOORS = {"estimator_heads"}
COMPAT = "estimator_heads.compat"


@pytest.fixture(scope="module")
def modules(checkout) -> dict[str, Path]:
    """From the dotted name of each module of the package to its file."""
    found = {}
    for folder, package in (
        ("estimator_heads", "estimator_heads"),
        ("compat", "estimator_heads.compat"),
    ):
        for file in (checkout / folder).rglob("*.py"):
            parts = file.relative_to(checkout / folder).with_suffix("").parts
            found[".".join((package, *parts)).removesuffix(".__init__")] = file
    return found


@pytest.fixture(scope="module")
def rooms(checkout) -> list[str]:
    """Dotted names of rooms, the lowest one first, as the tree in CONTRIBUTING.md has them."""
    text = (checkout / "CONTRIBUTING.md").read_text()
    (tree,) = re.findall(r"```text\n(estimator_heads/\n.*?)```", text, flags=re.DOTALL)
    rooms, above = [], []
    for line in tree.splitlines():
        indent, names = re.match(r"( *)((?:[\w*]+(?:\.py|/) ?)*)", line).groups()
        if not names:
            continue  # What is in the rooms of the line before.
        del above[len(indent) // 2 :]
        for name in names.split():
            room = ".".join([*above, re.sub(r"\.py$|/$", "", name)]).removesuffix(".*")
            rooms = [*(known for known in rooms if known != room), room]
        if names.strip().endswith("/"):
            above.append(name.removesuffix("/"))
    return [room for room in rooms if room not in DOORS]


def room_of(module, rooms):
    """The room that a module stands in: the narrowest one that the tree has."""
    inside = [room for room in rooms if f"{module}.".startswith(f"{room}.")]
    return max(inside, key=len, default=None)


def imports_of(file, modules):
    """The modules of the package that a file imports, also within functions."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in modules or node.module in modules:
                    yield inner if inner in modules else node.module


def test_every_module_stands_in_a_room_and_every_room_has_modules(modules, rooms):
    without = [module for module in modules if room_of(module, rooms) is None]
    assert set(without) == DOORS, "put the room into the tree of CONTRIBUTING.md"
    used = {room_of(module, rooms) for module in modules}
    assert [room for room in rooms if room not in used] == []


def test_no_import_goes_the_wrong_way(modules, rooms):
    wrong = [
        f"{importer} imports {imported}"
        for importer, file in modules.items()
        if importer not in DOORS
        for imported in imports_of(file, modules)
        if imported not in DOORS
        and rooms.index(room_of(imported, rooms)) > rooms.index(room_of(importer, rooms))
    ]
    assert wrong == [], "see the tree of rooms in CONTRIBUTING.md"


def test_the_reading_of_imports(modules, tmp_path):
    source = tmp_path / "module.py"
    source.write_text(
        "import os, estimator_heads.keys\n"
        "from estimator_heads import heads, install\n"
        "def f():\n"
        "    from estimator_heads.heads.tasks.losses import reduce_loss\n"
    )
    assert list(imports_of(source, modules)) == [
        "estimator_heads.keys",
        "estimator_heads.heads",
        "estimator_heads",
        "estimator_heads.heads.tasks.losses",
    ]
