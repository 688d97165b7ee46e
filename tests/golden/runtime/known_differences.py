"""Where what surrounds an Estimator differs on purpose, and what it does instead."""

from tests.golden.known_differences import Difference, as_in_the_foremost_release, differs

KNOWN_DIFFERENCES = [
    # What it does instead is what TF 1.15 does in this case.
    Difference(
        "BestExporter after a restart",
        differs,
        ["exporters/best_after_a_restart"],
        releases=("2.15",),
    ),
    Difference(
        "BestExporter after a restart",
        as_in_the_foremost_release,
        [
            "exporters/best_in_a_folder_with_evaluations_but_no_exports",
            "exporters/best_after_a_restart_with_a_better_result",
        ],
        releases=("1.15",),
    ),
    Difference(
        "The loop",
        as_in_the_foremost_release,
        [
            "global_steps/train_op_adds_two",
            "global_steps/train_op_adds_two_watched",
            "global_steps/fetches_advance",
            "global_steps/fetches_advance_at_times",
            "global_steps/chief_hook_fetches",
        ],
        releases=("1.15",),
    ),
    Difference(
        "Smaller things",
        as_in_the_foremost_release,
        ["inputs/numpy_in_an_estimator", "inputs/seeded_operation_after_the_input"],
        releases=("1.15",),
    ),
]
