"""Runs mypy over the package, and over programs that use it as its users do.

    python tests/packaging/check_types.py

mypy finds modules by folder, but `compat/` stands beside `estimator_heads/`, within which it is
installed: so it is run over a copy that has both in place. Arguments are passed to mypy.
"""

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
COPY = CHECKOUT / "build" / "types"
PROGRAMS = "typed_programs"  # With the types that their authors expect; nothing runs them.


def main() -> int:
    shutil.rmtree(COPY, ignore_errors=True)
    without_caches = shutil.ignore_patterns("__pycache__")
    package = COPY / "estimator_heads"
    shutil.copytree(CHECKOUT / "estimator_heads", package, ignore=without_caches)
    shutil.copytree(CHECKOUT / "compat", package / "compat", ignore=without_caches)
    shutil.copytree(Path(__file__).with_name(PROGRAMS), COPY / PROGRAMS, ignore=without_caches)
    config = ["--config-file", CHECKOUT / "pyproject.toml"]
    cache = ["--cache-dir", CHECKOUT / ".mypy_cache"]
    checked = ["estimator_heads", PROGRAMS]
    command = [sys.executable, "-m", "mypy", *config, *cache, *sys.argv[1:], *checked]
    result = subprocess.run(command, cwd=COPY, stdout=subprocess.PIPE, text=True)
    report = result.stdout.replace("estimator_heads/compat/", "compat/")
    print(report.replace(PROGRAMS, f"tests/packaging/{PROGRAMS}"), end="")
    return result.returncode


if __name__ == "__main__":
    sys.exit(main())
