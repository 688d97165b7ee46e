"""Monitors, among the hooks of an Experiment and of an Estimator."""

import os

import numpy as np
import tensorflow as tf

from tests.golden.errors import attempt
from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import LogLines

from .models import Program, cases_of, described, v1


def _trained(program, *monitors, **kwargs):
    program.experiment(train_monitors=list(monitors), **kwargs).train()
    return program


def _logging_monitor(api, base="BaseMonitor"):
    log = []

    class Monitor(getattr(api.monitors, base)):
        """Writes down what it is called with."""

        def set_estimator(self, estimator):
            super().set_estimator(estimator)
            log.append("set_estimator")

        def begin(self, max_steps=None):
            super().begin(max_steps)
            log.append(["begin", max_steps])

        def step_begin(self, step):
            requested = super().step_begin(step)
            log.append(["step_begin", int(step)])
            return requested + ["the_loss", "the_loss:0"]

        def step_end(self, step, output):
            stop = super().step_end(step, output)
            values = {name: float(output[name]) for name in sorted(output)}
            log.append(["step_end", int(step), values])
            return stop

        def post_step(self, step, session):
            super().post_step(step, session)
            log.append(["post_step", int(step)])

        def end(self, session=None):
            super().end(session)
            log.append(["end", session is not None])

    return Monitor, log


def calls(api, folder):
    """Of a monitor, in both kinds of Estimator, twice."""
    results = []
    for core in (True, False):
        monitor, log = _logging_monitor(api)
        program = Program(api, os.path.join(folder, str(core)), core)
        _trained(program, monitor(), train_steps=2)
        _trained(program, monitor(), train_steps=3)
        results.append(log)
    return results


def every_n(api, folder):
    log = []

    class Monitor(api.monitors.EveryN):
        def every_n_step_begin(self, step):
            log.append(["begin", int(step)])
            return ["the_loss"]

        def every_n_step_end(self, step, outputs):
            log.append(["end", int(step), sorted(outputs)])

        def every_n_post_step(self, step, session):
            log.append(["post", int(step)])

    _trained(Program(api, folder), Monitor(every_n_steps=4, first_n_steps=2), train_steps=11)
    return log


def end_without_session(api, folder):
    """As in the first releases."""
    log = []

    class Monitor(api.monitors.BaseMonitor):
        def end(self):
            log.append("end")

    _trained(Program(api, folder), Monitor(), train_steps=1)
    return log


def adapter(api, folder):
    """The hook by itself; it does not tell monitors the Estimator."""
    monitor, log = _logging_monitor(api, "EveryN")
    hook = api.monitors.RunHookAdapterForMonitors([monitor(), api.monitors.StopAtStep(2)])
    program = Program(api, folder)
    program.estimator.train(program.input_fn("train"), hooks=[hook])
    return log


def hooks_and_monitors(api, folder):
    program = Program(api, folder)

    class Own(api.monitors.BaseMonitor):
        pass

    given = [Own(), program.hook("hook"), api.monitors.StopAtStep(3)]
    found = api.monitors.replace_monitors_with_hooks(given, program.estimator)
    nothing = api.monitors.replace_monitors_with_hooks(None, program.estimator)
    return [[type(hook).__name__ for hook in found], nothing]


def monitors_of_a_worker(api, folder):
    """Only those that run on all workers."""
    from . import runners

    runners.set_environment({"task": {"type": "worker", "index": 1}})
    program = Program(api, folder)
    runners.set_environment(None)
    monitors = [api.monitors.PrintTensor(["the_loss"])]
    some = api.monitors.replace_monitors_with_hooks(monitors, program.estimator)
    more = monitors + [api.monitors.StopAtStep(3)]
    all_workers = api.monitors.replace_monitors_with_hooks(more, program.estimator)
    return [len(some), len(all_workers), more[1].run_on_all_workers, more[0].run_on_all_workers]


def stop_at_step(api, folder):
    program = Program(api, folder)
    results = []
    for monitor in (
        api.monitors.StopAtStep(num_steps=3),
        api.monitors.StopAtStep(num_steps=2),
        api.monitors.StopAtStep(last_step=7),
    ):
        _trained(program, monitor)
        results.append(int(program.estimator.get_variable_value("global_step")))
    return results


def print_tensor(api, folder):
    results = []
    for names in (["the_loss"], {"loss": "the_loss:0"}):
        program = Program(api, os.path.join(folder, str(len(results))))
        with LogLines() as lines:
            _trained(program, api.monitors.PrintTensor(names, every_n=4, first_n=2))
        results.append(lines.starting_with("Step "))
    return results


def print_tensor_of_a_variable(api, folder):
    """Beside what adds to it, so the values vary by one."""
    with LogLines() as lines:
        _trained(Program(api, folder), api.monitors.PrintTensor(["count:0"], every_n=4))
    return [line.split("=")[0] for line in lines.starting_with("Step ")]


