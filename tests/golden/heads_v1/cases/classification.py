"""Cases of the heads for classes: one of two, one of several, several at once."""

import numpy as np

from tests.golden.data import (
    Batch,
    SparseValue,
    booleans,
    doubles,
    floats,
    integers,
    small_integers,
    sparse_integers,
    sparse_strings,
    strings,
    tiny_integers,
    with_labels,
)
from tests.golden.tables import weighted, with_batches

from .case import EVAL, EVAL_AND_PREDICT, LOSS, PREDICT, Table, case
from .common import WEIGHTS, common

X = floats([[42.0], [7.0], [1.5]])
LETTERS = ["a", "b", "c"]

BINARY = Table(
    "binary",
    "binary_classification_head",
    {},
    [
        Batch({"x": X}, floats([[45.0], [-41.0], [0.3]]), integers([[1], [1], [0]])),
        Batch({"x": X}, floats([[-0.7], [1.2], [-2.5]]), integers([[0], [1], [1]])),
    ],
    "squared_difference",
)
MULTI_CLASS = Table(
    "multi_class",
    "multi_class_head",
    {"n_classes": 3},
    [
        Batch(
            {"x": X},
            floats([[10.0, 0.0, 0.5], [0.0, 2.0, 0.25], [0.5, -0.25, 1.5]]),
            integers([[1], [1], [2]]),
        ),
        Batch(
            {"x": X},
            floats([[1.0, 2.0, 3.0], [0.1, 0.2, -0.3], [-2.0, 0.0, 2.0]]),
            integers([[0], [1], [2]]),
        ),
    ],
    "squared_difference",
)
MULTI_LABEL = Table(
    "multi_label",
    "multi_label_head",
    {"n_classes": 3},
    [
        Batch(
            {"x": X},
            floats([[-10.0, 10.0, 0.5], [-1.5, 1.0, -0.3], [2.0, 0.1, -4.0]]),
            integers([[1, 0, 1], [1, 1, 0], [0, 0, 1]]),
        ),
        Batch(
            {"x": X},
            floats([[1.0, -2.0, 0.7], [0.2, -1.0, 3.0], [0.0, 2.5, -0.6]]),
            integers([[0, 0, 1], [1, 0, 0], [0, 1, 1]]),
        ),
    ],
    "mean_over_classes",
)
CUBES = [
    Batch({}, floats([[[2.0], [-1.0]], [[0.5], [3.0]]]), integers([[[1], [0]], [[0], [1]]])),
    Batch({}, floats([[[-2.0], [-1.0]], [[1.5], [0.1]]]), integers([[[1], [1]], [[0], [1]]])),
]
CUBE_WEIGHTS = [floats([[1.0, 2.0], [3.0, 0.5]]), floats([[0.0, 1.0], [2.0, 4.0]])]


def words(table, vocabulary, shape=lambda labels: labels):
    """The table's batches with words in place of class ids."""
    return with_batches(
        table, lambda labels: shape(strings([[vocabulary[i] for i in row] for row in labels]))
    )


def absent(batches):
    """The batches with the first word replaced by one that is in no vocabulary."""
    labels = batches[0].labels.copy()
    labels[0, 0] = "absent"
    return [batches[0]._replace(labels=labels), batches[1]]


def label_types(table, **types):
    return [
        case(table, "labels_" + name, with_batches(table, change), fields=LOSS)
        for name, change in types.items()
    ]


def vocabularies(table, vocabulary):
    """For heads whose labels are one word each."""
    given = {"label_vocabulary": vocabulary}
    named = dict(given, name="my_head")
    flat = words(table, vocabulary, lambda labels: labels[:, 0])
    good = words(table, vocabulary)
    return [
        case(table, "label_vocabulary", good, given),
        case(
            table,
            "label_vocabulary_tuple",
            flat,
            {"label_vocabulary": tuple(vocabulary)},
            fields=LOSS,
        ),
        case(
            table,
            "label_vocabulary_shapes_unknown",
            good,
            named,
            shapes="unknown",
            fields=EVAL_AND_PREDICT,
        ),
        case(table, "label_vocabulary_of_one", good, {"label_vocabulary": ["b"]}, fields=LOSS),
        case(
            table,
            "label_vocabulary_a_string",
            good,
            {"label_vocabulary": "".join(vocabulary)},
        ),
        case(table, "label_vocabulary_ids_given", None, given, fields=LOSS),
        case(table, "label_vocabulary_word_absent", absent(good), given, fields=LOSS),
        case(table, "label_vocabulary_missing", good, fields=LOSS),
    ]


