"""Wrong input to the heads of tf.contrib.learn: what is said names the argument and the way out."""

import pytest
import tensorflow as tf

from estimator_heads.compat.contrib.learn.heads import factories as learn
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps

GOOD = {
    "features": {"x": [[1.0], [2.0]]},
    "mode": ModeKeys.EVAL,
    "labels": [[1], [2]],
    "logits": [[1.0, 2.0, 3.0], [0.0, 0.5, 1.0]],
}


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default():
        yield


def create(head=None, **changes):
    arguments = {**GOOD, **changes}
    for name in ("labels", "logits", "logits_input"):
        if isinstance(arguments.get(name), list):
            arguments[name] = tf.constant(arguments[name])
    return (head or learn.multi_class_head(3)).create_model_fn_ops(**arguments)


@pytest.mark.parametrize(
    ("error", "message", "changes"),
    [
        (ValueError, "one of .*'train', 'eval', 'infer'.*mode='predict'", {"mode": "predict"}),
        (ValueError, "exactly one of the arguments `logits` and `logits_input`", {"logits": None}),
        (
            ValueError,
            "exactly one of the arguments `logits` and `logits_input`",
            {"logits_input": [[1.0]]},
        ),
        (ValueError, "`train_op_fn`.*no_op_train_fn", {"mode": ModeKeys.TRAIN}),
        (ValueError, "Invalid shape of `logits`.*3", {"logits": [[1.0, 2.0], [1.0, 2.0]]}),
        (ValueError, "`labels`.*labels=None", {"labels": None}),
        (ValueError, r"Invalid shape of `labels`.*\(3, 1\)", {"labels": [[1], [2], [0]]}),
        (
            ValueError,
            "Invalid dtype of `labels`.*`label_keys`.*float32",
            {"labels": [[1.0], [2.0]]},
        ),
        (ValueError, "Invalid dtype of `labels`.*`label_keys`", {"labels": [["1"], ["2"]]}),
        (
            KeyError,
            r"head's argument `label_name`.*\['mine'\].*label_name=None",
            {"labels": {"mine": [[1], [2]]}},
        ),
    ],
)
def test_a_head_says_what_is_wrong_with_its_input(error, message, changes):
    with pytest.raises(error, match=message):
        create(**changes)


def test_sparse_labels_are_refused_with_a_way_out():
    labels = tf.sparse.from_dense([[1], [2]])
    with pytest.raises(ValueError, match="`labels`.*tf.sparse.to_dense"):
        create(labels=labels)


@pytest.mark.parametrize(
    ("message", "weights"),
    [
        ("weight column 'w' is not among the features", None),
        ("Invalid shape of `weight column 'w'`", [[1.0], [1.0], [1.0]]),
        ("Invalid dtype of the weight column 'w'", [["a"], ["b"]]),
        (
            r"shape of the feature `weight_column_name`.*\[batch_size, 1\].*\(2, 3\)",
            [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]],
        ),
    ],
)
def test_a_head_says_what_is_wrong_with_its_weights(message, weights):
    features = {"x": [[1.0]]} if weights is None else {"w": weights}
    with pytest.raises(ValueError, match=message):
        create(learn.multi_class_head(3, weight_column_name="w"), features=features)


def test_weights_are_not_looked_for_in_features_that_are_no_dict():
    assert create(features=tf.constant(1.0)).loss is not None
    with pytest.raises(ValueError, match="weight column 'w'.*dict of features"):
        create(learn.multi_class_head(3, weight_column_name="w"), features=tf.constant(1.0))


@pytest.mark.parametrize(
    ("message", "make"),
    [
        (
            r"`metric_class_ids`.*\[0, 3\).*\[3\]",
            lambda: learn.multi_class_head(3, metric_class_ids=[0, 3]),
        ),
        (
            r"`metric_class_ids`.*\[0, 3\).*\[-1\]",
            lambda: learn.multi_label_head(3, metric_class_ids=[-1]),
        ),
        (
            "`metric_class_ids`.*n_classes=2",
            lambda: learn.multi_class_head(2, metric_class_ids=[0]),
        ),
        (
            "`label_keys`.*3 in total.*2 of them",
            lambda: learn.multi_class_head(3, label_keys=["a", "b"]),
        ),
        ("`label_keys`.*n_classes=2", lambda: learn.multi_class_head(2, label_keys=["a", "b"])),
        ("`n_classes`", lambda: learn.multi_class_head(1)),
        (r"`n_classes`.*multi_class_head\(2\)", lambda: learn.multi_label_head(1)),
        ("`label_dimension`", lambda: learn.regression_head(label_dimension=0)),
        (
            "`loss_fn`.*lacks.*'weights'",
            lambda: learn.multi_class_head(3, loss_fn=lambda labels, logits: 0),
        ),
        ("`heads`.*head_name", lambda: learn.multi_head([learn.regression_head()])),
        ("`heads`.*'no head'", lambda: learn.multi_head(["no head"])),
        (
            "`heads`.*multi_head has no name",
            lambda: learn.multi_head([learn.multi_head([learn.regression_head(head_name="a")])]),
        ),
        (
            "`loss_weights`.*1 in total",
            lambda: learn.multi_head([learn.regression_head(head_name="a")], [1.0, 2.0]),
        ),
    ],
)
def test_a_factory_names_the_argument(message, make):
    with pytest.raises(ValueError, match=message):
        make()


