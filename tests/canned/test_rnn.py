"""RNNEstimator and RNNClassifier of TF2: network, masks, optimizers, cells, wrong arguments."""

import keras
import numpy as np
import pytest
import tensorflow as tf
import tf_keras

import estimator_heads as eh
from estimator_heads.canned.rnn import layers as rnn_layers
from estimator_heads.canned.rnn.arguments import USE_DEFAULT
from estimator_heads.canned.rnn.model import RNNModel
from estimator_heads.experimental import RNNClassifier, RNNEstimator
from estimator_heads.heads.sequential import SequentialHeadWrapper

STEPS = [[1.0, 2.0, 3.0], [4.0], [5.0, -1.0]]
LENGTHS = [len(steps) for steps in STEPS]
LABELS = [[0.5], [1.0], [2.0]]
STEP_LABELS = [[0, 1, 1], [1, 0, 0], [0, 1, 0]]


def sequence_columns():
    return [tf.feature_column.sequence_numeric_column("x")]


def features():
    return {"x": tf.RaggedTensor.from_row_lengths(sum(STEPS, []), LENGTHS).to_sparse()}


def input_fn(labels=LABELS, **more_features):
    def make(_):
        more = {name: tf.constant(value) for name, value in more_features.items()}
        return {**features(), **more}, tf.constant(labels)

    return lambda: tf.data.Dataset.from_tensors(0).map(make).repeat()


def predictions(estimator, **more_features):
    rows = estimator.predict(lambda: input_fn(**more_features)().take(1))
    return list(rows)


def regressor(model_dir=None, head=None, **arguments):
    arguments = arguments or {"units": [4]}
    head = head or eh.RegressionHead()
    config = eh.RunConfig(tf_random_seed=1)
    return RNNEstimator(head, sequence_columns(), model_dir=model_dir, config=config, **arguments)


