"""`tf.contrib.rnn`: cells, networks, and mistakes."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import cells, errors

SUBJECT = Subject(
    name="contrib_rnn_cells",
    cases=dict(by_id("cells", cells.CASES), **by_id("errors", [], errors.CASES)),
    ask=ask_in_folder,
    original=lambda: tf.contrib.rnn,
    releases=("1.15",),
    form=BY_LINE,
)
