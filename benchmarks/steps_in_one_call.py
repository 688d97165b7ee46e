"""Whether several steps in one call of a session are worth it, beside a call for each step.

    python benchmarks/steps_in_one_call.py --steps 10

The network 20-64-32-1 without an Estimator, operations in the calling thread as the Estimator runs
them. The programs take turns in one process; figures are medians, in microseconds per step.
"""

import argparse
import time

import numpy as np
import tensorflow as tf
from loop_workload import batches, specification

import estimator_heads

v1 = tf.compat.v1
ROUNDS, STEPS_OF_ROUND = 11, 600


def step_of(iterator):
    """The train op and the loss of a step."""
    features, labels = tf.raw_ops.IteratorGetNextSync(
        iterator=iterator._iterator_resource,
        output_types=[tf.float32, tf.int64],
        output_shapes=[[None, 20], [None, 1]],
    )
    features.set_shape([None, 20])
    labels.set_shape([None, 1])
    spec = specification(estimator_heads, features, labels, "train")
    return spec.train_op, spec.loss


def one_step(iterator, count):
    """What to run for one step."""
    return step_of(iterator)


def repeated(iterator, count):
    """What to run for `count` steps, the graph of one of them repeated."""
    done, losses = [], []
    for _ in range(count):
        with tf.control_dependencies(done):
            train_op, loss = step_of(iterator)
        done = [train_op]
        losses.append(loss)
    return train_op, losses


def loop(iterator, count):
    """What to run for `count` steps in a loop."""

    def body(number, _):
        train_op, loss = step_of(iterator)
        with tf.control_dependencies([train_op]):
            return number + 1, tf.identity(loss)

    step_of(iterator)  # Variables must be outside of the loop.
    initial = [tf.constant(0), tf.constant(0.0)]
    return v1.while_loop(lambda number, _: number < count, body, initial, parallel_iterations=1)


def function_of(build, count):
    """A function without arguments that runs what a function builds."""
    with tf.Graph().as_default():
        v1.train.create_global_step()
        iterator = v1.data.make_initializable_iterator(batches())
        with v1.variable_scope("network", reuse=v1.AUTO_REUSE, use_resource=True):
            op, values = build(iterator, count)
        session = v1.Session(config=v1.ConfigProto(inter_op_parallelism_threads=-1))
        session.run([v1.global_variables_initializer(), iterator.initializer])
        return session.make_callable([op, values])


def main():
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=10, help="how many in one call")
    count = parser.parse_args().steps
    functions = {
        "a call for each step": (function_of(one_step, 1), 1),
        "repeated graph": (function_of(repeated, count), count),
        "loop": (function_of(loop, count), count),
    }
    times = {name: [] for name in functions}
    for _ in range(ROUNDS):
        for name, (function, steps) in functions.items():
            start = time.process_time()
            for _ in range(STEPS_OF_ROUND // steps):
                function()
            times[name].append((time.process_time() - start) / STEPS_OF_ROUND * 1e6)
    each = np.array(times["a call for each step"])
    for name, seconds in times.items():
        print(f"{name:22}{np.median(seconds):6.0f} us  {np.median(each / seconds):.2f}x as fast")


if __name__ == "__main__":
    main()
