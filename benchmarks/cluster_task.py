"""One process of a cluster that `clusters.py` measures: trains with the others, by TF_CONFIG.

    TF_CONFIG=... python benchmarks/cluster_task.py ours --model-dir FOLDER

Prints the global step whenever it is logged, until somebody ends it.
"""

import argparse
import logging
import re

import tensorflow as tf
from loop_workload import batches, specification

LOG_STEPS = 50


class PrintSteps(logging.Handler):
    """Prints the global step of each message of TensorFlow's log that tells it with the loss."""

    def emit(self, record):
        step = re.search(r"loss = .*step = (\d+)", record.getMessage())
        if step:
            print(step[1], flush=True)


def train(library, model_dir, collective):
    """Trains without end, with the default hooks."""

    def model_fn(features, labels, mode):
        return specification(library, features, labels, mode)

    strategy = None
    if collective:
        tf.compat.v1.disable_eager_execution()  # An Estimator's graph is refused otherwise.
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
    config = library.RunConfig(
        model_dir,
        train_distribute=strategy,
        log_step_count_steps=LOG_STEPS,
        experimental_max_worker_delay_secs=0,
    )
    library.train_and_evaluate(
        library.Estimator(model_fn, config=config),
        library.TrainSpec(lambda: batches(), max_steps=10**9),
        library.EvalSpec(lambda: batches(1)),
    )


def main():
    """Has the process do its part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=["ours", "tf.estimator"])
    parser.add_argument("--model-dir", required=True)
    parser.add_argument("--collective", action="store_true")
    arguments = parser.parse_args()
    logger = logging.getLogger("tensorflow")
    logger.handlers = [PrintSteps()]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    if arguments.peer == "ours":
        import estimator_heads as library
    else:
        library = tf.estimator
    train(library, arguments.model_dir, arguments.collective)


if __name__ == "__main__":
    main()
