"""What an Estimator does beyond the recorded programs."""

import doctest
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.estimator import Estimator, RunConfig, WarmStartSettings
from estimator_heads.model_fn import EstimatorSpec, ModeKeys
from tests.estimator.api import API
from tests.golden.estimator import programs
from tests.golden.estimator.exports import FEATURE_SPEC
from tests.golden.estimator.programs import CONSTANT, X, dataset
from tests.golden.estimator.results import events

v1 = tf.compat.v1
GOLDEN = Path(__file__).parents[1] / "golden" / "estimator"


def linear_model_fn(features, labels, mode):
    return programs.linear_model_fn(API, CONSTANT)(features, labels, mode)


def finite_dataset():
    return dataset(repeat=False)


@pytest.fixture
def trained(tmp_path):
    return Estimator(linear_model_fn, str(tmp_path / "model")).train(dataset, steps=2)


def test_goes_on_from_a_checkpoint_that_the_original_wrote(tmp_path):
    """Ten steps by TF 2.15 and ten by us are as good as twenty by us."""
    shutil.copytree(GOLDEN / "checkpoint", tmp_path / "original")
    continued = Estimator(linear_model_fn, tmp_path / "original")
    assert continued.evaluate(finite_dataset)["global_step"] == 10

    def second_half():
        return dataset().skip(10)

    continued.train(second_half, max_steps=20)
    whole = Estimator(linear_model_fn, tmp_path / "whole").train(dataset, steps=20)
    assert continued.get_variable_names() == whole.get_variable_names()
    for name in whole.get_variable_names():
        np.testing.assert_allclose(
            continued.get_variable_value(name), whole.get_variable_value(name), rtol=1e-5
        )


def test_loss_of_an_evaluation_is_the_mean_over_batches_of_the_formula(trained):
    weights = trained.get_variable_value("linear/weights")
    bias = trained.get_variable_value("linear/bias")
    squared_error = np.square(X @ weights + bias - programs.Y)
    expected = np.mean([np.mean(squared_error[i : i + 4]) for i in (0, 4, 8)])
    results = trained.evaluate(finite_dataset)
    np.testing.assert_allclose(results["loss"], expected, rtol=1e-5)
    np.testing.assert_allclose(results["rmse"], np.sqrt(np.mean(squared_error)), rtol=1e-5)


def test_predictions_can_be_interleaved_and_leave_eager_mode_alone(trained):
    eager = tf.executing_eagerly()
    first, second = trained.predict(finite_dataset), trained.predict(finite_dataset)
    for _ in range(12):
        one, other = next(first), next(second)
        assert tf.executing_eagerly() == eager
        np.testing.assert_array_equal(one["value"], other["value"])
    assert list(first) == list(second) == []


def test_closing_a_prediction_closes_its_session(trained):
    sessions = []

    class Keep(v1.train.SessionRunHook):
        def after_create_session(self, session, coord):
            sessions.append(session)

    predictions = trained.predict(dataset, hooks=[Keep()])
    next(predictions)
    predictions.close()
    with pytest.raises(RuntimeError, match="closed Session"):
        sessions[0].run("global_step:0")


def test_train_evaluate_and_predict_leave_the_default_graph_alone(trained):
    with tf.Graph().as_default() as graph:
        trained.train(dataset, steps=1)
        trained.evaluate(finite_dataset)
        list(trained.predict(finite_dataset))
        assert tf.compat.v1.get_default_graph() is graph
        assert graph.get_operations() == []


def test_max_steps_that_are_reached_do_not_call_the_model(trained):
    def input_fn():
        raise AssertionError("must not be called")

    assert trained.train(input_fn, max_steps=2) is trained


def test_feed_hooks_and_placeholders(tmp_path):
    """Legacy input_fns return placeholders, and a hook feeds them in every step."""

    def input_fn():
        features = {"x": v1.placeholder(tf.float32, [None, 2], name="fed_x")}
        return features, v1.placeholder(tf.float32, [None, 1], name="fed_y")

    def feed():
        return {"fed_x:0": X[:3], "fed_y:0": programs.Y[:3]}

    fed = Estimator(linear_model_fn, tmp_path / "fed")
    fed.train(input_fn, hooks=[v1.train.FeedFnHook(feed)], steps=2)
    constant = Estimator(linear_model_fn, tmp_path / "constant")
    constant.train(lambda: ({"x": X[:3]}, programs.Y[:3]), steps=2)
    np.testing.assert_array_equal(
        fed.get_variable_value("linear/weights"), constant.get_variable_value("linear/weights")
    )


