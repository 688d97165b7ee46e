"""The modules `training` and `early_stopping`."""

import os
import time

import tensorflow as tf

from tests.golden.errors import attempt, outcome
from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

from .models import config_of, described, input_fn, model_fn_of, v1


def _trained(api, folder, hooks=None, steps=None):
    estimator = api.EstimatorV2(model_fn_of(api), folder, config_of(api))
    return estimator.train(lambda: input_fn().repeat(3), hooks=hooks, steps=steps)


def validations(api, folder):
    class Exporter(api.of("exporter.Exporter")):
        def __init__(self, name):
            self._name = name

        @property
        def name(self):
            return self._name

        def export(self, *args):
            pass

    hook, listener = v1.train.StopAtStepHook(1), v1.train.CheckpointSaverListener()
    first, second = Exporter("first"), Exporter("second")
    exporters = api.of("training._validate_exporters")
    found = [
        exporters(None),
        exporters([]),
        exporters(first) == (first,),
        exporters([first, second]) == (first, second),
        outcome(exporters, [first, first]),
        outcome(exporters, [Exporter("")]),
        outcome(exporters, [Exporter(None)]),
        outcome(exporters, [Exporter(3)]),
        outcome(exporters, [None]),
        outcome(exporters, 3),
        api.of("training._validate_hooks")(None),
        api.of("training._validate_hooks")([hook]) == (hook,),
        outcome(api.of("training._validate_hooks"), [listener]),
        outcome(api.of("training._validate_input_fn"), input_fn),
        outcome(api.of("training._validate_input_fn"), None),
    ]
    return found


def listeners(api, folder):
    if tf.__version__.startswith("1."):
        return None  # Not there yet.
    listener = v1.train.CheckpointSaverListener()
    validate = api.of("training._validate_saving_listeners")
    return [validate(None), validate([listener]) == (listener,), outcome(validate, [1])]


def google_environment(api, folder):
    is_google = api.of("training._is_google_env")
    found = []
    before = os.environ.pop("TF_CONFIG", None)
    try:
        for value in (None, "{}", '{"environment": "google"}', '{"environment": "cloud"}'):
            if value is not None:
                os.environ["TF_CONFIG"] = value
            found.append(is_google())
    finally:
        os.environ.pop("TF_CONFIG", None)
        if before is not None:
            os.environ["TF_CONFIG"] = before
    names = "_DELAY_SECS_PER_WORKER _ENVIRONMENT_GOOGLE_VALUE _ENVIRONMENT_KEY _MAX_DELAY_SECS "
    names += "_TF_CONFIG_ENV _TRAINER_JOBS"
    return found + [api.of("training." + name) for name in names.split()]


def stop_at_secs(api, folder):
    hook = api.of("training._StopAtSecsHook")

    class Slow(v1.train.SessionRunHook):
        def after_run(self, run_context, run_values):
            time.sleep(0.05)

    estimator = _trained(api, folder, [Slow(), hook(0.12)])
    step = int(estimator.get_variable_value("global_step"))
    return 0 < step < 6


def eval_results(api, folder):
    result, status = api.of("training._EvalResult"), api.of("training._EvalStatus")

    def answer(*args, **kwargs):
        return attempt(lambda: list(result(*args, **kwargs)))

    metrics = {"global_step": 3, "loss": 1.0}
    return [
        [status.EVALUATED, status.MISSING_CHECKPOINT, status.NO_NEW_CHECKPOINT],
        answer(status.EVALUATED, metrics, "path"),
        answer(status.MISSING_CHECKPOINT),
        answer(status=status.NO_NEW_CHECKPOINT, metrics=None, checkpoint_path=None),
        answer(status.MISSING_CHECKPOINT, metrics),
        answer(status.NO_NEW_CHECKPOINT, checkpoint_path="path"),
        answer(status.EVALUATED),
        answer(status.EVALUATED, {"loss": 1.0}, "path"),
        answer(status.EVALUATED, [1], "path"),
        answer(status.EVALUATED, metrics),
    ]


