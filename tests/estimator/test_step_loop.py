"""The loop treats hooks as MonitoredSession.run does, in whose place it stands."""

import collections
import gc
import typing
import weakref

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.estimator import Estimator
from estimator_heads.estimator.loop import hook_requests
from estimator_heads.model_fn import EstimatorSpec
from tests.estimator.counting_model import estimator, numbers
from tests.golden.estimator.results import events

train = tf.compat.v1.train


class Recorder(train.SessionRunHook):
    """Records every call; `asks(graph)` tells what it asks for."""

    def __init__(self, asks=lambda graph: None, act=lambda calls, context: None):
        self.calls = []
        self._asks = asks
        self._act = act

    def begin(self):
        self.calls.append("begin")

    def after_create_session(self, session, coord):
        self.calls.append("after_create_session")

    def before_run(self, run_context):
        self.calls.append(("before_run", len(run_context.original_args.fetches)))
        return self._asks(tf.compat.v1.get_default_graph())

    def after_run(self, run_context, run_values):
        stats = run_values.run_metadata.HasField("step_stats")
        self.calls.append(("after_run", run_values.results, stats))
        self._act(self.calls, run_context)

    def end(self, session):
        self.calls.append(("end", session.run(train.get_global_step())))


def asks_for_nothing(graph):
    return None


def asks_for_several_things(graph):
    """A tensor by name, an operation, and the same tensor again, nested."""
    weight = graph.get_tensor_by_name("weight_now:0")
    return train.SessionRunArgs(["weight_now:0", {"op": weight.op, "more": (weight, [weight])}])


class Pair(tuple):
    """Made of two values."""

    def __new__(cls, one, other):
        return super().__new__(cls, (one, other))


class Weights(typing.NamedTuple):
    now: object
    twice: object


def asks_for_structures(graph):
    """Structures of other types, which come back in the same type."""
    weight = graph.get_tensor_by_name("weight_now:0")
    ordered = collections.OrderedDict(z=weight, a=[])
    by_default = collections.defaultdict(list, weight=weight)
    structures = Weights(weight, {"of": [weight]}), ordered, by_default, Pair(weight, weight)
    return train.SessionRunArgs(structures)


def asks_now_and_then(graph):
    graph.count = getattr(graph, "count", 0) + 1
    return train.SessionRunArgs(None if graph.count % 2 else {"weight": "weight_now:0"})


def asks_with_feeds(graph):
    feeds = {graph.get_tensor_by_name("fed:0"): 3.0}
    return train.SessionRunArgs("loss_or_nan:0", feeds)


def asks_for_a_trace(graph):
    options = tf.compat.v1.RunOptions(trace_level=tf.compat.v1.RunOptions.FULL_TRACE)
    return train.SessionRunArgs(None, None, options)


@pytest.mark.parametrize(
    "asks",
    [
        asks_for_nothing,
        asks_for_several_things,
        asks_for_structures,
        asks_now_and_then,
        asks_with_feeds,
        asks_for_a_trace,
    ],
)
def test_hooks_of_the_user_are_called_at_every_step(with_both_loops, asks):
    def traces_in(folder):
        hooks = [Recorder(asks), Recorder()]
        estimator(folder).train(numbers, hooks, steps=9)
        return [hook.calls for hook in hooks]

    ours, original = with_both_loops(traces_in)
    assert str(ours) == str(original)
    assert [len(calls) for calls in ours] == [2 + 2 * 9 + 1] * 2
    assert ours[0][3][2] == (asks is asks_for_a_trace)


