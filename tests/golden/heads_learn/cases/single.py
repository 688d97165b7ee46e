"""Cases of the heads for one task."""

import numpy as np

from tests.golden.data import (
    Batch,
    SparseValue,
    doubles,
    floats,
    integers,
    made,
    sparse_integers,
    strings,
)
from tests.golden.tables import weighted, with_batches

from .case import EVAL, INFER, TRAIN, Table, case
from .common import WEIGHTS, common, of_rank_1

X = floats([[42.0], [7.0], [1.5]])
ONE_LOGIT = [floats([[2.0], [-1.0], [0.5]]), floats([[0.25], [1.5], [-0.75]])]
THREE_LOGITS = [
    floats([[1.0, 0.0, 0.5], [0.0, 2.0, 0.25], [0.5, -0.25, 1.5]]),
    floats([[1.0, 2.0, 3.0], [0.1, 0.2, -0.3], [-2.0, 0.0, 2.0]]),
]
CLASS_WEIGHTS = [
    floats([[1.0, 0.0, 2.0], [2.5, 1.0, 0.5], [0.5, 4.0, 1.0]]),
    floats([[0.25, 2.0, 1.0], [0.0, 0.0, 3.0], [1.5, 1.0, 0.5]]),
]


def _table(prefix, factory, logits, labels, **arguments):
    batches = [Batch({"x": X}, logits[number], labels[number]) for number in range(2)]
    return Table(prefix, factory, arguments, batches)


NUMBERS = [floats([[1.5], [-2.0], [3.0]]), floats([[0.0], [2.5], [-1.0]])]
COUNTS = [floats([[1.0], [0.0], [4.0]]), floats([[2.0], [7.0], [0.0]])]
FLAGS = [integers([[1], [0], [0]]), integers([[0], [1], [1]])]
CLASSES = [integers([[1], [1], [2]]), integers([[0], [1], [2]])]
MANY_HOT = [
    integers([[1, 0, 1], [0, 0, 0], [0, 1, 1]]),
    integers([[0, 0, 1], [1, 1, 1], [0, 1, 0]]),
]

REGRESSION = _table("regression", "regression_head", ONE_LOGIT, NUMBERS)
POISSON = _table("poisson", "poisson_regression_head", ONE_LOGIT, COUNTS)
BINARY = _table("binary", "multi_class_head", ONE_LOGIT, FLAGS, n_classes=2)
SVM = _table("svm", "binary_svm_head", ONE_LOGIT, FLAGS)
MULTI_CLASS = _table("multi_class", "multi_class_head", THREE_LOGITS, CLASSES, n_classes=3)
MULTI_LABEL = _table("multi_label", "multi_label_head", THREE_LOGITS, MANY_HOT, n_classes=3)
TRIPLES = _table(
    "regression_of_triples",
    "regression_head",
    THREE_LOGITS,
    [logits - 0.5 for logits in THREE_LOGITS],
    label_dimension=3,
)
COUNTS_OF_TRIPLES = _table(
    "poisson_of_triples",
    "poisson_regression_head",
    THREE_LOGITS,
    [labels.astype("float32") for labels in MANY_HOT],
    label_dimension=3,
)


def _regression():
    links = [
        case(table, "link_fn", arguments={"link_fn": made("doubled_with_its_rank")})
        for table in (REGRESSION, TRIPLES)
    ]
    triples = [
        case(table, name, batches, arguments, **options)
        for table in (TRIPLES, COUNTS_OF_TRIPLES)
        for name, batches, arguments, options in (
            ("defaults", None, None, {}),
            (
                "weights",
                weighted(table, WEIGHTS),
                {"weight_column_name": "weights"},
                {"fields": EVAL},
            ),
            (
                "weights_of_each_label",
                weighted(table, CLASS_WEIGHTS),
                {"weight_column_name": "weights", "enable_centered_bias": True},
                {"fields": EVAL + TRAIN},
            ),
            ("centered_bias", None, {"enable_centered_bias": True}, {"fields": TRAIN}),
        )
    ]
    bad = [
        case(table, f"label_dimension_{dimension}", arguments={"label_dimension": dimension})
        for table in (REGRESSION, POISSON)
        for dimension in (0, -1, None)
    ]
    sparse = sparse_integers([[0, 0]], [1], [3, 1])
    return links + triples + bad + [_sparse(REGRESSION, sparse), _sparse(POISSON, sparse)]


