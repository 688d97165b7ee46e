"""Records what the TensorFlow at hand says to every case: see README.md beside this file."""

import argparse
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tensorflow as tf  # noqa: E402

from tests.golden import recording  # noqa: E402
from tests.golden.heads.cases import CASES  # noqa: E402
from tests.golden.heads.runner import EXECUTIONS, run_case  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", required=True, help="the JSON file to write")
    parser.add_argument("--only", help="ask only cases whose id has this in it; keep the others")
    arguments = parser.parse_args()
    tf.compat.v1.logging.set_verbosity("ERROR")
    ways = EXECUTIONS if tf.executing_eagerly() else ("graph",)
    cases = [case for case in CASES if not arguments.only or arguments.only in case.id]
    answers = {}
    if arguments.only and os.path.exists(arguments.output):
        ids = {case.id for case in CASES}
        recorded = recording.read(arguments.output)
        answers = {case_id: entry for case_id, entry in recorded.items() if case_id in ids}
    for number, case in enumerate(cases, 1):
        answers[case.id] = {
            way: run_case(case, tf.estimator, way)
            for way in ways
            if way in case.options["executions"]
        }
        print(f"\r{number}/{len(cases)} {case.id:<70}", end="", flush=True)
    print()
    recording.write(arguments.output, answers)


if __name__ == "__main__":
    main()
