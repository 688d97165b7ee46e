"""What training looks after in its model_dir: unfinished saves, and those of another training."""

import os
import re

import pytest
import tensorflow as tf

from estimator_heads import (
    Estimator,
    RunConfig,
)
from tests.estimator.weight_model import files, input_fn, model_fn

v1 = tf.compat.v1


def test_unfinished_saves_are_removed_and_nothing_else(tmp_path):
    hexadecimal = "0123456789abcdef" * 2
    part = "part-00000-of-00001.data-00000-of-00001"
    stale = [f"graph.pbtxt.tmp{hexadecimal}", f"checkpoint.tmp{hexadecimal}"]
    stale += [f"model.ckpt-8_temp/{part}", f"model.ckpt-9_temp_{hexadecimal}/{part}"]
    others = ["notes.tmp", f"tmp{hexadecimal}", "images-7_temp/part-1.csv", "images-8_temp/cat.png"]
    running = [f"model.ckpt-5.meta.tmp{hexadecimal}", f"model.ckpt-5_temp/{part}"]
    model_dir = tmp_path / "model"
    for name in [*stale, *others, *running]:
        path = model_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        if name not in running:
            os.utime(path, (0, 0))
        os.utime(path.parent, (0, 0))
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / part).write_text("of somebody's")
    os.utime(linked / part, (0, 0))
    os.utime(linked, (0, 0))
    (model_dir / "data-1_temp").symlink_to(linked)
    Estimator(model_fn, str(model_dir)).train(input_fn, steps=1)
    there = set(files(model_dir))
    assert {*others, *running, "data-1_temp"} <= there
    assert not there & {name.split("/")[0] for name in stale}
    assert os.listdir(linked) == [part]


def test_a_name_that_is_no_text_in_model_dir_does_not_end_training(tmp_path):
    try:
        open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt"), "w").close()
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    estimator = Estimator(model_fn, str(tmp_path)).train(input_fn, steps=2)
    assert estimator.get_variable_value("weight") == 2.0


def test_a_training_that_another_one_disturbs_says_so(tmp_path, caplog):
    class Disturb(v1.train.SessionRunHook):
        def after_run(self, run_context, run_values):
            with tf.Graph().as_default():
                Estimator(model_fn, str(tmp_path)).train(input_fn, steps=1)

    config = RunConfig(save_checkpoints_steps=1, keep_checkpoint_max=10)
    Estimator(model_fn, str(tmp_path), config).train(input_fn, steps=1)
    assert "Another training" not in caplog.text
    Estimator(model_fn, str(tmp_path), config).train(input_fn, hooks=[Disturb()], steps=2)
    start = "Another training run is saving in"
    warnings = [text for text in caplog.messages if text.startswith(start)]
    assert len(warnings) == 1
    assert f"model_dir='{tmp_path}'" in warnings[0]
    assert re.search(r"it has written .*model.ckpt-3 \(\d+ s ago\) since", warnings[0])


def test_a_listener_that_trains_in_the_same_folder_is_noticed(tmp_path, caplog):
    class Trains(v1.train.CheckpointSaverListener):
        def after_save(self, session, global_step_value):
            with tf.Graph().as_default():
                Estimator(model_fn, str(tmp_path)).train(input_fn, steps=1)

    config = RunConfig(save_checkpoints_steps=1)
    Estimator(model_fn, str(tmp_path), config).train(input_fn, steps=2, saving_listeners=[Trains()])
    assert "Another training run is saving in" in caplog.text


def test_own_saves_are_not_taken_for_those_of_another_training(tmp_path, caplog):
    def with_hooks(features, labels, mode):
        spec = model_fn(features, labels, mode)
        scaffold = v1.train.Scaffold(saver=v1.train.Saver())

        class Saves(v1.train.SessionRunHook):
            def after_run(self, run_context, run_values):
                path = str(tmp_path / "model.ckpt")
                scaffold.saver.save(run_context.session, path, global_step=77)

        savers = [
            v1.train.CheckpointSaverHook(str(folder), save_steps=steps, scaffold=scaffold)
            for folder, steps in ((tmp_path / "archive", 1), (tmp_path, 2), (tmp_path, 1))
        ]
        return spec._replace(scaffold=scaffold, training_hooks=[*savers, Saves()])

    for _ in range(2):
        Estimator(with_hooks, str(tmp_path)).train(input_fn, steps=2)
    assert "Another training" not in caplog.text
