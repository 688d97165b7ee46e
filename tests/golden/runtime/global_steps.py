"""Which steps are run, saved, logged and written, depending on who advances the global step."""

import contextlib
import logging
import os
import re
import threading

import tensorflow as tf

from tests.golden.estimator.results import events

v1 = tf.compat.v1
train = v1.train
ADVANCE = "advance"  # The collection of the operation by which hooks advance the global step.
MAX_STEPS = 10
BATCHES = 14


def model_fn_of(api, change, **hooks):
    """A model whose train op does to the global step what `change` says."""

    def model_fn(features, labels, mode):
        weight = v1.get_variable("weight", initializer=1.0)
        loss = weight * tf.reduce_mean(tf.cast(features, tf.float32))
        weight_now = tf.identity(weight, "weight_now")
        step = train.get_global_step()
        reads = reads_of(step)
        with tf.control_dependencies(reads):
            v1.add_to_collection(ADVANCE, tf.identity(v1.assign_add(step, 1)))
        with tf.control_dependencies([loss, weight_now, *reads]):
            train_op = tf.group(v1.assign_add(weight, 0.5), change(step))
        return api.EstimatorSpec(mode, loss=loss, train_op=train_op, **hooks)

    return model_fn


def reads_of(step):
    """The tensors by which hooks read the global step: before it changes, not beside that."""
    train.StopAtStepHook(num_steps=1).begin()
    cached = v1.get_collection("global_step_read_op_cache")
    assert len(cached) == 1
    return [*cached, v1.get_default_graph().as_graph_element(step)]


def numbers():
    return tf.data.Dataset.range(BATCHES).batch(1)


class Advance(train.SessionRunHook):
    """Advances the global step in every step, or in some.

    Args:
        where: "fetches", "before_run" or "after_run".
        every: 1 for every step, 3 for every third.
    """

    def __init__(self, where, every=1):
        self._where, self._every, self._count = where, every, 0

    def _is_due(self, where):
        return where == self._where and self._count % self._every == 0

    def before_run(self, run_context):
        self._count += 1
        operation = run_context.session.graph.get_collection(ADVANCE)[0]
        if self._is_due("before_run"):
            run_context.session.run(operation)
        return train.SessionRunArgs(operation) if self._is_due("fetches") else None

    def after_run(self, run_context, run_values):
        if self._is_due("after_run"):
            run_context.session.run(run_context.session.graph.get_collection(ADVANCE))


class Watch(train.SessionRunHook):
    """Notes the global step in the step, and after it."""

    def __init__(self):
        self.seen = []

    def before_run(self, run_context):
        return train.SessionRunArgs(train.get_global_step())

    def after_run(self, run_context, run_values):
        now = run_context.session.run(train.get_global_step())
        self.seen.append(f"{run_values.results}-{now}")


class AdvanceAtSave(train.CheckpointSaverListener):
    def before_save(self, session, global_step_value):
        session.run(session.graph.get_collection(ADVANCE))


class Log(logging.Handler):
    """Keeps what hooks log, without times."""

    kept = re.compile(
        r"(?:Evaluation.*|.* = .*?|global_step/sec|Saving checkpoints for \d+)(?= \(|: | into|$)"
    )

    def __enter__(self):
        self.lines = []
        self._verbosity = v1.logging.get_verbosity()
        v1.logging.set_verbosity(v1.logging.INFO)
        logging.getLogger("tensorflow").addHandler(self)
        return self

    def emit(self, record):
        line = self.kept.match(record.getMessage())
        if line and not record.getMessage().startswith(("Using config", "all_hooks")):
            self.lines.append(line.group())

    def __exit__(self, *error):
        logging.getLogger("tensorflow").removeHandler(self)
        v1.logging.set_verbosity(self._verbosity)


@contextlib.contextmanager
def resource_variables():
    """Of a variable of TF 1.15's own kind, a step fetches the value after it."""
    enabled = v1.resource_variables_enabled()
    v1.enable_resource_variables()
    try:
        yield
    finally:
        if not enabled:
            v1.disable_resource_variables()


def trained(api, folder, change=None, hooks=(), calls=1, listeners=(), **more):
    """What hooks and files have of a training."""
    change = change or (lambda step: v1.assign_add(step, 1))
    config = api.RunConfig(
        save_checkpoints_steps=4,
        save_summary_steps=3,
        log_step_count_steps=2,
        keep_checkpoint_max=100,
    )
    spec_hooks = {name: more[name] for name in more if name.startswith("training_")}
    estimator = api.Estimator(model_fn_of(api, change, **spec_hooks), folder, config)
    watch = Watch()
    hooks = [watch if hook == "watch" else hook for hook in hooks]
    steps = more.get("steps", {"max_steps": MAX_STEPS})
    with Log() as log, resource_variables():
        for _ in range(calls):
            estimator.train(numbers, hooks, saving_listeners=listeners, **steps)
    written = events(folder, steps=True)
    names = (re.match(r"model\.ckpt-(\d+)\.index", name) for name in os.listdir(folder))
    return {
        "checkpoints": in_a_line(sorted(int(name.group(1)) for name in names if name)),
        "log": log.lines,
        "session_log": in_a_line(step for step, kind, _ in written if kind == "session_log"),
        "summaries": {
            tag: in_a_line(step for step, _, other in written if other == tag)
            for tag in ("loss", "global_step/sec")
        },
        "seen": in_a_line(watch.seen),
        "weight": float(estimator.get_variable_value("weight")),
    }


