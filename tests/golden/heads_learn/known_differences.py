"""Where the heads of tf.contrib.learn answer differently from TF 1.15 on purpose, and how."""

from tests.golden.closeness import is_error
from tests.golden.known_differences import (
    Difference,
    agree,
    raises,
    raises_instead_of,
    refused_by_constructor,
    works_instead_of_failing,
)

ALL = ("infer", "eval", "train")


def has_a_spec(error):
    """As TF 1.15 but for `estimator_spec()`, which raised an error."""

    def allowed(asked):
        if not all(isinstance(answer, dict) for answer in (asked.expected, asked.ours)):
            return False
        expected, ours = dict(asked.expected), dict(asked.ours)
        specs = expected.pop("spec", None), ours.pop("spec", None)
        return (
            specs[0] == {"error": error}
            and bool(specs[1])
            and not is_error(specs[1])
            and agree(expected, ours)
        )

    return allowed


def as_with_good_logits(asked):
    """As TF 1.15 answers the default case, but for the name of the logits, which are cast."""
    expected = dict(asked.recorded[asked.case_id.split("/")[0] + "/defaults"]["graph"][asked.field])
    ours = dict(asked.ours)
    expected.pop("names", None), ours.pop("names", None)
    return agree(expected, ours)


def works_or_has_other_names(asked):
    if is_error(asked.expected):
        return works_instead_of_failing(asked)
    return agree(dict(asked.expected, names={}), dict(asked.ours, names={}))


KNOWN_DIFFERENCES = [
    Difference("`estimator_spec()` of binary_svm_head", has_a_spec("ValueError"), ["svm/*"], ALL),
    Difference(
        "`estimator_spec()` of several heads", has_a_spec("KeyError"), ["multi/*"], ("infer",)
    ),
    Difference(
        "Weights with labels of rank 1",
        works_instead_of_failing,
        ["binary/labels_of_rank_1_weighted", "multi_class/labels_of_rank_1_weighted"],
        ("eval",),
    ),
    Difference(
        "Labels of poisson_regression_head",
        works_instead_of_failing,
        ["poisson/labels_bool", "poisson/labels_int*", "poisson/labels_float64"],
        ("eval",),
    ),
    Difference(
        "Losses of loss_only_head",
        works_instead_of_failing,
        ["loss_only/losses_in_a_tuple"],
        ALL,
    ),
    Difference(
        "Heads in multi_head",
        refused_by_constructor("ValueError"),
        ["multi/heads_of_one_name", "multi/heads_empty"],
        ("constructor", "properties", *ALL),
    ),
    Difference(
        "Heads in multi_head",
        raises_instead_of("AttributeError"),
        ["multi/heads_nested"],
        ("constructor",),
    ),
    Difference(
        "Logits of multi_head",
        raises("ValueError"),
        ["multi/logits_and_logits_input", "multi/logits_too_wide"],
        ("infer",),
    ),
    Difference(
        "Strings where numbers are expected",
        raises_instead_of("UnimplementedError", "TypeError"),
        ["*/labels_string"],
        ("eval",),
    ),
    Difference(
        "Error types of invalid constructor arguments",
        raises_instead_of("TypeError"),
        ["multi_label/n_classes_none"],
        ("constructor",),
    ),
    Difference("Logits of another dtype or shape", as_with_good_logits, ["*/logits_double"], ALL),
    Difference(
        "Logits of another dtype or shape", works_or_has_other_names, ["*/shapes_unknown"], ALL
    ),
    Difference(
        "Logits of another dtype or shape",
        raises("ValueError"),
        ["regression_of_triples/logits_of_rank_1"],
        ("infer",),
    ),
]
