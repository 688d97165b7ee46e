"""SavedModels: that they can be asked, and what is left after a failure."""

import os

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.export import saved_model
from estimator_heads.export.signatures import build_all_signature_defs
from estimator_heads.model_fn import ModeKeys
from tests.estimator.api import API
from tests.golden.estimator import exports
from tests.golden.estimator.programs import X, Y

v1 = tf.compat.v1


@pytest.fixture
def estimator(tmp_path):
    return exports.trained(API, str(tmp_path / "model"))


@pytest.fixture
def parsing():
    return API.export.build_parsing_serving_input_receiver_fn(exports.FEATURE_SPEC)


def serialized(rows):
    result = []
    for row in rows:
        example = tf.train.Example()
        example.features.feature["x"].float_list.value.extend(row)
        result.append(example.SerializeToString())
    return result


def ask(export_dir, tags, signature_name, feeds):
    """Feeds a signature of a SavedModel as a server does."""
    with tf.Graph().as_default(), v1.Session() as session:
        meta_graph = v1.saved_model.load(session, tags, os.fsdecode(export_dir))
        signature = meta_graph.signature_def[signature_name]
        outputs = {name: info.name for name, info in signature.outputs.items()}
        return session.run(
            outputs, {signature.inputs[name].name: value for name, value in feeds.items()}
        )


def probabilities(estimator, x):
    logits = x @ estimator.get_variable_value("weights")
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def test_served_model_answers_as_the_formula(estimator, parsing, tmp_path):
    export_dir = estimator.export_saved_model(tmp_path / "export", parsing)
    feeds = {"inputs": serialized(X)}
    answer = ask(export_dir, ["serve"], "serving_default", feeds)
    np.testing.assert_allclose(answer["scores"], probabilities(estimator, X), rtol=1e-5)
    assert answer["classes"].shape == (12, 2)
    answer = ask(export_dir, ["serve"], "regression", feeds)
    logits = X @ estimator.get_variable_value("weights")
    np.testing.assert_allclose(answer["outputs"], logits[:, 0], rtol=1e-5)


def test_model_can_be_loaded_with_tf2(estimator, parsing, tmp_path):
    export_dir = estimator.export_saved_model(tmp_path / "export", parsing).decode()
    served = tf.saved_model.load(export_dir).signatures["predict"]
    answer = served(examples=tf.constant(serialized(X)))
    np.testing.assert_allclose(answer["probabilities"], probabilities(estimator, X), rtol=1e-5)


def test_alternative_receiver_is_fed_after_the_parsing(estimator, tmp_path):
    def receiver_fn():
        examples = v1.placeholder(tf.string, [None])
        features = v1.io.parse_example(examples, exports.FEATURE_SPEC)
        return API.export.ServingInputReceiver(features, examples, {"raw": features})

    export_dir = estimator.export_saved_model(tmp_path / "export", receiver_fn)
    answer = ask(export_dir, ["serve"], "raw:predict", {"x": X})
    np.testing.assert_allclose(answer["probabilities"], probabilities(estimator, X), rtol=1e-5)


def test_evaluation_graph_evaluates(estimator, tmp_path):
    receiver_fn = API.export.build_raw_supervised_input_receiver_fn(
        {"x": X}, np.zeros([12], np.int64)
    )
    export_dir = estimator.export_saved_model(
        tmp_path / "export", receiver_fn, experimental_mode=ModeKeys.EVAL
    )
    labels = (Y[:, 0] > 0).astype(np.int64)
    with tf.Graph().as_default(), v1.Session() as session:
        meta_graph = v1.saved_model.load(session, ["eval"], os.fsdecode(export_dir))
        signature = meta_graph.signature_def["eval"]
        feeds = {signature.inputs["x"].name: X, signature.inputs["label"].name: labels}
        session.run(signature.outputs["metrics/accuracy/update_op"].name, feeds)
        accuracy = session.run(signature.outputs["metrics/accuracy/value"].name)
        loss = session.run(signature.outputs["loss"].name, feeds)
    expected = probabilities(estimator, X)
    np.testing.assert_allclose(accuracy, np.mean(expected.argmax(axis=1) == labels))
    np.testing.assert_allclose(loss, -np.mean(np.log(expected[np.arange(12), labels])), rtol=1e-5)


