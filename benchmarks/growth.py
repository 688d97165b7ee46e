"""Whether anything grows: with the steps, the heads, and the calls in one process.

    python benchmarks/growth.py

Prints three tables: time per step, memory and open files of one long training; a training by the
number of its heads; memory, open files and graphs after many `evaluate` calls, and after many
evaluators. Times are processor time, which other programs change least. Needs the extra "demo",
for rich.
"""

import argparse
import gc
import logging
import os
import tempfile
import time

import numpy as np
import rich.table
import tensorflow as tf
from loop_workload import BATCH, FEATURES, LABELS, batches, specification

import estimator_heads

v1 = tf.compat.v1
WINDOW = 500


def new_estimator(model_fn=None):
    """An Estimator of the network 20-64-32-1, or of another model."""

    def small_model(features, labels, mode):
        return specification(estimator_heads, features, labels, mode)

    config = estimator_heads.RunConfig(log_step_count_steps=WINDOW)
    return estimator_heads.Estimator(model_fn or small_model, tempfile.mkdtemp(), config)


def state():
    """Memory of this process in MB, and its open files."""
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(os.listdir("/proc/self/fd"))


class StepTimes(logging.Handler):
    """Inside, notes processor time, memory and files whenever the steps per second are logged."""

    def __init__(self):
        super().__init__()
        self.noted = []
        self.logger = logging.getLogger("tensorflow")

    def emit(self, record):
        if "global_step/sec" in record.getMessage():
            self.noted.append((time.process_time(), *state()))

    def __enter__(self):
        self.logger.addHandler(self)
        self.logger.setLevel(logging.INFO)
        self.logger.propagate = False
        return self

    def __exit__(self, *error):
        self.logger.removeHandler(self)

    def microseconds(self, end, windows):
        """Processor time per step, the median of some windows that end with one."""
        seconds = np.diff([noted[0] for noted in self.noted])
        return np.median(seconds[max(0, end - windows) : end]) / WINDOW * 1e6


def by_steps(steps):
    """Rows for 1,000 steps, 10 times as many, and so on."""
    with StepTimes() as times:
        new_estimator().train(batches, steps=steps)
    counts = [1000 * 10**power for power in range(10) if 1000 * 10**power <= steps]
    for count in counts:
        end = min(count // WINDOW, len(times.noted)) - 1
        _, megabytes, files = times.noted[end]
        yield f"{count:,} steps", times.microseconds(end, 10), megabytes, files


def heads_model(count, operations):
    """A model_fn with so many binary heads on one tower; notes how many operations it makes."""
    names = [f"head_{number}" for number in range(count)]
    head = estimator_heads.MultiHead([estimator_heads.BinaryClassHead(name=name) for name in names])

    def model_fn(features, labels, mode):
        tower = tf.nn.relu(tf.matmul(features, v1.get_variable("weights", [20, 64])))
        logits = {name: tf.matmul(tower, v1.get_variable(name, [64, 1])) for name in names}
        step = v1.train.get_global_step()
        spec = head.create_estimator_spec(
            {"x": features},
            mode,
            logits,
            dict.fromkeys(names, labels),
            train_op_fn=lambda loss: v1.train.AdagradOptimizer(0.05).minimize(loss, step),
        )
        operations.append(len(features.graph.get_operations()))
        return spec

    return model_fn


def by_heads(counts, steps):
    """Rows for each number of heads."""
    for count in counts:
        operations = []
        before = time.process_time()
        with StepTimes() as times:
            new_estimator(heads_model(count, operations)).train(batches, steps=steps)
        whole = time.process_time() - before
        per_step = times.microseconds(len(times.noted), 4)
        yield f"{count} heads", per_step, whole - steps * per_step / 1e6, operations[0]


def by_calls(call, counts):
    """Rows with what there is after so many calls."""
    done, seconds = 0, []
    for count in counts:
        while done < count:
            before = time.process_time()
            call()
            seconds.append(time.process_time() - before)
            done += 1
        recent = np.median(seconds[-10:])
        gc.collect()
        graphs = sum(isinstance(each, tf.Graph) for each in gc.get_objects())
        yield count, recent, *state(), graphs


def two_batches():
    """The input of an evaluation."""
    return tf.data.Dataset.from_tensor_slices((FEATURES[:256], LABELS[:256])).batch(BATCH)


def show(title, headings, rows):
    """Prints a table."""
    table = rich.table.Table("", *headings, title=title)
    for name, *figures in rows:
        table.add_row(
            str(name),
            *(f"{figure:,.3g}" if figure < 10 else f"{figure:,.0f}" for figure in figures),
        )
    rich.print(table)


def main():
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--calls", type=int, nargs="+", default=[10, 50, 100])
    arguments = parser.parse_args()

    columns = ["us per step", "memory, MB", "open files"]
    show("One training", columns, by_steps(arguments.steps))

    columns = ["us per step", "start and end, s", "operations"]
    show("Trainings of 3,000 steps", columns, by_heads([1, 2, 4, 8, 16, 32], 3000))

    estimator = new_estimator()
    estimator.train(batches, steps=1)

    def evaluate_by_evaluator():
        with estimator.evaluator(two_batches) as evaluator:
            evaluator()

    columns = ["s per call", "memory, MB", "open files", "graphs alive"]
    calls = arguments.calls
    show("evaluate()", columns, by_calls(lambda: estimator.evaluate(two_batches), calls))
    show("Evaluators, closed", columns, by_calls(evaluate_by_evaluator, calls))
    with estimator.evaluator(two_batches) as evaluator:
        show("Calls of one evaluator", columns, by_calls(evaluator, calls))


if __name__ == "__main__":
    main()