def thresholds(table):
    good = {"several": (0.1, 0.45, 0.9), "thirds": [1.0 / 3.0, 2.0 / 3.0]}
    bad = {"zero": [0.0], "one_exactly": [0.5, 1.0], "negative": [-0.5], "above_one": [1.5]}
    named = {"thresholds": [0.25, 0.75], "weight_column": "weights", "name": "my_head"}
    return [
        case(table, "thresholds_" + name, None, {"thresholds": value}, fields=("eval",))
        for name, value in sorted(good.items()) + sorted(bad.items())
    ] + [
        case(
            table,
            "thresholds_with_weights_and_name",
            weighted(table, WEIGHTS),
            named,
            fields=("eval",),
        )
    ]


def _binary():
    cubes = BINARY._replace(batches=CUBES)
    squares = with_batches(cubes, lambda labels: labels[..., 0])
    column = {"weight_column": "weights"}
    return (
        common(BINARY)
        + label_types(
            BINARY,
            of_rank_1=lambda labels: labels[:, 0],
            bool=booleans,
            int32=small_integers,
            double=doubles,
            fractional=lambda labels: floats(labels) * 0.75 + 0.1,
            too_large=lambda labels: labels + 1,
            negative=lambda labels: labels - 1,
        )
        + [
            case(cubes, "rank_3", squares, fields=EVAL + PREDICT),
            case(cubes, "rank_3_weighted", weighted(cubes, CUBE_WEIGHTS), column, fields=LOSS),
        ]
        + vocabularies(BINARY, ["a", "b"])
        + thresholds(BINARY)
    )


def _multi_class():
    deep = [
        batch._replace(logits=batch.logits[:, None, :], labels=batch.labels[:, None, :])
        for batch in MULTI_CLASS.batches
    ]
    wide = with_batches(MULTI_CLASS, lambda x: np.concatenate([x, 2 - x[:, :1]], 1), "logits")
    bad = {"none": None, "2": 2, "0": 0, "float": 3.5, "string": "3"}
    good = {"int8": np.int8(3), "int32": np.int32(3)}
    return (
        common(MULTI_CLASS)
        + label_types(
            MULTI_CLASS,
            of_rank_1=lambda labels: labels[:, 0],
            int32=small_integers,
            uint8=tiny_integers,
            float=floats,
            bool=lambda labels: booleans(labels > 1),
            too_large=lambda labels: labels + 1,
            negative=lambda labels: labels - 2,
        )
        + [case(MULTI_CLASS, "rank_3", deep, fields=EVAL + PREDICT)]
        + [case(MULTI_CLASS, "n_classes_" + key, None, {"n_classes": n}) for key, n in bad.items()]
        + [
            case(MULTI_CLASS, "n_classes_" + key, None, {"n_classes": n}, fields=EVAL_AND_PREDICT)
            for key, n in good.items()
        ]
        + vocabularies(MULTI_CLASS, LETTERS)
        + [
            case(
                MULTI_CLASS,
                "label_vocabulary_longer",
                words(MULTI_CLASS, LETTERS),
                {"label_vocabulary": LETTERS + ["d"]},
            ),
            case(
                MULTI_CLASS,
                "label_vocabulary_shorter",
                words(MULTI_CLASS._replace(batches=wide), LETTERS),
                {"label_vocabulary": LETTERS, "n_classes": 4},
            ),
        ]
    )


def sparse(table, make, value=lambda class_id: class_id):
    """The table's indicator labels as lists of the classes that apply."""

    def change(labels):
        rows, classes = np.nonzero(labels)
        columns = [int(np.sum(labels[row, :column])) for row, column in zip(rows, classes)]  # noqa: B905
        indices = [[int(row), column] for row, column in zip(rows, columns)]  # noqa: B905
        return make(indices, [value(class_id) for class_id in classes], [len(labels), 3])

    return with_batches(table, change)


