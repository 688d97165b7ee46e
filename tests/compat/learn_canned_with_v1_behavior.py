"""Answers of canned estimators of tf.contrib.learn after tf.compat.v1.disable_v2_behavior().

Writes them into the folder that is given.
"""

import json
import sys
from pathlib import Path

import tensorflow as tf

tf.compat.v1.disable_v2_behavior()

from tests.compat.learn_canned_api import API  # noqa: E402
from tests.golden.learn_canned.subject import SUBJECT  # noqa: E402

for case_id in [
    "dnn_classifier",
    "dnn_regressor_with_everything",
    "linear_classifier_core_columns",
    "linear_classifier_sdca",
    "combined_classifier",
    "kmeans",
    "rnn_three_classes_of_sequences",
]:
    answer = {"case_id": case_id, "answer": SUBJECT.answer(case_id, API)}
    (Path(sys.argv[1]) / f"{case_id}.json").write_text(json.dumps(answer))
