"""The other direction, run by hand: the original evaluates checkpoints that estimator-heads wrote.

    python tests/golden/canned/reverse.py canned FOLDER     with estimator-heads: writes
    python tests/golden/canned/reverse.py canned FOLDER     with the original: evaluates, compares

The original of `canned`, `canned_rnn` and `custom` is TF 2.15, that of `canned_v1`, `contrib_rnn`
and `custom_v1` is TF 1.15.
"""

import importlib
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path[0] = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))

import tensorflow as tf  # noqa: E402

from tests.golden.canned import asking  # noqa: E402
from tests.golden.closeness import difference  # noqa: E402
from tests.golden.values import jsonable  # noqa: E402


def write(case, api, folder):
    """Trains ours, and keeps what it says of its checkpoint."""
    estimator = asking.new_estimator(case, api, folder)
    estimator.train(asking.input_fn(case, asking.STEPS))
    with open(os.path.join(folder, "answers.json"), "w") as file:
        json.dump(answers(estimator, case), file)


def compare(case, api, folder):
    """How the original's answers differ from ours; None if they do not."""
    with open(os.path.join(folder, "answers.json")) as file:
        ours = json.load(file)
    estimator = asking.new_estimator(case, api, folder)
    return difference(ours, json.loads(json.dumps(answers(estimator, case))))


def answers(estimator, case):
    """Metrics, predictions, and the values in the checkpoint."""
    return jsonable(
        {
            "evaluated": estimator.evaluate(asking.input_fn(case)),
            "predicted": asking.predictions(estimator, case),
            "values": asking.values(estimator.model_dir),
        }
    )


def main(name, folder):
    tf.compat.v1.logging.set_verbosity("ERROR")
    subject = importlib.import_module(f"tests.golden.{name}.subject")
    release = ".".join(tf.__version__.split(".")[:2])
    is_original = release in ("1.15", "2.15")
    if is_original:
        api = subject.original_api()
    else:
        ours = importlib.import_module("tests.canned.implementations")
        api = ours.IMPLEMENTATIONS[name]
    failures = 0
    for case_id, (_, case) in subject.SUBJECT.cases.items():
        path = os.path.join(folder, name, case_id)
        if not is_original:
            write(case, api, path)
            continue
        found = compare(case, api, path)
        failures += found is not None
        print(case_id, found or "agrees", flush=True)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main(*sys.argv[1:])
