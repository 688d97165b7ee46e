"""Checks golden cases of tf.contrib without TF 2 behavior; prints those that differ."""

import tensorflow as tf

tf.compat.v1.disable_v2_behavior()

from tests.compat import (  # noqa: E402
    test_contrib_opt_golden,
    test_contrib_rnn_cells_golden,
    test_contrib_summary_golden,
    test_learn_inputs_golden,
)

KINDS = ("optimizers", "cells", "programs", "readers", "arrays")

for module in (
    test_contrib_opt_golden,
    test_contrib_rnn_cells_golden,
    test_contrib_summary_golden,
    test_learn_inputs_golden,
):
    for case_id in module.SUBJECT.cases:
        if case_id.startswith(KINDS):
            try:
                module.GOLDEN.check(case_id)
            except AssertionError as error:
                print("DIFFERS", module.SUBJECT.name, case_id, error)
