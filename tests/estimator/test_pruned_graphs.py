"""Sessions on one device prepare what they run; others, as in TensorFlow, the whole graph."""

import pytest
import tensorflow as tf

import estimator_heads as eh
from tests.estimator import counting_model

v1 = tf.compat.v1


def model_fn(features, labels, mode, params):
    """The counting model, and an operation for a device that is nowhere, which is never run."""
    with tf.device("/device:GPU:7"):
        tf.constant(1.0)
    return counting_model.model_fn(features, labels, mode, params)


def estimator(folder, evaluation_master="", **session_options):
    session_config = v1.ConfigProto(allow_soft_placement=False, **session_options)
    config = eh.RunConfig(session_config=session_config)
    config._evaluation_master = evaluation_master
    return eh.Estimator(model_fn, str(folder), config, {})


def train(model):
    return model.train(counting_model.numbers, steps=1)


def evaluate(model):
    return model.evaluate(counting_model.numbers, steps=1)["loss"]


def predict(model):
    return next(iter(model.predict(counting_model.numbers)))["value"]


def call_predictor(model):
    def receiver_fn():
        value = v1.placeholder(tf.int64, [None])
        return eh.export.TensorServingInputReceiver(value, value)

    with model.predictor(receiver_fn) as predictor:
        return predictor({"input": [3]})["value"]


@pytest.fixture
def folder(tmp_path):
    """A model_dir with a checkpoint."""
    train(estimator(tmp_path))
    return tmp_path


@pytest.mark.parametrize("call", [train, evaluate, predict, call_predictor])
def test_one_device(folder, call):
    model = estimator(folder)
    call(model)
    assert not model.config.session_config.graph_options.place_pruned_graph  # It is the user's.


@pytest.mark.parametrize("call", [train, evaluate, predict, call_predictor])
@pytest.mark.parametrize("option", [{"device_count": {"CPU": 2}}, {"log_device_placement": True}])
def test_several_devices_or_a_log_of_them(folder, call, option):
    with pytest.raises(tf.errors.InvalidArgumentError, match="GPU:7"):
        call(estimator(folder, **option))


@pytest.mark.parametrize("call", [train, evaluate, predict, call_predictor])
def test_the_plain_loop(folder, call, monkeypatch):
    monkeypatch.setenv("ESTIMATOR_HEADS_PLAIN_LOOP", "1")
    with pytest.raises(tf.errors.InvalidArgumentError, match="GPU:7"):
        call(estimator(folder))


def test_a_server(folder):
    server = tf.distribute.Server.create_local_server()
    with pytest.raises(tf.errors.InvalidArgumentError, match="GPU:7"):
        evaluate(estimator(folder, server.target))
