"""Where the Estimator differs on purpose, and what it does instead."""

from tests.golden.known_differences import (
    Difference,
    answers_with,
    as_in_the_foremost_release,
)

KNOWN_DIFFERENCES = [
    Difference(
        "Checkpoints that do not fit",
        answers_with("InvalidArgumentError"),
        [
            "errors/foreign_checkpoint_other_shapes",
            "errors/foreign_checkpoint_in_evaluation",
            "errors/foreign_checkpoint_in_prediction",
        ],
        releases=("2.15",),
    ),
    Difference(
        "Checkpoints that do not fit",
        answers_with("DataLossError"),
        ["errors/truncated_data", "errors/truncated_data_in_evaluation"],
    ),
    Difference(
        "Smaller things",
        answers_with("ValueError"),
        ["errors/predict_output_with_mixed_tuple_key"],
    ),
    Difference(
        "Smaller things",
        as_in_the_foremost_release,
        ["programs/seeded_model"],
        releases=("1.15",),
    ),
    Difference(
        "Where the originals differ from each other",
        as_in_the_foremost_release,
        [
            "programs/checkpoint_files",
            "exports/forgotten_placeholder",
            "errors/eval_output_with_bad_metric",
        ],
        releases=("1.15",),
    ),
]
