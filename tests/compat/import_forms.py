"""Run by test_import_paths.py: imports each legacy path in each form, each in a fresh process.

    python import_forms.py [--together] FILE...

With `--together` there is a fresh process for each path, which tries the forms one by one.
Prints a JSON list of [statement that failed or gave something else, what it gave]. This process
imports TensorFlow and calls `install()`, nothing more, and then forks for each statement: so each
is the first that its process runs after `install()`. A fork of TensorFlow is sound as long as
nothing was run in it.
"""

import functools
import gc
import json
import os
import re
import sys
import types
from pathlib import Path

import tensorflow  # noqa: F401

from estimator_heads.compat.install import install
from estimator_heads.compat.names import errors, kinds
from estimator_heads.compat.names import table as names

_STATEMENT = re.compile(r"from (\S+) import (\S+)|import (\S+)")


def legacy_path(statement):
    """The dotted path that an import statement is about."""
    package, name, module = _STATEMENT.fullmatch(statement).groups()
    return module or (package if name == "*" else f"{package}.{name}")


def forms(path, is_module):
    """Each way to write an import of `path`, as source that binds `found`."""
    above, _, name = path.rpartition(".")
    yield f"from {above} import {name} as found"
    if not path.startswith("tensorflow.keras"):  # a real module, whose own names * would take
        yield f"import {above} as above; found = above.{name}"
    if is_module:
        yield f"import {path} as found"
        yield f"import {path}; found = {path}"


def start(function, *arguments):
    """Calls the function in a fork of this process.

    Returns:
        A function that waits for the answer, a text, and returns it.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        try:
            text = function(*arguments)
        except BaseException as error:
            text = repr(error)
        with open(writing, "w") as answer:
            answer.write(text)
        os._exit(0)
    os.close(writing)

    def finish():
        with open(reading) as answer:
            text = answer.read()
        os.waitpid(process, 0)
        return text

    return finish


def in_fresh_process(function, *arguments):
    """What the function returns in a fork of this process, as text."""
    return start(function, *arguments)()


def outcome(source):
    """What `source` binds to `found`, or the error that it raises."""
    scope = {}
    try:
        exec(source, scope)
    except Exception as error:
        return error
    return scope["found"]


def mistake(source, path, entry):
    """What `source` gives, if that is something else than the table says; otherwise nothing."""
    found = outcome(source)
    return "" if expected(path, entry, found) else repr(found)


def expected(path, entry, found):
    """Whether `found` is what the table says of `path`."""
    if isinstance(entry, names.Module):
        return isinstance(found, types.ModuleType) and found.__path__ == []
    if isinstance(entry, kinds.Served):
        return found is entry.load()
    if isinstance(entry, kinds.Later | kinds.Outside):
        said = str(found)
        # A name of several parts fails at the part that is missing.
        missing = getattr(found, "legacy_name", "")
        return (
            isinstance(found, errors.LegacyNameError)
            and isinstance(found, ImportError | AttributeError)
            and names.canonical(path).startswith(names.canonical(missing))
            and missing in said
            and found.entry.reason in said
            and found.entry.instead in said
        )
    return False


def mistake_of_star_import(source, path):
    """`from path import *` binds the public served names, and no others of the table."""
    scope = {}
    exec(source, scope)
    rows = names.find_module(path).rows
    served = {name: e for name, e in rows.items() if isinstance(e, kinds.Served)}
    wrong = [name for name in set(rows) - set(served) if name in scope]
    wrong += [name for name, e in served.items() if name[0] != "_" and scope[name] is not e.load()]
    return " ".join(wrong)


def trials(statement):
    """What to try of one statement: the source, and a function that returns its mistake."""
    path = legacy_path(statement)
    entry = names.find(path)
    is_module = isinstance(entry, names.Module)
    if "." in path:
        sources = list(forms(path, is_module))
    else:
        sources = [f"import {path} as found", f"import {path}; found = {path}"]
    for source in sources:
        yield source, functools.partial(mistake, source, path, entry)
    if is_module:
        source = f"from {path} import *"
        yield source, functools.partial(mistake_of_star_import, source, path)


def wrong_forms(statement):
    """The forms of one statement that give something else than the table says, as text."""
    tried = [[source, in_fresh_process(check)] for source, check in trials(statement)]
    return json.dumps([[source, found] for source, found in tried if found])


def wrong_forms_together(statement):
    """The same, with all forms in this process."""
    tried = [[source, check()] for source, check in trials(statement)]
    return json.dumps([[source, found] for source, found in tried if found])


def report(statements, together):
    """The wrong forms of all the statements, as text."""
    wrong = []
    for statement in statements:
        if together:
            answer = in_fresh_process(wrong_forms_together, statement)
        else:
            answer = wrong_forms(statement)
        wrong += json.loads(answer)
    return json.dumps(wrong)


def main():
    together, files = "--together" in sys.argv, [file for file in sys.argv[1:] if file[0] != "-"]
    install()
    gc.freeze()  # What forks do not touch, they need not copy.
    statements = [line for file in files for line in Path(file).read_text().splitlines()]
    number = os.cpu_count() or 1
    finishes = [start(report, statements[first::number], together) for first in range(number)]
    print(json.dumps([wrong for finish in finishes for wrong in json.loads(finish())]))


if __name__ == "__main__":
    main()
