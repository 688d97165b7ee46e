"""Training: `fit` and `partial_fit`."""

import os

import tensorflow as tf

from tests.golden.estimator.hooks import RecordingHook
from tests.golden.estimator.results import checkpoint_state, events, files, plain

from .models import (
    LogLines,
    cases_of,
    config,
    estimator,
    fitted,
    input_fn,
    linear,
    linear_model_fn,
    minimize,
    queue_input_fn,
    squared,
    v1,
    variables,
)


def life_of_a_model(api, folder):
    """Fit, evaluate, predict, fit again, evaluate under a name."""
    model = estimator(api, folder)
    model.fit(input_fn=input_fn, steps=12)
    first = model.evaluate(input_fn=queue_input_fn)
    predictions = list(model.predict(input_fn=queue_input_fn))
    model.fit(input_fn=input_fn, max_steps=20)
    second = model.evaluate(input_fn=input_fn, steps=2, name="again")
    model.fit(input_fn=input_fn, max_steps=20)
    return {
        "evaluations": [plain(first), plain(second)],
        "predictions": plain(predictions),
        "variables": variables(model),
        "files": files(folder),
        "checkpoint_state": checkpoint_state(folder),
        "training_events": events(folder),
        "evaluation_events": events(os.path.join(folder, "eval"), steps=True),
        "named_evaluation_events": events(os.path.join(folder, "eval_again"), steps=True),
    }


def until_the_input_ends(api, folder):
    model = estimator(api, folder)
    assert model.fit(input_fn=queue_input_fn) is model
    return variables(model)


def steps_of_several_fits(api, folder):
    model = fitted(api, folder, steps=2).fit(input_fn=input_fn, steps=3)
    model.partial_fit(input_fn=input_fn)
    calls = []
    model.partial_fit(input_fn=input_fn, steps=2, monitors=[RecordingHook("hook", calls)])
    assert calls.count("hook.after_run") == 2
    return plain(model.get_variable_value("global_step"))


def max_steps(api, folder):
    results = []
    for steps in (3, 3, 2, 5):
        model = estimator(api, folder).fit(input_fn=input_fn, max_steps=steps)
        results.append(plain(model.get_variable_value("global_step")))
    return results


def log_lines(api, folder):
    with LogLines() as log:
        fitted(api, folder, steps=201)
    return {
        "of_steps": len(log.starting_with("loss = ")),
        "final": len(log.starting_with("Loss for final step: ")),
    }


def order_of_calls(api, folder):
    """Global step, input, feature engineering, model; then hooks."""
    calls = []

    def recorded_input_fn():
        calls.append("input_fn")
        calls.append(v1.train.get_global_step().op.name)
        calls.append(v1.get_default_graph().seed)
        return input_fn()

    def feature_engineering_fn(features, labels):
        calls.append("feature_engineering_fn")
        return features, labels

    def model_fn(features, labels, mode):
        calls.append("model_fn " + mode)
        hooks = [RecordingHook("training_hook", calls)]
        chief_hooks = [RecordingHook("chief_hook", calls)]
        return linear_model_fn(
            api,
            training_hooks=lambda *args: hooks,
            training_chief_hooks=lambda *args: chief_hooks,
        )(features, labels, mode)

    model = estimator(api, folder, model_fn, feature_engineering_fn=feature_engineering_fn)
    monitors = [RecordingHook("first", calls), RecordingHook("second", calls)]
    model.fit(input_fn=recorded_input_fn, steps=2, monitors=monitors)
    model.evaluate(input_fn=recorded_input_fn, steps=1, hooks=[RecordingHook("hook", calls)])
    list(model.predict(input_fn=recorded_input_fn))
    return calls


def collections(api, folder):
    """What is in the collections of the graph when the model is built, and when it runs."""
    found = {}

    def look(when):
        graph = v1.get_default_graph()
        found[when] = {
            name: len(graph.get_collection(name))
            for name in ("losses", "savers", "summaries", "global_step", "train_op", "init_op")
        }

    class Look(v1.train.SessionRunHook):
        def after_create_session(self, session, coord):
            look("session")

    def model_fn(features, labels, mode):
        look("model_fn " + mode)
        return linear_model_fn(api)(features, labels, mode)

    model = estimator(api, folder, model_fn)
    model.fit(input_fn=input_fn, steps=1, monitors=[Look()])
    model.evaluate(input_fn=input_fn, steps=1)
    return found


