"""`tf.contrib.lookup` against recordings of TF 1.15."""

import pytest
import tensorflow as tf

from tests.golden.layers.ours import CONTRIB, GOLDEN
from tests.golden.layers.subject import case_ids

LOOKUP = CONTRIB.lookup


@pytest.mark.parametrize("case_id", case_ids("contrib", "lookup"))
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


def test_tables_of_one_shared_name_are_one_table():
    def table(values):
        initializer = LOOKUP.KeyValueTensorInitializer(["a"], values, tf.string, tf.int64)
        return LOOKUP.HashTable(initializer, -1, shared_name="shared")

    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        filled, other = table([7]), table([8])
        session.run(filled.init)

        assert session.run(other.lookup(tf.constant(["a"]))).tolist() == [7]


def test_without_a_mapping_the_message_says_what_is_expected():
    with pytest.raises(ValueError, match="`mapping`. Expected a tensor of words"):
        LOOKUP.index_table_from_tensor(None)
    with pytest.raises(ValueError, match="for other types, use index_table_from_tensor"):
        LOOKUP.string_to_index_table_from_tensor([1])
