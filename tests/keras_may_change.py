"""The tests that TF_USE_LEGACY_KERAS may change: those that reach `tf.keras`, which it chooses.

The package stands on tf_keras, by that name, whatever the variable says; so most tests never see
what it changes. Of the two runs on a TensorFlow, one with it unset and one with it set, one runs
everything and the other, by `--only-what-keras-may-change`, the modules below: the second on the
newest TensorFlow, and the first on 2.16. So each test still runs on both, and once with each
setting. That no other module reaches `tf.keras`, tests/test_keras_may_change.py checks.
"""

from pathlib import Path

TESTS = Path(__file__).parent

PATTERNS = (
    # Programs of all kinds, in processes of their own.
    "runner/*.py",
    "examples/*.py",
    "packaging/*.py",
    # Names of `tf.keras` in the namespace.
    "compat/test_install.py",
    "compat/test_names.py",
    "compat/test_tf1_only_names.py",
    # Classes of every Keras.
    "keras_models/*.py",
    "keras_bridge/test_[!g]*.py",
    "test_optimizers*.py",
    # They need not be here. If the variable changes what nobody thinks of, they are to show it.
    "canned/test_estimators.py",
    "estimator/test_golden.py",
    "export/*.py",
    "test_*.py",
)


def keras_may_change(module: Path) -> bool:
    """Whether a test module, given by its absolute path, is one of them."""
    if not module.is_relative_to(TESTS):
        return False
    path = module.relative_to(TESTS)
    # match() would take a pattern without a folder for one of any folder.
    return any(
        path.match(pattern) and len(path.parts) == pattern.count("/") + 1 for pattern in PATTERNS
    )
