"""What hooks see of the loops of train, evaluate and predict, and how they end them."""

import tensorflow as tf

from tests.golden.runtime.global_steps import Log, model_fn_of, numbers, resource_variables

v1 = tf.compat.v1
train = v1.train


class Recorder(train.SessionRunHook):
    """Writes down its calls, and in one of them does something.

    Args:
        calls: List to write into.
        name: What its calls begin with.
        where: Name of the method that calls `act`, from the second step on.
        act: Function of the arguments of that method.
    """

    def __init__(self, calls, name, where=None, act=None):
        self._calls, self._name, self._where, self._act, self._steps = calls, name, where, act, 0

    def _called(self, where, *arguments, note=""):
        self._calls.append(f"{self._name}.{where}{note}")
        if where == self._where and self._steps != 1:
            return self._act(*arguments)

    def begin(self):
        self._called("begin")

    def after_create_session(self, session, coord):
        self._called("after_create_session", session, coord)

    def before_run(self, run_context):
        self._steps += 1
        fetches = run_context.original_args.fetches
        kind = type(fetches).__name__
        note = f" {kind} of {len(fetches)}, {run_context.stop_requested}"
        return self._called("before_run", run_context, note=note)

    def after_run(self, run_context, run_values):
        self._called("after_run", run_context, note=f" {run_context.stop_requested}")

    def end(self, session):
        self._called("end", session)


def eval_model_fn(api):
    """The model, with a metric and a prediction."""
    training = model_fn_of(api, lambda step: v1.assign_add(step, 1))

    def model_fn(features, labels, mode, params):
        if mode == "train":
            return training(features, labels, mode)
        weight = v1.get_variable("weight", initializer=1.0)
        value = weight * tf.cast(features, tf.float32)
        if mode == "infer":
            return api.EstimatorSpec(mode, predictions={"value": value})
        scaffold = None
        if params.get("local_init_op"):
            scaffold = train.Scaffold(local_init_op=tf.no_op())
        mean = v1.metrics.mean(value)
        return api.EstimatorSpec(
            mode, loss=tf.reduce_mean(value), eval_metric_ops={"mean": mean}, scaffold=scaffold
        )

    return model_fn


def estimator(api, folder, params=None):
    """It has been trained for two steps."""
    model = api.Estimator(eval_model_fn(api), folder, api.RunConfig(), params or {})
    return model.train(numbers, steps=2)


def _run(kind, where=None, act=None):
    """A case in which the first of two hooks acts in one of the calls."""

    def case(api, folder):
        calls = []
        with resource_variables():
            model = estimator(api, folder)
            hooks = [Recorder(calls, "first", where, act), Recorder(calls, "second")]
            try:
                if kind == "predict":
                    result = len(list(model.predict(numbers, hooks=hooks)))
                elif kind == "evaluate":
                    result = float(model.evaluate(numbers, steps=4, hooks=hooks)["mean"])
                else:
                    model.train(numbers, hooks, steps=4)
                    result = int(model.get_variable_value("global_step"))
            except ValueError as error:
                result = str(error)
        return {"calls": calls, "result": result}

    name = act.__name__.strip("_") if act else "nothing"
    case.__name__ = f"{kind}_{name}" + (f"_in_{where}" if where else "")
    return case


def _stops(run_context, *more):
    run_context.request_stop()


def _coordinator_stops(session, coordinator):
    coordinator.request_stop()


def _input_ends(*arguments):
    raise tf.errors.OutOfRangeError(None, None, "the hook's")


def _fails(*arguments):
    raise ValueError("the hook's")


def _sets_the_weight(run_context, *more):
    (weight,) = (v for v in v1.global_variables() if v.name == "weight:0")
    weight.load(100.0, run_context.session)


class EvalStep(train.SessionRunHook):
    """Notes the step of the evaluation after each step; sets it to a value after the third."""

    def __init__(self, value=None):
        self.seen, self._value = [], value

    def begin(self):
        (self._step,) = v1.get_collection(v1.GraphKeys.EVAL_STEP) or [None]

    def after_run(self, run_context, run_values):
        self.seen.append(int(run_context.session.run(self._step)))
        if self._value is not None and self.seen[-1] == 3:
            self._step.load(self._value, run_context.session)


def _evaluated(api, folder, hooks, steps=None, params=None):
    with resource_variables(), Log() as log:
        model = estimator(api, folder, params)
        log.lines.clear()
        result = model.evaluate(numbers, steps, hooks)
    return {"mean": float(result["mean"]), "seen": hooks[-1].seen, "log": log.lines}


def eval_step_is_counted(api, folder):
    return _evaluated(api, folder, [EvalStep()], 4)


def eval_step_beside_a_local_init_op(api, folder):
    return _evaluated(api, folder, [EvalStep()], 4, {"local_init_op": True})


def eval_step_is_set_back(api, folder):
    return _evaluated(api, folder, [EvalStep(1)], 5)


def eval_step_is_set_forward(api, folder):
    return _evaluated(api, folder, [EvalStep(6)], 8)


def evaluation_ends_by_a_hook_of_tensorflow(api, folder):
    from tensorflow.python.training import evaluation

    return _evaluated(api, folder, [evaluation._StopAfterNEvalsHook(5), EvalStep()])


CASES = [
    *(_run(kind) for kind in ("train", "evaluate", "predict")),
    *(
        _run(kind, where, act)
        for kind in ("train", "evaluate", "predict")
        for where, act in [
            ("before_run", _stops),
            ("after_run", _stops),
            ("after_create_session", _coordinator_stops),
            ("before_run", _input_ends),
            ("after_run", _input_ends),
            ("before_run", _fails),
            ("after_run", _fails),
            ("end", _fails),
            ("after_run", _sets_the_weight),
        ]
    ),
    eval_step_is_counted,
    eval_step_beside_a_local_init_op,
    eval_step_is_set_back,
    eval_step_is_set_forward,
    evaluation_ends_by_a_hook_of_tensorflow,
]
MISTAKES = []