def test_exported_training_graph_trains(estimator, parsing, tmp_path):
    receiver_fn = API.export.build_raw_supervised_input_receiver_fn(
        {"x": X}, np.zeros([12], np.int64)
    )
    export_dir = estimator.experimental_export_all_saved_models(
        tmp_path / "export", {ModeKeys.TRAIN: receiver_fn, ModeKeys.PREDICT: parsing}
    )
    with tf.Graph().as_default(), v1.Session() as session:
        meta_graph = v1.saved_model.load(session, ["train"], os.fsdecode(export_dir))
        inputs = meta_graph.signature_def["train"].inputs
        feeds = {inputs["x"].name: X, inputs["label"].name: np.ones([12], np.int64)}
        (train_op,) = v1.get_collection("saved_model_train_op")
        loss = meta_graph.signature_def["train"].outputs["loss"].name
        before = session.run(loss, feeds)
        session.run(train_op, feeds)
        assert session.run(loss, feeds) < before


def test_an_asset_is_found_after_the_model_has_moved(tmp_path, parsing):
    vocabulary = tmp_path / "vocabulary.txt"
    vocabulary.write_text("zero\none\n")

    def model_fn(features, mode):
        initializer = tf.lookup.TextFileInitializer(
            str(vocabulary),
            tf.int64,
            tf.lookup.TextFileIndex.LINE_NUMBER,
            tf.string,
            tf.lookup.TextFileIndex.WHOLE_LINE,
        )
        table = tf.lookup.StaticHashTable(initializer, "?")
        words = table.lookup(tf.cast(features["x"][:, 0], tf.int64))
        loss = tf.constant(0.0)
        train_op = v1.assign_add(v1.train.get_global_step(), 1)
        return API.EstimatorSpec(mode, predictions=words, loss=loss, train_op=train_op)

    estimator = API.Estimator(model_fn, tmp_path / "model")
    estimator.train(lambda: {"x": X}, steps=1)
    export_dir = os.fsdecode(estimator.export_saved_model(tmp_path / "export", parsing))
    vocabulary.unlink()
    os.rename(export_dir, tmp_path / "moved")
    feeds = {"examples": serialized([[1, 0], [0, 0], [2, 0]])}
    answer = ask(tmp_path / "moved", ["serve"], "serving_default", feeds)
    assert answer["output"].tolist() == [b"one", b"zero", b"?"]


def test_exports_get_later_timestamps(estimator, parsing, tmp_path):
    """Two exports in one second do not collide, and the bases may be paths or strings."""
    first = estimator.export_saved_model(tmp_path / "export", parsing)
    second = estimator.export_saved_model(str(tmp_path / "export"), parsing)
    assert int(os.path.basename(second)) > int(os.path.basename(first))
    assert sorted(os.listdir(tmp_path / "export")) == [
        os.path.basename(path).decode() for path in (first, second)
    ]


def test_older_name_keeps_default_attributes(estimator, parsing, tmp_path):
    export_dir = estimator.export_savedmodel(tmp_path / "export", parsing)
    (meta_graph,) = exports.saved_model_proto(export_dir.decode()).meta_graphs
    assert not meta_graph.meta_info_def.stripped_default_attrs
    products = [node for node in meta_graph.graph_def.node if node.op == "MatMul"]
    assert "transpose_a" in products[0].attr


