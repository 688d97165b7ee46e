"""The Python programs that tests run in processes of their own: their environment, and forks."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]

# Keras imports matplotlib, pandas, scipy and scikit-learn where it finds them, and that is nearly
# half of the time of `import tensorflow`. In this folder it finds that they are not installed.
WITHOUT_EXTRAS = Path(__file__).with_name("left_out") / "site-packages"

# Its sitecustomize keeps Python from collecting garbage during `import tensorflow`, and at the end
# of the program too where this variable is set.
QUICK_START = Path(__file__).with_name("quick_start") / "site-packages"
LEAVE_GARBAGE_AT_EXIT = "LEAVE_GARBAGE_AT_EXIT"


def environment(
    variables: Mapping[str, str | None] | None = None, with_extras: bool = False
) -> dict[str, str]:
    """The environment of a program, with the package importable from the checkout.

    Args:
        variables: Are added to those of this process; None takes a variable out.
        with_extras: Whether the program may import what the extra `demo` and pandas install.
            Otherwise it runs as where they are not installed, and starts sooner.
    """
    merged = {**os.environ, "PYTHONPATH": str(CHECKOUT), "TF_CPP_MIN_LOG_LEVEL": "2"}
    merged.update(variables or {})
    kept = {name: value for name, value in merged.items() if value is not None}
    folders = [kept.get("PYTHONPATH"), str(QUICK_START)]
    if not with_extras:
        folders.append(str(WITHOUT_EXTRAS))
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, folders))
    return kept


class Forks:
    """A process that has imported TensorFlow, and runs command lines of Python in forks."""

    def __init__(self):
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process:
            self._process.stdin.close()
            self._process.wait()

    def run(self, arguments, environment, folder, input=None):
        """What `python ARGUMENTS` answers, as a `subprocess.CompletedProcess`."""
        if not self._process:  # where no test asks, none is started
            self._process = start_forks()
        request = {
            "arguments": arguments,
            "environment": environment,
            "folder": folder,
            "input": input,
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(arguments, *answer)


def start_forks():
    program = Path(__file__).with_name("fork_of_python.py")
    return subprocess.Popen(
        [sys.executable, program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
