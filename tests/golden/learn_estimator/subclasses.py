"""Subclasses that override the steps of an Estimator, and the interfaces."""

import os

import tensorflow as tf

from tests.golden.estimator.results import plain

from .models import (
    X,
    Y,
    cases_of,
    config,
    input_fn,
    linear,
    linear_model_fn,
    minimize,
    queue_input_fn,
    squared,
    v1,
    variables,
)

_STEPS = (
    "_call_model_fn",
    "_get_train_ops",
    "_get_eval_ops",
    "_get_predict_ops",
    "_train_model",
    "_evaluate_model",
    "_infer_model",
    "_check_inputs",
    "_extract_metric_update_ops",
    "_filter_predictions",
    "_get_features_from_input_fn",
    "_is_input_constant",
)


def _recording_class(api, calls):
    """An Estimator that writes down which of its steps are called, and with what."""

    def recorded(name):
        def step(self, *args, **kwargs):
            calls.append([name, len(args), sorted(kwargs)])
            return getattr(super(Recording, self), name)(*args, **kwargs)

        return step

    Recording = type("Recording", (api.learn.Estimator,), {name: recorded(name) for name in _STEPS})
    return Recording


def steps_of_every_call(api, folder):
    calls = []
    model = _recording_class(api, calls)(linear_model_fn(api), folder, config(api))
    model.fit(input_fn=input_fn, steps=1)
    calls.append("evaluate")
    model.evaluate(input_fn=input_fn, steps=1)
    calls.append("predict")
    list(model.predict(input_fn=input_fn))
    calls.append("export_savedmodel")

    def serving_input_fn():
        x = v1.placeholder(tf.float32, [None, 2])
        return api.learn.InputFnOps({"x": x}, None, {"x": x})

    model.export_savedmodel(os.path.join(folder, "export"), serving_input_fn)
    return calls


def steps_of_arrays(api, folder):
    calls = []

    def model_fn(features, labels, mode):
        return linear_model_fn(api)({"x": features}, labels, mode)

    model = _recording_class(api, calls)(model_fn, folder, config(api))
    model.fit(x=X, y=Y, steps=1)
    calls.append("evaluate")
    model.evaluate(x=X, y=Y)
    calls.append("predict")
    list(model.predict(x=X))
    calls.append("not as_iterable")
    model.predict(x=X, as_iterable=False)
    return calls


def overridden_ops(api, folder):
    """A subclass that adds a metric, and scales predictions and loss."""

    class Scaled(api.learn.Estimator):
        def _get_train_ops(self, features, labels):
            ops = super()._get_train_ops(features, labels)
            loss = 3.0 * ops.loss
            return ops._replace(loss=loss, train_op=minimize(loss, 0.2))

        def _get_eval_ops(self, features, labels, metrics):
            ops = super()._get_eval_ops(features, labels, metrics)
            ops.eval_metric_ops["added"] = v1.metrics.mean(ops.predictions["double"])
            return ops

        def _get_predict_ops(self, features):
            ops = super()._get_predict_ops(features)
            return ops._replace(predictions={"minus": -ops.predictions["value"]})

    model = Scaled(linear_model_fn(api), folder, config(api))
    model.fit(input_fn=input_fn, steps=2)
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=queue_input_fn)),
        "predictions": plain(list(model.predict(input_fn=input_fn))),
    }


def overridden_runs(api, folder):
    """A subclass that runs by itself: what the steps return is what the calls return."""

    class Own(api.learn.Estimator):
        def _train_model(self, input_fn, hooks):
            self.trained = len(hooks)
            return 1.0

        def _evaluate_model(self, input_fn, steps, **kwargs):
            return {"steps": steps}, 5

        def _infer_model(self, input_fn, **kwargs):
            return sorted(kwargs)

    model = Own(linear_model_fn(api), folder, config(api))
    model.fit(input_fn=input_fn, steps=2)
    return [
        model.trained,
        model.evaluate(input_fn=input_fn, steps=3),
        model.predict(input_fn=input_fn),
    ]


