"""The JSON files of recorded answers: {case: {field: {executions: answer}}}.

Executions that answer alike share an entry, as in "eager function graph", so that where an oracle
disagrees with itself can be seen in the file. One line holds one field of one case.
"""

import argparse
import json
import os

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


def ask(cases, answers_to, description):
    """Asks what the command line wants: all cases, or some, with the others as they are recorded.

    Args:
        cases: what there is to ask, each with an `id`.
        answers_to: function of a case that returns its answers, {execution: {field: answer}}.
        description: what the program says of itself.

    Returns:
        The path to write to, and the answers by case.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--output", required=True, help="the JSON file to write")
    parser.add_argument("--only", help="ask only cases whose id has this in it; keep the others")
    arguments = parser.parse_args()
    answers = {}
    if arguments.only and os.path.exists(arguments.output):
        ids = {case.id for case in cases}
        recorded = read(arguments.output)
        answers = {case_id: entry for case_id, entry in recorded.items() if case_id in ids}
    for case in cases:
        if not arguments.only or arguments.only in case.id:
            answers[case.id] = answers_to(case)
            print(".", end="", flush=True)
    print()
    return arguments.output, answers


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