def test_scaffold_with_a_saver_that_renames_variables(trained, tmp_path):
    """A saver of the user's own decides what is in a checkpoint, in every mode."""

    def model_fn(features, labels, mode):
        spec = linear_model_fn(features, labels, mode)
        renamed = {"my/" + v.op.name: v for v in v1.global_variables()}
        return spec._replace(scaffold=v1.train.Scaffold(saver=v1.train.Saver(renamed)))

    estimator = Estimator(model_fn, tmp_path / "own").train(dataset, steps=2)
    weights = trained.get_variable_value("linear/weights")
    np.testing.assert_array_equal(estimator.get_variable_value("my/linear/weights"), weights)
    np.testing.assert_equal(
        list(estimator.predict(finite_dataset)), list(trained.predict(finite_dataset))
    )
    receiver_fn = API.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC)
    exported = estimator.export_saved_model(tmp_path / "export", receiver_fn).decode()
    variables = tf.train.load_checkpoint(exported + "/variables/variables")
    np.testing.assert_array_equal(variables.get_tensor("my/linear/weights"), weights)


def test_scaffold_with_a_checkpoint_object_as_saver(tmp_path):
    """The TF 2 migration guide puts a tf.train.Checkpoint there."""

    def model_fn(features, labels, mode):
        weight = v1.get_variable("weight", initializer=1.0)
        step = v1.train.get_global_step()
        checkpoint = tf.train.Checkpoint(weight=weight, global_step=step)
        return EstimatorSpec(
            mode,
            predictions=features["x"] * weight,
            loss=tf.identity(weight),
            train_op=tf.group(v1.assign_add(weight, 1.0), v1.assign_add(step, 1)),
            scaffold=v1.train.Scaffold(saver=checkpoint),
        )

    estimator = Estimator(model_fn, tmp_path).train(dataset, steps=3)
    estimator.train(dataset, steps=1)
    assert estimator.evaluate(dataset, steps=1)["loss"] == 5.0
    features = {"x": tf.TensorSpec([None, 2], tf.float32)}
    exported = estimator.export_saved_model(
        tmp_path / "export", API.export.build_raw_serving_input_receiver_fn(features)
    )
    served = tf.saved_model.load(exported.decode()).signatures["serving_default"]
    np.testing.assert_array_equal(served(x=tf.ones([1, 2]))["output"], [[5.0, 5.0]])


def test_loss_summary_of_the_model_fn_is_not_doubled(tmp_path):
    def model_fn(features, labels, mode):
        spec = linear_model_fn(features, labels, mode)
        v1.summary.scalar("loss", spec.loss)
        return spec

    Estimator(model_fn, tmp_path).train(dataset, steps=1)
    tags = [tag for _, tag in events(str(tmp_path))]
    assert [tag for tag in tags if "loss" in tag] == ["loss"]


def test_an_input_that_is_empty_trains_nothing_and_keeps_a_checkpoint(tmp_path, caplog):
    estimator = Estimator(linear_model_fn, tmp_path).train(lambda: dataset().take(0))
    assert estimator.latest_checkpoint().endswith("model.ckpt-0")


def test_params_and_config_are_copies(tmp_path):
    params = {"sizes": [1]}
    estimator = Estimator(lambda features, params: None, tmp_path, params=params)
    params["sizes"].append(2)
    estimator.params["sizes"].append(3)
    assert estimator.params == {"sizes": [1]}
    estimator.config._model_dir = "elsewhere"
    assert estimator.config.model_dir == str(tmp_path)


def test_model_fn_property_has_the_params_bound(tmp_path):
    def model_fn(features, mode, params):
        return EstimatorSpec(mode, predictions=features["x"] * params["factor"])

    public = Estimator(model_fn, tmp_path, params={"factor": 3.0}).model_fn
    with tf.Graph().as_default(), v1.Session() as session:
        spec = public({"x": tf.constant(2.0)}, None, ModeKeys.PREDICT, RunConfig())
        assert session.run(spec.predictions) == 6.0


def test_model_fn_may_be_a_method_or_a_callable_object(tmp_path):
    class Model:
        def __call__(self, features, mode):
            return EstimatorSpec(mode, predictions=features["x"])

        def as_method(self, features, labels, mode, config):
            assert isinstance(config, RunConfig)
            return self(features, mode)

    for model_fn in (Model(), Model().as_method):
        predictions = list(Estimator(model_fn, tmp_path).predict(finite_dataset))
        np.testing.assert_array_equal(predictions, X)


def test_subclasses_may_override_what_they_like(tmp_path):
    """The original refused most overrides; legacy code works around that in several ways."""

    class Doubled(Estimator):
        def train(self, input_fn, hooks=None, steps=None, max_steps=None, saving_listeners=None):
            return super().train(input_fn, hooks, 2 * steps, max_steps, saving_listeners)

        def _call_model_fn(self, features, labels, mode, config):
            spec = super()._call_model_fn(features, labels, mode, config)
            return spec._replace(loss=spec.loss * 2.0) if spec.loss is not None else spec

        def _create_and_assert_global_step(self, graph):
            return v1.train.get_or_create_global_step(graph)

        def _assert_members_are_not_overridden(self):
            pass

        def latest_checkpoint(self):
            return super().latest_checkpoint()

    estimator = Doubled(linear_model_fn, tmp_path).train(dataset, steps=3)
    plain = Estimator(linear_model_fn, tmp_path)
    doubled, single = estimator.evaluate(finite_dataset), plain.evaluate(finite_dataset)
    assert doubled["global_step"] == 6
    np.testing.assert_allclose(doubled["loss"], 2 * single["loss"], rtol=1e-6)


