"""Mistakes: the messages say what was expected and what came, and checkpoints stay whole."""

import hashlib
import os
import re

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import Estimator, EvalSpec, LatestExporter, RunConfig, TrainSpec
from estimator_heads.model_fn import EstimatorSpec
from tests.estimator.api import API
from tests.golden.estimator import argument_errors, errors
from tests.golden.estimator.programs import CONSTANT, dataset, linear_model_fn

v1 = tf.compat.v1


def linear(folder, scope=None, **kwargs):
    def model_fn(features, labels, mode):
        if scope is None:
            return linear_model_fn(API, CONSTANT)(features, labels, mode)
        with v1.variable_scope(scope):
            return linear_model_fn(API, CONSTANT)(features, labels, mode)

    return Estimator(model_fn, str(folder), **kwargs)


def content(folder):
    """A hash of every file below a folder."""
    return {
        os.path.join(directory, name): hashlib.sha256(
            open(os.path.join(directory, name), "rb").read()
        ).hexdigest()
        for directory, _, names in os.walk(folder)
        for name in names
    }


def checkpoints_of(folder):
    return {path: hash for path, hash in content(folder).items() if "tfevents" not in path}


MESSAGES = {
    "no_model_fn": "argument `model_fn`. Expected a function of `features`",
    "model_fn_without_features": "must take an argument `features`. It takes",
    "model_fn_with_unknown_argument": "['extra']",
    "params_not_taken": "was given `params`, but the model_fn",
    "labels_not_taken": "input_fn returns labels, but the model_fn",
    "model_fn_returns_none": "must return an EstimatorSpec (in mode 'train'). Received: None",
    "model_fn_returns_tuple": "Received: (1, 2, 3) of type builtins.tuple",
    "model_dirs_differ": "config.model_dir=",
    "config_of_other_type": "Expected a RunConfig. Received: config={'model_dir'",
    "warm_start_from_number": "Received: warm_start_from=3",
    "warm_start_without_path": "`ckpt_to_initialize_from`",
    "steps_and_max_steps": "Received: steps=1, max_steps=1",
    "steps_zero": "argument `steps`. Expected a number > 0, or None. Received: steps=0",
    "max_steps_negative": "Received: max_steps=-1",
    "evaluation_steps_zero": "Received: steps=0",
    "training_hook_of_other_type": "`hooks` must be a list of SessionRunHook instances",
    "listener_of_other_type": "`saving_listeners` must be a list of CheckpointSaverListener",
    "listener_without_checkpoints": "RunConfig.save_checkpoints_steps",
    "input_fn_not_callable": "argument `input_fn`. Expected a function",
    "input_fn_returns_three": "tuple (features, labels)",
    "nan_loss": "NaN loss",
    "metric_named_global_step": "must not have a metric named 'global_step'",
    "metric_named_loss": "must not have a metric named 'loss'",
    "unknown_predict_keys": "Expected some of ['value', 'x']. Received: predict_keys=['absent']",
    "predict_keys_of_single_tensor": "returns a single Tensor",
    "batch_sizes_differ": "yield_single_examples=False",
    "variable_value_untrained": "Call train() first",
    "unknown_variable": "has no variable 'absent'. It has beta1_power, beta2_power, global_step",
    "checkpoint_path_absent": "There is no checkpoint",
    "export_untrained": "There is no checkpoint to export in model_dir=",
    "export_without_receiver_fn": "`serving_input_receiver_fn`",
    "export_of_no_mode": "There is nothing to export",
    "export_of_foreign_checkpoint": "it lacks other/linear/bias, other/linear/weights",
    "classification_output_empty": "needs `scores`, `classes` or both",
    "classification_output_of_ids": "`classes`. Expected a string Tensor",
    "regression_output_of_integers": "`value`. Expected a floating point Tensor",
    "predict_output_of_list": "outputs['a']=[1]",
    "receiver_without_features": "`features` is missing",
    "tensor_receiver_of_dict": "`features` must be a Tensor",
    "supervised_receiver_with_same_names": "these names in both: ['x']",
    "config_with_both_save_settings": "save_checkpoints_steps=1, save_checkpoints_secs=1",
    "config_replace_unknown": "cannot replace ['task_id']",
    "config_with_negative_steps": "`save_checkpoints_steps`. Expected a number of steps >= 0",
    "config_with_string_steps": "Received: save_summary_steps='100'",
}