@pytest.mark.parametrize("change", ["pop", "add"])
def test_a_hook_may_change_what_it_has_asked_for(with_both_loops, change):
    def asks(graph):
        recorder.wanted = {"weight": "weight_now:0", "again": "weight_now:0"}
        return train.SessionRunArgs(recorder.wanted)

    def act(calls, context):
        if change == "pop":
            recorder.wanted.pop("again")
        else:
            recorder.wanted.update(more="loss_or_nan:0", most="loss_or_nan:0")

    def traces_in(folder):
        nonlocal recorder
        recorder = Recorder(asks, act)
        other = Recorder(lambda graph: train.SessionRunArgs(["loss_or_nan:0"]))
        estimator(folder).train(numbers, [recorder, other], steps=5)
        return recorder.calls, other.calls

    recorder = None
    ours, original = with_both_loops(traces_in)
    assert str(ours) == str(original)
    assert len(ours[0]) == len(ours[1]) == 2 + 2 * 5 + 1


def test_a_subclass_of_a_known_hook_is_called_at_every_step(tmp_path):
    class Counting(train.LoggingTensorHook):
        count = 0

        def after_run(self, run_context, run_values):
            self.count += 1
            super().after_run(run_context, run_values)

    hook = Counting(["weight_now"], every_n_iter=100)
    estimator(tmp_path).train(numbers, [hook], steps=9)
    assert hook.count == 9


@pytest.mark.parametrize("nan_at", [0, 6])
def test_training_ends_at_the_first_loss_that_is_nan(with_both_loops, nan_at):
    def traces_in(folder):
        recorder = Recorder()
        with pytest.raises(train.NanLossDuringTrainingError):
            estimator(folder, {"nan_at": nan_at}).train(numbers, [recorder], steps=20)
        return recorder.calls

    ours, original = with_both_loops(traces_in)
    assert ours == original
    assert len(ours) == 2 + 2 * (nan_at + 1)


def test_a_watched_tensor_other_than_the_loss_can_stop_training(with_both_loops):
    class NanFromThree(train.SessionRunHook):
        def begin(self):
            weight = tf.compat.v1.get_default_graph().get_tensor_by_name("weight_now:0")
            watched = tf.where(weight < 3.0, weight, np.nan)
            watching.__init__(watched, fail_on_nan_loss=False)

    def traces_in(folder):
        model = estimator(folder).train(numbers, [NanFromThree(), watching])
        return int(model.get_variable_value("global_step"))

    watching = train.NanTensorHook(None)
    ours, original = with_both_loops(traces_in)
    assert ours == original == 5


def test_a_hook_stops_the_loop_and_every_other_one_sees_that_step(with_both_loops):
    def stop_after_four(calls, context):
        if sum(call[0] == "after_run" for call in calls) == 4:
            context.request_stop()

    def traces_in(folder):
        first, last = Recorder(act=stop_after_four), Recorder()
        estimator(folder).train(numbers, [first, last])
        return first.calls, last.calls

    ours, original = with_both_loops(traces_in)
    assert ours == original
    assert ours[0] == ours[1]
    assert ours[0][-1] == ("end", 4)


@pytest.mark.parametrize("where", ["before_run", "after_run"])
@pytest.mark.parametrize("error", [tf.errors.AbortedError, tf.errors.UnavailableError])
def test_a_lost_session_is_recovered_from_the_latest_checkpoint(with_both_loops, where, error):
    def traces_in(folder):
        def lose_once(context_or_graph):
            if sum(call[0] == where for call in recorder.calls) == 8:
                raise error(None, None, "lost")

        act = {"before_run": "asks", "after_run": "act"}[where]
        recorder = Recorder(**{act: lambda *given: lose_once(given)})
        model = estimator(folder, save_checkpoints_steps=3).train(numbers, [recorder], steps=12)
        return recorder.calls, model.get_variable_value("weight"), events(str(folder), steps=True)

    ours, original = with_both_loops(traces_in)
    assert ours == original
    assert ours[0].count("after_create_session") == 2
    assert ours[1] == 1.0 + 0.5 * 12


def test_an_error_of_a_hook_reaches_the_caller_and_ends_nothing(tmp_path):
    def fail(calls, context):
        raise KeyError("of the hook")

    recorder = Recorder(act=fail)
    with pytest.raises(KeyError, match="of the hook"):
        estimator(tmp_path).train(numbers, [recorder], steps=5)
    assert "end" not in [call[0] for call in recorder.calls]