def _executor(api, cls, folder, listener=None, **members):
    estimator = api.EstimatorV2(model_fn_of(api), folder, config_of(api, save_checkpoints_steps=2))
    training = api.of("training.TrainSpec"), api.of("training.EvalSpec")
    return cls(
        estimator,
        training[0](lambda: input_fn().repeat(3), max_steps=4),
        training[1](input_fn, steps=1, start_delay_secs=0, throttle_secs=0),
        [v1.train.StopAtStepHook(last_step=3)],
        listener,
    )


def executor_runs_locally(api, folder):
    calls = []

    class Executor(api.of("training._TrainingExecutor")):
        def run_local(self):
            calls.append("run_local")
            return super().run_local()

    class Listener(api.of("training._ContinuousEvalListener")):
        def before_eval(self):
            calls.append("before_eval")
            return True

        def after_eval(self, eval_result):
            calls.append([type(eval_result.metrics).__name__, eval_result.status])
            return True

    executor = _executor(api, Executor, folder, Listener())
    metrics, exports = executor.run()
    return [calls, plain(metrics), exports, executor.estimator.model_dir == folder]


def executor_by_task(api, folder):
    """Each task has a method; a subclass may have more of them, and change what they do."""
    calls = []

    class Executor(api.of("training._TrainingExecutor")):
        def run_tools(self):
            calls.append("run_tools")

        def _start_std_server(self, config):
            calls.append(["server", config.task_type])

            class Server:
                def join(self):
                    calls.append("join")

            return Server()

        def _start_distributed_training(self, saving_listeners=None):
            calls.append(["train", described(saving_listeners)])

        def _start_continuous_evaluation(self):
            calls.append("evaluate")

    for task in ("chief", "master", "worker", "ps", "evaluator", "tools", "other"):
        executor = _executor(api, Executor, folder)
        executor._estimator._config._task_type = task
        executor._estimator._config._cluster_spec = tf.train.ClusterSpec({task: ["a:1"]})
        calls.append([task, outcome(executor.run)])
    return calls


def executor_starts_a_server_and_trains(api, folder):
    calls = []

    class Executor(api.of("training._TrainingExecutor")):
        def _start_std_server(self, config):
            calls.append(["server", config.task_type])

    executor = _executor(api, Executor, folder)
    executor._estimator._config._task_type = "chief"
    executor._estimator._config._cluster_spec = tf.train.ClusterSpec({"chief": ["a:1"]})
    executor.run()
    return calls + [int(executor.estimator.get_variable_value("global_step"))]


def mistakes_of_an_executor(api, folder):
    cls = api.of("training._TrainingExecutor")
    estimator = api.EstimatorV2(model_fn_of(api), folder, config_of(api))
    train_spec, eval_spec = api.of("training.TrainSpec")(input_fn), api.of("training.EvalSpec")
    return [
        outcome(cls, None, train_spec, None),
        outcome(cls, estimator, None, None),
        outcome(cls, estimator, train_spec, 3),
        outcome(cls, estimator, train_spec, None, [3]),
        outcome(cls, estimator, train_spec, eval_spec(input_fn), None, 3),
        outcome(cls, estimator, train_spec, None),
        outcome(cls(estimator, train_spec, None).run_local),
        outcome(api.of("training._assert_eval_spec"), None),
    ]


def evaluator_of_an_executor(api, folder):
    estimator = api.EstimatorV2(model_fn_of(api), folder, config_of(api))
    eval_spec = api.of("training.EvalSpec")(input_fn, steps=1, name="test")
    evaluator = api.of("training._TrainingExecutor")._Evaluator(estimator, eval_spec, 2)
    found = []
    for steps in (1, None, 1):
        if steps:
            estimator.train(input_fn, steps=steps)
        for _ in range(2):
            result, exports = evaluator.evaluate_and_export()
            path = result.checkpoint_path and os.path.basename(result.checkpoint_path)
            found.append([result.status, path, exports, evaluator.is_final_export_triggered])
    return found


