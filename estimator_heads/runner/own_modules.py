"""Which modules are the program's own, and which belong to installed libraries.

Own is what stands below the program's folder, below a folder of PYTHONPATH or below one that the
program puts on sys.path, and is not installed: no folder on the way down is called site-packages or
dist-packages, it is not a part of Python, and not of estimator_heads. Packages named with
--tf1-package are own wherever they are, and so is a file that the program runs by `runpy.run_path`.
"""

import ast
import functools
import os
import sys
import sysconfig
import warnings
from collections.abc import Iterable
from pathlib import Path

import estimator_heads
from estimator_heads import compat
from estimator_heads.compat.tf1.rewriting import statements

_INSTALLED = {"site-packages", "dist-packages"}
_NEVER_OWN = tuple(
    os.path.realpath(folder) + os.sep
    for folder in (
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("platstdlib"),
        *estimator_heads.__path__,
        *compat.__path__,
    )
)


class OwnModules:
    """The modules of one program.

    Args:
        folders: Where the program's modules stand. The folders of PYTHONPATH are added.
        packages: Names of installed packages that are own too.
    """

    def __init__(
        self, folders: Iterable[str | os.PathLike[str]] = (), packages: Iterable[str] = ()
    ) -> None:
        on_path = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
        candidates = [*map(os.path.realpath, [*folders, *on_path])]
        self.folders = [folder for folder in dict.fromkeys(candidates) if not is_installed(folder)]
        self.packages = tuple(packages)
        self._path_at_start = frozenset(sys.path)
        self._answers: dict[str, bool] = {}

    def __call__(self, fullname: str, file: str | os.PathLike[str]) -> bool:
        """Whether the module `fullname`, which stands in `file`, is the program's own."""
        if fullname.partition(".")[0] in self.packages:
            return True
        file = os.path.realpath(file)
        for folder in self.folders:
            if file.startswith(os.path.join(folder, "")):
                installed = _INSTALLED.intersection(Path(file).relative_to(folder).parts)
                return not installed and not file.startswith(_NEVER_OWN)
        return self.is_added(file)

    def is_added(self, file: str | os.PathLike[str]) -> bool:
        """Whether a file is own because the program has put a folder above it on sys.path."""
        file = os.path.realpath(file)
        known = tuple(os.path.join(folder, "") for folder in self.folders)
        added = tuple(os.path.join(folder, "") for folder in self._added_folders())
        return file.startswith(added) and not file.startswith(known) and self.may_run(file)

    def may_run(self, file: str | os.PathLike[str]) -> bool:
        """Whether a file is own if the program runs it by its path."""
        file = os.path.realpath(file)
        return not _INSTALLED.intersection(Path(file).parts) and not file.startswith(_NEVER_OWN)

    def _added_folders(self):
        added = [entry for entry in sys.path if entry not in self._path_at_start]
        return [_real_path(entry) for entry in added]

    def may_hold(self, fullname: str, path: Iterable[str] | None) -> bool:
        """Quick answer before a module is searched: False if it cannot be own.

        Args:
            fullname: Its name.
            path: The `__path__` of its parent package, or None.
        """
        top = fullname.partition(".")[0]
        if top in self.packages:
            return True
        if top in _LIBRARIES:
            return False
        return path is None or any(self._may_be_in(folder) for folder in path)

    def _may_be_in(self, folder):
        file = os.path.join(folder, "__init__.py")
        if folder not in self._answers:
            self._answers[folder] = self("", file)
        return self._answers[folder] or self.is_added(file)

    def file_of(self, name: str) -> Path | None:
        """The file of the own module called `name`, or None."""
        for folder in [*self.folders, *self._added_folders()]:
            stem = Path(folder, *name.split("."))
            for file in (stem / "__init__.py", stem.with_name(stem.name + ".py")):
                if file.is_file() and self(name, str(file)):
                    return file
        return None


def parse(source: str | bytes) -> ast.Module | None:
    """The `ast.Module` of a source, or None if Python cannot parse it, or not as deep as it is.

    That, and warnings, are reported when it is compiled, if it ever is.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def is_installed(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder is one that libraries are installed in."""
    return Path(folder).name in _INSTALLED


_real_path = functools.cache(os.path.realpath)


def imported_names(tree: ast.Module, package: str) -> set[str]:
    """Every module that the import statements of a tree may mean, with its parents."""
    names: set[str] = set()
    for node in statements(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join(filter(None, [*parents, base]))
            names.update(f"{base}.{alias.name}".lstrip(".") for alias in node.names)
    steps = (name.split(".") for name in names if "*" not in name)
    found = {".".join(parts[:end]) for parts in steps for end in range(1, len(parts) + 1)}
    return {name for name in found if name.partition(".")[0] not in _LIBRARIES}


# Never own unless named: most modules import them, and TensorFlow has thousands of modules.
_LIBRARIES = {*sys.stdlib_module_names, "numpy", "tensorflow", "tensorflow_estimator"}
