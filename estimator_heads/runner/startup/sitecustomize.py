"""Python imports this as it starts, if PYTHONPATH names this folder: the runner takes over.

The process becomes `estimator-heads run` for the same program, with the options that stand in
ESTIMATOR_HEADS_OPTIONS. It stays the same process: its id, open files and working folder are kept,
and so are the options of Python. This file is read by every Python there is, older ones included.
"""

import os
import sys

# Python's own options; those with a colon have a value.
_FLAGS = "bBc:dEhiIm:OPqsStuvVW:xX:?"
_LONG_FLAGS = ["check-hash-based-pycs="]


def _program():
    """The options of Python and the program, as the runner takes it; None to let it be."""
    import getopt

    arguments = sys.argv[1:]
    before = sys.orig_argv[1 : len(sys.orig_argv) - len(arguments)]
    flags, script = getopt.getopt(before, _FLAGS, _LONG_FLAGS)
    if script:
        name = os.path.basename(script[0])
        program = script if script == ["-"] else ["--"] + script
        is_left_alone = name.startswith("estimator-heads")  # the runner is there
    elif flags and flags[-1][0] in ("-m", "-c"):
        program = list(flags.pop())
        # Either the runner is there, or the session comes with what multiprocessing sends.
        is_left_alone = program[1] == "estimator_heads" or "from multiprocessing" in program[1]
    else:
        is_left_alone = True  # an interactive Python
    if is_left_alone:
        return None
    options = [word for flag in flags for word in flag if word]
    return options, program + arguments


def _run_by_the_runner():
    import importlib.util
    import shlex

    if importlib.util.find_spec("estimator_heads") is None:  # a Python of another environment
        return
    found = _program()
    if found is None:
        return
    options, program = found
    ours = shlex.split(os.environ.get("ESTIMATOR_HEADS_OPTIONS", ""))
    command = [sys.executable] + options + ["-m", "estimator_heads", "run"] + ours + program
    os.execv(sys.executable, command)


def _run_the_next_sitecustomize():
    from importlib.machinery import PathFinder

    folder = os.path.dirname(os.path.abspath(__file__))
    path = [entry for entry in sys.path if os.path.abspath(entry) != folder]
    spec = PathFinder.find_spec("sitecustomize", path)
    if spec is not None and spec.loader is not None:
        import importlib.util

        sys.modules["sitecustomize"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["sitecustomize"])


if __name__ == "sitecustomize":  # and not imported from the package, by its full name
    if hasattr(sys, "orig_argv") and os.name == "posix":
        _run_by_the_runner()
    _run_the_next_sitecustomize()
