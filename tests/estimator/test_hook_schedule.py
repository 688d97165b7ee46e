"""TensorFlow's own hooks act when they would by MonitoredSession.run, asked or not."""

import logging
import re
import time

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python.platform import tf_logging

from estimator_heads.estimator.loop import autotuning, hook_schedule
from tests.estimator.counting_model import estimator, numbers
from tests.golden.estimator.results import events

train = tf.compat.v1.train


def logged(caplog):
    """Log and warnings, without what differs from run to run: seconds, rates and folders."""
    varying = r"[\d.]+ sec|/sec: .*|in [\d.]+ s|\S*/(ours|original)\S*|0x\w+"
    records = [record for record in caplog.records if record.name == "tensorflow"]
    lines = [re.sub(varying, "...", record.getMessage()) for record in records]
    lines = [line for line in lines if "is deprecated" not in line]
    return [line for line in lines if not line.startswith(("all_hooks", "Using config"))]


@pytest.mark.parametrize("step_by", [1, 2, 3, 0])
@pytest.mark.parametrize("config", [{"save_checkpoints_steps": 4}, {"save_checkpoints_secs": 600}])
def test_hooks_of_tensorflow_act_at_the_same_steps(
    with_both_loops, caplog, monkeypatch, config, step_by
):
    def traces_in(folder):
        caplog.clear()
        # What StepCounterHook logs only so many times in a process, it logs anew.
        monkeypatch.setattr(tf_logging, "_log_counter_per_token", {})
        model = estimator(folder, {"step_by": step_by}, save_summary_steps=7, **config)
        with caplog.at_level(logging.INFO, "tensorflow"):
            for steps in (17, 12):
                logs = train.LoggingTensorHook(["weight_now"], every_n_iter=3, at_end=True)
                model.train(numbers, [logs], steps=steps)
        checkpoints = sorted(path.name for path in folder.glob("model.ckpt-*"))
        return events(str(folder), steps=True), checkpoints, logged(caplog)

    ours, original = with_both_loops(traces_in)
    assert ours[0] == original[0]
    assert ours[1] == original[1]
    assert ours[2] == original[2]
    assert len({step for step, *_ in ours[0]}) > 3 or step_by == 0


def trained(folder, caplog, *arguments, **options):
    """What a training leaves behind: events, checkpoints, log, weight and the type of its error."""
    caplog.clear()
    model = estimator(folder, *arguments, save_summary_steps=7, **options.pop("config", {}))
    error = None
    with caplog.at_level(logging.INFO, "tensorflow"):
        try:
            model.train(**options)
        except (tf.errors.OpError, RuntimeError) as raised:
            error = type(raised)
    checkpoints = sorted(path.name for path in folder.glob("model.ckpt-*"))
    weight = model.get_variable_value("weight") if checkpoints else None
    return error, events(str(folder), steps=True), checkpoints, weight, logged(caplog)


def test_steps_without_anything_to_do_end_with_the_input(with_both_loops, caplog):
    def traces_in(folder):
        return trained(folder, caplog, input_fn=numbers, config={"log_step_count_steps": 50})

    ours, original = with_both_loops(traces_in)
    assert ours == original
    assert ours[3] == 1.0 + 0.5 * 23


def generated(generate):
    """A dataset of what a function generates, one for each step when its turn comes."""
    options = tf.data.Options()
    options.autotune.enabled = False  # It would read ahead.
    return tf.data.Dataset.from_generator(
        generate, output_signature=tf.TensorSpec([1], tf.int64)
    ).with_options(options)


@pytest.mark.parametrize("nan_at", [1, 6, 12])
def test_a_loss_that_is_nan_ends_steps_without_anything_to_do(with_both_loops, caplog, nan_at):
    def traces_in(folder):
        return trained(folder, caplog, {"nan_at": nan_at}, input_fn=numbers)

    ours, original = with_both_loops(traces_in)
    assert ours == original
    assert ours[0] is train.NanLossDuringTrainingError


