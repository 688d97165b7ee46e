"""Our `tf.contrib`, without `install()`, beside what TF 1.15 answered."""

from estimator_heads.compat.install.legacy_module import module_for
from estimator_heads.compat.names import table as names
from tests.golden.conformance import Conformance

from .subject import SUBJECT, contrib_of


def _find(path):
    return module_for(names.find_module(f"tensorflow.contrib.{path}"))


CONTRIB = contrib_of(_find)
# Where numbers are reconstructed on the way back, rounding differs more.
GOLDEN = Conformance(SUBJECT, CONTRIB, tolerances={"layers/rev_block": 1e-3})
