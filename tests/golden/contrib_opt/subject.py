"""`tf.contrib.opt`: optimizers, and mistakes."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import errors, optimizers

SUBJECT = Subject(
    name="contrib_opt",
    cases=dict(by_id("optimizers", optimizers.CASES), **by_id("errors", [], errors.CASES)),
    ask=ask_in_folder,
    original=lambda: tf.contrib.opt,
    releases=("1.15",),
    form=BY_LINE,
)
