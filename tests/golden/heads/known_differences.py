"""Where the heads answer differently from an oracle on purpose, and what they answer instead."""

from tests.golden.known_differences import (
    Difference,
    agree,
    answers_to,
    as_in_case,
    made_as_in_case,
    raises,
    refused_by_constructor,
    works,
)

NUMBERS = ("loss", "metric_values")
SPECS = ("spec_predict", "spec_eval", "spec_train")
EVERY_FIELD = ("constructor", "properties", "metrics", "predictions") + NUMBERS + SPECS


def as_in_another_execution(asked):
    return any(agree(answer, asked.ours) for answer in answers_to(asked))


def spec_as_in_graph(asked):
    """The oracle fails in eager mode; the spec holds what it holds in a graph."""
    in_graph = asked.recorded[asked.case_id].get("graph", {}).get(asked.field, {})
    kept = [key for key in ("loss", "mode", "predictions") if key in in_graph]
    return works(asked) and all(agree(in_graph[key], asked.ours[key]) for key in kept)


def train_step_as_in(name=None):
    """The training step of another case, with the global step advanced."""

    def allowed(asked):
        answers = answers_to(asked, name)
        return any(agree(dict(answer, global_step=1), asked.ours) for answer in answers)

    return allowed


def more_keys(asked):
    common = works(asked) and {key: asked.ours.get(key) for key in asked.expected}
    return common and len(common) < len(asked.ours) and agree(asked.expected, common)


def fewer_keys(asked):
    common = works(asked) and {key: asked.expected.get(key) for key in asked.ours}
    return common and len(common) < len(asked.expected) and agree(common, asked.ours)


def both_probabilities_unknown(asked):
    """The oracle's softmax gives the class 0 the probability 0 where that of class 1 is NaN."""
    rows = asked.expected["probabilities"]["values"]
    rows = [["nan", "nan"] if "nan" in row else row for row in rows]
    probabilities = dict(asked.expected["probabilities"], values=rows)
    return works(asked) and agree(dict(asked.expected, probabilities=probabilities), asked.ours)


def _known(heading, allowed, cases, fields, executions=None):
    """One entry a pattern of `cases`, so that each is tested by itself."""
    return [
        Difference(heading, allowed, [pattern], fields, executions) for pattern in cases.split()
    ]


KNOWN_DIFFERENCES = (
    _known("EVAL specs in eager mode", spec_as_in_graph, "*", ("spec_eval",), ("eager",))
    + _known(
        "TRAIN specs of MultiHead in eager mode",
        spec_as_in_graph,
        "multi/*",
        ("spec_train",),
        ("eager",),
    )
    + _known(
        "`features` may be None",
        as_in_case("defaults"),
        "*/features_none",
        NUMBERS + ("spec_eval",),
    )
    + _known(
        "`regularization_losses` may be empty",
        as_in_case("defaults"),
        "*/regularization_losses_empty",
        NUMBERS + ("metrics",) + SPECS,
    )
    + _known(
        "Optimizers",
        train_step_as_in("optimizer"),
        "*/optimizer_v1 */optimizer_keras */optimizer_without_variables",
        ("spec_train",),
    )
    + _known(
        "The global step advances",
        train_step_as_in(),
        "*/optimizer */optimizer_with_momentum */optimizer_of_own_updates"
        " */update_ops_with_optimizer multi/optimizer_*",
        ("spec_train",),
    )
    + _known(
        "Unknown modes are rejected",
        raises("ValueError"),
        "*_class/mode_unknown multi_label/mode_unknown regression/mode_unknown",
        ("spec_train",),
    )
    + _known(
        "Strings where numbers are expected",
        raises("ValueError"),
        "*/weight_column_strings regression/labels_strings"
        " binary_class/label_vocabulary_missing multi_label/label_vocabulary_missing"
        " multi_label/label_vocabulary_dense_words",
        NUMBERS + ("spec_eval",),
    )
    + _known(
        "Boolean labels of MultiLabelHead",
        as_in_case("defaults"),
        "multi_label/labels_bool",
        NUMBERS,
    )
    + _known(
        "Types of `n_classes`",
        made_as_in_case("n_classes_int32"),
        "multi_class/n_classes_int8 multi_class/n_classes_int64",
        ("constructor", "predictions") + NUMBERS,
    )
    + _known(
        "Types of `n_classes`",
        made_as_in_case("defaults"),
        "multi_label/n_classes_int8 multi_label/n_classes_tensor",
        ("constructor", "predictions") + NUMBERS,
    )
    + _known(
        "Class ids of small dtypes", as_in_case("defaults"), "multi_class/labels_uint8", NUMBERS
    )
    + _known(
        "`SparseTensorValue` as labels",
        as_in_case("labels_sparse_ids"),
        "multi_label/labels_sparse_value",
        ("loss",),
    )
    + _known(
        "`loss_reduction` of a `loss_fn`",
        as_in_case("loss_fn_of_3_arguments"),
        "*/loss_fn_of_4_arguments",
        NUMBERS,
    )
    + _known(
        "`loss_reduction` of a `loss_fn`", works, "*/loss_fn_of_4_arguments_with_weights", NUMBERS
    )
    + _known(
        "Error types of invalid constructor arguments",
        raises("ValueError"),
        "regression/label_dimension_none poisson/label_dimension_none",
        ("constructor",),
    )
    + _known(
        "Error types of invalid constructor arguments",
        raises("TypeError"),
        "multi_class/n_classes_float multi_class/n_classes_string",
        ("constructor",),
    )
    + _known(
        "Error types of invalid constructor arguments",
        refused_by_constructor("TypeError"),
        "multi/head_weights_strings",
        EVERY_FIELD,
    )
    + _known("Metrics of MultiHead", more_keys, "multi/*", ("metrics",))
    + _known(
        "Metrics of MultiHead",
        as_in_another_execution,
        "multi/*",
        ("metric_values",),
        ("eager", "function"),
    )
    + _known(
        "Metrics of MultiHead",
        as_in_case("defaults"),
        "multi/logits_*_numpy",
        ("metric_values",),
        ("eager",),
    )
    + _known(
        "Prediction keys of MultiHead", fewer_keys, "multi/keys_pairs", ("predictions_with_keys",)
    )
    + _known(
        "Prediction keys of MultiHead",
        raises("ValueError"),
        "multi/keys_unknown",
        ("predictions_with_keys",),
    )
    + _known(
        "Probabilities of binary heads",
        both_probabilities_unknown,
        "binary_class/logits_not_a_number",
        ("predictions",),
    )
    + _known(
        "Duplicate head names",
        refused_by_constructor("ValueError"),
        "multi/heads_of_repeated_names",
        EVERY_FIELD,
    )
    + _known("Missing labels of MultiHead", raises("ValueError"), "multi/labels_none", NUMBERS)
    + _known(
        "MultiHead logits of unknown rank",
        as_in_case("logits_tensor_batch_size_unknown"),
        "multi/logits_tensor_shapes_unknown",
        NUMBERS + ("predictions",),
    )
    + _known(
        "MultiHead logits of unknown rank",
        works,
        "multi/logits_tensor_shapes_unknown",
        SPECS,
        ("graph",),
    )
    + _known(
        "Labels of unknown rank",
        as_in_another_execution,
        "*/labels_of_rank_1_shapes_unknown",
        NUMBERS,
        ("function", "graph"),
    )
)
