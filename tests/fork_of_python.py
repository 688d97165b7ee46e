"""Run by programs.py: runs command lines of Python, each in a fork of this process.

    python fork_of_python.py

A fork does not see TensorFlow in `sys.modules`; its first import of it takes what this process has
imported. So a program is run as by `python` itself, but for the seconds of that import. A fork of
TensorFlow is sound as long as nothing was run in it.

Reads a request a line, as JSON: `arguments`, `environment`, `folder` and `input`. Writes a line of
JSON for each: exit status, standard output, standard error.
"""

import gc
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import runpy
import sys
import tempfile
import types

HIDDEN = ("tensorflow", "keras", "tf_keras")


class ImportedBefore(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules that were hidden, and shows all of them when the first is imported."""

    def __init__(self):
        names = [name for name in sys.modules if name.partition(".")[0] in HIDDEN]
        self.modules = {name: sys.modules.pop(name) for name in names}

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self.modules:
            return None
        known = self.modules[fullname].__spec__
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=known.origin)
        spec.submodule_search_locations = known.submodule_search_locations
        return spec

    def create_module(self, spec):
        if spec.name != "tensorflow":
            importlib.import_module("tensorflow")
        module = self.modules[spec.name]
        self.attributes = {name: getattr(module, name) for name in ("__spec__", "__loader__")}
        return module

    def exec_module(self, module):
        vars(module).update(self.attributes)
        if self in sys.meta_path:
            sys.meta_path.remove(self)
            sys.modules.update(self.modules)


def folders_of_python_path():
    return [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]


def request_in_fork(files):
    """Forks for each request; returns in the forks only, with the request."""
    for line in sys.stdin:
        request = json.loads(line)
        for file in files:
            file.seek(0)
            file.truncate()
        files[0].write(request["input"] or "")
        files[0].seek(0)
        process = os.fork()
        if not process:
            return request
        _, ended = os.waitpid(process, 0)
        texts = [(file.seek(0), file.read())[1] for file in files[1:]]
        print(json.dumps([os.waitstatus_to_exitcode(ended), *texts]), flush=True)
    sys.exit()


def become(request, files, path):
    """Makes this process what `python ARGUMENTS` is, and runs what it runs.

    Args:
        request: What is asked.
        files: The standard input, output and error.
        path: What Python has in `sys.path` behind the folders of PYTHONPATH.
    """
    for number, file in enumerate(files):
        os.dup2(file.fileno(), number)
    sys.stdin = open(0, closefd=False)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    os.chdir(request["folder"])
    first, *others = request["arguments"]
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    folder = os.getcwd() if first == "-m" else os.path.dirname(os.path.abspath(first))
    sys.path[:] = [folder, *folders_of_python_path(), *path]
    if first == "-m":
        sys.argv[:] = others
        runpy.run_module(others[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv[:] = [first, *others]
        main.__file__ = first
        with open(first) as file:
            code = compile(file.read(), first, "exec")
        exec(code, vars(main))


if __name__ == "__main__":
    PATH = [entry for entry in sys.path[1:] if entry not in folders_of_python_path()]
    importlib.import_module("tensorflow")
    sys.meta_path.insert(0, ImportedBefore())
    gc.freeze()  # What forks do not touch, they need not copy.
    FILES = [tempfile.TemporaryFile("w+") for _ in range(3)]
    become(request_in_fork(FILES), FILES, PATH)
