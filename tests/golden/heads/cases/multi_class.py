"""Cases of MultiClassHead."""

import numpy as np

from tests.golden.data import (
    Batch,
    booleans,
    doubles,
    floats,
    integers,
    made,
    small_integers,
    sparse_integers,
    strings,
    tiny_integers,
    with_labels,
    with_logits,
)
from tests.golden.tables import weighted

from . import common
from .case import case
from .common import BAD, BAD_LOGITS, FORMS, LOSSES, make

X = floats([[42.0], [7.0], [1.5]])
BATCHES = [
    Batch(
        {"x": X},
        floats([[10.0, 0.0, 0.0], [0.0, 10.0, 0.0], [0.5, -0.25, 1.5]]),
        integers([[1], [1], [2]]),
    ),
    Batch(
        {"x": X},
        floats([[1.0, 2.0, 3.0], [0.1, 0.2, -0.3], [-2.0, 0.0, 2.0]]),
        integers([[0], [1], [2]]),
    ),
]
TABLE = common.Table("multi_class", "MultiClassHead", {"n_classes": 3}, BATCHES)

# The example of the API documentation: average_loss 5.00, accuracy 0.50.
DOCUMENTED = Batch({"x": integers([[42]])}, floats([[10, 0, 0], [0, 10, 0]]), integers([[1], [1]]))
WORDS = [strings([["b"], ["b"], ["c"]]), strings([["a"], ["b"], ["c"]])]
VOCABULARY = ["a", "b", "c"]
CUBES = [
    Batch(
        {"x": X},
        floats([[[2.0, 0.0, 1.0], [-1.0, 0.5, 0.0]], [[0.5, 3.0, 0.0], [1.0, 1.0, 2.0]]]),
        integers([[[1], [0]], [[0], [2]]]),
    ),
    Batch(
        {"x": X},
        floats([[[-2.0, 1.0, 1.0], [-1.0, 0.0, 3.0]], [[1.5, 0.0, 0.0], [0.1, 0.2, 0.3]]]),
        integers([[[2], [2]], [[0], [1]]]),
    ),
]
SQUARE_WEIGHTS = [floats([[1.0, 2.0], [3.0, 0.5]]), floats([[0.0, 1.0], [2.0, 4.0]])]


def _labels(name, first, second, arguments=None, **options):
    return make(TABLE, name, with_labels(BATCHES, first, second), arguments, **options)


def _forms():
    flat = [batch.labels[:, 0] for batch in BATCHES]
    cubes = common.Table("multi_class", "MultiClassHead", {"n_classes": 3}, CUBES)
    column = made("numeric_column", key="weights", shape=(2,))
    deep_column = made("numeric_column", key="weights", shape=(2, 1))
    return [
        make(TABLE, "documented_example", [DOCUMENTED], raw=True, executions=("eager",)),
        make(TABLE, "documented_example_of_tensors", [DOCUMENTED]),
        _labels("labels_int32", *(small_integers(batch.labels) for batch in BATCHES), **LOSSES),
        _labels("labels_uint8", *(tiny_integers(batch.labels) for batch in BATCHES), **LOSSES),
        _labels("labels_of_rank_1", *flat),
        _labels("labels_of_rank_1_batch_size_unknown", *flat, shapes="batch", **LOSSES),
        _labels("labels_of_rank_1_shapes_unknown", *flat, shapes="unknown", **LOSSES),
        make(TABLE, "logits_double", with_logits(BATCHES, *(doubles(b.logits) for b in BATCHES))),
        make(
            TABLE,
            "logits_huge",
            with_logits(BATCHES, *(batch.logits * floats(1e6) for batch in BATCHES)),
        ),
        make(
            TABLE,
            "logits_equal",
            with_logits(BATCHES, floats([[1.0] * 3] * 3), BATCHES[1].logits),
        ),
        make(cubes, "rank_3"),
        make(
            cubes,
            "rank_3_labels_of_rank_2",
            with_labels(CUBES, *(batch.labels[..., 0] for batch in CUBES)),
            **LOSSES,
        ),
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
            weighted(cubes, [value[..., None] for value in SQUARE_WEIGHTS]),
            {"weight_column": deep_column},
            **LOSSES,
        ),
        case(
            "multi_class/n_classes_5",
            "MultiClassHead",
            {"n_classes": 5, "label_vocabulary": tuple("vwxyz"), "name": "five"},
            [
                Batch({}, floats([[0, 1, 2, 3, 4.0], [5, 0, 0, 1, 0]]), strings([["v"], ["z"]])),
                Batch({}, floats([[9, 1, 2, 3, 4.0], [5, 0, 6, 1, 0]]), strings([["w"], ["x"]])),
            ],
        ),
    ]