@pytest.mark.parametrize("failure", ["receiver", "model", "assets", "checkpoint"])
def test_nothing_is_left_after_a_failure(estimator, parsing, tmp_path, failure):
    def broken():
        raise KeyError("receiver")

    arguments = {"serving_input_receiver_fn": parsing}
    if failure == "receiver":
        arguments["serving_input_receiver_fn"] = broken
    elif failure == "assets":
        arguments["assets_extra"] = {"a": str(tmp_path / "absent")}
    elif failure == "checkpoint":
        path = estimator.latest_checkpoint() + ".data-00000-of-00001"
        with open(path, "rb+") as file:
            file.write(b"\xff" * os.path.getsize(path))
    elif failure == "model":
        estimator = API.Estimator(lambda features: None, estimator.model_dir)
    with pytest.raises((KeyError, ValueError, tf.errors.OpError)):
        estimator.export_saved_model(tmp_path / "export", **arguments)
    assert not os.path.exists(tmp_path / "export") or os.listdir(tmp_path / "export") == []


def test_a_meta_graph_that_lacks_variables_says_so(tmp_path):
    """The same without an Estimator, which checks earlier."""

    with tf.Graph().as_default(), v1.Session() as session:
        present = v1.get_variable("present", [1])
        session.run(present.initializer)
        checkpoint = v1.train.Saver().save(session, str(tmp_path / "model.ckpt"))
    with (
        pytest.raises(
            ValueError, match="lacks variables that the model_fn creates in mode 'infer'"
        ),
        saved_model.new_saved_model(tmp_path / "export") as (builder, _),
        tf.Graph().as_default(),
    ):
        v1.get_variable("absent", [1])
        x = v1.placeholder(tf.float32)
        spec = API.EstimatorSpec(ModeKeys.PREDICT, predictions=tf.identity(x))
        receiver = API.export.TensorServingInputReceiver(x, x)
        saved_model.add_meta_graph(builder, ModeKeys.PREDICT, receiver, spec, checkpoint, True)
    assert os.listdir(tmp_path / "export") == []


def test_left_out_signatures_are_logged_with_the_reason(caplog, monkeypatch):
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, name="x")
        hidden = v1.placeholder(tf.float32, name="hidden")
        outputs = {
            "sum": API.export.PredictOutput(tf.add(x, tf.square(hidden, name="square"), name="y")),
            "class": API.export.ClassificationOutput(scores=x),
            "fine": API.export.PredictOutput(x),
        }
        monkeypatch.setattr(tf.get_logger(), "propagate", True)
        with caplog.at_level("INFO", logger="tensorflow"):
            signatures = build_all_signature_defs({"x": x}, outputs)
    assert list(signatures) == ["fine"]
    assert "Signature 'sum' is left out" in caplog.text
    assert (
        "depends on the placeholder 'hidden', which is not one of its inputs ['x:0']" in caplog.text
    )
    assert "hidden -> square -> y" in caplog.text
    assert "Signature 'class' is left out" in caplog.text
    assert "no 'serving_default' signature" in caplog.text


def test_placeholder_with_default_need_not_be_fed():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, name="x")
        rate = v1.placeholder_with_default(1.0, [])
        outputs = {"serving_default": API.export.PredictOutput(x * rate)}
        assert list(build_all_signature_defs({"x": x}, outputs)) == ["serving_default"]


def test_sparse_inputs_and_outputs_are_described():
    with tf.Graph().as_default():
        x = v1.sparse_placeholder(tf.float32, [None, 2], name="x")
        outputs = {"serving_default": API.export.PredictOutput(tf.sparse.to_dense(x))}
        signature = build_all_signature_defs({"x": x}, outputs)["serving_default"]
        assert signature.inputs["x"].coo_sparse.values_tensor_name == "x/values:0"


def test_who_export_at_the_same_time_have_folders_of_their_own(tmp_path):
    def written(builder):
        with tf.Graph().as_default(), v1.Session() as session:
            builder.add_meta_graph_and_variables(session, ["serve"])

    with saved_model.new_saved_model(tmp_path / "export") as (first, first_dir):
        written(first)
        with saved_model.new_saved_model(tmp_path / "export") as (second, second_dir):
            written(second)
    assert sorted(os.listdir(tmp_path / "export")) == [
        os.path.basename(os.fsdecode(path)) for path in (first_dir, second_dir)
    ]
