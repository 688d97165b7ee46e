"""What a known difference is, and what an implementation may answer where it differs on purpose.

Every entry names a heading of docs/differences.md that describes it, and allows one other answer,
not any: its `allowed` is a function of an `Asked`.
"""

import collections
import fnmatch

from .closeness import difference, is_error

NOT_ASKED = "not asked"

# One answer that differs. `recorded` holds all that the foremost release was recorded to say:
# {case id: {execution: {field: answer}}}, or {case id: answer} where there is but one field.
Asked = collections.namedtuple("Asked", "recorded case_id execution field expected ours release")

# `cases` are patterns (fnmatch) of case ids. Fields, executions and releases are all where None.
Difference = collections.namedtuple(
    "Difference", "heading allowed cases fields executions releases"
)
Difference.__new__.__defaults__ = (None, None, None)


def allows(entry, asked):
    return (
        any(fnmatch.fnmatchcase(asked.case_id, pattern) for pattern in entry.cases)
        and (entry.fields is None or asked.field in entry.fields)
        and (entry.executions is None or asked.execution in entry.executions)
        and (entry.releases is None or asked.release in entry.releases)
        and bool(entry.allowed(asked))
    )


def agree(expected, ours):
    return difference(expected, ours) is None


def answers_to(asked, name=None):
    """The answers of every execution to the same question about another case, or this one."""
    case_id = asked.case_id.split("/")[0] + "/" + name if name else asked.case_id
    answers = [fields.get(asked.field) for fields in asked.recorded[case_id].values()]
    return [answer for answer in answers if answer is not None and not is_error(answer)]


def answers_with(answer):
    """Ours is this one answer."""
    return lambda asked: agree(answer, asked.ours)


def differs(asked):
    """Any other answer, where it is a case of another release that says which one."""
    return True


def as_in_the_foremost_release(asked):
    return agree(asked.recorded[asked.case_id], asked.ours)


def raises(name):
    return answers_with({"error": name})


def raises_instead_of(*names):
    """The original raises one of these errors; ours raises ValueError."""

    def allowed(asked):
        expected = [{"error": name} for name in names]
        return asked.expected in expected and agree({"error": "ValueError"}, asked.ours)

    return allowed


def refused_by_constructor(name):
    def allowed(asked):
        return agree({"error": name} if asked.field == "constructor" else NOT_ASKED, asked.ours)

    return allowed


def works(asked):
    return asked.ours != NOT_ASKED and not is_error(asked.ours)


def works_instead_of_failing(asked):
    return is_error(asked.expected) and works(asked)


def as_in_case(name):
    """As the original answers another case of the same head, in whatever execution it does."""

    def allowed(asked):
        return any(agree(answer, asked.ours) for answer in answers_to(asked, name))

    return allowed


def made_as_in_case(name):
    """The original refuses the constructor's argument; ours answers as another case does."""

    def allowed(asked):
        if asked.field == "constructor":
            return asked.ours == NOT_ASKED
        return as_in_case(name)(asked)

    return allowed
