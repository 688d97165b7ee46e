"""Run by test_contrib_layers.py: compares all answers in TF1's behaviour, as legacy programs run.

Prints a JSON list of [case, how ours differs].
"""

import json

import tensorflow as tf

from tests.golden.layers.ours import GOLDEN
from tests.golden.layers.subject import KINDS, case_ids

if __name__ == "__main__":
    tf.compat.v1.disable_v2_behavior()
    cases = [case_id for kind in KINDS if kind != "hparams" for case_id in case_ids(kind)]
    found = [[case_id, how] for case_id in cases for _, how, _ in GOLDEN.differences(case_id)]
    print(json.dumps(found))
