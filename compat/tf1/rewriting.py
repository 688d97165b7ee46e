"""TF1 source as it stands: `import tensorflow` means TF1's API, in the modules that ask for it.

The imports of those modules are rewritten when they are loaded, as pytest does with assertions:

    import tensorflow as tf            the view: TF1's names under the name `tensorflow`
    from tensorflow import layers      an attribute of the view
    from tensorflow.train import X     from tensorflow.compat.v1.train
    import tensorflow.contrib.x        unchanged: TF2 has no other tree of that name

Everyone else goes on importing the real TensorFlow. Line numbers stay, and no bytecode is cached:
the same file run by plain Python must not meet it.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

# What rewrites the tree of a module, and what says of a module, its file and its source what does.
Rewrite: TypeAlias = Callable[[ast.Module], ast.Module]
Rewriter: TypeAlias = Callable[[str, str, bytes], Rewrite | None]

# The key of sys.modules under which rewritten modules import the view.
VIEW = "tensorflow_as_tf1"

# Below `tensorflow`, the trees that are the same for TF1 and TF2 programs. All else is public API.
SHARED = frozenset(
    ("compat", "compiler", "contrib", "core", "dtensor", "examples", "python", "tools", "_api")
)


class TensorFlowView(types.ModuleType):
    """What rewritten modules see as `tensorflow`: TF1's names, or the real module until told.

    Attributes:
        is_tf1: Whether names are looked up in `tf.compat.v1`; False is TensorFlow as it is.
    """

    def __init__(self, tensorflow: types.ModuleType) -> None:
        super().__init__("tensorflow", tensorflow.__doc__)
        self.__dict__.update(
            is_tf1=False,
            _tensorflow=tensorflow,
            __file__=tensorflow.__file__,
            __path__=tensorflow.__path__,
        )

    def __getattr__(self, name):
        if name == "contrib":  # the real tensorflow tells only those who use it themselves
            return getattr(self._tensorflow.compat.v1, name)
        if not self.is_tf1 or name in SHARED:
            return getattr(self._tensorflow, name)
        if name == "__all__":
            return [name for name in dir(self) if not name.startswith("_")]
        try:
            return getattr(self._tensorflow.compat.v1, name)
        except AttributeError as error:
            if type(error) is not AttributeError:  # It says what to use instead.
                raise
        message = f"module 'tensorflow' has no attribute {name!r} in TensorFlow 1"
        raise AttributeError(message, name=name, obj=self)

    def __dir__(self):
        if not self.is_tf1:
            return dir(self._tensorflow)
        return sorted({*dir(self._tensorflow.compat.v1), "contrib"})


def use_tf1() -> None:
    """Turns the view into TF1's API and TF2's behaviour off, for the whole process."""
    view: Any = importlib.import_module(VIEW)
    if not view.is_tf1:
        # The program did not ask for it, so it should not hear that the way back is deprecated.
        with _quiet(view._tensorflow.get_logger()):
            view._tensorflow.compat.v1.disable_v2_behavior()
        view.is_tf1 = True


def use_tf2() -> None:
    """Undoes `use_tf1()`: the view leads to TensorFlow as it is, which has TF2's behaviour."""
    view: Any = sys.modules.get(VIEW)
    if view is not None and view.is_tf1:
        view.is_tf1 = False
        # TensorFlow refuses to be eager again while there is a default graph with operations.
        view._tensorflow.compat.v1.reset_default_graph()
        view._tensorflow.compat.v1.enable_v2_behavior()


def forget_view() -> None:
    """Undoes `use_tf1()`, and the next program gets a new view."""
    use_tf2()
    sys.modules.pop(VIEW, None)


@contextlib.contextmanager
def _quiet(logger):
    level = logger.level
    logger.setLevel("ERROR")
    try:
        yield
    finally:
        logger.setLevel(level)