def values(estimator):
    return {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    return regressor(str(tmp_path_factory.mktemp("trained"))).train(input_fn(), steps=1)


def test_predictions_are_those_of_the_written_out_network(trained):
    def value(name):
        return trained.get_variable_value(f"rnn_model/{name}")

    for steps, row in zip(STEPS, predictions(trained), strict=True):
        state = np.zeros(4)
        for step in steps:
            from_input = step * value("rnn/simple_rnn_cell/kernel")[0]
            from_state = state @ value("rnn/simple_rnn_cell/recurrent_kernel")
            state = np.tanh(from_input + from_state + value("rnn/simple_rnn_cell/bias"))
        logits = state @ value("logits/kernel") + value("logits/bias")
        np.testing.assert_allclose(row["predictions"], logits, rtol=1e-5)


def test_context_stands_at_each_step(tmp_path):
    estimator = RNNEstimator(
        eh.RegressionHead(),
        sequence_columns(),
        context_feature_columns=[tf.feature_column.numeric_column("c", shape=[2])],
        units=[4],
        model_dir=str(tmp_path),
    )
    estimator.train(input_fn(c=np.ones([3, 2], np.float32)), steps=1)
    assert values(estimator)["rnn_model/rnn/simple_rnn_cell/kernel"].shape == (3, 4)


@pytest.mark.parametrize("cell_type", ["simple_rnn", "lstm", "gru"])
def test_one_integer_makes_the_layer_that_keras_has_for_the_type(cell_type, tmp_path):
    layer = rnn_layers.make_rnn_layer(None, 3, cell_type, return_sequences=False)
    assert type(layer) is rnn_layers.LAYER_TYPES[cell_type]
    estimator = regressor(str(tmp_path), units=3, cell_type=cell_type).train(input_fn(), steps=1)
    assert f"rnn_model/{cell_type}/{cell_type}_cell/kernel" in estimator.get_variable_names()


# SGD by its name: its learning rate is 0.05, and each gradient is clipped to the norm 5.
def test_an_optimizer_given_by_name_clips_gradients(tmp_path):
    far_away = [[1e6]] * 3
    estimator = regressor(str(tmp_path), units=[4], optimizer="SGD")
    estimator.train(input_fn(far_away), steps=1)
    before = values(estimator)
    estimator.train(input_fn(far_away), steps=1)
    after = values(estimator)
    trained = [name for name in before if name.startswith("rnn_model/")]
    changes = {name: np.linalg.norm(after[name] - before[name]) for name in trained}
    assert changes["rnn_model/logits/bias"] == pytest.approx(0.05 * 5, rel=1e-3)
    assert max(changes.values()) <= 0.05 * 5 * 1.001


OPTIMIZERS = {
    "tf_keras_legacy": lambda: tf_keras.optimizers.legacy.Adam(0.1),
    "tf_keras": lambda: tf_keras.optimizers.Adam(0.1),
    "keras": lambda: keras.optimizers.Adam(0.1),
    "tf1": lambda: tf.compat.v1.train.AdamOptimizer(0.1),
}


@pytest.mark.parametrize(
    "optimizer",
    [
        pytest.param(
            make, id=name, marks=[pytest.mark.another_execution] * (name.startswith("tf_keras"))
        )
        for name, make in OPTIMIZERS.items()
    ],
)
def test_optimizers_of_every_kind_train(optimizer, tmp_path):
    estimator = regressor(str(tmp_path), units=[4], cell_type="gru", optimizer=optimizer)
    estimator.train(input_fn(), steps=1)
    first = estimator.evaluate(input_fn(), steps=1)
    estimator.train(input_fn(), steps=20)
    last = estimator.evaluate(input_fn(), steps=1)
    assert last["global_step"] == 21
    assert last["loss"] < first["loss"]


class TestSequences:
    @pytest.fixture(scope="class")
    def classifier(self, tmp_path_factory):
        estimator = RNNClassifier(
            sequence_columns(),
            units=[4],
            cell_type="lstm",
            return_sequences=True,
            weight_column="weights",
            sequence_mask="real",
            model_dir=str(tmp_path_factory.mktemp("sequences")),
        )
        return estimator.train(input_fn(STEP_LABELS, weights=np.ones([3, 3])), steps=1)

    def test_steps_are_predicted_and_the_mask_says_which_are_real(self, classifier):
        for steps, row in zip(STEPS, predictions(classifier), strict=True):
            assert row["logits"].shape == (3, 1)
            assert row["real"].tolist() == [index < len(steps) for index in range(3)]

    def test_padding_does_not_count(self, classifier):
        padded = 1 - tf.cast(tf.sequence_mask(LENGTHS), tf.int32).numpy()
        weights = np.ones([3, 3], np.float32)
        scores = [
            classifier.evaluate(input_fn(labels, weights=weights), steps=1)
            for labels in (np.array(STEP_LABELS), np.maximum(STEP_LABELS, padded))
        ]
        assert scores[0] == scores[1]

    def test_a_mask_among_the_features_is_taken(self, classifier):
        mask = np.array([[True, False, False]] * 3)
        assert [row["real"].tolist() for row in predictions(classifier, real=mask)] == mask.tolist()

    def test_the_weight_column_is_a_name(self):
        with pytest.raises(TypeError, match="feature_columns.*names"):
            RNNClassifier(
                sequence_columns(),
                units=[4],
                return_sequences=True,
                weight_column=tf.feature_column.numeric_column("weights"),
            )

    def test_the_head_is_for_sequences(self):
        with pytest.raises(ValueError, match="`head`.*return_sequences=True.*RegressionHead"):
            regressor(units=[4], return_sequences=True)
        regressor(units=[4], return_sequences=True, head=SequentialHeadWrapper(eh.RegressionHead()))


class TestCells:
    def cells(self, layers):
        return layers.StackedRNNCells([layers.LSTMCell(3, dropout=0.5), layers.GRUCell(2)])

    def test_those_of_keras_3_have_the_checkpoints_of_tf_keras(self, tmp_path):
        trained = regressor(str(tmp_path), rnn_cell_fn=lambda: self.cells(tf_keras.layers))
        trained.train(input_fn(), steps=1)
        same = regressor(str(tmp_path), rnn_cell_fn=lambda: self.cells(keras.layers))
        before, after = (
            [row["predictions"] for row in predictions(one)] for one in (trained, same)
        )
        np.testing.assert_allclose(before, after, rtol=1e-6)
        names = set(trained.get_variable_names())
        assert set(same.train(input_fn(), steps=1).get_variable_names()) == names

    def test_a_class_of_keras_3(self):
        cell = rnn_layers.single_rnn_cell(3, keras.layers.SimpleRNNCell)
        assert type(cell) is tf_keras.layers.SimpleRNNCell
        assert cell.units == 3

    def test_classes_of_the_users_own(self):
        class OfTfKeras(tf_keras.layers.GRUCell):
            pass

        class OfKeras3(keras.layers.Layer):
            state_size = 3

        assert type(rnn_layers.single_rnn_cell(3, OfTfKeras)) is OfTfKeras
        with pytest.raises(ValueError, match="of tf_keras.*OfKeras3.*TF_USE_LEGACY_KERAS=1"):
            rnn_layers.make_rnn_layer(OfKeras3, None, USE_DEFAULT, False)

    @pytest.mark.parametrize("cell_type", ["basic_rnn", 3, None])
    def test_an_unknown_type(self, cell_type):
        with pytest.raises(ValueError, match="`cell_type`.*gru.*lstm.*simple_rnn"):
            rnn_layers.single_rnn_cell(3, cell_type)

    def test_a_class_of_something_else(self):
        with pytest.raises(ValueError, match="`cell_type`.*`state_size`.*Dense"):
            rnn_layers.single_rnn_cell(3, tf_keras.layers.Dense)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"units": None}, TypeError, "`units`.*list of integers.*None"),
        ({"units": 4}, TypeError, "`units`.*list of integers.*4"),
        ({"units": []}, ValueError, r"`units`.*list of integers.*\[\]"),
        ({"units": [4, 0]}, ValueError, r"`units`.*\[4, 0\]"),
        ({"units": [1.5]}, ValueError, r"`units`.*\[1.5\]"),
        ({"units": -1, "cell_type": "lstm"}, ValueError, "`units`.*-1"),
        ({"rnn_cell_fn": len, "units": [4]}, ValueError, r"`rnn_cell_fn`.*`units`.*units=\[4\]"),
        ({"rnn_cell_fn": len, "cell_type": "gru"}, ValueError, "`rnn_cell_fn`.*cell_type='gru'"),
    ],
)
def test_sizes_and_types_are_checked_at_once(arguments, error, message):
    with pytest.raises(error, match=message):
        regressor(**arguments)


