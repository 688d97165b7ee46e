"""What is in a model_dir: checkpoints that are gone or foreign, files, odd names of folders."""

import os

import pytest
import tensorflow as tf

from estimator_heads import Estimator, EstimatorSpec, ModeKeys, export

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
