"""What every single head is asked alike: weights, reductions, names, training, bad input.

Each function takes a `Table`: the head's name, the arguments it needs, two batches of three
examples. `wrong` batches differ from good ones in one thing.
"""

import collections

import numpy as np

from tests.golden.data import Sparse, floats, integers, made, strings
from tests.golden.tables import weighted

from .case import case

# What a case asks when the rest cannot depend on what it varies.
LOSSES = {"fields": ("loss", "metric_values")}
WEIGHING = dict(LOSSES, executions=("eager", "graph"))
FORMS = {"fields": ("loss", "predictions", "metric_values")}
METRICS = {"fields": ("metrics", "metric_values")}
BAD = {"fields": ("loss", "metric_values", "spec_eval"), "executions": ("eager", "graph")}
BAD_LOGITS = {"fields": BAD["fields"] + ("predictions", "spec_predict")}
BAD_LOGITS["executions"] = BAD["executions"]
UNKNOWN = {"shapes": "unknown", "fields": ("loss",)}
# What is found out when a graph is run; a whole spec would only cost the time to build it.
LATE = {"fields": ("loss",), "executions": ("eager", "graph")}
LATE_PREDICTIONS = dict(LATE, fields=("loss", "predictions"))
SUM = {"fields": ("properties", "loss", "spec_train"), "executions": ("eager", "graph")}
STEP = {"fields": ("spec_train",), "executions": ("graph",)}

Table = collections.namedtuple("Table", "prefix head arguments batches")

WEIGHTS = [floats([[1.0], [2.5], [0.5]]), floats([[0.25], [4.0], [1.5]])]
FLAT_WEIGHTS = [weights[:, 0] for weights in WEIGHTS]
SOME_ZERO = [floats([[0.0], [2.0], [0.0]]), floats([[3.0], [0.0], [1.0]])]
ALL_ZERO = [floats([[0.0]] * 3)] * 2
INTEGER_WEIGHTS = [integers([[1], [2], [0]]), integers([[4], [1], [3]])]
NEGATIVE_WEIGHTS = [floats([[1.0], [-2.0], [0.5]]), floats([[1.0], [1.0], [-0.5]])]


def make(table, name, batches=None, arguments=None, **options):
    """A case of the table's head, other than its default in the arguments that are given."""
    return case(
        f"{table.prefix}/{name}",
        table.head,
        dict(table.arguments, **(arguments or {})),
        table.batches if batches is None else batches,
        **options,
    )


def of_column(table, name, column, values, **options):
    options = options or WEIGHING
    return make(table, name, weighted(table, values), {"weight_column": column}, **options)


def weights(table):
    column = made("numeric_column", key="weights", normalizer_fn=made("double"))
    return [
        of_column(table, "weight_column_string", "weights", WEIGHTS, **LOSSES),
        of_column(table, "weight_column_normalized", column, FLAT_WEIGHTS, **LOSSES),
        of_column(table, "weight_column_of_rank_1", "weights", FLAT_WEIGHTS),
        of_column(table, "weight_column_some_zero", "weights", SOME_ZERO),
        of_column(table, "weight_column_all_zero", "weights", ALL_ZERO),
        of_column(table, "weight_column_integers", "weights", INTEGER_WEIGHTS),
    ]


def weight_columns(table):
    """Further kinds of columns and weights, which have to do with no head in particular."""
    columns = {
        "numeric": made("numeric_column", key="weights"),
        "double": made("numeric_column", key="weights", shape=(1,), dtype=made("double_dtype")),
        "of_integers": made("numeric_column", key="weights", dtype=made("integer_dtype")),
        "legacy": made("legacy_numeric_column", key="weights"),
    }
    words = Sparse([[0, 1]], strings(["a"]), [3, 2])
    beside_sparse = [
        batch._replace(features=dict(batch.features, words=words))
        for batch in weighted(table, WEIGHTS)
    ]
    return [
        of_column(table, "weight_column_" + name, column, INTEGER_WEIGHTS)
        for name, column in columns.items()
    ] + [
        of_column(table, "weight_column_negative", "weights", NEGATIVE_WEIGHTS),
        of_column(table, "weight_column_bool", "weights", [value > 1 for value in WEIGHTS]),
        make(
            table,
            "weight_column_beside_sparse_feature",
            beside_sparse,
            {"weight_column": "weights"},
            **WEIGHING,
        ),
    ]