def _sparse(table, labels):
    return case(table, "labels_sparse", with_batches(table, lambda _: labels), fields=EVAL)


def _thresholds(table):
    arguments = {"thresholds": [0.25, 0.75], "head_name": "my_head"}
    return [
        case(table, "thresholds", arguments=arguments, fields=EVAL),
        case(table, "thresholds_empty", arguments={"thresholds": []}, fields=EVAL),
    ]


def _loss_functions(table):
    with_weights = weighted(table, WEIGHTS)
    loss_fn = {"loss_fn": made("weighted_gap")}
    column = {"weight_column_name": "weights"}
    return [
        case(table, "loss_fn", arguments=loss_fn),
        case(table, "loss_fn_weighted", with_weights, dict(loss_fn, **column), fields=EVAL + TRAIN),
        case(
            table,
            "loss_fn_with_centered_bias",
            arguments=dict(loss_fn, enable_centered_bias=True),
            fields=TRAIN,
        ),
        case(
            table,
            "loss_fn_of_tf_losses",
            with_weights,
            dict(column, loss_fn=made("mean_of_squares_of_tf_losses")),
            fields=EVAL,
        ),
        case(
            table, "loss_fn_of_integers", arguments={"loss_fn": made("integer_total")}, fields=EVAL
        ),
        case(table, "loss_fn_partial", arguments={"loss_fn": made("partial_gap")}, fields=EVAL),
        case(table, "loss_fn_callable", arguments={"loss_fn": made("callable_gap")}, fields=EVAL),
        case(table, "loss_fn_without_weights", arguments={"loss_fn": made("without_weights")}),
        case(table, "loss_fn_without_labels", arguments={"loss_fn": made("labels_unnamed")}),
    ]


