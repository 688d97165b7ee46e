"""What a program reaches from its start, and the evidence that is found on the way."""

import ast
import dataclasses
from collections import defaultdict
from pathlib import Path

from estimator_heads.runner.evidence import Evidence, Kind
from estimator_heads.runner.module_parts import parts_of
from estimator_heads.runner.own_modules import imported_names, parse
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
    """

    def __init__(self, own, evidence=()):
        self.own = own
        self._found = list(evidence)
        self._files = set()
        self._mentioned = {"main"}  # by tf.app.run()
        self._waiting = defaultdict(list)  # from a name to what runs when it is mentioned

    def add(self, tree, file, package="", **how):
        """Takes a module, and what it imports, for reached.

        Args:
            tree: Its `ast.Module`.
            file: What it is called in evidence.
            package: The name of its package, for relative imports.
            **how: `is_main` and `aliases`, see `parts_of`.
        """
        self._files.add(file)
        modules = [(tree, file, package, True, how)]
        while modules:
            for name, certain in sorted(self._module(*modules.pop(0)).items()):
                found = self.own.file_of(name)
                if found is None or str(found) in self._files:
                    continue
                self._files.add(str(found))
                if (tree := _parse_file(found)) is not None:
                    package = name if found.name == "__init__.py" else name.rpartition(".")[0]
                    modules.append((tree, str(found), package, certain, {"is_main": False}))

    def has(self, file):
        """Whether a module is among them."""
        return file in self._files

    def evidence(self):
        """All `Evidence` until now."""
        unreached = (entry for entries in self._waiting.values() for entry in entries)
        return [*self._found, *(item for entry in unreached for item in _unreached(*entry[:2]))]

    def _module(self, tree, file, package, certain, how):
        """Enters the parts of a module.

        Returns:
            The names of the modules that what now runs imports, and whether for certain.
        """
        running = []
        for part in parts_of(tree, **how):
            if part.runs or part.name in self._mentioned:
                running.append((part, file, package, certain and part.name is None))
            else:
                self._waiting[part.name].append((part, file, package))
        return self._run(running)

    def _run(self, running):
        imports = defaultdict(bool)
        while running:
            part, file, package, certain = running.pop(0)
            self._found += _evidence(part, file, certain)
            for statement, sure in part.imports:
                for name in imported_names(ast.Module([statement], []), package):
                    imports[name] |= certain and sure
            for name in part.mentioned - self._mentioned:
                running += [(*entry, False) for entry in self._waiting.pop(name, ())]
            self._mentioned |= part.mentioned
        return imports


def _parse_file(file):
    try:
        return parse(Path(file).read_bytes())
    except OSError:
        return None


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
