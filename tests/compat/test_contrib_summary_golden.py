"""tf.contrib.summary beside what TF 1.15 was recorded to answer."""

import pytest
import tensorflow as tf

from estimator_heads import Estimator, EstimatorSpec
from estimator_heads.compat.names.kinds import Served
from estimator_heads.compat.names.table import TABLE
from tests.compat.learn_estimator_api import ModuleOfTable
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import contrib_summary
from tests.golden.conformance import Conformance
from tests.golden.contrib_summary.subject import SUBJECT

API = ModuleOfTable("tensorflow.contrib.summary")
GOLDEN = Conformance(SUBJECT, API)
v1 = tf.compat.v1


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def test_every_name_has_a_case():
    rows = TABLE["tensorflow.contrib.summary"]
    served = {name for name, entry in rows.items() if isinstance(entry, Served)}
    assert served <= set(uses_in_cases(contrib_summary))


def test_summaries_in_the_training_of_an_estimator(tmp_path):
    """As programs for TPUs write them, in what they call host_call; TPUEstimators initialize it."""

    def model_fn(features, labels, mode):
        step = v1.train.get_global_step()
        with API.create_file_writer(str(tmp_path), 1, filename_suffix=".host").as_default():
            with API.always_record_summaries():
                API.scalar("host/loss", tf.constant(1.5), step=step)
                writes = API.all_summary_ops()
        scaffold = v1.train.Scaffold(local_init_op=tf.group(API.summary_writer_initializer_op()))
        with tf.control_dependencies(writes):
            train_op = v1.assign_add(step, 1)
        return EstimatorSpec(mode, loss=tf.constant(1.0), train_op=train_op, scaffold=scaffold)

    Estimator(model_fn, tmp_path).train(lambda: {"x": tf.constant([1.0])}, steps=2)

    (path,) = tmp_path.glob("*.host")
    events = v1.train.summary_iterator(str(path))
    written = [value for event in events for value in event.summary.value]
    assert [(value.tag, value.simple_value) for value in written] == [("host/loss", 1.5)] * 2
