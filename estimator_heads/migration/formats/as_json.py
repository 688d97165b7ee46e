"""For programs. The keys stay; what is added does not change `version`."""

from __future__ import annotations

import json
from typing import Any, TextIO

from estimator_heads.migration.report import Finding, Report, Verdict


def write(report: Report, file: TextIO) -> None:
    """Writes one object, in which everything is in a fixed order."""
    content = {
        "version": 1,
        "files": report.files,
        "runs": report.runs,
        "findings": [_finding(finding) for finding in report.findings],
        "verdicts": [_verdict(verdict) for verdict in report.verdicts],
    }
    json.dump(content, file, indent=1, ensure_ascii=False)
    file.write("\n")


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "path": place.path,
        "cell": place.cell or None,
        "line": place.line or None,
        "column": place.column or None,
        "rule": finding.rule,
        "level": finding.level.name.lower(),
        "name": finding.name,
        "message": finding.message,
        "at_import": finding.at_import,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.unit.kind.value,
        "name": verdict.unit.name,
        "runs": verdict.runs,
        "starts": verdict.starts,
        "command": verdict.command if verdict.starts else None,
        "is_tf1": verdict.reached.sees_tf1,
        "decision": verdict.reached.decision,
        "stops": [_finding(finding) for finding in verdict.stops],
    }
