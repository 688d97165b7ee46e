"""RunConfigs under many values of TF_CONFIG, and of their arguments."""

import tensorflow as tf

from tests.golden.recording import BY_KIND
from tests.golden.subject import Subject

from .cases import CASES, ask

SUBJECT = Subject(
    name="run_config",
    cases=CASES,
    ask=ask,
    original=lambda: tf.estimator.RunConfig,
    releases=("2.15", "1.15"),
    form=BY_KIND,
)
