"""Asks golden cases without TF 2 behavior; writes the answers into the given folder."""

import json
import sys
from pathlib import Path

import tensorflow as tf

tf.compat.v1.disable_v2_behavior()

from tests.compat.learn_estimator_api import API  # noqa: E402
from tests.golden.learn_estimator.subject import SUBJECT  # noqa: E402

for number, case_id in enumerate(
    [
        "fit/life_of_a_model",
        "fit/order_of_calls",
        "evaluate/metric_specs",
        "predict/batches",
        "arrays/sk_compat",
        "arrays/iterators",
        "exports/several_versions",
    ]
):
    answer = {"case_id": case_id, "answer": SUBJECT.answer(case_id, API)}
    (Path(sys.argv[1]) / f"{number}.json").write_text(json.dumps(answer))