def test_hooks_that_go_by_the_clock_act_at_the_same_steps(with_both_loops, caplog, monkeypatch):
    now = 1e9
    monkeypatch.setattr(time, "time", lambda: now)

    def a_second_each():
        def generate():
            nonlocal now
            for number in range(40):
                now += 1.0
                yield [number]

        return generated(generate)

    def traces_in(folder):
        logs = train.LoggingTensorHook(["weight_now"], every_n_secs=4)
        config = {"save_checkpoints_secs": 7, "log_step_count_steps": 9}
        return trained(folder, caplog, input_fn=a_second_each, hooks=[logs], config=config)

    ours, original = with_both_loops(traces_in)
    assert ours == original
    assert sum(line.startswith("weight_now") for line in ours[4]) == 8
    assert len([name for name in ours[2] if name.endswith(".index")]) == 7


def test_a_clock_that_stands_still_does_no_harm(with_both_loops, caplog, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1e9)

    def traces_in(folder):
        return trained(folder, caplog, input_fn=numbers, config={"log_step_count_steps": 2})

    with np.errstate(divide="ignore"):
        ours, original = with_both_loops(traces_in)
    assert ours == original
    assert ours[3] == 1.0 + 0.5 * 23


@pytest.mark.parametrize("worthwhile", [0.0, 100.0])
def test_the_way_in_which_steps_run_changes_nothing(
    with_both_loops, caplog, monkeypatch, worthwhile
):
    """0 never takes the calling thread, 100 does after each trial."""
    monkeypatch.setattr(autotuning, "_BEFORE_THE_FIRST_TRIAL", 20)
    monkeypatch.setattr(autotuning, "_BEFORE_THE_NEXT_TRIAL", 30)
    monkeypatch.setattr(autotuning, "_WORTHWHILE", worthwhile)

    def many_numbers():
        return tf.data.Dataset.range(900).batch(2)

    def traces_in(folder):
        logs = train.LoggingTensorHook(["weight_now"], every_n_iter=50, at_end=True)
        config = {"log_step_count_steps": 9, "save_checkpoints_steps": 40}
        return trained(folder, caplog, input_fn=many_numbers, hooks=[logs], config=config)

    ours, original = with_both_loops(traces_in)
    assert ours == original
    assert ours[3] == 1.0 + 0.5 * 450


def test_steps_without_anything_to_do_do_not_ask_the_hooks(tmp_path, monkeypatch):
    asked = []
    should_trigger = train.SecondOrStepTimer.should_trigger_for_step

    def count(timer, step):
        asked.append(step)
        return should_trigger(timer, step)

    monkeypatch.setattr(train.SecondOrStepTimer, "should_trigger_for_step", count)
    at_end = train.LoggingTensorHook(["weight_now"], at_end=True)
    model = estimator(tmp_path, log_step_count_steps=100)
    model.train(lambda: tf.data.Dataset.range(90).batch(1), [at_end])
    assert model.get_variable_value("global_step") == 90
    assert 0 < len(asked) < 20


def test_an_end_that_another_thread_asks_for_comes_at_once(tmp_path):
    """As at a signal, or if a queue runner fails, while no hook has anything to do."""
    coordinators = []

    class Keep(train.SessionRunHook):
        def after_create_session(self, session, coord):
            coordinators.append(coord)

    def generate():
        for number in range(1000):
            if number == 30:
                coordinators[0].request_stop()
            yield [number]

    model = estimator(tmp_path).train(lambda: generated(generate), [Keep()])
    assert model.get_variable_value("global_step") == 31


def test_the_rules_know_the_hooks_of_this_tensorflow(tmp_path, monkeypatch):
    """Else training would be right, but slow."""
    known = []
    scheduled = hook_schedule.scheduled

    def keep(*arguments):
        known.extend(scheduled(*arguments))
        return known

    monkeypatch.setattr(hook_schedule, "scheduled", keep)
    patched = train.StopAtStepHook(num_steps=100)
    patched.after_run = lambda run_context, run_values: None
    estimator(tmp_path).train(numbers, [patched], steps=1)
    assert sorted(type(call).__name__ for call in known) == [
        "CheckpointSaver",
        "Logging",
        "NanTensor",
        "ScheduledHook",
        "StepCounter",
        "StopAtStep",
        "SummarySaver",
    ]
