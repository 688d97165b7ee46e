"""Where our columns answer differently from TF 1.15 on purpose, and what they answer instead."""

from tests.golden.known_differences import Difference, raises, works

OF_IDS = ("transform", "weighted_sum", "joint")


def _known(heading, allowed, case_id, questions):
    """One entry a question, so that each is tested by itself."""
    return [Difference(heading, allowed, [case_id], (question,)) for question in questions]


KNOWN_DIFFERENCES = (
    _known("Columns of 32-bit integers with keys", works, "keys/small", OF_IDS)
    + _known("Columns of 32-bit integers with keys", raises("ValueError"), "keys/small", ["input"])
    + _known("Crossed features of sequences", raises("ValueError"), "crossed/steps", OF_IDS)
    + _known(
        "Crossed features of sequences",
        raises("ValueError"),
        "crossed/steps_hash_key",
        OF_IDS,
    )
    + _known(
        "Columns of tf.feature_column among those of tf.contrib",
        raises("AttributeError"),
        "core/numeric",
        ["parse"],
    )
)
