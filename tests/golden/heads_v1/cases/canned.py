"""Cases of the private heads in `canned.head`: those of contrib, with losses summed."""

from tests.golden.data import made, strings
from tests.golden.tables import weighted, with_batches

from .case import LOSS, LOSS_AND_STEP, TRAIN, case
from .classification import BINARY, LETTERS, MULTI_CLASS, words
from .common import SOME_ZERO, WEIGHTS, named, reductions
from .regression import PAIRS, REGRESSION

CANNED = {
    "canned_binary": (BINARY, "_binary_logistic_head_with_sigmoid_cross_entropy_loss"),
    "canned_multi_class": (MULTI_CLASS, "_multi_class_head_with_softmax_cross_entropy_loss"),
    "canned_regression": (REGRESSION, "_regression_head"),
}


def _alike():
    cases = []
    for prefix, (contrib, factory) in CANNED.items():
        table = contrib._replace(prefix=prefix, factory=factory)
        loss_fn = {"loss_fn": made(table.loss_fn), "name": "my_head"}
        cases += [
            case(table, "defaults"),
            case(
                table,
                "weights",
                weighted(table, SOME_ZERO),
                {"weight_column": "weights", "name": "my_head"},
                fields=LOSS_AND_STEP,
            ),
            case(table, "loss_fn", None, loss_fn, fields=LOSS),
            case(
                table,
                "regularization_losses",
                weighted(table, WEIGHTS),
                {"weight_column": "weights"},
                regularization_losses=[0.5, 2.0],
                fields=TRAIN,
            ),
        ]
        cases += named(table) + reductions(table)
    return cases


def _options():
    binary, multi_class, regression = (
        contrib._replace(prefix=prefix, factory=factory)
        for prefix, (contrib, factory) in CANNED.items()
    )
    pairs = PAIRS._replace(prefix="canned_regression_of_pairs", factory="_regression_head")
    return [
        case(
            binary,
            "thresholds_and_vocabulary",
            words(binary, ["a", "b"]),
            {"thresholds": [0.25], "label_vocabulary": ["a", "b"]},
        ),
        case(
            multi_class,
            "label_vocabulary",
            words(multi_class, LETTERS),
            {"label_vocabulary": LETTERS},
        ),
        case(regression, "inverse_link_fn", None, {"inverse_link_fn": made("exponential")}),
        case(pairs, "defaults"),
    ]


def _of_either_kind():
    factory = "_binary_logistic_or_multi_class_head"
    needed = {
        "weight_column": None,
        "label_vocabulary": None,
        "loss_reduction": "weighted_sum",
    }
    two = BINARY._replace(
        prefix="canned_of_2", factory=factory, arguments=dict(needed, n_classes=2)
    )
    three = MULTI_CLASS._replace(
        prefix="canned_of_3", factory=factory, arguments=dict(needed, n_classes=3)
    )
    given = {
        "weight_column": "weights",
        "loss_reduction": "weighted_mean",
        "label_vocabulary": ["a", "b"],
    }
    letters = with_batches(
        two._replace(batches=weighted(two, WEIGHTS)),
        lambda labels: strings([["ab"[i] for i in row] for row in labels]),
    )
    return [
        case(two, "defaults"),
        case(two, "given", letters, given, fields=LOSS_AND_STEP),
        case(three, "defaults"),
        case(
            three,
            "label_vocabulary",
            words(three, LETTERS),
            {"label_vocabulary": LETTERS, "loss_reduction": "weighted_sum_over_batch_size"},
        ),
        case(two, "n_classes_1", None, {"n_classes": 1}),
        case(two, "loss_reduction_none", None, {"loss_reduction": "none"}),
    ]


CASES = _alike() + _options() + _of_either_kind()
