"""Cases of BinaryClassHead."""

from tests.golden.data import (
    Batch,
    Sparse,
    booleans,
    doubles,
    floats,
    integers,
    small_integers,
    sparse_integers,
    strings,
    with_labels,
    with_logits,
)
from tests.golden.tables import weighted

from . import common
from .common import BAD, FORMS, LATE, LATE_PREDICTIONS, LOSSES, METRICS, WEIGHING, WEIGHTS, make

X = floats([[42.0], [7.0], [1.5]])
BATCHES = [
    Batch({"x": X}, floats([[45.0], [-41.0], [0.3]]), integers([[1], [1], [0]])),
    Batch({"x": X}, floats([[-0.7], [1.2], [-2.5]]), integers([[0], [1], [1]])),
]
TABLE = common.Table("binary_class", "BinaryClassHead", {}, BATCHES)

WORDS = [strings([["yes"], ["yes"], ["no"]]), strings([["no"], ["yes"], ["yes"]])]
VOCABULARY = ["no", "yes"]
CUBES = [
    Batch(
        {"x": floats([[[1.0]]])},
        floats([[[2.0], [-1.0]], [[0.5], [3.0]]]),
        integers([[[1], [0]], [[0], [1]]]),
    ),
    Batch(
        {"x": floats([[[1.0]]])},
        floats([[[-2.0], [-1.0]], [[1.5], [0.1]]]),
        integers([[[1], [1]], [[0], [1]]]),
    ),
]
SQUARE_WEIGHTS = [floats([[1.0, 2.0], [3.0, 0.5]]), floats([[0.0, 1.0], [2.0, 4.0]])]


def _labels(name, first, second, arguments=None, **options):
    return make(TABLE, name, with_labels(BATCHES, first, second), arguments, **options)


def _label_forms():
    flat = [batch.labels[:, 0] for batch in BATCHES]
    cubes = common.Table("binary_class", "BinaryClassHead", {}, CUBES)
    squares = [batch.labels[..., 0] for batch in CUBES]
    return [
        _labels("labels_bool", *(booleans(batch.labels) for batch in BATCHES), **LOSSES),
        _labels("labels_int32", *(small_integers(batch.labels) for batch in BATCHES), **WEIGHING),
        _labels("labels_float", *(floats(batch.labels) for batch in BATCHES), **WEIGHING),
        _labels("labels_double", *(doubles(batch.labels) for batch in BATCHES), **LATE),
        _labels(
            "labels_fractional",
            floats([[0.5], [1.0], [0.1]]),
            floats([[0.9], [0.0], [0.3]]),
            **LOSSES,
        ),
        _labels("labels_of_rank_1", *flat),
        _labels("labels_bool_of_rank_1", *(booleans(labels) for labels in flat), **WEIGHING),
        _labels("labels_of_rank_1_batch_size_unknown", *flat, shapes="batch", fields=("loss",)),
        _labels("labels_of_rank_1_shapes_unknown", *flat, shapes="unknown", **LOSSES),
        _labels("labels_list", [[1], [1], [0]], [[0], [1], [1]], raw=True, executions=("eager",)),
        make(cubes, "rank_3"),
        make(cubes, "rank_3_labels_of_rank_2", with_labels(CUBES, *squares), **FORMS),
        make(
            cubes,
            "rank_3_weights_of_rank_2",
            weighted(cubes, SQUARE_WEIGHTS),
            {"weight_column": common.made("numeric_column", key="weights", shape=(2,))},
            **LOSSES,
        ),
        make(
            cubes,
            "rank_3_weights_of_rank_3",
            weighted(cubes, [value[..., None] for value in SQUARE_WEIGHTS]),
            {"weight_column": common.made("numeric_column", key="weights", shape=(2, 1))},
            **LOSSES,
        ),
        make(
            cubes,
            "rank_3_weights_of_wrong_shape",
            weighted(cubes, [value[:, :1] for value in SQUARE_WEIGHTS]),
            {"weight_column": "weights"},
            **BAD,
        ),
    ]


def _logits():
    wide = floats([[1e4], [-1e4], [90.0]]), floats([[0.0], [-88.0], [1e30]])
    unknown = floats([[float("nan")], [0.0], [1.0]]), floats([[1.0], [0.0], [1.0]])
    logits = {
        "double": [doubles(batch.logits) for batch in BATCHES],
        "integers": [integers(batch.logits) for batch in BATCHES],
        "huge": wide,
        "not_a_number": unknown,
    }
    return [
        make(TABLE, "logits_" + name, with_logits(BATCHES, *values), **FORMS)
        for name, values in logits.items()
    ]


