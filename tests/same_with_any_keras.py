"""The tests that the setting of TF_USE_LEGACY_KERAS cannot change, and why.

Of the two runs on a TensorFlow, one with it unset and one with it set, one leaves them out by
`--only-what-keras-may-change`: the second on the newest TensorFlow, and the first on 2.16. So each
test still runs on both, and once with each setting.
"""

from pathlib import Path

TESTS = Path(__file__).parent

# Thousands of recorded numbers, most of the time of a run.
GOLDENS = ("heads/test_golden.py", "compat/*_golden.py")

# Their models are of tf.compat.v1 alone, and what is tested is the Estimator around them.
WITHOUT_KERAS = (
    "estimator/test_cluster.py",
    "estimator/test_early_stopping.py",
    "estimator/test_faults.py",
    "estimator/test_global_steps.py",
    "estimator/test_golden.py",
    "estimator/test_hook_schedule.py",
    "estimator/test_hooks.py",
    "estimator/test_loops.py",
    "estimator/test_model_dir.py",
    "estimator/test_model_dir_while_training.py",
    "estimator/test_odd_folder_names.py",
    "estimator/test_step_loop.py",
    "estimator/test_train_and_evaluate.py",
    "estimator/test_train_and_evaluate_golden.py",
    "estimator/test_warm_start.py",
)

# They set the variable themselves, for each of their programs.
SET_IT_THEMSELVES = ("compat/test_import_paths.py",)

PATTERNS = GOLDENS + WITHOUT_KERAS + SET_IT_THEMSELVES


def is_same_with_any_keras(module: Path) -> bool:
    """Whether a test module, given by its absolute path, is one of them."""
    if not module.is_relative_to(TESTS):
        return False
    return any(module.relative_to(TESTS).match(pattern) for pattern in PATTERNS)
