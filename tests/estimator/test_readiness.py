"""Sessions start only when all variables have values; errors name those that have none."""

import re

import pytest
import tensorflow as tf

import estimator_heads as eh

v1 = tf.compat.v1


def input_fn():
    return tf.data.Dataset.from_tensors(([1.0], [2.0])).repeat(2)


def model_with(**scaffold):
    """A model with two global variables and a local one, and with a Scaffold of its own."""

    def model_fn(features, labels, mode):
        weight = v1.get_variable("weight", initializer=0.5)
        v1.get_variable("seen", initializer=0, collections=[v1.GraphKeys.LOCAL_VARIABLES])
        loss = tf.reduce_mean(tf.square(weight * features - labels))
        train_op = v1.assign_add(v1.train.get_global_step(), 1)
        made = {name: make() for name, make in scaffold.items()}
        return eh.EstimatorSpec(
            mode, loss=loss, train_op=train_op, scaffold=v1.train.Scaffold(**made)
        )

    return model_fn


def checks_of(model_fn):
    """Which names are missing in a session without values, and when a training starts."""

    class Look(v1.train.SessionRunHook):
        def after_create_session(self, session, coord):
            keys = v1.GraphKeys
            (before,) = v1.get_collection(keys.READY_FOR_LOCAL_INIT_OP)
            (after,) = v1.get_collection(keys.READY_OP)
            self.now = [session.run(op).tolist() for op in (before, after)]
            with v1.Session(graph=session.graph) as empty:
                self.at_first = [empty.run(op).tolist() for op in (before, after)]

    look = Look()
    eh.Estimator(model_fn).train(input_fn, [look])
    return look


def test_both_checks_name_the_variables_that_have_no_value():
    look = checks_of(model_with())
    assert look.at_first == [[b"global_step", b"weight"], [b"global_step", b"weight", b"seen"]]
    assert look.now == [[], []]


@pytest.mark.parametrize(
    ("scaffold", "missing"),
    [({"init_op": tf.no_op}, "global_step, weight"), ({"local_init_op": tf.no_op}, "seen")],
)
def test_training_does_not_start_without_a_value(scaffold, missing):
    estimator = eh.Estimator(model_with(**scaffold))
    with pytest.raises(RuntimeError) as caught:
        estimator.train(input_fn)
    assert re.search(r"ariables not initialized: ([\w, ]+)", str(caught.value))[1] == missing


def test_a_check_of_the_scaffold_is_the_one_that_is_made():
    with pytest.raises(RuntimeError, match="ariables not initialized: all of them"):
        eh.Estimator(model_with(ready_op=lambda: tf.constant(["all of them"]))).train(input_fn)


def test_tables_are_checked_too():
    def model_fn(features, labels, mode):
        keys = tf.constant([1.0, 2.0])
        initializer = tf.lookup.KeyValueTensorInitializer(tf.cast(keys, tf.int64), keys)
        table = tf.lookup.StaticHashTable(initializer, 0.0)
        loss = tf.reduce_sum(table.lookup(tf.cast(features, tf.int64)))
        v1.get_variable("weight", initializer=0.5)
        return eh.EstimatorSpec(
            mode, loss=loss, train_op=v1.assign_add(v1.train.get_global_step(), 1)
        )

    assert checks_of(model_fn).now == [[], []]
