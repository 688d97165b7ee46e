"""Measures what `import estimator_heads` adds to `import tensorflow`.

    python benchmarks/import_time.py --runs 7

Each run is a fresh process. The bound that the project promises is 0.15 s on top of TensorFlow.
"""

import argparse
import json
import statistics
import subprocess
import sys

BOUND_SECONDS = 0.15
TIMED_IMPORTS = """
import json, time
start = time.perf_counter()
import tensorflow
middle = time.perf_counter()
import estimator_heads
end = time.perf_counter()
print(json.dumps([tensorflow.__version__, middle - start, end - middle]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7, help="processes to measure (default: 7)")
    runs = parser.parse_args().runs

    measured = [timed_imports() for _ in range(runs + 1)][1:]  # the first fills the file cache
    version = measured[0][0]
    tensorflow_seconds = statistics.median(seconds for _, seconds, _ in measured)
    added = [seconds for *_, seconds in measured]
    print(f"TensorFlow {version}, Python {sys.version.split()[0]}, median of {runs} processes")
    print(f"  import tensorflow       {tensorflow_seconds:.3f} s")
    print(
        f"  import estimator_heads  {statistics.median(added):.3f} s more "
        f"(from {min(added):.3f} to {max(added):.3f}; "
        f"{statistics.median(added) / tensorflow_seconds:.1%} of TensorFlow's; "
        f"bound {BOUND_SECONDS} s)"
    )


def timed_imports() -> tuple[str, float, float]:
    """Returns TensorFlow's version, its import's seconds and the seconds this package adds."""
    result = subprocess.run(
        [sys.executable, "-c", TIMED_IMPORTS], check=True, capture_output=True, text=True
    )
    return tuple(json.loads(result.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
