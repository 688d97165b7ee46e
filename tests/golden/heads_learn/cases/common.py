"""What every head for one task is asked alike."""

import numpy as np

from tests.golden.data import booleans, doubles, floats, integers, made, small_integers, strings
from tests.golden.tables import weighted, with_batches

from .case import EVAL, INFER, TRAIN, case

WEIGHTS = [floats([[1.0], [2.5], [0.5]]), floats([[0.25], [4.0], [1.5]])]
HIDDEN = [
    floats([[1.0, -0.5], [0.25, 2.0], [-1.0, 0.75]]),
    floats([[0.5, 0.5], [-2.0, 1.0], [1.5, -0.25]]),
]


def common(table):
    return arguments(table) + logits(table) + labels(table) + weights(table)


def arguments(table):
    everything = {
        "head_name": "my_head",
        "weight_column_name": "weights",
        "enable_centered_bias": True,
    }
    return [
        case(table, "defaults"),
        case(table, "named_weighted_with_centered_bias", weighted(table, WEIGHTS), everything),
        case(table, "centered_bias", arguments={"enable_centered_bias": True}, fields=TRAIN),
        case(table, "head_name", arguments={"head_name": "my_head"}, fields=INFER + TRAIN),
    ]


def logits(table):
    hidden = [batch._replace(logits=HIDDEN[number]) for number, batch in enumerate(table.batches)]
    built = ("logits_input",)
    too_wide = with_batches(table, lambda logits: np.repeat(logits, 2, axis=1), "logits")
    fewer = with_batches(table, lambda rows: rows)
    fewer[1] = fewer[1]._replace(logits=fewer[1].logits[:2], labels=fewer[1].labels[:2])
    return [
        case(table, "logits_input", hidden, given=built, fields=INFER + TRAIN),
        case(
            table,
            "logits_input_named_with_centered_bias",
            hidden,
            {"head_name": "my_head", "enable_centered_bias": True},
            given=built,
            fields=TRAIN,
        ),
        case(table, "logits_input_in_scope", hidden, given=built, scope="my_scope", fields=INFER),
        case(table, "logits_and_logits_input", given=("logits", "logits_input"), fields=INFER),
        case(table, "no_logits", given=(), fields=INFER + TRAIN),
        case(table, "logits_too_wide", too_wide, fields=INFER),
        case(table, "batch_size_unknown", fewer, shapes="batch", fields=EVAL + INFER),
        case(table, "mode_unknown", mode="predict", fields=TRAIN),
        case(table, "train_op_fn_none", train_op_fn=None, fields=INFER + TRAIN),
        case(table, "train_op_fn_no_op", train_op_fn=made("no_op_train_fn"), fields=TRAIN),
    ]


def labels(table):
    named = with_batches(table, lambda labels: {"mine": labels, "other": labels})
    label_name = {"label_name": "mine"}
    cases = [
        case(table, "label_name", named, label_name, fields=TRAIN),
        case(table, "label_name_unused", arguments=label_name, fields=EVAL),
        case(table, "label_name_absent", named, {"label_name": "absent"}, fields=EVAL + INFER),
        case(table, "label_name_none", named, fields=EVAL),
        case(table, "labels_none", with_batches(table, lambda labels: None)),
        case(table, "labels_too_few", with_batches(table, lambda rows: rows[:2]), fields=EVAL),
        case(
            table,
            "labels_too_wide",
            with_batches(table, lambda rows: np.repeat(rows, 2, axis=1)),
            fields=EVAL,
        ),
    ]
    dtypes = {
        "int32": small_integers,
        "int64": integers,
        "float32": floats,
        "float64": doubles,
        "bool": booleans,
        "string": lambda values: strings(values.astype(str)),
    }
    cases += [
        case(table, "labels_" + name, with_batches(table, function), fields=EVAL)
        for name, function in sorted(dtypes.items())
    ]
    return cases


def weights(table):
    column = {"weight_column_name": "weights"}

    def of(name, *values):
        return case(table, "weights_" + name, weighted(table, values), column, fields=EVAL)

    return [
        case(table, "weights", weighted(table, WEIGHTS), column, fields=EVAL + TRAIN),
        of("of_rank_1", *[value[:, 0] for value in WEIGHTS]),
        of("integers", integers([[1], [3], [0]]), integers([[2], [0], [1]])),
        of("scalar", floats(2.0), floats(0.5)),
        of("all_zero", *[floats([[0.0]] * 3)] * 2),
        of("too_few", *[value[:2] for value in WEIGHTS]),
        case(table, "weights_absent", None, column, fields=EVAL + INFER),
    ]


def of_rank_1(table):
    """For heads with one label an example."""
    flat = with_batches(table, lambda labels: labels[:, 0])
    both = [batch._replace(labels=batch.labels[:, 0]) for batch in weighted(table, WEIGHTS)]
    return [
        case(table, "labels_of_rank_1", flat, fields=EVAL + TRAIN),
        case(
            table,
            "labels_of_rank_1_weighted",
            both,
            {"weight_column_name": "weights"},
            fields=EVAL,
        ),
    ]
