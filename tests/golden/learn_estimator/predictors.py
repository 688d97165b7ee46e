"""Predictors: `tf.contrib.predictor.from_contrib_estimator`."""

import tensorflow as tf

from tests.golden.errors import outcome
from tests.golden.estimator.results import plain

from .exports import _alternatives, _model_fn, _parsing, _raw
from .models import X, cases_of, estimator, fitted, v1


def _answers(predictor, fed):
    return {
        "inputs": sorted(predictor.feed_tensors),
        "outputs": sorted(predictor.fetch_tensors),
        "values": plain(predictor(fed)),
    }


def raw_input(api, folder):
    model = fitted(api, folder, _model_fn(api))
    return _answers(api.predictor.from_contrib_estimator(model, _raw(api)), {"x": X[:3]})


def parsed_input(api, folder):
    model = fitted(api, folder, _model_fn(api))
    example = tf.train.Example()
    example.features.feature["x"].float_list.value.extend(X[1])
    predictor = api.predictor.from_contrib_estimator(model, _parsing(api))
    return _answers(predictor, {"examples": [example.SerializeToString()]})


def one_of_several_outputs(api, folder):
    model = fitted(api, folder, _model_fn(api, _alternatives(api)))
    predictor = api.predictor.from_contrib_estimator(
        model,
        _raw(api),
        input_alternative_key="default_input_alternative",
        output_alternative_key="regression_of_two",
    )
    return _answers(predictor, {"x": X[:3]})


def graph_and_config_of_the_caller(api, folder):
    model = fitted(api, folder, _model_fn(api))
    graph = tf.Graph()
    config = v1.ConfigProto(allow_soft_placement=True)
    predictor = api.predictor.from_contrib_estimator(model, _raw(api), graph=graph, config=config)
    return [predictor.graph is graph, predictor.session.graph is graph]


def initial_values(api, folder):
    """Before there is a checkpoint."""
    model = estimator(api, folder, _model_fn(api))
    return _answers(api.predictor.from_contrib_estimator(model, _raw(api)), {"x": X[:3]})


def mistakes(api, folder):
    model = fitted(api, folder, _model_fn(api, _alternatives(api)))
    core = api.core.Estimator(lambda features, labels, mode: None)
    make = api.predictor.from_contrib_estimator
    return {
        "estimator_of_core": outcome(lambda: make(core, _raw(api))),
        "no_output_named": outcome(lambda: make(model, _raw(api))),
        "unknown_output": outcome(lambda: make(model, _raw(api), output_alternative_key="other")),
        "unknown_input": outcome(
            lambda: make(model, _raw(api), "other", output_alternative_key="regression")
        ),
    }


CASES = cases_of(globals())
