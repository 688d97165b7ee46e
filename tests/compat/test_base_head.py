"""The helper functions of `head.base_head` and `canned.head`: what they return and raise.

The functions of `canned.head` are, but for a few, those of `base_head` under another name.
"""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.sources import base_head, canned_head

v1 = tf.compat.v1

LOGITS = np.array([[0.5, -1.0, 2.0], [1.0, 0.0, -0.5]], np.float32)
WEIGHTS = np.array([2.0, 0.5], np.float32)


def evaluated(function, *arguments, **keywords):
    """The function's Tensor as an array, eagerly and in a graph; they must agree."""
    eager = np.asarray(function(*map(tensor, arguments), **keywords))
    with tf.Graph().as_default(), v1.Session() as session:
        made = function(*map(tensor, arguments), **keywords)
        session.run(v1.tables_initializer())
        np.testing.assert_array_equal(session.run(made), eager)
    return eager


def tensor(value):
    if isinstance(value, dict):
        return {name: tensor(entry) for name, entry in value.items()}
    return tf.constant(value) if isinstance(value, np.ndarray) else value


def error_when_run(function, *shapes_and_values):
    """The error of a function of placeholders of unknown shape, when they are fed."""
    with tf.Graph().as_default(), v1.Session() as session:
        fed = [v1.placeholder(value.dtype) for value in shapes_and_values]
        made = function(*fed)
        with pytest.raises(tf.errors.InvalidArgumentError) as raised:
            session.run(made, dict(zip(fed, shapes_and_values, strict=True)))
    return str(raised.value)


# Labels


@pytest.mark.parametrize(
    "check",
    [
        base_head.check_dense_labels_match_logits_and_reshape,
        canned_head._check_dense_labels_match_logits_and_reshape,
    ],
)
def test_dense_labels_get_the_rank_of_the_logits(check):
    flat = np.array([2, 0], np.int64)
    assert evaluated(check, flat, LOGITS, 1).tolist() == [[2], [0]]
    assert evaluated(check, flat[:, None], LOGITS, 1).tolist() == [[2], [0]]
    many = np.array([[1, 0, 1], [0, 0, 1]], np.int64)
    result = evaluated(check, many, LOGITS, expected_labels_dimension=3)
    assert result.tolist() == many.tolist() and result.dtype == np.int64


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (None, "need\\s+labels"),
        (np.zeros([2, 2]), r"Expected \[D0, D1, ... DN, 1\].*labels of shape \(2, 2\)"),
        (np.zeros([3, 1]), r"labels of shape \(3, 1\)"),
        (np.zeros([2, 1, 1]), r"labels of shape \(2, 1, 1\)"),
        (tf.SparseTensor([[0, 0]], [1], [2, 1]), "Expected a dense Tensor"),
    ],
)
def test_dense_labels_of_another_shape_are_refused(labels, message):
    with pytest.raises(ValueError, match=message):
        base_head.check_dense_labels_match_logits_and_reshape(labels, LOGITS, 1)


def test_shapes_of_labels_that_are_not_known_are_checked_when_run():
    message = error_when_run(
        lambda labels, logits: base_head.check_dense_labels_match_logits_and_reshape(
            labels, logits, 1
        ),
        np.zeros([5, 1], np.float32),
        LOGITS,
    )
    assert "labels" in message


def test_label_range():
    labels = np.array([[0], [2]], np.int64)
    assert evaluated(base_head.check_label_range, labels, 3).tolist() == [[0], [2]]
    assert evaluated(canned_head._assert_range, labels, n_classes=3).tolist() == [[0], [2]]
    for wrong in ([[3]], [[-1]]):
        with pytest.raises(ValueError, match=r"Expected values in \[0, 3\)"):
            base_head.check_label_range(np.array(wrong), 3)
        with pytest.raises(ValueError, match="Expected mine"):
            base_head.check_label_range(np.array(wrong), 3, message="mine")


