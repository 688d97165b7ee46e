"""TPUEstimator where the originals are no guide, and beside the plain Estimator."""

import os

import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.names import table as names
from estimator_heads.tpu import RunConfig, TPUConfig, TPUEstimator
from tests.golden.estimator.results import events
from tests.golden.learn_estimator.models import LogLines
from tests.golden.tpu import exports, models
from tests.tpu.api import API

v1 = tf.compat.v1


def test_results_are_those_of_the_plain_estimator(tmp_path):
    """With the batch sizes in `params`, the plain Estimator runs what the spec becomes."""

    def plain_model_fn(features, labels, mode, params):
        return models.linear_model_fn(API)(features, labels, mode, params).as_estimator_spec()

    def plain(batch_size):
        config = eh.RunConfig(tf_random_seed=42, save_summary_steps=5)
        params = {"batch_size": batch_size}
        return eh.Estimator(plain_model_fn, str(tmp_path / "plain"), config, params)

    ours = models.estimator(API, str(tmp_path / "tpu"))
    ours.train(models.input_fn, steps=5)
    plain(4).train(models.input_fn, steps=5)

    assert models.variables(ours) == models.variables(plain(4))
    assert ours.evaluate(models.once) == plain(6).evaluate(models.once)
    assert [prediction["value"] for prediction in ours.predict(models.once)] == [
        prediction["value"] for prediction in plain(3).predict(models.once)
    ]
    receiver_fn = exports._raw(API)
    exported = [
        exports._meta_graphs(estimator.export_saved_model(str(tmp_path), receiver_fn))
        for estimator in (ours, plain(4))
    ]
    assert exported[0] == exported[1]


def test_every_replica_finds_the_batch_size(run_python, tmp_path):
    program = """
import sys
import tensorflow as tf
from tests.golden.tpu import models
from tests.tpu.api import API

cpu, = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
found = []

def model_fn(features, labels, mode, params):
    found.append(params["batch_size"])
    return models.linear_model_fn(API)(features, labels, mode, params)

strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
config = models.config(API, train_distribute=strategy)
estimator = models.estimator(API, sys.argv[1], model_fn, config=config)
estimator.train(models.input_fn, steps=2)
print(found, estimator.get_variable_value("global_step"))
"""
    result = run_python("-c", program, tmp_path)
    assert result.stdout.splitlines()[-1] == "[4, 4] 2"


def test_without_a_batch_size_only_steps_are_counted(tmp_path):
    def input_fn(params):
        return models.input_fn({"batch_size": 4})

    config = models.config(API, log_step_count_steps=2)
    estimator = models.estimator(API, str(tmp_path), config=config, train_batch_size=None)
    with LogLines() as log:
        estimator.train(input_fn, steps=5)

    assert log.starting_with("global_step/sec")
    assert not log.starting_with("examples/sec")
    assert ["simple_value", "global_step/sec"] in events(str(tmp_path))
    assert ["simple_value", "examples/sec"] not in events(str(tmp_path))


def test_embeddings_on_tpus_are_refused(tmp_path):
    with pytest.raises(ValueError, match="`embedding_config_spec` is not supported"):
        models.estimator(API, str(tmp_path), embedding_config_spec="spec")


def test_an_export_for_tpus_only_is_refused(tmp_path):
    estimator = models.estimator(API, str(tmp_path), export_to_cpu=False, export_to_tpu=True)
    estimator.train(models.input_fn, steps=1)

    with pytest.raises(ValueError, match="export_to_cpu=True"):
        estimator.export_saved_model(str(tmp_path / "export"), exports._raw(API))
    assert not os.path.exists(tmp_path / "export")


