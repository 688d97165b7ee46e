"""What is in a model_dir: checkpoints that are gone or foreign, files, odd names of folders."""

import os
import pathlib
import re
import shutil

import pytest
import tensorflow as tf

from estimator_heads import (
    BestExporter,
    Estimator,
    EstimatorSpec,
    EvalSpec,
    ModeKeys,
    RunConfig,
    TrainSpec,
    export,
    train_and_evaluate,
)
from estimator_heads.estimator.early_stopping import stop_if_no_decrease_hook
from estimator_heads.estimator.eval_events import read_eval_metrics
from estimator_heads.estimator.predictor import SavedModelPredictor

v1 = tf.compat.v1


def model_fn(features, labels, mode):
    """The weight counts the steps."""
    weight = v1.get_variable("weight", initializer=0.0)
    train_op = tf.group(weight.assign_add(1.0), v1.train.get_global_step().assign_add(1))
    predictions = {"weight": weight * features["x"]}
    loss = None if mode == ModeKeys.PREDICT else tf.reduce_mean(predictions["weight"])
    return EstimatorSpec(mode, predictions, loss, train_op)


def input_fn():
    return tf.data.Dataset.from_tensors({"x": [1.0]}).repeat(3)


def receiver_fn():
    x = v1.placeholder(tf.float32, [None], "x")
    return export.ServingInputReceiver({"x": x}, {"x": x})


def forbidden(features=None):
    raise AssertionError("Nothing may run.")


METHODS = {
    "train": lambda estimator, input_fn, _: estimator.train(input_fn),
    "evaluate": lambda estimator, input_fn, _: estimator.evaluate(input_fn),
    "predict": lambda estimator, input_fn, _: list(estimator.predict(input_fn)),
    "predictor": lambda estimator, input_fn, _: estimator.predictor(receiver_fn),
    "export": lambda estimator, _, folder: estimator.export_saved_model(folder, receiver_fn),
    "names": lambda estimator, *_: estimator.get_variable_names(),
    "value": lambda estimator, *_: estimator.get_variable_value("weight"),
}


@pytest.mark.parametrize("method", METHODS)
def test_a_checkpoint_that_is_gone_is_not_taken_for_an_untrained_model(method, tmp_path):
    estimator = Estimator(model_fn, str(tmp_path)).train(input_fn, steps=2)
    path = estimator.latest_checkpoint()
    os.remove(path + ".index")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(ValueError, match="which is gone") as raised:
        METHODS[method](estimator, input_fn, str(tmp_path / "export"))
    assert f"The file '{tmp_path}/checkpoint' names the checkpoint '{path}'" in str(raised.value)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"names"}))  # Those are in the index.
def test_a_checkpoint_without_its_data_is_named(method, tmp_path):
    estimator = Estimator(model_fn, str(tmp_path)).train(input_fn, steps=2)
    path = estimator.latest_checkpoint()
    os.remove(path + ".data-00000-of-00001")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(tf.errors.DataLossError) as raised:
        METHODS[method](estimator, input_fn, str(tmp_path / "export"))
    assert f"The checkpoint '{path}' is damaged or no checkpoint" in str(raised.value)
    assert f"{path}.data-" in str(raised.value)
    assert "Name an older one" in str(raised.value)
    assert sorted(set(os.listdir(tmp_path)) - {"export"}) == before


def test_the_latest_checkpoint_is_none_when_it_is_gone(tmp_path):
    estimator = Estimator(model_fn, str(tmp_path)).train(input_fn, steps=2)
    os.remove(estimator.latest_checkpoint() + ".index")
    assert estimator.latest_checkpoint() is None


@pytest.mark.parametrize("method", METHODS)
def test_a_file_as_model_dir_is_refused_before_anything_runs(method, tmp_path):
    model_dir = tmp_path / "file"
    model_dir.write_text("of somebody's")
    estimator = Estimator(forbidden, str(model_dir))
    with pytest.raises(tf.errors.FailedPreconditionError, match="which is a file") as raised:
        METHODS[method](estimator, forbidden, str(tmp_path / "export"))
    assert isinstance(raised.value, ValueError)
    assert repr(str(model_dir)) in str(raised.value)
    assert model_dir.read_text() == "of somebody's"
    assert os.listdir(tmp_path) == ["file"]


NAMES = ["run[1]", "a*b", "run?", "{x,y}", "back\\slash", "[*?]"]