# Weights


@pytest.mark.parametrize(
    "get",
    [
        base_head.get_weights_and_check_match_logits,
        canned_head._get_weights_and_check_match_logits,
    ],
)
def test_weights_broadcast_against_the_logits(get):
    assert get({}, None, LOGITS) == 1.0
    expected = WEIGHTS[:, None].tolist()
    for weights in (WEIGHTS, WEIGHTS[:, None]):
        assert evaluated(get, {"w": weights}, "w", LOGITS).tolist() == expected
    column = tf.feature_column.numeric_column("w", normalizer_fn=lambda weights: weights + 1)
    assert evaluated(get, {"w": WEIGHTS}, column, LOGITS).tolist() == [[3.0], [1.5]]
    integers = evaluated(get, {"w": np.array([3, 0])}, "w", LOGITS)
    assert integers.tolist() == [[3.0], [0.0]] and integers.dtype == np.float32
    each = np.abs(LOGITS)
    result = evaluated(get, {"w": each}, "w", LOGITS, allow_per_logit_weights=True)
    np.testing.assert_array_equal(result, each)


@pytest.mark.parametrize(
    ("features", "column", "error", "message"),
    [
        ({}, "w", ValueError, "'w' is not among the features"),
        ({"w": np.array(["a", "b"])}, "w", ValueError, "Expected numbers"),
        ({"w": np.ones([3])}, "w", ValueError, r"of shape \(3, 1\)"),
        ({"w": np.ones([2, 3])}, "w", ValueError, r"of shape \(2, 3\)"),
        ({"w": WEIGHTS}, 5, TypeError, "`weight_column`.*5 of type int"),
    ],
)
def test_weights_that_do_not_fit_are_refused(features, column, error, message):
    with pytest.raises(error, match=message):
        base_head.get_weights_and_check_match_logits(features, column, LOGITS)


# Logits, arguments


@pytest.mark.parametrize(
    "check", [base_head.check_logits_final_dim, canned_head._check_logits_final_dim]
)
def test_logits_become_floats_of_the_dimension(check):
    result = evaluated(check, LOGITS.astype(np.float64), 3)
    np.testing.assert_array_equal(result, LOGITS)
    assert result.dtype == np.float32
    with pytest.raises(ValueError, match=r"DN, 2\].*logits of shape \(2, 3\)"):
        check(LOGITS, 2)
    with pytest.raises(ValueError, match="of rank 2 or more"):
        check(LOGITS[0], 3)
    assert "logits" in error_when_run(lambda logits: check(logits, 2), LOGITS)


def two_arguments(labels, logits):
    return tf.reduce_sum(tf.abs(tf.cast(labels, tf.float32) - logits), -1, keepdims=True)


def scaled(labels, logits, features):
    return features["scale"] * two_arguments(labels, logits)


def four_arguments(labels, logits, features, loss_reduction):
    return logits


def test_arguments_of_loss_functions():
    for loss_fn in (two_arguments, scaled, four_arguments):
        assert base_head.validate_loss_fn_args(loss_fn) is None
    canned_head._validate_loss_fn_args(scaled)
    with pytest.raises(ValueError, match="'loss_reduction'"):
        canned_head._validate_loss_fn_args(four_arguments)
    for wrong in (lambda logits: logits, lambda labels: labels, lambda labels, logits, x: x):
        for validate in (base_head.validate_loss_fn_args, canned_head._validate_loss_fn_args):
            with pytest.raises(ValueError, match="`loss_fn`"):
                validate(wrong)


