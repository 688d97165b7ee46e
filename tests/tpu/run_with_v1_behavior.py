"""Checks the golden cases without TF 2 behavior; prints those that differ."""

import tensorflow as tf

tf.compat.v1.disable_v2_behavior()

from tests.tpu.test_golden import GOLDEN, SUBJECT  # noqa: E402

for case_id in SUBJECT.cases:
    if case_id.startswith(("programs", "heads", "specs", "exports", "optimizers")):
        try:
            GOLDEN.check(case_id)
        except AssertionError as error:
            print("DIFFERS", case_id, error)
