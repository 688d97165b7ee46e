"""For code review tools: SARIF 2.1.0."""

from __future__ import annotations

import json
import os
import urllib.parse
from typing import Any, TextIO

import estimator_heads
from estimator_heads.migration.report import Finding, Place, Report
from estimator_heads.migration.rules import RULES

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(report: Report, file: TextIO) -> None:
    """Writes a log of one run. Paths below the working folder are relative to it."""
    driver = {
        "name": "estimator-heads",
        "version": estimator_heads.__version__,
        "rules": [
            {"id": rule, "shortDescription": {"text": f"{text[0].upper()}{text[1:]}."}}
            for rule, text in RULES.items()
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in report.findings],
    }
    json.dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, file, indent=1)
    file.write("\n")


def _result(finding: Finding) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": [*RULES].index(finding.rule),
        "level": finding.level.value,
        "message": {"text": finding.text},
        "locations": [_location(finding.place)],
    }


def _location(place: Place) -> dict[str, Any]:
    path = place.path.replace(os.sep, "/")
    absolute = os.path.isabs(place.path)
    quoted = urllib.parse.quote(path)
    artifact = {"uri": f"file://{quoted}" if absolute else quoted}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact}}
    if place.cell:  # Its line is one of the cell, which the file does not have.
        cell = f"cell {place.cell}, line {place.line}"
        location["logicalLocations"] = [{"fullyQualifiedName": cell}]
    elif place.line:
        location["physicalLocation"]["region"] = _region(place)
    return location


def _region(place: Place) -> dict[str, int]:
    region = {"startLine": place.line}
    if place.column:
        region["startColumn"] = place.column
        region["endLine"], region["endColumn"] = place.end_line, place.end_column
    return region
