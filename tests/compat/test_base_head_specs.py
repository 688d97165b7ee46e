"""The helper functions of `head.base_head` and `canned.head` that make train ops and metrics."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.compat.sources import base_head, canned_head

v1 = tf.compat.v1


@pytest.fixture
def graph():
    """A graph with a variable of value 3, whose square is the loss."""
    with tf.Graph().as_default() as graph:
        v1.train.create_global_step()
        v1.get_variable("x", initializer=3.0, use_resource=True)
        yield graph


def variable():
    return v1.trainable_variables()[0]


def run(*fetches):
    with v1.Session() as session:
        session.run([v1.global_variables_initializer(), v1.local_variables_initializer()])
        return [session.run(fetch) for fetch in fetches]


def test_train_op_of_an_optimizer(graph):
    import tf_keras

    loss = variable() ** 2
    train_op = base_head.create_estimator_spec_train_op(
        head_name="head",
        optimizer=tf_keras.optimizers.legacy.SGD(0.1),
        trainable_variables=[variable()],
        regularized_training_loss=loss,
    )
    _, after, step = run(train_op, variable(), v1.train.get_global_step())
    assert after == pytest.approx(3.0 - 0.1 * 2 * 3.0)
    assert step == 1


def test_train_op_of_a_function_with_update_ops(graph):
    counter = v1.get_variable("counter", initializer=0.0, trainable=False)
    train_op = base_head.create_estimator_spec_train_op(
        "head",
        train_op_fn=lambda loss: variable().assign_sub(loss),
        update_ops=[counter.assign_add(2.0)],
        regularized_training_loss=variable() ** 2,
    )
    _, after, count = run(train_op, variable(), counter)
    assert (after, count) == (3.0 - 9.0, 2.0)


def test_train_op_needs_one_of_optimizer_and_function(graph):
    with pytest.raises(ValueError, match="exactly one of.*`optimizer` and `train_op_fn`"):
        base_head.create_estimator_spec_train_op("head", regularized_training_loss=variable())


def tags_and_values():
    (summary,) = run(v1.summary.merge_all())
    return {value.tag: value.simple_value for value in v1.Summary.FromString(summary).value}


def test_summaries(graph):
    with v1.name_scope("model"):
        base_head.create_estimator_spec_summary(
            tf.constant(2.5), [tf.constant(0.5), tf.constant(0.25)], lambda key: f"{key}/head"
        )
    assert tags_and_values() == {"loss/head": 2.5, "regularization_loss/head": 0.75}


def test_summaries_without_names_or_regularization(graph):
    base_head.create_estimator_spec_summary(tf.constant(2.5))
    assert tags_and_values() == {"loss": 2.5}


def test_update_ops_of_the_graph_are_appended(graph):
    train_op = variable().assign_add(1.0)
    assert canned_head._append_update_ops(train_op) is train_op
    counter = v1.get_variable("counter", initializer=0.0, trainable=False)
    v1.add_to_collection(v1.GraphKeys.UPDATE_OPS, counter.assign_add(2.0))
    _, after, count = run(canned_head._append_update_ops(train_op), variable(), counter)
    assert (after, count) == (4.0, 2.0)


@pytest.mark.parametrize(
    "create", [base_head.create_eval_metrics_tuple, canned_head._create_eval_metrics_tuple]
)
def test_eval_metrics_tuple_has_only_tensors_among_its_arguments(graph, create):
    def metric_fn(values, scale, name):
        return {name: v1.metrics.mean(values * scale)}

    values = tf.constant([1.0, 2.0])
    function, tensors = create(metric_fn, {"values": values, "scale": 10.0, "name": "mean"})
    assert tensors == {"values": values}
    value, update = function(**tensors)["mean"]
    _, result = _run_metric(update, value)
    assert result == 15.0


def _run_metric(update, value):
    with v1.Session() as session:
        session.run(v1.local_variables_initializer())
        return session.run(update), session.run(value)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (None, 2.5),
        (2.0, 2.5),
        ([[1.0], [3.0]], (1 + 2 + 3 * 3 + 3 * 4) / 8),
        ([[1.0, 0.0], [0.0, 1.0]], 2.5),
        ([[0.0], [0.0]], 0.0),
    ],
)
def test_mean_metrics_are_updated_with_broadcast_weights(weights, expected):
    import tf_keras

    mean = tf_keras.metrics.Mean()
    base_head.update_metric_with_broadcast_weights(mean, np.array([[1, 2], [3, 4]]), weights)
    assert float(mean.result()) == pytest.approx(expected)
