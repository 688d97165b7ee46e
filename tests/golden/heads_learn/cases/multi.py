"""Cases of multi_head and of loss_only_head."""

import numpy as np

from tests.golden.data import made
from tests.golden.heads_v1.cases.multi import MULTI as TF1_MULTI
from tests.golden.heads_v1.cases.multi import _joined
from tests.golden.tables import weighted, with_batches

from .case import EVAL, INFER, TRAIN, Table, case
from .common import HIDDEN, WEIGHTS


def _head(kind, name, **arguments):
    return made("head", kind=kind, head_name=name, label_name="label_of_" + str(name), **arguments)


CLASS = _head("multi_class_head", "class", n_classes=3)
BIASED = _head("multi_class_head", "class", n_classes=3, enable_centered_bias=True)
FLAG = _head("multi_class_head", "flag", n_classes=2, weight_column_name="weights")
VALUE = _head("regression_head", "value")
EXTRA = made("head", kind="loss_only_head", loss_fn=made("two_losses"), head_name="extra")
PLAIN = TF1_MULTI._replace(
    arguments={"heads": [CLASS, FLAG, VALUE]},
    batches=[
        batch._replace(labels={"label_of_" + name: labels for name, labels in batch.labels.items()})
        for batch in TF1_MULTI.batches
    ],
)
MULTI = PLAIN._replace(batches=weighted(PLAIN, WEIGHTS))
ALL = {"heads": [CLASS, EXTRA, FLAG, VALUE]}
LOSS_ONLY = Table("loss_only", "loss_only_head", {"loss_fn": made("two_losses")}, MULTI.batches)


def _tensor(function=lambda logits: logits):
    return with_batches(MULTI, lambda logits: function(_joined(logits)), "logits")


def _without(name):
    return lambda entries: {key: value for key, value in entries.items() if key != name}


def _multi():
    hidden = [batch._replace(logits=HIDDEN[number]) for number, batch in enumerate(MULTI.batches)]
    built = {"given": ("logits_input",)}
    weights = {"loss_weights": [2.0, 0.5, 0.25]}
    twice = _head("regression_head", "value")
    nested = made("head", kind="multi_head", heads=[VALUE])
    return [
        case(MULTI, "logits_dict"),
        case(MULTI, "logits_dict_with_loss_only", None, ALL),
        case(MULTI, "logits_tensor", _tensor()),
        case(MULTI, "logits_tensor_with_loss_only", _tensor(), ALL),
        case(MULTI, "logits_input", hidden, **built),
        case(MULTI, "logits_input_with_loss_only", hidden, ALL, **built),
        case(MULTI, "loss_weights", None, weights, fields=EVAL + TRAIN),
        case(
            MULTI,
            "loss_weights_with_loss_only",
            _tensor(),
            dict(ALL, loss_weights=[2.0, 10.0, 0.5, 0.25]),
            fields=EVAL + TRAIN,
        ),
        case(MULTI, "loss_weights_empty", None, {"loss_weights": []}, fields=TRAIN),
        case(MULTI, "loss_weights_too_few", None, {"loss_weights": [1.0, 2.0]}),
        case(MULTI, "default_key", default_key="flag", fields=INFER),
        case(MULTI, "default_key_unknown", default_key="absent", fields=INFER),
        case(
            MULTI,
            "centered_bias",
            None,
            {"heads": [BIASED, FLAG]},
            fields=TRAIN,
            train_op_fn=made("no_op_train_fn"),
        ),
        case(MULTI, "one_head", None, {"heads": [VALUE]}),
        case(MULTI, "heads_as_tuple", None, {"heads": (CLASS, FLAG)}, fields=INFER),
        case(MULTI, "scope", hidden, {"heads": [VALUE]}, scope="my_scope", **built),
        case(
            MULTI, "head_without_a_name", None, {"heads": [CLASS, _head("regression_head", None)]}
        ),
        case(MULTI, "heads_of_one_name", None, {"heads": [VALUE, twice]}, fields=INFER),
        case(MULTI, "heads_empty", None, {"heads": []}, fields=EVAL + INFER),
        case(MULTI, "heads_nested", None, {"heads": [CLASS, nested]}),
        case(MULTI, "no_logits", given=(), fields=INFER),
        case(MULTI, "logits_and_logits_input", given=("logits", "logits_input"), fields=INFER),
        case(
            MULTI,
            "logits_of_a_head_absent",
            with_batches(MULTI, _without("flag"), "logits"),
            fields=INFER,
        ),
        case(MULTI, "logits_too_wide", _tensor(lambda rows: np.repeat(rows, 2, 1)), fields=INFER),
        case(MULTI, "logits_too_narrow", _tensor(lambda rows: rows[:, :4]), fields=INFER),
        case(
            MULTI,
            "labels_of_a_head_absent",
            with_batches(MULTI, _without("label_of_flag")),
            fields=EVAL,
        ),
        case(MULTI, "labels_none", with_batches(MULTI, lambda labels: None)),
        case(MULTI, "mode_unknown", mode="predict", fields=TRAIN),
        case(MULTI, "train_op_fn_none", train_op_fn=None, fields=TRAIN),
        case(MULTI, "batch_size_unknown", _tensor(), shapes="batch", fields=EVAL + INFER),
    ]


def _loss_only():
    return [
        case(LOSS_ONLY, "defaults"),
        case(LOSS_ONLY, "head_name", None, {"head_name": "extra"}),
        case(LOSS_ONLY, "one_loss", None, {"loss_fn": made("one_loss")}),
        case(LOSS_ONLY, "no_logits", given=(), scope="my_scope"),
        case(LOSS_ONLY, "losses_in_a_tuple", None, {"loss_fn": made("losses_in_a_tuple")}),
        case(LOSS_ONLY, "mode_unknown", mode="predict", fields=TRAIN),
        case(LOSS_ONLY, "train_op_fn_none", train_op_fn=None, fields=TRAIN),
    ]


CASES = _multi() + _loss_only()
