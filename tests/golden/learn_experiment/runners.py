"""learn_runner: run and tune."""

import json
import os

from .models import Program

HOSTS = {
    "ps": ["localhost:1", "localhost:2"],
    "worker": ["localhost:3", "localhost:4"],
    "master": ["localhost:5"],
    "chief": ["localhost:6"],
}


def set_environment(value):
    os.environ.pop("TF_CONFIG", None)
    if value is not None:
        os.environ["TF_CONFIG"] = json.dumps(value)


def experiment_fn_of(program, **kwargs):
    def experiment_fn(run_config, hparams):
        program.log.append(["experiment_fn", hparams and hparams.values()])
        program.estimator = program.estimator_with(run_config)
        return program.experiment(**kwargs)

    return experiment_fn


def run_config(api, folder):
    """It trains and evaluates."""
    results = []
    for core in (True, False):
        program = Program(api, os.path.join(folder, str(core)), core)
        hparams = api.HParams(rate=0.5, layers=[1, 2])
        results.append(
            program.answer(
                api.learn_runner.run(
                    experiment_fn_of(program, min_eval_frequency=0),
                    run_config=program.config,
                    hparams=hparams,
                )
            )
        )
    return results


def output_dir(api, folder):
    program = Program(api, folder)

    def experiment_fn(output_dir):
        program.log.append(os.path.basename(output_dir))
        return program.experiment(min_eval_frequency=0)

    return program.answer(api.learn_runner.run(experiment_fn, program.folder))


def schedule(api, folder):
    program = Program(api, folder)
    result = api.learn_runner.run(
        experiment_fn=experiment_fn_of(program), run_config=program.config, schedule="test"
    )
    return program.answer(result)


def schedule_of_a_subclass(api, folder):
    program = Program(api, folder)

    class Own(api.learn.Experiment):
        def own_schedule(self):
            return ["own", self.train_steps]

    def experiment_fn(run_config, hparams):
        return Own(program.estimator_with(run_config), None, None, train_steps=7)

    return api.learn_runner.run(experiment_fn, schedule="own_schedule", run_config=program.config)


def schedules_of_roles(api, folder):
    """What each role in a cluster runs."""
    tasks = [(role, 0) for role in HOSTS] + [("worker", 1), (None, 0)]
    clusters = {"cluster": HOSTS, "alone": {"worker": ["localhost:1"]}, "none": {}}
    results = {}
    for name, cluster in clusters.items():
        for role, index in tasks:
            if role and name == "alone" and (role, index) != ("worker", 0):
                continue
            set_environment({"cluster": cluster, "task": {"type": role, "index": index}})
            results[f"{name} {role} {index}"] = _schedule_of(api, folder)
    set_environment(None)
    return results


def _schedule_of(api, folder):
    class Told(api.learn.Experiment):
        """Tells the schedule instead of running it."""

        def train(self):
            return "train"

        def train_and_evaluate(self):
            return "train_and_evaluate"

        def run_std_server(self):
            return "run_std_server"

    try:
        program = Program(api, folder)

        def experiment_fn(run_config, hparams):
            return Told(program.estimator_with(run_config), None, None)

        return api.learn_runner.run(experiment_fn, run_config=program.config)
    except Exception as error:
        return type(error).__name__


def tune(api, folder):
    programs = []

    def experiment_fn(run_config, hparams):
        program = Program(api, folder)
        programs.append(program)
        return experiment_fn_of(program)(run_config, hparams)

    class Tuner:
        """Tries two rates."""

        rates = [0.1, 0.2]

        def next_trial(self):
            return bool(self.rates)

        def run_experiment(self, experiment_fn):
            rate = self.rates.pop(0)
            config = Program(api, os.path.join(folder, str(rate))).config
            experiment_fn(run_config=config, hparams=api.HParams(rate=rate)).test()

    api.learn_runner.tune(experiment_fn, Tuner())
    return [program.log for program in programs]


CASES = [
    run_config,
    output_dir,
    schedule,
    schedule_of_a_subclass,
    schedules_of_roles,
    tune,
]
