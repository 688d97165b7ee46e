"""`tf.contrib.feature_column`: columns of sequences, and mistakes."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import columns, errors

SUBJECT = Subject(
    name="contrib_feature_column",
    cases=dict(by_id("columns", columns.CASES), **by_id("errors", [], errors.CASES)),
    ask=ask_in_folder,
    original=lambda: tf.contrib.feature_column,
    releases=("1.15",),
    form=BY_LINE,
)
