"""Mistakes: the type of the error is what counts."""

import os

from . import exports, runners
from .models import Program, cases_of, v1


def estimator_of_other_type(api, folder):
    api.learn.Experiment("estimator", None, None)


def estimator_that_only_trains(api, folder):
    class Trained(api.learn.Trainable):
        def fit(self, **kwargs):
            return self

    api.learn.Experiment(Trained(), None, None)


def estimator_that_is_only_evaluated(api, folder):
    class Evaluated(api.learn.Evaluable):
        model_dir = "folder"

        def evaluate(self, **kwargs):
            return {}

    api.learn.Experiment(Evaluated(), None, None)


def core_estimator_with_metrics(api, folder):
    Program(api, folder).experiment(eval_metrics={})


def learn_estimator_with_saving_listeners(api, folder):
    Program(api, folder, core=False).experiment(saving_listeners=[])


def steps_per_iteration_not_an_int(api, folder):
    Program(api, folder).experiment(train_steps_per_iteration=2.0)


def export_strategies_of_other_type(api, folder):
    Program(api, folder).experiment(export_strategies=["strategy"])


def export_strategies_not_iterable(api, folder):
    Program(api, folder).experiment(export_strategies=3)


def reset_to_other_type(api, folder):
    Program(api, folder).experiment().reset_export_strategies([None])


def predicate_not_callable(api, folder):
    Program(api, folder).experiment().continuous_eval(continuous_eval_predicate_fn="yes")


def predicate_of_training_not_callable(api, folder):
    Program(api, folder).experiment().continuous_train_and_eval(1)


def call_train_by_position(api, folder):
    Program(api, folder).experiment()._call_train("input_fn", hooks=None)


def call_evaluate_by_position(api, folder):
    Program(api, folder).experiment()._call_evaluate("input_fn")


def evaluate_without_checkpoint(api, folder):
    Program(api, folder).experiment().evaluate()


def evaluate_learn_without_checkpoint(api, folder):
    Program(api, folder, core=False).experiment().evaluate()


def server_without_cluster(api, folder):
    Program(api, folder).experiment().run_std_server()


def core_config_in_a_cluster(api, folder):
    runners.set_environment(
        {
            "cluster": {"chief": ["localhost:1"], "worker": ["localhost:2"]},
            "task": {"type": "worker", "index": 0},
        }
    )
    try:
        config = api.core.RunConfig(model_dir=folder)
    finally:
        runners.set_environment(None)
    program = Program(api, folder)
    program.estimator = program.estimator_with(config)
    program.experiment().train()


def failing_export_strategy(api, folder):
    def export_fn(estimator, path):
        raise OSError("full")

    program = Program(api, folder)
    program.experiment(export_strategies=api.learn.ExportStrategy("name", export_fn)).test()


def default_output_alternative_key_with_core(api, folder):
    strategy = api.learn.make_export_strategy(
        exports.serving_input_fn(api, True), default_output_alternative_key="key"
    )
    Program(api, folder).experiment(export_strategies=strategy).test()


def run_without_folder(api, folder):
    api.learn_runner.run(lambda run_config, hparams: None)


def run_with_both(api, folder):
    program = Program(api, folder)
    api.learn_runner.run(runners.experiment_fn_of(program), folder, run_config=program.config)


def run_with_empty_output_dir(api, folder):
    api.learn_runner.run(lambda output_dir: None, "")


def run_output_dir_with_hparams(api, folder):
    api.learn_runner.run(lambda output_dir: None, folder, hparams=api.HParams())


def run_of_no_function(api, folder):
    api.learn_runner.run("experiment_fn", folder)


def run_that_returns_none(api, folder):
    api.learn_runner.run(lambda output_dir: None, folder)


def run_config_that_returns_none(api, folder):
    config = Program(api, folder).config
    api.learn_runner.run(lambda run_config, hparams: None, run_config=config)


def run_with_a_core_config(api, folder):
    config = api.core.RunConfig(model_dir=folder)
    api.learn_runner.run(runners.experiment_fn_of(Program(api, folder)), run_config=config)


def run_config_without_model_dir(api, folder):
    program = Program(api, folder)
    api.learn_runner.run(runners.experiment_fn_of(program), run_config=api.learn.RunConfig())


def run_with_other_hparams(api, folder):
    program = Program(api, folder)
    api.learn_runner.run(
        runners.experiment_fn_of(program), run_config=program.config, hparams={"rate": 1}
    )


