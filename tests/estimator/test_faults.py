"""Kills, signals and full disks: real processes, and what is left on disk after them."""

import glob
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

import pytest
import tensorflow as tf

from estimator_heads import Estimator, EstimatorSpec
from estimator_heads.estimator.schedule.export_garbage import delete_old_exports
from tests.programs import environment

PROGRAMS = pathlib.Path(__file__).with_name("fault_programs.py")
SECONDS = 240


def started(name, model_dir, prefix=()):
    command = [*prefix, sys.executable, str(PROGRAMS), name, str(model_dir)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )


def reports(process):
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


def test_each_kill_leaves_a_whole_checkpoint_to_go_on_from(tmp_path):
    *states, continued = reports(started("killed", tmp_path / "model"))
    assert len(states) == 9  # at the start of 7 of 8 children, at the end, and after going on
    for state in states:
        assert state["least"] == state["greatest"] == state["step"]
    steps = [state["step"] for state in states]
    assert steps == sorted(steps)
    assert steps[-2] > steps[0]  # the killed ones got on, too
    assert continued == {"continued": 3}


def test_sigterm_ends_training_after_the_step_with_a_checkpoint(tmp_path):
    process = started("terminated", tmp_path / "model")
    assert json.loads(process.stdout.readline()) == {"trains": True}
    process.send_signal(signal.SIGTERM)
    made, end = reports(process)
    assert end["stopped_by"] == "SIGTERM"
    assert end["step"] == end["least"] == made["made"]
    assert end["handler_is_back"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_that_is_forked_after_a_session_does_not_hang(tmp_path):
    before, *refusals, with_own_threads, state_of_parent = reports(started("forked", tmp_path))
    assert before == {"trained": True}
    assert [refusal["method"] for refusal in refusals] == [
        "train",
        "evaluate",
        "predict",
        "export",
        "predictor",
        "predictor of a SavedModel",
        "call of a predictor",
    ]
    assert "was forked from it" in refusals.pop()["message"]
    for refusal in refusals:
        start = "Process {child} was forked from process {parent}".format(**refusal)
        assert refusal["message"].startswith(start)
        assert "Fork before the first train()" in refusal["message"]
    assert with_own_threads == {"predicted": 1.0}
    assert state_of_parent == {"state_of_parent": 4}


def _small_disk(folder):
    """A command prefix that mounts a disk of 1 MB at `folder` for the program behind it."""
    script = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"'
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, str(folder)]


def _can_mount(folder):
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*_small_disk(folder), "true"], capture_output=True).returncode == 0


def reports_on_small_disk(name, folder):
    if not _can_mount(folder):
        pytest.skip("this system lets nobody mount a small disk (unshare --user --mount)")
    return reports(started(name, folder, _small_disk(folder)))


def test_a_full_disk_loses_nothing(tmp_path):
    first, second, left, exported, evaluated, continued, recorded = reports_on_small_disk(
        "full_disk", tmp_path
    )
    for failure in (first, second):
        assert "No space left on device" in failure["message"]
        assert (
            f"The latest complete checkpoint is '{tmp_path}/model.ckpt-{failure['step']}'"
            in (failure["message"])
        )
        assert "Free space there" in failure["message"]
        assert failure["least"] == failure["step"] > 0
    assert f"export_dir_base='{tmp_path}/export' cannot be written" in exported["export"]
    assert "Free space there, or use another folder. Nothing was exported." in exported["export"]
    assert exported["left"] == []
    assert evaluated == {"evaluated": second["step"]}
    assert continued == {"continued": 2}
    # Nothing could be recorded while the disk was full, and all is when there is space again.
    step = second["step"] + 2
    assert recorded == {"recorded": [step, step], "unfinished": 0}
    assert left["unfinished"] > 0


def test_a_read_only_disk_is_named_and_does_not_keep_from_evaluating(tmp_path):
    failure, evaluated = reports_on_small_disk("read_only", tmp_path)
    assert f"model_dir='{tmp_path}/view' cannot be written" in failure["message"]
    assert "Read-only file system" in failure["message"]
    assert "Make it writable, and its file system" in failure["message"]
    assert "Free space" not in failure["message"]
    assert f"The latest complete checkpoint is '{tmp_path}/view/model.ckpt-4'" in failure["message"]
    assert evaluated == {"evaluated": 4}


