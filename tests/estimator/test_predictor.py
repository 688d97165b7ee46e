"""Predictors keep the model; `tf.contrib.predictor` makes them by its own names."""

import doctest
import gc
import sys
import threading
import weakref

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import BinaryClassHead, export
from estimator_heads.compat.contrib import predictor as contrib_predictor
from estimator_heads.estimator import Estimator
from estimator_heads.estimator.predictors import estimator_predictor
from estimator_heads.model_fn import EstimatorSpec, ModeKeys

train = tf.compat.v1.train


def model_fn(features, labels, mode):
    """weight * x, where each step of training adds 1 to all 100,000 values of `wide`."""
    weight = tf.compat.v1.get_variable("weight", initializer=1.0)
    wide = tf.compat.v1.get_variable("wide", [100_000], initializer=tf.zeros_initializer())
    times = features.get("times", 1.0)
    product = weight * times * features["x"]
    outputs = {"product": product, "least": tf.reduce_min(wide), "most": tf.reduce_max(wide)}
    if mode == ModeKeys.PREDICT:
        predict = export.PredictOutput({"product": product})
        return EstimatorSpec(
            mode,
            predictions=outputs,
            export_outputs={"serving_default": predict, "other": export.RegressionOutput(product)},
        )
    step = train.get_global_step().assign_add(1)
    train_op = tf.group(weight.assign_add(1.0), wide.assign_add(tf.ones([100_000])), step)
    return EstimatorSpec(mode, loss=tf.reduce_sum(product), train_op=train_op)


def input_fn():
    return tf.data.Dataset.from_tensors({"x": [1.0]}).repeat()


def receiver_fn():
    features = {
        "x": tf.compat.v1.placeholder(tf.float32, [None], "x"),
        "times": tf.compat.v1.placeholder_with_default(1.0, [], "times"),
    }
    return export.ServingInputReceiver(features, features)


@pytest.fixture
def trained(tmp_path):
    return Estimator(model_fn, str(tmp_path / "model")).train(input_fn, steps=1)


def product(predictor, x):
    return predictor({"x": x})["product"].tolist()


def test_predicts_what_predict_does(tmp_path):
    def head_fn(features, labels, mode):
        logits = tf.compat.v1.get_variable("w", initializer=0.3) * features["x"]
        return BinaryClassHead().create_estimator_spec(
            features, mode, logits, labels, train_op_fn=lambda loss: tf.no_op()
        )

    def head_receiver_fn():
        x = tf.compat.v1.placeholder(tf.float32, [None, 1])
        return export.ServingInputReceiver({"x": x}, {"x": x})

    x = np.array([[1.0], [-2.0], [0.5]], np.float32)
    estimator = Estimator(head_fn, str(tmp_path))
    expected = list(estimator.predict(lambda: tf.data.Dataset.from_tensors({"x": x})))
    with estimator.predictor(head_receiver_fn) as predictor:
        predicted = predictor({"x": x})
    assert list(predicted) == list(expected[0])
    for name, values in predicted.items():
        np.testing.assert_array_equal(values, [example[name] for example in expected])


def test_an_input_with_a_default_may_be_left_out(trained):
    with trained.predictor(receiver_fn) as predictor:
        assert product(predictor, [1.0, 2.0]) == [2.0, 4.0]
        assert predictor({"x": [1.0], "times": 5.0})["product"].tolist() == [10.0]
        assert predictor({"x": [1.0], "times": None})["product"].tolist() == [2.0]
        with pytest.raises(ValueError, match=r"unexpected keys \['y'\]"):
            predictor({"x": [1.0], "y": 1.0})


def test_follows_a_newer_checkpoint_when_asked(trained):
    old = trained.predictor(receiver_fn, checkpoint_path=trained.latest_checkpoint())
    asked, following = trained.predictor(receiver_fn), trained.predictor(receiver_fn, follow=True)
    assert not asked.refresh()
    trained.train(input_fn, steps=1)
    assert [product(predictor, [1.0]) for predictor in (old, asked, following)] == [[2], [2], [3]]
    assert asked.refresh()
    assert not asked.refresh()
    assert asked.checkpoint_path == following.checkpoint_path == trained.latest_checkpoint()
    assert [product(predictor, [1.0]) for predictor in (old, asked, following)] == [[2], [3], [3]]


def test_the_session_of_an_older_checkpoint_is_freed(trained):
    predictor = trained.predictor(receiver_fn)
    session = weakref.ref(predictor.session)
    trained.train(input_fn, steps=1)
    assert predictor.refresh()
    assert session() is None


def test_predicts_before_any_training(tmp_path):
    with Estimator(model_fn, str(tmp_path)).predictor(receiver_fn, follow=True) as predictor:
        assert predictor.checkpoint_path is None
        assert product(predictor, [1.0]) == [1.0]
        Estimator(model_fn, str(tmp_path)).train(input_fn, steps=2)
        assert product(predictor, [1.0]) == [3.0]


def test_a_follower_outlives_a_damaged_checkpoint(trained, tmp_path, caplog):
    with trained.predictor(receiver_fn, follow=True) as predictor:
        trained.train(input_fn, steps=1)
        data = tmp_path / "model" / "model.ckpt-2.data-00000-of-00001"
        whole = data.read_bytes()
        data.write_bytes(whole[:1000])
        with caplog.at_level("WARNING", "tensorflow"):
            assert [product(predictor, [1.0]) for _ in range(2)] == [[2.0], [2.0]]
        assert caplog.text.count("The predictor keeps using") == 1
        with pytest.raises(tf.errors.DataLossError):
            predictor.refresh()
        trained = Estimator(model_fn, trained.model_dir)
        data.write_bytes(whole)
        trained.train(input_fn, steps=1)
        assert product(predictor, [1.0]) == [4.0]


