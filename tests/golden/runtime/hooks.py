"""What the hooks of an Estimator evaluate, and receivers that are made after an input_fn."""

import json
import os

import tensorflow as tf

from tests.golden.estimator.programs import CONSTANT, dataset, linear_config, linear_model_fn
from tests.golden.estimator.results import events, plain

v1 = tf.compat.v1


class RecordingHook(v1.train.SessionRunHook):
    """Keeps the values of a variable at the end of each session."""

    def __init__(self, values):
        self._values = values

    def begin(self):
        (self._weights,) = [v for v in v1.global_variables() if v.name == "linear/weights:0"]

    def end(self, session):
        self._values.append(plain(session.run(self._weights)))


def evaluations_in_training(api, folder):
    """The weights of each evaluation, and what it writes."""
    estimator = api.Estimator(linear_model_fn(api, CONSTANT), folder, linear_config(api))
    weights = []
    evaluator = api.InMemoryEvaluatorHook(
        estimator, dataset, steps=2, hooks=[RecordingHook(weights)], name="inside", every_n_iter=2
    )
    estimator.train(dataset, hooks=[evaluator], steps=5)
    return {
        "weights": weights,
        "events": events(os.path.join(folder, "eval_inside"), steps=True),
        "after": plain(estimator.evaluate(dataset, steps=2)),
    }


def evaluations_go_on_in_a_second_training(api, folder):
    estimator = api.Estimator(linear_model_fn(api, CONSTANT), folder, linear_config(api))
    weights = []
    evaluator = api.InMemoryEvaluatorHook(
        estimator,
        lambda: dataset(repeat=False),
        hooks=[RecordingHook(weights)],
        every_n_iter=3,
    )
    for _ in range(2):
        estimator.train(dataset, hooks=[evaluator], steps=2)
    return {"weights": weights, "events": events(os.path.join(folder, "eval"), steps=True)}


def hooks_that_end_at_a_checkpoint(api, folder):
    """The class of the hook for each task of a cluster."""
    cluster = {"chief": ["a:1"], "worker": ["b:1"], "ps": ["c:1"]}
    results = {}
    for task in ("chief", "worker"):
        os.environ["TF_CONFIG"] = json.dumps(
            {"cluster": cluster, "task": {"type": task, "index": 0}}
        )
        try:
            estimator = api.Estimator(lambda features, mode: None, folder, api.RunConfig())
        finally:
            del os.environ["TF_CONFIG"]
        hook = api.make_stop_at_checkpoint_step_hook(estimator, 10)
        results[task] = type(hook).__name__.strip("_")
    return results


CASES = [
    evaluations_in_training,
    evaluations_go_on_in_a_second_training,
    hooks_that_end_at_a_checkpoint,
]


def _evaluator(api, folder, model_fn=None, **kwargs):
    model_fn = model_fn or linear_model_fn(api, CONSTANT)
    estimator = api.Estimator(model_fn, folder, linear_config(api))
    evaluator = api.InMemoryEvaluatorHook(estimator, dataset, steps=1, **kwargs)
    estimator.train(dataset, hooks=[evaluator], steps=1)


def evaluator_that_is_never_due(api, folder):
    _evaluator(api, folder, every_n_iter=0)


def evaluator_without_interval(api, folder):
    _evaluator(api, folder, every_n_iter=None)


def evaluator_with_bad_hooks(api, folder):
    _evaluator(api, folder, hooks=["hook"])


def evaluator_of_a_model_with_a_saver(api, folder):
    def model_fn(features, labels, mode):
        spec = linear_model_fn(api, CONSTANT)(features, labels, mode)
        return spec._replace(scaffold=v1.train.Scaffold(saver=v1.train.Saver()))

    _evaluator(api, folder, model_fn)


def evaluator_of_a_model_with_an_init_fn(api, folder):
    def model_fn(features, labels, mode):
        spec = linear_model_fn(api, CONSTANT)(features, labels, mode)
        return spec._replace(scaffold=v1.train.Scaffold(init_fn=lambda scaffold, session: None))

    _evaluator(api, folder, model_fn)


def stop_at_no_step(api, folder):
    estimator = api.Estimator(lambda features, mode: None, folder)
    api.make_stop_at_checkpoint_step_hook(estimator, None)


MISTAKES = [
    evaluator_that_is_never_due,
    evaluator_without_interval,
    evaluator_with_bad_hooks,
    evaluator_of_a_model_with_a_saver,
    evaluator_of_a_model_with_an_init_fn,
    stop_at_no_step,
]
