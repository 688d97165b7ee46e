"""Where our columns answer differently from TF 1.15 on purpose.

Each entry names a heading of docs/differences.md that describes it, and the questions: patterns
(fnmatch) of "<case>:<question>". `error` is the one other error that is allowed, or None where ours
works.
"""

import collections

Difference = collections.namedtuple("Difference", "heading error questions")

KNOWN_DIFFERENCES = [
    Difference(
        "Columns of 32-bit integers with keys",
        None,
        ["keys/small:transform", "keys/small:weighted_sum", "keys/small:joint"],
    ),
    Difference("Columns of 32-bit integers with keys", "ValueError", ["keys/small:input"]),
    Difference(
        "Crossed features of sequences",
        "ValueError",
        [
            f"crossed/{name}:{question}"
            for name in ("steps", "steps_hash_key")
            for question in ("transform", "weighted_sum", "joint")
        ],
    ),
    Difference(
        "Columns of tf.feature_column among those of tf.contrib",
        "AttributeError",
        ["core/numeric:parse"],
    ),
]
