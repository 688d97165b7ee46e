"""RNNEstimator and RNNClassifier of `tf.contrib.estimator`: network, seeds, optimizers, errors."""

import numpy as np
import pytest
import tensorflow as tf
import tf_keras

import estimator_heads as eh
from estimator_heads.compat.contrib.estimator import regression_head
from estimator_heads.compat.contrib.estimator.rnn import RNNClassifier, RNNEstimator
from estimator_heads.compat.contrib.estimator.rnn_logits import (
    _concatenate_context_input,
    _select_last_activations,
    _single_rnn_cell,
)
from estimator_heads.heads.sequential import SequentialHeadWrapper

v1 = tf.compat.v1

STEPS = [[1.0, 2.0, 3.0], [4.0], [5.0, -1.0]]
LENGTHS = [len(steps) for steps in STEPS]
LABELS = [[0.5], [1.0], [2.0]]


def input_fn(labels=LABELS):
    def make(_):
        steps = tf.RaggedTensor.from_row_lengths(sum(STEPS, []), LENGTHS).to_sparse()
        return {"x": steps}, tf.constant(labels)

    return lambda: tf.data.Dataset.from_tensors(0).map(make).repeat()


def regressor(model_dir=None, head=None, **arguments):
    return RNNEstimator(
        head or regression_head(),
        [tf.feature_column.sequence_numeric_column("x")],
        model_dir=model_dir,
        config=eh.RunConfig(tf_random_seed=1),
        **(arguments or {"num_units": [4]}),
    )


def values(estimator):
    return {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    return regressor(str(tmp_path_factory.mktemp("trained"))).train(input_fn(), steps=1)


def test_predictions_are_those_of_the_written_out_network(trained):
    variables = values(trained)
    rows = trained.predict(lambda: input_fn()().take(1))
    for steps, row in zip(STEPS, rows, strict=True):
        state = np.zeros(4)
        for step in steps:
            inputs = np.concatenate([[step], state])
            state = np.tanh(
                inputs @ variables["rnn/rnn/basic_rnn_cell/kernel"]
                + variables["rnn/rnn/basic_rnn_cell/bias"]
            )
        logits = state @ variables["rnn/logits/dense/kernel"] + variables["rnn/logits/dense/bias"]
        np.testing.assert_allclose(row["predictions"], logits, rtol=1e-5)


def test_the_seed_of_the_config_decides_the_weights(trained, tmp_path):
    again = values(regressor(str(tmp_path)).train(input_fn(), steps=1))
    for name, value in values(trained).items():
        np.testing.assert_array_equal(again[name], value)


# SGD with a learning rate of 0.05, its gradients scaled down to the norm 5 together.
@pytest.mark.parametrize("optimizer", ["SGD", lambda: v1.train.GradientDescentOptimizer(0.05)])
def test_gradients_are_clipped_unless_the_optimizer_is_an_instance(optimizer, tmp_path):
    def change(optimizer, folder):
        estimator = regressor(str(tmp_path / folder), num_units=[4], optimizer=optimizer)
        far_away = input_fn([[1e6]] * 3)
        before, after = (values(estimator.train(far_away, steps=1)) for _ in range(2))
        names = [name for name in before if name != "global_step"]
        return np.sqrt(sum(np.sum((after[name] - before[name]) ** 2) for name in names))

    assert change(optimizer, "clipped") == pytest.approx(0.05 * 5, rel=1e-2)
    assert change(v1.train.GradientDescentOptimizer(0.05), "instance") > 1000


def test_an_optimizer_of_keras(tmp_path):
    estimator = regressor(
        str(tmp_path), num_units=[4], optimizer=lambda: tf_keras.optimizers.legacy.Adam(0.1)
    )
    assert values(estimator.train(input_fn(), steps=2))["global_step"] == 2


def test_the_mode_is_known_where_cells_are_made(tmp_path):
    modes = []

    def rnn_cell_fn(mode):
        modes.append(mode)
        return _single_rnn_cell(3, "gru")

    estimator = regressor(str(tmp_path), rnn_cell_fn=rnn_cell_fn).train(input_fn(), steps=1)
    estimator.evaluate(input_fn(), steps=1)
    assert modes == [eh.ModeKeys.TRAIN, eh.ModeKeys.EVAL]


def test_steps_are_predicted_with_a_head_for_sequences(tmp_path):
    head = SequentialHeadWrapper(eh.BinaryClassHead(), "real")
    estimator = regressor(str(tmp_path), head, num_units=[4], return_sequences=True)
    estimator.train(input_fn([[0, 1, 1], [1, 0, 0], [0, 1, 0]]), steps=1)
    rows = list(estimator.predict(lambda: input_fn()().take(1)))
    assert [row["real"].tolist() for row in rows] == tf.sequence_mask(LENGTHS).numpy().tolist()
    with pytest.raises(ValueError, match="`head`.*return_sequences=True"):
        regressor(num_units=[4], return_sequences=True)


def test_the_steps_before_the_padding_are_selected():
    activations = tf.reshape(tf.range(12.0), [2, 3, 2])
    last = _select_last_activations(activations, tf.constant([1, 3], tf.int64))
    np.testing.assert_array_equal(last, [[0, 1], [10, 11]])
    np.testing.assert_array_equal(_select_last_activations(activations, None), [[4, 5], [10, 11]])


def test_context_stands_at_each_step():
    joined = _concatenate_context_input(tf.ones([2, 3, 1]), tf.constant([[5.0], [6.0]]))
    np.testing.assert_array_equal(joined[..., 1], [[5, 5, 5], [6, 6, 6]])
    with pytest.raises(ValueError, match="rank 3"):
        _concatenate_context_input(tf.ones([2, 3]), tf.ones([2, 1]))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"num_units": None}, TypeError, "`num_units`.*None"),
        ({"num_units": 4}, TypeError, "`num_units`.*list of integers.*4"),
        ({"num_units": [0]}, ValueError, r"`num_units`.*\[0\]"),
        ({"rnn_cell_fn": len, "num_units": [4]}, ValueError, r"`rnn_cell_fn`.*num_units=\[4\]"),
        ({"rnn_cell_fn": len, "cell_type": "gru"}, ValueError, "`rnn_cell_fn`.*cell_type='gru'"),
    ],
)
def test_sizes_and_types_are_checked_at_once(arguments, error, message):
    with pytest.raises(error, match=message):
        regressor(**arguments)
    with pytest.raises(error, match=message):
        RNNClassifier([tf.feature_column.sequence_numeric_column("x")], **arguments)


@pytest.mark.parametrize("cell_type", ["simple_rnn", None, 3, tf_keras.layers.GRUCell])
def test_an_unknown_type_of_cell(cell_type):
    with pytest.raises(ValueError, match="`cell_type`.*basic_rnn.*gru.*lstm.*RNNCell"):
        _single_rnn_cell(3, cell_type)
