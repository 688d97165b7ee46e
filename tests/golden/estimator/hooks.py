"""A program that records the order in which an Estimator calls what it is given."""

import tensorflow as tf

from tests.golden.estimator.programs import CONSTANT, dataset, linear_model_fn

v1 = tf.compat.v1


class RecordingHook(v1.train.SessionRunHook):
    """Writes down what it is called for."""

    def __init__(self, name, calls):
        self.name = name
        self.calls = calls

    def begin(self):
        self.calls.append(self.name + ".begin")

    def after_create_session(self, session, coord):
        self.calls.append(self.name + ".after_create_session")

    def before_run(self, run_context):
        self.calls.append(self.name + ".before_run")

    def after_run(self, run_context, run_values):
        self.calls.append(self.name + ".after_run")

    def end(self, session):
        self.calls.append(self.name + ".end")


class RecordingListener(v1.train.CheckpointSaverListener):
    def __init__(self, calls):
        self.calls = calls

    def begin(self):
        self.calls.append("listener.begin")

    def before_save(self, session, global_step_value):
        self.calls.append(f"listener.before_save {global_step_value}")

    def after_save(self, session, global_step_value):
        self.calls.append(f"listener.after_save {global_step_value}")

    def end(self, session, global_step_value):
        self.calls.append(f"listener.end {global_step_value}")


def order_of_hooks(api, folder):
    """The order of calls to hooks of the user and of the spec, scaffold and listeners."""
    calls = []

    def model_fn(features, labels, mode):
        spec = linear_model_fn(api, CONSTANT)(features, labels, mode)
        scaffold = v1.train.Scaffold(
            init_fn=lambda scaffold, session: calls.append("scaffold.init_fn"),
            local_init_op=v1.py_func(lambda: calls.append("scaffold.local_init_op"), [], []),
        )
        return spec._replace(
            scaffold=scaffold,
            training_hooks=[RecordingHook("training", calls)],
            training_chief_hooks=[RecordingHook("chief", calls)],
            evaluation_hooks=[RecordingHook("evaluation", calls)],
            prediction_hooks=[RecordingHook("prediction", calls)],
        )

    estimator = api.Estimator(model_fn, folder, api.RunConfig(save_checkpoints_steps=2))
    user = [RecordingHook("user", calls)]
    estimator.train(dataset, user, steps=3, saving_listeners=[RecordingListener(calls)])
    train_calls, calls[:] = list(calls), []
    estimator.evaluate(dataset, steps=2, hooks=user)
    evaluate_calls, calls[:] = list(calls), []
    list(estimator.predict(lambda: dataset(repeat=False).take(1), hooks=user))
    return {"train": train_calls, "evaluate": evaluate_calls, "predict": list(calls)}
