"""Programs for tests of what happens when a process is killed or its disk is full.

python fault_programs.py NAME MODEL_DIR     runs one; what it prints is for the test to read.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time

import tensorflow as tf

import estimator_heads
from estimator_heads.estimator.predictors.predictor import SavedModelPredictor
from estimator_heads.estimator.storage.event_reading import read_eval_metrics

KILLS = 8


def counting_model(features, labels, mode, params):
    """Its variable "counted" has the global step as its value, if the two are saved together."""
    counted = tf.compat.v1.get_variable("counted", initializer=tf.zeros([params["size"]]))
    global_step = tf.compat.v1.train.get_global_step()
    train_op = tf.group(counted.assign_add(tf.ones_like(counted)), global_step.assign_add(1))
    return estimator_heads.EstimatorSpec(
        mode, loss=tf.reduce_sum(features), train_op=train_op, predictions=features
    )


def receiver_fn():
    x = tf.compat.v1.placeholder(tf.float32, [None], "x")
    return estimator_heads.export.TensorServingInputReceiver(x, x)


def input_fn():
    return tf.data.Dataset.from_tensors([1.0]).repeat()


def estimator_in(model_dir, size=50_000, save_steps=1, keep=2):
    config = estimator_heads.RunConfig(
        save_checkpoints_steps=save_steps, keep_checkpoint_max=keep, save_summary_steps=1
    )
    return estimator_heads.Estimator(counting_model, model_dir, config, params={"size": size})


def report(**facts):
    print(json.dumps(facts), flush=True)


def state_of(estimator):
    """The global step and the least and greatest count in the latest checkpoint."""
    counted = estimator.get_variable_value("counted")
    step = estimator.get_variable_value("global_step")
    return {"step": int(step), "least": float(counted.min()), "greatest": float(counted.max())}


def _make_old(path):
    for folder, _, names in os.walk(path):
        for name in names:
            os.utime(os.path.join(folder, name), (0, 0))
    os.utime(path, (0, 0))


def unfinished(model_dir):
    """How many files and folders of unfinished saves there are."""
    return sum(".tmp" in name or name.endswith("_temp") for name in os.listdir(model_dir))


def killed(model_dir):
    """Trains again and again in a child that is killed at any moment while it saves each step."""
    moments = random.Random(0)
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            estimator = estimator_in(model_dir)
            if estimator.latest_checkpoint():
                report(**state_of(estimator))
            estimator.train(input_fn)
        before = _checkpoint_state(model_dir)
        while _checkpoint_state(model_dir) == before:  # It trains, and saved something.
            time.sleep(0.002)
        time.sleep(moments.uniform(0, 0.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    estimator = estimator_in(model_dir)
    report(**state_of(estimator))
    last = state_of(estimator)["step"]
    estimator.train(input_fn, steps=3)
    report(**state_of(estimator))
    report(continued=state_of(estimator)["step"] - last)


def _checkpoint_state(model_dir):
    try:
        with open(os.path.join(model_dir, "checkpoint")) as file:
            return file.read()
    except FileNotFoundError:
        return None


def terminated(model_dir):
    """Trains for ever, but for a SIGTERM; says when it has begun, and what was saved in the end."""
    hook = estimator_heads.StopOnSignalHook()
    estimator = estimator_in(model_dir, save_steps=10**9)
    estimator.train(input_fn, hooks=[hook, SaysWhenItSteps()])
    before = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    report(stopped_by=hook.stopped_by.name, handler_is_back=before, **state_of(estimator))


class SaysWhenItSteps(tf.compat.v1.train.SessionRunHook):
    said = False
    steps = 0

    def after_run(self, run_context, run_values):
        self.steps += 1
        if not self.said:
            self.said = True
            report(trains=True)

    def end(self, session):
        report(made=self.steps)


def full_disk(model_dir):
    """Trains until the disk is full, evaluates, and goes on when there is space again."""
    filler = os.path.join(model_dir, "filler")
    with open(filler, "wb") as file:
        file.write(b"0" * 400_000)
    estimator = estimator_in(model_dir, size=20_000, save_steps=2, keep=None)
    for attempt in range(2):
        try:
            estimator.train(input_fn, steps=40)
        except tf.errors.ResourceExhaustedError as error:
            report(attempt=attempt, message=error.message, **state_of(estimator))
    report(unfinished=unfinished(model_dir))
    try:
        estimator.export_saved_model(os.path.join(model_dir, "export"), receiver_fn)
    except tf.errors.ResourceExhaustedError as error:
        left = [] if "export" not in os.listdir(model_dir) else os.listdir(model_dir + "/export")
        report(export=error.message, left=left)
    results = estimator.evaluate(input_fn, steps=1)
    report(evaluated=int(results["global_step"]))
    os.remove(filler)
    before = state_of(estimator)["step"]
    estimator.train(input_fn, steps=2)
    report(continued=state_of(estimator)["step"] - before)
    estimator.evaluate(input_fn, steps=1)
    recorded = {
        folder: max(read_eval_metrics(folder)) for folder in (model_dir, estimator.eval_dir())
    }
    for name in os.listdir(model_dir):
        _make_old(os.path.join(model_dir, name))
    estimator.train(input_fn, steps=2)
    report(recorded=list(recorded.values()), unfinished=unfinished(model_dir))


def read_only(folder):
    """Trains, and then trains and evaluates where the same folder cannot be written."""
    model_dir, view = os.path.join(folder, "model"), os.path.join(folder, "view")
    estimator_in(model_dir, size=10, save_steps=2).train(input_fn, steps=4)
    os.mkdir(view)
    subprocess.run(["mount", "--bind", model_dir, view], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", view], check=True)
    estimator = estimator_in(view, size=10)
    try:
        estimator.train(input_fn, steps=4)
    except tf.errors.OpError as error:
        report(message=error.message)
    report(evaluated=int(estimator.evaluate(input_fn, steps=1)["global_step"]))


def forked(model_dir):
    """Uses an Estimator in children that are forked before and after the first session."""
    estimator = estimator_in(model_dir, size=10)
    _in_child(lambda: report(trained=bool(estimator.train(input_fn, steps=2))))
    exported = tf.compat.as_str(estimator.export_saved_model(model_dir + "/export", receiver_fn))
    methods = {
        "train": lambda: estimator.train(input_fn, steps=2),
        "evaluate": lambda: estimator.evaluate(input_fn, steps=1),
        "predict": lambda: next(estimator.predict(input_fn)),
        "export": lambda: estimator.export_saved_model(model_dir + "/export", receiver_fn),
        "predictor": lambda: estimator.predictor(receiver_fn),
        "predictor of a SavedModel": lambda: SavedModelPredictor(exported),
    }

    def try_all():
        for name, method in methods.items():
            try:
                method()
            except RuntimeError as error:
                report(method=name, message=str(error), parent=os.getppid(), child=os.getpid())

    with estimator.predictor(receiver_fn) as predictor:
        methods["call of a predictor"] = lambda: predictor({"input": [1.0]})
        _in_child(try_all)
    own_threads = tf.compat.v1.ConfigProto(use_per_session_threads=True)
    config = estimator_heads.RunConfig(session_config=own_threads)
    other = estimator_heads.Estimator(counting_model, model_dir, config, params={"size": 10})
    _in_child(lambda: report(predicted=next(other.predict(input_fn)).tolist()))
    report(state_of_parent=state_of(estimator.train(input_fn, steps=2))["step"])


def _in_child(function):
    child = os.fork()
    if child == 0:
        signal.alarm(60)  # Should it hang.
        try:
            function()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


PROGRAMS = {
    program.__name__: program for program in (killed, terminated, full_disk, read_only, forked)
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](sys.argv[2])