@pytest.mark.parametrize("mistake", sorted(MESSAGES))
def test_message_says_what_is_wrong(mistake, tmp_path):
    with pytest.raises(Exception, match=re.escape(MESSAGES[mistake])):
        module = errors if hasattr(errors, mistake) else argument_errors
        getattr(module, mistake)(API, str(tmp_path))


def test_nan_loss_saves_no_checkpoint_of_it(tmp_path):
    linear(tmp_path).train(dataset, steps=2)
    before = checkpoints_of(tmp_path)

    def poisoned():
        return dataset().map(lambda features, labels: (features, labels * np.nan))

    with pytest.raises(v1.train.NanLossDuringTrainingError):
        linear(tmp_path, config=RunConfig(save_checkpoints_steps=10)).train(poisoned, steps=5)
    after = checkpoints_of(tmp_path)
    new = sorted(os.path.basename(path) for path in set(after) - set(before))
    assert new == []
    estimator = linear(tmp_path)
    assert estimator.latest_checkpoint().endswith("model.ckpt-2")
    assert np.isfinite(estimator.get_variable_value("linear/weights")).all()


def test_foreign_checkpoint_is_named_with_its_variables_and_left_alone(tmp_path):
    linear(tmp_path).train(dataset, steps=1)
    before = content(tmp_path)
    other = linear(tmp_path, scope="other")
    calls = [
        lambda: other.train(dataset, steps=1),
        lambda: other.evaluate(dataset, steps=1),
        lambda: list(other.predict(dataset)),
    ]
    for call in calls:
        with pytest.raises(tf.errors.NotFoundError) as raised:
            call()
        message = str(raised.value)
        assert f"{tmp_path}/model.ckpt-1" in message
        assert re.search("it lacks .*other/linear/bias, .*which the model_fn creates", message)
        assert re.search("It has these, which the model does not have: .*linear/bias, ", message)
        assert "its own model_dir" in message
    assert content(tmp_path) == before


def test_checkpoint_with_other_shapes_is_left_alone(tmp_path):
    linear(tmp_path).train(dataset, steps=1)
    before = content(tmp_path)

    def model_fn(features, labels, mode):
        weights = v1.get_variable("linear/weights", [2, 3])
        return EstimatorSpec(mode, loss=tf.reduce_sum(weights), train_op=tf.no_op())

    estimator = Estimator(model_fn, tmp_path)
    for call in (estimator.train, estimator.evaluate):
        with pytest.raises(tf.errors.InvalidArgumentError) as raised:
            call(dataset, steps=1)
        assert "linear/weights (checkpoint [2, 1], model [2, 3])" in str(raised.value)
    assert content(tmp_path) == before


@pytest.mark.parametrize("suffix", [".index", ".data-00000-of-00001"])
def test_truncated_checkpoint_is_named_and_left_alone(tmp_path, suffix):
    linear(tmp_path).train(dataset, steps=1)
    errors.truncate(str(tmp_path / f"model.ckpt-1{suffix}"))
    before = content(tmp_path)
    for call in (linear(tmp_path).train, linear(tmp_path).evaluate):
        with pytest.raises(tf.errors.DataLossError) as raised:
            call(dataset, steps=1)
        assert f"{tmp_path}/model.ckpt-1" in str(raised.value)
        assert "damaged" in str(raised.value)
    assert content(tmp_path) == before
    # A way out that the message names: the checkpoint before it.
    assert (
        linear(tmp_path).evaluate(dataset, steps=1, checkpoint_path=str(tmp_path / "model.ckpt-0"))[
            "global_step"
        ]
        == 0
    )


