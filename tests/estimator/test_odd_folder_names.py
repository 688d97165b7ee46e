"""A model_dir whose name TensorFlow takes for a pattern works like any other."""

import os
import shutil

import pytest
import tensorflow as tf

from estimator_heads import (
    BestExporter,
    Estimator,
    EvalSpec,
    RunConfig,
    TrainSpec,
    train_and_evaluate,
)
from estimator_heads.estimator.hooks.early_stopping import stop_if_no_decrease_hook
from estimator_heads.estimator.predictors.predictor import SavedModelPredictor
from estimator_heads.estimator.storage.event_reading import read_eval_metrics
from tests.estimator.weight_model import files, input_fn, model_fn, receiver_fn

v1 = tf.compat.v1


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