@pytest.fixture(params=NAMES)
def odd(request, tmp_path):
    """A model_dir with an odd name; beside it, one that the name matches if it is a pattern."""
    if os.sep == "\\" and set(request.param) & set("*?\\"):
        pytest.skip("no name of a folder on this system")
    for beside in ("run1", "a_b", "x"):
        folder = tmp_path / beside
        folder.mkdir()
        for step in range(9):
            (folder / f"model.ckpt-{step}.index").write_text("of another model")
            (folder / f"model.ckpt-{step}.data-00000-of-00001").write_text("of another model")
        (folder / "eval").mkdir()
        (folder / "eval" / "events.out.tfevents.1").write_text("no event file")
    return tmp_path / request.param


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_training_goes_on_in_a_folder_with_an_odd_name(odd, caplog):
    beside = [odd.parent / name for name in ("run1", "a_b", "x")]
    before = [files(folder) for folder in beside]
    config = RunConfig(keep_checkpoint_max=2, save_checkpoints_steps=1)
    for steps in (3, 2):
        estimator = Estimator(model_fn, str(odd), config).train(input_fn, steps=steps)
    assert estimator.latest_checkpoint() == f"{odd}/model.ckpt-5"
    assert estimator.get_variable_value("weight") == 5.0
    indexes = {path.name for path in odd.iterdir() if path.suffix == ".index"}
    assert indexes == {"model.ckpt-4.index", "model.ckpt-5.index"}
    assert f"{odd.parent}/" not in (odd / "checkpoint").read_text()
    assert [files(folder) for folder in beside] == before
    assert sorted(odd.parent.iterdir()) == sorted([odd, *beside])


def test_all_methods_use_the_checkpoint_in_a_folder_with_an_odd_name(odd):
    estimator = Estimator(model_fn, str(odd)).train(input_fn, steps=2)
    assert estimator.evaluate(input_fn)["global_step"] == 2
    assert [p["weight"] for p in estimator.predict(input_fn)] == [2.0] * 3
    exported = estimator.export_saved_model(str(odd / "export"), receiver_fn)
    for predictor in (estimator.predictor(receiver_fn), SavedModelPredictor(exported)):
        with predictor:
            assert predictor({"x": [10.0]}).popitem()[1] == [20.0]
    for source in (str(odd), estimator.latest_checkpoint(), tf.compat.as_str(exported)):
        warm = Estimator(model_fn, str(odd) + "/warm", warm_start_from=source)
        assert [p["weight"] for p in warm.predict(input_fn)] == [2.0] * 3
    (events,) = odd.glob("eval/*tfevents*")
    assert read_eval_metrics(str(odd / "eval")) == {2: {"loss": 2.0}}


def test_evaluations_exports_and_early_stopping_find_their_events_in_an_odd_folder(odd):
    config = RunConfig(save_checkpoints_steps=1)
    estimator = Estimator(model_fn, str(odd), config)
    exporter = BestExporter(serving_input_receiver_fn=receiver_fn, exports_to_keep=None)
    evaluation = EvalSpec(input_fn, exporters=exporter, throttle_secs=0)
    train_and_evaluate(estimator, TrainSpec(input_fn, max_steps=2), evaluation)
    exports = os.listdir(odd / "export" / "best_exporter")
    assert len(exports) == 1
    # A new process: its loss is larger than that of an evaluation in the event file.
    exporter = BestExporter(serving_input_receiver_fn=receiver_fn, exports_to_keep=None)
    evaluation = EvalSpec(input_fn, exporters=exporter, throttle_secs=0)
    train_and_evaluate(estimator, TrainSpec(input_fn, max_steps=3), evaluation)
    assert os.listdir(odd / "export" / "best_exporter") == exports
    hook = stop_if_no_decrease_hook(
        estimator, "loss", 0, min_steps=0, run_every_secs=None, run_every_steps=1
    )
    estimator.train(input_fn, hooks=[hook], steps=3)
    assert estimator.get_variable_value("global_step") == 4


def test_checkpoints_in_other_folders_are_never_deleted(tmp_path):
    config = RunConfig(keep_checkpoint_max=1, save_checkpoints_steps=1)
    other = Estimator(model_fn, str(tmp_path / "other")).train(input_fn, steps=2)
    before = files(tmp_path / "other")
    model_dir = tmp_path / "model"
    model_dir.mkdir()
    path = other.latest_checkpoint()
    (model_dir / "checkpoint").write_text(
        f'model_checkpoint_path: "{path}"\nall_model_checkpoint_paths: "{path}"\n'
    )
    estimator = Estimator(model_fn, str(model_dir), config).train(input_fn, steps=2)
    assert estimator.get_variable_value("weight") == 4.0
    assert files(tmp_path / "other") == before
    assert [name for name in files(model_dir) if name.endswith(".index")] == ["model.ckpt-4.index"]


def test_a_model_dir_that_is_reached_by_a_link_deletes_its_old_checkpoints(tmp_path):
    config = RunConfig(keep_checkpoint_max=1)
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    Estimator(model_fn, str(tmp_path / "real"), config).train(input_fn, steps=2)
    state = pathlib.Path(tmp_path / "real" / "checkpoint")
    state.write_text(state.read_text().replace('"model', f'"{tmp_path}/real/model'))
    Estimator(model_fn, str(tmp_path / "link"), config).train(input_fn, steps=2)
    names = [name for name in files(tmp_path / "real") if name.endswith(".index")]
    assert names == ["model.ckpt-4.index"]