def test_garbled_checkpoint_is_named_and_checkpoints_are_left_alone(tmp_path):
    linear(tmp_path).train(dataset, steps=1)
    errors.garble(str(tmp_path / "model.ckpt-1.data-00000-of-00001"))
    before = checkpoints_of(tmp_path)
    with pytest.raises(tf.errors.DataLossError, match=f"{tmp_path}/model.ckpt-1.* is damaged"):
        linear(tmp_path).train(dataset, steps=1)
    assert checkpoints_of(tmp_path) == before


@pytest.mark.parametrize("garbled", ["", "model_checkp", "\0\1"])
def test_unreadable_list_of_checkpoints_does_not_start_anew(tmp_path, garbled):
    """The original started at step 0 and overwrote checkpoints."""
    linear(tmp_path).train(dataset, steps=1)
    (tmp_path / "checkpoint").write_text(garbled)
    before = content(tmp_path)
    for call in (linear(tmp_path).train, linear(tmp_path).evaluate):
        with pytest.raises(ValueError, match=f"{tmp_path}/checkpoint.* is unreadable.* delete it"):
            call(dataset, steps=1)
    assert content(tmp_path) == before


def test_listed_checkpoint_that_is_gone_does_not_start_anew(tmp_path):
    linear(tmp_path).train(dataset, steps=1)
    os.remove(tmp_path / "model.ckpt-1.index")
    before = content(tmp_path)
    with pytest.raises(ValueError, match=f"names the checkpoint '{tmp_path}/model.ckpt-1', which"):
        linear(tmp_path).train(dataset, steps=1)
    assert content(tmp_path) == before


def test_error_in_the_middle_of_training_keeps_the_last_checkpoint_whole(tmp_path):
    class Fails(v1.train.SessionRunHook):
        def begin(self):
            self.global_step = tf.identity(v1.train.get_global_step())

        def after_run(self, run_context, run_values):
            if run_context.session.run(self.global_step) >= 5:
                raise KeyError("stop")

    with pytest.raises(KeyError):
        linear(tmp_path, config=RunConfig(save_checkpoints_steps=2)).train(
            dataset, hooks=[Fails()], steps=9
        )
    estimator = linear(tmp_path)
    assert estimator.latest_checkpoint().endswith("model.ckpt-4")
    assert estimator.train(dataset, max_steps=6).evaluate(dataset, 1)["global_step"] == 6


def test_dataset_from_outside_of_the_input_fn_is_refused(tmp_path):
    outside = dataset()
    with pytest.raises(ValueError, match="must build its tf.data.Dataset itself"):
        linear(tmp_path).train(lambda: outside, steps=1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: dataset,
        lambda: v1.data.make_one_shot_iterator(dataset()),
        lambda: (batch for batch in ([1], [2])),
    ],
    ids=["function", "iterator", "generator"],
)
def test_input_fn_that_returns_what_no_model_takes(tmp_path, make):
    with pytest.raises(ValueError, match="The input_fn must return a tf.data.Dataset"):
        linear(tmp_path).train(lambda: make(), steps=1)


def test_misspelt_variable_name_gets_suggestions(tmp_path):
    estimator = linear(tmp_path).train(dataset, steps=1)
    with pytest.raises(tf.errors.NotFoundError, match="Did you mean one of .*linear/weights"):
        estimator.get_variable_value("linear/weight")


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("steps", lambda folder, nan: linear(folder).train(dataset, steps=nan)),
        ("max_steps", lambda folder, nan: linear(folder).train(dataset, max_steps=nan)),
        ("steps", lambda folder, nan: linear(folder).evaluate(dataset, steps=nan)),
        ("max_steps", lambda folder, nan: TrainSpec(dataset, max_steps=nan)),
        ("throttle_secs", lambda folder, nan: EvalSpec(dataset, throttle_secs=nan)),
        ("exports_to_keep", lambda folder, nan: LatestExporter("x", None, exports_to_keep=nan)),
    ],
)
def test_numbers_that_are_not_a_number_are_refused(argument, call, tmp_path):
    with pytest.raises(ValueError, match=f"argument `{argument}`.* Received: .*=nan"):
        call(tmp_path, float("nan"))
    assert os.listdir(tmp_path) == []