def test_threads_share_a_predictor_that_is_refreshed(trained):
    """No call sees a mixture of two checkpoints, or a closed session."""
    predictor = trained.predictor(receiver_fn)
    seen, errors, done = set(), [], threading.Event()

    def call():
        try:
            while not done.is_set():
                outputs = predictor({"x": [1.0]})
                assert outputs["least"] == outputs["most"] == outputs["product"][0] - 1.0
                seen.add(float(outputs["least"]))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=call) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        trained.train(input_fn, steps=1)
        assert predictor.refresh()
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert 1.0 in seen


def test_is_closed_with_the_context(trained):
    with trained.predictor(receiver_fn) as predictor:
        graph = weakref.ref(predictor.graph)
    assert predictor.session is None
    with pytest.raises(RuntimeError, match="closed"):
        predictor({"x": [1.0]})
    assert not predictor.refresh()
    del predictor
    gc.collect()
    assert graph() is None


def test_leaves_the_graph_and_eager_mode_of_the_caller_alone(trained):
    eager, graph = tf.executing_eagerly(), tf.compat.v1.get_default_graph()
    with trained.predictor(receiver_fn) as predictor:
        product(predictor, [1.0])
        assert tf.executing_eagerly() == eager
        assert tf.compat.v1.get_default_graph() is graph


def test_predictor_of_contrib_uses_an_export_output(trained):
    predictor = contrib_predictor.from_estimator(trained, receiver_fn)
    assert predictor({"x": [3.0]}) == {"product": [6.0]}
    assert sorted(predictor.feed_tensors) == ["times", "x"]
    assert predictor.fetch_tensors["product"].graph is predictor.graph
    assert predictor.session.run(predictor.fetch_tensors["product"], {"x:0": [2.0]}) == [4.0]
    assert "product" in repr(predictor) and "times" in repr(predictor)
    graph = tf.Graph()
    config = tf.compat.v1.ConfigProto(inter_op_parallelism_threads=1)
    assert (
        contrib_predictor.from_estimator(trained, receiver_fn, None, graph, config).graph is graph
    )


def test_predictor_of_contrib_tells_what_it_needs(trained):
    with pytest.raises(KeyError, match=r"\['other', 'serving_default'\].*'none'"):
        contrib_predictor.from_estimator(trained, receiver_fn, "none")
    with pytest.raises(TypeError, match="Expected a tf.estimator.Estimator"):
        contrib_predictor.from_estimator("a path", receiver_fn)


@pytest.fixture
def exported(trained, tmp_path):
    return trained.export_saved_model(str(tmp_path / "exports"), receiver_fn)


def test_predictor_of_a_saved_model(exported):
    for folder in (exported, exported.decode()):
        with contrib_predictor.from_saved_model(folder) as predictor:
            assert predictor({"x": [3.0]}) == {"product": [6.0]}
            assert predictor({"x": [3.0], "times": 2.0}) == {"product": [12.0]}
    by_names = contrib_predictor.from_saved_model(
        exported, input_names={"in": "x:0"}, output_names={"out": "mul_1:0"}, tags="serve"
    )
    assert by_names({"in": [3.0]}) == {"out": [6.0]}
    with by_names.graph.as_default():
        info = tf.compat.v1.saved_model.build_tensor_info
        signature = tf.compat.v1.saved_model.build_signature_def(
            {"a": info(by_names.feed_tensors["in"])}, {"b": info(by_names.fetch_tensors["out"])}
        )
    by_signature = contrib_predictor.from_saved_model(exported, signature_def=signature)
    assert by_signature({"a": [3.0]}) == {"b": [6.0]}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"signature_def_key": "none"}, r"\['serving_default'\].*'none'"),
        ({"input_names": {}}, "must be given together"),
        ({"signature_def_key": "a", "input_names": {}, "output_names": {}}, "Only one of"),
    ],
)
def test_predictor_of_a_saved_model_refuses(exported, arguments, message):
    with pytest.raises(ValueError, match=message):
        contrib_predictor.from_saved_model(exported, **arguments)


@pytest.mark.parametrize("folder", [None, ""])
def test_predictor_of_a_saved_model_needs_its_folder(exported, folder, monkeypatch):
    monkeypatch.chdir(exported)  # which is not meant
    with pytest.raises(TypeError, match="`export_dir`"):
        contrib_predictor.from_saved_model(folder)


def test_predictor_of_a_saved_model_needs_its_tags(exported):
    with pytest.raises(RuntimeError, match="gpu"):
        contrib_predictor.from_saved_model(exported, tags="serve,gpu")


def test_predictor_of_a_saved_model_knows_the_outputs_of_contrib_learn(tmp_path):
    """Their signatures have a prefix, which TF 1.15 adds to the key if need be."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        x = tf.compat.v1.placeholder(tf.float32, [], "x")
        signature = tf.compat.v1.saved_model.predict_signature_def({"x": x}, {"y": x + 1.0})
        builder = tf.compat.v1.saved_model.Builder(str(tmp_path / "export"))
        signatures = {"default_input_alternative:head": signature}
        builder.add_meta_graph_and_variables(session, ["serve"], signatures)
        builder.save()
    predictor = contrib_predictor.from_saved_model(str(tmp_path / "export"), "head")
    assert predictor({"x": 1.0}) == {"y": 2.0}


def test_examples_in_docstrings_hold():
    assert doctest.testmod(sys.modules[estimator_predictor.__name__]).failed == 0
