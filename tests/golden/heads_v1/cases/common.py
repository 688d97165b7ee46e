"""What every head for one task is asked alike."""

import numpy as np

from tests.golden.data import floats, made, strings
from tests.golden.tables import weighted, with_batches

from .case import EVAL, EVAL_AND_PREDICT, LOSS, LOSS_AND_STEP, PREDICT, TRAIN, case

WEIGHTS = [floats([[1.0], [2.5], [0.5]]), floats([[0.25], [4.0], [1.5]])]
SOME_ZERO = [floats([[0.0], [2.0], [0.5]]), floats([[3.0], [0.0], [1.0]])]
ALL_ZERO = [floats([[0.0]] * 3)] * 2

SUM = "weighted_sum"
REDUCTIONS = (
    SUM,
    "weighted_mean",
    "weighted_sum_over_batch_size",
    "weighted_sum_by_nonzero_weights",
)


def common(table):
    return (
        related(table)
        + weights(table)
        + training(table)
        + loss_functions(table)
        + bad_input(table)
        + bad_weights(table)
    )


def related(table):
    """For heads that are another one with another loss: what is enough to see that."""
    return [case(table, "defaults")] + named(table) + reductions(table) + shapes(table)


def named(table):
    arguments = {"name": "my_head", "weight_column": "weights"}
    return [
        case(
            table,
            "name_weights_and_regularization_losses",
            weighted(table, WEIGHTS),
            arguments,
            regularization_losses=[1.5, 0.25],
        ),
        case(table, "regularization_losses_empty", regularization_losses=[], fields=TRAIN),
    ]


def reductions(table):
    batches = weighted(table, SOME_ZERO)
    return [
        case(
            table,
            "loss_reduction_" + reduction,
            batches,
            {"loss_reduction": reduction, "weight_column": "weights"},
            fields=LOSS_AND_STEP,
        )
        for reduction in REDUCTIONS
    ] + [
        case(table, "loss_reduction_" + str(reduction), None, {"loss_reduction": reduction})
        for reduction in ("none", "sum_over_batch_size", None)
    ]


def weights(table):
    columns = {
        "normalized": made("numeric_column", key="weights", normalizer_fn=made("double")),
        "legacy": made("legacy_numeric_column", key="weights"),
        "double": made("numeric_column", key="weights", dtype=made("double_dtype")),
    }
    flat = [value[:, 0] for value in WEIGHTS]
    return [
        case(
            table,
            "weights_of_rank_1",
            weighted(table, flat),
            {"weight_column": "weights"},
            fields=LOSS,
        ),
        case(
            table,
            "weights_all_zero",
            weighted(table, ALL_ZERO),
            {"weight_column": "weights"},
            fields=EVAL,
        ),
        case(
            table,
            "weights_all_zero_summed",
            weighted(table, ALL_ZERO),
            {"weight_column": "weights", "loss_reduction": SUM},
            fields=TRAIN,
        ),
    ] + [
        case(
            table,
            "weights_column_" + name,
            weighted(table, WEIGHTS),
            {"weight_column": column},
            fields=LOSS,
        )
        for name, column in columns.items()
    ]


def shapes(table):
    """Placeholders whose batch, or whole shape, is not known; the second batch is smaller."""
    batches = weighted(table, WEIGHTS)
    batches[1] = type(batches[1])(
        {key: value[:2] for key, value in batches[1].features.items()},
        batches[1].logits[:2],
        batches[1].labels[:2],
    )
    return [
        case(
            table,
            shape + "_unknown",
            batches,
            {"weight_column": "weights"},
            shapes=shapes,
            fields=fields,
        )
        for shape, shapes, fields in (
            ("batch_size", "batch", LOSS_AND_STEP),
            ("shapes", "unknown", EVAL_AND_PREDICT),
        )
    ]


