"""Where the TF1 heads answer differently from TF 1.15 on purpose, and what they answer instead.

Every entry names a heading of docs/differences.md that describes it; an entry allows one other
answer, not any. `cases` are patterns (fnmatch) of case ids.
"""

import collections

from tests.golden.closeness import difference, is_error
from tests.golden.conformance import NOT_ASKED

Difference = collections.namedtuple("Difference", "heading allowed cases fields")

LOSS_AND_EVAL = ("loss_spec", "eval")
ALL = ("loss_spec", "predict", "eval", "train")


def raises(name):
    def allowed(asked):
        return difference({"error": name}, asked.ours) is None

    return allowed


def raises_instead_of(*names):
    def allowed(asked):
        expected = [{"error": name} for name in names]
        ours = difference({"error": "ValueError"}, asked.ours)
        return asked.expected in expected and ours is None

    return allowed


def refused_by_factory(name):
    def allowed(asked):
        answer = {"error": name} if asked.field == "constructor" else NOT_ASKED
        return difference(answer, asked.ours) is None

    return allowed


def as_in_case(name):
    """As TF 1.15 answers another case of the same head."""

    def allowed(asked):
        case_id = asked.case_id.split("/")[0] + "/" + name
        return difference(asked.recorded[case_id][asked.field], asked.ours) is None

    return allowed


def made_as_in_case(name):
    """TF 1.15 refuses the argument of the factory; ours answers as another case does."""

    def allowed(asked):
        if asked.field == "constructor":
            return asked.ours == NOT_ASKED
        return as_in_case(name)(asked)

    return allowed


def works(asked):
    return is_error(asked.expected) and asked.ours != NOT_ASKED and not is_error(asked.ours)


KNOWN_DIFFERENCES = [
    Difference(
        "`features` may be None", as_in_case("defaults"), ["*/features_none"], LOSS_AND_EVAL
    ),
    Difference("Unknown modes are refused", raises("ValueError"), ["*/mode_unknown"], ("train",)),
    Difference(
        "Text where numbers belong",
        raises_instead_of("UnimplementedError", "TypeError"),
        ["*/weights_strings", "*/labels_strings", "*/label_vocabulary_missing"],
        LOSS_AND_EVAL,
    ),
    Difference(
        "Boolean labels of MultiLabelHead",
        as_in_case("defaults"),
        ["multi_label/labels_bool"],
        LOSS_AND_EVAL,
    ),
    Difference(
        "Numbers of classes",
        made_as_in_case("n_classes_int32"),
        ["multi_class/n_classes_int8"],
        ("constructor", "properties", "eval", "predict"),
    ),
    Difference(
        "Numbers of classes",
        as_in_case("defaults"),
        ["multi_label/n_classes_int8"],
        ("predict",),
    ),
    Difference("Class ids of small dtypes", works, ["multi_class/labels_uint8"], ("loss_spec",)),
    Difference(
        "`SparseTensorValue` as labels",
        as_in_case("labels_sparse"),
        ["multi_label/labels_sparse_value"],
        ("loss_spec",),
    ),
    Difference(
        "Types of refused constructor arguments",
        raises_instead_of("TypeError"),
        ["*/label_dimension_none"],
        ("constructor",),
    ),
    Difference(
        "Repeated head names",
        refused_by_factory("ValueError"),
        ["multi/heads_of_repeated_names"],
        ("constructor", "properties", *ALL),
    ),
    Difference(
        "Logits of MultiHead of unknown rank", works, ["multi/logits_tensor_shapes_unknown"], ALL
    ),
    Difference(
        "Optimizers that are none",
        raises_instead_of("AttributeError"),
        ["*/optimizer_of_wrong_type"],
        ("train",),
    ),
    Difference(
        "Logits and labels of every head",
        raises_instead_of("KeyError", "TypeError", "OperatorNotAllowedInGraphError"),
        [
            "multi/logits_dict_head_absent",
            "multi/labels_head_absent",
            "multi/labels_none",
            "multi/labels_not_a_dict",
        ],
        ("loss_spec", "predict", "eval"),
    ),
    Difference(
        "Head weights that are no numbers",
        refused_by_factory("TypeError"),
        ["multi/head_weights_strings"],
        ("constructor", "properties", *ALL),
    ),
    Difference(
        "Logits of another dtype", works, ["multi/logits_tensor_of_doubles"], ("loss_spec",)
    ),
]
