"""Runs an example of a library, and compares what it prints with a recorded run.

python tests/libraries/check.py ranking_dnn       for examples/libraries/ranking_dnn.py

Where each recording comes from is said in docs/libraries.md.
"""

import json
import math
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).parents[2]
TOLERANCE = 1e-5


def differences(found, expected, where="results"):
    """One line for each place where the two differ."""
    if isinstance(found, dict) and isinstance(expected, dict) and found.keys() == expected.keys():
        pairs = [(found[key], expected[key], f"{where}[{key!r}]") for key in expected]
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        pairs = [
            (*pair, f"{where}[{i}]") for i, pair in enumerate(zip(found, expected, strict=True))
        ]
    elif isinstance(found, float) and isinstance(expected, float):
        if not math.isclose(found, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            yield f"{where}: {found}, recorded {expected}"
        return
    else:
        if found != expected:
            yield f"{where}: {found!r}, recorded {expected!r}"
        return
    for pair in pairs:
        yield from differences(*pair)


def main(name):
    script = REPOSITORY / "examples" / "libraries" / f"{name}.py"
    expected = json.loads((REPOSITORY / "tests" / "libraries" / f"{name}.json").read_text())
    printed = subprocess.run(
        [sys.executable, "-m", "estimator_heads", "run", str(script)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    # Libraries print notices of their own before the results.
    found = json.loads(printed[printed.index("{\n") :])
    lines = list(differences(found, expected))
    if lines:
        sys.exit("\n".join(lines))
    print(f"{name}: as recorded")


if __name__ == "__main__":
    main(sys.argv[1])
