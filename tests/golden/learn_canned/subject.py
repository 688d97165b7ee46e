"""The canned estimators of `tf.contrib.learn`."""

import os
import tempfile
import types

from tests.golden.learn_estimator import subject as learn_estimator
from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from . import asking, errors
from .cases import CASES

FOLDER = os.path.dirname(os.path.abspath(__file__))


def original_api():
    """The names of the original that the cases use."""
    from tensorflow.contrib.linear_optimizer.python.sdca_optimizer import SDCAOptimizer

    names = vars(learn_estimator.original_api())
    return types.SimpleNamespace(is_original=True, SDCAOptimizer=SDCAOptimizer, **names)


def _ask(named_case, api):
    """Records the checkpoint of a case first, if the implementation is the original."""
    case_id, case = named_case
    if not isinstance(case, asking.Case):
        with tempfile.TemporaryDirectory() as folder:
            return {"estimator": {"error": errors.kind_of_error(case, api, folder)}}
    checkpoint = os.path.join(FOLDER, "checkpoints", case_id)
    if hasattr(api, "is_original") and not case.afresh:
        with tempfile.TemporaryDirectory() as folder:
            asking.train(case, api, folder)
            asking.keep(folder, checkpoint)
    return asking.ask(case, api, checkpoint)


SUBJECT = Subject(
    name="learn_canned",
    cases={case_id: (case_id, case) for case_id, case in {**CASES, **errors.CASES}.items()},
    ask=_ask,
    original=original_api,
    releases=("1.15",),
    form=BY_FIELD,
)
