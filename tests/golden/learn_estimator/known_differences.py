"""Where the Estimator of `tf.contrib.learn` differs on purpose, and what it does instead."""

from tests.golden.known_differences import (
    Difference,
    agree,
    answers_with,
    works_instead_of_failing,
)


def _without_images(events):
    return [event for event in events if event[1] != "image"]


KNOWN_DIFFERENCES = [
    Difference(
        "What model_fn and input_fn return",
        works_instead_of_failing,
        ["model_fns/returns_a_spec"],
    ),
    Difference(
        "What model_fn and input_fn return",
        answers_with("TypeError"),
        ["errors/input_fn_returns_a_tensor"],
    ),
    Difference(
        "What model_fn and input_fn return",
        answers_with("ValueError"),
        ["errors/export_without_default_inputs"],
    ),
    Difference(
        "Evaluation with a Scaffold",
        works_instead_of_failing,
        ["evaluate/scaffold_with_local_init_op"],
    ),
    Difference(
        "Predictions of an array, not as_iterable",
        lambda asked: agree({"double": asked.expected["double"]}, asked.ours),
        ["predict/outputs_of_an_array_at_once"],
    ),
    Difference(
        "Summaries as metrics",
        lambda asked: agree(_without_images(asked.ours), asked.expected),
        ["evaluate/metric_of_an_image"],
    ),
    Difference(
        "Monitors that are not hooks",
        answers_with("TypeError"),
        ["errors/monitor_of_other_type"],
    ),
    Difference(
        "A file in the place of a folder",
        answers_with("ModelDirIsFileError"),
        ["errors/model_dir_is_a_file"],
    ),
    Difference(
        "TF_CONFIG",
        answers_with(
            {
                "task_type": "chief",
                "is_chief": False,
                "cluster_spec": {"chief": ["host0:1"]},
            }
        ),
        ["environments/single_chief_sparse"],
    ),
]
