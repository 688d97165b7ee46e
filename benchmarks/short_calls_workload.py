"""Measures short calls of one peer, and prints JSON: see `short_calls.py`."""

import argparse
import itertools
import json
import math
import tempfile
import time

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

RANDOM = np.random.RandomState(1)
FEATURES = RANDOM.normal(size=[256, 20]).astype(np.float32)
LABELS = (FEATURES[:, :1] > 0).astype(np.int64)
SIZES = (20, 64, 32, 1)
REPETITIONS = 5


def input_fn():
    """Batches of 128, without end."""
    return tf.data.Dataset.from_tensor_slices((FEATURES, LABELS)).batch(128).repeat()


def model_fn_of(library):
    """A binary head on a 20-64-32-1 network."""

    def model_fn(features, labels, mode):
        net = features
        for layer, (inputs, outputs) in enumerate(itertools.pairwise(SIZES)):
            weights = v1.get_variable(f"weights_{layer}", [inputs, outputs])
            bias = v1.get_variable(f"bias_{layer}", [outputs], initializer=v1.zeros_initializer())
            net = tf.matmul(net, weights) + bias
            if outputs > 1:
                net = tf.nn.relu(net)
        return library.BinaryClassHead().create_estimator_spec(
            {},
            mode,
            net,
            labels,
            train_op_fn=lambda loss: v1.train.AdagradOptimizer(0.05).minimize(
                loss, v1.train.get_global_step()
            ),
        )

    return model_fn


class FirstStep(v1.train.SessionRunHook):
    """Keeps the processor time of the process after its first step."""

    time = None

    def after_run(self, run_context, run_values):
        self.time = self.time or time.process_time()


def seconds(function):
    """Processor time of a call."""
    before = time.process_time()
    function()
    return time.process_time() - before


def typical(function, measure=seconds):
    """The median of several calls."""
    return float(np.median([measure(function) for _ in range(REPETITIONS)]))


def seconds_to_first_step(train):
    """Processor time until the first step of a training has run."""
    hook = FirstStep()
    before = time.process_time()
    train(hook)
    return hook.time - before


def measured(peer):
    """What is to be printed."""
    if peer == "ours":
        import estimator_heads as library
    else:
        library = tf.estimator

    def new_estimator(**options):
        config = library.RunConfig(**options)
        return library.Estimator(model_fn_of(library), tempfile.mkdtemp(), config)

    estimator = new_estimator()

    def train(*hooks):
        estimator.train(input_fn, list(hooks), steps=2)

    def evaluate():
        estimator.evaluate(input_fn, steps=2)

    def train_and_evaluate(**options):
        library.train_and_evaluate(
            new_estimator(save_checkpoints_steps=10),
            library.TrainSpec(input_fn, max_steps=100),
            library.EvalSpec(input_fn, steps=2, start_delay_secs=0, throttle_secs=0),
            **options,
        )

    figures = {
        "first_step": seconds_to_first_step(train),
        "first_step_again": typical(train, seconds_to_first_step),
        "train_again": typical(train),
        "evaluate": seconds(evaluate),
        "evaluate_again": typical(evaluate),
        "train_and_evaluate": seconds(train_and_evaluate),
        "evaluator": math.nan,
        "kept": math.nan,
    }
    if peer == "ours":
        with estimator.evaluator(input_fn, steps=2) as evaluator:
            evaluator()
            figures["evaluator"] = typical(evaluator)
        figures["kept"] = seconds(lambda: train_and_evaluate(keep_models=True))
    else:  # What there is instead.
        figures.update(evaluator=figures["evaluate_again"], kept=figures["train_and_evaluate"])
    return figures


def main():
    """Prints the measurements as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer")
    print(json.dumps(measured(parser.parse_args().peer)))


if __name__ == "__main__":
    main()
