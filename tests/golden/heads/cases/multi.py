"""Cases of MultiHead."""

from tests.golden.data import (
    Batch,
    doubles,
    floats,
    integers,
    made,
    sparse_integers,
    strings,
    with_features,
    with_labels,
    with_logits,
)

from . import common
from .case import case
from .common import BAD, FORMS, LOSSES, STEP, SUM, WEIGHTS

X = floats([[42.0], [7.0], [1.5]])
CLASS = made("head", kind="MultiClassHead", n_classes=3, name="class")
FLAG = made("head", kind="BinaryClassHead", name="flag")
VALUE = made("head", kind="RegressionHead", name="value")
HEADS = [CLASS, FLAG, VALUE]
BATCHES = [
    Batch(
        {"x": X},
        {
            "class": floats([[1.0, 0.0, 0.5], [0.0, 2.0, 0.25], [0.5, -0.25, 1.5]]),
            "flag": floats([[0.5], [-1.0], [0.25]]),
            "value": floats([[3.0], [1.0], [-0.5]]),
        },
        {
            "class": integers([[1], [1], [2]]),
            "flag": integers([[1], [1], [0]]),
            "value": floats([[2.0], [1.5], [0.0]]),
        },
    ),
    Batch(
        {"x": X},
        {
            "class": floats([[1.0, 2.0, 3.0], [0.1, 0.2, -0.3], [-2.0, 0.0, 2.0]]),
            "flag": floats([[-0.75], [1.25], [-2.5]]),
            "value": floats([[0.0], [-2.0], [0.5]]),
        },
        {
            "class": integers([[0], [1], [2]]),
            "flag": integers([[0], [1], [1]]),
            "value": floats([[1.0], [3.5], [0.75]]),
        },
    ),
]
TABLE = common.Table("multi", "MultiHead", {"heads": HEADS}, BATCHES)
NAMES = ["class", "flag", "value"]
PREDICT = {"fields": ("properties", "loss", "predictions", "spec_predict")}

# The example of the API documentation: loss 23.75.
DOCUMENTED_HEADS = [
    made("head", kind="MultiLabelHead", n_classes=2, name="head1"),
    made("head", kind="MultiLabelHead", n_classes=3, name="head2"),
]
DOCUMENTED = [
    Batch(
        {"x": floats([[42.0]])},
        {
            "head1": floats([[-10.0, 10.0], [-15.0, 10.0]]),
            "head2": floats([[20.0, -20.0, 20.0], [-30.0, 20.0, -20.0]]),
        },
        {"head1": integers([[1, 0], [1, 1]]), "head2": integers([[0, 1, 0], [1, 1, 0]])},
    ),
    Batch(
        {"x": floats([[42.0]])},
        {
            "head1": floats([[1.0, 0.0], [-1.5, 0.5]]),
            "head2": floats([[2.0, -2.0, 2.0], [-3.0, 2.0, -2.0]]),
        },
        {"head1": integers([[1, 1], [0, 1]]), "head2": integers([[1, 1, 0], [0, 1, 0]])},
    ),
]


def _make(name, batches=None, arguments=None, **options):
    return common.make(TABLE, name, batches, arguments, **options)


def _one_tensor(batches):
    """The logits of all heads side by side."""
    joined = [
        [sum((list(batch.logits[name][row]) for name in NAMES), []) for row in range(3)]
        for batch in batches
    ]
    return with_logits(batches, *map(floats, joined))


def _without(entries, name):
    return {key: value for key, value in entries.items() if key != name}


