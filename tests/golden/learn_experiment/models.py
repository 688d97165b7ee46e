"""A model that counts its steps, in Estimators of both kinds, and an Experiment that keeps a log.

An `api` has `learn`, the names of `tf.contrib.learn`, `core`, those of `tf.estimator`, and modules
of `tf.contrib.learn`. The code runs on TensorFlow 1.15 (Python 3.7) and later.
"""

import os
import threading
import time

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1

__all__ = ["Program", "Sleeps", "cases_of", "described", "v1"]


def _count_and_loss(features):
    count = v1.get_variable("count", initializer=0.0)
    loss = tf.reduce_mean(features["x"]) - 0.25 * count
    return count, tf.identity(loss, name="the_loss")


def _train_op(count, loss):
    with tf.control_dependencies([loss]):
        counted = v1.assign_add(count, 1.0)
    with tf.control_dependencies([counted]):
        return v1.assign_add(v1.train.get_global_step(), 1)


class Program:
    """An Estimator that counts its steps, and a log of all that is called around it."""

    def __init__(self, api, folder, core=True, model_dir="model", **config):
        settings = {"save_checkpoints_steps": 4, "save_summary_steps": 100}
        settings.update(config)
        self.api, self.core, self.log = api, core, []
        self.folder = os.path.join(folder, model_dir)
        self.config = api.learn.RunConfig(model_dir=self.folder, **settings)
        self.estimator = self.estimator_with(self.config)

    def estimator_with(self, config):
        if self.core:
            return self.api.core.Estimator(self._core_model_fn, config=config)
        return self.api.learn.Estimator(self._learn_model_fn, config=config)

    def _core_model_fn(self, features, labels, mode):
        count, loss = _count_and_loss(features)
        return self.api.core.EstimatorSpec(
            mode,
            predictions={"value": features["x"] + count},
            loss=None if mode == "infer" else loss,
            train_op=_train_op(count, loss) if mode == "train" else None,
            eval_metric_ops={"count": v1.metrics.mean(count)} if mode == "eval" else None,
        )

    def _learn_model_fn(self, features, labels, mode):
        count, loss = _count_and_loss(features)
        return self.api.learn.ModelFnOps(
            mode,
            predictions={"value": features["x"] + count},
            loss=loss,
            train_op=_train_op(count, loss),
            eval_metric_ops={"count": v1.metrics.mean(count)} if mode == "eval" else None,
        )

    def input_fn(self, name):
        def input_fn():
            self.log.append(name + " input")
            return {"x": tf.constant([3.0, 5.0])}, tf.constant([0.0, 0.0])

        return input_fn

    def experiment(self, **kwargs):
        settings = {
            "train_input_fn": self.input_fn("train"),
            "eval_input_fn": self.input_fn("eval"),
            "train_steps": 10,
            "eval_steps": 2,
            "eval_delay_secs": 0,
            "continuous_eval_throttle_secs": 0,
            "check_interval_secs": None,
        }
        settings.update(kwargs)
        return self._experiment_class()(self.estimator, **settings)

    def _experiment_class(self):
        log = self.log

        class LoggingExperiment(self.api.learn.Experiment):
            """Overrides what programs are known to override."""

            def _call_train(self, *args, **kwargs):
                hooks = [type(hook).__name__ for hook in kwargs["hooks"] or []]
                given = {key: kwargs[key] for key in ("steps", "max_steps") if key in kwargs}
                log.append(["train", given, hooks])
                return super(LoggingExperiment, self)._call_train(*args, **kwargs)

            def _call_evaluate(self, *args, **kwargs):
                result = super(LoggingExperiment, self)._call_evaluate(*args, **kwargs)
                path = kwargs.get("checkpoint_path")
                given = [kwargs.get("name"), kwargs.get("steps"), path and os.path.basename(path)]
                log.append(["evaluate"] + given + [described(result)])
                return result

            def _maybe_export(self, eval_result, checkpoint_path=None):
                log.append(["export", described(eval_result), _base(checkpoint_path)])
                return super(LoggingExperiment, self)._maybe_export(eval_result, checkpoint_path)

        return LoggingExperiment

    def strategy(self, name, **kwargs):
        """An ExportStrategy that only writes down what it is given."""

        def export_fn(estimator, export_path, checkpoint_path=None, eval_result=None):
            path = os.path.relpath(export_path, os.fsencode(estimator.model_dir)).decode()
            self.log.append([path, _base(checkpoint_path), described(eval_result)])
            return "exported " + name

        return self.api.learn.ExportStrategy(name, export_fn, **kwargs)

    def hook(self, name):
        log = self.log

        class Hook(v1.train.SessionRunHook):
            def begin(self):
                log.append(name + " begin")

            def end(self, session):
                log.append(name + " end")

        return Hook()

    def answer(self, result=None):
        """The log and what was returned."""
        if isinstance(result, tuple):
            result = [described(result[0]), result[1]]
        elif isinstance(result, dict):
            result = described(result)
        elif result is self.estimator:
            result = "estimator"
        return {"log": self.log, "result": result, "folders": self.folders()}

    def folders(self):
        """Those below model_dir."""
        if not os.path.isdir(self.folder):
            return []
        return sorted(
            name
            for name in os.listdir(self.folder)
            if os.path.isdir(os.path.join(self.folder, name))
        )


def described(metrics):
    if not metrics:
        return metrics
    return {name: float(value) for name, value in sorted(metrics.items())}


def _base(path):
    return path and os.path.basename(path)


class Sleeps:
    """Notes how long the main thread sleeps in a context, in whole seconds, and does not sleep."""

    def __init__(self):
        self.seconds = []

    def _sleep(self, seconds):
        if threading.current_thread() is threading.main_thread() and seconds > 0.5:
            self.seconds.append(int(round(seconds)))
        else:
            self._original(seconds)

    def __enter__(self):
        self._original, time.sleep = time.sleep, self._sleep
        return self

    def __exit__(self, *error):
        time.sleep = self._original
