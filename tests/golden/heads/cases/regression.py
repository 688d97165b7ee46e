"""Cases of RegressionHead, PoissonRegressionHead and LogisticRegressionHead."""

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
    with_labels,
    with_logits,
)
from tests.golden.tables import weighted

from . import common
from .common import BAD, LOSSES, WEIGHTS, make

X = floats([[42.0], [7.0], [1.5]])
BATCHES = [
    Batch({"x": X}, floats([[45.0], [41.0], [-0.5]]), floats([[43.0], [44.0], [0.25]])),
    Batch({"x": X}, floats([[1.0], [-2.0], [0.5]]), floats([[0.0], [3.5], [0.75]])),
]
COUNTS = [
    Batch({"x": X}, floats([[0.5], [-1.0], [2.0]]), floats([[1.0], [0.0], [7.0]])),
    Batch({"x": X}, floats([[1.5], [0.0], [-2.0]]), floats([[4.0], [2.5], [0.5]])),
]
CHANCES = [
    Batch({"x": X}, floats([[0.5], [-41.0], [45.0]]), floats([[0.25], [0.0], [1.0]])),
    Batch({"x": X}, floats([[1.5], [0.0], [-2.0]]), floats([[1.0], [0.5], [0.1]])),
]
TABLE = common.Table("regression", "RegressionHead", {}, BATCHES)
POISSON = common.Table("poisson", "PoissonRegressionHead", {}, COUNTS)
LOGISTIC = common.Table("logistic", "LogisticRegressionHead", {}, CHANCES)

PAIRS = [
    Batch(
        {"x": X},
        floats([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0]]),
        floats([[2.0, 2.0], [0.0, 1.0], [4.0, 0.5]]),
    ),
    Batch(
        {"x": X},
        floats([[0.0, 1.0], [1.5, 2.5], [-0.5, 3.0]]),
        floats([[1.0, 0.0], [2.0, 3.0], [0.0, 5.0]]),
    ),
]
PAIR_WEIGHTS = [floats([[1.0, 0.5], [2.0, 0.0], [3.0, 1.0]]), floats([[0.1, 4.0]] * 3)]
TRIPLES = [
    Batch({}, floats([[1.0, 2.0, 3.0], [0.0, 0.5, 1.0]]), integers([[1, 0, 2], [3, 4, 0]])),
    Batch({}, floats([[0.5, 2.0, 1.0], [1.0, 0.5, 2.0]]), integers([[2, 0, 1], [0, 1, 0]])),
]
CUBES = [
    Batch({"x": X}, floats([[[2], [-1]], [[0.5], [3]]]), floats([[[1], [0]], [[2], [1]]])),
    Batch({"x": X}, floats([[[1], [1.5]], [[0], [-3]]]), floats([[[0.5], [0.1]], [[1], [0.5]]])),
]
SQUARE_WEIGHTS = [floats([[1.0, 2.0], [3.0, 0.5]]), floats([[0.0, 1.0], [2.0, 4.0]])]


def _labels(table, name, change, **options):
    labels = [change(batch.labels) for batch in table.batches]
    return make(table, name, with_labels(table.batches, *labels), **options)


def _label_forms(table):
    return [
        _labels(table, "labels_int32", small_integers),
        _labels(table, "labels_int64", integers, **LOSSES),
        _labels(table, "labels_double", doubles, **LOSSES),
        _labels(table, "labels_bool", booleans, **LOSSES),
        _labels(table, "labels_of_rank_1", lambda labels: labels[:, 0]),
        _labels(
            table,
            "labels_of_rank_1_batch_size_unknown",
            lambda labels: labels[:, 0],
            shapes="batch",
            **LOSSES,
        ),
    ]


def _label_dimensions(table):
    """label_dimension above 1, with one weight an example and one weight a value."""
    pairs = table._replace(batches=PAIRS, arguments={"label_dimension": 2})
    triples = table._replace(batches=TRIPLES, arguments={"label_dimension": 3})
    column = made("numeric_column", key="weights", shape=(2,))
    arguments = {"weight_column": column, "loss_reduction": "sum", "name": "pair"}
    too_small = {"0": 0, "negative": -1, "none": None, "string": "1"}
    return [
        make(pairs, "label_dimension_2"),
        make(triples, "label_dimension_3_int_labels"),
        make(
            pairs,
            "label_dimension_2_weights_of_rank_1",
            weighted(pairs, [value[:, 0] for value in WEIGHTS]),
            {"weight_column": "weights"},
        ),
        make(
            pairs,
            "label_dimension_2_weights_for_each",
            weighted(pairs, PAIR_WEIGHTS),
            {"weight_column": column},
        ),
        make(
            pairs,
            "label_dimension_2_weights_for_each_sum",
            weighted(pairs, PAIR_WEIGHTS),
            arguments,
            regularization_losses=[1.0],
        ),
        make(
            pairs,
            "label_dimension_2_weights_for_each_shapes_unknown",
            weighted(pairs, PAIR_WEIGHTS),
            {"weight_column": column},
            shapes="unknown",
            **LOSSES,
        ),
        make(
            pairs,
            "label_dimension_2_labels_of_rank_1",
            with_labels(PAIRS, *(batch.labels[:, 0] for batch in PAIRS)),
            **BAD,
        ),
        make(
            pairs,
            "label_dimension_2_labels_too_narrow",
            with_labels(PAIRS, *(batch.labels[:, :1] for batch in PAIRS)),
            **BAD,
        ),
    ] + [
        make(table, "label_dimension_" + name, None, {"label_dimension": value})
        for name, value in too_small.items()
    ]


