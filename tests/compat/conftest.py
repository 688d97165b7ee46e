"""Fixtures of the tests of the legacy names."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.programs import environment


@pytest.fixture(scope="session")
def run_after_tensorflow():
    """Runs a program in a process that has imported TensorFlow, and nothing else.

    Returns:
        A function of the source, which must succeed, that returns `stdout` and `stderr`.
    """
    command = [sys.executable, str(Path(__file__).with_name("fork_server.py"))]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment(), **pipes) as server:

        def run(source):
            server.stdin.write(json.dumps(source) + "\n")
            server.stdin.flush()
            status, stdout, stderr = json.loads(server.stdout.readline())
            assert status == 0, f"{stdout}\n{stderr}"
            return SimpleNamespace(stdout=stdout, stderr=stderr)

        yield run
        server.stdin.close()
