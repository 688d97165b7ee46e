"""The canned estimators of TF2."""

import types

import tensorflow as tf

from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from . import asking, files
from .cases import CASES


def original_api():
    """The names of TF 2.15 that the cases use."""
    return types.SimpleNamespace(
        **{name: getattr(tf.estimator, name) for name in dir(tf.estimator)},
        optimizers=tf.keras.optimizers.legacy,
        schedules=tf.keras.optimizers.schedules,
        is_original=True,
    )


def ask(named_case, api):
    """Records the files of a case first, if the implementation is the original."""
    case_id, case = named_case
    if hasattr(api, "is_original"):
        files.record("canned", "2.15", case_id, case, api)
    return asking.ask(case, api, files.checkpoint_folder("canned", "2.15", case_id))


SUBJECT = Subject(
    name="canned",
    cases={case_id: (case_id, case) for case_id, case in CASES.items()},
    ask=ask,
    original=original_api,
    releases=("2.15",),
    form=BY_FIELD,
)
