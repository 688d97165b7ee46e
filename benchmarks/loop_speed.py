"""Steps, batches and examples per second of the Estimator, beside those of its peers.

    python benchmarks/loop_speed.py --tf215 VENV215/bin/python --tf115 VENV115/bin/python

Each measurement is a process of its own, and the peers take turns, so that a busy machine slows all
of them. The table has the median of the rounds, and how many times as fast as each peer we are: the
median of the ratios of each round, as its processes ran within a minute or two of each other.
`--markdown FILE` writes it as Markdown too. Needs the extra "demo", for rich.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import rich.progress
import rich.table

CHECKOUT = Path(__file__).resolve().parents[1]
OURS = "estimator-heads"
COLUMNS = {
    "train": "train, steps/s",
    "evaluate": "evaluate, batches/s",
    "predict": "predict, examples/s",
    "megabytes": "memory added, MB",
}


def commands(arguments):
    """From the name of each peer to the interpreter, the peer of the workload, and variables."""
    here = sys.executable
    peers = {
        "bare session": (here, "bare", {}),
        OURS: (here, "ours", {}),
        "bare session, TF 2.15": (arguments.tf215, "bare tf.estimator", {}),
        "tf.estimator, TF 2.15": (arguments.tf215, "tf.estimator", {}),
        "tf.estimator, TF 1.15": (arguments.tf115, "tf.estimator", {}),
        "Keras 3": (here, "keras", {}),
        "tf_keras": (here, "keras", {"TF_USE_LEGACY_KERAS": "1"}),
    }
    return {name: peer for name, peer in peers.items() if peer[0]}


def measure(interpreter, peer, variables, steps):
    """What one process of the workload prints."""
    env = {name: text for name, text in os.environ.items() if name != "TF_USE_LEGACY_KERAS"}
    env.update({"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(CHECKOUT)}, **variables)
    program = CHECKOUT / "benchmarks" / "loop_workload.py"
    command = [interpreter, str(program), peer, "--steps", str(steps)]
    result = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return json.loads(result.stdout.splitlines()[-1])


def medians(runs):
    """The median of each figure over the rounds."""
    return {key: statistics.median(run[key] for run in runs) for key in COLUMNS}


def ratios(ours, peer):
    """How much of a peer's figures ours are, in the median of the rounds."""
    rounds = zip(ours, peer, strict=True)
    return medians([{key: run[key] / other[key] for key in COLUMNS} for run, other in rounds])


def rows(runs):
    """Cells of the table: the figures of each peer, and how much of them is ours."""
    for name, measured in runs.items():
        figures, part = medians(measured), ratios(runs[OURS], measured)
        cells = {key: f"{figures[key]:,.0f}" for key in COLUMNS}
        if name != OURS:
            cells = {key: f"{cell} ({part[key]:.2f}x)" for key, cell in cells.items()}
        yield [name, *cells.values()]


def markdown(table):
    """The rows as a Markdown table."""
    header = ["", *COLUMNS.values()]
    lines = [header, ["---", *["---:"] * len(COLUMNS)], *table]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main():
    """Runs the rounds and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tf215", metavar="PYTHON", help="interpreter that has TensorFlow 2.15")
    parser.add_argument("--tf115", metavar="PYTHON", help="interpreter that has TensorFlow 1.15")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    peers = commands(arguments)
    runs = {name: [] for name in peers}
    turns = [name for _ in range(arguments.rounds) for name in peers]
    for name in rich.progress.track(turns, "Measuring"):
        runs[name].append(measure(*peers[name], arguments.steps))
    table = list(rows(runs))
    printed = rich.table.Table("", *COLUMNS.values())
    for row in table:
        printed.add_row(*row)
    rich.print(printed, f"In brackets: {OURS} divided by the peer.", f"Load: {os.getloadavg()}.")
    if arguments.markdown:
        arguments.markdown.write_text(markdown(table))


if __name__ == "__main__":
    main()