def queue_input_fn(error):
    """Two batches by a queue runner, whose thread then fails."""

    def input_fn():
        count = iter([1.0, 2.0])

        def produce():
            for value in count:
                return np.float32(value)
            raise error

        value = tf.compat.v1.py_func(produce, [], tf.float32)
        value.set_shape([])
        return train.batch([value], batch_size=1), None

    return input_fn


def test_an_error_in_the_thread_of_a_queue_runner_reaches_the_caller(with_both_loops):
    def traces_in(folder):
        with pytest.raises(tf.errors.OpError) as caught:
            estimator(folder).train(queue_input_fn(ValueError("no more food")))
        return type(caught.value), "no more food" in str(caught.value)

    ours, original = with_both_loops(traces_in)
    assert ours == original == (tf.errors.InvalidArgumentError, True)


def test_an_error_of_an_operation_tells_where_the_operation_was_made(with_both_loops):
    def failing_model_fn(features, labels, mode):
        value = tf.cast(features, tf.float32)[0]
        checked = tf.debugging.check_numerics(value / (4.0 - value), "broken", name="the_check")
        step = train.get_global_step().assign_add(1)
        return EstimatorSpec(mode, loss=checked, train_op=tf.group(checked, step))

    def traces_in(folder):
        with pytest.raises(tf.errors.InvalidArgumentError) as caught:
            Estimator(failing_model_fn, str(folder)).train(numbers)
        return caught.value.op.name, "failing_model_fn" in str(caught.value)

    ours, original = with_both_loops(traces_in)
    assert ours == original == ("the_check", True)


def test_two_hooks_that_feed_the_same_tensor_are_refused(tmp_path):
    with pytest.raises(RuntimeError, match="feed the same tensor.*fed:0"):
        estimator(tmp_path).train(numbers, [Recorder(asks_with_feeds), Recorder(asks_with_feeds)])


def test_options_of_several_hooks_are_merged():
    options = tf.compat.v1.RunOptions
    merged = options()
    one = options(trace_level=options.FULL_TRACE, timeout_in_ms=7)
    one.debug_options.debug_tensor_watch_opts.add(node_name="a")
    other = options(
        trace_level=options.SOFTWARE_TRACE, timeout_in_ms=3, output_partition_graphs=True
    )
    other.debug_options.debug_tensor_watch_opts.add(node_name="b")
    hook_requests.merge_options(merged, [one, other])
    assert merged.trace_level == options.FULL_TRACE
    assert merged.timeout_in_ms == 7
    assert merged.output_partition_graphs
    watched = merged.debug_options.debug_tensor_watch_opts
    assert [watch.node_name for watch in watched] == ["a", "b"]


def test_rounds_of_training_evaluation_and_prediction_leave_no_graph_behind(tmp_path):
    graphs = []

    class Keep(train.SessionRunHook):
        def after_create_session(self, session, coord):
            graphs.extend([weakref.ref(session.graph), weakref.ref(session)])

    model = estimator(tmp_path, save_checkpoints_steps=1000)
    for _ in range(10):
        model.train(numbers, [Keep()], steps=2)
        model.evaluate(numbers, steps=2, hooks=[Keep()])
        next(model.predict(numbers, hooks=[Keep()]))
    gc.collect()
    assert len(graphs) == 10 * 3 * 2
    assert [graph() for graph in graphs if graph()] == []


def test_a_session_is_let_go_when_training_ends(tmp_path):
    sessions = []

    class Keep(train.SessionRunHook):
        def after_create_session(self, session, coord):
            sessions.append(weakref.ref(session))

    gc.collect()
    gc.disable()
    try:
        estimator(tmp_path).train(numbers, [Keep()], steps=5)
        assert sessions[0]() is None
    finally:
        gc.enable()