def multi():
    return learn.multi_head(
        [
            learn.regression_head("a", head_name="a"),
            learn.regression_head("b", head_name="b"),
        ]
    )


@pytest.mark.parametrize(
    ("error", "message", "changes"),
    [
        (KeyError, "`logits`.*Missing for the heads .'b'", {"logits": {"a": [[1.0]]}}),
        (ValueError, "Invalid shape of `logits`.*2", {"logits": [[1.0]]}),
        (ValueError, "exactly one of", {"logits": [[1.0, 2.0]], "logits_input": [[1.0]]}),
        (ValueError, "exactly one of", {"logits": None}),
        (KeyError, "`label_name`.*'a'", {"logits": [[1.0, 2.0]], "labels": {"a": [[1.0]]}}),
        (ValueError, "`train_op_fn`", {"logits": [[1.0, 2.0]], "mode": ModeKeys.TRAIN}),
        (ValueError, "`mode`", {"logits": [[1.0, 2.0]], "mode": "predict"}),
    ],
)
def test_a_multi_head_says_what_is_wrong_with_its_input(error, message, changes):
    labels = {"a": tf.constant([[1.0]]), "b": tf.constant([[2.0]])}
    with pytest.raises(error, match=message):
        create(multi(), **{"labels": labels, **changes})


def test_a_train_op_fn_must_return_something():
    with pytest.raises(ValueError, match="Missing train_op"):
        create(mode=ModeKeys.TRAIN, train_op_fn=lambda loss: None)
    labels = {"a": tf.constant([[1.0]]), "b": tf.constant([[2.0]])}
    with pytest.raises(ValueError, match="Missing train_op"):
        create(
            multi(),
            mode=ModeKeys.TRAIN,
            logits=[[1.0, 2.0]],
            labels=labels,
            train_op_fn=lambda loss: None,
        )


@pytest.mark.parametrize(
    ("error", "message", "arguments"),
    [
        (ValueError, "Missing loss.*'eval'", {"mode": "eval", "predictions": {}}),
        (ValueError, "Missing predictions.*'infer'", {"mode": "infer"}),
        (ValueError, "Missing train_op", {"mode": "train", "loss": 1.0}),
        (
            ValueError,
            "`eval_metric_ops`.*dict",
            {"mode": "infer", "predictions": {}, "eval_metric_ops": [1]},
        ),
        (
            TypeError,
            "`training_hooks`.*SessionRunHook",
            {"mode": "infer", "predictions": {}, "training_hooks": [1]},
        ),
    ],
)
def test_model_fn_ops_names_the_argument(error, message, arguments):
    with pytest.raises(error, match=message):
        ModelFnOps(**arguments)


def test_the_default_output_must_be_one_of_the_heads():
    ops = multi().create_model_fn_ops({}, ModeKeys.INFER, logits=tf.constant([[1.0, 2.0]]))
    with pytest.raises(KeyError, match="default_serving_output_alternative_key.*'a', 'b'.*'c'"):
        ops.estimator_spec("c")


def test_labels_of_a_head_with_label_keys_are_strings_among_them():
    head = learn.multi_class_head(3, label_keys=["a", "b", "c"])
    with pytest.raises(TypeError, match="Invalid dtype of `labels`.*`label_keys`.*int32"):
        create(head)
    loss = create(head, labels=[["a"], ["z"]]).loss
    with tf.compat.v1.Session() as session:
        session.run(tf.compat.v1.tables_initializer())
        with pytest.raises(tf.errors.InvalidArgumentError, match="Expected strings in label_keys="):
            session.run(loss)


def test_a_custom_loss_is_a_scalar():
    head = learn.multi_class_head(3, loss_fn=lambda labels, logits, weights=1.0: logits)
    with pytest.raises(ValueError, match="`loss`.*scalar.*reduce"):
        create(head)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([[[1]], [[2]]], "Invalid shape of `labels`"),
        ([[1], [2], [0]], "Invalid shape of `labels`"),
        ([[1], [3]], r"Expected class ids in \[0, 3\)"),
        ([[1], [-1]], r"Expected class ids in \[0, 3\)"),
    ],
)
def test_what_only_a_running_graph_knows_of_labels_is_said_then(labels, message):
    placeholder = tf.compat.v1.placeholder(tf.int64)
    loss = create(labels=placeholder).loss
    with tf.compat.v1.Session() as session:
        with pytest.raises(tf.errors.InvalidArgumentError, match=message):
            session.run(loss, {placeholder: labels})


@pytest.mark.parametrize("n_classes", [0, -1, "3", 2.5, None])
def test_numbers_of_classes_are_integers(n_classes):
    for factory in (learn.multi_class_head, learn.multi_label_head):
        with pytest.raises((ValueError, TypeError), match="`n_classes`"):
            factory(n_classes)
