"""What a TPUEstimator makes of the fields of a spec."""

import os

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import events, plain
from tests.golden.learn_estimator.models import cases_of

from .models import estimator, input_fn, linear_model_fn, metric_fn, once, variables

v1 = tf.compat.v1


def metrics_of_a_dict(api, folder):
    def as_dict(labels, values, mode):
        return metric_fn, {"values": values, "labels": labels}

    model = estimator(api, folder, linear_model_fn(api, eval_metrics=as_dict))
    model.train(input_fn, steps=2)
    return plain(model.evaluate(once))


def metrics_of_varargs(api, folder):
    def any_number(*tensors):
        return {"mean": v1.metrics.mean(tf.add_n(tensors))}

    def as_tuple(labels, values, mode):
        return any_number, (labels, values, values)

    model = estimator(api, folder, linear_model_fn(api, eval_metrics=as_tuple))
    return plain(model.evaluate(once))


def estimator_spec(api, folder):
    """A model_fn that returns an EstimatorSpec gives the same results."""

    def model_fn(features, labels, mode, params):
        spec = linear_model_fn(api)(features, labels, mode, params)
        return spec.as_estimator_spec()

    model = estimator(api, folder, model_fn).train(input_fn, steps=3)
    return [variables(model), plain(model.evaluate(once)), plain(next(model.predict(once)))]


def spec_with_chief_hooks_and_scaffold(api, folder):
    """What TPUs would not allow in an EstimatorSpec."""
    calls = []

    class Recorder(v1.train.SessionRunHook):
        def begin(self):
            calls.append("begin")

    def model_fn(features, labels, mode, params):
        spec = linear_model_fn(api)(features, labels, mode, params).as_estimator_spec()
        scaffold = v1.train.Scaffold(init_fn=lambda scaffold, session: calls.append("init_fn"))
        return spec._replace(training_chief_hooks=[Recorder()], scaffold=scaffold)

    estimator(api, folder, model_fn).train(input_fn, steps=1)
    return calls


def scaffold_fn(api, folder):
    """It is called once per graph, and its result used."""
    calls = []

    def make(labels, values, mode):
        def scaffold_fn():
            calls.append([mode, [variable.op.name for variable in v1.trainable_variables()]])
            return v1.train.Scaffold(
                init_fn=lambda scaffold, session: calls.append([mode, "init_fn"])
            )

        return scaffold_fn

    model = estimator(api, folder, linear_model_fn(api, scaffold_fn=make))
    model.train(input_fn, steps=1)
    model.evaluate(once)
    next(model.predict(once))
    return calls


def scaffold_fn_that_restores(api, folder):
    """As BERT's: the first values come from another checkpoint."""
    old = os.path.join(folder, "old")
    estimator(api, old).train(input_fn, steps=3)

    def make(labels, values, mode):
        def scaffold_fn():
            v1.train.init_from_checkpoint(old, {"linear/": "linear/"})
            return v1.train.Scaffold()

        return scaffold_fn

    model = estimator(api, os.path.join(folder, "new"), linear_model_fn(api, scaffold_fn=make))
    return plain(list(model.predict(once))[:2])


def host_call(api, folder):
    """It runs beside every step of training, evaluation and prediction."""
    calls = []

    def make(labels, values, mode):
        def record(count):
            calls.append([mode, int(count)])
            return np.int64(0)

        def host_fn(count):
            return [v1.py_func(record, [count], tf.int64)]

        return host_fn, [tf.shape(values)[0]]

    model = estimator(api, folder, linear_model_fn(api, host_call=make))
    model.train(input_fn, steps=3)
    model.evaluate(once)
    list(model.predict(once))
    return calls


def host_call_that_writes_summaries(api, folder):
    """Its writer is initialized, and flushed at the end."""

    def make(labels, values, mode):
        def host_fn(step, mean):
            writer = tf.compat.v2.summary.create_file_writer(
                os.path.join(folder, mode), max_queue=1000
            )
            with writer.as_default(), tf.compat.v2.summary.record_if(True):
                tf.compat.v2.summary.write("mean", mean[0], step=step[0])
                return v1.summary.all_v2_summary_ops()

        step = tf.reshape(v1.train.get_global_step(), [1])
        return host_fn, {"step": step, "mean": tf.reshape(tf.reduce_mean(values), [1])}

    model = estimator(api, folder, linear_model_fn(api, host_call=make))
    model.train(input_fn, steps=3)
    model.evaluate(once)
    with tf.Graph().as_default():
        return {mode: events(os.path.join(folder, mode)) for mode in ("train", "eval")}


class _Recorder(v1.train.SessionRunHook):
    """Writes down when it is called."""

    def __init__(self, name, calls):
        self.name, self.calls = name, calls

    def begin(self):
        self.calls.append(self.name + ".begin")

    def before_run(self, run_context):
        self.calls.append(self.name + ".before_run")

    def end(self, session):
        self.calls.append(self.name + ".end")


def hooks_of_the_spec(api, folder):
    calls = []

    def hook(name):
        return lambda labels, values, mode: [_Recorder(name, calls)]

    fields = {name: hook(name) for name in ("training_hooks", "evaluation_hooks")}
    model_fn = linear_model_fn(api, prediction_hooks=hook("prediction_hooks"), **fields)
    model = estimator(api, folder, model_fn)
    user = [_Recorder("user", calls)]
    model.train(input_fn, user, steps=2)
    model.evaluate(once, hooks=user)
    list(model.predict(once, hooks=user))
    return calls


CASES = cases_of(globals())