def evaluation_without_results(api, folder):
    class Silent(api.learn.Estimator):
        def _evaluate_model(self, input_fn, steps, **kwargs):
            return None, None

    return Silent(linear_model_fn(api), folder).evaluate(input_fn=input_fn)


def metrics_without_updates(api, folder):
    """Nothing is run on the batches."""

    class Bare(api.learn.Estimator):
        def _get_eval_ops(self, features, labels, metrics):
            ops = self._call_model_fn(features, labels, api.learn.ModeKeys.EVAL)
            return ops._replace(eval_metric_ops={"loss": ops.loss})

    model = Bare(linear_model_fn(api), folder, config(api)).fit(input_fn=input_fn, steps=1)
    return plain(model.evaluate(input_fn=input_fn))


def base_estimator(api, folder):
    """A subclass of BaseEstimator, with a model of its own."""

    class Model(api.learn.BaseEstimator):
        def __init__(self, model_dir=None, config=None, rate=0.1):
            super().__init__(model_dir=model_dir, config=config)
            self.rate = rate

        def _ops(self, features, labels, mode):
            values = linear(features)
            loss = None if labels is None else squared(labels, values)
            return api.learn.ModelFnOps(
                mode,
                predictions=values,
                loss=loss,
                train_op=None if loss is None else minimize(loss, self.rate),
                eval_metric_ops=None if loss is None else {"loss": v1.metrics.mean(loss)},
            )

        def _get_train_ops(self, features, labels):
            return self._ops(features, labels, api.learn.ModeKeys.TRAIN)

        def _get_eval_ops(self, features, labels, metrics):
            return self._ops(features, labels, api.learn.ModeKeys.EVAL)

        def _get_predict_ops(self, features):
            return self._ops(features, None, api.learn.ModeKeys.INFER)

    model = Model(model_dir=folder, config=config(api), rate=0.3)
    model.fit(input_fn=input_fn, steps=2)
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=input_fn, steps=1)),
        "predictions": plain(list(model.predict(input_fn=input_fn))),
        "params": model.get_params(),
        "text": repr(model),
    }


def base_estimator_without_evaluation(api, folder):
    class Model(api.learn.BaseEstimator):
        def _get_train_ops(self, features, labels):
            return linear_model_fn(api)(features, labels, api.learn.ModeKeys.TRAIN)

        def _get_predict_ops(self, features):
            return linear_model_fn(api)(features, None, api.learn.ModeKeys.INFER)

    model = Model(folder).fit(input_fn=input_fn, steps=1)
    try:
        model.evaluate(input_fn=input_fn, steps=1)
    except NotImplementedError:
        return "NotImplementedError"


def classes(api, folder):
    """Which class is a subclass of which."""
    learn = api.learn
    pairs = [
        (learn.Estimator, learn.BaseEstimator),
        (learn.Estimator, learn.Trainable),
        (learn.Estimator, learn.Evaluable),
        (learn.Estimator, api.core.Estimator),
        (learn.SKCompat, learn.BaseEstimator),
        (learn.RunConfig, api.core.RunConfig),
        (learn.RunConfig, api.ClusterConfig),
        (learn.NotFittedError, ValueError),
        (learn.NotFittedError, AttributeError),
    ]
    return [issubclass(lower, upper) for lower, upper in pairs]


def interfaces(api, folder):
    """What can be trained and evaluated has to say how."""

    class Half(api.learn.Trainable, api.learn.Evaluable):
        def fit(self, **kwargs):
            return self

    class Whole(Half):
        model_dir = "there"

        def evaluate(self, **kwargs):
            return {}

    missing = []
    for kind in (api.learn.Trainable, api.learn.Evaluable, Half, api.learn.BaseEstimator):
        try:
            kind()
        except TypeError:
            missing.append(kind.__name__)
    return [missing, Whole().model_dir]


CASES = cases_of(globals())
