"""Input receivers and the functions that build them."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.export import (
    ServingInputReceiver,
    TensorServingInputReceiver,
    build_parsing_serving_input_receiver_fn,
    build_raw_serving_input_receiver_fn,
)
from estimator_heads.export.receivers import (
    SupervisedInputReceiver,
    UnsupervisedInputReceiver,
    build_raw_supervised_input_receiver_fn,
)

v1 = tf.compat.v1


@pytest.fixture
def x():
    with tf.Graph().as_default():
        yield v1.placeholder(tf.float32, [None, 2], name="x")


def test_single_tensors_are_named(x):
    receiver = ServingInputReceiver(x, x, {"other": x})
    assert receiver.features == {"feature": x}
    assert receiver.receiver_tensors == {"input": x}
    assert receiver.receiver_tensors_alternatives == {"other": {"input": x}}


def test_dicts_are_kept_and_features_may_have_numbers_as_names(x):
    features = {"x": x, 1: tf.RaggedTensor.from_row_lengths(tf.constant([1]), [1])}
    receiver = ServingInputReceiver(features, {"x": x})
    assert receiver.features is features
    assert receiver.receiver_tensors_alternatives is None


def test_given_alternatives_are_not_changed(x):
    alternatives = {"other": x}
    ServingInputReceiver(x, x, alternatives)
    assert alternatives == {"other": x}


def test_tensor_receiver_keeps_the_bare_feature(x):
    receiver = TensorServingInputReceiver(x, x)
    assert receiver.features is x
    assert receiver.receiver_tensors == {"input": x}
    assert isinstance(receiver, tuple) and not isinstance(receiver, ServingInputReceiver)


def test_supervised_receiver_keeps_bare_features_and_labels(x):
    receiver = SupervisedInputReceiver(x, {"y": x}, x)
    assert receiver.features is x
    assert receiver.labels == {"y": x}
    assert receiver.receiver_tensors == {"input": x}
    with pytest.raises(ValueError, match="`labels` is missing"):
        SupervisedInputReceiver(x, None, x)


def test_unsupervised_receiver_is_a_serving_receiver_without_alternatives(x):
    receiver = UnsupervisedInputReceiver(x, x)
    assert isinstance(receiver, ServingInputReceiver)
    assert receiver == ({"feature": x}, {"input": x}, None)


def test_users_may_subclass_receivers(x):
    class Mine(ServingInputReceiver):
        def __new__(cls, features):
            return super().__new__(cls, features, features)

    assert Mine({"x": x}).receiver_tensors == {"x": x}


def test_parsing_receiver_parses_what_it_is_fed():
    spec = {"a": tf.io.FixedLenFeature([2], tf.float32), "b": tf.io.VarLenFeature(tf.int64)}
    example = tf.train.Example()
    example.features.feature["a"].float_list.value.extend([1.0, 2.0])
    example.features.feature["b"].int64_list.value.extend([3])
    with tf.Graph().as_default(), v1.Session() as session:
        receiver = build_parsing_serving_input_receiver_fn(spec)()
        (name,) = receiver.receiver_tensors
        examples = receiver.receiver_tensors[name]
        assert (name, examples.op.name) == ("examples", "input_example_tensor")
        features = session.run(receiver.features, {examples: [example.SerializeToString()] * 2})
    np.testing.assert_array_equal(features["a"], [[1.0, 2.0], [1.0, 2.0]])
    np.testing.assert_array_equal(features["b"].values, [3, 3])


def _of_another_graph():
    with tf.Graph().as_default():
        return v1.placeholder(tf.int64, [7, 3], name="mine")


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (_of_another_graph, "mine"),
        (lambda: tf.ones([7, 3], tf.int64), "Placeholder"),
        (lambda: np.ones([7, 3], np.int64), "Placeholder"),
        (lambda: tf.TensorSpec([None, 3], tf.int64), "Placeholder"),
    ],
    ids=["other graph", "eager", "numpy", "spec"],
)
def test_raw_receiver_is_built_from_anything_with_a_dtype_and_a_shape(make, name):
    example = make()
    with tf.Graph().as_default():
        receiver = build_raw_serving_input_receiver_fn({"x": example})()
        fixed = build_raw_serving_input_receiver_fn({"x": example}, default_batch_size=4)()
    placeholder = receiver.features["x"]
    assert receiver.receiver_tensors["x"] is placeholder
    assert (placeholder.op.type, placeholder.op.name) == ("Placeholder", name)
    assert (placeholder.dtype, placeholder.shape.as_list()) == (tf.int64, [None, 3])
    assert fixed.features["x"].shape.as_list() == [4, 3]


def test_raw_supervised_receiver_names_bare_tensors():
    receiver_fn = build_raw_supervised_input_receiver_fn(
        np.ones([5, 2], np.float32), np.ones([5], np.int64)
    )
    with tf.Graph().as_default():
        receiver = receiver_fn()
    assert receiver.features.shape.as_list() == [None, 2]
    assert receiver.labels.shape.as_list() == [None]
    assert receiver.receiver_tensors == {"input": receiver.features, "label": receiver.labels}


def test_raw_supervised_receiver_feeds_features_and_labels_side_by_side():
    receiver_fn = build_raw_supervised_input_receiver_fn(
        {"x": np.ones([5, 2])}, {"y": np.ones([5])}, default_batch_size=1
    )
    with tf.Graph().as_default():
        receiver = receiver_fn()
    assert sorted(receiver.receiver_tensors) == ["x", "y"]
    assert receiver.labels["y"].shape.as_list() == [1]