def reductions(table):
    good = ["sum", "sum_over_batch_size", "auto"]
    bad = ["none", "weighted_sum", "mean", None]
    return [
        make(table, f"loss_reduction_{key}", None, {"loss_reduction": key}, **SUM)
        for key in good + bad
    ] + [
        make(
            table,
            f"loss_reduction_{key}_with_weights",
            weighted(table, WEIGHTS),
            {"loss_reduction": key, "weight_column": "weights"},
            **SUM,
        )
        for key in ("sum", "sum_over_batch_size")
    ]


def names(table):
    return [
        make(table, "name", None, {"name": "my_head"}),
        make(
            table,
            "name_with_regularization_losses",
            weighted(table, WEIGHTS),
            {"name": "my_head", "weight_column": "weights"},
            regularization_losses=[1.5, 0.25],
        ),
        make(table, "regularization_losses", regularization_losses=[0.125]),
        make(table, "regularization_losses_empty", regularization_losses=[]),
    ]


def shapes(table):
    """Placeholders whose batch, or whole shape, is not known; the second batch is smaller."""
    batches = weighted(table, WEIGHTS)
    batches[1] = batches[1]._replace(
        features={key: value[:2] for key, value in batches[1].features.items()},
        logits=batches[1].logits[:2],
        labels=batches[1].labels[:2],
    )
    arguments = {"weight_column": "weights"}
    return [
        make(table, "batch_size_unknown", batches, arguments, shapes="batch"),
        make(table, "shapes_unknown", batches, arguments, shapes="unknown"),
        make(table, "numpy_inputs", batches, arguments, raw=True, executions=("eager",)),
    ]


def training(table):
    """Ways to train, each one step in a graph."""
    sgd = made("legacy_keras_sgd")
    variables = [made("the_variable")]
    step = made("gradient_descent")
    ways = {
        "optimizer": {"optimizer": sgd, "trainable_variables": variables},
        "optimizer_with_momentum": {
            "optimizer": made("legacy_keras_sgd", learning_rate=0.5, momentum=0.9),
            "trainable_variables": tuple(variables),
        },
        "optimizer_v1": {
            "optimizer": made("v1_gradient_descent"),
            "trainable_variables": variables,
        },
        "optimizer_keras": {"optimizer": made("keras_sgd"), "trainable_variables": variables},
        "optimizer_of_own_updates": {
            "optimizer": made("own_updates"),
            "trainable_variables": variables,
        },
        "optimizer_without_variables": {"optimizer": sgd},
        "optimizer_variables_not_a_list": {
            "optimizer": sgd,
            "trainable_variables": made("the_variable"),
        },
        "optimizer_of_wrong_type": {"optimizer": "SGD", "trainable_variables": variables},
        "optimizer_and_train_op_fn": {
            "optimizer": sgd,
            "trainable_variables": variables,
            "train_op_fn": step,
        },
        "neither_optimizer_nor_train_op_fn": {},
        "train_op_fn_no_op": {"train_op_fn": made("no_op")},
        "train_op_fn_returns_none": {"train_op_fn": made("returns_none")},
        "update_ops": {
            "train_op_fn": made("no_op"),
            "update_ops": [made("add_to_counter", amount=5.0)],
        },
        "update_ops_with_optimizer": {
            "optimizer": made("legacy_keras_sgd", learning_rate=0.0),
            "trainable_variables": variables,
            "update_ops": (made("add_to_counter", amount=7.0),),
        },
        "update_ops_not_a_list": {
            "train_op_fn": step,
            "update_ops": made("add_to_counter", amount=5.0),
        },
    }
    return [make(table, name, train=train, **STEP) for name, train in ways.items()] + [
        make(table, "mode_unknown", mode="unknown", **STEP)
    ]


