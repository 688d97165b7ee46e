"""The feature columns of tf.contrib.layers: their names, hashes, copies, and one whole model."""

import copy
import itertools

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads
from estimator_heads.compat.contrib.layers import column_ops
from estimator_heads.compat.contrib.layers import feature_columns as fc
from estimator_heads.compat.contrib.layers.feature_columns import crossing as column_ops_crossing
from estimator_heads.compat.names import table as names

WORDS = ("red", "green", "blue")
UNSIGNED = 2**64


def feature_names():
    modules = {"feature_column": fc.__all__, "feature_column_ops": column_ops.__all__}
    elsewhere = {
        "SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY": "tensorflow.contrib.layers",
        "infer_real_valued_columns_from_input": "tensorflow.contrib.learn",
        "infer_real_valued_columns_from_input_fn": "tensorflow.contrib.learn",
        "sequence_input_layer": "tensorflow.contrib.feature_column",
    }
    for module, names_of_module in modules.items():
        for name in names_of_module:
            yield elsewhere.get(name, f"tensorflow.contrib.layers.python.layers.{module}"), name
            if not name.startswith("_") and name not in elsewhere:
                yield "tensorflow.contrib.layers", name


@pytest.mark.parametrize(("module", "name"), feature_names())
def test_legacy_names_are_served(module, name):
    ours = getattr(fc if name in fc.__all__ else column_ops, name)
    assert names.find(f"{module}.{name}").load() is ours


def test_columns_are_instances_of_the_legacy_classes():
    words = fc.sparse_column_with_keys("word", WORDS)
    assert isinstance(words, fc._SparseColumn)
    assert isinstance(fc.real_valued_column("a"), fc._RealValuedColumn)
    assert isinstance(fc.embedding_column(words, 2), fc._EmbeddingColumn)
    assert issubclass(fc._CrossedColumn, fc._FeatureColumn)


@pytest.mark.parametrize(
    "column",
    [
        fc.sparse_column_with_hash_bucket("a", 10, hash_keys=[[1, 2]]),
        fc.crossed_column(
            [fc.sparse_column_with_keys("a", WORDS), fc.sparse_column_with_hash_bucket("b", 3)], 9
        ),
        fc.bucketized_column(fc.real_valued_column("c", 2, default_value=1), [1, 2]),
        fc.embedding_column(fc.sparse_column_with_keys("a", WORDS), 2, max_norm=1.0),
    ],
    ids=lambda column: type(column).__name__,
)
def test_copies_of_params_have_columns_with_the_same_key(column):
    copied = copy.deepcopy({"columns": [column]})["columns"][0]
    assert (copied.key, vars(copied)) == (column.key, vars(column))


def signed(number):
    return (number + UNSIGNED // 2) % UNSIGNED - UNSIGNED // 2


def hash_of(values):
    """left ^ (right + 0x9e3779b97f4a7800 + (left << 10) + (left >> 4)), as int64."""
    left = 0xDECAFCAFFE
    for right in values:
        left = signed(left ^ signed(right + 0x9E3779B97F4A7800 + signed(left << 10) + (left >> 4)))
    return left % UNSIGNED


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_crosses_without_a_key_combine_hashes(rows):
    random = np.random.default_rng(rows)
    columns = [
        [random.integers(-(10**6), 10**6, random.integers(4)).tolist() for _ in range(rows)]
        for _ in range(3)
    ]
    ragged = [tf.ragged.constant(c, tf.int64, ragged_rank=1).to_sparse() for c in columns]
    crossed = column_ops_crossing.sparse_feature_cross(ragged, num_buckets=997)
    expected = [
        [hash_of(values) % 997 for values in itertools.product(*row)]
        for row in zip(*columns, strict=True)
    ]
    indices = [[i, j] for i, row in enumerate(expected) for j in range(len(row))]
    assert crossed.indices.numpy().tolist() == indices
    assert crossed.values.numpy().tolist() == sum(expected, [])
    assert crossed.dense_shape.numpy().tolist() == [rows, max(map(len, expected), default=0)]


@pytest.mark.parametrize("hash_key", [None, 42])
def test_crosses_take_dense_features_of_rank_1(hash_key):
    words = tf.ragged.constant([["x"], ["y", "z"]]).to_sparse()
    flat, column = tf.constant(["a", "b"]), tf.constant([["a"], ["b"]])
    crossed, expected = (
        column_ops_crossing.sparse_feature_cross([words, dense], 1000, hash_key)
        for dense in (flat, column)
    )
    assert crossed.values.numpy().tolist() == expected.values.numpy().tolist()
    assert crossed.indices.numpy().tolist() == [[0, 0], [1, 0], [1, 1]]


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda: fc.real_valued_column("age", dimension=0), "`dimension` of column 'age'"),
        (lambda: fc.bucketized_column(fc.real_valued_column("age"), [2, 1]), "`boundaries`"),
        (
            lambda: column_ops.input_from_feature_columns(
                {"age": tf.constant([[1.0]])}, [fc.real_valued_column("size")]
            ),
            "Expected the key 'size'.*Received the keys: \\['age'\\]",
        ),
        (
            lambda: column_ops.check_feature_columns([tf.feature_column.numeric_column("a")]),
            "tf.compat.v1.feature_column.input_layer",
        ),
        (lambda: column_ops.input_from_feature_columns({}, []), "`feature_columns`.*at least one"),
        (
            lambda: column_ops.weighted_sum_from_feature_columns({}, [], num_outputs=1),
            "`feature_columns`.*at least one",
        ),
        (
            lambda: fc.embedding_column(fc.real_valued_column("age"), dimension=2),
            "`sparse_id_column`.*'age'",
        ),
        (
            lambda: column_ops.weighted_sum_from_feature_columns(
                {"word": tf.constant([[1]])},
                [fc.sparse_column_with_hash_bucket("word", 5)],
                num_outputs=1,
            ),
            "dtype of the feature 'word'.*string.*int32",
        ),
    ],
)
def test_errors_say_what_was_expected(make, part):
    with tf.Graph().as_default(), pytest.raises(Exception, match=part):
        make()