def names_of_variables(api, folder):
    return sorted(fitted(api, folder, steps=1).get_variable_names())


def own_saver_hook(api, folder):
    """A CheckpointSaverHook among the monitors takes the place of the default one."""
    saves = v1.train.CheckpointSaverHook(folder, save_steps=2, checkpoint_basename="own.ckpt")
    estimator(api, folder).fit(input_fn=input_fn, steps=5, monitors=[saves])
    return [name for name in files(folder) if name.endswith(".index")]


def own_scaffold(api, folder):
    """A Scaffold with a saver, and with a function that initializes."""

    def make_scaffold(labels, values, mode):
        weights = v1.trainable_variables()[0]
        assign = v1.assign(weights, [[2.0], [3.0]])

        def init_fn(scaffold, session):
            session.run(assign)

        return v1.train.Scaffold(init_fn=init_fn, saver=v1.train.Saver(max_to_keep=1))

    model = fitted(api, folder, linear_model_fn(api, scaffold=make_scaffold), steps=1)
    return {
        "files": [name for name in files(folder) if name.endswith(".index")],
        "variables": variables(model),
        "evaluation": plain(model.evaluate(input_fn=input_fn, steps=1)),
        "predictions": plain(list(model.predict(input_fn=input_fn))),
    }


def checkpoint_files(api, folder):
    """How often checkpoints are saved, and how many are kept."""
    results = {}
    for name, settings in [
        ("every_3_steps_keep_2", {"save_checkpoints_steps": 3, "keep_checkpoint_max": 2}),
        ("keep_all", {"save_checkpoints_steps": 2, "keep_checkpoint_max": None}),
        ("every_hour", {"keep_checkpoint_every_n_hours": 1, "save_checkpoints_secs": 3600}),
        ("never", {"save_checkpoints_secs": None}),
        ("without_summaries", {"save_summary_steps": 0}),
        ("logging_often", {"log_step_count_steps": 2}),
    ]:
        model_dir = os.path.join(folder, name)
        estimator(api, model_dir, config=config(api, **settings)).fit(input_fn=input_fn, steps=10)
        results[name] = {
            "files": files(model_dir),
            "state": checkpoint_state(model_dir),
            "events": events(model_dir),
        }
    return results


def core_run_config(api, folder):
    """An Estimator of tf.contrib.learn takes a RunConfig of tf.estimator."""
    settings = api.core.RunConfig(save_checkpoints_steps=2, tf_random_seed=1)
    model = fitted(api, folder, config=settings, steps=4)
    return [name for name in files(folder) if name.endswith(".index")] + [model.model_dir == folder]


def core_estimator(api, folder):
    """An Estimator of tf.estimator takes a RunConfig of tf.contrib.learn."""

    def model_fn(features, labels, mode, config):
        values = linear(features)
        loss = squared(labels, values)
        return api.core.EstimatorSpec(mode, loss=loss, train_op=minimize(loss))

    settings = config(api, model_dir=folder, save_checkpoints_steps=2)
    model = api.core.Estimator(model_fn, config=settings)
    model.train(input_fn, steps=3)
    return {
        "files": [name for name in files(folder) if name.endswith(".index")],
        "evaluation": plain(model.evaluate(input_fn, steps=1)),
        "seed": model.config.tf_random_seed,
        "task": model.config.task_type,
    }


def session_config_of_run_config(api, folder):
    """That of an Estimator; without one, soft placement."""
    own = v1.ConfigProto(inter_op_parallelism_threads=2)
    model = estimator(api, folder, config=config(api, session_config=own))
    default = estimator(api, folder)
    return [
        model._session_config.inter_op_parallelism_threads,
        default._session_config.allow_soft_placement,
        default.config.session_config is None,
    ]


def evaluation_graph_of_another_input(api, folder):
    """Batches may have other sizes and more features than in training."""
    model = fitted(api, folder)

    def other_input_fn():
        features, labels = queue_input_fn()
        return {"x": features["x"], "more": features["x"]}, labels

    return plain(model.evaluate(input_fn=other_input_fn))


def nan_loss_of_hook(api, folder):
    """A NaN stops the training with an error."""

    def model_fn(features, labels, mode):
        values = linear(features)
        loss = tf.math.log(tf.reduce_min(values) - 100.0)
        return values, loss, minimize(loss)

    try:
        fitted(api, folder, model_fn, steps=2)
    except v1.train.NanLossDuringTrainingError:
        return "NanLossDuringTrainingError"


CASES = cases_of(globals())
