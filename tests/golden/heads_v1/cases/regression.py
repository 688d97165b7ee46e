"""Cases of the heads for numbers: squared error, counts, and probabilities."""

from tests.golden.data import (
    Batch,
    doubles,
    floats,
    integers,
    made,
    sparse_integers,
    strings,
    with_labels,
)
from tests.golden.tables import weighted, with_batches

from .case import EVAL, EVAL_AND_PREDICT, LOSS, LOSS_AND_STEP, PREDICT, Table, case
from .common import REDUCTIONS, SOME_ZERO, WEIGHTS, common, related

X = floats([[42.0], [7.0], [1.5]])
LOGITS = [floats([[2.0], [-1.0], [0.5]]), floats([[0.25], [1.5], [-0.75]])]


def _table(prefix, factory, labels, loss_fn=None, logits=LOGITS, **arguments):
    batches = [Batch({"x": X}, logits[number], labels[number]) for number in range(2)]
    return Table(prefix, factory, arguments, batches, loss_fn)


REGRESSION = _table(
    "regression",
    "regression_head",
    [floats([[1.5], [-2.0], [3.0]]), floats([[0.0], [2.5], [-1.0]])],
    loss_fn="absolute_difference",
)
POISSON = _table(
    "poisson",
    "poisson_regression_head",
    [floats([[1.0], [0.0], [4.0]]), floats([[2.0], [7.0], [0.0]])],
)
LOGISTIC = _table(
    "logistic",
    "logistic_regression_head",
    [floats([[1.0], [0.0], [0.25]]), floats([[0.5], [0.75], [1.0]])],
)
PAIRS = REGRESSION._replace(
    prefix="regression_of_pairs",
    arguments={"label_dimension": 2},
    batches=[
        Batch(
            {"x": X},
            floats([[2.0, 1.0], [-1.0, 0.5], [0.5, 3.0]]),
            floats([[1.5, 0.0], [-2.0, 1.0], [3.0, 2.0]]),
        ),
        Batch(
            {"x": X},
            floats([[0.25, -1.0], [1.5, 0.0], [-0.75, 2.0]]),
            floats([[0.0, 1.0], [2.5, -0.5], [-1.0, 2.5]]),
        ),
    ],
)
PAIR_WEIGHTS = [
    floats([[1.0, 0.0], [2.5, 1.0], [0.5, 4.0]]),
    floats([[0.25, 2.0], [0.0, 0.0], [1.5, 1.0]]),
]


def _deep(table):
    """The table's batches with one more dimension."""
    return [
        batch._replace(logits=batch.logits[:, None, :], labels=batch.labels[:, None, :])
        for batch in table.batches
    ]


def _alike(table):
    """What the three heads are asked beside what every head is asked."""
    strange = with_batches(table, lambda labels: strings(labels.astype(str)))
    sparse = with_labels(table.batches, *[sparse_integers([[0, 0]], [1], [3, 1])] * 2)
    return [
        case(
            table,
            "labels_of_rank_1",
            with_batches(table, lambda labels: labels[:, 0]),
            fields=LOSS,
        ),
        case(table, "labels_double", with_batches(table, doubles), fields=LOSS),
        case(table, "labels_integers", with_batches(table, integers), fields=LOSS),
        case(table, "labels_strings", strange, fields=LOSS),
        case(table, "labels_sparse", sparse, fields=LOSS),
        case(table, "rank_3", _deep(table), fields=EVAL + PREDICT),
    ]


def _pairs():
    column = {
        "weight_column": made("numeric_column", key="weights", shape=(2,)),
        "name": "my_head",
    }
    return (
        [
            case(PAIRS, "defaults"),
            case(PAIRS, "weights_of_each_logit", weighted(PAIRS, PAIR_WEIGHTS), column),
            case(
                PAIRS,
                "weights_of_examples",
                weighted(PAIRS, WEIGHTS),
                {"weight_column": "weights"},
                fields=EVAL,
            ),
            case(
                PAIRS,
                "shapes_unknown",
                weighted(PAIRS, PAIR_WEIGHTS),
                column,
                shapes="unknown",
                fields=EVAL_AND_PREDICT,
            ),
        ]
        + [
            case(
                PAIRS,
                "loss_reduction_" + reduction,
                weighted(PAIRS, SOME_ZERO),
                {"loss_reduction": reduction, "weight_column": "weights"},
                fields=LOSS_AND_STEP,
            )
            for reduction in REDUCTIONS
        ]
        + [
            case(PAIRS, "label_dimension_" + key, None, {"label_dimension": value})
            for key, value in {"0": 0, "negative": -1, "none": None, "string": "2"}.items()
        ]
    )


def _links():
    both = {"loss_fn": made("absolute_difference"), "inverse_link_fn": made("exponential")}
    return [
        case(REGRESSION, "inverse_link_fn", None, {"inverse_link_fn": made("exponential")}),
        case(REGRESSION, "loss_fn_and_inverse_link_fn", None, dict(both, name="my_head")),
    ]


def _counts():
    pairs = PAIRS._replace(prefix="poisson_of_pairs", factory="poisson_regression_head")
    positive = with_batches(pairs, abs)
    return [
        case(POISSON, "compute_full_loss_not", None, {"compute_full_loss": False}),
        case(POISSON, "compute_full_loss", None, {"compute_full_loss": True}, fields=LOSS),
        case(pairs, "defaults", positive),
        case(
            pairs,
            "compute_full_loss_not",
            positive,
            {"compute_full_loss": False, "name": "my_head"},
            fields=LOSS_AND_STEP,
        ),
        case(POISSON, "label_dimension_0", None, {"label_dimension": 0}),
    ]


def _probabilities():
    return [
        case(LOGISTIC, "labels_too_large", with_batches(LOGISTIC, lambda y: y + 0.5), fields=LOSS),
        case(LOGISTIC, "labels_negative", with_batches(LOGISTIC, lambda y: y - 0.5), fields=LOSS),
        case(
            LOGISTIC,
            "logits_huge",
            with_batches(LOGISTIC, lambda x: x * 500, "logits"),
            fields=LOSS + PREDICT,
        ),
    ]


CASES = (
    common(REGRESSION)
    + _alike(REGRESSION)
    + _pairs()
    + _links()
    + related(POISSON)
    + _alike(POISSON)
    + _counts()
    + related(LOGISTIC)
    + _alike(LOGISTIC)
    + _probabilities()
)