def evaluations_of_a_subclass_get_named_arguments(api, folder):
    calls = []

    class Estimator(api.EstimatorV2):
        def _assert_members_are_not_overridden(self):
            pass

        def evaluate(self, **kwargs):
            calls.append(sorted(kwargs))
            return super().evaluate(**kwargs)

        def train(self, **kwargs):
            calls.append(sorted(kwargs))
            return super().train(**kwargs)

    estimator = Estimator(model_fn_of(api), folder, config_of(api))
    api.of("training.train_and_evaluate")(
        estimator,
        api.of("training.TrainSpec")(input_fn, max_steps=1),
        api.of("training.EvalSpec")(input_fn, steps=1),
    )
    return calls


def stop_on_predicate(api, folder):
    """The hook makes a variable that tells other workers."""
    answers = [False, True]
    hook = api.of("early_stopping._StopOnPredicateHook")(
        lambda: answers.pop(0), run_every_secs=None, run_every_steps=2
    )
    estimator = _trained(api, folder, [hook])
    return [
        # The hook reads the global step beside the step that advances it, and finds either value.
        int(estimator.get_variable_value("global_step")) in (2, 3, 4),
        sorted(estimator.get_variable_names()),
        bool(estimator.get_variable_value("signal_early_stopping/STOP")),
        outcome(api.of("early_stopping._StopOnPredicateHook"), None),
    ]


def hook_of_a_single_machine(api, folder):
    estimator = api.EstimatorV2(model_fn_of(api), folder, config_of(api))
    make = api.of("early_stopping.make_early_stopping_hook")
    return isinstance(make(estimator, bool), api.of("early_stopping._StopOnPredicateHook"))


def check_for_stopping(api, folder):
    hook = api.of("early_stopping._CheckForStoppingHook")()

    class Chief(v1.train.SessionRunHook):
        def begin(self):
            self._stop = v1.assign(api.of("early_stopping._get_or_create_stop_var")(), True)

        def after_run(self, run_context, run_values):
            run_context.session.run(self._stop)

    estimator = _trained(api, folder, [hook, Chief()])
    return [
        int(estimator.get_variable_value("global_step")),
        sorted(estimator.get_variable_names()),
        bool(estimator.get_variable_value("signal_early_stopping/STOP")),
    ]


def stop_by_metrics(api, folder):
    estimator = _trained(api, folder, steps=1)
    estimator.evaluate(input_fn)
    crossed = api.of("early_stopping._stop_if_threshold_crossed_hook")
    stalled = api.of("early_stopping._stop_if_no_metric_improvement_hook")
    found = []
    for hook in (
        crossed(estimator, "loss", 0.0, True, None, 0, None, 1),
        crossed(estimator, "loss", 0.0, False, None, 0, None, 1),
        stalled(estimator, "loss", 0, False, None, 0, None, 1),
        stalled(estimator, "loss", 1, True, None, 0, None, 1),
    ):
        found.append(bool(hook._should_stop_fn()))
    return found


def summaries(api, folder):
    estimator = _trained(api, folder, steps=1)
    estimator.evaluate(input_fn)
    events = api.of("early_stopping._summaries")(estimator.eval_dir())
    tags = [value.tag for event in events for value in event.summary.value]
    metrics = api.of("early_stopping.read_eval_metrics")(estimator.eval_dir())
    return [
        sorted(tags),
        list(api.of("early_stopping._summaries")(os.path.join(folder, "absent"))),
        api.of("early_stopping._EVENT_FILE_GLOB_PATTERN"),
        [[step, plain(values)] for step, values in metrics.items()],
    ]


CASES = cases_of(globals())