@pytest.fixture
def columns(tmp_path):
    vocabulary = tmp_path / "words.txt"
    vocabulary.write_text("".join(f"{word}\n" for word in WORDS))
    words = fc.sparse_column_with_vocabulary_file("word", str(vocabulary), vocab_size=len(WORDS))
    size = fc.real_valued_column("size", default_value=1.5)
    sizes = fc.bucketized_column(size, [1.0, 2.0])
    cross = fc.crossed_column([words, sizes], 50)
    return {"deep": [fc.embedding_column(words, 2), size], "wide": [words, sizes, cross]}


def wide_and_deep(features, labels, mode, params):
    net = column_ops.input_from_feature_columns(features, params["deep"])
    linear, _, _ = column_ops.weighted_sum_from_feature_columns(features, params["wide"], 1)
    return estimator_heads.BinaryClassHead().create_estimator_spec(
        features,
        mode,
        logits=linear + tf.compat.v1.reduce_sum(net, axis=1, keepdims=True),
        labels=labels,
        optimizer=tf.compat.v1.train.GradientDescentOptimizer(0.5),
        trainable_variables=tf.compat.v1.trainable_variables(),
    )


def input_fn():
    features = {"word": [["red"], ["green"], ["blue"], ["red"]], "size": [[0.0], [1], [2], [3]]}
    return tf.data.Dataset.from_tensors((features, [[1], [0], [0], [1]])).repeat()


def test_a_model_of_columns_trains_and_is_served(columns, tmp_path):
    estimator = estimator_heads.Estimator(wide_and_deep, str(tmp_path / "model"), params=columns)
    estimator.train(input_fn, steps=40)
    assert sorted(estimator.get_variable_names()) == [
        "global_step",
        "input_from_feature_columns/word_embedding/weights",
        "weighted_sum_from_feature_columns/bias_weight",
        "weighted_sum_from_feature_columns/size_bucketized/weights",
        "weighted_sum_from_feature_columns/size_bucketized_X_word/weights",
        "weighted_sum_from_feature_columns/word/weights",
    ]
    assert estimator.evaluate(input_fn, steps=1)["accuracy"] == 1
    spec = fc.create_feature_spec_for_parsing(columns["deep"] + columns["wide"])
    receiver_fn = estimator_heads.export.build_parsing_serving_input_receiver_fn(spec)
    folder = estimator.export_saved_model(str(tmp_path / "export"), receiver_fn)
    word = tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"red"]))
    example = tf.train.Example(features=tf.train.Features(feature={"word": word}))
    served = tf.saved_model.load(folder.decode() if isinstance(folder, bytes) else folder)
    scores = served.signatures["predict"](tf.constant([example.SerializeToString()]))
    assert scores["class_ids"].numpy().tolist() == [[1]]
