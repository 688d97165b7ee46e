"""Records what the heads of TF 1.15's contrib.learn answer to every case: see README.md here."""

import os
import sys
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tensorflow as tf  # noqa: E402

from tests.golden import recording  # noqa: E402
from tests.golden.heads.runner import attempt  # noqa: E402
from tests.golden.heads_learn import other_cases  # noqa: E402
from tests.golden.heads_learn.cases import CASES  # noqa: E402
from tests.golden.heads_learn.runner import run_case  # noqa: E402
from tests.golden.heads_v1.runner import arguments_of  # noqa: E402

FUNCTIONS = sorted({case.factory for case in CASES} | {"no_op_train_fn"})
METHODS = ("create_model_fn_ops",)


def main():
    tf.compat.v1.logging.set_verbosity("ERROR")
    api = legacy_api()
    output, answers = recording.ask(
        CASES, lambda case: {"graph": run_case(case, api)}, description=__doc__
    )
    others = {name: attempt(other_cases.run, name, api) for name in other_cases.CASES}
    answers["others"] = {"graph": others}
    answers["signatures"] = {"graph": signatures(api)}
    recording.write(output, answers)


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


if __name__ == "__main__":
    main()