def logging_trainable(api, folder):
    results = []
    for scope in (None, "count", "missing"):
        program = Program(api, os.path.join(folder, str(scope)))
        with LogLines() as lines:
            _trained(program, api.monitors.LoggingTrainable(scope, every_n=4))
        results.append([line.split("=")[0] for line in lines.starting_with("Logging Trainable")])
    return results


def capture_variable(api, folder):
    monitors = [
        api.monitors.CaptureVariable("count:0", every_n=3, first_n=2),
        api.monitors.CaptureVariable("the_loss", every_n=5),
    ]
    _trained(Program(api, folder), *monitors)
    return [sorted(int(step) for step in monitor.values) for monitor in monitors]


def summary_saver(api, folder):
    class Own(api.monitors.SummarySaver):
        def begin(self, max_steps=None):
            super().begin(max_steps)
            loss = v1.get_default_graph().get_tensor_by_name("the_loss:0")
            self._summary_op = v1.summary.scalar("own", loss)

    output_dir = os.path.join(folder, "other")
    monitor = Own(None, save_steps=3, output_dir=output_dir)
    _trained(Program(api, folder), monitor, train_steps=8)
    return _steps_of("own", output_dir)


def _steps_of(tag, folder):
    return sorted(
        event.step
        for name in os.listdir(folder)
        if "tfevents" in name
        for event in v1.train.summary_iterator(os.path.join(folder, name))
        for value in event.summary.value
        if value.tag == tag
    )


def step_counter(api, folder):
    program = Program(api, folder)
    _trained(program, api.monitors.StepCounter(every_n_steps=3), train_steps=8)
    api.summary_writer_cache.get_summary_writer(program.folder).flush()
    same = api.summary_writer_cache.SummaryWriterCache.get(program.folder)
    found = same is api.summary_writer_cache.get_summary_writer(program.folder)
    api.summary_writer_cache.clear_summary_writers()
    return [found, 4 in _steps_of("global_step/sec", program.folder)]


def nan_loss(api, folder):
    def model_fn(features, labels, mode):
        step = v1.train.get_global_step()
        loss = tf.math.log(2.5 - tf.cast(step, tf.float32), name="nan_loss")
        return api.learn.ModelFnOps(mode, loss, tf.constant(1.0), v1.assign_add(step, 1))

    results = []
    for kwargs in ({}, {"fail_on_nan_loss": False}):
        model = api.learn.Estimator(model_fn, os.path.join(folder, str(len(kwargs))))
        monitor = api.monitors.NanLoss("nan_loss", every_n_steps=1, **kwargs)
        try:
            model.fit(input_fn=lambda: (tf.constant([1.0]), None), steps=10, monitors=[monitor])
            results.append(int(model.get_variable_value("global_step")) < 10)
        except RuntimeError as error:
            results.append(type(error).__name__)
    return results


def validation(api, folder):
    """Evaluates when there is a new checkpoint."""
    results = []
    for core in (True, False):
        program = Program(api, os.path.join(folder, str(core)), core)
        monitor = api.monitors.ValidationMonitor(
            input_fn=program.input_fn("eval"),
            eval_steps=1,
            every_n_steps=3,
            hooks=[program.hook("hook")],
            name="named",
            check_interval_secs=None,
        )
        with LogLines() as lines:
            _trained(program, monitor)
        count = len(lines.starting_with("Validation"))
        results.append([program.log, program.folders(), count, monitor.best_step])
    return results


def validation_with_interval(api, folder):
    program = Program(api, folder)
    monitor = api.monitors.ValidationMonitor(
        input_fn=program.input_fn("eval"), eval_steps=1, every_n_steps=1, check_interval_secs=1000
    )
    _trained(program, monitor)
    _trained(program, monitor, train_steps=20)
    return program.log


def early_stopping(api, folder):
    results = []
    for kwargs in (
        {"early_stopping_rounds": 3},
        {"early_stopping_rounds": 3, "early_stopping_metric_minimize": False},
        {
            "early_stopping_rounds": 6,
            "early_stopping_metric": "count",
            "early_stopping_metric_minimize": True,
        },
    ):
        folder_of_one = os.path.join(folder, str(len(results)))
        program = Program(api, folder_of_one, save_checkpoints_steps=2)
        monitor = api.monitors.ValidationMonitor(
            input_fn=program.input_fn("eval"),
            eval_steps=1,
            every_n_steps=1,
            check_interval_secs=None,
            **kwargs,
        )
        _trained(program, monitor, train_steps=16)
        results.append(
            [
                monitor.early_stopped,
                int(monitor.best_step),
                float(monitor.best_value),
                described(monitor.best_metrics),
                int(program.estimator.get_variable_value("global_step")),
            ]
        )
    return results