def model_fn(features, labels, mode):
    weight = tf.compat.v1.get_variable("weight", initializer=0.0)
    train_op = tf.compat.v1.train.get_global_step().assign_add(1)
    return EstimatorSpec(mode, loss=tf.reduce_sum(features) * weight, train_op=train_op)


def input_fn():
    return tf.data.Dataset.from_tensors([1.0])


def test_model_dir_below_a_file_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    model_dir = str(tmp_path / "file" / "model")
    with pytest.raises(tf.errors.FailedPreconditionError, match="cannot be written") as raised:
        Estimator(model_fn, model_dir).train(input_fn)
    assert model_dir in str(raised.value)
    assert "Move away the file" in str(raised.value)
    assert "No checkpoint was written" in str(raised.value)


def test_results_of_an_evaluation_that_cannot_be_written_are_returned(tmp_path, caplog):
    estimator = Estimator(model_fn, str(tmp_path)).train(input_fn)
    (tmp_path / "eval").write_text("a file where the folder should be")
    results = estimator.evaluate(input_fn)
    assert results["global_step"] == estimator.get_variable_value("global_step")
    assert f"{tmp_path}/eval cannot be written" in caplog.text


def test_results_are_logged_with_the_digits_that_they_have(tmp_path, caplog):
    def rounded(features, labels, mode):
        return EstimatorSpec(mode, loss=tf.constant(0.59))

    with caplog.at_level("INFO", logger="tensorflow"):
        Estimator(rounded, str(tmp_path)).evaluate(input_fn, steps=1)
    assert "Saving dict for global step 0: global_step = 0, loss = 0.59" in caplog.messages


def test_a_file_that_the_input_may_not_read_is_not_taken_for_the_model_dir(tmp_path):
    def forbidden():
        raise tf.errors.PermissionDeniedError(None, None, f"{tmp_path}/data.csv; Permission denied")

    with pytest.raises(tf.errors.PermissionDeniedError) as raised:
        Estimator(model_fn, str(tmp_path / "model")).train(forbidden)
    assert raised.value.message == f"{tmp_path}/data.csv; Permission denied"


def test_evaluation_goes_on_with_the_newer_checkpoint_when_its_own_is_deleted(tmp_path):
    Estimator(model_fn, str(tmp_path)).train(input_fn)
    (written,) = tf.train.get_checkpoint_state(tmp_path).all_model_checkpoint_paths[-1:]

    def trained_on_by_another_process(features, labels, mode):
        for file in glob.glob(f"{written}.*"):
            os.rename(file, file.replace(written, f"{tmp_path}/model.ckpt-9"))
        (tmp_path / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-9"')
        return model_fn(features, labels, mode)

    results = Estimator(trained_on_by_another_process, str(tmp_path)).evaluate(input_fn)
    assert results["global_step"] == Estimator(model_fn, str(tmp_path)).get_variable_value(
        "global_step"
    )


def test_evaluation_names_a_checkpoint_that_is_gone_for_good(tmp_path):
    estimator = Estimator(model_fn, str(tmp_path)).train(input_fn)
    gone = f"{tmp_path}/model.ckpt-77"
    with pytest.raises(ValueError, match="There is no checkpoint .*model.ckpt-77"):
        estimator.evaluate(input_fn, checkpoint_path=gone)


def test_a_link_among_exports_is_left_alone(tmp_path):
    """Deleting it would empty the folder that it leads to."""
    base = tmp_path / "exports"
    for name in ("pinned", "exports/1700000001", "exports/1700000002", "exports/1700000003"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "saved_model.pb").write_text("a model")
    (base / "1700000000").symlink_to(tmp_path / "pinned")
    delete_old_exports(str(base), exports_to_keep=2)
    assert sorted(os.listdir(base)) == ["1700000000", "1700000002", "1700000003"]
    assert (base / "1700000000" / "saved_model.pb").read_text() == "a model"
