"""What estimator-heads answers, compared with what TF 1.15 answered."""

import functools
import json
import pathlib

from estimator_heads.compat.install.legacy_module import module_for
from estimator_heads.compat.names import table as names
from tests.golden.closeness import difference

from . import answers

RECORDED = json.loads((pathlib.Path(__file__).parent / "tf_1.15.json").read_text())

# Where numbers are reconstructed on the way back, rounding differs more.
TOLERANCES = {"layers/rev_block": 1e-3}


@functools.cache
def contrib():
    """Our `tf.contrib`, without `install()`."""

    def find(path):
        return module_for(names.find_module(f"tensorflow.contrib.{path}"))

    return answers.contrib_of(find)


def difference_of(case_id):
    """None, or how our answer to a case differs from the recorded one."""
    tolerance = TOLERANCES.get(case_id, 1e-5)
    return difference(RECORDED[case_id], answers.answer(case_id, contrib()), tolerance)
