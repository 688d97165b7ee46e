"""The methods of Experiment."""

import os

from . import runners
from .models import Program, Sleeps, cases_of, described, v1


def _both(run, api, folder, **config):
    """Around an Estimator of tf.estimator and one of tf.contrib.learn."""
    return {
        name: run(Program(api, os.path.join(folder, name), core, **config))
        for name, core in (("core", True), ("learn", False))
    }


def train(api, folder):
    def run(program):
        hook = program.hook("hook")
        experiment = program.experiment(train_monitors=[hook])
        result = experiment.train()
        experiment.train()
        return program.answer(result)

    return _both(run, api, folder)


def evaluate(api, folder):
    def run(program):
        experiment = program.experiment(eval_hooks=[program.hook("hook")])
        experiment.train()
        experiment.evaluate(name="named")
        return program.answer(experiment.evaluate())

    return _both(run, api, folder)


def train_and_evaluate(api, folder):
    def run(program):
        experiment = program.experiment(
            export_strategies=[program.strategy("a"), program.strategy("b")],
            eval_hooks=[program.hook("eval")],
        )
        return program.answer(experiment.train_and_evaluate())

    return _both(run, api, folder)


def train_and_evaluate_seldom(api, folder):
    return _both(
        lambda program: program.answer(
            program.experiment(min_eval_frequency=7).train_and_evaluate()
        ),
        api,
        folder,
    )


def train_and_evaluate_in_the_end(api, folder):
    return _both(
        lambda program: program.answer(
            program.experiment(min_eval_frequency=0).train_and_evaluate()
        ),
        api,
        folder,
    )


def train_and_evaluate_again(api, folder):
    """Nothing is left to train; both evaluate in the end."""
    program = Program(api, folder)
    experiment = program.experiment(min_eval_frequency=0)
    experiment.train_and_evaluate()
    return program.answer(experiment.train_and_evaluate())


def eval_metrics(api, folder):
    program = Program(api, folder, core=False)
    metric = api.learn.MetricSpec(v1.metrics.mean_absolute_error, prediction_key="value")
    experiment = program.experiment(eval_metrics={"error": metric})
    return [
        program.answer(experiment.train_and_evaluate()),
        sorted(experiment.eval_metrics),
        experiment.train_steps,
        experiment.eval_steps,
        experiment.estimator is program.estimator,
    ]


def checkpoint_and_export(api, folder):
    def run(program):
        experiment = program.experiment(
            checkpoint_and_export=True, export_strategies=program.strategy("a")
        )
        return program.answer(experiment.train_and_evaluate())

    return _both(run, api, folder)


def checkpoint_and_export_without_checkpoints(api, folder):
    """It evaluates in the end, as without."""
    program = Program(api, folder, save_checkpoints_steps=None, save_checkpoints_secs=None)
    program.estimator.train(program.input_fn("first"), steps=1)
    program.log.clear()
    experiment = program.experiment(
        checkpoint_and_export=True, export_strategies=program.strategy("a")
    )
    return program.answer(experiment.train_and_evaluate())


def saving_listeners(api, folder):
    program = Program(api, folder)

    class Listener(v1.train.CheckpointSaverListener):
        def after_save(self, session, step):
            program.log.append(f"saved {int(step)}")

    experiment = program.experiment(saving_listeners=[Listener()])
    experiment.train()
    experiment.test()
    return program.answer()


def local_run(api, folder):
    def run(program):
        never = program.experiment().local_run()
        sometimes = program.experiment(train_steps=18, local_eval_frequency=3).local_run()
        return [described(never[0]), program.answer(sometimes)]

    return _both(run, api, folder)


def test(api, folder):
    def run(program):
        experiment = program.experiment(export_strategies=program.strategy("a"))
        return program.answer(experiment.test())

    return _both(run, api, folder)


def continuous_train_and_eval(api, folder):
    def run(program):
        experiment = program.experiment(
            train_steps_per_iteration=4, export_strategies=program.strategy("a")
        )
        return program.answer(experiment.continuous_train_and_eval())

    return _both(run, api, folder)


def continuous_train_and_eval_by_tenths(api, folder):
    program = Program(api, folder)
    experiment = program.experiment(train_steps=25)
    return program.answer(experiment.continuous_train_and_eval())


def continuous_train_and_eval_with_predicate(api, folder):
    program = Program(api, folder)
    asked = []

    def predicate_fn(eval_results, checkpoint_path):
        asked.append([described(eval_results), checkpoint_path and checkpoint_path[-1]])
        return len(asked) < 3

    experiment = program.experiment(train_steps=None, train_steps_per_iteration=3)
    result = experiment.continuous_train_and_eval(predicate_fn)
    return [program.answer(result), asked]


