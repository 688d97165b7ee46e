"""The heads `tf.estimator.*Head`, in each way of execution."""

import tensorflow as tf

from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from .cases import CASES
from .runner import EXECUTIONS, run_case


def ask(case, api, executions=None):
    """The answers in the executions that are given, or in all that the TensorFlow at hand has."""
    if executions is None:
        executions = EXECUTIONS if tf.executing_eagerly() else ("graph",)
    return {
        execution: run_case(case, api, execution)
        for execution in executions
        if execution in case.options["executions"]
    }


SUBJECT = Subject(
    name="heads",
    cases={case.id: case for case in CASES},
    ask=ask,
    original=lambda: tf.estimator,
    releases=("2.15", "1.15"),
    form=BY_FIELD,
)
