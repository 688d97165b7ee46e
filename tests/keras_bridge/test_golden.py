"""What TF 2.15's heads said, and what models of both Keras say with a head's loss and metrics."""

import importlib
import zlib

import pytest

import estimator_heads
from tests.golden.closeness import is_error
from tests.golden.conformance import Conformance
from tests.golden.heads.known_differences import KNOWN_DIFFERENCES
from tests.golden.heads.subject import SUBJECT
from tests.keras_bridge import replay

LIBRARIES = ("keras", "tf_keras")
# What Keras cannot carry, and refuses.
REFUSED = {
    "a loss of features": ("loss_fn_of_3_arguments", "loss_fn_of_optional_reduction"),
    "one Tensor for a MultiHead": ("logits_tensor", "labels_head_unknown"),
}


class KerasConformance(Conformance):
    """What Keras says in eager mode beside what TF 2.15 said."""

    def expected(self, release, case_id):
        """The recorded fields that Keras has too, as if all were of eager mode."""
        if release != "2.15":
            return {}
        recorded = self.recorded[release][case_id]
        # In eager mode, the originals' MultiHead forgets all batches but the last.
        executions = ("graph",) if case_id.startswith("multi/") else ("eager", "graph")
        found = {}
        for execution in executions:
            for field, answer in recorded.get(execution, {}).items():
                if field in replay.FIELDS:
                    found.setdefault(("eager", field), answer)
        return found


GOLDEN = KerasConformance(SUBJECT, estimator_heads, KNOWN_DIFFERENCES)


def is_carried(case):
    refused = [name for names in REFUSED.values() for name in names]
    fields = GOLDEN.expected("2.15", case.id)
    return (
        ("eager", "metric_values") in fields
        and not case.options["raw"]
        and not any(map(is_error, fields.values()))
        and not any(case.id.partition("/")[2].startswith(name) for name in refused)
    )


CASES = [case for case in SUBJECT.cases.values() if is_carried(case)]


def parameters():
    """Each case with one Keras, and the first one of each head with both."""
    for case in CASES:
        number = zlib.crc32(case.id.encode())
        of_both = case.id.endswith("/defaults")
        for library in LIBRARIES if of_both else (LIBRARIES[number % 2],):
            yield pytest.param(case.id, library, id=f"{case.id}-{library}")


@pytest.mark.parametrize(("case_id", "library"), parameters())
def test_same_numbers_as_recorded(case_id, library):
    answers = replay.ask(SUBJECT.cases[case_id], estimator_heads, importlib.import_module(library))
    recorded = GOLDEN.expected("2.15", case_id)
    answers = {field: answers[field] for _, field in recorded}
    # Keras adds a loss of its own, and one of each output.
    of_keras = set(answers["metric_values"]) - set(recorded["eager", "metric_values"])
    assert all(name.endswith("loss") for name in of_keras)
    for name in of_keras:
        del answers["metric_values"][name]
    GOLDEN.check_answer(case_id, {"eager": answers})


def test_every_head_has_many_cases():
    heads = {case.factory for case in CASES}
    assert heads == {case.factory for case in SUBJECT.cases.values()}
    assert len(CASES) > 200
