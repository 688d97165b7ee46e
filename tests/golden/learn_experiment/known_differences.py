"""Where `Experiment` and what surrounds it differ on purpose, and what they do instead."""

from tests.golden.known_differences import (
    Difference,
    agree,
    answers_with,
    works_instead_of_failing,
)


def _all_work(asked):
    """Around an Estimator of tf.estimator too, as around one of tf.contrib.learn."""
    return agree(asked.expected["learn"], asked.ours["core"]) and agree(
        asked.expected["learn"], asked.ours["learn"]
    )


KNOWN_DIFFERENCES = [
    Difference(
        "Export strategies that fail on Python 3",
        works_instead_of_failing,
        ["exports/best_model_of_an_experiment", "exports/extended_of_an_experiment"],
    ),
    Difference(
        "The best model of earlier evaluations",
        _all_work,
        ["exports/best_model_goes_on"],
    ),
    Difference(
        "GraphDump",
        works_instead_of_failing,
        ["monitors/graph_dump_of_all"],
    ),
    Difference(
        "GraphDump",
        answers_with(True),
        ["monitors/graph_dumps_of_tensors"],
    ),
]
