"""Functions of `tf.contrib.seq2seq`, and mistakes."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import errors, functions

SUBJECT = Subject(
    name="contrib_seq2seq",
    cases=dict(by_id("functions", functions.CASES), **by_id("errors", [], errors.CASES)),
    ask=ask_in_folder,
    original=lambda: tf.contrib.seq2seq,
    releases=("1.15",),
    form=BY_LINE,
)