@pytest.mark.parametrize(
    ("columns", "dense_features", "error", "message"),
    [
        (["x"], {"x": [[1.0]]}, TypeError, "SparseTensor"),
        (["x"], {"y": [[1.0]]}, ValueError, "Feature x"),
        (["x"], [[1.0]], ValueError, "`features`.*dict"),
    ],
)
def test_features_are_checked(columns, dense_features, error, message):
    columns = [tf.feature_column.sequence_numeric_column(name) for name in columns]
    estimator = RNNClassifier(columns, units=[4])

    def one_batch():
        return tf.data.Dataset.from_tensors((dense_features, [[1]]))

    with pytest.raises(error, match=message):
        estimator.train(one_batch, steps=1)


class TestModel:
    def columns(self):
        words = tf.feature_column.sequence_categorical_column_with_vocabulary_list(
            "words", ["a", "b", "c"]
        )
        return [*sequence_columns(), tf.feature_column.embedding_column(words, 2)]

    def inputs(self):
        words = tf.RaggedTensor.from_row_lengths(["a", "b", "a", "c", "zz", "b"], LENGTHS)
        return {**features(), "words": words.to_sparse(), "c": tf.constant([[1.0], [2.0], [0.5]])}

    @pytest.mark.parametrize("context", [False, True])
    @pytest.mark.parametrize("return_sequences", [False, True])
    def test_a_config_makes_the_same_model(self, return_sequences, context):
        model = RNNModel(
            tf_keras.layers.LSTM(3, return_sequences=return_sequences),
            units=2,
            sequence_feature_columns=self.columns(),
            context_feature_columns=([tf.feature_column.numeric_column("c")] if context else None),
            activation=tf_keras.activations.sigmoid,
            return_sequences=return_sequences,
            name="words_and_numbers",
        )
        expected = model(self.inputs())
        config = model.get_config()
        same = RNNModel.from_config(config)
        assert same.get_config() == config == model.get_config()
        same(self.inputs())
        same.set_weights(model.get_weights())
        np.testing.assert_allclose(same(self.inputs()), expected, rtol=1e-6)

    def test_the_units_are_an_integer(self):
        with pytest.raises(ValueError, match="`units`.*integer.*two"):
            RNNModel(tf_keras.layers.LSTM(3), "two", self.columns())
