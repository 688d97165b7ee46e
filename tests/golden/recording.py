"""The JSON files of recorded answers: {case: {field: {executions: answer}}}.

Executions that answer alike share an entry, as in "eager function graph", so that where an oracle
disagrees with itself can be seen in the file. One line holds one field of one case.
"""

import json

from .closeness import difference


def write(path, answers):
    """Writes {case: {execution: {field: answer}}}."""
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
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


def read(path):
    """What `write` was given."""
    with open(path) as file:
        recorded = json.load(file)
    answers = {}
    for case, fields in recorded.items():
        by_execution = answers.setdefault(case, {})
        for field, grouped in fields.items():
            for executions, answer in grouped.items():
                for execution in executions.split():
                    by_execution.setdefault(execution, {})[field] = answer
    return answers


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
