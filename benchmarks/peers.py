"""Runs a workload for several peers by turns, and shows how we compare.

Each measurement is a process of its own, and the peers take turns, so that a busy machine slows
all of them. The table has the median of the rounds, and how we compare with each peer: the median
of the ratios of each round, as its processes ran within a minute or two of each other. Needs the
extra "demo", for rich.
"""

import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path

import rich.progress
import rich.table

CHECKOUT = Path(__file__).resolve().parents[1]
OURS = "estimator-heads"


def parser(description):
    """The parser of the options that each such benchmark has."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--tf215", metavar="PYTHON", help="interpreter that has TensorFlow 2.15")
    options.add_argument("--tf115", metavar="PYTHON", help="interpreter that has TensorFlow 1.15")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--markdown", type=Path, metavar="FILE", help="writes the table there too")
    return options


def compare(peers, workload, options, columns, arguments):
    """Measures each peer in each round, and prints the table.

    Args:
        peers: Dict from the name of each peer to its interpreter (None leaves it out), the
            workload's name of it, and a dict of environment variables. `OURS` is one of them.
        workload: Name of the program in this folder that measures one peer and prints JSON.
        options: List of the other arguments of the program.
        columns: Dict from the keys of what the program prints to headings.
        arguments: What `parser` parsed.
    """
    peers = {name: peer for name, peer in peers.items() if peer[0]}
    runs = {name: [] for name in peers}
    turns = [name for _ in range(arguments.rounds) for name in peers]
    for name in rich.progress.track(turns, "Measuring"):
        runs[name].append(_measure(*peers[name], workload, options))
    table = list(_rows(runs, columns))
    printed = rich.table.Table("", *columns.values())
    for row in table:
        printed.add_row(*row)
    rich.print(printed, f"In brackets: {OURS} divided by the peer.", f"Load: {os.getloadavg()}.")
    if arguments.markdown:
        arguments.markdown.write_text(_markdown(table, columns))


def _measure(interpreter, peer, variables, workload, options):
    """What one process of the workload prints."""
    env = {name: text for name, text in os.environ.items() if name != "TF_USE_LEGACY_KERAS"}
    env.update({"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(CHECKOUT)}, **variables)
    command = [interpreter, str(CHECKOUT / "benchmarks" / workload), peer, *options]
    result = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(result.stdout.splitlines()[-1])


def _medians(runs, columns):
    """The median of each figure over the rounds."""
    return {key: statistics.median(run[key] for run in runs) for key in columns}


def _ratios(ours, peer, columns):
    """How much of a peer's figures ours are, in the median of the rounds."""
    rounds = zip(ours, peer, strict=True)
    return _medians(
        [{key: run[key] / other[key] for key in columns} for run, other in rounds], columns
    )


def _rows(runs, columns):
    """Cells of the table: the figures of each peer, and how much of them is ours."""
    for name, measured in runs.items():
        figures, part = _medians(measured, columns), _ratios(runs[OURS], measured, columns)
        cells = {key: _number(figures[key]) for key in columns}
        if name != OURS:
            cells = {key: f"{cell} ({part[key]:.2f}x)" for key, cell in cells.items()}
        yield [name, *cells.values()]


def _number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _markdown(table, columns):
    """The rows as a Markdown table."""
    header = ["", *columns.values()]
    lines = [header, ["---", *["---:"] * len(columns)], *table]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
