"""Run by conftest.py: runs programs, each in a fork of this process, which has imported TensorFlow.

    python fork_server.py

Reads a program a line, as a JSON string, and writes a line of JSON for each: its exit status, its
standard output and its standard error. So a test has a fresh process after `import tensorflow`
without waiting for that import. A fork of TensorFlow is sound as long as nothing was run in it.
"""

import json
import os
import sys
import tempfile
import traceback

import tensorflow  # noqa: F401


def run(source, output, errors):
    """Runs a program in this process, which ends with it."""
    os.dup2(output.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    status = 0
    try:
        exec(compile(source, "<program>", "exec"), {"__name__": "__main__"})
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main():
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
            process = os.fork()
            if not process:
                run(json.loads(line), output, errors)
            _, ended = os.waitpid(process, 0)
            texts = [(file.seek(0), file.read())[1] for file in (output, errors)]
        print(json.dumps([os.waitstatus_to_exitcode(ended), *texts]), flush=True)


if __name__ == "__main__":
    main()