def training(table):
    descent = made("v1_gradient_descent")
    step = made("gradient_descent")
    ways = {
        "adam": {"optimizer": made("v1_adam")},
        "optimizer_of_own_minimize": {"optimizer": made("own_minimize")},
        "train_op_fn": {"train_op_fn": step},
        "train_op_fn_no_op": {"train_op_fn": made("no_op")},
        "neither_optimizer_nor_train_op_fn": {},
        "optimizer_and_train_op_fn": {"optimizer": descent, "train_op_fn": step},
        "optimizer_of_wrong_type": {"optimizer": "SGD"},
    }
    return [
        case(table, name, None, {"name": "my_head"}, train=train, fields=TRAIN)
        for name, train in ways.items()
    ] + [
        case(table, "update_ops", update_op=5.0, fields=TRAIN),
        case(
            table,
            "update_ops_with_train_op_fn",
            update_op=7.0,
            train={"train_op_fn": step},
            fields=TRAIN,
        ),
        case(table, "mode_unknown", mode="unknown", fields=TRAIN),
    ]


def loss_functions(table):
    if table.loss_fn is None:
        return []
    scaled = weighted(table, WEIGHTS, key="scale")
    bad = [
        "without_labels",
        "without_logits",
        "with_unknown_argument",
        "with_every_argument",
        "loss_without_last_dimension",
        "scalar_loss",
    ]
    return [
        case(table, "loss_fn", None, {"loss_fn": made(table.loss_fn)}, fields=LOSS),
        case(table, "loss_fn_of_integers", None, {"loss_fn": made("integer_loss")}, fields=EVAL),
        case(table, "loss_fn_of_features", scaled, {"loss_fn": made("with_features")}, fields=LOSS),
    ] + [case(table, "loss_fn_" + name, None, {"loss_fn": made(name)}, fields=LOSS) for name in bad]


def bad_input(table):
    """Labels and logits that no head takes."""
    forms = {
        "none": lambda labels: None,
        "of_wrong_last_dimension": lambda labels: np.repeat(
            labels[:, :1], labels.shape[1] + 1, axis=1
        ),
        "of_wrong_batch_size": lambda labels: np.concatenate([labels, labels]),
        "of_rank_above_logits": lambda labels: labels[:, :, None],
    }
    logits = {
        "of_wrong_last_dimension": lambda logits: np.concatenate([logits, logits], axis=1),
        "of_rank_1": lambda logits: logits[:, 0],
    }
    long = with_batches(table, forms["of_wrong_batch_size"])
    wide = with_batches(table, logits["of_wrong_last_dimension"], "logits")
    no_features = with_batches(table, lambda features: None, "features")
    return (
        [
            case(table, "labels_" + name, with_batches(table, change), fields=LOSS)
            for name, change in forms.items()
        ]
        + [
            case(table, "logits_" + name, with_batches(table, change, "logits"), fields=PREDICT)
            for name, change in logits.items()
        ]
        + [
            case(table, "labels_of_unknown_wrong_batch_size", long, shapes="unknown", fields=LOSS),
            case(
                table, "logits_of_unknown_wrong_dimension", wide, shapes="unknown", fields=PREDICT
            ),
            case(table, "features_none", no_features, fields=LOSS),
        ]
    )


def bad_weights(table):
    """Weight columns that no head takes."""
    values = {
        "too_many": [floats([[1.0]] * 4)] * 2,
        "too_wide": [floats([[1.0, 2.0, 3.0, 4.0, 5.0]] * 3)] * 2,
        "strings": [strings([["a"]] * 3)] * 2,
    }
    bucketized = made("bucketized_column", key="weights")
    return [
        case(
            table,
            "weights_" + name,
            weighted(table, value),
            {"weight_column": "weights"},
            fields=LOSS,
        )
        for name, value in values.items()
    ] + [
        case(table, "weights_absent", None, {"weight_column": "absent"}, fields=LOSS),
        case(
            table,
            "weights_bucketized",
            weighted(table, WEIGHTS),
            {"weight_column": bucketized},
            fields=LOSS,
        ),
        case(table, "weights_of_wrong_type", None, {"weight_column": 5}, fields=LOSS),
    ]
