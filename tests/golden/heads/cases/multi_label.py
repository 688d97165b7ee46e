"""Cases of MultiLabelHead."""

import numpy as np

from tests.golden.data import (
    Batch,
    Sparse,
    SparseValue,
    booleans,
    doubles,
    floats,
    integers,
    made,
    small_integers,
    sparse_integers,
    sparse_strings,
    strings,
    tiny_integers,
    with_labels,
    with_logits,
)
from tests.golden.tables import weighted

from . import common
from .case import case
from .common import BAD, BAD_LOGITS, FORMS, LATE, LOSSES, METRICS, WEIGHING, make

X = floats([[42.0], [7.0], [1.5]])
BATCHES = [
    Batch(
        {"x": X},
        floats([[-10.0, 10.0, 0.5], [-15.0, 10.0, -0.5], [2.0, -1.0, 0.25]]),
        integers([[1, 0, 0], [1, 1, 0], [0, 0, 1]]),
    ),
    Batch(
        {"x": X},
        floats([[1.0, 2.0, -3.0], [0.1, -0.2, 0.3], [-2.0, 0.0, 2.0]]),
        integers([[0, 1, 1], [0, 0, 0], [1, 1, 1]]),
    ),
]
TABLE = common.Table("multi_label", "MultiLabelHead", {"n_classes": 3}, BATCHES)

# The same labels as ids and as words; rows of unlike length, and one that is empty.
PLACES = [
    [[0, 0], [1, 0], [1, 1], [2, 0]],
    [[0, 0], [0, 1], [2, 0], [2, 1], [2, 2]],
]
IDS = [
    sparse_integers(PLACES[0], [0, 0, 1, 2], [3, 3]),
    sparse_integers(PLACES[1], [1, 2, 0, 1, 2], [3, 3]),
]
VOCABULARY = ["a", "b", "c"]
WORDS = [
    sparse_strings(PLACES[0], ["a", "a", "b", "c"], [3, 3]),
    sparse_strings(PLACES[1], ["b", "c", "a", "b", "c"], [3, 3]),
]
CUBES = [
    Batch(
        {"x": X},
        floats([[[2.0, 0.0, 1.0], [-1.0, 0.5, 0.0]], [[0.5, 3.0, 0.0], [1.0, 1.0, 2.0]]]),
        integers([[[1, 0, 0], [0, 1, 1]], [[0, 0, 0], [1, 1, 1]]]),
    ),
    Batch(
        {"x": X},
        floats([[[-2.0, 1.0, 1.0], [-1.0, 0.0, 3.0]], [[1.5, 0.0, 0.0], [0.1, 0.2, 0.3]]]),
        integers([[[1, 1, 0], [0, 0, 1]], [[0, 0, 1], [0, 1, 0]]]),
    ),
]
SQUARE_WEIGHTS = [floats([[1.0, 2.0], [3.0, 0.5]]), floats([[0.0, 1.0], [2.0, 4.0]])]


def _labels(name, first, second, arguments=None, **options):
    return make(TABLE, name, with_labels(BATCHES, first, second), arguments, **options)


