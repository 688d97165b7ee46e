"""What canned estimators say about input that they cannot use."""

import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat import canned_v1
from tests.golden.canned import batch

DENSE = [tf.feature_column.numeric_column("size")]
FLAVOURS = pytest.mark.parametrize("flavour", [eh, canned_v1], ids=["tf2", "tf1"])


@FLAVOURS
@pytest.mark.parametrize("sizes", [[0], [3, -1], [2.5], ["many"], [None]])
def test_sizes_of_hidden_layers(flavour, sizes):
    with pytest.raises((TypeError, ValueError), match=r"`hidden_units`\. Expected a list of int"):
        flavour.DNNClassifier(sizes, DENSE)


@FLAVOURS
@pytest.mark.parametrize("sizes", [3, None])
def test_hidden_units_that_are_no_list(flavour, sizes):
    with pytest.raises(TypeError, match=rf"hidden_units=\[64, 32\]\. Received: {sizes}\."):
        flavour.DNNRegressor(sizes, DENSE)


@FLAVOURS
def test_sizes_may_be_numpy_integers(flavour, tmp_path):
    import numpy as np

    estimator = flavour.DNNRegressor(np.array([2, 3]), DENSE, model_dir=str(tmp_path))
    estimator.train(batch.input_fn("number"))
    assert estimator.get_variable_value("dnn/hiddenlayer_1/kernel").shape == (2, 3)


@FLAVOURS
@pytest.mark.parametrize("name", ["DNNLinearCombinedClassifier", "DNNLinearCombinedRegressor"])
def test_no_columns(flavour, name):
    with pytest.raises(ValueError, match="`linear_feature_columns` and `dnn_feature_columns`"):
        getattr(flavour, name)()


@FLAVOURS
def test_deep_columns_without_hidden_layers(flavour):
    estimator = flavour.DNNLinearCombinedRegressor(dnn_feature_columns=DENSE)
    with pytest.raises(ValueError, match="`dnn_hidden_units`. Expected the sizes"):
        estimator.train(batch.input_fn("number"))


@FLAVOURS
@pytest.mark.parametrize(
    "n_classes, error", [(1, ValueError), (0, ValueError), (2.5, TypeError), (None, ValueError)]
)
def test_number_of_classes(flavour, n_classes, error):
    with pytest.raises(error, match="`n_classes`"):
        flavour.LinearClassifier(DENSE, n_classes=n_classes)


@FLAVOURS
@pytest.mark.parametrize("optimizer", ["adam", "Momentum", 3, object()])
def test_optimizer(flavour, optimizer):
    estimator = flavour.LinearRegressor(DENSE, optimizer=optimizer)
    with pytest.raises(ValueError, match=r"`optimizer`\. Expected .*Received: "):
        estimator.train(batch.input_fn("number"))


@FLAVOURS
def test_categorical_column_in_a_deep_model(flavour):
    estimator = flavour.DNNClassifier([2], [batch.colour()])
    with pytest.raises(ValueError, match="indicator_column"):
        estimator.train(batch.input_fn("two"))


@FLAVOURS
def test_missing_feature(flavour):
    estimator = flavour.LinearRegressor([tf.feature_column.numeric_column("height")])
    with pytest.raises(ValueError, match="height"):
        estimator.train(batch.input_fn("number"))


@FLAVOURS
def test_features_that_are_no_dict(flavour):
    estimator = flavour.DNNRegressor([2], DENSE)
    with pytest.raises(ValueError, match="`features`. Expected a dict"):
        estimator.train(lambda: tf.data.Dataset.from_tensors(([[1.0]], [[1.0]])))


@FLAVOURS
def test_words_as_labels_without_a_vocabulary(flavour):
    estimator = flavour.DNNClassifier([2], DENSE)
    with pytest.raises((TypeError, ValueError), match="label"):
        estimator.train(batch.input_fn("names"))


@FLAVOURS
def test_a_checkpoint_of_other_shapes_says_which(flavour, tmp_path):
    flavour.DNNRegressor([2], DENSE, model_dir=str(tmp_path)).train(batch.input_fn("number"))
    other = flavour.DNNRegressor([3], DENSE, model_dir=str(tmp_path))
    with pytest.raises(
        (ValueError, tf.errors.InvalidArgumentError), match=r"hiddenlayer_0"
    ) as raised:
        other.evaluate(batch.input_fn("number"))
    assert "[2]" in str(raised.value) or "(2,)" in str(raised.value)


@pytest.mark.parametrize("name", ["BoostedTreesClassifier", "BoostedTreesRegressor"])
def test_boosted_trees_say_what_to_use(name):
    eh.install()
    try:
        with pytest.raises(AttributeError, match="TensorFlow Decision Forests"):
            getattr(tf.estimator, name)
    finally:
        eh.uninstall()
