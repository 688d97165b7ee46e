"""Private names of `tf.contrib.estimator`, by what they should give."""

import numpy as np
import pytest
import tensorflow as tf

from tests.compat.learn_estimator_api import ModuleOfTable

v1 = tf.compat.v1
SOURCES = "tensorflow.contrib.estimator.python.estimator"
extenders, head, multi_head, rnn, exporter, early_stopping = (
    ModuleOfTable(f"{SOURCES}.{name}")
    for name in ("extenders", "head", "multi_head", "rnn", "exporter", "early_stopping")
)


def test_gradients_are_transformed_before_another_optimizer_applies_them():
    with tf.Graph().as_default(), v1.Session() as session:
        weight = v1.get_variable("weight", initializer=1.0)
        inner = v1.train.MomentumOptimizer(0.5, 0.9)
        optimizer = extenders._TransformGradients(
            inner, lambda pairs: [(10.0 * gradient, variable) for gradient, variable in pairs]
        )
        step = v1.train.get_or_create_global_step()
        train_op = optimizer.minimize(weight * weight, step)
        session.run(v1.global_variables_initializer())
        session.run(train_op)
        assert session.run([weight, step]) == [1.0 - 0.5 * 10.0 * 2.0, 1]
        assert optimizer.get_slot(weight, "momentum") is inner.get_slot(weight, "momentum")
        assert optimizer.get_slot_names() == ["momentum"]
    assert optimizer.get_name() == "Momentum"


def test_the_class_of_multi_label_heads():
    assert isinstance(head.multi_label_head(3), head._MultiLabelHead)
    made = head._MultiLabelHead(2, name="labels", loss_reduction="weighted_sum")
    assert made.logits_dimension == 2
    with tf.Graph().as_default(), v1.Session() as session:
        logits, labels = np.float32([[1.0, -2.0]]), np.int64([[1, 0]])
        loss = made.create_loss({}, "train", tf.constant(logits), tf.constant(labels))
        expected = np.log1p(np.exp([[-1.0, -2.0]])).mean()
        assert session.run(loss.training_loss) == pytest.approx(expected, rel=1e-6)


def test_losses_are_merged_by_weight():
    with tf.Graph().as_default(), v1.Session() as session:
        losses = [tf.constant(1.0), tf.constant(2.0)]
        assert session.run(multi_head._merge_losses(losses)) == 3.0
        assert session.run(multi_head._merge_losses(losses, head_weights=[2.0, 0.5])) == 3.0
        assert multi_head._no_op_train_fn(losses[0]).type == "NoOp"
    assert multi_head._default_export_output({"one": 1}, "head") == 1


def test_cells_by_name():
    names = {name: cls.__name__ for name, cls in rnn._CELL_TYPES.items()}
    assert names == {"basic_rnn": "BasicRNNCell", "lstm": "BasicLSTMCell", "gru": "GRUCell"}


def test_early_stopping_is_that_of_tf_estimator():
    sources = ModuleOfTable("tensorflow_estimator.python.estimator.early_stopping")
    for name in ("read_eval_metrics", "_StopOnPredicateHook", "_summaries"):
        assert getattr(early_stopping, name) is getattr(sources, name)
    assert exporter.DEFAULT_GLOBAL_STEP_KEY == "global_step"