def _high_rank(table):
    cubes = table._replace(batches=CUBES)
    column = made("numeric_column", key="weights", shape=(2,))
    return [
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
    ]


def _logits(table):
    logits = [batch.logits for batch in table.batches]
    return [
        make(table, "logits_double", with_logits(table.batches, *map(doubles, logits))),
        make(
            table, "logits_integers", with_logits(table.batches, *map(integers, logits)), **LOSSES
        ),
    ]


def _links(table):
    return [
        make(table, "inverse_link_fn", None, {"inverse_link_fn": made("exponential")}),
        make(
            table,
            "inverse_link_fn_with_loss_fn",
            None,
            {
                "inverse_link_fn": made("exponential"),
                "loss_fn": made("absolute_difference"),
                "name": "my_head",
            },
        ),
        make(
            table,
            "inverse_link_fn_of_wrong_shape",
            None,
            {"inverse_link_fn": made("three_columns")},
        ),
    ]


def _bad_labels(table):
    sparse = [sparse_integers([[0, 0], [1, 0]], [1, 1], [3, 1])] * 2
    words = [strings([["1"], ["2"], ["3"]])] * 2
    return [
        make(table, "labels_sparse", with_labels(table.batches, *sparse), **BAD),
        make(table, "labels_strings", with_labels(table.batches, *words), **BAD),
        make(table, "keys_not_taken", keys=["predictions"], fields=("predictions_with_keys",)),
    ]


def _out_of_range(table, values):
    """Labels outside what the loss is made for."""
    labels = [floats(values)] * 2
    return [
        make(table, "labels_out_of_range", with_labels(table.batches, *labels), **BAD),
        make(
            table,
            "labels_out_of_range_unknown",
            with_labels(table.batches, *labels),
            shapes="unknown",
            **BAD,
        ),
    ]


def _poisson():
    full = [
        make(POISSON, "compute_full_loss_" + str(value).lower(), None, {"compute_full_loss": value})
        for value in (True, False)
    ]
    return full + [
        make(
            POISSON,
            "compute_full_loss_false_with_weights",
            weighted(POISSON, WEIGHTS),
            {
                "compute_full_loss": False,
                "weight_column": "weights",
                "loss_reduction": "sum",
            },
        ),
    ]


# Of the cases of RegressionHead, those that its subclasses are asked as well.
INHERITED = {
    "defaults",
    "labels_int32",
    "labels_bool",
    "labels_of_rank_1",
    "rank_3",
    "logits_double",
    "weight_column_string",
    "weight_column_of_rank_1",
    "weight_column_normalized",
    "weight_column_all_zero",
    "weight_column_absent",
    "weight_column_too_many",
    "loss_reduction_sum",
    "loss_reduction_none",
    "loss_reduction_sum_with_weights",
    "name",
    "name_with_regularization_losses",
    "regularization_losses",
    "batch_size_unknown",
    "shapes_unknown",
    "numpy_inputs",
    "optimizer",
    "update_ops",
    "optimizer_and_train_op_fn",
    "labels_none",
    "labels_of_wrong_last_dimension",
    "labels_of_wrong_batch_size",
    "logits_of_wrong_last_dimension",
    "logits_of_rank_1",
    "keys_not_taken",
}


def _inherited(table):
    return [case for case in _shared(table) if case.id.split("/")[1] in INHERITED]


def _shared(table):
    return (
        [make(table, "defaults")]
        + _label_forms(table)
        + _high_rank(table)
        + _logits(table)
        + _bad_labels(table)
        + common.weights(table)
        + common.weight_columns(table)
        + common.reductions(table)
        + common.names(table)
        + common.shapes(table)
        + common.training(table)
        + common.bad_input(table)
        + common.bad_weights(table)
    )


CASES = (
    _shared(TABLE)
    + _label_dimensions(TABLE)
    + _links(TABLE)
    + common.loss_functions(TABLE, "absolute_difference")
    + _inherited(POISSON)
    + _label_dimensions(POISSON)
    + _poisson()
    + _out_of_range(POISSON, [[-1.0], [-2.0], [0.5]])
    + _inherited(LOGISTIC)
    + _out_of_range(LOGISTIC, [[-0.5], [1.5], [2.0]])
)
