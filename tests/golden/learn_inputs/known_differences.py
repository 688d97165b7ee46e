"""Where the inputs of `tf.contrib.learn` differ on purpose, and what they do instead."""

from tests.golden.known_differences import Difference, answers_with

KNOWN_DIFFERENCES = [
    Difference(
        "Vocabularies after trim",
        answers_with("none"),
        ["errors/new_category_of_a_trimmed_vocabulary"],
    ),
]
