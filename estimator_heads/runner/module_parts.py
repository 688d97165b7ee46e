"""What a module does with `tensorflow`, read from its source: at import, and in each function.

What stands where the program asks for the version of TensorFlow is for one version only, so it is
left out, with the functions called and the modules imported there:

- below an `if` that asks for it, or whether it has a name, and after one that leaves the block;
- in a `try` that catches AttributeError.

In a `try` that catches ImportError, or everything, and where an `if` asks for another version or
name, or for TYPE_CHECKING, only names of `tensorflow` are left out.
"""

import ast
import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_SAYS_WHICH_TENSORFLOW = re.compile(r"\bis_?tf|\btf_?[12]\b|tf[12]\b|_v[12]\b", re.I)
_ASKS_FOR_VERSION = re.compile(r"hasattr|getattr|version|TYPE_CHECKING", re.I)
_TENSORFLOW = re.compile(r"(?<![a-z])(tf|tensorflow)(?![a-z])", re.I)
_CATCHES_MISSING_NAMES = {"ImportError", "ModuleNotFoundError", "AttributeError", "Exception"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
# What runs others, perhaps in another place than its own. Sets, as each node is looked up.
_WITH_BODIES = {
    *_FUNCTIONS,
    *_TRIES,
    *(ast.AsyncFor, ast.AsyncWith, ast.ClassDef, ast.ExceptHandler, ast.For, ast.If, ast.IfExp),
    *(ast.Lambda, ast.Match, ast.Module, ast.While, ast.With, ast.match_case),
}
_OPERATORS = (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)
# What has nothing below it.
LEAVES = {ast.Constant, *(kind for above in _OPERATORS for kind in above.__subclasses__())}
_LEAVE = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_EXITS = {"exit", "_exit", "quit"}
# Names of functions and classes, and of the bases of classes, that nothing has to mention.
_RUN_BY_TEST_RUNNERS = re.compile(r"test|pytest_|setup_?module|teardown_?module|\w*TestCase$", re.I)
# Other decorators put a function into a register, from which it is called without a mention.
_PLAIN_DECORATORS = {
    "asynccontextmanager",
    "cache",
    "contextmanager",
    "dataclass",
    "function",  # of tf
    "lru_cache",
    "total_ordering",
}


@dataclass
class Part:
    """What runs at import, or a function or class that runs when it is used.

    Attributes:
        name: Of the function or class; None for what runs at import.
        line: Where it starts; 0 for what runs at import.
        runs: Whether it runs as soon as its module is imported.
        uses: (name below `tensorflow`, line, whether it runs for certain if the part does).
        mentioned: Every other name in it: of functions and classes that it may use.
        imports: (import statement, whether it runs for certain if the part does).
    """

    name: str | None
    line: int
    runs: bool
    uses: list[tuple[str, int, bool]] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    imports: list[tuple[ast.stmt, bool]] = field(default_factory=list)


def parts_of(
    tree: ast.Module,
    is_main: bool = True,
    aliases: Iterable[str] = (),
    places: "dict[int, Place] | None" = None,
) -> list[Part]:
    """The `Part`s of a module.

    Args:
        tree: Its `ast.Module`.
        is_main: Whether it runs as `__main__`.
        aliases: Names that it has for `tensorflow` without importing it.
        places: A dict, which gets the `Place` of each expression and import statement under its
            `id()`; of a chain of attributes, that of the outermost.

    Returns:
        A list; what runs at import first.
    """
    reader = _Reader(is_main, places)
    reader.read(tree)
    aliases = {*aliases, *reader.aliases} - reader.rebound
    for part in reader.parts:
        chains = (use for use in part.uses if use[0].partition(".")[0] in aliases)
        part.uses = [(name.partition(".")[2], line, certain) for name, line, certain in chains]
    for part, name, line, certain in reader.imported:
        part.uses.append((name, line, certain))
    for part in reader.parts:
        part.uses.sort(key=lambda use: use[1])
    return reader.parts


def children_of(node: ast.AST) -> list[ast.AST]:
    """What stands right below a node, leaves left out; sooner than `ast.iter_child_nodes`."""
    children = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            children += [child for child in value if isinstance(child, ast.AST)]
        elif isinstance(value, ast.AST) and type(value) not in LEAVES:
            children.append(value)
    return children


@dataclass(frozen=True)
class Place:
    """Where a node stands.

    Attributes:
        part: The part it runs in.
        methods: The part that functions defined here belong to; None makes one for each.
        certain: Whether it runs for certain if the part does.
        without_names: Whether the program does without names that are missing here.
        one_version: Whether it is for one version of TensorFlow.
    """

    part: Part
    methods: Part | None = None
    certain: bool = True
    without_names: bool = False
    one_version: bool = False

    def but(self, **changes: Any) -> "Place":
        return dataclasses.replace(self, **changes)


class _Reader:
    """Walks over a tree, however deep it is: no call of Python's for each level."""

    def __init__(self, is_main: bool, places: dict[int, Place] | None) -> None:
        self.is_main = is_main
        self.places = places
        self.parts = [Part(None, 0, True)]
        self.imported: list[tuple[Part, str, int, bool]] = []
        self.aliases: set[str] = set()
        self.rebound: set[str] = set()

    def read(self, tree: ast.Module) -> None:
        waiting: list[tuple[ast.AST, Place]] = [(tree, Place(self.parts[0]))]
        while waiting:
            node, place = waiting.pop()
            if self.places is not None:
                self.places[id(node)] = place
            kind = type(node)
            if kind is ast.Name:
                self._name(node, place)
            elif kind is ast.Attribute:
                waiting.append((self._attributes(node, place), place))
            elif kind in _WITH_BODIES:
                waiting += self._below(node, place)
            elif kind is ast.Import or kind is ast.ImportFrom:
                self._import(node, place)
            elif kind not in LEAVES:
                waiting += [(child, place) for child in children_of(node)]

    def _below(self, node, place):
        """What stands below a node that runs others, with its place."""
        bodies = self._place_of_bodies(node, place)
        for name, value in ast.iter_fields(node):
            in_body = name in ("body", "orelse", "handlers", "finalbody", "cases")
            yield from self._children(value, bodies if in_body else place)

    def _place_of_bodies(self, node, place):
        """The place of what a node runs, where it is not that of the node itself."""
        if isinstance(node, _FUNCTIONS):
            return self._function(node, place)
        if isinstance(node, ast.ClassDef):
            return self._class(node, place)
        if isinstance(node, (ast.If, ast.IfExp)):
            return self._condition(node, place)
        if isinstance(node, _TRIES):
            return _in_try(node, place)
        if isinstance(node, (ast.Lambda, ast.While, ast.Match)):
            return place.but(certain=False)
        return place

    def _children(self, value, place):
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                yield node, place
                if isinstance(node, ast.If) and _leaves(node):
                    place = place.but(**_guard(node.test))

    def _function(self, node, place):
        if place.part is not self.parts[0]:
            return place  # inside another: runs with it
        return place.but(part=place.methods or self._new_part(node), methods=None, certain=True)

    def _class(self, node, place):
        if place.part is not self.parts[0]:
            return place
        return place.but(methods=place.methods or self._new_part(node))

    def _new_part(self, node):
        decorators = {_last_name(decorator) for decorator in node.decorator_list}
        bases = [_last_name(base) for base in getattr(node, "bases", ())]
        runs = bool(decorators - _PLAIN_DECORATORS) or any(map(_RUN_BY_TEST_RUNNERS.match, bases))
        runs = runs or bool(_RUN_BY_TEST_RUNNERS.match(node.name))
        self.parts.append(Part(node.name, node.lineno, runs))
        return self.parts[-1]

    def _condition(self, node, place):
        words = _words(node.test)
        if words == ["__name__", "__main__"]:
            # Nothing has the name "", so that it is never reached.
            return place if self.is_main else place.but(part=Part("", node.lineno, False))
        return place.but(certain=False, **_guard(node.test))

    def _import(self, node, place):
        if not place.one_version:
            place.part.imports.append((node, place.certain))
        for alias in node.names:
            if alias.asname:
                self._mention(alias.name.rpartition(".")[2], place)
            if isinstance(node, ast.ImportFrom):
                self.rebound.add(alias.asname or alias.name)
                name = "" if node.level else f"{node.module}.{alias.name}"
            else:
                self._bind_module(alias)
                name = alias.name
            if name.startswith("tensorflow.") and not (place.without_names or place.one_version):
                below = name.partition(".")[2]
                self.imported.append((place.part, below, node.lineno, place.certain))

    def _bind_module(self, alias):
        """Notes whether the name that an `import` statement binds stands for `tensorflow`."""
        top = alias.name.partition(".")[0]
        is_tensorflow = top == "tensorflow" and (alias.name == top or not alias.asname)
        (self.aliases if is_tensorflow else self.rebound).add(alias.asname or top)

    def _name(self, node, place):
        if isinstance(node.ctx, ast.Load):
            self._mention(node.id, place)
        else:
            self.rebound.add(node.id)

    def _attributes(self, node, place):
        """Takes a whole chain of attributes; returns what stands left of it."""
        parts, line = [], node.lineno
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            self._mention(node.attr, place)
            node = node.value
        if isinstance(node, ast.Name) and not (place.without_names or place.one_version):
            name = ".".join([node.id, *reversed(parts)])
            place.part.uses.append((name, line, place.certain))
        return node

    def _mention(self, name, place):
        if not place.one_version:
            place.part.mentioned.add(name)


def _in_try(node, place):
    """The place of what stands in a `try` statement."""
    caught = {name for handler in node.handlers for name in _caught(handler)}
    return place.but(
        certain=place.certain and not caught,
        without_names=place.without_names or bool(caught & _CATCHES_MISSING_NAMES),
        one_version=place.one_version or "AttributeError" in caught,
    )


def _guard(condition):
    """What is so in the place that a condition leads to, as attributes of `Place`."""
    words = " ".join(_words(condition))
    if _SAYS_WHICH_TENSORFLOW.search(words):
        return {"one_version": True}
    if _ASKS_FOR_VERSION.search(words):
        return {"one_version" if _TENSORFLOW.search(words) else "without_names": True}
    return {}


def _leaves(condition):
    """Whether what follows an `if` runs for one of its answers only."""
    for body in (condition.body, condition.orelse):
        last = body[-1] if body else None
        call = last.value if isinstance(last, ast.Expr) else None
        if isinstance(last, _LEAVE):
            return True
        if isinstance(call, ast.Call) and _last_name(call) in _EXITS:
            return True
    return False


def _last_name(expression):
    """`c` for a, `a.b.c` or a call of it."""
    if isinstance(expression, ast.Call):
        expression = expression.func
    return getattr(expression, "attr", getattr(expression, "id", ""))


def _words(expression):
    """The names and strings in an expression."""
    words = []
    for node in ast.walk(expression):
        words += [getattr(node, "id", ""), getattr(node, "attr", "")]
        if isinstance(node, ast.Constant):
            words.append(str(node.value))
    return [word for word in words if word]


def _caught(handler):
    if handler.type is None:
        return {"Exception"}
    return {_last_name(node) for node in ast.walk(handler.type)}