def _sparse_value(*parts):
    return SparseValue(*sparse_integers(*parts))


def _sparse_labels():
    table = MULTI_LABEL
    ids = sparse(table, sparse_integers)
    names = sparse(table, sparse_strings, lambda class_id: LETTERS[class_id])
    unknown = sparse(table, sparse_strings, lambda class_id: "abz"[class_id])
    vocabulary = {"label_vocabulary": LETTERS}
    return [
        case(table, "labels_sparse", ids, fields=EVAL),
        case(table, "labels_sparse_value", sparse(table, _sparse_value), fields=LOSS),
        case(table, "labels_sparse_shapes_unknown", ids, shapes="unknown", fields=LOSS),
        case(table, "label_vocabulary", names, dict(vocabulary, name="my_head")),
        case(table, "label_vocabulary_dense_labels", None, vocabulary, fields=EVAL),
        case(table, "label_vocabulary_sparse_ids", ids, vocabulary, fields=LOSS),
        case(table, "label_vocabulary_word_absent", unknown, vocabulary, fields=LOSS),
        case(table, "label_vocabulary_missing", names, fields=LOSS),
        case(
            table,
            "label_vocabulary_tuple",
            names,
            {"label_vocabulary": ("a", "b", "c")},
            fields=LOSS,
        ),
        case(table, "label_vocabulary_too_short", names, {"label_vocabulary": ["a", "b"]}),
        case(table, "label_vocabulary_a_string", names, {"label_vocabulary": "abc"}),
        case(
            table,
            "labels_sparse_too_large",
            with_labels(table.batches, *[sparse_integers([[0, 0]], [3], [3, 1])] * 2),
            fields=LOSS,
        ),
    ]


def _class_based_metrics():
    table = MULTI_LABEL
    classes = "classes_for_class_based_metrics"
    vocabulary = {"label_vocabulary": LETTERS}
    good = {
        "ids": {classes: [0, 2]},
        "ids_with_vocabulary": dict(vocabulary, **{classes: (1,)}),
        "names": dict(vocabulary, **{classes: ["c", "a"], "name": "my_head"}),
        "empty": {classes: []},
    }
    bad = {
        "out_of_range": {classes: [0, 3]},
        "negative": {classes: [-1]},
        "names_without_vocabulary": {classes: ["a"]},
        "unknown_name": dict(vocabulary, **{classes: ["z"]}),
    }
    return [
        case(table, classes + "_" + name, None, arguments, fields=("eval",))
        for name, arguments in sorted(good.items()) + sorted(bad.items())
    ] + [
        case(
            table,
            classes + "_weighted",
            weighted(table, WEIGHTS),
            {classes: [1], "weight_column": "weights"},
            fields=("eval",),
        )
    ]


def _multi_label():
    deep = [
        batch._replace(logits=batch.logits[:, None, :], labels=batch.labels[:, None, :])
        for batch in MULTI_LABEL.batches
    ]
    bad = {"none": None, "1": 1, "string": "3"}
    return (
        common(MULTI_LABEL)
        + label_types(
            MULTI_LABEL,
            int32=small_integers,
            float=floats,
            bool=booleans,
            too_large=lambda labels: labels + 1,
            strings=lambda labels: strings(labels.astype(str)),
        )
        + [case(MULTI_LABEL, "rank_3", deep, fields=EVAL + PREDICT)]
        + [case(MULTI_LABEL, "n_classes_" + key, None, {"n_classes": n}) for key, n in bad.items()]
        + [
            case(
                MULTI_LABEL,
                "n_classes_int8",
                None,
                {"n_classes": np.int8(3)},
                fields=EVAL_AND_PREDICT,
            )
        ]
        + _sparse_labels()
        + thresholds(MULTI_LABEL)
        + _class_based_metrics()
        + [
            case(
                MULTI_LABEL,
                "n_classes_2",
                [
                    batch._replace(logits=batch.logits[:, :2], labels=batch.labels[:, :2])
                    for batch in MULTI_LABEL.batches
                ],
                {"n_classes": 2},
                fields=PREDICT,
            )
        ]
    )


CASES = _binary() + _multi_class() + _multi_label()