def test_check_of_overrides_may_be_a_staticmethod(tmp_path):
    """It is called on the class, with the estimator as its argument."""
    checked = []

    class Unchecked(Estimator):
        _assert_members_are_not_overridden = staticmethod(checked.append)

    assert checked == [Unchecked(linear_model_fn, tmp_path)]


def test_input_context_is_given_where_it_is_required(tmp_path):
    def input_fn(input_context):
        data = dataset()
        return data.shard(input_context.num_input_pipelines, input_context.input_pipeline_id)

    def lenient_input_fn(input_context=None):
        assert input_context is None  # As in the original, without a strategy.
        return dataset()

    estimator = Estimator(linear_model_fn, tmp_path).train(input_fn, steps=1)
    assert estimator.train(lenient_input_fn, steps=1).evaluate(dataset, 1)["global_step"] == 2


def test_folders_may_be_path_objects(tmp_path):
    estimator = Estimator(linear_model_fn, tmp_path, RunConfig(model_dir=tmp_path))
    assert estimator.model_dir == str(tmp_path)
    assert estimator.eval_dir() == os.path.join(str(tmp_path), "eval")
    assert estimator.eval_dir("test") == os.path.join(str(tmp_path), "eval_test")


def test_a_temporary_folder_is_used_if_none_is_named():
    first, second = Estimator(linear_model_fn), Estimator(linear_model_fn)
    assert os.path.isdir(first.model_dir) and first.model_dir != second.model_dir


def test_a_moved_folder_is_gone_on_from(trained, tmp_path):
    """Checkpoints are listed with relative paths."""
    shutil.move(trained.model_dir, tmp_path / "moved")
    moved = Estimator(linear_model_fn, tmp_path / "moved").train(dataset, steps=1)
    assert moved.evaluate(dataset, steps=1)["global_step"] == 3


def test_warm_start_from_a_saved_model(trained, tmp_path):
    receiver_fn = API.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC)
    exported = trained.export_saved_model(tmp_path / "export", receiver_fn)
    warm = Estimator(linear_model_fn, tmp_path / "warm", warm_start_from=exported.decode())
    expected = [example["value"] for example in trained.predict(finite_dataset)]
    found = [example["value"] for example in warm.predict(finite_dataset)]
    np.testing.assert_array_equal(found, expected)
    # A model that was never trained is exported with the values it starts with.
    again = Estimator(
        linear_model_fn, tmp_path / "again", warm_start_from=WarmStartSettings(trained.model_dir)
    )
    exported = again.export_saved_model(tmp_path / "again_export", receiver_fn).decode()
    np.testing.assert_array_equal(
        tf.train.load_variable(exported + "/variables/variables", "linear/weights"),
        trained.get_variable_value("linear/weights"),
    )


def test_warm_start_with_a_grown_vocabulary(tmp_path):
    """Rows follow their words; new words get the backup initializer's value."""
    (tmp_path / "old.txt").write_text("a\nb\n")
    (tmp_path / "new.txt").write_text("c\nb\na\n")

    def model_fn(features, labels, mode, params):
        table = v1.get_variable("table", [params["words"], 1], initializer=params["initializer"])
        step = v1.train.get_global_step()
        train_op = tf.group(v1.assign_add(step, 1))
        return EstimatorSpec(
            mode, predictions=tf.identity(table), loss=tf.reduce_sum(table), train_op=train_op
        )

    numbers = v1.constant_initializer([[1.0], [2.0]])
    params = {"words": 2, "initializer": numbers}
    Estimator(model_fn, tmp_path / "old", params=params).train(dataset, steps=1)
    vocabulary = tf.compat.v1.train.VocabInfo(
        str(tmp_path / "new.txt"),
        3,
        0,
        str(tmp_path / "old.txt"),
        backup_initializer=v1.zeros_initializer(),
    )
    settings = WarmStartSettings(
        str(tmp_path / "old"), var_name_to_vocab_info={"table": vocabulary}
    )
    params = {"words": 3, "initializer": CONSTANT}
    warm = Estimator(model_fn, tmp_path / "new", params=params, warm_start_from=settings)
    found = next(warm.predict(dataset, yield_single_examples=False))
    np.testing.assert_allclose(found, [[0.0], [2.0], [1.0]])


def test_example_of_the_docstring_runs():
    results = doctest.testmod(sys.modules[Estimator.__module__])
    assert results.failed == 0 and results.attempted > 0


def test_evaluation_steps_may_be_numpy_integers(trained):
    assert trained.evaluate(dataset, steps=np.int64(2))["global_step"] == 2
    assert trained.train(dataset, steps=np.int64(1)).evaluate(dataset, 1)["global_step"] == 3
