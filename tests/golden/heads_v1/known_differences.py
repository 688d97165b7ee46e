"""Where the TF1 heads answer differently from TF 1.15 on purpose, and what they answer instead."""

from tests.golden.known_differences import (
    Difference,
    as_in_case,
    made_as_in_case,
    raises,
    raises_instead_of,
    refused_by_constructor,
    works_instead_of_failing,
)

LOSS_AND_EVAL = ("loss_spec", "eval")
ALL = ("loss_spec", "predict", "eval", "train")


KNOWN_DIFFERENCES = [
    Difference(
        "`features` may be None", as_in_case("defaults"), ["*/features_none"], LOSS_AND_EVAL
    ),
    Difference("Unknown modes are rejected", raises("ValueError"), ["*/mode_unknown"], ("train",)),
    Difference(
        "Strings where numbers are expected",
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
        "Types of `n_classes`",
        made_as_in_case("n_classes_int32"),
        ["multi_class/n_classes_int8"],
        ("constructor", "properties", "eval", "predict"),
    ),
    Difference(
        "Types of `n_classes`",
        as_in_case("defaults"),
        ["multi_label/n_classes_int8"],
        ("predict",),
    ),
    Difference(
        "Class ids of small dtypes",
        works_instead_of_failing,
        ["multi_class/labels_uint8"],
        ("loss_spec",),
    ),
    Difference(
        "`SparseTensorValue` as labels",
        as_in_case("labels_sparse"),
        ["multi_label/labels_sparse_value"],
        ("loss_spec",),
    ),
    Difference(
        "Error types of invalid constructor arguments",
        raises_instead_of("TypeError"),
        ["*/label_dimension_none"],
        ("constructor",),
    ),
    Difference(
        "Duplicate head names",
        refused_by_constructor("ValueError"),
        ["multi/heads_of_repeated_names"],
        ("constructor", "properties", *ALL),
    ),
    Difference(
        "MultiHead logits of unknown rank",
        works_instead_of_failing,
        ["multi/logits_tensor_shapes_unknown"],
        ALL,
    ),
    Difference(
        "Unusable optimizers",
        raises_instead_of("AttributeError"),
        ["*/optimizer_of_wrong_type"],
        ("train",),
    ),
    Difference(
        "Missing logits or labels in multi_head",
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
        "Head weights that are not numbers",
        refused_by_constructor("TypeError"),
        ["multi/head_weights_strings"],
        ("constructor", "properties", *ALL),
    ),
    Difference(
        "Logits of another dtype",
        works_instead_of_failing,
        ["multi/logits_tensor_of_doubles"],
        ("loss_spec",),
    ),
]
