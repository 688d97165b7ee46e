"""Programs around train_and_evaluate, run under the original and under ours.

Each takes an `api` and an empty folder, and returns what can be compared: a log of what was called,
in order, and the results.
"""

import json
import os

import tensorflow as tf

v1 = tf.compat.v1
CHIEF_ALONE = {"chief": ["localhost:1"]}


class _Program:
    """An Estimator that counts its steps, and a log of all that is called around it."""

    def __init__(self, api, folder, **config):
        settings = {"save_checkpoints_steps": 5, "log_step_count_steps": None}
        settings.update(config)
        self.api, self.log = api, []
        config = api.RunConfig(**settings)
        self.estimator = api.Estimator(self._model_fn, os.path.join(folder, "model"), config)

    def _model_fn(self, features, mode):
        count = v1.get_variable("count", initializer=0.0)
        with tf.control_dependencies([v1.assign_add(count, 1.0)]):
            train_op = v1.assign_add(v1.train.get_global_step(), 1)
        loss = tf.reduce_mean(features) - count
        metrics = {"count": v1.metrics.mean(count)}
        return self.api.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    def train_spec(self, elements=None, **kwargs):
        def input_fn():
            self.log.append("train input")
            return tf.data.Dataset.from_tensors(1.0).repeat(elements)

        return self.api.TrainSpec(input_fn, **kwargs)

    def eval_spec(self, **kwargs):
        def input_fn():
            self.log.append("eval input")
            return tf.data.Dataset.from_tensors(1.0).repeat(3)

        settings = {"steps": 2, "throttle_secs": 0, "start_delay_secs": 0}
        settings.update(kwargs)
        return self.api.EvalSpec(input_fn, **settings)

    def listener(self, name):
        log = self.log

        class Listener(v1.train.CheckpointSaverListener):
            def begin(self):
                log.append(name + " begin")

            def before_save(self, session, step):
                log.append(f"{name} before_save {step}")

            def after_save(self, session, step):
                log.append(f"{name} after_save {step}")

            def end(self, session, step):
                log.append(f"{name} end {step}")

        return Listener()

    def hook(self, name, stop_after=None):
        log = self.log

        class Hook(v1.train.SessionRunHook):
            runs = 0

            def begin(self):
                log.append(name + " begin")

            def after_run(self, run_context, run_values):
                self.runs += 1
                if self.runs == stop_after:
                    run_context.request_stop()

            def end(self, session):
                log.append(name + " end")

        return Hook()

    def exporter(self, name, result="exported"):
        program = self

        class Exporter(program.api.Exporter):
            @property
            def name(self):
                return name

            def export(
                self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export
            ):
                assert estimator is program.estimator
                where = os.path.relpath(export_path, estimator.model_dir)
                checkpoint = os.path.relpath(checkpoint_path, estimator.model_dir)
                is_final = bool(is_the_final_export)
                program.log.append([where, checkpoint, described(eval_result), is_final])
                return result and f"{result} {checkpoint}"

        return Exporter()

    def eval_listener(self, before=(), after=()):
        """Answers with the given values, then with True."""
        program, before, after = self, list(before), list(after)

        class Listener(self.api.ContinuousEvalListener):
            def before_eval(self):
                program.log.append("before_eval")
                return before.pop(0) if before else True

            def after_eval(self, eval_result):
                path = eval_result.checkpoint_path
                seen = [eval_result.status, described(eval_result.metrics)]
                program.log.append(["after_eval"] + seen + [path and os.path.basename(path)])
                return after.pop(0) if after else True

        return Listener()

    def call(self, train_spec, eval_spec):
        """Calls train_and_evaluate; the log and the results."""
        result = self.api.train_and_evaluate(self.estimator, train_spec, eval_spec)
        return self.result(result)

    def result(self, result):
        log, self.log = self.log, []
        if result is not None:
            result = [described(result[0]), result[1]]
        return {"log": log, "result": result}


def described(metrics):
    return metrics and {name: float(value) for name, value in sorted(metrics.items())}


def everything(api, folder):
    """Hooks, listeners and exporters, a named evaluation, the end at max_steps."""
    program = _Program(api, folder)
    return program.call(
        program.train_spec(
            max_steps=12,
            hooks=[program.hook("train hook")],
            saving_listeners=[program.listener("first"), program.listener("second")],
        ),
        program.eval_spec(
            name="named",
            hooks=[program.hook("eval hook")],
            exporters=[program.exporter("a"), program.exporter("b", None)],
        ),
    )


def throttled(api, folder):
    program = _Program(api, folder)
    eval_spec = program.eval_spec(throttle_secs=1000, exporters=program.exporter("a"))
    return program.call(program.train_spec(max_steps=22), eval_spec)


