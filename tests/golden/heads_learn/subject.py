"""The heads of `tf.contrib.learn`, with ModelFnOps, MetricSpec and the serving input functions."""

import types

from tests.golden.errors import attempt
from tests.golden.heads_v1.runner import arguments_of
from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from . import other_cases
from .cases import CASES
from .runner import run_case

FUNCTIONS = sorted({case.factory for case in CASES} | {"no_op_train_fn"})
METHODS = ("create_model_fn_ops",)


def legacy_api():
    """The heads' module of TF 1.15, with ModeKeys and what else is recorded, in one namespace."""
    from tensorflow.contrib.learn.python.learn import metric_spec
    from tensorflow.contrib.learn.python.learn.estimators import (
        constants,
        head,
        metric_key,
        model_fn,
        prediction_key,
    )
    from tensorflow.contrib.learn.python.learn.utils import input_fn_utils

    modules = (input_fn_utils, constants, metric_key, prediction_key, metric_spec, head, model_fn)
    names = {name: value for module in modules for name, value in vars(module).items()}
    return types.SimpleNamespace(**names)


def signatures(api):
    recorded = {name: arguments_of(getattr(api, name)) for name in FUNCTIONS}
    recorded.update(("Head." + name, arguments_of(getattr(api.Head, name))) for name in METHODS)
    recorded["ModelFnOps"] = arguments_of(api.ModelFnOps.__new__)
    recorded["ModelFnOps.estimator_spec"] = arguments_of(api.ModelFnOps.estimator_spec)
    recorded["MetricSpec"] = arguments_of(api.MetricSpec)
    recorded["MetricSpec.create_metric_ops"] = arguments_of(api.MetricSpec.create_metric_ops)
    recorded["InputFnOps"] = ", ".join(api.InputFnOps._fields)
    return recorded


def others(api):
    return {name: attempt(other_cases.run, name, api) for name in other_cases.CASES}


def ask(case, api):
    return {"graph": case(api) if case in (others, signatures) else run_case(case, api)}


SUBJECT = Subject(
    name="heads_learn",
    cases=dict({case.id: case for case in CASES}, others=others, signatures=signatures),
    ask=ask,
    original=legacy_api,
    releases=("1.15",),
    form=BY_FIELD,
)