def _logit_forms():
    tensor = _one_tensor(BATCHES)
    smaller = [
        tensor[0],
        Batch(
            {"x": X[:2]}, tensor[1].logits[:2], {key: y[:2] for key, y in BATCHES[1].labels.items()}
        ),
    ]
    wide = with_logits(tensor, *(floats([[0.5] * 6] * 3) for _ in tensor))
    narrow = with_logits(tensor, *(batch.logits[:, :4] for batch in tensor))
    cubes = [
        Batch({}, batch.logits[:, None, :], {key: y[:, None] for key, y in batch.labels.items()})
        for batch in tensor
    ]
    wrong_child = [
        batch._replace(logits=dict(batch.logits, flag=batch.logits["class"])) for batch in BATCHES
    ]
    return [
        _make("logits_tensor", tensor),
        _make(
            "logits_tensor_double",
            with_logits(tensor, *(doubles(b.logits) for b in tensor)),
            **LOSSES,
        ),
        _make("logits_tensor_batch_size_unknown", smaller, shapes="batch"),
        _make("logits_tensor_shapes_unknown", smaller, shapes="unknown"),
        _make("logits_tensor_of_rank_3", cubes, **FORMS),
        _make("logits_tensor_numpy", tensor, raw=True, executions=("eager",)),
        _make("logits_dict_numpy", raw=True, executions=("eager",)),
        _make("logits_dict_batch_size_unknown", shapes="batch", **PREDICT),
        _make("logits_dict_shapes_unknown", shapes="unknown", **PREDICT),
        _make("logits_tensor_too_wide", wide),
        _make("logits_tensor_too_narrow", narrow),
        _make(
            "logits_dict_head_absent",
            with_logits(BATCHES, *(_without(batch.logits, "flag") for batch in BATCHES)),
        ),
        _make(
            "logits_dict_head_unknown",
            with_logits(BATCHES, *(dict(b.logits, other=b.logits["flag"]) for b in BATCHES)),
            **PREDICT,
        ),
        _make("logits_dict_of_wrong_last_dimension", wrong_child),
    ]


def _head_weights():
    good = {"floats": [1.0, 2.5, 0.5], "negative": (1.0, -2.0, 0.0), "ints": [1, 2, 3]}
    bad = {
        "too_few": [1.0, 2.0],
        "too_many": [1.0, 2.0, 3.0, 4.0],
        "not_a_list": 2.0,
        "empty": [],
        "strings": ["a", "b", "c"],
    }
    return (
        [
            _make("head_weights_" + name, None, {"head_weights": value}, **SUM)
            for name, value in good.items()
        ]
        + [
            _make(
                "head_weights_with_regularization_losses",
                None,
                {"head_weights": [1.0, 2.0, 3.0]},
                regularization_losses=[0.5, 0.25],
            ),
        ]
        + [
            _make("head_weights_" + name, None, {"head_weights": value}, **LOSSES)
            for name, value in bad.items()
        ]
    )


def _heads():
    weighted = with_features(BATCHES, weights=WEIGHTS)
    weighted_heads = [
        made("head", kind="MultiClassHead", n_classes=3, name="class", weight_column="weights"),
        FLAG,
        made("head", kind="RegressionHead", name="value", weight_column="weights"),
    ]
    words = [
        batch._replace(labels=dict(batch.labels, **{"class": strings(label)}))
        for batch, label in zip(BATCHES, ([["b"], ["b"], ["c"]], [["a"], ["b"], ["c"]]))
    ]
    word_heads = [
        made(
            "head",
            kind="MultiClassHead",
            n_classes=3,
            name="class",
            label_vocabulary=["a", "b", "c"],
        ),
        made("head", kind="BinaryClassHead", name="flag", thresholds=[0.25]),
        VALUE,
    ]
    sums = [
        made("head", kind="MultiClassHead", n_classes=3, name="class", loss_reduction="sum"),
        made("head", kind="BinaryClassHead", name="flag", loss_reduction="sum"),
        made("head", kind="RegressionHead", name="value", loss_reduction="sum"),
    ]
    count = made("head", kind="PoissonRegressionHead", name="flag")
    chance = made("head", kind="LogisticRegressionHead", name="flag")
    return [
        _make("documented_example", DOCUMENTED, {"heads": DOCUMENTED_HEADS}),
        _make("heads_with_weight_columns", weighted, {"heads": weighted_heads}),
        _make(
            "heads_with_weight_columns_and_head_weights",
            weighted,
            {"heads": weighted_heads, "head_weights": [0.5, 2.0, 1.0]},
            **SUM,
        ),
        _make("heads_with_vocabulary_and_thresholds", words, {"heads": word_heads}),
        _make("heads_that_sum", None, {"heads": sums}, **SUM),
        _make("heads_of_unlike_reductions", None, {"heads": [CLASS, FLAG, sums[2]]}, **SUM),
        _make("heads_a_tuple_in_another_order", None, {"heads": (VALUE, FLAG, CLASS)}, **PREDICT),
        _make("heads_binary_first", None, {"heads": (FLAG, CLASS, VALUE)}, **PREDICT),
        _make("heads_one", None, {"heads": [FLAG]}),
        _make("heads_poisson", None, {"heads": [count, CLASS]}),
        _make("heads_logistic", None, {"heads": [chance, CLASS]}),
        _make("heads_none", None, {"heads": None}),
        _make("heads_empty", None, {"heads": []}),
        _make("heads_without_name", None, {"heads": [CLASS, made("head", kind="BinaryClassHead")]}),
        _make(
            "heads_of_repeated_names",
            None,
            {"heads": [FLAG, made("head", kind="RegressionHead", name="flag")]},
        ),
        _make("heads_not_a_list", None, {"heads": FLAG}),
        _make("heads_not_heads", None, {"heads": [made("nothing")]}),
        _make(
            "heads_nested",
            [
                Batch({}, batch.logits["value"], {"value": batch.labels["value"]})
                for batch in BATCHES
            ],
            {"heads": [made("head", kind="MultiHead", heads=[VALUE])]},
            **SUM,
        ),
    ]


