"""When early stopping stops, over event files of every kind."""

import functools

import tensorflow as tf

from tests.golden.runtime.event_files import write_evaluations

v1 = tf.compat.v1

# Accuracy by step: rises to 0.8, stays, falls.
ACCURACY = [
    [100, 0.5],
    [200, 0.7],
    [300, 0.8],
    [400, 0.8],
    [500, 0.75],
    [600, 0.75],
]


def estimator(api, folder):
    return api.Estimator(lambda features, labels, mode: None, folder)


def steps_run(hook, limit=3):
    """How many steps run before the hook stops the session."""
    with tf.Graph().as_default():
        advance = v1.assign_add(v1.train.get_or_create_global_step(), 1)
        nothing = tf.no_op()

        def step_fn(step_context):
            """The hook must not read the global step while it advances."""
            step_context.session.run(advance)
            step_context.run_with_hooks(nothing)

        count = 0
        with v1.train.MonitoredSession(hooks=[hook]) as session:
            while count < limit and not session.should_stop():
                session.run_step_fn(step_fn)
                count += 1
    return count


def stops(make_hook, api, folder, *args, **kwargs):
    """Whether the hook stops at its first look."""
    kwargs.update(run_every_secs=None, run_every_steps=1)
    hook = make_hook(estimator(api, folder), *args, **kwargs)
    return steps_run(hook) == 1


def _evaluate(folder, name="accuracy", values=ACCURACY):
    write_evaluations(folder, [[step, {name: value, "loss": 1 - value}] for step, value in values])


def thresholds(api, folder):
    _evaluate(folder + "/eval")
    results = {}
    for threshold in (0.45, 0.5, 0.7, 0.8, 0.85):
        for min_steps in (0, 301, 1000):
            higher = stops(
                api.stop_if_higher_hook, api, folder, "accuracy", threshold, min_steps=min_steps
            )
            lower = stops(
                api.stop_if_lower_hook, api, folder, "accuracy", threshold, min_steps=min_steps
            )
            results[f"{threshold} from step {min_steps}"] = [higher, lower]
    return results


def no_improvement(api, folder):
    _evaluate(folder + "/eval")
    results = {}
    for steps in (1, 100, 101, 300, 301):
        for min_steps in (0, 200, 500):
            increase = stops(
                api.stop_if_no_increase_hook, api, folder, "accuracy", steps, min_steps=min_steps
            )
            decrease = stops(
                api.stop_if_no_decrease_hook, api, folder, "loss", steps, min_steps=min_steps
            )
            results[f"{steps} steps from step {min_steps}"] = [increase, decrease]
    return results


def plateau_that_ended(api, folder):
    """A long time without improvement counts even if the metric improved afterwards."""
    _evaluate(folder + "/eval", values=[[1, 0.5], [50, 0.4], [100, 0.9], [110, 0.95]])
    return [
        stops(api.stop_if_no_increase_hook, api, folder, "accuracy", steps) for steps in (49, 50)
    ]


def values_that_are_not_a_number(api, folder):
    nan = float("nan")
    results = []
    for index, values in enumerate(([nan, 0.5, 0.6], [0.5, nan, nan], [0.5, nan, 0.6])):
        eval_dir = f"{folder}/eval_{index}"
        _evaluate(eval_dir, values=[[10 * i, value] for i, value in enumerate(values)])
        for hook, limit in ((api.stop_if_no_increase_hook, 20), (api.stop_if_higher_hook, 0.55)):
            results.append(stops(hook, api, folder, "accuracy", limit, eval_dir=eval_dir))
    return results


def no_evaluation_yet(api, folder):
    return [
        stops(api.stop_if_higher_hook, api, folder, "accuracy", 0.0),
        stops(api.stop_if_no_increase_hook, api, folder, "accuracy", 0),
    ]


def another_folder(api, folder):
    _evaluate(folder + "/eval_named")
    named = folder + "/eval_named"
    return [
        stops(api.stop_if_higher_hook, api, folder, "accuracy", 0.7),
        stops(api.stop_if_higher_hook, api, folder, "accuracy", 0.7, eval_dir=named),
    ]


def metrics_read(api, folder):
    """Several files; steps out of order, evaluated again, with other summaries between."""
    write_evaluations(folder, [[20, {"a": 1.0, "b": 2.0}], [10, {"a": 3.0}], [15, {}]])
    write_evaluations(folder, [[10, {"a": 4.0, "c": 5.0}], [30, {"b": 6.0}]])
    return {str(step): metrics for step, metrics in api.read_eval_metrics(folder).items()}


def steps_of_the_metrics(api, folder):
    _evaluate(folder, values=[[200, 0.1], [30, 0.2], [1000, 0.3]])
    return list(api.read_eval_metrics(folder))


def metrics_read_from_no_folder(api, folder):
    return dict(api.read_eval_metrics(folder + "/absent"))


def own_function(api, folder):
    """The function is asked at the first step, and then every so many steps."""
    results = {}
    for every in (1, 2, 3):
        should_stop_fn = functools.partial(next, iter([False, False, True, True]))
        hook = api.make_early_stopping_hook(
            estimator(api, folder), should_stop_fn, run_every_secs=None, run_every_steps=every
        )
        results[f"every {every}"] = steps_run(hook, limit=10)
    hook = api.make_early_stopping_hook(estimator(api, folder), lambda: True)
    results["by default"] = steps_run(hook)
    return results


CASES = [
    thresholds,
    no_improvement,
    plateau_that_ended,
    values_that_are_not_a_number,
    no_evaluation_yet,
    another_folder,
    metrics_read,
    steps_of_the_metrics,
    metrics_read_from_no_folder,
    own_function,
]


def absent_metric(api, folder):
    _evaluate(folder + "/eval")
    stops(api.stop_if_higher_hook, api, folder, "auc", 0.5)


def both_intervals(api, folder):
    api.make_early_stopping_hook(estimator(api, folder), lambda: True, 60, 100)


def no_interval(api, folder):
    api.make_early_stopping_hook(estimator(api, folder), lambda: True, None, None)


def no_estimator(api, folder):
    api.make_early_stopping_hook("estimator", lambda: True)


def no_function(api, folder):
    api.make_early_stopping_hook(estimator(api, folder), True)


MISTAKES = [absent_metric, both_intervals, no_interval, no_estimator, no_function]
