"""What the heads of all three dialects promise, over one table of them."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from tests.heads.dialects import DIALECTS, HEADS, MODES, OF_NO_TASK


@pytest.fixture(params=HEADS, ids=" ".join)
def described(request):
    make, task = HEADS[request.param]
    return make, task, DIALECTS[request.param[0]]


class Model:
    """A graph with a head over logits that one variable multiplies."""

    def __init__(self, described, mode, name="h"):
        make, task, dialect = described
        self.step = tf.compat.v1.train.get_or_create_global_step()
        self.variable = tf.compat.v1.get_variable("scale", initializer=1.0)
        self._logits = tf.compat.v1.placeholder(tf.float32, [None, task.dimension])
        self._labels = tf.compat.v1.placeholder(
            task.labels[0].dtype, [None, *task.labels[0].shape[1:]]
        )
        self._data = list(zip(task.logits, task.labels, strict=True))
        labels = None if mode == eh.ModeKeys.PREDICT else self._labels
        self.spec = dialect.spec(make(name), mode, self._logits * self.variable, labels)

    def run(self, session, fetches, batch=0):
        return session.run(
            fetches, dict(zip((self._logits, self._labels), self._data[batch], strict=True))
        )


def session():
    session = tf.compat.v1.Session()
    session.run(
        [
            tf.compat.v1.global_variables_initializer(),
            tf.compat.v1.local_variables_initializer(),
            tf.compat.v1.tables_initializer(),
        ]
    )
    return session


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_public_head_is_in_the_table(dialect):
    described = {name for of, name in HEADS if of == dialect}
    assert described == DIALECTS[dialect].public_heads - OF_NO_TASK


def test_the_loss_of_each_batch_is_that_of_the_formula(described):
    _, task, _ = described
    with tf.Graph().as_default():
        model = Model(described, eh.ModeKeys.EVAL)
        with session() as running:
            for batch, (logits, labels) in enumerate(zip(task.logits, task.labels, strict=True)):
                expected = task.loss(logits.astype(np.float64), labels)
                loss = model.run(running, model.spec.loss, batch)
                np.testing.assert_allclose(loss, expected, rtol=1e-5)


def test_a_step_of_training_goes_down_the_gradient_and_counts(described):
    _, task, _ = described
    logits, labels = task.logits[0].astype(np.float64), task.labels[0]
    slope = (task.loss(logits * 1.0001, labels) - task.loss(logits * 0.9999, labels)) / 0.0002
    with tf.Graph().as_default():
        model = Model(described, eh.ModeKeys.TRAIN)
        with session() as running:
            model.run(running, model.spec.train_op)
            after = running.run(model.variable)
            np.testing.assert_allclose(after, 1 - 0.1 * slope, rtol=1e-4)
            assert running.run(model.step) == 1


def test_metrics_end_with_the_name_of_the_head_and_change_with_each_batch(described):
    with tf.Graph().as_default():
        model = Model(described, eh.ModeKeys.EVAL)
        operations = model.spec.eval_metric_ops
        assert operations
        assert all(key.endswith("/h") for key in operations)
        with session() as running:
            found = []
            for batch in (0, 1):
                model.run(running, [update for _, update in operations.values()], batch)
                found.append(running.run({key: value for key, (value, _) in operations.items()}))
        assert all(np.isfinite(value).all() for value in found[1].values())
        assert found[0] != found[1]


def test_a_head_without_a_name_has_metrics_without_one(described):
    with tf.Graph().as_default():
        named = set(Model(described, eh.ModeKeys.EVAL).spec.eval_metric_ops)
    with tf.Graph().as_default():
        unnamed = set(Model(described, eh.ModeKeys.EVAL, name=None).spec.eval_metric_ops)
    assert {key.removesuffix("/h") for key in named} == unnamed | described[2].metrics_of_names


def test_what_the_task_predicts_is_served_by_default(described):
    _, task, _ = described
    with tf.Graph().as_default():
        spec = Model(described, eh.ModeKeys.PREDICT).spec
    assert isinstance(spec.export_outputs["serving_default"], task.output)


@pytest.mark.parametrize("mode", MODES)
def test_a_spec_holds_what_its_mode_needs(described, mode):
    with tf.Graph().as_default():
        spec = Model(described, mode).spec
    assert isinstance(spec, eh.EstimatorSpec)
    assert spec.mode == mode
    assert (spec.loss is None) == (mode == eh.ModeKeys.PREDICT)
    assert (spec.train_op is None) == (mode != eh.ModeKeys.TRAIN)
    assert bool(spec.export_outputs) == (mode in described[2].exports_in)
    assert spec.predictions
