"""Run by test_import_paths.py: imports each legacy path in each form, from a fresh installation.

    python import_forms.py FILE...

Prints a JSON list of [statement that failed or gave something else, what it gave]. After each form
`uninstall()` takes everything off again, so that no form finds what another has imported.
"""

import json
import re
import sys
import types

import tensorflow as tf

from estimator_heads.compat import errors, kinds, names
from estimator_heads.compat.install import install, uninstall

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


def outcome(source):
    """What `source` binds to `found`, or the error that it raises."""
    scope = {}
    install()
    try:
        exec(source, scope)
    except Exception as error:
        return error
    finally:
        uninstall()
    return scope["found"]


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


def star_import_is_right(path):
    """`from path import *` binds the public served names, and no others of the table."""
    scope = {}
    install()
    try:
        exec(f"from {path} import *", scope)
        rows = names.find_module(path).rows
        served = {name: e for name, e in rows.items() if isinstance(e, kinds.Served)}
        unserved = set(rows) - set(served)
        return not unserved & set(scope) and all(
            scope[name] is entry.load() for name, entry in served.items() if name[0] != "_"
        )
    finally:
        uninstall()


def wrong_forms(statement):
    """The forms of one statement that give something else than the table says."""
    path = legacy_path(statement)
    entry = names.find(path)
    is_module = isinstance(entry, names.Module)
    if "." in path:
        sources = list(forms(path, is_module))
    else:
        sources = [f"import {path} as found", f"import {path}; found = {path}"]
    for source in sources:
        found = outcome(source)
        if not expected(path, entry, found):
            yield source, repr(found)
    if is_module and not star_import_is_right(path):
        yield f"from {path} import *", "other names than the table has"


def main():
    wrong = []
    for file in sys.argv[1:]:
        with open(file) as statements:
            for statement in statements.read().splitlines():
                wrong += wrong_forms(statement)
    left = [name for name in sys.modules if names.is_legacy(name)]
    if left or hasattr(tf, "estimator") or hasattr(tf, "contrib"):
        wrong.append(["after uninstall()", repr(left)])
    print(json.dumps(wrong))


if __name__ == "__main__":
    main()
