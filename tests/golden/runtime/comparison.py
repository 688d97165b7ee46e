"""Runs the cases with this package and compares with the recordings."""

import json
import types
from pathlib import Path

import estimator_heads
from estimator_heads import experimental
from estimator_heads.compat.contrib.estimator import supervised_receivers
from estimator_heads.estimator.schedule import export_garbage, exporters
from estimator_heads.estimator.storage import event_reading as eval_events
from tests.golden.closeness import difference
from tests.golden.estimator.errors import outcome

RELEASES = {
    name: json.loads(Path(__file__).with_name(f"{name}.json").read_text())
    for name in ("tf_2.15", "tf_1.15")
}

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

# What differs from a recording on purpose, with the reason; docs/differences.md says more.
DIFFERENCES = {
    "tf_2.15": {
        "best_after_a_restart": "2.15 forgets the best result at the first export after a restart",
    },
    "tf_1.15": {
        **dict.fromkeys(
            [
                "train_op_adds_two",
                "train_op_adds_two_watched",
                "fetches_advance",
                "fetches_advance_at_times",
                "chief_hook_fetches",
            ],
            "1.15 saves only if the step was due that would come if each added one",
        ),
        "best_in_a_folder_with_evaluations_but_no_exports": "1.15 never exports the first result",
        "best_after_a_restart_with_a_better_result": "1.15 never exports the first result",
        "numpy_in_an_estimator": "TensorFlow derives seeds in another way since 2.x",
        "seeded_operation_after_the_input": "TensorFlow derives seeds in another way since 2.x",
    },
}


def check(kind, case, folder):
    """Asserts that a case returns what the originals returned."""
    result = json.loads(json.dumps(case(API, str(folder))))
    for release, recorded in RELEASES.items():
        found = difference(recorded[kind][case.__name__], result)
        if case.__name__ in DIFFERENCES[release]:
            assert found is not None, f"{release}: the difference has gone; take it off the list"
        else:
            assert found is None, f"{release}: {found}"


def check_mistake(kind, case, folder):
    """Asserts that a mistake raises an error of the originals' type."""
    raised = outcome(case, API, str(folder))
    for release, recorded in RELEASES.items():
        assert raised == recorded[kind][case.__name__], release
