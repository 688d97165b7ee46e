"""Cases of multi_head."""

import numpy as np

from tests.golden.data import Batch, made, sparse_strings, strings
from tests.golden.heads.cases.multi import BATCHES, X
from tests.golden.tables import weighted, with_batches

from .case import EVAL, EVAL_AND_PREDICT, LOSS, LOSS_AND_STEP, PREDICT, TRAIN, Table, case
from .common import WEIGHTS

CLASS = made("head", kind="multi_class_head", n_classes=3, name="class")
FLAG = made("head", kind="binary_classification_head", name="flag")
VALUE = made("head", kind="regression_head", name="value")
NAMES = ("class", "flag", "value")
MULTI = Table(
    "multi",
    "multi_head",
    {"heads": [CLASS, FLAG, VALUE]},
    BATCHES,
    None,
)


def _joined(logits):
    """The logits of all heads side by side."""
    return np.concatenate([logits[name] for name in NAMES], axis=-1)


def _tensor(function=lambda logits: logits):
    return with_batches(MULTI, lambda logits: function(_joined(logits)), "logits")


def _changed(function, only="labels"):
    """Batches whose labels (or logits) by head name are changed by a function of the dict."""
    return with_batches(MULTI, function, only)


def _without(entries, name):
    return {key: value for key, value in entries.items() if key != name}


def _logits():
    smaller = _tensor()
    smaller[1] = Batch(
        {"x": X[:2]},
        smaller[1].logits[:2],
        {name: labels[:2] for name, labels in MULTI.batches[1].labels.items()},
    )
    deep = [
        batch._replace(
            logits=batch.logits[:, None],
            labels={name: labels[:, None] for name, labels in batch.labels.items()},
        )
        for batch in _tensor()
    ]
    bad = {
        "dict_head_absent": _changed(lambda logits: _without(logits, "flag"), "logits"),
        "dict_of_wrong_dimension": _changed(
            lambda logits: dict(logits, flag=logits["class"]), "logits"
        ),
        "tensor_too_wide": _tensor(lambda logits: np.repeat(logits, 2, axis=1)),
        "tensor_too_narrow": _tensor(lambda logits: logits[:, :4]),
        "tensor_of_rank_1": _tensor(lambda logits: logits[:, 0]),
    }
    return [
        case(MULTI, "logits_tensor", _tensor()),
        case(
            MULTI,
            "logits_tensor_batch_size_unknown",
            smaller,
            shapes="batch",
            fields=EVAL_AND_PREDICT,
        ),
        case(
            MULTI,
            "logits_tensor_shapes_unknown",
            smaller,
            shapes="unknown",
            fields=EVAL_AND_PREDICT,
        ),
        case(MULTI, "logits_tensor_of_rank_3", deep),
        case(MULTI, "logits_tensor_of_doubles", _tensor(np.float64), fields=LOSS + PREDICT),
        case(MULTI, "logits_dict_shapes_unknown", shapes="unknown", fields=LOSS + PREDICT),
        case(
            MULTI,
            "logits_dict_head_unknown",
            _changed(lambda logits: dict(logits, other=logits["flag"]), "logits"),
            fields=LOSS + PREDICT,
        ),
    ] + [
        case(MULTI, "logits_" + name, batches, fields=LOSS + PREDICT)
        for name, batches in bad.items()
    ]


def _head_weights():
    good = {"floats": [1.0, 2.5, 0.5], "integers": [1, 2, 3]}
    bad = {"too_few": [1.0, 2.0], "too_many": [1.0] * 4, "not_a_list": 2.0}
    bad["strings"] = ["a", "b", "c"]
    return (
        [
            case(MULTI, "head_weights_" + name, None, {"head_weights": value}, fields=LOSS_AND_STEP)
            for name, value in good.items()
        ]
        + [case(MULTI, "head_weights_negative", None, {"head_weights": (1.0, -2.0, 0.0)})]
        + [
            case(MULTI, "head_weights_" + name, None, {"head_weights": value}, fields=LOSS)
            for name, value in bad.items()
        ]
        + [
            case(MULTI, "head_weights_empty", None, {"head_weights": []}, fields=LOSS),
            case(
                MULTI,
                "head_weights_logits_tensor",
                _tensor(),
                {"head_weights": [0.5, 2.0, 1.0]},
                fields=LOSS_AND_STEP,
            ),
        ]
    )