def _forms():
    cubes = common.Table("multi_label", "MultiLabelHead", {"n_classes": 3}, CUBES)
    column = made("numeric_column", key="weights", shape=(2,))
    deep_column = made("numeric_column", key="weights", shape=(2, 1))
    ragged = [value[..., None] for value in SQUARE_WEIGHTS]
    return [
        _labels("labels_int32", *(small_integers(batch.labels) for batch in BATCHES), **LOSSES),
        _labels("labels_uint8", *(tiny_integers(batch.labels) for batch in BATCHES), **LOSSES),
        _labels("labels_float", *(floats(batch.labels) for batch in BATCHES), **LOSSES),
        _labels("labels_bool", *(booleans(batch.labels) for batch in BATCHES), **LOSSES),
        _labels("labels_sparse_ids", *IDS),
        _labels(
            "labels_sparse_ids_int32",
            *(
                Sparse(entry.indices, small_integers(entry.values), entry.dense_shape)
                for entry in IDS
            ),
            **LOSSES,
        ),
        _labels(
            "labels_sparse_ids_uint8",
            *(
                Sparse(entry.indices, tiny_integers(entry.values), entry.dense_shape)
                for entry in IDS
            ),
            **LOSSES,
        ),
        _labels("labels_sparse_value", *(SparseValue(*entry) for entry in IDS), fields=("loss",)),
        _labels("labels_sparse_ids_narrow", IDS[0]._replace(dense_shape=[3, 2]), IDS[1], **LOSSES),
        _labels("labels_sparse_empty", *[sparse_integers([[0, 0]], [1], [3, 1])] * 2),
        _labels("labels_sparse_ids_shapes_unknown", *IDS, shapes="unknown", **LOSSES),
        make(TABLE, "logits_double", with_logits(BATCHES, *(doubles(b.logits) for b in BATCHES))),
        make(
            TABLE,
            "logits_huge",
            with_logits(BATCHES, *(batch.logits * floats(1e5) for batch in BATCHES)),
        ),
        make(cubes, "rank_3", None, {"classes_for_class_based_metrics": [1]}),
        make(
            cubes,
            "rank_3_weights_of_rank_2",
            weighted(cubes, SQUARE_WEIGHTS),
            {"weight_column": column},
            **LOSSES,
        ),
        make(
            cubes,
            "rank_3_weights_of_rank_3",
            weighted(cubes, ragged),
            {"weight_column": deep_column},
            **LOSSES,
        ),
        case(
            "multi_label/n_classes_2",
            "MultiLabelHead",
            {"n_classes": 2, "name": "head1"},
            [
                Batch({}, floats([[-10.0, 10.0], [-15.0, 10.0]]), integers([[1, 0], [1, 1]])),
                Batch({}, floats([[0.5, 1.0], [0.0, -1.0]]), integers([[0, 0], [1, 0]])),
            ],
        ),
    ]


def _vocabulary():
    given = {"label_vocabulary": VOCABULARY}
    dense_words = [strings([["a"], ["b"], ["c"]])] * 2
    absent = sparse_strings([[0, 0], [1, 0]], ["a", "z"], [3, 1])
    return [
        _labels("label_vocabulary_sparse_words", *WORDS, arguments=given),
        _labels(
            "label_vocabulary_tuple",
            *WORDS,
            arguments={"label_vocabulary": tuple(VOCABULARY), "name": "words"},
        ),
        _labels(
            "label_vocabulary_indicators", *(batch.labels for batch in BATCHES), arguments=given
        ),
        _labels("label_vocabulary_sparse_ids_given", *IDS, arguments=given, **LOSSES),
        _labels(
            "label_vocabulary_shapes_unknown", *WORDS, arguments=given, shapes="unknown", **LOSSES
        ),
        _labels("label_vocabulary_word_absent", absent, WORDS[1], arguments=given, **BAD),
        _labels("label_vocabulary_missing", *WORDS, **BAD),
        _labels("label_vocabulary_dense_words", *dense_words, arguments=given, **BAD),
        make(TABLE, "label_vocabulary_too_short", None, {"label_vocabulary": ["a", "b"]}),
        make(TABLE, "label_vocabulary_too_long", None, {"label_vocabulary": list("abcd")}),
        make(TABLE, "label_vocabulary_a_string", None, {"label_vocabulary": "abc"}),
    ]


def _class_based_metrics():
    key = "classes_for_class_based_metrics"
    named = {"label_vocabulary": VOCABULARY}
    return [
        make(TABLE, "classes_ints", None, {key: [0, 2]}),
        make(
            TABLE,
            "classes_tuple_with_name",
            weighted(TABLE, common.WEIGHTS),
            {key: (1,), "name": "my_head", "weight_column": "weights"},
        ),
        make(TABLE, "classes_ints_with_vocabulary", None, dict(named, **{key: [1]}), **METRICS),
        make(TABLE, "classes_strings", None, dict(named, **{key: ["c", "a"]}), **METRICS),
        make(TABLE, "classes_empty", None, {key: []}, **METRICS),
        make(TABLE, "classes_too_large", None, {key: [0, 3]}),
        make(TABLE, "classes_negative", None, {key: [-1]}),
        make(TABLE, "classes_not_in_vocabulary", None, dict(named, **{key: ["a", "z"]})),
        make(TABLE, "classes_strings_without_vocabulary", None, {key: ["a"]}),
        make(TABLE, "classes_not_a_list", None, {key: 1}),
    ]


