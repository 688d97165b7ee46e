"""The files of recorded answers. Each form has a text of its own, which changes in few lines."""

import collections
import json

from .closeness import difference

# How a file is written and read.
#   text: function of {case: answer} that returns what the file holds.
#   answers: function of the file's JSON and the ids of all cases that returns {case: answer}.
#   parts: function of an answer that returns {(execution, field): what is compared by itself}.
Form = collections.namedtuple("Form", "text answers parts")


def write(path, answers, form):
    """Writes {case: answer}."""
    with open(path, "w") as file:
        file.write(form.text(answers))


def read(path, form, case_ids=()):
    """What `write` was given."""
    with open(path) as file:
        return form.answers(json.load(file), case_ids)


def _text_by_field(answers):
    lines = []
    for case, by_execution in sorted(answers.items()):
        fields = sorted({field for fields in by_execution.values() for field in fields})
        entries = []
        for field in fields:
            grouped = _grouped(
                {
                    execution: fields[field]
                    for execution, fields in by_execution.items()
                    if field in fields
                }
            )
            text = json.dumps(grouped, sort_keys=True)
            entries.append(f"  {json.dumps(field)}: {text}")
        lines.append(" {}: {{\n{}\n }}".format(json.dumps(case), ",\n".join(entries)))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _grouped(answers):
    groups = []
    for execution, answer in sorted(answers.items()):
        for executions, representative in groups:
            if difference(representative, answer, tolerance=1e-6) is None:
                executions.append(execution)
                break
        else:
            groups.append(([execution], answer))
    return {" ".join(executions): answer for executions, answer in groups}


def _answers_by_field(recorded, case_ids):
    answers = {}
    for case, fields in recorded.items():
        by_execution = answers.setdefault(case, {})
        for field, grouped in fields.items():
            for executions, answer in grouped.items():
                for execution in executions.split():
                    by_execution.setdefault(execution, {})[field] = answer
    return answers


def _fields(answer):
    return {
        (execution, field): part
        for execution, fields in answer.items()
        for field, part in fields.items()
    }


def _whole(answer):
    return {("", ""): answer}


def _text_by_line(answers):
    lines = [
        json.dumps(case) + ": " + json.dumps(answer, sort_keys=True)
        for case, answer in answers.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _text_by_kind(answers):
    tree = {}
    for case, answer in answers.items():
        kind, _, name = case.partition("/")
        if name:
            tree.setdefault(kind, {})[name] = answer
        else:
            tree[kind] = answer
    return json.dumps(tree, indent=1, sort_keys=True) + "\n"


def _answers_by_kind(recorded, case_ids):
    answers = {}
    for kind, cases in recorded.items():
        if kind in case_ids or not isinstance(cases, dict):
            answers[kind] = cases
        else:
            answers.update((kind + "/" + name, answer) for name, answer in cases.items())
    return answers


# {case: {field: {executions: answer}}}, of answers {execution: {field: answer}}. Executions that
# answer alike share an entry, as in "eager function graph", so that where an oracle disagrees with
# itself can be seen in the file. One line holds one field of one case.
BY_FIELD = Form(_text_by_field, _answers_by_field, _fields)
# One line holds the answer to one case.
BY_LINE = Form(_text_by_line, lambda recorded, case_ids: recorded, _whole)
# {kind: {case: answer}}, of cases "kind/case"; one line holds one number.
BY_KIND = Form(_text_by_kind, _answers_by_kind, _whole)
