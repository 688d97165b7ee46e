"""How fast a TPUEstimator trains: what it logs and writes of it, and when."""

import tensorflow as tf

from tests.golden.estimator.results import events
from tests.golden.learn_estimator.models import LogLines, cases_of

from .models import X, Y, config, estimator, input_fn

v1 = tf.compat.v1


def hooks_that_are_added(api, folder):
    """The hooks that training runs beside those of the user and of the spec."""
    found = []
    for settings in ({}, {"log_step_count_steps": None}, {"save_summary_steps": None}):
        model = estimator(api, folder, config=config(api, **settings))
        with tf.Graph().as_default():
            v1.train.create_global_step()
            features = {"x": tf.constant(X[:4])}
            spec = model._call_model_fn(features, tf.constant(Y[:4]), "train", model.config)
        found.append([type(hook).__name__ for hook in spec.training_hooks])
    return found


def logged_speed(api, folder):
    """Steps and examples a second, every so many steps of a loop; no loss."""
    tpu_config = api.tpu.TPUConfig(iterations_per_loop=4)
    settings = config(api, tpu_config, log_step_count_steps=10, save_summary_steps=3)
    with LogLines() as log:
        estimator(api, folder, config=settings).train(input_fn, steps=10)
    return {
        "lines": [
            len(log.starting_with(text)) for text in ("global_step/sec", "examples/sec", "loss = ")
        ],
        "events": events(folder, steps=True),
    }


def logged_speed_without_summaries(api, folder):
    settings = config(api, log_step_count_steps=4, save_summary_steps=0)
    with LogLines() as log:
        estimator(api, folder, config=settings).train(input_fn, steps=5)
    return [len(log.starting_with("examples/sec")), events(folder)]


def logged_speed_every_so_many_seconds(api, folder):
    tpu_config = api.tpu.TPUConfig(iterations_per_loop="1h")
    with LogLines() as log:
        estimator(api, folder, config=config(api, tpu_config, log_step_count_steps=1)).train(
            input_fn, steps=3
        )
    return [len(log.starting_with("examples/sec")), len(log.starting_with("global_step/sec"))]


def nothing_is_logged(api, folder):
    with LogLines() as log:
        estimator(api, folder, config=config(api, log_step_count_steps=None)).train(
            input_fn, steps=5
        )
    return [len(log.starting_with("examples/sec")), events(folder)]


CASES = cases_of(globals())
