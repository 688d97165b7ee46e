"""What is in a model_dir: checkpoints that are gone or somebody else's, or a file instead."""

import os
import pathlib

import pytest
import tensorflow as tf

from estimator_heads import (
    Estimator,
    RunConfig,
)
from tests.estimator.weight_model import files, input_fn, model_fn, receiver_fn

v1 = tf.compat.v1


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
    with pytest.raises(ValueError, match="which no longer exists") as raised:
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
    assert f"The checkpoint '{path}' is damaged, or not a checkpoint" in str(raised.value)
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
