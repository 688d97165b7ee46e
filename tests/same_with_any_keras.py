"""The tests that the setting of TF_USE_LEGACY_KERAS cannot change, and why.

Of the two runs on a TensorFlow, one with it unset and one with it set, one leaves them out by
`--only-what-keras-may-change`: the second on the newest TensorFlow, and the first on 2.16. So each
test still runs on both, and once with each setting.
"""

from pathlib import Path

TESTS = Path(__file__).parent

# Thousands of recorded numbers, most of the time of a run.
GOLDENS = (
    "heads/test_golden.py",
    "compat/*_golden.py",
    "canned/*_golden.py",
    "keras_bridge/test_golden.py",
)

# They set the variable themselves, for each of their programs.
SET_IT_THEMSELVES = ("compat/test_import_paths.py", "examples/test_migrating.py")

PATTERNS = GOLDENS + SET_IT_THEMSELVES


def is_same_with_any_keras(module: Path) -> bool:
    """Whether a test module, given by its absolute path, is one of them."""
    if not module.is_relative_to(TESTS):
        return False
    return any(module.relative_to(TESTS).match(pattern) for pattern in PATTERNS)