def _labels():
    def changed(function):
        return with_labels(BATCHES, *(function(batch.labels) for batch in BATCHES))

    sparse = sparse_integers([[0, 0]], [1], [3, 1])
    return [
        _make(
            "labels_of_rank_1",
            changed(lambda labels: {key: entry[:, 0] for key, entry in labels.items()}),
            **LOSSES,
        ),
        _make(
            "labels_head_unknown",
            changed(lambda labels: dict(labels, other=labels["flag"])),
            **LOSSES,
        ),
        _make("labels_none", changed(lambda labels: None)),
        _make("labels_not_a_dict", changed(lambda labels: labels["flag"])),
        _make("labels_head_absent", changed(lambda labels: _without(labels, "value"))),
        _make("labels_head_none", changed(lambda labels: dict(labels, flag=None)), **BAD),
        _make(
            "labels_too_large", changed(lambda labels: dict(labels, flag=labels["flag"] + 1)), **BAD
        ),
        _make(
            "labels_of_wrong_shape",
            changed(lambda labels: dict(labels, flag=labels["flag"][:2])),
            **BAD,
        ),
        _make("labels_sparse", changed(lambda labels: dict(labels, flag=sparse)), **BAD),
        _make("features_none", [batch._replace(features=None) for batch in BATCHES], **BAD),
        _make(
            "weight_column_absent",
            None,
            {
                "heads": [
                    CLASS,
                    FLAG,
                    made("head", kind="RegressionHead", name="value", weight_column="absent"),
                ]
            },
            **BAD,
        ),
    ]


def _prediction_keys():
    fields = {"fields": ("predictions_with_keys",)}
    return [
        _make("keys_pairs", keys=[("class", "classes"), ("value", "predictions")], **fields),
        _make("keys_empty", keys=[], **fields),
        _make("keys_unknown", keys=["nonsense"], **fields),
    ]


def _training():
    """The ways to train of every head, and with one tensor of logits, weighted and regularized."""
    variables = [made("the_variable")]
    sgd = {"optimizer": made("legacy_keras_sgd"), "trainable_variables": variables}
    update = {"train_op_fn": made("no_op"), "update_ops": [made("add_to_counter", amount=5.0)]}
    return common.training(TABLE) + [
        _make(
            "optimizer_logits_tensor",
            _one_tensor(BATCHES),
            {"head_weights": [1.0, 0.5, -1.0]},
            train=sgd,
            regularization_losses=[0.5],
            **STEP,
        ),
        _make("update_ops_logits_tensor", _one_tensor(BATCHES), train=update, **STEP),
        _make(
            "optimizer_heads_of_unlike_reductions",
            None,
            {
                "heads": [
                    CLASS,
                    FLAG,
                    made("head", kind="RegressionHead", name="value", loss_reduction="sum"),
                ]
            },
            train=sgd,
            **STEP,
        ),
        case(
            "multi/mode_unknown_without_train_op_fn",
            "MultiHead",
            {"heads": HEADS},
            BATCHES,
            mode="unknown",
            train={},
            **STEP,
        ),
    ]


CASES = (
    [
        _make("defaults"),
        _make("regularization_losses", regularization_losses=[1.5, 0.25]),
        _make("regularization_losses_empty", regularization_losses=[], **LOSSES),
    ]
    + _logit_forms()
    + _heads()
    + _head_weights()
    + _labels()
    + _prediction_keys()
    + _training()
)
