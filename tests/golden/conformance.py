"""What the tests of recorded answers ask of them: are ours the same, or differ as is known?"""

import collections
import fnmatch
import functools
import inspect

from .closeness import difference
from .data import Made

NOT_ASKED = "not asked"

# One answer that differs: `recorded` holds all that the oracle was recorded to say.
Asked = collections.namedtuple("Asked", "recorded case_id field expected ours")


class Conformance:
    """Our answers beside the recorded ones.

    Args:
        cases: list of cases.
        recorded: dict from case ids to dicts from fields to answers.
        known_differences: list of `Difference`s.
        answers_of: function from a case to a dict from fields to our answers.
    """

    def __init__(self, cases, recorded, known_differences, answers_of):
        self.case_by_id = {case.id: case for case in cases}
        self.recorded = recorded
        self.known_differences = known_differences
        self._answers_of = functools.cache(lambda case_id: answers_of(self.case_by_id[case_id]))

    def differences(self, case_id):
        """(field, how ours differs, the known differences that allow it), one a difference."""
        expected, ours = self.recorded[case_id], self._answers_of(case_id)
        for field in sorted(set(expected) | set(ours)):
            asked = Asked(
                self.recorded,
                case_id,
                field,
                expected.get(field, NOT_ASKED),
                ours.get(field, NOT_ASKED),
            )
            how = difference(asked.expected, asked.ours)
            if how is not None:
                yield field, how, [e for e in self.known_differences if _allows(e, asked)]

    def check(self, case_id):
        """Fails unless our answers are the recorded ones, or differ as is known."""
        found = self.differences(case_id)
        wrong = [f"{field}: {how}" for field, how, allowed in found if not allowed]
        assert not wrong, "\n".join(wrong)

    def check_known_difference(self, entry, documentation):
        """Fails unless a known difference has a heading in the text, and is there for each case."""
        assert f"# {entry.heading}\n" in documentation
        for pattern in entry.cases:
            found = fnmatch.filter(self.case_by_id, pattern)
            assert any(
                entry in allowed for id_ in found for *_, allowed in self.differences(id_)
            ), f"The oracle and estimator-heads agree on {pattern}: take it out."

    def check_every_argument_has_a_case(self, name, factory):
        """Fails unless each argument of a factory is given in a case, of it or of a multi head."""
        varied = set()
        for case in self.case_by_id.values():
            for used, arguments in _factories_in(case):
                varied |= arguments if used == name else set()
        assert set(inspect.signature(factory).parameters) <= varied


def _allows(entry, asked):
    return (
        asked.field in entry.fields
        and any(fnmatch.fnmatchcase(asked.case_id, pattern) for pattern in entry.cases)
        and entry.allowed(asked)
    )


def _factories_in(case):
    """(factory, arguments) of the case, and of the heads inside it."""
    yield case.factory, set(case.arguments)
    heads = case.arguments.get("heads")
    for head in heads if isinstance(heads, list | tuple) else ():
        if isinstance(head, Made) and head.maker == "head":
            yield head.arguments["kind"], set(head.arguments) - {"kind"}
