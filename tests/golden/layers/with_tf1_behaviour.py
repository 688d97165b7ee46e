"""Run by test_contrib_layers.py: compares all answers in TF1's behaviour, as legacy programs run.

Prints a JSON list of [case, how ours differs].
"""

import json

import tensorflow as tf

from tests.golden.layers import answers, ours

if __name__ == "__main__":
    tf.compat.v1.disable_v2_behavior()
    cases = [case for kind in answers.KINDS if kind != "hparams" for case in answers.cases(kind)]
    differences = [[case, ours.difference_of(case)] for case in cases]
    print(json.dumps([[case, how] for case, how in differences if how is not None]))