def run_with_another_config(api, folder):
    program = Program(api, folder)

    def experiment_fn(run_config, hparams):
        return program.experiment()

    config = api.learn.RunConfig(model_dir=os.path.join(folder, "other"))
    api.learn_runner.run(experiment_fn, run_config=config)


def run_with_a_core_config_in_the_estimator(api, folder):
    program = Program(api, folder)

    def experiment_fn(run_config, hparams):
        config = api.core.RunConfig(model_dir=program.folder)
        program.estimator = program.estimator_with(config)
        return program.experiment()

    api.learn_runner.run(experiment_fn, run_config=program.config)


def unknown_schedule(api, folder):
    program = Program(api, folder)
    api.learn_runner.run(
        runners.experiment_fn_of(program), run_config=program.config, schedule="fly"
    )


def schedule_that_is_no_method(api, folder):
    program = Program(api, folder)
    api.learn_runner.run(
        runners.experiment_fn_of(program), run_config=program.config, schedule="train_steps"
    )


def tune_without_hparams(api, folder):
    class Tuner:
        def next_trial(self):
            return True

        def run_experiment(self, experiment_fn):
            experiment_fn(run_config=Program(api, folder).config, hparams=None)

    api.learn_runner.tune(runners.experiment_fn_of(Program(api, folder)), Tuner())


def monitor_without_input(api, folder):
    api.monitors.ValidationMonitor()


def monitor_with_arrays_of_a_core_estimator(api, folder):
    monitor = api.monitors.ValidationMonitor(x=[1], every_n_steps=1, check_interval_secs=None)
    program = Program(api, folder)
    program.experiment(train_monitors=[monitor]).train()


def monitor_with_missing_metric(api, folder):
    program = Program(api, folder)
    monitor = api.monitors.ValidationMonitor(
        input_fn=program.input_fn("eval"),
        eval_steps=1,
        every_n_steps=1,
        early_stopping_rounds=1,
        early_stopping_metric="missing",
        check_interval_secs=None,
    )
    program.experiment(train_monitors=[monitor]).train()


def export_monitor_of_a_core_estimator(api, folder):
    monitor = api.monitors.ExportMonitor(1, os.path.join(folder, "export"))
    Program(api, folder).experiment(train_monitors=[monitor]).train()


def monitor_in_two_trainings(api, folder):
    monitor = api.monitors.BaseMonitor()
    monitor.begin()
    monitor.begin()


def monitor_that_ends_first(api, folder):
    api.monitors.BaseMonitor().end()


def monitor_without_estimator(api, folder):
    api.monitors.BaseMonitor().set_estimator(None)


def monitor_at_another_step(api, folder):
    monitor = api.monitors.BaseMonitor()
    monitor.step_begin(3)
    monitor.step_end(4, {})


def monitor_at_a_negative_step(api, folder):
    api.monitors.BaseMonitor().step_begin(-1)


def monitor_beyond_max_steps(api, folder):
    monitor = api.monitors.BaseMonitor()
    monitor.begin(max_steps=3)
    monitor.step_begin(4)


def monitor_of_a_negative_epoch(api, folder):
    api.monitors.BaseMonitor().epoch_begin(-1)


def monitor_of_another_epoch(api, folder):
    monitor = api.monitors.BaseMonitor()
    monitor.epoch_begin(1)
    monitor.epoch_end(2)


def monitor_of_two_epochs(api, folder):
    monitor = api.monitors.BaseMonitor()
    monitor.epoch_begin(1)
    monitor.epoch_begin(2)


def monitor_that_requests_no_list(api, folder):
    class Monitor(api.monitors.BaseMonitor):
        def step_begin(self, step):
            return "the_loss"

    Program(api, folder).experiment(train_monitors=[Monitor()]).train()


def monitor_that_requests_of_another_graph(api, folder):
    class Monitor(api.monitors.BaseMonitor):
        def step_begin(self, step):
            with v1.Graph().as_default():
                return [v1.placeholder("float32")]

    Program(api, folder).experiment(train_monitors=[Monitor()]).train()


def stop_at_step_without_step(api, folder):
    api.monitors.StopAtStep()


def stop_at_step_with_both(api, folder):
    api.monitors.StopAtStep(num_steps=1, last_step=2)


def checkpoint_saver_without_interval(api, folder):
    api.monitors.CheckpointSaver(folder)


def checkpoint_saver_with_both(api, folder):
    api.monitors.CheckpointSaver(folder, save_secs=1, save_steps=1)


def nan_loss(api, folder):
    monitor = api.monitors.NanLoss("nan")
    monitor.step_begin(1)
    monitor.step_end(1, {"nan": float("nan")})


CASES = cases_of(globals())
