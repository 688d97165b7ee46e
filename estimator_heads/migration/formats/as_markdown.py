"""For pull requests and issues."""

from __future__ import annotations

from typing import TextIO

from estimator_heads.migration.formats import conclusion
from estimator_heads.migration.report import Report
from estimator_heads.migration.rules import Level

_HEADINGS = {Level.STOPS: "What stops it", Level.DOUBTFUL: "What to look at", Level.FINE: "Fine"}


def write(report: Report, file: TextIO) -> None:
    """Writes the verdicts first, and then the findings, the most important ones first."""
    print(f"# estimator-heads check\n\n{conclusion(report)}.", file=file)
    if report.verdicts:
        print("\n| | | Verdict |\n| --- | --- | --- |", file=file)
    for verdict in report.verdicts:
        answer = f"runs unedited with `{verdict.command}`"
        if not verdict.runs:
            first = verdict.stops[0]
            more = f", and {len(verdict.stops) - 1} more" if len(verdict.stops) > 1 else ""
            answer = f"is stopped by {first.place}: {first.text}{more}"
        print(
            f"| {verdict.unit.kind.value} | {_cell(verdict.unit.name)} | {_cell(answer)} |",
            file=file,
        )
    for level, heading in _HEADINGS.items():
        findings = [finding for finding in report.findings if finding.level is level]
        if not findings:
            continue
        print(f"\n## {heading}\n\n| Where | Name | | Rule |\n| --- | --- | --- | --- |", file=file)
        for finding in findings:
            name = f"`{finding.name}`" if finding.name else ""
            cells = (str(finding.place), name, finding.message, finding.rule)
            print(f"| {' | '.join(map(_cell, cells))} |", file=file)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