def _vocabulary():
    words = with_labels(BATCHES, *WORDS)
    of_rank_1 = with_labels(BATCHES, *(labels[:, 0] for labels in WORDS))
    real = with_labels(BATCHES, *(floats(batch.labels) for batch in BATCHES))
    absent = with_labels(BATCHES, strings([["yes"], ["maybe"], ["no"]]), WORDS[1])
    given = {"label_vocabulary": VOCABULARY}
    return [
        make(TABLE, "label_vocabulary_list", words, given),
        make(
            TABLE, "label_vocabulary_tuple", words, {"label_vocabulary": tuple(VOCABULARY)}, **LATE
        ),
        make(TABLE, "label_vocabulary_labels_of_rank_1", of_rank_1, given, **WEIGHING),
        make(
            TABLE,
            "label_vocabulary_shapes_unknown",
            words,
            dict(given, name="words"),
            shapes="unknown",
            **FORMS,
        ),
        make(
            TABLE,
            "label_vocabulary_of_3",
            words,
            {"label_vocabulary": ["no", "yes", "maybe"]},
            **LATE,
        ),
        make(
            TABLE, "label_vocabulary_of_1", words, {"label_vocabulary": ["yes"]}, **LATE_PREDICTIONS
        ),
        make(TABLE, "label_vocabulary_a_string", words, {"label_vocabulary": "ny"}),
        make(TABLE, "label_vocabulary_ids_given", None, given, **BAD),
        make(TABLE, "label_vocabulary_floats_given", real, given, **BAD),
        make(TABLE, "label_vocabulary_word_absent", absent, given, **BAD),
        make(TABLE, "label_vocabulary_missing", words, **BAD),
    ]


def _thresholds():
    good = {
        "one": [0.5],
        "several": (0.1, 0.45, 0.9),
        "with_thirds": [1.0 / 3.0, 2.0 / 3.0],
        "repeated": [0.25, 0.25],
        "empty": [],
    }
    bad = {
        "0": [0.0],
        "1": [0.5, 1.0],
        "negative": [-0.5],
        "above_1": [1.5],
        "not_a_list": 0.5,
        "strings": ["a"],
    }
    return [
        make(
            TABLE,
            "thresholds_" + name,
            None,
            {"thresholds": value},
            executions=("eager", "graph"),
            **METRICS,
        )
        for name, value in list(good.items()) + list(bad.items())
    ] + [
        make(
            TABLE,
            "thresholds_with_weights_and_name",
            weighted(TABLE, WEIGHTS),
            {"thresholds": [0.25, 0.75], "weight_column": "weights", "name": "my_head"},
            regularization_losses=[0.5],
        ),
    ]


def _prediction_keys():
    wanted = {
        "one": ["probabilities"],
        "classes": ["classes"],
        "class_ids": ("class_ids",),
        "several": ["logits", "logistic", "all_classes", "all_class_ids"],
        "empty": [],
        "unknown": ["classes", "nonsense"],
        "of_another_head": ["predictions"],
        "a_string": "logits",
    }
    return [
        make(TABLE, "keys_" + name, keys=keys, fields=("predictions_with_keys",))
        for name, keys in sorted(wanted.items())
    ]


def _bad_labels():
    return [
        _labels("labels_too_large", integers([[1], [2], [0]]), BATCHES[1].labels, **BAD),
        _labels("labels_negative", integers([[1], [-1], [0]]), BATCHES[1].labels, **LATE),
        _labels(
            "labels_float_too_large", floats([[1.0], [1.5], [0]]), floats([[1.0], [1], [0]]), **LATE
        ),
        _labels("labels_sparse", *[sparse_integers([[0, 0], [1, 0]], [1, 1], [3, 1])] * 2, **BAD),
        _labels("labels_sparse_floats", *[Sparse([[0, 0]], floats([1.0]), [3, 1])] * 2, **BAD),
    ]


CASES = (
    [make(TABLE, "defaults")]
    + _label_forms()
    + _logits()
    + _vocabulary()
    + _thresholds()
    + _prediction_keys()
    + _bad_labels()
    + common.weights(TABLE)
    + common.reductions(TABLE)
    + common.names(TABLE)
    + common.shapes(TABLE)
    + common.training(TABLE)
    + common.loss_functions(TABLE, "squared_difference")
    + common.bad_input(TABLE)
    + common.bad_weights(TABLE)
)
