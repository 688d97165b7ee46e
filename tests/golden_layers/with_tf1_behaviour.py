"""Run by test_contrib_layers.py: compares all answers in TF1's behaviour, as legacy programs run.

Prints a JSON list of [case, how ours differs].
"""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tensorflow as tf  # noqa: E402

from golden_layers import answers, ours  # noqa: E402

if __name__ == "__main__":
    tf.compat.v1.disable_v2_behavior()
    cases = [case for kind in answers.KINDS if kind != "hparams" for case in answers.cases(kind)]
    differences = [[case, ours.difference_of(case)] for case in cases]
    print(json.dumps([[case, how] for case, how in differences if how is not None]))
