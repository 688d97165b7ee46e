"""LinearSDCA under the linear estimators of TF2 and TF1, and its errors."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads
from estimator_heads.canned import linear
from estimator_heads.canned.sdca import LinearSDCA, optimizer
from estimator_heads.compat.canned_v1 import linear as linear_v1

v1 = tf.compat.v1
column = tf.feature_column

FLAVOURS = {"TF2": linear, "TF1": linear_v1}
WORDS = np.array([["a", "c", ""], ["b", "a", ""], ["unknown", "", ""], ["b", "", ""]] * 4)
SIZES = np.linspace(-1, 1, 16, dtype=np.float32)
FEATURES = {
    "words": WORDS,
    "size": SIZES,
    "id": np.array([f"example {number}" for number in range(16)]),
    "importance": np.linspace(0.5, 1.5, 16, dtype=np.float32),
}
# The sum of what each word weighs, of the size and of a constant.
AMOUNTS = 1.0 * (WORDS == "a").any(1) - 2.0 * (WORDS == "b").any(1) + 3 * SIZES + 0.5
AMOUNTS = AMOUNTS.astype(np.float32)
CLASSES = (AMOUNTS > 0).astype(np.int64)


def columns():
    words = column.categorical_column_with_vocabulary_list("words", ["a", "b", "c"])
    return [words, column.numeric_column("size")]


def input_of(labels, features=FEATURES):
    return lambda: tf.data.Dataset.from_tensors((features, labels)).repeat()


def sdca_of(**options):
    return LinearSDCA("id", **{"symmetric_l2_regularization": 0.01} | options)


def weights_of(model):
    names = [name for name in model.get_variable_names() if "/" in name and "unshrunk" not in name]
    return {name: model.get_variable_value(name) for name in sorted(names)}


@pytest.fixture(params=FLAVOURS)
def flavour(request):
    return FLAVOURS[request.param]


def test_a_regressor_finds_the_weights(flavour):
    model = flavour.LinearRegressor(columns(), optimizer=sdca_of())
    model.train(input_of(AMOUNTS), steps=100)
    bias, size, words = weights_of(model).values()  # In the order of their names.
    np.testing.assert_allclose(words[:2], [[1.0], [-2.0]], atol=0.1)
    np.testing.assert_allclose(size, [[3.0]], atol=0.1)
    np.testing.assert_allclose(bias, [0.5], atol=0.1)
    assert model.evaluate(input_of(AMOUNTS), steps=1)["average_loss"] < 0.01


def test_a_classifier_learns(flavour):
    model = flavour.LinearClassifier(columns(), optimizer=sdca_of())
    model.train(input_of(CLASSES), steps=50)
    assert model.evaluate(input_of(CLASSES), steps=1)["accuracy"] == 1.0
    probabilities = next(model.predict(input_of(CLASSES)))["probabilities"]
    assert probabilities.argmax() == CLASSES[0]


def test_labels_may_be_words_of_a_vocabulary(flavour):
    names = np.array(["no", "yes"])[CLASSES]
    model = flavour.LinearClassifier(columns(), optimizer=sdca_of(), label_vocabulary=["no", "yes"])
    model.train(input_of(names), steps=50)
    assert model.evaluate(input_of(names), steps=1)["accuracy"] == 1.0


@pytest.mark.parametrize("weight_column", ["importance", column.numeric_column("importance")])
def test_examples_count_by_their_weights(weight_column):
    unweighted, weighted = (
        linear.LinearRegressor(
            columns(),
            optimizer=sdca_of(symmetric_l2_regularization=2.0),
            weight_column=weights,
        ).train(input_of(AMOUNTS), steps=30)
        for weights in (None, weight_column)
    )
    one, other = (
        np.concatenate([np.ravel(weights) for weights in weights_of(model).values()])
        for model in (unweighted, weighted)
    )
    assert np.abs(one - other).max() > 0.01


def test_variables_are_those_of_old_checkpoints_of_tf2():
    model = linear.LinearClassifier(columns(), optimizer=sdca_of(num_table_shards=2))
    model.train(input_of(CLASSES), steps=1)
    assert sorted(model.get_variable_names()) == [
        "ShardedMutableHashTable-1-of-2-keys",
        "ShardedMutableHashTable-1-of-2-values",
        "ShardedMutableHashTable-2-of-2-keys",
        "ShardedMutableHashTable-2-of-2-values",
        "global_step",
        "linear/linear_model/bias_weights",
        "linear/linear_model/bias_weights_unshrunk",
        "linear/linear_model/size/weights",
        "linear/linear_model/size/weights_unshrunk",
        "linear/linear_model/words/weights",
        "linear/linear_model/words/weights_unshrunk",
    ]


def test_variables_are_those_of_old_checkpoints_of_tf1():
    model = linear_v1.LinearClassifier(columns(), optimizer=sdca_of())
    model.train(input_of(CLASSES), steps=1)
    assert sorted(model.get_variable_names()) == [
        "ShardedMutableHashTable-1-of-1-keys",
        "ShardedMutableHashTable-1-of-1-values",
        "global_step",
        "linear/linear/linear_model/bias_weights/part_0_unshrunk",
        "linear/linear/linear_model/size/weights/part_0_unshrunk",
        "linear/linear/linear_model/words/weights/part_0_unshrunk",
        "linear/linear_model/bias_weights",
        "linear/linear_model/size/weights",
        "linear/linear_model/words/weights",
    ]


def test_a_partitioned_model_is_the_same():
    whole, parts = (
        linear_v1.LinearRegressor(
            columns()[:1], optimizer=sdca_of(symmetric_l2_regularization=1.0), **options
        ).train(input_of(AMOUNTS), steps=60)
        for options in ({}, {"partitioner": v1.fixed_size_partitioner(2, axis=0)})
    )
    name = "linear/linear_model/words/weights"
    np.testing.assert_allclose(
        parts.get_variable_value(name), whole.get_variable_value(name), atol=1e-3
    )


def test_training_goes_on_from_a_checkpoint(tmp_path):
    for steps in (1, 2):
        model = linear.LinearRegressor(columns(), str(tmp_path), optimizer=sdca_of())
        model.train(input_of(AMOUNTS), steps=steps)
    assert model.get_variable_value("global_step") == 3
    keys = model.get_variable_value("ShardedMutableHashTable-1-of-1-keys")
    assert np.sum((keys > 1).any(1) | (keys < 0).any(1)) == 16


def test_ids_are_pruned_and_made_unique():
    ids = tf.constant([[0, 0, 3], [2, -1, 2], [-1, -1, -1]])
    weights = tf.constant([[1.0, 2.0, 4.0], [1.0, 1.0, 0.5], [1.0, 1.0, 1.0]])
    places = tf.where(tf.ones_like(ids, tf.bool))

    class Pair:
        id_tensor = tf.SparseTensor(places, tf.reshape(ids, [-1]), [3, 3])
        weight_tensor = tf.SparseTensor(places, tf.reshape(weights, [-1]), [3, 3])

    found = LinearSDCA("id")._prune_and_unique_sparse_ids(Pair)
    assert found.example_indices.numpy().tolist() == [0, 0, 1]
    assert found.feature_indices.numpy().tolist() == [0, 3, 2]
    assert found.feature_values.numpy().tolist() == [3.0, 4.0, 1.5]


BAD_CLASSIFIERS = [
    ({"n_classes": 3}, "`n_classes`. Expected 2.*Received: 3"),
    ({"sparse_combiner": "mean"}, "`sparse_combiner`. Expected 'sum'.*Received: 'mean'"),
]


@pytest.mark.parametrize(("options", "message"), BAD_CLASSIFIERS)
def test_classifiers_are_checked(flavour, options, message):
    with pytest.raises(ValueError, match=message):
        flavour.LinearClassifier(columns(), optimizer=sdca_of(), **options)


def test_regressors_are_checked(flavour):
    with pytest.raises(ValueError, match="`label_dimension`. Expected 1.*Received: 2"):
        flavour.LinearRegressor(columns(), optimizer=sdca_of(), label_dimension=2)


def trained_with(features=FEATURES, head=None, extra_columns=()):
    linear.LinearEstimator(
        head or estimator_heads.RegressionHead(),
        [*columns(), *extra_columns],
        optimizer=sdca_of(),
    ).train(input_of(AMOUNTS, features), steps=1)


def test_other_heads_are_an_error():
    with pytest.raises(ValueError, match="`head`.*'Ftrl' for others.*MultiClassHead"):
        trained_with(head=estimator_heads.MultiClassHead(3))


def test_missing_ids_are_an_error():
    features = {name: value for name, value in FEATURES.items() if name != "id"}
    with pytest.raises(KeyError, match="'id' that LinearSDCA takes as `example_id_column`"):
        trained_with(features)


def test_ids_that_are_numbers_are_an_error():
    with pytest.raises(TypeError, match=r"'id'.*tf\.strings\.as_string\. Received: int64"):
        trained_with(FEATURES | {"id": np.arange(16)})


def test_columns_of_matrices_are_an_error():
    indicator = column.indicator_column(column.categorical_column_with_identity("id", 3))
    with pytest.raises(ValueError, match=r"Expected dense columns of vectors.*shape \(1, 3\)"):
        optimizer._check_is_dense_vector(indicator)


def test_sequence_columns_are_an_error():
    numbers = column.sequence_numeric_column("size")
    with pytest.raises(ValueError, match="Expected dense or categorical columns.*Sequence"):
        optimizer._check_is_dense_vector(numbers)
