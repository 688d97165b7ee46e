"""The path by which a program asks for a legacy name, so that an error can name it so.

Copies of a tree share their modules (see `table.py`): a module does not know by which path it was
reached. The bytecode of the program does, of `tf.contrib.learn.python.learn.Experiment` as of
`from tensorflow.python.estimator.training import train_and_evaluate`.
"""

from __future__ import annotations

import dis
import linecache
import os
import sys
import types

import estimator_heads
from estimator_heads import compat
from estimator_heads.compat.install.callers import (
    ATTRIBUTE,
    instructions_of,
    instructions_until_now,
    running_operation,
)
from estimator_heads.compat.names import table
from estimator_heads.compat.tf1.rewriting import VIEW

_OURS = [os.path.join(folder, "") for folder in (*estimator_heads.__path__, *compat.__path__)]
_NOT_THE_PROGRAM = (*_OURS, "<frozen importlib")


def written_path(path: str) -> str:
    """How the running program asks for a legacy name.

    Args:
        path: The dotted path that was asked for, or one that shares its module.

    Returns:
        The path as the program writes it, except that it begins with `tensorflow`, however the
        program calls that. `path` where the code does not tell, as in a call of `getattr`.
    """
    module, _, name = path.rpartition(".")
    if table.canonical(module).endswith(".keras.estimator"):
        return path  # one module, below whichever `keras` it is asked for
    frame = _frame_of_the_program()
    operation = running_operation(frame)
    if operation == "IMPORT_NAME":
        imported = instructions_until_now(frame)[-1].argval
        if table.canonical(imported) == table.canonical(module):  # from ... import name
            module = imported
        return _before_rewriting(f"{module}.{name}", frame)
    if operation in ATTRIBUTE:
        *before, last = instructions_until_now(frame)
        if last.argval == name:
            module = _module_of_expression(before, frame) or module
    return f"{module}.{name}"


def _frame_of_the_program():
    frame = sys._getframe(1)
    while frame.f_back and frame.f_code.co_filename.startswith(_NOT_THE_PROGRAM):
        frame = frame.f_back
    return frame


def _module_of_expression(instructions, frame):
    """The path of `a.b.c`, which the last instructions load, if `a` is TensorFlow or below it."""
    attributes: list[str] = []
    while instructions and instructions[-1].opname in ATTRIBUTE:
        attributes.insert(0, instructions.pop().argval)
    variable = instructions[-1].argval if instructions else None
    if isinstance(variable, tuple):  # 3.13 loads two variables at once
        variable = variable[-1]
    root = frame.f_locals.get(variable, frame.f_globals.get(variable))
    if not isinstance(root, types.ModuleType):
        return None
    path = root.__name__.replace("tensorflow._api.v2", "tensorflow")
    if table.is_legacy(path):
        path = _import_of(variable, path, frame) or path
    path = ".".join([path, *attributes])
    return path if table.is_legacy(path) else None


def _import_of(variable, path, frame):
    """The path in the import statement that gave a variable the legacy module `path`.

    It is looked for in the function of the frame, and in the module if that is still running.
    """
    own = frame.f_globals
    while frame is not None:
        for found in _imports(frame.f_code, variable) if frame.f_globals is own else ():
            view, _, below = found.partition(".")
            if view == VIEW:
                return f"tensorflow.{below}"
            if table.canonical(found) == path:
                return found
        frame = frame.f_back
    return None


def _imports(code, variable):
    """The paths of `from a import b as variable` and `import a.b as variable` in a code object."""
    module = path = fromlist = None
    last: dis.Instruction | None = None
    for instruction in instructions_of(code):
        if last and instruction.opname == "IMPORT_NAME":
            module, fromlist = instruction.argval, last.argval
        elif instruction.opname == "IMPORT_FROM":
            path = f"{module}.{instruction.argval}" if fromlist else module
        elif last and last.opname == "IMPORT_FROM" and instruction.argval == variable:
            yield path
        last = instruction


def _before_rewriting(path, frame):
    """The path in the source of an import, which is a shorter one in TF1 source."""
    module = path.rpartition(".")[0]
    in_source = module.replace(".compat.v1", "", 1)
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno, frame.f_globals)
    rewritten = in_source in line and module not in line
    return path.replace(".compat.v1", "", 1) if rewritten else path
