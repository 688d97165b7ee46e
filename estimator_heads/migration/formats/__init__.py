"""The ways in which a report is written: one module each, with a function `write(report, file)`."""

from __future__ import annotations

from estimator_heads.migration.report import Report, Verdict


def conclusion(report: Report) -> str:
    """The report in one line."""
    files = f"{report.files} {'file' if report.files == 1 else 'files'}"
    if not report.runs:
        stopped = sum(not verdict.runs for verdict in report.verdicts)
        return f"{files}: something stops {stopped} of {len(report.verdicts)} (see above)"
    if report.verdicts:
        return f"{files}: all of it runs unedited"
    return f"{files}: nothing needs estimator-heads"


def answer(verdict: Verdict) -> str:
    """What is said of a unit, before the command that runs it or what stops it."""
    if verdict.runs:
        return "runs unedited with"
    return (
        "starts, and is stopped where it uses" if verdict.starts else "is stopped at its start by"
    )