@pytest.mark.parametrize("call", [base_head.call_loss_fn, canned_head._call_loss_fn])
def test_loss_functions_are_called_with_what_they_take(call):
    labels = np.array([[1], [0]], np.int64)
    features = {"scale": 3.0}
    expected = np.abs(labels - LOGITS).sum(-1, keepdims=True)
    for loss_fn, scale in ((two_arguments, 1.0), (scaled, 3.0)):
        loss = call(loss_fn, tensor(labels), tensor(LOGITS), features)
        np.testing.assert_allclose(loss, scale * expected, rtol=1e-6)
    wide = call(lambda labels, logits: logits, labels, LOGITS, {}, expected_loss_dim=3)
    np.testing.assert_array_equal(wide, LOGITS)
    with pytest.raises(ValueError, match=r"loss_fn's result.*of shape \(2, 3\)"):
        call(lambda labels, logits: logits, labels, LOGITS, {})


def test_numbers_of_classes():
    for validate in (base_head.validate_n_classes, canned_head._validate_n_classes):
        assert validate(3) == 3
        with pytest.raises(ValueError, match="n_classes=2"):
            validate(2)
        with pytest.raises(TypeError, match="'3' of type str"):
            validate("3")


def test_loss_reductions():
    for reduction in ("sum", "sum_over_batch_size", "auto"):
        assert base_head.validate_loss_reduction(reduction) is None
    for reduction in ("none", "mean", None):
        with pytest.raises(ValueError, match="`loss_reduction`"):
            base_head.validate_loss_reduction(reduction)


def test_lists_of_ops_and_variables():
    for nothing_wrong in (None, [], ()):
        assert base_head.validate_update_ops(nothing_wrong) is None
    assert base_head.validate_trainable_variables([]) is None
    with pytest.raises(ValueError, match="`update_ops`"):
        base_head.validate_update_ops("ops")
    for wrong in (None, tf.Variable(1.0)):
        with pytest.raises(ValueError, match="`trainable_variables`"):
            base_head.validate_trainable_variables(wrong)


def test_optimizers():
    import tf_keras

    for optimizer in (tf_keras.optimizers.SGD(), tf_keras.optimizers.legacy.SGD()):
        assert base_head.validate_v2_optimizer(optimizer) is None
    for wrong in ("SGD", None, object()):
        with pytest.raises(ValueError, match="`optimizer`"):
            base_head.validate_v2_optimizer(wrong)


def test_prediction_keys():
    assert base_head.check_prediction_keys(["a"], ["a", "b"]) is None
    with pytest.raises(ValueError, match=r"Received: \['c'\]"):
        base_head.check_prediction_keys(["a", "c"], ["a", "b"])


# Classes


def test_all_classes_are_in_each_row():
    for all_ids in (base_head.all_class_ids, canned_head._all_class_ids):
        ids = evaluated(all_ids, LOGITS, 3)
        assert ids.tolist() == [[0, 1, 2]] * 2 and ids.dtype == np.int32
    for all_classes in (base_head.all_classes, canned_head._all_classes):
        assert evaluated(all_classes, LOGITS, 3).tolist() == [[b"0", b"1", b"2"]] * 2
        words = evaluated(all_classes, LOGITS, 3, label_vocabulary=["a", "b", "c"])
        assert words.tolist() == [[b"a", b"b", b"c"]] * 2


def test_classification_output():
    for make in (base_head.classification_output, canned_head._classification_output):
        output = make(tensor(LOGITS), 3, ("a", "b", "c"))
        assert isinstance(output, eh.export.ClassificationOutput)
        np.testing.assert_array_equal(output.scores, LOGITS)
        assert np.asarray(output.classes).tolist() == [[b"a", b"b", b"c"]] * 2


def test_serving_keys():
    for module, prefix in ((base_head, ""), (canned_head, "_")):
        names = ("DEFAULT", "CLASSIFY", "REGRESS", "PREDICT")
        keys = [getattr(module, f"{prefix}{name}_SERVING_KEY") for name in names]
        assert keys == ["serving_default", "classification", "regression", "predict"]


def test_summary_key():
    assert canned_head._summary_key("head", "loss") == "loss/head"
    assert canned_head._summary_key(None, "loss") == "loss"
