"""Where the optimizers of `tf.contrib.opt` differ on purpose, and what they do instead."""

from tests.golden.known_differences import Difference

KNOWN_DIFFERENCES = [
    Difference(
        "Variables that decay",
        # The original lets the bias decay too.
        lambda asked: abs(asked.ours["values"][0]) > abs(asked.expected["values"][0]),
        ["optimizers/variables_to_decay_of_minimize"],
    ),
]