def _vocabulary():
    words = with_labels(BATCHES, *WORDS)
    given = {"label_vocabulary": VOCABULARY}
    return [
        make(TABLE, "label_vocabulary_list", words, given),
        make(TABLE, "label_vocabulary_tuple", words, {"label_vocabulary": tuple(VOCABULARY)}),
        make(
            TABLE,
            "label_vocabulary_labels_of_rank_1",
            with_labels(BATCHES, *(labels[:, 0] for labels in WORDS)),
            given,
            **LOSSES,
        ),
        make(
            TABLE,
            "label_vocabulary_shapes_unknown",
            words,
            dict(given, name="words"),
            shapes="unknown",
        ),
        make(TABLE, "label_vocabulary_ids_given", None, given, **BAD),
        _labels(
            "label_vocabulary_floats_given",
            *(floats(b.labels) for b in BATCHES),
            arguments=given,
            **BAD,
        ),
        _labels(
            "label_vocabulary_word_absent",
            strings([["a"], ["z"], ["b"]]),
            WORDS[1],
            arguments=given,
            **BAD,
        ),
        make(TABLE, "label_vocabulary_missing", words, **BAD),
        make(TABLE, "label_vocabulary_too_short", words, {"label_vocabulary": ["a", "b"]}),
        make(TABLE, "label_vocabulary_too_long", words, {"label_vocabulary": list("abcd")}),
        make(TABLE, "label_vocabulary_a_string", words, {"label_vocabulary": "abc"}),
    ]


def _constructor():
    values = {
        "none": None,
        "0": 0,
        "1": 1,
        "2": 2,
        "negative": -3,
        "true": True,
        "float": 3.0,
        "string": "3",
    }
    numbers = {
        "int8": np.int8(3),
        "int32": np.int32(3),
        "int64": np.int64(3),
        "tensor": made("scalar_tensor", value=3),
    }
    # With labels of int64, TF 2.15 cannot compare them with a Tensor of int32.
    small = with_labels(BATCHES, *(small_integers(batch.labels) for batch in BATCHES))
    return [
        make(TABLE, "n_classes_" + name, None, {"n_classes": value})
        for name, value in values.items()
    ] + [
        make(TABLE, "n_classes_" + name, small, {"n_classes": value}, **FORMS)
        for name, value in numbers.items()
    ]


def _prediction_keys():
    wanted = {
        "one": ["probabilities"],
        "classes": ["classes"],
        "several": ["logits", "class_ids", "all_classes", "all_class_ids"],
        "empty": [],
        "unknown": ["classes", "nonsense"],
        "of_another_head": ["logistic"],
        "a_string": "logits",
    }
    return [
        make(TABLE, "keys_" + name, keys=keys, fields=("predictions_with_keys",))
        for name, keys in wanted.items()
    ]


def _bad_labels():
    last = BATCHES[1].labels
    return [
        _labels("labels_too_large", integers([[1], [3], [0]]), last, **BAD),
        _labels(
            "labels_too_large_unknown", integers([[1], [3], [0]]), last, shapes="unknown", **BAD
        ),
        _labels("labels_negative", integers([[1], [-1], [0]]), last, **BAD),
        _labels("labels_float", *(floats(b.labels) for b in BATCHES), **BAD),
        _labels("labels_bool", *(booleans(b.labels) for b in BATCHES), **BAD),
        _labels("labels_one_hot", *[integers([[1, 0, 0], [0, 1, 0], [0, 0, 1]])] * 2, **BAD),
        _labels("labels_sparse", *[sparse_integers([[0, 0], [1, 0]], [1, 2], [3, 1])] * 2, **BAD),
        make(
            TABLE,
            "logits_too_narrow",
            with_logits(BATCHES, *(batch.logits[:, :2] for batch in BATCHES)),
            **BAD_LOGITS,
        ),
    ]


CASES = (
    [make(TABLE, "defaults")]
    + _forms()
    + _vocabulary()
    + _constructor()
    + _prediction_keys()
    + _bad_labels()
    + common.weights(TABLE)
    + common.weight_columns(TABLE)
    + common.reductions(TABLE)
    + common.names(TABLE)
    + common.shapes(TABLE)
    + common.training(TABLE)
    + common.loss_functions(TABLE, "squared_difference")
    + common.bad_input(TABLE)
    + common.bad_weights(TABLE)
)
