"""SDCAModel: what it converges to, its losses, predictions and hash table."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.canned.sdca.features import SparseFeatureColumn
from estimator_heads.canned.sdca.model import SDCAModel
from estimator_heads.canned.sdca.table import ShardedMutableDenseHashTable

v1 = tf.compat.v1

L2 = 2.0
# Each example has a number, a word of four, and a constant for the bias.
NUMBERS = np.array([0.5, -1.0, 2.0, 1.5, -0.5, 0.0], np.float32)
WORDS = np.array([0, 1, 2, 3, 0, 2])
DESIGN = np.concatenate([NUMBERS[:, None], np.eye(4)[WORDS], np.ones([6, 1])], axis=1)
CLASSES = np.array([1, 0, 1, 1, 0, 0], np.float32)
AMOUNTS = np.array([1.5, -2.0, 3.0, 2.0, 0.0, 1.0], np.float32)
WEIGHTS = np.array([1, 2, 1, 0.5, 1, 1], np.float32)


def examples_of(labels):
    return {
        "sparse_features": [SparseFeatureColumn(np.arange(6), WORDS, np.ones(6))],
        "dense_features": [tf.constant(NUMBERS[:, None]), tf.ones([6, 1])],
        "example_labels": tf.constant(labels),
        "example_weights": tf.constant(WEIGHTS),
        "example_ids": tf.constant([f"example {number}" for number in range(6)]),
    }


def variables_of(partitioner=None):
    words = v1.get_variable("words", [4, 1], partitioner=partitioner)
    number, bias = v1.get_variable("number", [1, 1]), v1.get_variable("bias", [1])
    return {"sparse_features_weights": [words], "dense_features_weights": [number, bias]}


def options_of(loss_type, **others):
    return {
        "loss_type": loss_type,
        "symmetric_l2_regularization": L2,
        "symmetric_l1_regularization": 0.0,
        **others,
    }


def solved(labels, loss_type, partitioner=None, **options):
    """The weights after many steps, in the order of `DESIGN`'s columns, and what is measured."""
    with tf.Graph().as_default(), v1.Session() as session:
        examples, variables = examples_of(labels), variables_of(partitioner)
        model = SDCAModel(examples, variables, options_of(loss_type, **options))
        step = v1.train.get_or_create_global_step()
        train_op = model.update_weights(model.minimize(step))
        measures = {
            "gap": model.approximate_duality_gap(),
            "predictions": model.predictions(examples),
            "loss": model.unregularized_loss(examples),
            "regularized_loss": model.regularized_loss(examples),
            "examples": model._hashtable.size(),
            "steps": step,
        }
        session.run(v1.global_variables_initializer())
        for _ in range(200):
            session.run(train_op)
        (words,), (number, bias) = variables.values()
        parts = [number, *([words] if isinstance(words, tf.Variable) else words)]
        weights = [np.ravel(part) for part in session.run([*parts, bias])]
        return np.concatenate(weights), session.run(measures)


def test_squared_loss_is_ridge_regression():
    weights, measures = solved(AMOUNTS, "squared_loss")
    weighted = DESIGN.T * WEIGHTS
    ridge = np.linalg.solve(weighted @ DESIGN + L2 * np.eye(6), weighted @ AMOUNTS)
    np.testing.assert_allclose(weights, ridge, atol=1e-4)
    np.testing.assert_allclose(measures["predictions"], DESIGN @ ridge, atol=1e-4)
    mean = np.sum(WEIGHTS * (AMOUNTS - DESIGN @ ridge) ** 2) / 2 / WEIGHTS.sum()
    assert measures["loss"] == pytest.approx(mean, abs=1e-4)
    regularization = L2 / 2 * np.sum(ridge**2) / WEIGHTS.sum()
    assert measures["regularized_loss"] == pytest.approx(mean + regularization, abs=1e-4)


def test_logistic_loss_has_no_gradient_at_the_end():
    weights, measures = solved(CLASSES, "logistic_loss")
    probabilities = 1 / (1 + np.exp(-DESIGN @ weights))
    gradient = (DESIGN.T * WEIGHTS) @ (probabilities - CLASSES) + L2 * weights
    np.testing.assert_allclose(gradient, np.zeros(6), atol=1e-3)
    np.testing.assert_allclose(measures["predictions"], probabilities, atol=1e-4)
    losses = -np.log(np.where(CLASSES, probabilities, 1 - probabilities))
    assert measures["loss"] == pytest.approx(np.average(losses, weights=WEIGHTS), abs=1e-4)


def test_poisson_loss_has_no_gradient_at_the_end():
    counts = np.array([2, 0, 3, 2, 1, 0], np.float32)
    weights, measures = solved(counts, "poisson_loss")
    means = np.exp(DESIGN @ weights)
    gradient = (DESIGN.T * WEIGHTS) @ (means - counts) + L2 * weights
    np.testing.assert_allclose(gradient, np.zeros(6), atol=1e-2)
    np.testing.assert_allclose(measures["predictions"], means, atol=1e-3)


@pytest.mark.parametrize("loss_type", ["hinge_loss", "smooth_hinge_loss"])
def test_hinge_losses_are_measured_by_the_hinge(loss_type):
    weights, measures = solved(CLASSES, loss_type)
    logits = DESIGN @ weights
    losses = np.maximum(0, 1 - (2 * CLASSES - 1) * logits)
    assert measures["loss"] == pytest.approx(np.average(losses, weights=WEIGHTS), abs=1e-4)
    np.testing.assert_allclose(measures["predictions"], logits, atol=1e-4)


