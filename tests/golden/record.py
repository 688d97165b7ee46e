"""Records what the TensorFlow at hand answers to the cases of the subjects: see README.md here.

Writes `tf_1.15.json` or `tf_2.15.json` in the folder of each subject that is recorded of it.
"""

import argparse
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tensorflow as tf  # noqa: E402

from tests.golden.subject import find_subject, subject_names  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subject", choices=subject_names(), help="only this one")
    parser.add_argument("--only", help="ask only cases whose id has this in it; keep the others")
    arguments = parser.parse_args()
    tf.compat.v1.logging.set_verbosity("ERROR")
    release = ".".join(tf.__version__.split(".")[:2])
    names = [arguments.subject] if arguments.subject else subject_names()
    subjects = [find_subject(name) for name in names]
    recorded = [subject for subject in subjects if release in subject.releases]
    if not recorded:
        releases = sorted({release for subject in subjects for release in subject.releases})
        parser.error(f"Expected TensorFlow {' or '.join(releases)}. Received: {tf.__version__}")
    for subject in recorded:
        subject.record(release, arguments.only)


if __name__ == "__main__":
    main()
