"""Where estimator-heads answers differently from an oracle on purpose, and what it answers instead.

Every entry names a heading of docs/differences.md that describes it; an entry allows one other
answer, not any. `cases` is a pattern (fnmatch) of case ids.
"""

import collections

from tests.golden.closeness import difference, is_error

# One answer that differs: `recorded` holds all that TF 2.15 was recorded to say.
Asked = collections.namedtuple("Asked", "recorded case_id execution field expected ours")
Difference = collections.namedtuple("Difference", "cases executions fields allowed heading")

NOT_ASKED = "not asked"
EVERY_EXECUTION = ("eager", "function", "graph")
NUMBERS = ("loss", "metric_values")
SPECS = ("spec_predict", "spec_eval", "spec_train")
EVERY_FIELD = ("constructor", "properties", "metrics", "predictions") + NUMBERS + SPECS


def agree(expected, ours):
    return difference(expected, ours) is None


def answers_to(asked, name=None):
    """The answers of every execution to the same question about another case, or this one."""
    case_id = asked.case_id.split("/")[0] + "/" + name if name else asked.case_id
    answers = [fields.get(asked.field) for fields in asked.recorded[case_id].values()]
    return [answer for answer in answers if answer is not None and not is_error(answer)]


def raises(name):
    def allowed(asked):
        return agree({"error": name}, asked.ours)

    return allowed


def refused_by_constructor(name):
    def allowed(asked):
        return agree({"error": name} if asked.field == "constructor" else NOT_ASKED, asked.ours)

    return allowed


def works(asked):
    return asked.ours != NOT_ASKED and not is_error(asked.ours)


def as_in_case(name):
    """As the oracle answers another case of the same head, in whatever execution it does."""

    def allowed(asked):
        return any(agree(answer, asked.ours) for answer in answers_to(asked, name))

    return allowed


def made_as_in_case(name):
    """The oracle refuses the constructor's argument; ours answers as another case does."""

    def allowed(asked):
        if asked.field == "constructor":
            return asked.ours == NOT_ASKED
        return as_in_case(name)(asked)

    return allowed


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


def _known(heading, allowed, cases, fields, executions=EVERY_EXECUTION):
    return [Difference(pattern, executions, fields, allowed, heading) for pattern in cases.split()]


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
        EVERY_EXECUTION,
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
        "Unknown modes are refused",
        raises("ValueError"),
        "*_class/mode_unknown multi_label/mode_unknown regression/mode_unknown",
        ("spec_train",),
    )
    + _known(
        "Text where numbers belong",
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
        "Numbers of classes",
        made_as_in_case("n_classes_int32"),
        "multi_class/n_classes_int8 multi_class/n_classes_int64",
        ("constructor", "predictions") + NUMBERS,
    )
    + _known(
        "Numbers of classes",
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
        "Types of refused constructor arguments",
        raises("ValueError"),
        "regression/label_dimension_none poisson/label_dimension_none",
        ("constructor",),
    )
    + _known(
        "Types of refused constructor arguments",
        raises("TypeError"),
        "multi_class/n_classes_float multi_class/n_classes_string",
        ("constructor",),
    )
    + _known(
        "Types of refused constructor arguments",
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
        "Probabilities of two classes",
        both_probabilities_unknown,
        "binary_class/logits_not_a_number",
        ("predictions",),
    )
    + _known(
        "Repeated head names",
        refused_by_constructor("ValueError"),
        "multi/heads_of_repeated_names",
        EVERY_FIELD,
    )
    + _known("Missing labels of MultiHead", raises("ValueError"), "multi/labels_none", NUMBERS)
    + _known(
        "Logits of MultiHead of unknown rank",
        as_in_case("logits_tensor_batch_size_unknown"),
        "multi/logits_tensor_shapes_unknown",
        NUMBERS + ("predictions",),
    )
    + _known(
        "Logits of MultiHead of unknown rank",
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
