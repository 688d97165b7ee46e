"""`tf.contrib.distribute`: strategies on the CPU, and mistakes."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import errors, strategies

SUBJECT = Subject(
    name="contrib_distribute",
    cases=dict(by_id("strategies", strategies.CASES), **by_id("errors", [], errors.CASES)),
    ask=ask_in_folder,
    original=lambda: tf.contrib.distribute,
    releases=("1.15",),
    form=BY_LINE,
)
