"""Where RunConfig differs from TF 1.15 on purpose: it is that of TF 2.15."""

from tests.golden.known_differences import Difference, as_in_the_foremost_release

KNOWN_DIFFERENCES = [
    Difference(
        "Where the originals differ from each other",
        as_in_the_foremost_release,
        [
            "defaults",
            "arguments/*/no_graph",
            "replacements/*/no_graph",
            "environments/single_chief_sparse",
        ],
        releases=("1.15",),
    )
]
