"""Runs the cases with this package and compares with the recordings."""

import types

import estimator_heads
from estimator_heads import experimental
from estimator_heads.compat.contrib.estimator import supervised_receivers
from estimator_heads.estimator.schedule import export_garbage, exporters
from estimator_heads.estimator.storage import event_reading as eval_events
from tests.golden.conformance import Conformance

from .known_differences import KNOWN_DIFFERENCES
from .subject import SUBJECT

API = types.SimpleNamespace(
    **{name: getattr(estimator_heads, name) for name in estimator_heads.__all__},
    **{name: getattr(experimental, name) for name in experimental.__all__},
    build_supervised_input_receiver_fn_from_input_fn=(
        supervised_receivers.build_supervised_input_receiver_fn_from_input_fn
    ),
    read_eval_metrics=eval_events.read_eval_metrics,
    loss_smaller=exporters.loss_smaller,
    gc=export_garbage,
)
GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES, every_entry_is_needed=True)


def check(kind, case, folder):
    """Fails unless a case returns, or a mistake raises, what it did with the originals."""
    GOLDEN.check(f"{kind}/{case.__name__}", str(folder))
