"""Finds the program of `python SCRIPT`, `-m MODULE`, `-c COMMAND` or `-`, and runs it."""

import contextlib
import functools
import importlib
import importlib.util
import os
import pkgutil
import sys
import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.machinery import (
    BuiltinImporter,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from typing import Any

from estimator_heads.compat.tf1 import rewriting
from estimator_heads.runner.own_modules import OwnModules, is_installed, parse
from estimator_heads.runner.session import Session
from estimator_heads.runner.tracebacks import hide_runner_in_uncaught_errors

# The file names of programs that come from the standard input and from the command line.
STDIN = "<stdin>"
COMMAND = "<string>"

_NO_FILE: Any = BuiltinImporter  # the loader of both, as Python has it: the class itself


class CannotRun(Exception):
    """There is no program to run.

    Args:
        message: What is missing.
        status: The exit status that Python has in this case.
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass
class Program:
    """A program that was found.

    Attributes:
        spec: The ModuleSpec of its main module.
        argument: What its `sys.argv[0]` is.
        path_entry: What stands before all else in its `sys.path`; None for what is there already.
        is_script: Whether its `__spec__` is None.
        folder: Where its own modules stand.
        package: The name of its package if that is installed, or None.
        command: Its text, where that is an argument.
    """

    spec: ModuleSpec
    argument: str
    path_entry: str | None
    is_script: bool
    folder: str
    package: str | None = None
    command: str | None = None

    @functools.cached_property
    def source(self) -> bytes | None:
        """The bytes of its main module, or None if there is only bytecode."""
        if self.command is not None:
            return self.command.encode()
        if self.spec.origin == STDIN:
            return sys.stdin.buffer.read()
        if not (self.spec.origin or "").endswith(".py"):
            return None
        loader: Any = self.spec.loader
        return loader.get_data(self.spec.origin)

    def code(self) -> types.CodeType:
        """The code object of its main module."""
        if self.is_script and self.source is not None:  # get_code() would write bytecode
            assert self.spec.origin is not None
            return compile(self.source, self.spec.origin, "exec", dont_inherit=True)
        loader: Any = self.spec.loader
        return loader.get_code(self.spec.name)


def find_script(path: str) -> Program:
    """The program of `python PATH`: a file, or a folder or zip archive with a `__main__`.

    Raises:
        CannotRun: There is none.
    """
    file = os.path.abspath(path)
    if (importer := pkgutil.get_importer(file)) is not None:
        if (spec := importer.find_spec("__main__")) is None:
            raise CannotRun(f"can't find '__main__' module in {file!r}", 1)
        return Program(spec, path, file, False, file)
    try:
        open(file, "rb").close()
    except OSError as error:
        message = f"can't open file {file!r}: [Errno {error.errno}] {error.strerror}"
        raise CannotRun(message, 2) from None
    loader = SourcelessFileLoader if file.endswith(".pyc") else SourceFileLoader
    folder = os.path.dirname(os.path.realpath(file))
    spec = ModuleSpec("__main__", loader("__main__", file), origin=file)
    return Program(spec, path, folder, True, folder)


def find_stdin(argument: str = "-") -> Program:
    """The program of `python -`, which is read when it is run."""
    spec = ModuleSpec("__main__", _NO_FILE, origin=STDIN)
    return Program(spec, argument, "", True, os.getcwd())


def find_command(text: str) -> Program:
    """The program of `python -c TEXT`."""
    spec = ModuleSpec("__main__", _NO_FILE, origin=COMMAND)
    return Program(spec, "-c", "", True, os.getcwd(), command=text)


def find_module(name: str) -> Program:
    """The program of `python -m NAME`: a module, or the `__main__` of a package.

    It is looked for in the working folder first, and so are the modules that it imports. Nothing is
    imported yet, not even the package that the module is in.

    Raises:
        CannotRun: There is none.
    """
    with contextlib.suppress(FileNotFoundError):  # it is gone, and so it is not looked in
        _put_first(os.getcwd())
    spec = _spec(name)
    if spec is not None and spec.submodule_search_locations is not None:
        package, spec = name, _spec(f"{name}.__main__")
        if spec is None:
            message = f"No module named {package}.__main__; {package!r} is a package and cannot be"
            raise CannotRun(f"{message} directly executed", 1)
    if spec is None or spec.loader is None:
        raise CannotRun(f"No module named {name}", 1)
    above = spec.name.count(".") + 1
    folder = functools.reduce(lambda path, _: os.path.dirname(path), range(above), spec.origin)
    installed = name.partition(".")[0] if is_installed(folder) else None
    return Program(spec, spec.origin, None, False, folder, installed)


def _put_first(path_entry, always=False):
    """Makes a folder or archive the first entry of `sys.path`, as Python does unless told not to.

    What tells it not to (`python -P`) does not count for the folder or archive that is run.
    """
    if always or not getattr(sys.flags, "safe_path", sys.flags.isolated):
        sys.path.insert(0, path_entry)


def _spec(name):
    path, spec, parts = None, None, name.split(".")
    for end in range(1, len(parts) + 1):
        if end > 1 and path is None:
            return None
        found = (
            finder.find_spec(".".join(parts[:end]), path)
            for finder in sys.meta_path
            if hasattr(finder, "find_spec")
        )
        spec = next(filter(None, found), None)
        path = spec.submodule_search_locations if spec else None
    return spec


def run(
    program: Program,
    arguments: Sequence[str],
    is_tf1: bool | None = None,
    tf1_packages: Iterable[str] = (),
) -> None:
    """Runs a program in this process; the legacy names are there when it imports TensorFlow.

    Args:
        program: A `Program`.
        arguments: Its `sys.argv` but for the first.
        is_tf1: Whether it is TF1 source; None lets its source decide (see `evidence.py`).
        tf1_packages: Names of installed packages that are to be taken for its own modules.

    Raises:
        BaseException: What the program raises, SystemExit included.
    """
    packages = [*tf1_packages, *filter(None, [program.package])]
    sys.argv[:] = [program.argument, *arguments]
    if program.path_entry is not None:
        _put_first(program.path_entry, always=not program.is_script)
    own = OwnModules([program.folder], packages)
    main = sys.modules["__main__"] = _main_module(program)
    file, package = program.spec.origin or "", program.spec.parent or ""
    try:
        session = Session(own, program.folder, is_tf1, rewrites_all=False)
        if is_tf1 is None and program.source is not None:
            session.consider(parse(program.source), file, package)
        if not program.is_script and package:
            importlib.import_module(package)
        if session.is_tf1 and program.source is not None:
            code = rewriting.compile_rewritten(program.source, file)
        else:
            code = program.code()
        exec(code, main.__dict__)
    except SystemExit:
        raise
    except BaseException:
        hide_runner_in_uncaught_errors()
        raise


def _main_module(program):
    """The new `__main__`, with the attributes that Python gives it."""
    main = types.ModuleType("__main__")
    spec = program.spec
    if program.command is not None:
        vars(main).update(
            __annotations__={}, __builtins__=sys.modules["builtins"], __loader__=spec.loader
        )
        return main
    main.__dict__.update(
        __annotations__={},
        __builtins__=sys.modules["builtins"],
        __cached__=None if program.is_script else spec.cached,
        __file__=spec.origin,
        __loader__=spec.loader,
        __package__=None if program.is_script else spec.parent,
        __spec__=None if program.is_script else spec,
    )
    return main