def test_a_saver_and_a_saver_hook_of_the_users_own_work_in_a_folder_with_an_odd_name(odd):
    def with_saver(features, labels, mode):
        spec = model_fn(features, labels, mode)
        scaffold = v1.train.Scaffold(saver=v1.train.Saver(max_to_keep=1))
        hook = v1.train.CheckpointSaverHook(str(odd), save_steps=1, scaffold=scaffold)
        return spec._replace(scaffold=scaffold, training_hooks=[hook])

    for _ in range(2):
        estimator = Estimator(with_saver, str(odd)).train(input_fn, steps=2)
    assert estimator.get_variable_value("weight") == 4.0
    assert [name for name in files(odd) if name.endswith(".index")] == ["model.ckpt-4.index"]


def test_a_checkpoint_object_as_saver_is_refused_in_a_folder_with_an_odd_name(tmp_path):
    def with_checkpoint(features, labels, mode):
        spec = model_fn(features, labels, mode)
        return spec._replace(scaffold=v1.train.Scaffold(saver=tf.train.Checkpoint()))

    with pytest.raises(ValueError, match="Give Scaffold a tf.compat.v1.train.Saver"):
        Estimator(with_checkpoint, str(tmp_path / "run[1]")).train(input_fn, steps=2)


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
    warnings = [text for text in caplog.messages if text.startswith("Another training saves in")]
    assert len(warnings) == 1
    assert f"model_dir='{tmp_path}'" in warnings[0]
    assert re.search(r"it wrote .*model.ckpt-3 \(\d+ s ago\) since", warnings[0])


def test_a_listener_that_trains_in_the_same_folder_is_noticed(tmp_path, caplog):
    class Trains(v1.train.CheckpointSaverListener):
        def after_save(self, session, global_step_value):
            with tf.Graph().as_default():
                Estimator(model_fn, str(tmp_path)).train(input_fn, steps=1)

    config = RunConfig(save_checkpoints_steps=1)
    Estimator(model_fn, str(tmp_path), config).train(input_fn, steps=2, saving_listeners=[Trains()])
    assert "Another training saves in" in caplog.text


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


def test_hooks_with_a_saver_of_their_own_delete_nothing_in_other_folders(odd):
    def with_saver(features, labels, mode):
        spec = model_fn(features, labels, mode)
        saver = v1.train.Saver(max_to_keep=1)
        hook = v1.train.CheckpointSaverHook(str(odd), save_steps=1, saver=saver)
        return spec._replace(training_hooks=[hook])

    beside = {name: files(odd.parent / name) for name in ("run1", "a_b", "x")}
    for _ in range(2):
        estimator = Estimator(with_saver, str(odd)).train(input_fn, steps=2)
    assert estimator.get_variable_value("weight") == 4.0
    assert {name: files(odd.parent / name) for name in beside} == beside


def test_other_ways_to_write_the_path_of_a_folder_with_an_odd_name(tmp_path):
    odd = f"{tmp_path}/run[1]"
    Estimator(model_fn, odd).train(input_fn, steps=1)
    for step, folder in enumerate([f"{tmp_path}//run[1]/", f"{odd}/../run[1]", f"file://{odd}"]):
        estimator = Estimator(model_fn, folder).train(input_fn, steps=1)
        assert estimator.get_variable_value("weight") == step + 2.0


def test_the_link_to_a_folder_with_an_odd_name_is_made_again(tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    estimator = Estimator(model_fn, str(tmp_path / "run[1]")).train(input_fn, steps=2)
    assert estimator.get_variable_value("weight") == 2.0
    shutil.rmtree(temporary)
    temporary.mkdir()
    assert estimator.get_variable_value("weight") == 2.0


@pytest.mark.parametrize("as_path", [str, pathlib.Path, os.fsencode])
def test_a_checkpoint_path_of_any_kind_is_taken(as_path, tmp_path):
    estimator = Estimator(model_fn, str(tmp_path)).train(input_fn, steps=2)
    path = as_path(estimator.latest_checkpoint())
    assert estimator.evaluate(input_fn, checkpoint_path=path)["loss"] == 2.0
    assert next(estimator.predict(input_fn, checkpoint_path=path))["weight"] == 2.0
    estimator.export_saved_model(str(tmp_path / "export"), receiver_fn, checkpoint_path=path)
    with estimator.predictor(receiver_fn, checkpoint_path=path) as predictor:
        assert predictor({"x": [1.0]})["weight"] == [2.0]


def test_an_error_of_the_programs_own_is_kept_when_a_first_checkpoint_appears(tmp_path):
    def train_and_fail():
        Estimator(model_fn, str(tmp_path)).train(input_fn, steps=1)
        raise ValueError("of the program's own")

    with pytest.raises(ValueError, match="of the program's own"):
        Estimator(model_fn, str(tmp_path)).evaluate(train_and_fail)
