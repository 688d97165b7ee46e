"""How long training stands still for a checkpoint, beside a bare `Saver`, and after many of them.

    python benchmarks/checkpoints.py

Rounds of both take turns in one process. Times are medians of the rounds. Needs the extra "demo",
for rich.
"""

import argparse
import tempfile
import time

import numpy as np
import rich.table
import tensorflow as tf
from loop_workload import batches, specification

import estimator_heads

v1 = tf.compat.v1


def now():
    """Seconds by the clock, and of processor time."""
    return np.array([time.perf_counter(), time.process_time()])


def big_loss(features, gigabytes):
    """A loss of some rows of a table of that size."""
    rows = int(gigabytes * 1e9 / 4 / 250)
    table = v1.get_variable("table", [rows, 250], initializer=v1.zeros_initializer())
    return tf.reduce_mean(
        tf.square(1.0 - tf.nn.embedding_lookup(table, tf.range(10)))
    ) + 0 * tf.reduce_mean(features)


def train_op_of(loss):
    """The train op of stochastic gradient descent, which needs no other variables."""
    return v1.train.GradientDescentOptimizer(0.1).minimize(loss, v1.train.get_global_step())


class StepTimes(v1.train.SessionRunHook):
    """Notes when each step begins."""

    def __init__(self):
        self.times = []

    def before_run(self, run_context):
        """Notes it."""
        self.times.append(now())


def bare_saves(gigabytes, saves):
    """Times of a step and `Saver.save`."""
    with tf.Graph().as_default(), tempfile.TemporaryDirectory() as folder:
        step = v1.train.create_global_step()
        loss = big_loss(tf.ones([1]), gigabytes)
        train_op = train_op_of(loss)
        saver = v1.train.Saver(sharded=True, max_to_keep=1, save_relative_paths=True)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            times = []
            for _ in range(saves):
                before = now()
                session.run(train_op)
                saver.save(session, f"{folder}/model.ckpt", step)
                times.append(now() - before)
    return times


def our_saves(gigabytes, saves):
    """Times between two steps of the Estimator, at each of which it saves."""

    def model_fn(features, mode):
        loss = big_loss(features, gigabytes)
        return estimator_heads.EstimatorSpec(mode, loss=loss, train_op=train_op_of(loss))

    steps = StepTimes()
    with tempfile.TemporaryDirectory() as folder:
        config = estimator_heads.RunConfig(save_checkpoints_steps=1, keep_checkpoint_max=1)
        estimator = estimator_heads.Estimator(model_fn, folder, config)
        estimator.train(
            lambda: tf.data.Dataset.from_tensors([1.0]).repeat(), hooks=[steps], steps=saves + 1
        )
    return np.diff(steps.times, axis=0)


class SavedAt(v1.train.CheckpointSaverListener):
    """Notes when each save has ended."""

    def __init__(self):
        self.times = []

    def after_save(self, session, global_step_value):
        """Notes it."""
        self.times.append(now())


def many_saves(saves, steps):
    """Times of a few steps and a save, for each save of one training of the Estimator."""

    def model_fn(features, labels, mode):
        return specification(estimator_heads, features, labels, mode)

    saved = SavedAt()
    config = estimator_heads.RunConfig(save_checkpoints_steps=steps, keep_checkpoint_max=5)
    estimator = estimator_heads.Estimator(model_fn, tempfile.mkdtemp(), config)
    estimator.train(batches, steps=saves * steps, saving_listeners=[saved])
    return np.diff(saved.times, axis=0)


def many_bare_saves(saves, steps):
    """The same of a bare session and its Saver."""
    with tf.Graph().as_default(), tempfile.TemporaryDirectory() as folder:
        step = v1.train.create_global_step()
        iterator = v1.data.make_initializable_iterator(batches())
        spec = specification(estimator_heads, *iterator.get_next(), "train")
        saver = v1.train.Saver(sharded=True, max_to_keep=5, save_relative_paths=True)
        with v1.Session() as session:
            session.run([v1.global_variables_initializer(), iterator.initializer])
            call, times = session.make_callable([spec.train_op, spec.loss]), []
            for _ in range(saves):
                for _ in range(steps):
                    call()
                saver.save(session, f"{folder}/model.ckpt", step)
                times.append(now())
    return np.diff(times, axis=0)


def main():
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--saves", type=int, default=1000)
    arguments = parser.parse_args()

    table = rich.table.Table("one save", "s", "s of processor time", title="A large table")
    functions = {"bare Saver": bare_saves, "Estimator": our_saves}
    times = {name: [] for name in functions}
    for _ in range(arguments.rounds):
        for name, function in functions.items():
            times[name].append(np.median(function(arguments.gigabytes, 4), axis=0))
    ratios = np.divide(times["Estimator"], times["bare Saver"])
    for name, rounds in {**times, "ratio": ratios}.items():
        table.add_row(name, *(f"{figure:.3f}" for figure in np.median(rounds, axis=0)))
    rich.print(table)

    parts = ["first", "middle", "last"]
    table = rich.table.Table("ms of processor time", *parts, title="10 steps and a save, of many")
    for name, function in {"bare session": many_bare_saves, "Estimator": many_saves}.items():
        seconds = function(arguments.saves, 10)[:, 1]
        tenths = np.array_split(seconds, 10)
        figures = [np.median(tenths[number]) for number in (0, 5, -1)]
        table.add_row(name, *(f"{1000 * figure:.2f}" for figure in figures))
    rich.print(table)


if __name__ == "__main__":
    main()