def in_a_line(values):
    return " ".join(map(str, values))


def adds(number):
    return lambda step: v1.assign_add(step, number)


def goes_back_once(step):
    """From 6 to 2, at the first time."""
    with tf.control_dependencies(None):
        gone = v1.get_variable("gone", initializer=False)
    back = tf.logical_and(tf.equal(step, 6), tf.logical_not(gone))
    with tf.control_dependencies([back]):
        value = tf.where(back, step * 0 + 2, step + 1)
    with tf.control_dependencies([value]):
        return tf.group(v1.assign(step, value), v1.assign(gone, tf.logical_or(gone, back)))


def at_times(step):
    """Every other batch adds nothing, as where gradients are accumulated."""
    with tf.control_dependencies(None):
        odd = v1.get_variable("odd", initializer=tf.constant(1, tf.int64))
    with tf.control_dependencies([v1.assign_add(step, odd)]):
        return v1.assign(odd, 1 - odd)


def _case(name, watched, **options):
    """A case of a training with options, which are made anew each time."""

    def case(api, folder):
        made = {key: make() for key, make in options.items()}
        watch = ["watch"] if watched else []
        return trained(api, folder, **dict(made, hooks=[*made.get("hooks", []), *watch]))

    case.__name__ = name
    return case


def _alone_and_watched(name, **options):
    """Without, and with a hook of the user's own."""
    return [_case(name, False, **options), _case(name + "_watched", True, **options)]


def _advancing(where, every=1):
    return lambda: [Advance(where, every)]


class Derived(train.StopAtStepHook):
    """Of a class that is none of TensorFlow's."""


def thread_advances(api, folder):
    """In a training whose hooks are all TensorFlow's: what one of them calls starts the thread."""
    sessions = []

    class Keep(train.CheckpointSaverListener):
        def before_save(self, session, global_step_value):
            sessions.append(session)

    def advance(values):
        operation = sessions[-1].graph.get_collection(ADVANCE)
        thread = threading.Thread(target=sessions[-1].run, args=[operation])
        thread.start()
        thread.join()
        return f"weight = {values['weight_now']}"

    logs = train.LoggingTensorHook(["weight_now"], every_n_iter=3, formatter=advance)
    return trained(api, folder, hooks=[logs], listeners=[Keep()])


CASES = [
    *_alone_and_watched("train_op_alone"),
    *_alone_and_watched("train_op_adds_nothing", change=lambda: adds(0)),
    *_alone_and_watched("train_op_adds_two", change=lambda: adds(2)),
    *_alone_and_watched("train_op_adds_three", change=lambda: adds(3)),
    *_alone_and_watched("train_op_goes_back", change=lambda: goes_back_once),
    *_alone_and_watched("train_op_adds_at_times", change=lambda: at_times),
    *_alone_and_watched("listener_advances", listeners=lambda: [AdvanceAtSave()]),
    *_alone_and_watched("trained_twice", calls=lambda: 2),
    _case("fetches_advance", True, hooks=_advancing("fetches")),
    _case("fetches_advance_alone", True, change=lambda: adds(0), hooks=_advancing("fetches")),
    _case("fetches_advance_at_times", True, hooks=_advancing("fetches", every=3)),
    _case("before_run_advances", True, hooks=_advancing("before_run")),
    _case("before_run_advances_at_times", True, hooks=_advancing("before_run", every=3)),
    _case("after_run_advances", True, hooks=_advancing("after_run")),
    _case("after_run_advances_alone", True, change=lambda: adds(0), hooks=_advancing("after_run")),
    _case("after_run_advances_at_times", True, hooks=_advancing("after_run", every=3)),
    _case(
        "after_run_advances_behind_the_end",
        True,
        steps=dict,
        hooks=lambda: [train.StopAtStepHook(last_step=MAX_STEPS), Advance("after_run", 3)],
    ),
    _case("training_hook_advances", True, training_hooks=_advancing("after_run")),
    _case("chief_hook_advances", True, training_chief_hooks=_advancing("after_run")),
    _case("chief_hook_advances_at_times", True, training_chief_hooks=_advancing("after_run", 3)),
    _case("chief_hook_fetches", True, training_chief_hooks=_advancing("fetches", 3)),
    _case("derived_hook", False, steps=dict, hooks=lambda: [Derived(last_step=7)]),
    _case(
        "trained_again_with_a_hook",
        True,
        calls=lambda: 2,
        steps=lambda: {"steps": 6},
        hooks=_advancing("after_run", every=4),
    ),
    thread_advances,
]
MISTAKES = []