def input_that_ends(api, folder):
    program = _Program(api, folder)
    eval_spec = program.eval_spec(exporters=program.exporter("a"), steps=None)
    return program.call(program.train_spec(7), eval_spec)


def input_that_ends_early(api, folder):
    """Fewer steps than max_steps: no export is the final one."""
    program = _Program(api, folder)
    eval_spec = program.eval_spec(exporters=program.exporter("a"))
    return program.call(program.train_spec(7, max_steps=100), eval_spec)


def empty_input(api, folder):
    program = _Program(api, folder)
    return program.call(program.train_spec(0, max_steps=5), program.eval_spec())


def stopped_by_a_hook(api, folder):
    program = _Program(api, folder)
    train_spec = program.train_spec(max_steps=20, hooks=[program.hook("stop", stop_after=8)])
    return program.call(train_spec, program.eval_spec(exporters=program.exporter("a")))


def resumed(api, folder):
    """Goes on from a checkpoint, then has nothing left to do."""
    program = _Program(api, folder)
    eval_spec = program.eval_spec(exporters=program.exporter("a"))
    return [program.call(program.train_spec(max_steps=n), eval_spec) for n in (6, 13, 13, 9)]


def saved_by_time(api, folder):
    """One checkpoint in the end."""
    program = _Program(api, folder, save_checkpoints_steps=None, save_checkpoints_secs=1000)
    eval_spec = program.eval_spec(exporters=program.exporter("a"))
    return program.call(program.train_spec(max_steps=12), eval_spec)


def listener_that_stops(api, folder):
    """A listener of evaluations ends the training after the first and before the second."""
    results = []
    for before, after in (([], [False]), ([True, False], []), ([False], [])):
        program = _Program(api, os.path.join(folder, str(len(results))))
        listener = program.eval_listener(before, after)
        executor = api.TrainingExecutor(
            program.estimator,
            program.train_spec(max_steps=30),
            program.eval_spec(exporters=program.exporter("a")),
            train_hooks=[program.hook("more")],
            continuous_eval_listener=listener,
        )
        results.append(program.result(executor.run()))
    return results


def alone_in_a_cluster(api, folder):
    """A chief does not evaluate, a master does; an evaluator finds what they saved."""
    results = []
    for role in ("chief", "master"):
        hosts, task = {role: ["localhost:1"]}, {"type": role, "index": 0}
        set_environment({"cluster": hosts, "task": task})
        program = _Program(api, os.path.join(folder, role))
        eval_spec = program.eval_spec(exporters=program.exporter("a"))
        train_spec = program.train_spec(max_steps=12, saving_listeners=[program.listener("own")])
        results.append(program.call(train_spec, eval_spec))
    set_environment({"cluster": CHIEF_ALONE, "task": {"type": "evaluator", "index": 0}})
    program = _Program(api, os.path.join(folder, "chief"))
    eval_spec = program.eval_spec(exporters=program.exporter("a"))
    results.append(program.call(program.train_spec(max_steps=12), eval_spec))
    set_environment(None)
    return results


def evaluator_with_listener(api, folder):
    """Without a checkpoint, with one, with no new one."""
    program = _Program(api, folder)
    trained = []

    def training_listener():
        base = program.eval_listener(after=[True, True, False])
        ask = base.before_eval

        def before_eval():
            if not trained and "before_eval" in program.log:
                trained.append(program.estimator.train(program.train_spec().input_fn, steps=3))
            return ask()

        base.before_eval = before_eval
        return base

    set_environment({"cluster": CHIEF_ALONE, "task": {"type": "evaluator", "index": 0}})
    evaluator = _Program(api, folder)
    evaluator.log = program.log
    set_environment(None)
    executor = api.TrainingExecutor(
        evaluator.estimator,
        evaluator.train_spec(max_steps=9),
        evaluator.eval_spec(),
        continuous_eval_listener=training_listener(),
    )
    return program.result(executor.run())


PROGRAMS = [
    everything,
    throttled,
    input_that_ends,
    input_that_ends_early,
    empty_input,
    stopped_by_a_hook,
    resumed,
    saved_by_time,
    listener_that_stops,
    alone_in_a_cluster,
    evaluator_with_listener,
]


def _input_fn():
    return tf.data.Dataset.from_tensors(1.0)


class _Named:
    """An exporter; the class it is derived from depends on the API."""

    def __init__(self, name):
        self._name = name

    name = property(lambda self: self._name)

    def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
        return None


def _exporters(*names):
    return lambda api: [type("Named", (_Named, api.Exporter), {})(name) for name in names]


