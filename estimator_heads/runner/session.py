"""Legacy names, and TF1 source, for modules that are loaded one after the other."""

import ast
import functools
import os
import runpy
import sys
from collections.abc import Callable, Iterable
from typing import Any

from estimator_heads.compat.tf1 import rewriting
from estimator_heads.runner import child_processes
from estimator_heads.runner.declared import declarations
from estimator_heads.runner.evidence import decide
from estimator_heads.runner.on_import import after_import_of_tensorflow
from estimator_heads.runner.own_modules import OwnModules, parse
from estimator_heads.runner.reach import Reach


def say_on_stderr(message: str) -> None:
    """Tells the user what was decided."""
    print(f"estimator-heads: {message}", file=sys.stderr)


class Session:
    """From its start to its `close()`, this process serves legacy names and TF1 source.

    Args:
        own: The `OwnModules` of the program.
        folder: Where it stands; its project declares which TensorFlow it needs.
        is_tf1: Whether it is TF1 source, where the user says so. Otherwise what is loaded decides.
        say: A function of a str, called with what has been decided.
        rewrites_all: Whether a program that is not TF1 (yet) is rewritten, so that what was loaded
            earlier sees TF1 too when it becomes it. Without, only what the analysis at the start
            could not see can make it TF1: files run by their path, and modules of folders that
            the program puts on sys.path.
        adapt_loader: As for `TF1Finder`.
    """

    def __init__(
        self,
        own: OwnModules,
        folder: str | os.PathLike[str],
        is_tf1: bool | None = None,
        say: Callable[[str], None] = say_on_stderr,
        rewrites_all: bool = True,
        adapt_loader: Callable[..., Any] | None = None,
    ) -> None:
        self.own = own
        self.folder = folder
        self.is_tf1 = bool(is_tf1)
        self.say = say
        self.rewrites_all = rewrites_all
        self._told = is_tf1 is not None
        self._said_left = False
        self._reach = Reach(own, declarations(folder))
        self._has_tensorflow = False
        self._finder = rewriting.TF1Finder(self, self._rewriter, adapt_loader)
        sys.meta_path.insert(0, self._finder)
        # What run_path() looks up to compile a file: this, before the built-in function.
        vars(runpy)["compile"] = self._compile_for_run_path
        self._stop_waiting = after_import_of_tensorflow(self._tensorflow_is_there)
        self._stop_sessions_in_children = child_processes.start_sessions_in_children(self)

    def consider(self, tree: ast.Module | None, file: str, package: str = "", **how: Any) -> None:
        """Takes a piece of the program, and what it imports, into account.

        Args:
            tree: Its `ast.Module`; None is no evidence.
            file: What it is called in what is said.
            package: The name of its package.
            **how: As for `Reach.add`.
        """
        if self._told or self.is_tf1 or tree is None:
            return
        self._reach.add(tree, file, package, **how)
        decision = decide(self._reach.evidence())
        if decision.is_tf1:
            self.say(str(decision))
            self._use_tf1()
        elif decision.against and not self._said_left:
            self._said_left = True
            self.say(str(decision))

    def use(self, is_tf1: bool) -> None:
        """The user says whether it is TF1 source from now on."""
        self._told = True
        if is_tf1:
            self._use_tf1()
        else:
            self.is_tf1 = False
            rewriting.use_tf2()

    def close(self) -> None:
        """Undoes everything. Names that are bound to TF1's view lead to TensorFlow as it is."""
        self._stop_waiting()
        self._stop_sessions_in_children()
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self._finder]
        vars(runpy).pop("compile", None)
        rewriting.forget_view()
        # Importing the module would import TensorFlow, if nobody has until now.
        if installing := sys.modules.get("estimator_heads.compat.install"):
            installing.uninstall()

    def may_hold(self, fullname: str, path: Iterable[str] | None) -> bool:
        """As of `OwnModules`."""
        return self.own.may_hold(fullname, path)

    def __call__(self, fullname: str, file: str) -> bool:
        """Whether a module is to be looked at when it is loaded."""
        if self.is_tf1 or self.rewrites_all:
            return self.own(fullname, file)
        return not self._told and self.own.is_added(file)

    def _rewriter(self, fullname, file, source):
        if not self._reach.has(file):
            is_package = os.path.basename(file) == "__init__.py"
            package = fullname if is_package else fullname.rpartition(".")[0]
            self.consider(parse(source), file, package, is_main=False)
        if self.is_tf1 or self.rewrites_all:
            return functools.partial(rewriting.rewrite_imports, is_tf1=self.is_tf1)
        return None

    def _compile_for_run_path(self, source, file, mode):
        path = os.path.abspath(os.fsdecode(file))
        if self.own.may_run(path):
            self.consider(parse(source), path)
            if self.is_tf1:
                return rewriting.compile_rewritten(source, file)
        return compile(source, file, mode, dont_inherit=True)

    def _use_tf1(self):
        self.is_tf1 = True
        if self._has_tensorflow:
            rewriting.use_tf1()

    def _tensorflow_is_there(self):
        self._has_tensorflow = True
        _install_names()
        if self.is_tf1:
            rewriting.use_tf1()


def _install_names():
    from estimator_heads.compat.install import install

    install()
