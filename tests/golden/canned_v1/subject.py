"""The canned estimators of TF1."""

import types

import tensorflow as tf

from tests.golden.canned import asking, files
from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from .cases import CASES


def original_api():
    """The names of TF 1.15 that the cases use."""
    estimator = tf.compat.v1.estimator
    from tensorflow_estimator.python.estimator.canned import head

    names = {name: getattr(estimator, name) for name in dir(estimator)}
    names.update((name, getattr(head, name)) for name in dir(head) if "_head" in name)
    return types.SimpleNamespace(is_original=True, **names)


def ask(named_case, api):
    """Records the files of a case first, if the implementation is the original."""
    case_id, case = named_case
    if hasattr(api, "is_original"):
        files.record("canned_v1", "1.15", case_id, case, api)
    # TF 1.15 makes other numbers of a seed, since it counts other operations.
    folder = files.checkpoint_folder("canned_v1", "1.15", case_id)
    return asking.ask(case, api, folder, seeded=False)


SUBJECT = Subject(
    name="canned_v1",
    cases={case_id: (case_id, case) for case_id, case in CASES.items()},
    ask=ask,
    original=original_api,
    releases=("1.15",),
    form=BY_FIELD,
)
