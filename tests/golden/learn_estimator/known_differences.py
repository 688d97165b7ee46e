"""Where the Estimator of `tf.contrib.learn` differs on purpose, and what it does instead."""

from tests.golden.known_differences import Difference, works_instead_of_failing

KNOWN_DIFFERENCES = [
    Difference(
        "What model functions and input functions return",
        works_instead_of_failing,
        ["model_fns/returns_a_spec"],
    ),
    Difference(
        "Evaluation with a Scaffold",
        works_instead_of_failing,
        ["evaluate/scaffold_with_local_init_op"],
    ),
]