def _constructor():
    n_classes = {"none": None, "0": 0, "1": 1, "negative": -3, "string": "3"}
    numbers = {"int8": np.int8(3), "tensor": made("scalar_tensor", value=3)}
    good = {"one": [0.5], "several": (0.1, 0.45, 0.9), "with_thirds": [1.0 / 3.0]}
    bad = {"0": [0.0], "1": [0.5, 1.0], "above_1": [1.5], "not_a_list": 0.5}
    thresholds = sorted(good.items()) + sorted(bad.items())
    return (
        [
            make(TABLE, "n_classes_" + name, None, {"n_classes": value})
            for name, value in n_classes.items()
        ]
        + [
            make(TABLE, "n_classes_" + name, None, {"n_classes": value}, **FORMS)
            for name, value in numbers.items()
        ]
        + [
            make(TABLE, "thresholds_" + name, None, {"thresholds": value}, **METRICS)
            for name, value in thresholds
        ]
        + [
            make(
                TABLE,
                "thresholds_with_everything",
                weighted(with_sparse_words(), common.WEIGHTS),
                {
                    "thresholds": [0.25, 0.75],
                    "weight_column": "weights",
                    "label_vocabulary": VOCABULARY,
                    "classes_for_class_based_metrics": ["b"],
                    "name": "my_head",
                },
                regularization_losses=[0.5],
            ),
        ]
    )


def with_sparse_words():
    return TABLE._replace(batches=with_labels(BATCHES, *WORDS))


def _prediction_keys():
    wanted = {
        "one": ["probabilities"],
        "several": ["logits", "classes"],
        "empty": [],
        "unknown": ["nonsense"],
        "of_another_head": ["class_ids"],
    }
    return [
        make(TABLE, "keys_" + name, keys=keys, fields=("predictions_with_keys",))
        for name, keys in wanted.items()
    ]


def _bad_labels():
    last = BATCHES[1].labels
    too_large = integers([[1, 0, 2], [0, 0, 0], [1, 1, 1]])
    places = [[0, 0], [1, 0]]
    narrow = with_logits(BATCHES, *(batch.logits[:, :2] for batch in BATCHES))
    return [
        _labels("labels_too_large", too_large, last, **BAD),
        _labels("labels_too_large_unknown", too_large, last, shapes="unknown", **LATE),
        _labels("labels_negative", integers([[1, 0, -1], [0, 0, 0], [1, 1, 1]]), last, **LATE),
        _labels("labels_fractional", *[floats([[0.5, 0.0, 1.0]] * 3)] * 2, **WEIGHING),
        _labels("labels_sparse_too_large", sparse_integers(places, [0, 3], [3, 1]), last, **BAD),
        _labels("labels_sparse_negative", sparse_integers(places, [0, -1], [3, 1]), last, **LATE),
        _labels("labels_sparse_floats", Sparse(places, floats([0.0, 1.0]), [3, 1]), last, **BAD),
        _labels("labels_sparse_too_few", *[sparse_integers(places, [0, 1], [2, 1])] * 2, **BAD),
        _labels("labels_narrow", *(batch.labels[:, :2] for batch in BATCHES), **BAD),
        _labels("labels_of_rank_1", *(batch.labels[:, 0] for batch in BATCHES), **BAD),
        make(TABLE, "logits_too_narrow", narrow, **BAD_LOGITS),
    ]


CASES = (
    [make(TABLE, "defaults")]
    + _forms()
    + _vocabulary()
    + _class_based_metrics()
    + _constructor()
    + _prediction_keys()
    + _bad_labels()
    + common.weights(TABLE)
    + common.reductions(TABLE)
    + common.names(TABLE)
    + common.shapes(TABLE)
    + common.training(TABLE)
    + common.loss_functions(TABLE, "mean_over_classes")
    + common.bad_input(TABLE)
    + common.bad_weights(TABLE)
)