def rewrite_imports(tree: ast.Module, is_tf1: bool = True) -> ast.Module:
    """Makes a module import the view where it imports `tensorflow`.

    Args:
        tree: The `ast.Module`; changed in place.
        is_tf1: Whether submodules of the API are TF1's too. Without, only `tensorflow` itself is
            the view, for a program of which it is not yet known what it is.

    Returns:
        `tree`.
    """
    new_name = functools.partial(_new_name, is_tf1=is_tf1)
    has_importlib = False
    for node in statements(tree):
        if isinstance(node, ast.Import):
            has_importlib |= any(alias.name == "importlib" for alias in node.names)
            node.names = [new for alias in node.names for new in _imports(alias, new_name)]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            has_importlib |= node.module == "importlib"
            node.module = new_name(node.module)
    if has_importlib:  # a look at every expression is slow
        _rewrite_import_module(tree, new_name)
    return tree


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """All statements of a module, those in functions and classes too, in no order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting += getattr(node, field, ())
        yield node


def _imports(alias, new_name):
    """What takes the place of one name in an `import` statement."""
    if alias.name.partition(".")[0] != "tensorflow":
        return [alias]
    view = ast.copy_location(ast.alias(VIEW, alias.asname or "tensorflow"), alias)
    if alias.name == "tensorflow":
        return [view]
    submodule = ast.copy_location(ast.alias(new_name(alias.name), view.asname), alias)
    # `import tensorflow.x` imports x, and then binds `tensorflow`.
    return [submodule] if alias.asname else [submodule, view]


def _rewrite_import_module(tree, new_name):
    """`importlib.import_module("tensorflow")` and `import_module("tensorflow")`."""
    for name in _names_for_import_module(tree):
        name.value = new_name(name.value)


def _names_for_import_module(tree):
    """The `ast.Constant`s that are the first argument of an `import_module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", None))
            if called == "import_module" and isinstance(node.args[0].value, str):
                yield node.args[0]


def _new_name(name, is_tf1):
    top, _, below = name.partition(".")
    if top != "tensorflow":
        return name
    if not below:
        return VIEW
    if not is_tf1 or below.partition(".")[0] in SHARED:
        return name
    return f"tensorflow.compat.v1.{below}"


class TF1Finder(importlib.abc.MetaPathFinder):
    """Loads the modules of a program with rewritten imports, and the view itself.

    Args:
        owns: An `OwnModules`; says which modules are the program's own.
        rewriter: A function of a module's name, file and source, called when it is loaded;
            returns a function of its tree that rewrites it, or None for one that stays as it is.
        adapt_loader: Optional; a function of the loader that was found and of ours, which returns
            the one to use.
    """

    def __init__(
        self,
        owns: Any,
        rewriter: Rewriter,
        adapt_loader: Callable[[Any, TF1Loader], Any] | None = None,
    ) -> None:
        self.owns = owns
        self.rewriter = rewriter
        self.adapt_loader = adapt_loader

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname == VIEW:
            return importlib.machinery.ModuleSpec(VIEW, _ViewLoader())
        if not self.owns.may_hold(fullname, path):
            return None
        spec = self._found_by_others(fullname, path, target)
        if spec is None or not spec.has_location or not spec.origin.endswith(".py"):
            return None
        if not self.owns(fullname, spec.origin):
            return None
        loader = TF1Loader(spec.loader, fullname, spec.origin, self.rewriter)
        spec.loader = self.adapt_loader(spec.loader, loader) if self.adapt_loader else loader
        return spec

    def _found_by_others(self, *arguments):
        for finder in list(sys.meta_path):
            if finder is not self and hasattr(finder, "find_spec"):
                if spec := finder.find_spec(*arguments):
                    return spec
        return None


class TF1Loader(importlib.machinery.SourceFileLoader):
    """Loads a module; if its imports are rewritten, reads and writes no bytecode.

    Args:
        found: The loader that Python would use.
        fullname: Its name.
        path: Its file.
        rewriter: As for `TF1Finder`.
    """

    def __init__(self, found: Any, fullname: str, path: str, rewriter: Rewriter) -> None:
        super().__init__(fullname, path)
        self.found = found
        self.rewriter = rewriter

    def get_data(self, path: str) -> bytes:
        """The bytes of the file, which may stand in an archive."""
        return getattr(self.found, "get_data", super().get_data)(path)

    # exec_module() stays importlib's, so that no frame of ours is in tracebacks.
    def get_code(self, fullname: str) -> types.CodeType | None:
        path = self.get_filename(fullname)
        source = self.get_data(path)
        rewrite = self.rewriter(fullname, path, source)
        if rewrite is None:
            return getattr(self.found, "get_code", super().get_code)(fullname)
        return compile_rewritten(source, path, rewrite)


def compile_rewritten(
    source: bytes, path: str, rewrite: Rewrite = rewrite_imports
) -> types.CodeType:
    """The code object of a module whose imports are rewritten.

    Args:
        source: Bytes.
        path: The file name for tracebacks.
        rewrite: A function of its tree that rewrites it.

    Raises:
        SyntaxError: As Python's own.
    """
    # Not ast.parse(), which would be in the traceback of a SyntaxError.
    parsed: Any = compile(source, path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    tree = rewrite(parsed)
    with contextlib.suppress(RecursionError):
        return compile(tree, path, "exec", dont_inherit=True)
    # Python takes deeper nesting in text than in trees.
    return compile(_with_imports_of(tree, source), path, "exec", dont_inherit=True)


def _with_imports_of(tree, source):
    """The text of `source`, in which the imports are those of its rewritten tree."""
    lines = [line.encode() for line in importlib.util.decode_source(source).split("\n")]
    imports = [node for node in statements(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    nodes = [*imports, *_names_for_import_module(tree)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        first, last = node.lineno - 1, node.end_lineno - 1
        before, after = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        # Each line that the new text has less is made up for by one that goes on.
        more_lines = b" \\\n" * (last - first)
        text = before + ast.unparse(node).encode() + more_lines + after
        lines[first : last + 1] = text.split(b"\n")
    return b"\n".join(lines).decode() + "\n"


class _ViewLoader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        tensorflow = importlib.import_module("tensorflow")
        # What waited for TensorFlow may have called use_tf1(), which imports the view too.
        return sys.modules.get(VIEW) or TensorFlowView(tensorflow)

    def exec_module(self, module: types.ModuleType) -> None:
        # So that a failing import names 'tensorflow' and its file.
        module.__spec__ = sys.modules["tensorflow"].__spec__