def _predicate(program, calls, do):
    """Asks `do`, a list of functions, to act before each evaluation; then it stops."""

    def predicate_fn(eval_result):
        calls.append(described(eval_result))
        if len(calls) > len(do):
            return False
        do[len(calls) - 1]()
        return True

    return predicate_fn


def continuous_eval(api, folder):
    """Without a checkpoint, with one, with none new, with the last one."""

    def run(program):
        experiment = program.experiment(export_strategies=program.strategy("a"))
        calls = []

        def train_to(step):
            return lambda: program.experiment(train_steps=step).train()

        do = [lambda: None, train_to(3), lambda: None, train_to(10), train_to(20)]
        experiment.continuous_eval(continuous_eval_predicate_fn=_predicate(program, calls, do))
        return [program.answer(), calls]

    return _both(run, api, folder)


def continuous_eval_over_and_over(api, folder):
    program = Program(api, folder)
    program.experiment(train_steps=3).train()
    calls = []
    experiment = program.experiment(continuous_eval_throttle_secs=1000)
    experiment.continuous_eval(
        evaluate_checkpoint_only_once=False,
        throttle_delay_secs=0,
        delay_secs=0,
        continuous_eval_predicate_fn=_predicate(program, calls, [lambda: None] * 3),
        name="again",
    )
    return [program.answer(), calls]


def continuous_eval_with_checkpoint_path(api, folder):
    program = Program(api, folder)
    program.experiment(train_steps=3).train()
    asked = []

    def predicate_fn(eval_results, checkpoint_path):
        asked.append(
            [described(eval_results), checkpoint_path and os.path.basename(checkpoint_path)]
        )
        return len(asked) < 3

    program.experiment().continuous_eval(continuous_eval_predicate_fn=predicate_fn)
    return [program.answer(), asked]


def continuous_eval_on_train_data(api, folder):
    def run(program):
        experiment = program.experiment(export_strategies=program.strategy("a"))
        experiment.train()
        experiment.continuous_eval_on_train_data()
        return program.answer()

    return _both(run, api, folder)


def continuous_eval_throttled(api, folder):
    program = Program(api, folder)
    program.experiment(train_steps=3).train()
    calls = []
    experiment = program.experiment(eval_delay_secs=20, continuous_eval_throttle_secs=30)
    with Sleeps() as sleeps:
        experiment.continuous_eval(
            continuous_eval_predicate_fn=_predicate(program, calls, [lambda: None] * 2)
        )
        calls.clear()
        experiment.continuous_eval(
            delay_secs=40,
            throttle_delay_secs=50,
            continuous_eval_predicate_fn=_predicate(program, calls, [lambda: None]),
        )
    # A slow evaluation takes some seconds of the throttle.
    return [10 * round(seconds / 10) for seconds in sleeps.seconds]


def delays(api, folder):
    program = Program(api, folder)
    experiment = program.experiment(eval_delay_secs=100)
    with Sleeps() as sleeps:
        experiment.train(delay_secs=17)
        experiment.train()
        experiment.evaluate(delay_secs=23)
        experiment.evaluate()
        experiment.evaluate(delay_secs=0)
    return sleeps.seconds


def delays_of_workers(api, folder):
    results = []
    for index, by_global_step in ((0, False), (1, False), (20, False), (0, True), (2, True)):
        runners.set_environment({"task": {"type": "worker", "index": index}})
        program = Program(api, os.path.join(folder, f"{index}_{by_global_step}"))
        runners.set_environment(None)
        waits = []

        class Experiment(api.learn.Experiment):
            def _call_train(self, waits=waits, **kwargs):
                waits.extend(hook._wait_until_step for hook in kwargs["hooks"])

        experiment = Experiment(
            program.estimator, None, None, delay_workers_by_global_step=by_global_step
        )
        with Sleeps() as sleeps:
            experiment.train()
        results.append([sleeps.seconds, waits])
    return results


def extend_train_hooks(api, folder):
    program = Program(api, folder)
    given = [program.hook("first")]
    experiment = program.experiment(train_monitors=given)
    experiment.extend_train_hooks([program.hook("second"), program.hook("third")])
    experiment.train()
    return [program.answer(), len(given)]


def reset_export_strategies(api, folder):
    program = Program(api, folder)
    experiment = program.experiment(export_strategies=program.strategy("a"))
    former = experiment.reset_export_strategies([program.strategy("b"), program.strategy("c")])
    experiment.train()
    answer = program.answer(experiment._maybe_export({"loss": 1.0}))
    latter = experiment.reset_export_strategies()
    return [[one.name for one in former], answer, [one.name for one in latter]]


CASES = cases_of(globals())
