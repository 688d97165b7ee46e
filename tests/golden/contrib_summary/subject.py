"""`tf.contrib.summary`: event files, conditions, and mistakes."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import errors, programs

SUBJECT = Subject(
    name="contrib_summary",
    cases=dict(by_id("programs", programs.CASES), **by_id("errors", [], errors.CASES)),
    ask=ask_in_folder,
    original=lambda: tf.contrib.summary,
    releases=("1.15",),
    form=BY_LINE,
)
