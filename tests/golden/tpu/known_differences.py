"""Where TPUEstimator differs on purpose, and what it does instead."""

from tests.golden.known_differences import (
    Difference,
    answers_with,
    as_in_the_foremost_release,
)


def _without_the_graph_for_tpus(asked):
    cpu, _ = asked.expected
    return asked.ours == [cpu]


KNOWN_DIFFERENCES = [
    Difference(
        "Exports of a TPUEstimator", _without_the_graph_for_tpus, ["exports/graph_for_tpus_too"]
    ),
    Difference(
        "TPUEstimatorSpec",
        answers_with(["first"]),
        ["specs/two_specs_at_a_time"],
        releases=("2.15",),
    ),
    Difference(
        "Smaller things of TPUEstimator",
        answers_with("ValueError"),
        ["errors/without_model_fn", "errors/model_fn_that_returns_nothing"],
    ),
    Difference(
        "Where the originals differ from each other",
        as_in_the_foremost_release,
        ["heads/multi_label_head"],
        releases=("1.15",),
    ),
    Difference(
        "Smaller things",
        as_in_the_foremost_release,
        ["programs/seeded_model"],
        releases=("1.15",),
    ),
]
