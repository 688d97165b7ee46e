"""What Experiment and monitors do beyond what TF 1.15 was recorded to do."""

import os

import pytest
import tensorflow as tf

from tests.compat.learn_experiment_api import API
from tests.golden.learn_experiment.models import Program

v1 = tf.compat.v1


def evaluations(program):
    """The global steps of what has been evaluated, which the log is emptied of."""
    steps = [
        int(entry[-1]["global_step"])
        for entry in program.log
        if entry[0] == "evaluate"  # Those of a monitor are not among them.
    ]
    inputs = program.log.count("eval input")
    program.log.clear()
    return steps, inputs


def test_each_call_of_train_and_evaluate_evaluates_as_the_first_one(tmp_path):
    program = Program(API, str(tmp_path))
    experiment = program.experiment(train_steps=8, min_eval_frequency=3)
    experiment.train_and_evaluate()
    first = evaluations(program)
    experiment._train_steps = 16
    experiment.train_and_evaluate()
    assert evaluations(program) == ([16], first[1]) and first[0] == [8]


def test_a_failed_training_leaves_no_monitor_behind(tmp_path):
    program = Program(API, str(tmp_path))

    class Failing(v1.train.SessionRunHook):
        def after_run(self, run_context, run_values):
            raise OSError("full")

    experiment = program.experiment(train_monitors=[Failing()])
    with pytest.raises(OSError, match="full"):
        experiment.train_and_evaluate()
    assert len(experiment._train_monitors) == 1
    assert experiment._min_eval_frequency == 1
    with pytest.raises(OSError, match="full"):
        experiment.local_run()
    assert experiment._min_eval_frequency == 1


def test_a_checkpoint_that_is_deleted_meanwhile_is_followed_by_the_next(tmp_path):
    program = Program(API, str(tmp_path), keep_checkpoint_max=1)
    program.experiment(train_steps=3).train()
    deleted = []

    def input_fn():
        if not deleted:
            deleted.append(v1.train.latest_checkpoint(program.folder))
            program.experiment(train_steps=6).train()
        return program.input_fn("eval")()

    # A graph is being built when the other training starts.
    experiment = program.experiment(eval_input_fn=input_fn, train_steps=6)
    experiment.continuous_eval()
    assert not os.path.exists(deleted[0] + ".index")
    assert evaluations(program)[0] == [6]


def test_summaries_of_a_monitor_go_to_the_folder_of_the_estimator(tmp_path):
    program = Program(API, str(tmp_path))

    class Saver(API.monitors.SummarySaver):
        def begin(self, max_steps=None):
            super().begin(max_steps)
            loss = v1.get_default_graph().get_tensor_by_name("the_loss:0")
            self._summary_op = v1.summary.scalar("own", loss)

    program.experiment(train_monitors=[Saver(None, save_steps=4)], train_steps=10).train()
    steps = {
        event.step
        for path in (tmp_path / "model").glob("events*")
        for event in v1.train.summary_iterator(str(path))
        for value in event.summary.value
        if value.tag == "own"
    }
    assert steps == {1, 5, 9}


def test_monitors_get_the_values_of_variables_by_the_names_of_their_handles(tmp_path):
    program = Program(API, str(tmp_path))
    monitor = API.monitors.CaptureVariable("count:0", every_n=1)
    program.experiment(train_monitors=[monitor], train_steps=4).train()
    assert sorted(monitor.values) == [1, 2, 3, 4]
    # They are read beside the step that adds to them.
    assert all(step - monitor.values[step] in (0, 1) for step in monitor.values)


def test_an_operation_with_several_outputs_is_refused_by_its_name(tmp_path):
    program = Program(API, str(tmp_path))

    class Splitting(API.monitors.BaseMonitor):
        def begin(self, max_steps=None):
            super().begin(max_steps)
            tf.split(tf.zeros([2]), 2, name="parts")

        def step_begin(self, step):
            return [*super().step_begin(step), "parts"]

    with pytest.raises(ValueError, match="'parts', which is an operation with 2 outputs"):
        program.experiment(train_monitors=[Splitting()]).train()


@pytest.mark.parametrize(
    "schedule, error, text",
    [
        ("fly", ValueError, "one of .*'train_and_evaluate'.*schedule='fly'"),
        ("train_steps", TypeError, "schedule='train_steps'"),
    ],
)
def test_errors_of_the_runner_name_the_schedules(schedule, error, text, tmp_path):
    program = Program(API, str(tmp_path))
    with pytest.raises(error, match=text):
        API.learn_runner.run(
            lambda output_dir: program.experiment(), str(tmp_path), schedule=schedule
        )


def test_paths_of_exports_are_bytes_and_may_be_texts(tmp_path):
    program = Program(API, str(tmp_path))
    program.experiment().train()
    seen = []
    strategy = API.learn.ExportStrategy("own", lambda estimator, path: seen.append(path))
    program.experiment(export_strategies=strategy)._maybe_export({})
    assert seen == [os.fsencode(tmp_path / "model" / "export" / "own")]


@pytest.mark.parametrize("pattern", ["eval_one_pass/events*", "eval*/*", "*/events.out.tfevents.*"])
def test_the_best_model_is_remembered_by_any_pattern_of_event_files(pattern, tmp_path):
    program = Program(API, str(tmp_path))
    experiment = program.experiment()
    experiment.train()
    loss = experiment.evaluate()["loss"]
    selector = API.export_utils.BestModelSelector(os.path.join(program.folder, pattern))
    assert selector.update("path", {"loss": loss + 1}) == ("", None)
    assert selector.update("path", {"loss": loss - 1}) == ("path", {"loss": loss - 1})
