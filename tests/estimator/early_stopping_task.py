"""One task of a cluster that stops early; the chief prints the last global step.

TF_CONFIG says which task.

Arguments: the model_dir, and whether this task asks for the stop.
"""

import json
import os
import sys

import tensorflow as tf

from estimator_heads import Estimator, EvalSpec, RunConfig, TrainSpec, train_and_evaluate
from estimator_heads.experimental import make_early_stopping_hook
from tests.estimator.api import API
from tests.golden.estimator.programs import CONSTANT, dataset, linear_model_fn


def main(model_dir, asks):
    environment = json.loads(os.environ["TF_CONFIG"])
    collective = "ps" not in environment["cluster"]
    strategy = tf.distribute.MultiWorkerMirroredStrategy() if collective else None
    config = RunConfig(model_dir, train_distribute=strategy)
    estimator = Estimator(linear_model_fn(API, CONSTANT), config=config)
    hook = make_early_stopping_hook(estimator, lambda: asks == "yes", None, run_every_steps=5)
    train_spec = TrainSpec(dataset, max_steps=1_000_000, hooks=[hook])
    train_and_evaluate(estimator, train_spec, EvalSpec(dataset, steps=1))
    if config.is_chief:  # For the others, the last checkpoint may not have been saved yet.
        print(estimator.get_variable_value("global_step"))


if __name__ == "__main__":
    main(*sys.argv[1:])