def _heads():
    column = {"weight_column": "weights"}
    weighing = [
        made("head", kind="multi_class_head", n_classes=3, name="class", **column),
        FLAG,
        made("head", kind="regression_head", name="value", **column),
    ]
    letters = list("abc")
    lettered = [
        made("head", kind="multi_class_head", n_classes=3, name="class", label_vocabulary=letters),
        made("head", kind="binary_classification_head", name="flag", thresholds=[0.25]),
        VALUE,
    ]
    summing = [
        made("head", kind="multi_class_head", n_classes=3, name="class"),
        made("head", kind="_binary_logistic_head_with_sigmoid_cross_entropy_loss", name="flag"),
        made("head", kind="_regression_head", name="value"),
    ]
    words = _changed(
        lambda labels: dict(
            labels, **{"class": strings([[letters[i] for i in row] for row in labels["class"]])}
        )
    )
    inner = made("head", kind="multi_head", heads=[FLAG, VALUE])
    nested = [
        Batch(
            batch.features,
            {"class": batch.logits["class"], "flag_value": _without(batch.logits, "class")},
            {"class": batch.labels["class"], "flag_value": _without(batch.labels, "class")},
        )
        for batch in MULTI.batches
    ]
    nested_tensor = [
        batch._replace(logits=_tensor()[number].logits) for number, batch in enumerate(nested)
    ]
    return [
        case(MULTI, "heads_with_weights", weighted(MULTI, WEIGHTS), {"heads": weighing}),
        case(
            MULTI,
            "heads_and_head_weights",
            weighted(MULTI, WEIGHTS),
            {"heads": weighing, "head_weights": [0.5, 2.0, -1.0]},
            fields=LOSS_AND_STEP,
        ),
        case(MULTI, "heads_with_vocabulary_and_thresholds", words, {"heads": lettered}),
        case(MULTI, "heads_of_unlike_reductions", None, {"heads": summing}, fields=LOSS_AND_STEP),
        case(
            MULTI, "heads_in_another_order", None, {"heads": (VALUE, FLAG, CLASS)}, fields=PREDICT
        ),
        case(MULTI, "heads_binary_first", None, {"heads": (FLAG, CLASS)}, fields=PREDICT),
        case(MULTI, "heads_one", None, {"heads": [FLAG]}),
        case(
            MULTI,
            "heads_one_logits_tensor",
            [batch._replace(logits=batch.logits["flag"]) for batch in MULTI.batches],
            {"heads": [FLAG]},
            fields=LOSS + PREDICT,
        ),
        case(MULTI, "heads_nested", nested, {"heads": [CLASS, inner]}),
        case(
            MULTI,
            "heads_nested_logits_tensor",
            nested_tensor,
            {"heads": [CLASS, inner]},
            fields=LOSS + PREDICT,
        ),
        case(MULTI, "heads_none", None, {"heads": None}),
        case(MULTI, "heads_empty", None, {"heads": []}),
        case(
            MULTI,
            "heads_without_name",
            None,
            {"heads": [CLASS, made("head", kind="binary_classification_head")]},
        ),
        case(
            MULTI,
            "heads_of_repeated_names",
            None,
            {"heads": [FLAG, made("head", kind="regression_head", name="flag")]},
            fields=LOSS,
        ),
        case(MULTI, "heads_not_a_list", None, {"heads": FLAG}),
        case(MULTI, "heads_not_heads", None, {"heads": [made("nothing")]}),
    ]


def _more_kinds():
    """Heads of the other kinds, and many labels for one of them."""
    heads = [
        made(
            "head",
            kind="multi_label_head",
            n_classes=3,
            name="tags",
            label_vocabulary=list("abc"),
        ),
        made("head", kind="poisson_regression_head", name="count"),
        made("head", kind="logistic_regression_head", name="chance"),
    ]
    batches = [
        Batch(
            batch.features,
            {
                "tags": batch.logits["class"],
                "count": batch.logits["value"],
                "chance": batch.logits["flag"],
            },
            {
                "tags": sparse_strings([[0, 0], [0, 1], [2, 0]], ["a", "c", "b"], [3, 2]),
                "count": batch.labels["value"],
                "chance": batch.labels["flag"],
            },
        )
        for batch in MULTI.batches
    ]
    return [case(MULTI, "heads_of_more_kinds", batches, {"heads": heads})]


def _labels():
    forms = {
        "of_rank_1": lambda labels: {name: entry[:, 0] for name, entry in labels.items()},
        "head_unknown": lambda labels: dict(labels, other=labels["flag"]),
    }
    bad = {
        "none": lambda labels: None,
        "not_a_dict": lambda labels: labels["flag"],
        "head_absent": lambda labels: _without(labels, "value"),
        "head_none": lambda labels: dict(labels, flag=None),
        "too_large": lambda labels: dict(labels, flag=labels["flag"] + 1),
        "of_wrong_shape": lambda labels: dict(labels, flag=labels["flag"][:2]),
    }
    return (
        [
            case(MULTI, "labels_" + name, _changed(change), fields=LOSS)
            for name, change in forms.items()
        ]
        + [
            case(MULTI, "labels_" + name, _changed(change), fields=EVAL)
            for name, change in bad.items()
        ]
        + [
            case(
                MULTI, "features_none", with_batches(MULTI, lambda x: None, "features"), fields=LOSS
            ),
            case(MULTI, "labels_none_to_predict", _changed(bad["none"]), fields=PREDICT),
        ]
    )


def _training():
    descent = made("v1_gradient_descent")
    step = made("gradient_descent")
    ways = {
        "adam": {"optimizer": made("v1_adam")},
        "train_op_fn": {"train_op_fn": step},
        "neither_optimizer_nor_train_op_fn": {},
        "optimizer_and_train_op_fn": {"optimizer": descent, "train_op_fn": step},
    }
    return [case(MULTI, name, train=train, fields=TRAIN) for name, train in ways.items()] + [
        case(MULTI, "adam_logits_tensor", _tensor(), train=ways["adam"], fields=TRAIN),
        case(MULTI, "update_ops", update_op=5.0, fields=TRAIN),
        case(MULTI, "mode_unknown", mode="unknown", fields=TRAIN),
        case(MULTI, "regularization_losses", regularization_losses=[0.5]),
    ]


CASES = (
    [case(MULTI, "defaults")]
    + _logits()
    + _head_weights()
    + _heads()
    + _more_kinds()
    + _labels()
    + _training()
)
