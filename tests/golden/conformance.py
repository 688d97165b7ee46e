"""What the tests of recorded answers ask of them: are ours the same, or differ as is known?"""

import collections
import fnmatch
import functools
import inspect

from .closeness import difference
from .data import Made
from .known_differences import NOT_ASKED, Asked, allows

TOLERANCE = 1e-5


class Conformance:
    """Our answers beside the recorded ones.

    Args:
        subject: A `Subject`.
        api: Our implementation, as the subject asks it.
        known_differences: List of `Difference`s.
        tolerances: Dict from case ids to tolerances, where numbers may differ by more than 1e-5.
        tolerance: What holds for all other cases.
        foremost_is_right: Where the releases differ from each other, only the foremost one counts.
        every_entry_is_needed: `check` fails where a known difference is of a case, and is gone.
    """

    def __init__(
        self,
        subject,
        api,
        known_differences=(),
        *,
        tolerances=None,
        tolerance=TOLERANCE,
        foremost_is_right=False,
        every_entry_is_needed=False,
    ):
        self.subject = subject
        self.recorded = subject.all_recorded()
        self.known_differences = known_differences
        self._tolerances = collections.defaultdict(lambda: tolerance, tolerances or {})
        self._foremost_is_right = foremost_is_right
        self._every_entry_is_needed = every_entry_is_needed
        self.answer = functools.cache(lambda case_id, *how: subject.answer(case_id, api, *how))

    def expected(self, release, case_id, *how):
        """{(execution, field): answer} that was recorded of a release; empty if nothing was."""
        return self.subject.parts(self.recorded[release][case_id])

    def ways(self, case_id, entry):
        """What `differences` is to be given to find those that a known difference is about."""
        return [()]

    def differences(self, case_id, *how):
        """Where our answer to a case differs from what was recorded.

        Args:
            case_id: The case.
            *how: What the subject's `ask` takes beside the case and the implementation.

        Returns:
            List of (where, how they differ, list of the known differences that allow it).
        """
        return self._differences(case_id, self.answer(case_id, *how), *how)

    def _differences(self, case_id, answer, *how):
        found = {}
        ours = self.subject.parts(answer)
        foremost = self.subject.releases[0]
        for release in self.subject.releases:
            expected = self.expected(release, case_id, *how)
            for part in sorted(set(expected) | set(ours)) if expected else ():
                asked = Asked(
                    self.recorded[foremost],
                    case_id,
                    *part,
                    expected.get(part, NOT_ASKED),
                    ours.get(part, NOT_ASKED),
                    release,
                )
                text = difference(asked.expected, asked.ours, self._tolerances[case_id])
                if text is not None and (
                    not self._foremost_is_right or release == foremost or (foremost, *part) in found
                ):
                    allowed_by = [e for e in self.known_differences if allows(e, asked)]
                    found[(release, *part)] = text, allowed_by
        return [(" ".join(filter(None, where)), *rest) for where, rest in sorted(found.items())]

    def check(self, case_id, *how):
        """Fails unless our answer is the recorded one, or differs as is known."""
        self._check(case_id, self.differences(case_id, *how))

    def check_answer(self, case_id, answer):
        """The same for an answer of ours that was come by in another way."""
        self._check(case_id, self._differences(case_id, answer))

    def _check(self, case_id, differences):
        wrong = [f"{where}: {text}" for where, text, allowed_by in differences if not allowed_by]
        assert not wrong, "\n".join(wrong)
        for entry in self.known_differences if self._every_entry_is_needed else ():
            if any(fnmatch.fnmatchcase(case_id, pattern) for pattern in entry.cases):
                needed = any(entry in allowed_by for _, _, allowed_by in differences)
                assert needed, f"{entry.heading}: the difference has gone; take it out."

    def check_every_case_is_recorded(self):
        """Fails unless the recordings hold the cases that there are, and no others."""
        for release, recorded in self.recorded.items():
            differing = sorted(set(self.subject.cases) ^ set(recorded))
            assert not differing, f"{self.subject.name}: record TF {release} again: {differing}"

    def check_is_documented(self, entry, documentation):
        """Fails unless a known difference has a heading in the text, and is of cases that are."""
        assert f"# {entry.heading}\n" in documentation
        for pattern in entry.cases:
            assert fnmatch.filter(self.subject.cases, pattern), f"There is no case {pattern}."

    def check_known_difference(self, entry, documentation):
        """Fails unless a known difference is documented, and still there for each pattern."""
        self.check_is_documented(entry, documentation)
        for pattern in entry.cases:
            assert any(
                entry in allowed_by
                for case_id in fnmatch.filter(self.subject.cases, pattern)
                for how in self.ways(case_id, entry)
                for _, _, allowed_by in self.differences(case_id, *how)
            ), f"The original and estimator-heads agree on {pattern}: take it out."


def check_every_argument_has_a_case(cases, name, factory):
    """Fails unless each argument of a factory is given in a case, of it or of a multi head."""
    assert set(inspect.signature(factory).parameters) <= arguments_given(cases, name)


def arguments_given(cases, name):
    """The arguments that a factory of heads is given in any of the cases."""
    return {
        argument
        for case in cases
        for factory, arguments in _factories_in(case)
        if factory == name
        for argument in arguments
    }


def _factories_in(case):
    """(factory, arguments) of the case, and of the heads inside it."""
    yield case.factory, set(case.arguments)
    heads = case.arguments.get("heads")
    for head in heads if isinstance(heads, (list, tuple)) else ():
        if isinstance(head, Made) and head.maker == "head":
            yield head.arguments["kind"], set(head.arguments) - {"kind"}
