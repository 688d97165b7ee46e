"""What can be found in a file, and what it means for a program."""

import enum


class Level(enum.Enum):
    """How much a finding matters. The values are SARIF's."""

    STOPS = "error"
    DOUBTFUL = "warning"
    FINE = "note"


# From the name of each rule to what it finds.
RULES = {
    "legacy-served": "a legacy name that estimator-heads serves",
    "legacy-not-yet": "a legacy name that estimator-heads does not serve yet",
    "legacy-outside": "a legacy name that estimator-heads will not serve",
    "legacy-unknown": "a name below a legacy module that estimator-heads does not know",
    "tf1-name": "another name that only TensorFlow 1 has",
    "missing-name": "a public name that is in neither API of the installed TensorFlow",
    "private-moved": "an import from the inside of TensorFlow that is not there any more",
    "keras2-name": "a name of Keras 2 that Keras 3 lacks",
    "python2": "Python 2 source",
    "syntax-error": "source that this Python cannot parse",
    "not-text": "a file that is no source",
    "too-large": "a file that is too large to be read",
    "unreadable": "a file or folder that cannot be read",
}
