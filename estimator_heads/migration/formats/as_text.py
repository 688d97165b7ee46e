"""For people at a terminal."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from estimator_heads.migration.formats import answer, conclusion
from estimator_heads.migration.report import Report, Verdict
from estimator_heads.migration.rules import RULES, Level

_STYLES = {Level.STOPS: "bold red", Level.DOUBTFUL: "yellow", Level.FINE: "green"}
_WORDS = {Level.STOPS: "stops", Level.DOUBTFUL: "look", Level.FINE: "fine"}
_MOST_STOPS = 5


def write(report: Report, file: TextIO) -> None:
    """Writes a line for each finding, a table of what was found, and the verdicts."""
    # `:100:` is a line, and no emoji.
    console = Console(file=file, soft_wrap=True, highlight=False, emoji=False)
    for finding in report.findings:
        style, word = _STYLES[finding.level], _WORDS[finding.level]
        place, text = escape(str(finding.place)), escape(finding.text)
        console.print(f"{place}: [{style}]{word}[/] {text} [dim]({finding.rule})[/]")
    if report.findings:
        console.print()
        console.print(_summary(report))
    for verdict in report.verdicts:
        _write_verdict(verdict, console)
    console.print()
    console.print(f"[bold]{conclusion(report)}[/]")


def _summary(report: Report) -> Table:
    table = Table("", *_WORDS.values())
    for rule, text in RULES.items():
        levels = [finding.level for finding in report.findings if finding.rule == rule]
        if levels:
            table.add_row(text, *(str(levels.count(level) or "") for level in Level))
    return table


def _write_verdict(verdict: Verdict, console: Console) -> None:
    name = escape(f"{verdict.unit.kind.value} {verdict.unit.name}")
    console.print()
    if verdict.runs:
        command = escape(verdict.command)
        console.print(f"[green]{name}[/] {answer(verdict)}: [bold]{command}[/]")
    else:
        console.print(f"[red]{name}[/] {answer(verdict)}:")
        for finding in verdict.stops[:_MOST_STOPS]:
            console.print(f"  {escape(str(finding.place))}: {escape(finding.text)}")
        if len(verdict.stops) > _MOST_STOPS:
            console.print(f"  and {len(verdict.stops) - _MOST_STOPS} more")
    if verdict.reached.decision:
        console.print(f"  [dim]{escape(verdict.reached.decision)}[/]")
