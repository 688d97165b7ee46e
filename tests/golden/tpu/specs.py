"""TPUEstimatorSpec by itself."""

import functools

import tensorflow as tf

from tests.golden.errors import attempt
from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1


def _filled(api, **fields):
    spec = dict(
        mode="train",
        predictions={"value": tf.constant([1.0])},
        loss=tf.constant(2.0),
        train_op=tf.no_op(),
    )
    spec.update(fields)
    return api.tpu.TPUEstimatorSpec(**spec)


def _eval_spec(api, **fields):
    with tf.Graph().as_default():
        return api.tpu.TPUEstimatorSpec("eval", loss=tf.constant(1.0), **fields)


def fields(api, folder):
    spec = _eval_spec(api)
    return [
        list(spec._fields),
        [value is None for value in spec],
        isinstance(spec, tuple),
        isinstance(spec, api.core.EstimatorSpec),
        isinstance(spec, api.model_fn._TPUEstimatorSpec),
        api.tpu.TPUEstimatorSpec.__name__,
    ]


def hooks_become_tuples(api, folder):
    hook = v1.train.StopAtStepHook(1)
    spec = _eval_spec(api, training_hooks=[hook], evaluation_hooks=(hook, hook))
    return [
        [isinstance(hooks, tuple), len(hooks)]
        for hooks in (spec.training_hooks, spec.evaluation_hooks, spec.prediction_hooks)
    ]


def replaced(api, folder):
    with tf.Graph().as_default():
        spec = _filled(api, mode="eval", eval_metrics=(lambda a: {}, [tf.constant(1.0)]))
        new = spec._replace(loss=tf.constant(5.0), eval_metrics=None)
        made = new.as_estimator_spec()
        with v1.Session() as session:
            return [
                type(new).__name__,
                float(session.run(made.loss)),
                sorted(made.eval_metric_ops),
                made.mode,
            ]


def as_estimator_spec(api, folder):
    """Every field, the functions called."""

    def metric_fn(value):
        return {"mean": v1.metrics.mean(value)}

    def host_fn(value):
        return [value + 1.0]

    with tf.Graph().as_default():
        hook = v1.train.StopAtStepHook(1)
        scaffold = v1.train.Scaffold()
        outputs = {"serving_default": api.core.export.PredictOutput({"a": tf.constant(1.0)})}
        spec = _filled(
            api,
            mode="infer",
            eval_metrics=(metric_fn, [tf.constant(3.0)]),
            host_call=(host_fn, {"value": tf.constant([1.0])}),
            export_outputs=outputs,
            scaffold_fn=lambda: scaffold,
            training_hooks=[hook],
            evaluation_hooks=[hook],
            prediction_hooks=[hook],
        ).as_estimator_spec()
        return [
            type(spec).__name__,
            spec.mode,
            sorted(spec.eval_metric_ops),
            sorted(spec.export_outputs),
            spec.scaffold is scaffold,
            [
                [len(hooks), hooks[0] is hook]
                for hooks in (spec.training_hooks, spec.evaluation_hooks, spec.prediction_hooks)
            ],
            len(spec.training_chief_hooks),
        ]


def two_specs_at_a_time(api, folder):
    """Each keeps the functions that it was given."""

    def function(name):
        return lambda value: {name: v1.metrics.mean(value)}

    with tf.Graph().as_default():
        first, _ = (
            _filled(api, mode="eval", eval_metrics=(function(name), [tf.constant(1.0)]))
            for name in ("first", "second")
        )
        return sorted(first.as_estimator_spec().eval_metric_ops)


def metrics_of_a_list_pair(api, folder):
    with tf.Graph().as_default():
        pair = [lambda value: {"mean": v1.metrics.mean(value)}, (tf.constant(1.0),)]
        return sorted(_filled(api, mode="eval", eval_metrics=pair).as_estimator_spec()[4])


class _Metrics:
    def __call__(self, value):
        return {"mean": v1.metrics.mean(value)}

    def metric_fn(self, value):
        return self(value)

    @staticmethod
    def static_metric_fn(value):
        return {"mean": v1.metrics.mean(value)}


def _scaled(value, scale):
    return {"mean": v1.metrics.mean(value * scale)}


@functools.wraps(_scaled)
def _decorated(*args, **kwargs):
    return _scaled(*args, **kwargs)


def _with_default(value, scale=2.0):
    return _scaled(value, scale)


def _keywords(**tensors):
    return {name: v1.metrics.mean(tensor) for name, tensor in tensors.items()}


def metrics_of_any_callable(api, folder):
    functions = [
        (_Metrics(), [1.0]),
        (_Metrics().metric_fn, [1.0]),
        (_Metrics.static_metric_fn, {"value": 1.0}),
        (functools.partial(_scaled, scale=2.0), [1.0]),
        (functools.partial(_scaled, scale=2.0), {"value": 1.0}),
        (functools.partial(_scaled, 2.0), [1.0]),
        (_decorated, [1.0, 2.0]),
        (_decorated, [1.0]),
        (_decorated, {"value": 1.0, "scale": 2.0}),
        (_with_default, [1.0]),
        (_with_default, [1.0, 2.0]),
        (_with_default, {"value": 1.0}),
        (_keywords, {"a": 1.0, "b": 2.0}),
        (_keywords, [1.0]),
        (lambda: {}, []),
        (lambda: {}, {}),
        (dict, {}),
        (tf.identity, [1.0]),
    ]
    return [attempt(_metric_names, api, *pair) for pair in functions]


def _metric_names(api, function, tensors):
    with tf.Graph().as_default():
        spec = _filled(api, mode="eval", eval_metrics=(function, tensors))
        return sorted(spec.as_estimator_spec().eval_metric_ops)


def spec_of_the_heads(api, folder):
    """The class behind it, whose metrics take a dict or a list too."""
    with tf.Graph().as_default():
        spec = api.model_fn._TPUEstimatorSpec(
            "eval",
            predictions={},
            loss=tf.constant(1.0),
            eval_metrics=(lambda value: {"m": v1.metrics.mean(value)}, {"value": tf.constant(1.0)}),
        )
        return [list(spec._fields), sorted(spec.as_estimator_spec().eval_metric_ops)]


def export_outputs_of_the_predictions(api, folder):
    """Without any, the predictions are one; a single one is the default."""
    with tf.Graph().as_default():
        predictions = {"a": tf.constant([1.0])}
        output = api.core.export.PredictOutput(predictions)
        specs = [
            api.tpu.TPUEstimatorSpec("infer", predictions=predictions),
            api.tpu.TPUEstimatorSpec(
                "infer", predictions=predictions, export_outputs={"mine": output}
            ),
            api.tpu.TPUEstimatorSpec("eval", loss=tf.constant(1.0), export_outputs={"a": output}),
        ]
        return [sorted(spec.export_outputs) for spec in specs]


def loss_of_one_element(api, folder):
    with tf.Graph().as_default():
        spec = api.tpu.TPUEstimatorSpec("eval", loss=tf.constant([1.0]))
        return [list(spec.loss.shape), spec.predictions, list(spec.as_estimator_spec().loss.shape)]


CASES = cases_of(globals())