# Arguments by name; a function makes them from the API.
TRAIN_SPECS = {
    "input_only": {},
    "no_input": {"input_fn": None},
    "text_as_input": {"input_fn": "input"},
    "dataset_as_input": {"input_fn": 1},
    "max_steps": {"max_steps": 3},
    "max_steps_0": {"max_steps": 0},
    "max_steps_negative": {"max_steps": -1},
    "max_steps_text": {"max_steps": "3"},
    "hooks": {"hooks": [v1.train.StopAtStepHook(1)]},
    "hooks_tuple": {"hooks": (v1.train.StopAtStepHook(1),)},
    "hooks_wrong": {"hooks": [1]},
    "hooks_single": {"hooks": v1.train.StopAtStepHook(1)},
    "listeners": {"saving_listeners": [v1.train.CheckpointSaverListener()]},
    "listeners_wrong": {"saving_listeners": ["listener"]},
    "listeners_empty": {"saving_listeners": []},
}
EVAL_SPECS = {
    "input_only": {},
    "no_input": {"input_fn": None},
    "steps_none": {"steps": None},
    "steps_0": {"steps": 0},
    "steps_negative": {"steps": -5},
    "name": {"name": "named"},
    "name_empty": {"name": ""},
    "name_number": {"name": 3},
    "hooks": {"hooks": [v1.train.StopAtStepHook(1)]},
    "hooks_wrong": {"hooks": [None]},
    "exporters": {"exporters": _exporters("a", "b")},
    "exporter_single": {"exporters": lambda api: _exporters("a")(api)[0]},
    "exporters_iterator": {"exporters": lambda api: tuple(_exporters("a", "b")(api))},
    "exporters_same_name": {"exporters": _exporters("a", "a")},
    "exporters_no_name": {"exporters": _exporters("a", None)},
    "exporters_empty_name": {"exporters": _exporters("")},
    "exporters_number_name": {"exporters": _exporters(1)},
    "exporters_wrong": {"exporters": [1]},
    "exporters_with_none": {"exporters": lambda api: _exporters("a")(api) + [None]},
    "exporters_text": {"exporters": "exporter"},
    "exporters_number": {"exporters": 3},
    "exporters_empty": {"exporters": []},
    "delays": {"start_delay_secs": 1, "throttle_secs": 2.5},
    "delays_0": {"start_delay_secs": 0, "throttle_secs": 0},
    "delay_negative": {"start_delay_secs": -1},
    "throttle_negative": {"throttle_secs": -1},
}


def _fields(spec):
    """The fields of a spec, with the lengths of sequences and no functions."""
    plain = (int, float, str, type(None))
    return {
        name: len(value) if isinstance(value, tuple) else value
        for name, value in spec._asdict().items()
        if isinstance(value, plain + (tuple,))
    }


def spec_outcomes(api):
    result = {}
    for name, cases in (("TrainSpec", TRAIN_SPECS), ("EvalSpec", EVAL_SPECS)):
        for case, given in cases.items():
            kwargs = {"input_fn": _input_fn}
            kwargs.update(given)
            exporters = kwargs.get("exporters")
            if callable(exporters) and not hasattr(exporters, "export"):
                kwargs["exporters"] = exporters(api)
            try:
                result[f"{name}/{case}"] = _fields(getattr(api, name)(**kwargs))
            except Exception as error:
                result[f"{name}/{case}"] = type(error).__name__
    return result


def call_outcomes(api, folder):
    """Types of errors of train_and_evaluate itself."""
    program = _Program(api, folder)
    train_spec, eval_spec = program.train_spec(max_steps=1), program.eval_spec()
    calls = {
        "no_estimator": (None, train_spec, eval_spec),
        "estimator_class": (api.Estimator, train_spec, eval_spec),
        "no_train_spec": (program.estimator, None, eval_spec),
        "swapped": (program.estimator, eval_spec, train_spec),
        "no_eval_spec": (program.estimator, train_spec, None),
        "eval_spec_text": (program.estimator, train_spec, "eval"),
    }
    never = {"save_checkpoints_steps": None, "save_checkpoints_secs": None}
    estimator = _Program(api, os.path.join(folder, "never"), **never).estimator
    calls["no_checkpoints"] = (estimator, train_spec, eval_spec)
    hosts = dict(CHIEF_ALONE, helper=["localhost:2"], local=["localhost:3"], worker=["localhost:4"])
    for role, index in (("evaluator", 1), ("helper", 0), ("local", 0)):
        set_environment({"cluster": hosts, "task": {"type": role, "index": index}})
        estimator = _Program(api, folder).estimator
        calls[f"{role}_{index}"] = (estimator, train_spec, eval_spec)
    set_environment(None)
    result = {}
    for name, arguments in calls.items():
        try:
            result[name] = api.train_and_evaluate(*arguments)
        except Exception as error:
            result[name] = type(error).__name__
    return result


def set_environment(value):
    os.environ.pop("TF_CONFIG", None)
    if value is not None:
        os.environ["TF_CONFIG"] = json.dumps(value)