def _classification():
    outside = [{"metric_class_ids": [3]}, {"metric_class_ids": [-1]}]
    keys = ["a", "b", "c"]
    words = with_batches(MULTI_CLASS, lambda ids: strings(keys)[ids])
    strange = with_batches(MULTI_CLASS, lambda ids: strings(["a", "b", "z"])[ids])
    flat_words = with_batches(MULTI_CLASS, lambda ids: strings(keys)[ids[:, 0]])
    label_keys = {"label_keys": keys}
    everything = dict(
        label_keys,
        head_name="my_head",
        weight_column_name="weights",
        enable_centered_bias=True,
        metric_class_ids=[0, 2],
    )
    weighted_words = weighted(MULTI_CLASS._replace(batches=words), WEIGHTS)
    ids = {"metric_class_ids": [0, 2], "head_name": "my_head"}
    sparse = sparse_integers([[0, 0], [0, 2], [2, 1]], [0, 2, 1], [3, 3])
    out_of_range = sparse_integers([[0, 0], [2, 1]], [0, 3], [3, 3])
    cases = [
        case(MULTI_CLASS, "label_keys", words, label_keys),
        case(MULTI_CLASS, "label_keys_with_everything", weighted_words, everything),
        case(MULTI_CLASS, "label_keys_and_labels_of_rank_1", flat_words, label_keys, fields=EVAL),
        case(MULTI_CLASS, "label_keys_tuple", words, {"label_keys": tuple(keys)}, fields=EVAL),
        case(
            MULTI_CLASS,
            "label_keys_and_loss_fn",
            words,
            dict(label_keys, loss_fn=made("weighted_gap")),
            fields=EVAL,
        ),
        case(MULTI_CLASS, "label_keys_and_integers", None, label_keys, fields=EVAL),
        case(MULTI_CLASS, "label_keys_without_a_label", strange, label_keys, fields=EVAL),
        case(MULTI_CLASS, "label_keys_too_few", words, {"label_keys": keys[:2]}),
        case(
            MULTI_CLASS,
            "labels_out_of_range",
            with_batches(MULTI_CLASS, lambda ids: ids + 1),
            fields=EVAL,
        ),
        case(BINARY, "label_keys", None, {"label_keys": keys[:2]}),
        case(BINARY, "metric_class_ids", None, {"metric_class_ids": [0]}),
        case(BINARY, "metric_class_ids_empty", None, {"metric_class_ids": []}, fields=INFER),
        case(
            BINARY,
            "labels_probabilities",
            with_batches(BINARY, lambda labels: floats(labels * 0.5 + 0.25)),
            fields=EVAL,
        ),
        case(MULTI_LABEL, "labels_sparse", with_batches(MULTI_LABEL, lambda _: sparse)),
        case(
            MULTI_LABEL,
            "labels_sparse_value",
            with_batches(MULTI_LABEL, lambda _: SparseValue(*sparse)),
            fields=EVAL + TRAIN,
        ),
        case(
            MULTI_LABEL,
            "labels_sparse_out_of_range",
            with_batches(MULTI_LABEL, lambda _: out_of_range),
            fields=EVAL,
        ),
        case(
            MULTI_LABEL,
            "weights_of_each_class",
            weighted(MULTI_LABEL, CLASS_WEIGHTS),
            dict(ids, weight_column_name="weights"),
            fields=EVAL,
        ),
    ]
    for table in (BINARY, SVM, MULTI_CLASS):
        cases.append(_sparse(table, sparse_integers([[0, 0]], [1], [3, 1])))
    for table in (BINARY, SVM):
        minus_one = with_batches(table, lambda labels: labels * 2 - 1)
        cases.append(case(table, "labels_minus_one_and_one", minus_one, fields=EVAL))
    for table in (MULTI_CLASS, MULTI_LABEL):
        with_ids = weighted(table, WEIGHTS)
        cases += [
            case(table, "metric_class_ids", None, ids, fields=EVAL + TRAIN),
            case(
                table,
                "metric_class_ids_weighted",
                with_ids,
                dict(ids, weight_column_name="weights"),
                fields=EVAL,
            ),
            case(table, "metric_class_ids_too_high", None, outside[0]),
            case(table, "metric_class_ids_negative", None, outside[1]),
            case(table, "n_classes_1", None, {"n_classes": 1}),
            case(table, "n_classes_none", None, {"n_classes": None}),
            case(table, "n_classes_int8", None, {"n_classes": np.int8(3)}, fields=EVAL + INFER),
        ]
    return cases


def _strange_logits(table):
    """Logits of another dtype or rank, and placeholders of which nothing is known."""
    doubles_ = with_batches(table, doubles, "logits")
    flat = with_batches(table, lambda logits: logits[:, 0], "logits")
    deep = [
        batch._replace(logits=batch.logits[:, None], labels=batch.labels[:, None])
        for batch in table.batches
    ]
    return [
        case(table, "logits_double", doubles_, fields=EVAL + INFER),
        case(table, "logits_of_rank_1", flat, fields=INFER),
        case(table, "rank_3", deep, fields=EVAL),
        case(table, "shapes_unknown", shapes="unknown", fields=EVAL + INFER),
    ]


ONE_LABEL = (REGRESSION, POISSON, BINARY, SVM, MULTI_CLASS)
WITH_THRESHOLDS = (BINARY, SVM, MULTI_CLASS, MULTI_LABEL)
WITH_LOSS_FN = (BINARY, MULTI_CLASS, MULTI_LABEL)

CASES = (
    [entry for table in ONE_LABEL + (MULTI_LABEL,) for entry in common(table)]
    + [entry for table in ONE_LABEL for entry in of_rank_1(table)]
    + [entry for table in WITH_THRESHOLDS for entry in _thresholds(table)]
    + [entry for table in WITH_LOSS_FN for entry in _loss_functions(table)]
    + [entry for table in (TRIPLES, BINARY, MULTI_CLASS) for entry in _strange_logits(table)]
    + _regression()
    + _classification()
)
