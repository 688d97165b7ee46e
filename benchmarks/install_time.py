"""Measures what `estimator_heads.install()` costs, and which modules it makes Python load.

    python benchmarks/install_time.py --runs 7

Each run is a fresh process that has imported tensorflow and estimator_heads. The bound that the
project promises is 0.1 s, and no module of TensorFlow or Keras.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

BOUND_SECONDS = 0.1
TIMED_INSTALL = """
import json, sys, time
import tensorflow, estimator_heads
loaded = set(sys.modules)
start = time.perf_counter()
install = estimator_heads.install
imported = time.perf_counter()
install()
end = time.perf_counter()
print(json.dumps({
    "tensorflow": tensorflow.__version__,
    "import": imported - start,
    "install": end - imported,
    "modules": sorted(
        name
        for name in set(sys.modules) - loaded
        if "estimator_heads" not in f"{name} {type(sys.modules[name]).__module__}"
    ),
}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7, help="processes to measure (default: 7)")
    runs = parser.parse_args().runs

    measured = [timed_install() for _ in range(runs + 1)][1:]  # the first fills the file cache
    both = [run["import"] + run["install"] for run in measured]
    keras = "legacy Keras" if os.environ.get("TF_USE_LEGACY_KERAS") == "1" else "Keras 3"
    print(
        f"TensorFlow {measured[0]['tensorflow']}, {keras}, Python {sys.version.split()[0]}, "
        f"median of {runs} processes"
    )
    for part in ("import", "install"):
        print(f"  {part:8}{statistics.median(run[part] for run in measured) * 1e3:6.1f} ms")
    print(
        f"  both    {statistics.median(both) * 1e3:6.1f} ms (from {min(both) * 1e3:.1f} to "
        f"{max(both) * 1e3:.1f}; bound {BOUND_SECONDS * 1e3:.0f} ms)"
    )
    print(f"  modules loaded, other than ours: {', '.join(measured[0]['modules']) or 'none'}")


def timed_install() -> dict:
    """Returns the seconds that importing and calling `install` take, and the modules loaded."""
    result = subprocess.run(
        [sys.executable, "-c", TIMED_INSTALL], check=True, capture_output=True, text=True
    )
    return json.loads(result.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