@pytest.mark.parametrize("export_to_tpu, warnings", [(True, 1), (False, 0)])
def test_an_export_says_that_there_is_no_graph_for_tpus(tmp_path, export_to_tpu, warnings):
    estimator = models.estimator(API, str(tmp_path), export_to_tpu=export_to_tpu)
    estimator.train(models.input_fn, steps=1)

    with LogLines() as log:
        estimator.export_saved_model(str(tmp_path / "export"), exports._raw(API))
    assert len(log.starting_with("The graph for TPUs is left out")) == warnings


def test_hparams_of_contrib_are_params(tmp_path):
    hparams = names.find("tensorflow.contrib.training.HParams").load()(rate=0.5, batch_size_=3)
    found = {}

    def model_fn(features, labels, mode, params):
        found.update(params.values())
        return models.linear_model_fn(API)(features, labels, mode, params)

    def input_fn(params):
        return models.input_fn({"batch_size": params.batch_size})

    models.estimator(API, str(tmp_path), model_fn, params=hparams).train(input_fn, steps=1)

    assert found == {"rate": 0.5, "batch_size_": 3, "batch_size": 4, "use_tpu": False}
    assert "batch_size" not in hparams


def test_hparams_with_a_batch_size_of_their_own_are_refused(tmp_path):
    hparams = names.find("tensorflow.contrib.training.HParams").load()(batch_size=3)

    with pytest.raises(ValueError, match="`train_batch_size`"):
        models.estimator(API, str(tmp_path), params=hparams)


def test_tpu_config_keeps_what_only_tf_2_15_has():
    config = TPUConfig(
        experimental_allow_per_host_v2_parallel_get_next=True, experimental_feed_hook=object
    )
    assert config[-2:] == (True, object)


def test_input_fn_that_is_no_function_is_named(tmp_path):
    with pytest.raises(TypeError, match="`input_fn`"):
        models.estimator(API, str(tmp_path)).train("data", steps=1)


def test_model_fn_may_be_any_callable(tmp_path):
    class Model:
        def __call__(self, features, labels, mode, params):
            return models.linear_model_fn(API)(features, labels, mode, params)

        def model_fn(self, features, labels, mode, params):
            return self(features, labels, mode, params)

    for model_fn in (Model(), Model().model_fn):
        models.estimator(API, str(tmp_path), model_fn).train(models.input_fn, steps=1)


def test_only_exports_have_no_batch_size(tmp_path):
    found = []

    def model_fn(features, labels, mode, params):
        found.append((mode, params.get("batch_size")))
        return models.linear_model_fn(API)(features, labels, mode, params)

    estimator = models.estimator(API, str(tmp_path), model_fn).train(models.input_fn, steps=1)
    estimator.evaluate(models.once)
    estimator.export_saved_model(str(tmp_path / "export"), exports._raw(API))

    assert found == [("train", 4), ("eval", 6), ("infer", None)]


def test_another_config_is_named_with_its_module():
    with pytest.raises(ValueError, match=r"estimator_heads\.estimator\.config"):
        TPUEstimator(lambda features, params: None, config=eh.RunConfig(), use_tpu=False)


def test_run_config_of_one_process_of_a_cluster_sees_all_of_it(monkeypatch):
    """It has no device filters, unlike that of the plain Estimator."""
    cluster = '{"chief": ["a:1"], "worker": ["b:2"]}'
    task = '{"type": "worker", "index": 0}'
    monkeypatch.setenv("TF_CONFIG", f'{{"cluster": {cluster}, "task": {task}}}')

    assert eh.RunConfig().session_config.device_filters
    assert RunConfig().session_config is None


def test_the_session_config_of_the_user_is_left_alone():
    cluster = tf.distribute.cluster_resolver.SimpleClusterResolver(
        v1.train.ClusterSpec({"worker": ["a:1"]})
    )
    session_config = v1.ConfigProto(log_device_placement=True)
    config = RunConfig(cluster=cluster, session_config=session_config)

    assert config.session_config.log_device_placement
    assert config.session_config.cluster_def.job[0].name == "worker"
    assert not session_config.HasField("cluster_def")
