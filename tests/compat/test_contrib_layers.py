"""The functions of `tf.contrib.layers` against recordings of TF 1.15; what is random in them."""

import inspect
import json
import pathlib

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.compat.names import table as names
from estimator_heads.compat.names.kinds import Served
from tests.golden.layers import cases_layers
from tests.golden.layers.ours import CONTRIB, GOLDEN
from tests.golden.layers.subject import case_ids

TESTS = pathlib.Path(__file__).resolve().parents[1]

# What the issue that asked for tf.contrib.layers names, feature columns apart.
DEMANDED = (
    "fully_connected stack linear relu relu6 layer_norm batch_norm dropout flatten conv2d "
    "convolution2d max_pool2d embed_sequence instance_norm group_norm softmax one_hot_encoding "
    "repeat l1_regularizer l2_regularizer l1_l2_regularizer sum_regularizer apply_regularization "
    "summarize_activation summarize_activations summarize_collection summarize_tensor "
    "summarize_tensors bow_encoder safe_embedding_lookup_sparse"
).split()
# Classes that a function of the recordings makes, and what is tested below or elsewhere.
ASKED_OTHERWISE = {
    "GDN",
    "RevBlock",
    "adaptive_clipping_fn",
    "bucketize",
    "optimize_loss",
    "pool",
    "variance_scaling_initializer",
    "xavier_initializer",
    "xavier_initializer_conv2d",
}
LAYERS = CONTRIB.layers


@pytest.mark.parametrize("case_id", [*case_ids("layers"), *case_ids("bad")])
def test_answers_are_those_of_tf_1_15(case_id):
    GOLDEN.check(case_id)


@pytest.mark.another_execution
def test_everything_is_the_same_in_the_behaviour_of_tf1(run_python):
    result = run_python(TESTS / "golden" / "layers" / "with_tf1_behaviour.py")

    assert json.loads(result.stdout.splitlines()[-1]) == []


def test_every_case_is_recorded():
    GOLDEN.check_every_case_is_recorded()


def asked_functions():
    """The functions that have a case, whatever other names they have."""
    return {getattr(LAYERS, case.partition("/")[0]) for case in cases_layers.LAYERS}


def test_the_functions_that_were_demanded_have_cases():
    assert [name for name in DEMANDED if getattr(LAYERS, name) not in asked_functions()] == []


def test_every_served_function_has_a_case():
    rows = names.TABLE["tensorflow.contrib.layers"]
    served = {
        name
        for name, entry in rows.items()
        if isinstance(entry, Served) and "column" not in entry.target and callable(entry.load())
    }
    without = {name for name in served if getattr(LAYERS, name) not in asked_functions()}

    assert without == ASKED_OTHERWISE


@pytest.mark.parametrize("package", ["framework", "layers", "lookup", "metrics", "training"])
def test_arguments_are_called_and_ordered_as_in_tf_1_15(package):
    rows = names.TABLE[f"tensorflow.contrib.{package}"]
    different = {}
    for name, expected in GOLDEN.recorded["1.15"]["signatures"][package].items():
        entry = rows[name]
        if not isinstance(entry, Served) or "column" in entry.target:
            continue
        arguments = list(inspect.signature(entry.load()).parameters)
        hidden = arguments == ["args", "kwargs"] or expected == ["args", "kwargs"]
        if not hidden and arguments[: len(expected)] != expected:
            different[name] = arguments

    assert different == {}


def evaluated(tensor):
    with tf.compat.v1.Session() as session:
        session.run(tf.compat.v1.global_variables_initializer())
        return session.run(tensor)


def test_dropout_keeps_the_mean():
    with tf.Graph().as_default():
        dropped = evaluated(LAYERS.dropout(tf.ones([100, 100]), keep_prob=0.8, seed=1))

    assert set(np.unique(dropped)) == {0.0, np.float32(1.25)}
    assert np.mean(dropped) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize(
    "initializer, shape, limit",
    [
        (LAYERS.xavier_initializer(seed=1), [30, 20], np.sqrt(6 / 50)),
        (LAYERS.xavier_initializer_conv2d(seed=1), [3, 3, 10, 20], np.sqrt(6 / (9 * 30))),
        (
            LAYERS.variance_scaling_initializer(factor=1.0, mode="FAN_OUT", uniform=True, seed=1),
            [30, 20],
            np.sqrt(3 / 20),
        ),
    ],
    ids=["xavier", "xavier_conv2d", "fan_out"],
)
def test_uniform_initializers_fill_the_interval_of_their_formula(initializer, shape, limit):
    with tf.Graph().as_default():
        values = evaluated(initializer(shape))

    assert np.abs(values).max() <= limit
    assert np.abs(values).max() == pytest.approx(limit, rel=0.02)
    assert np.std(values) == pytest.approx(limit / np.sqrt(3), rel=0.1)


def test_normal_initializers_are_truncated_at_two_deviations():
    with tf.Graph().as_default():
        values = evaluated(LAYERS.variance_scaling_initializer(seed=1)([100, 50]))
        xavier = evaluated(LAYERS.xavier_initializer(uniform=False, seed=1)([100, 50]))

    assert np.std(values) == pytest.approx(np.sqrt(2 / 100), rel=0.05)
    assert np.std(xavier) == pytest.approx(np.sqrt(2 / 150), rel=0.05)
    assert np.abs(values).max() <= 2 * np.sqrt(1.3 * 2 / 100)


def test_bucketize_counts_the_boundaries_below():
    with tf.Graph().as_default():
        found = evaluated(LAYERS.bucketize(tf.constant([0.0, 2.0, 9.0]), [1.0, 2.0, 3.0]))

    assert found.tolist() == [0, 2, 3]


def test_pool_is_what_max_pool2d_computes():
    with tf.Graph().as_default():
        images = cases_layers.ramp(2, 4, 4, 3)
        pooled = LAYERS.pool(images, [2, 2], "MAX", stride=2)
        same = evaluated(tf.reduce_all(tf.equal(pooled, LAYERS.max_pool2d(images, 2))))

    assert same


def test_a_network_of_layers_is_trained_under_the_names_of_its_scopes():
    """The deep model of a legacy model_fn: stack, batch_norm, dropout and optimize_loss."""
    with tf.Graph().as_default():
        tf.compat.v1.set_random_seed(1)
        features = tf.random.stateless_normal([64, 4], seed=[1, 2])
        labels = tf.reduce_sum(features, axis=1, keepdims=True)
        net = LAYERS.stack(features, LAYERS.fully_connected, [8, 8], scope="deep")
        net = LAYERS.dropout(LAYERS.batch_norm(net, scope="norm"), keep_prob=0.9)
        loss = tf.compat.v1.losses.mean_squared_error(labels, LAYERS.linear(net, 1, scope="out"))
        step = tf.compat.v1.train.create_global_step()
        train_op = LAYERS.optimize_loss(loss, step, 0.05, "Adam", clip_gradients=5.0)
        variables = sorted(v.op.name for v in tf.compat.v1.trainable_variables())
        with tf.compat.v1.Session() as session:
            session.run(tf.compat.v1.global_variables_initializer())
            losses = [session.run(train_op) for _ in range(60)]

    assert losses[-1] < losses[0] / 4
    assert variables == [
        *(f"deep/deep_{n}/{kind}" for n in (1, 2) for kind in ("biases", "weights")),
        "norm/beta",
        "out/biases",
        "out/weights",
    ]
