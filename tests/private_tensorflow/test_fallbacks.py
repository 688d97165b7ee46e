"""Where TensorFlow lacks a private name that only makes steps faster, results are the same."""

import pytest
import tensorflow as tf

from estimator_heads._tensorflow import sessions, timers
from estimator_heads.estimator.loop import hook_schedule
from estimator_heads.estimator.loop.inline_input import InlineInput
from tests.estimator.counting_model import estimator, numbers
from tests.golden.estimator.results import events
from tests.private_tensorflow.taking_away import take_away

v1 = tf.compat.v1
train = v1.train


def trained(folder):
    """What a training leaves behind."""
    logs = train.LoggingTensorHook(["weight_now"], every_n_iter=3, at_end=True)
    model = estimator(folder, save_checkpoints_steps=4, save_summary_steps=7)
    model.train(numbers, [logs], steps=17)
    weight = model.get_variable_value("weight")
    checkpoints = sorted(path.name for path in folder.glob("model.ckpt-*"))
    return events(str(folder), steps=True), weight, checkpoints


OF_CLASSES = [
    "tensorflow.python.client.session.BaseSession._make_callable_from_options",
    "tensorflow.core.protobuf.config_pb2.CallableOptions",
    "tensorflow.python.framework.ops.Operation._update_input",
]


@pytest.mark.parametrize("path", OF_CLASSES)
def test_training_is_the_same_without(path, tmp_path, monkeypatch):
    expected = trained(tmp_path / "with")
    take_away(monkeypatch, path)
    assert trained(tmp_path / "without") == expected


def steps_of_input(taken_away=lambda session: None):
    """Numbers that steps get from a dataset in both ways by turns, and whether there are two."""
    with tf.Graph().as_default() as graph, v1.Session() as session:
        dataset = tf.data.Dataset.range(8).map(lambda number: number + 1)
        iterator = v1.data.make_initializable_iterator(dataset)
        fetches = [iterator.get_next() * 2]
        session.run(iterator.initializer)
        taken_away(session)
        inline_input = InlineInput(graph)

        def replacements(names, targets):
            found = inline_input.replacements(names, targets)
            if found:
                inline_input.initialize(session)
            return found

        usual, inline = sessions.session_callables(session, fetches, [], replacements)
        ways = (usual, inline or usual, inline or usual, usual)
        return [run()[0] for run in ways], inline is not None


OF_STEPS = [
    ("tensorflow.python.client.session.BaseSession._make_callable_from_options", False),
    ("tensorflow.core.protobuf.config_pb2.CallableOptions", False),
    ("tensorflow.python.framework.ops.Operation._update_input", True),
    (
        "tensorflow.python.eager.polymorphic_function.atomic_function.AtomicFunction"
        ".cached_definition",
        True,
    ),
]


@pytest.mark.parametrize(("path", "has_two_ways"), OF_STEPS)
def test_steps_get_the_same_input_without(path, has_two_ways, monkeypatch):
    assert steps_of_input() == ([2, 4, 6, 8], True)
    take_away(monkeypatch, path)
    assert steps_of_input() == ([2, 4, 6, 8], has_two_ways)


def test_steps_get_the_same_input_without_the_config_of_a_session():
    def taken_away(session):
        del session._config

    assert steps_of_input(taken_away) == ([2, 4, 6, 8], False)


def test_steps_return_the_same_without_the_explanation_of_errors(monkeypatch):
    with tf.Graph().as_default(), v1.Session() as session:
        take_away(monkeypatch, "tensorflow.python.client.session.BaseSession._do_call")
        run, _ = sessions.session_callables(session, [tf.constant(3) * 2], [], None)
        assert run() == [6]


def test_hooks_are_called_by_the_session_where_it_does_not_tell_them():
    """What then comes of steps, `test_loops` and `test_global_steps` compare."""
    with tf.Graph().as_default():
        session = train.MonitoredSession()
        assert sessions.session_hooks(session) == []
        session.close()
        del session._hooks
    assert sessions.session_hooks(session) is None


TIMER_ATTRIBUTES = ("_last_triggered_step", "_last_triggered_time", "_every_steps", "_every_secs")


@pytest.mark.parametrize("name", TIMER_ATTRIBUTES)
def test_a_timer_that_does_not_tell_when_it_is_due_is_asked_at_every_step(name):
    timer = train.SecondOrStepTimer(every_steps=5)
    timer.update_last_triggered_step(10)
    assert timers.idle_limits(timer, 11)[0] == 4
    delattr(timer, name)
    steps, _ = timers.idle_limits(timer, 11)
    assert steps == (4 if name == "_every_secs" else 0)


def test_training_is_the_same_where_the_timer_that_is_never_due_is_unknown(tmp_path, monkeypatch):
    log_at_end = train.LoggingTensorHook([], at_end=True)
    assert timers.idle_limits(log_at_end._timer, 0)[0] > 1e9
    monkeypatch.setattr(type(log_at_end._timer), "__module__", "elsewhere")
    assert timers.idle_limits(log_at_end._timer, 0)[0] == 0
    model = estimator(tmp_path).train(numbers, [train.LoggingTensorHook(["weight"], at_end=True)])
    assert model.get_variable_value("weight") == 1.0 + 0.5 * 23


HOOKS = [
    (lambda: train.LoggingTensorHook({}, every_n_iter=3), ["_iter_count", "_timer"]),
    (
        lambda: train.SummarySaverHook(3, output_dir="/nowhere", summary_op=tf.constant("")),
        ["_next_step", "_timer", "_global_step_tensor"],
    ),
    (lambda: train.StopAtStepHook(last_step=3), ["_last_step"]),
    (lambda: train.CheckpointSaverHook("/nowhere", save_steps=3), ["_timer"]),
    (
        lambda: train.StepCounterHook(3, output_dir="/nowhere"),
        ["_timer", "_last_global_step", "_steps_per_run", "_global_step_tensor"],
    ),
    (lambda: train.NanTensorHook(None), ["_loss_tensor"]),
]


@pytest.mark.parametrize(
    ("make", "name"), [(make, name) for make, names in HOOKS for name in names]
)
def test_a_hook_that_does_not_tell_when_it_acts_is_called_at_every_step(make, name, tmp_path):
    with tf.Graph().as_default():
        train.create_global_step()
        hook = make()
        if hasattr(hook, "_output_dir"):
            hook._output_dir = str(tmp_path)
        if type(hook) is not train.CheckpointSaverHook:
            hook.begin()
        (rule,) = hook_schedule.scheduled([hook], None, True)
        assert type(rule) is not hook_schedule.ScheduledHook
        delattr(hook, name)
        (rule,) = hook_schedule.scheduled([hook], None, True)
    assert type(rule) is hook_schedule.ScheduledHook
