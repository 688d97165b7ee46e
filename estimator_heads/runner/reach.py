"""What a program reaches from its start, and the evidence that is found on the way."""

import ast
import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from estimator_heads.runner.evidence import Evidence, Kind
from estimator_heads.runner.module_parts import Part, parts_of
from estimator_heads.runner.own_modules import OwnModules, imported_names, parse
from estimator_heads.runner.versions_of_names import decided

# The last TF1 have them too, but programs for TF1 use others: tf.contrib's heads, tf.gradients.
_OF_TF2 = {
    "GradientTape",
    "function",
    "estimator.BinaryClassHead",
    "estimator.Head",
    "estimator.LogisticRegressionHead",
    "estimator.MultiClassHead",
    "estimator.MultiHead",
    "estimator.MultiLabelHead",
    "estimator.PoissonRegressionHead",
    "estimator.RegressionHead",
}


class Reach:
    """The own modules of a program, followed along their import statements.

    A function or class is taken to run if its name is mentioned in code that runs.

    Args:
        own: The `OwnModules` of the program.
        evidence: `Evidence` from elsewhere.
        parts_in: A function of the file of a module, which returns its `Part`s as an imported
            module, or None.

    Attributes:
        files: The files of the modules that were reached.
        running: Of each part that is taken to run, its file and its line.
    """

    def __init__(
        self,
        own: OwnModules,
        evidence: Iterable[Evidence] = (),
        parts_in: Callable[[Path], list[Part] | None] | None = None,
    ) -> None:
        self.own = own
        self.files: set[str] = set()
        self.running: set[tuple[str, int]] = set()
        self._parts_in = parts_in or parts_in_file
        self._found = list(evidence)
        self._mentioned = {"main"}  # by tf.app.run()
        # From a name to what runs when it is mentioned.
        self._waiting: defaultdict[str | None, list[tuple[Part, str, str]]] = defaultdict(list)

    def add(self, tree: ast.Module, file: str, package: str = "", **how: Any) -> None:
        """Takes a module, and what it imports, for reached.

        Args:
            tree: Its `ast.Module`.
            file: What it is called in evidence.
            package: The name of its package, for relative imports.
            **how: `is_main` and `aliases`, see `parts_of`.
        """
        self.add_parts(parts_of(tree, **how), file, package)

    def add_parts(self, parts: Iterable[Part], file: str, package: str = "") -> None:
        """As `add`, of a module whose `Part`s are known."""
        self.files.add(file)
        modules = [(parts, file, package, True)]
        while modules:
            for name, certain in sorted(self._module(*modules.pop(0)).items()):
                found = self.own.file_of(name)
                if found is None or str(found) in self.files:
                    continue
                self.files.add(str(found))
                if (found_parts := self._parts_in(found)) is not None:
                    package = name if found.name == "__init__.py" else name.rpartition(".")[0]
                    modules.append((found_parts, str(found), package, certain))

    def has(self, file: str) -> bool:
        """Whether a module is among them."""
        return file in self.files

    def evidence(self) -> list[Evidence]:
        """All `Evidence` until now."""
        unreached = (entry for entries in self._waiting.values() for entry in entries)
        return [*self._found, *(item for entry in unreached for item in _unreached(*entry[:2]))]

    def _module(self, parts, file, package, certain):
        """Enters the parts of a module.

        Returns:
            The names of the modules that what now runs imports, and whether for certain.
        """
        running = []
        for part in parts:
            if part.runs or part.name in self._mentioned:
                running.append((part, file, package, certain and part.name is None))
            else:
                self._waiting[part.name].append((part, file, package))
        return self._run(running)

    def _run(self, running):
        imports: defaultdict[str, bool] = defaultdict(bool)
        while running:
            part, file, package, certain = running.pop(0)
            self.running.add((file, part.line))
            self._found += _evidence(part, file, certain)
            for statement, sure in part.imports:
                for name in imported_names(ast.Module([statement], []), package):
                    imports[name] |= certain and sure
            for name in sorted(part.mentioned - self._mentioned):
                running += [(*entry, False) for entry in self._waiting.pop(name, ())]
            self._mentioned |= part.mentioned
        return imports


def parts_in_file(file: Path) -> list[Part] | None:
    """The `Part`s of an imported module, or None if it cannot be read or parsed."""
    try:
        tree = parse(Path(file).read_bytes())
    except OSError:
        return None
    return None if tree is None else parts_of(tree, is_main=False)


def _evidence(part, file, certain):
    for name, line, sure in part.uses:
        version, known = decided(name)
        first, first_two = name.split(".")[0], ".".join(name.split(".")[:2])
        if version == 1:
            kind = Kind.TF1_AT_IMPORT if certain and sure else Kind.TF1_REACHED
        elif version == 2:
            kind = Kind.TF2_NAME
        elif first_two == "compat.v1":
            kind, known = Kind.KNOWS_TF2, ".".join(name.split(".")[:3])
        elif found := _OF_TF2 & {first, first_two}:
            kind, known = Kind.KNOWS_TF2, found.pop()
        else:
            continue
        yield Evidence(kind, f"tf.{known}", file, line)


def _unreached(part, file):
    for item in _evidence(part, file, False):
        is_tf1 = item.kind is Kind.TF1_REACHED
        yield dataclasses.replace(item, kind=Kind.TF1_UNREACHED) if is_tf1 else item
