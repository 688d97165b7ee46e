"""tf.contrib.distribute beside what TF 1.15 was recorded to answer."""

import inspect

import pytest

from estimator_heads import RunConfig
from estimator_heads.compat.names.kinds import Served
from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_estimator_api import ModuleOfTable
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import contrib_distribute
from tests.golden.conformance import Conformance
from tests.golden.contrib_distribute.subject import SUBJECT

API = ModuleOfTable("tensorflow.contrib.distribute")
GOLDEN = Conformance(SUBJECT, API)
SERVED = {
    name: entry
    for name, entry in TABLE["tensorflow.contrib.distribute"].items()
    if isinstance(entry, Served)
}


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def test_every_name_has_a_case():
    without_tpus = set(SERVED) - {"initialize_tpu_system"}
    assert without_tpus <= set(uses_in_cases(contrib_distribute))


@pytest.mark.parametrize("name", ["MirroredStrategy", "DistributeConfig"])
def test_every_argument_has_a_case(name):
    arguments = set(inspect.signature(SERVED[name].load()).parameters)
    assert arguments <= uses_in_cases(contrib_distribute)[name]


def test_run_config_takes_a_distribute_config():
    strategy = API.MirroredStrategy(num_gpus=0)
    config = RunConfig(experimental_distribute=API.DistributeConfig(train_distribute=strategy))
    assert config.train_distribute is strategy


def test_an_unknown_algorithm_says_which_there_are():
    with pytest.raises(ValueError, match="hierarchical_copy"):
        API.AllReduceCrossDeviceOps("xring")