def validation_of_arrays(api, folder):
    def model_fn(features, labels, mode):
        weight = v1.get_variable("weight", initializer=1.0)
        loss = tf.reduce_mean(tf.square(weight * features - labels))
        train_op = v1.assign_add(v1.train.get_global_step(), 1)
        return api.learn.ModelFnOps(mode, {"value": weight * features}, loss, train_op)

    x, y = np.ones([6, 1], np.float32), np.zeros([6, 1], np.float32)
    config = api.learn.RunConfig(model_dir=folder, save_checkpoints_steps=2)
    model = api.learn.Estimator(model_fn, config=config)
    metric = api.learn.MetricSpec(v1.metrics.mean_absolute_error, prediction_key="value")
    monitor = api.monitors.ValidationMonitor(
        x,
        y,
        batch_size=3,
        every_n_steps=2,
        early_stopping_rounds=100,
        metrics={"error": metric},
        check_interval_secs=None,
    )
    model.fit(x=x, y=y, steps=5, monitors=[monitor])
    return plain(monitor.best_metrics)


def checkpoint_saver(api, folder):
    """Beside the checkpoints of the Estimator."""
    program = Program(api, folder, save_checkpoints_steps=100)
    other = os.path.join(folder, "other")
    os.makedirs(other)

    class Own(api.monitors.CheckpointSaver):
        def begin(self, max_steps=None):
            super().begin(max_steps)
            self._saver = v1.train.Saver()

    _trained(program, Own(other, save_steps=3, checkpoint_basename="own"))
    return sorted(name for name in os.listdir(other) if name.endswith(".index"))


def checkpoint_saver_by_time(api, folder):
    program = Program(api, folder, save_checkpoints_steps=100)

    class Own(api.monitors.CheckpointSaver):
        def begin(self, max_steps=None):
            super().begin(max_steps)
            self._scaffold = v1.train.Scaffold(saver=v1.train.Saver(name="own"))

    other = os.path.join(folder, "other")
    os.makedirs(other)
    _trained(program, Own(other, save_secs=1000))
    return sorted(name for name in os.listdir(other) if name.endswith(".index"))


def export_monitor(api, folder):
    """Exports of the checkpoints that there are every so many steps."""
    results = []
    for exports_to_keep in (5, 1):
        program = Program(api, os.path.join(folder, str(exports_to_keep)), core=False)
        export_dir = os.path.join(program.folder, "exports")

        def input_fn():
            x = v1.placeholder(tf.float32, [None, 2], name="raw")
            return {"x": x, "fed": x}, None

        monitor = api.monitors.ExportMonitor(
            every_n_steps=3,
            export_dir=export_dir,
            input_fn=input_fn,
            input_feature_key="fed",
            exports_to_keep=exports_to_keep,
        )
        _trained(program, monitor)
        results.append(
            [
                sorted(os.listdir(export_dir)),
                os.path.basename(monitor.last_export_dir).decode(),
                monitor.export_dir == export_dir,
                monitor.exports_to_keep,
                monitor.signature_fn,
            ]
        )
    return results


def graph_dump(api, folder):
    """Switches and merges cannot be fetched."""
    ignored = ["Const", "Assign", "Identity", "Placeholder", "Switch", "RefSwitch", "Merge"]
    monitor = api.monitors.GraphDump(ignored)
    _trained(Program(api, folder), monitor, train_steps=2)
    names = {tensor.name for tensor in monitor.data[1]}
    nothing = monitor.compare(monitor, 99)
    return [
        [int(step) for step in sorted(monitor.data)],
        [name in names for name in ("Mean:0", "sub:0", "the_loss:0", "Const:0")],
        list(nothing),
    ]


def graph_dump_of_all(api, folder):
    monitor = api.monitors.GraphDump()
    return attempt(lambda: _trained(Program(api, folder), monitor, train_steps=2) and "trained")


def graph_dumps_of_tensors(api, folder):
    """Those of two trainings: are the tensors of the same names compared?."""
    dumps = []
    for index in range(2):
        dump = api.monitors.GraphDump(
            ["Const", "Assign", "Identity", "Switch", "RefSwitch", "Merge"]
        )
        _trained(Program(api, os.path.join(folder, str(index))), dump, train_steps=2)
        dumps.append(dump)
    matched, _ = dumps[0].compare(dumps[1], 2)
    return "Mean:0" in matched


def graph_dump_of_names(api, folder):
    """The values of two dumps that differ."""
    dumps = [api.monitors.GraphDump(["Const"]), api.monitors.GraphDump()]
    for index, dump in enumerate(dumps):
        values = {"same": np.ones(2), "array": np.ones(2) * index, "number": index, "text": "a"}
        dump._data[5] = values
    matched, non_matched = dumps[0].compare(dumps[1], step=5)
    del dumps[1].data[5]["same"]
    try:
        dumps[0].compare(dumps[1], 5, atol=1.0)
        missing = None
    except Exception as error:
        missing = type(error).__name__
    return [sorted(matched), plain(non_matched), missing]


def default_monitors(api, folder):
    with tf.Graph().as_default():
        loss = tf.constant(1.0, name="loss")
        summary = v1.summary.scalar("a", loss)
        found = [
            api.monitors.get_default_monitors(),
            api.monitors.get_default_monitors(loss_op=loss),
            api.monitors.get_default_monitors(
                loss_op=loss, summary_op=summary, save_summary_steps=3, output_dir=folder
            ),
        ]
    return [[type(monitor).__name__ for monitor in monitors] for monitors in found]


CASES = cases_of(globals())
