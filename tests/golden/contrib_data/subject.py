"""`tf.contrib.data`: transformations, sources, and mistakes."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import datasets, errors

SUBJECT = Subject(
    name="contrib_data",
    cases=dict(by_id("datasets", datasets.CASES), **by_id("errors", [], errors.CASES)),
    ask=ask_in_folder,
    original=lambda: tf.contrib.data,
    releases=("1.15",),
    form=BY_LINE,
)