def bad_input(table):
    """Input that no head takes."""
    rank_1 = [batch._replace(logits=batch.logits[:, 0]) for batch in table.batches]
    wide = [
        batch._replace(logits=np.concatenate([batch.logits, batch.logits], axis=1))
        for batch in table.batches
    ]
    long = [
        batch._replace(labels=np.concatenate([batch.labels, batch.labels]))
        for batch in table.batches
    ]
    deep = [batch._replace(labels=batch.labels[:, :, None]) for batch in table.batches]
    scalar = [batch._replace(labels=np.array(batch.labels[0, 0])) for batch in table.batches]
    labels = {
        "of_wrong_last_dimension": with_one_column_more(table),
        "of_wrong_batch_size": long,
        "of_rank_above_logits": deep,
        "scalar": scalar,
    }
    logits = {"of_wrong_last_dimension": wide, "of_rank_1": rank_1}
    return (
        [make(table, "labels_none", [batch._replace(labels=None) for batch in table.batches])]
        + [make(table, "labels_" + name, batches, **BAD) for name, batches in labels.items()]
        + [make(table, "logits_" + name, batches, **BAD_LOGITS) for name, batches in logits.items()]
        + [
            make(table, "labels_of_wrong_batch_size_unknown", long, shapes="unknown", **LATE),
            make(table, "logits_of_wrong_size_unknown", wide, shapes="unknown", **LATE_PREDICTIONS),
            make(table, "features_none", [b._replace(features=None) for b in table.batches], **BAD),
        ]
    )


def bad_weights(table):
    """Weight columns that no head takes."""
    values = {
        "too_many": [floats([[1.0]] * 4)] * 2,
        "too_wide": [floats([[1.0, 2.0, 3.0, 4.0, 5.0]] * 3)] * 2,
        "of_rank_3": [floats([[[1.0]]] * 3)] * 2,
        "strings": [strings([["a"]] * 3)] * 2,
        "sparse": [Sparse([[0, 0]], floats([1.0]), [3, 1])] * 2,
    }
    bucketized = made("bucketized_column", key="weights")
    return [
        of_column(table, "weight_column_" + name, "weights", value, **BAD)
        for name, value in values.items()
    ] + [
        of_column(
            table,
            "weight_column_too_many_unknown",
            "weights",
            values["too_many"],
            shapes="unknown",
            **LATE,
        ),
        of_column(table, "weight_column_bucketized", bucketized, WEIGHTS, **BAD),
        make(table, "weight_column_absent", None, {"weight_column": "absent"}, **BAD),
        make(table, "weight_column_of_wrong_type", None, {"weight_column": 5}, **BAD),
    ]


def with_one_column_more(table):
    """Labels with more columns than the head's labels have."""
    columns = table.batches[0].labels.shape[1] + 1
    return [
        batch._replace(labels=np.repeat(batch.labels[:, :1], columns, axis=1))
        for batch in table.batches
    ]


def loss_functions(table, good):
    """Custom losses: `good` is a two-argument one that fits the head's labels."""
    scaled = weighted(table, WEIGHTS, key="scale")
    both = [
        batch._replace(features=dict(batch.features, weights=value))
        for batch, value in zip(scaled, SOME_ZERO)
    ]
    weighted_sum = {
        "loss_fn": made("with_every_argument"),
        "loss_reduction": "sum",
        "weight_column": "weights",
    }
    of_integers = {"loss_fn": made("integer_loss")}
    bad = [
        "without_labels",
        "without_logits",
        "with_unknown_argument",
        "with_defaulted_unknown_argument",
        "scalar_loss",
        "loss_without_last_dimension",
    ]
    good = [
        ("of_2_arguments", table.batches, {"loss_fn": made(good)}, {}),
        ("of_2_arguments_shapes_unknown", table.batches, {"loss_fn": made(good)}, UNKNOWN),
        ("of_3_arguments", scaled, {"loss_fn": made("with_features")}, {}),
        ("of_4_arguments", scaled, {"loss_fn": made("with_every_argument")}, {}),
        ("of_4_arguments_with_weights", both, weighted_sum, {}),
        ("of_optional_reduction", scaled, {"loss_fn": made("with_optional_reduction")}, {}),
        ("of_integers", table.batches, of_integers, {}),
        ("of_integers_summed", table.batches, dict(of_integers, loss_reduction="sum"), {}),
        ("of_integers_weighted", both, dict(of_integers, weight_column="weights"), {}),
    ]
    return [
        make(table, "loss_fn_" + name, batches, arguments, **dict(LOSSES, **options))
        for name, batches, arguments, options in good
    ] + [make(table, "loss_fn_" + name, None, {"loss_fn": made(name)}, **BAD) for name in bad]
