"""`tf.contrib.cluster_resolver`, where it needs no service."""

import tensorflow as tf

from tests.golden.folders import ask_in_folder, by_id
from tests.golden.recording import BY_LINE
from tests.golden.subject import Subject

from . import resolvers

SUBJECT = Subject(
    name="contrib_cluster_resolver",
    cases=by_id("resolvers", resolvers.CASES),
    ask=ask_in_folder,
    original=lambda: tf.contrib.cluster_resolver,
    releases=("1.15",),
    form=BY_LINE,
)