@pytest.mark.parametrize("loss_type", ["squared_loss", "logistic_loss", "smooth_hinge_loss"])
def test_the_gap_closes_and_the_table_has_all_examples(loss_type):
    _, measures = solved(CLASSES, loss_type)
    assert measures["gap"] == pytest.approx(0.0, abs=1e-3)
    assert measures["examples"] == 6
    assert measures["steps"] == 200


def test_l1_regularization_brings_weights_to_zero():
    l1 = 1.0
    weights, _ = solved(AMOUNTS, "squared_loss", symmetric_l1_regularization=l1)
    gradient = (DESIGN.T * WEIGHTS) @ (DESIGN @ weights - AMOUNTS) + L2 * weights
    is_zero = weights == 0.0
    assert 0 < is_zero.sum() < 6
    np.testing.assert_allclose(gradient[~is_zero], -l1 * np.sign(weights[~is_zero]), atol=1e-3)
    assert np.all(np.abs(gradient[is_zero]) <= l1 + 1e-3)


@pytest.mark.parametrize(
    "options",
    [
        {"partitioner": v1.fixed_size_partitioner(3)},
        {"num_table_shards": 3},
        {"num_table_shards": None, "num_loss_partitions": 2},
        {"adaptive": False},
    ],
)
def test_these_options_change_nothing_in_the_end(options):
    expected, _ = solved(AMOUNTS, "squared_loss")
    weights, measures = solved(AMOUNTS, "squared_loss", **options)
    np.testing.assert_allclose(weights, expected, atol=1e-3)
    assert measures["examples"] == 6


def test_sparse_features_without_values_count_once():
    with tf.Graph().as_default(), v1.Session() as session:
        examples, variables = examples_of(AMOUNTS), variables_of()
        model = SDCAModel(examples, variables, options_of("squared_loss"))
        without_values = SparseFeatureColumn(np.arange(6), WORDS, None)
        session.run(v1.global_variables_initializer())
        expected, predictions = session.run(
            [
                model.predictions(examples),
                model.predictions({**examples, "sparse_features": [without_values]}),
            ]
        )
    np.testing.assert_array_equal(predictions, expected)


@pytest.mark.parametrize("shards", [1, 3])
def test_the_table_finds_what_was_inserted(shards):
    with tf.Graph().as_default(), v1.Session() as session:
        table = ShardedMutableDenseHashTable(
            tf.int64, tf.float32, [0.0, 0.0], [0, 0], [1, 1], num_shards=shards
        )
        keys = tf.constant([[5, 9], [7, 2], [-4, 3]], tf.int64)
        values = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        session.run(table.insert(keys, values))
        assert session.run(table.size()) == 3
        found = session.run(table.lookup(tf.concat([keys, [[8, 8]]], axis=0)))
        assert found.tolist() == [[1, 2], [3, 4], [5, 6], [0, 0]]
        exported_keys, _ = table.export_sharded()
        names = [saved.name for saved in v1.get_collection(v1.GraphKeys.SAVEABLE_OBJECTS)]
    assert len(exported_keys) == len(table.table_shards) == shards
    assert names == [f"ShardedMutableHashTable-{n}-of-{shards}" for n in range(1, shards + 1)]


def test_keys_of_the_table_are_checked():
    with tf.Graph().as_default():
        table = ShardedMutableDenseHashTable(tf.int64, tf.float32, 0.0, 0, 1)
        with pytest.raises(TypeError, match="Expected dtype int64. Received: dtype int32"):
            table.lookup(tf.constant([3]))
        with pytest.raises(ValueError, match=r"rank 1 or 2. Received: shape \(\)"):
            table.lookup(tf.constant(3, tf.int64))


BAD_OPTIONS = [
    ({"loss_type": "absolute_loss"}, r"\"loss_type\".*Received: 'absolute_loss'"),
    ({"symmetric_l2_regularization": 0.0}, "`symmetric_l2_regularization`.*> 0.*Received: 0.0"),
    ({"symmetric_l1_regularization": -1.0}, "`symmetric_l1_regularization`.*Received: -1.0"),
]


@pytest.mark.parametrize(("changes", "message"), BAD_OPTIONS)
def test_options_are_checked(changes, message):
    options = options_of("squared_loss") | changes
    with tf.Graph().as_default(), pytest.raises(ValueError, match=message):
        SDCAModel(examples_of(AMOUNTS), variables_of(), options)


BAD_EXAMPLES = [
    ({"example_weights": None}, "'example_weights'.*Received: None"),
    ({"sparse_features": ()}, r"'sparse_features'. Expected a list. Received: \(\) of type tuple"),
]


@pytest.mark.parametrize(("changes", "message"), BAD_EXAMPLES)
def test_examples_are_checked(changes, message):
    with tf.Graph().as_default(), pytest.raises(ValueError, match=message):
        SDCAModel(examples_of(AMOUNTS) | changes, variables_of(), options_of("squared_loss"))


def test_nothing_may_be_empty():
    with pytest.raises(ValueError, match="one is empty"):
        SDCAModel({}, {}, {})


def test_a_small_l2_regularization_is_warned_of(caplog):
    with tf.Graph().as_default():
        options = options_of("squared_loss", symmetric_l2_regularization=0.5)
        SDCAModel(examples_of(AMOUNTS), variables_of(), options)
    assert "symmetric_l2_regularization=0.5 is small" in caplog.text
