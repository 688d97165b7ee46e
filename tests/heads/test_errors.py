"""Bad input: the error names the argument, what was expected and what came."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh

BINARY = {"logits": [[1.0], [2.0]], "labels": [[0], [1]]}
MULTI_CLASS = {"logits": [[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]], "labels": [[0], [2]]}
MULTI_LABEL = {"logits": [[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]], "labels": [[0, 1, 1], [1, 0, 0]]}
REGRESSION = {"logits": [[1.0], [2.0]], "labels": [[0.5], [1.5]]}


@pytest.mark.parametrize(
    "make, message",
    [
        (
            lambda: eh.MultiClassHead(n_classes=2),
            "`n_classes`.*integer > 2 .for 2 classes use BinaryClassHead.*n_classes=2",
        ),
        (lambda: eh.MultiClassHead(n_classes=None), "`n_classes`.*n_classes=None"),
        (lambda: eh.MultiLabelHead(n_classes=1), "`n_classes`.*integer > 1.*n_classes=1"),
        (
            lambda: eh.MultiClassHead(3, label_vocabulary=["a", "b"]),
            "`label_vocabulary`.*n_classes=3.*Received 2",
        ),
        (lambda: eh.BinaryClassHead(label_vocabulary="ab"), "`label_vocabulary`.*list or tuple"),
        (lambda: eh.BinaryClassHead(thresholds=[0.5, 1.0]), r"`thresholds`.*\(0, 1\).*1.0 in"),
        (lambda: eh.MultiLabelHead(3, thresholds=[0.0]), r"`thresholds`.*\(0, 1\).*0.0 in"),
        (
            lambda: eh.BinaryClassHead(loss_reduction="none"),
            "`loss_reduction`.*sum_over_batch_size.*'none'",
        ),
        (
            lambda: eh.RegressionHead(loss_fn=lambda labels, weights: labels),
            r"`loss_fn`.*\('labels', 'logits'\).*\('labels', 'weights'\)",
        ),
        (lambda: eh.RegressionHead(label_dimension=0), "`label_dimension`.*>.*label_dimension=0"),
        (
            lambda: eh.MultiLabelHead(3, classes_for_class_based_metrics=[0, 3]),
            r"`classes_for_class_based_metrics`.*\[0, 2\].*\[3\]",
        ),
        (
            lambda: eh.MultiLabelHead(3, classes_for_class_based_metrics=["a"]),
            "`classes_for_class_based_metrics`.*need a label_vocabulary",
        ),
        (
            lambda: eh.MultiLabelHead(
                3,
                label_vocabulary=["a", "b", "c"],
                classes_for_class_based_metrics=["d"],
            ),
            r"`classes_for_class_based_metrics`.*label_vocabulary=.*\['d'\]",
        ),
        (lambda: eh.MultiHead([]), r"`heads`.*one or more.*\[\]"),
        (lambda: eh.MultiHead([eh.BinaryClassHead()]), r"`heads`.*name.*\[None\]"),
        (
            lambda: eh.MultiHead([eh.BinaryClassHead(name="a"), eh.RegressionHead(name="a")]),
            r"`heads`.*name.*\['a', 'a'\]",
        ),
        (
            lambda: eh.MultiHead([eh.BinaryClassHead(name="a")], head_weights=[1.0, 2.0]),
            r"`head_weights`.*1 in total.*\(1.0, 2.0\)",
        ),
    ],
)
def test_constructor_arguments(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_numbers_of_classes_are_integers():
    with pytest.raises(TypeError, match="`n_classes`.*integer.*3.5 of type float"):
        eh.MultiClassHead(n_classes=3.5)
    assert eh.MultiClassHead(n_classes=np.int64(3)).logits_dimension == 3


SPARSE = tf.SparseTensor([[0, 0], [1, 0]], [0, 1], [2, 1])
OUTSIDE_VOCABULARY = tf.SparseTensor([[0, 0], [1, 0]], ["a", "plum"], [2, 1])

BAD_LABELS = [
    (eh.BinaryClassHead(), BINARY, None, "`labels`.*input_fn.*labels=None"),
    (eh.MultiClassHead(3), MULTI_CLASS, None, "`labels`.*labels=None"),
    (eh.MultiLabelHead(3), MULTI_LABEL, None, "`labels`.*labels=None"),
    (eh.RegressionHead(), REGRESSION, None, "`labels`.*labels=None"),
    (eh.BinaryClassHead(), BINARY, SPARSE, "`labels`.*dense.*sparse.to_dense"),
    (eh.BinaryClassHead(), BINARY, [[0, 1], [1, 0]], r"shape of `labels`.*1\].*\(2, 2\)"),
    (eh.BinaryClassHead(), BINARY, [[0], [1], [1]], r"shape of `labels`.*\(3, 1\)"),
    (eh.RegressionHead(), REGRESSION, [[[1.0]], [[2.0]]], r"shape of `labels`.*\(2, 1, 1\)"),
    (eh.BinaryClassHead(), BINARY, [[0], [2]], r"`labels`.*\[0, 1\].*2"),
    (eh.BinaryClassHead(), BINARY, [[0], [-1]], r"`labels`.*\[0, 1\].*-1"),
    (eh.MultiClassHead(3), MULTI_CLASS, [[0], [3]], r"`labels`.*\[0, 3\).*3"),
    (eh.MultiLabelHead(3), MULTI_LABEL, [[0, 2, 0], [0, 0, 0]], "`labels`.*0 or 1.*2"),
    (eh.LogisticRegressionHead(), REGRESSION, [[0.5], [1.5]], r"`labels`.*\[0, 1\].*1.5"),
    (eh.MultiClassHead(3), MULTI_CLASS, [[0.0], [1.0]], "dtype of `labels`.*integer.*float32"),
    (eh.BinaryClassHead(), BINARY, [["a"], ["b"]], "dtype of `labels`.*label_vocab.*string"),
    (eh.MultiClassHead(3), MULTI_CLASS, [["a"], ["b"]], "dtype of `labels`.*label_vocab.*string"),
    (eh.MultiLabelHead(3), MULTI_LABEL, [["a"] * 3] * 2, "dtype of `labels`.*label_vocab"),
    (eh.RegressionHead(), REGRESSION, [["a"], ["b"]], "dtype of `labels`.*numbers.*string"),
    (
        eh.MultiClassHead(3, label_vocabulary=["a", "b", "c"]),
        MULTI_CLASS,
        [[0], [1]],
        "dtype of `labels`.*strings.*label_vocabulary.*int32",
    ),
    (
        eh.BinaryClassHead(label_vocabulary=["a", "b"]),
        BINARY,
        [["a"], ["plum"]],
        r"`labels`.*label_vocabulary=\['a', 'b'\].*plum",
    ),
    (
        eh.MultiLabelHead(3, label_vocabulary=["a", "b", "c"]),
        MULTI_LABEL,
        OUTSIDE_VOCABULARY,
        "`labels`.*label_vocabulary=.*plum",
    ),
]


@pytest.mark.parametrize("head, data, labels, message", BAD_LABELS)
def test_labels_in_eager_mode(head, data, labels, message):
    with pytest.raises(ValueError, match=message):
        head.loss(labels, data["logits"])
    with pytest.raises(ValueError, match=message):
        head.update_metrics(head.metrics(), {}, data["logits"], labels)


def fed(value):
    """`value`, as tensors about whose values and shapes the graph knows nothing."""
    if isinstance(value, tf.SparseTensor):
        return tf.SparseTensor(fed(value.indices), fed(value.values), fed(value.dense_shape))
    value = value.numpy() if isinstance(value, tf.Tensor) else np.array(value)
    if value.dtype == np.float64:
        value = value.astype(np.float32)
    return tf.compat.v1.placeholder_with_default(value, [None] * value.ndim)


@pytest.mark.parametrize(
    "head, data, labels, message", [row for row in BAD_LABELS if row[2] is not None]
)
def test_labels_that_only_a_running_graph_knows(head, data, labels, message):
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        with pytest.raises((ValueError, tf.errors.InvalidArgumentError)) as caught:
            loss = head.loss(fed(labels), fed(data["logits"]))
            session.run(tf.compat.v1.tables_initializer())
            session.run(loss)
    argument = message.split("`labels`")[0] + "`labels`"
    assert argument in str(caught.value)


def test_binary_ids_with_a_vocabulary_are_a_type_error():
    head = eh.BinaryClassHead(label_vocabulary=["a", "b"])
    with pytest.raises(TypeError, match="dtype of `labels`.*strings.*int32"):
        head.loss([[0], [1]], [[1.0], [2.0]])


@pytest.mark.parametrize(
    "logits, shape",
    [([[1.0, 2.0]], r"\(1, 2\)"), ([1.0, 2.0, 3.0], r"\(3,\)"), (1.0, r"\(\)")],
)
def test_logits_of_the_wrong_shape(logits, shape):
    message = r"shape of `logits`.*\[D0, D1, ... DN, 3\].*" + shape
    for head in (eh.MultiClassHead(3), eh.MultiLabelHead(3), eh.RegressionHead(3)):
        with pytest.raises(ValueError, match=message):
            head.predictions(logits)
        with pytest.raises(ValueError, match=message):
            head.loss([[1]], logits)


def test_logits_whose_shape_only_a_running_graph_knows():
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        logits = tf.compat.v1.placeholder_with_default([[1.0, 2.0]], None)
        predictions = eh.MultiClassHead(3).predictions(logits)
        with pytest.raises(tf.errors.InvalidArgumentError, match="shape of `logits`"):
            session.run(predictions["logits"])


@pytest.mark.parametrize(
    "features, error, message",
    [
        ({"x": [[1.0], [2.0]]}, ValueError, r"weight column 'w' is not among.*\['x'\]"),
        (None, ValueError, "weight column 'w' is not among.*None"),
        ({"w": [1.0, 2.0, 3.0]}, ValueError, r"weight column 'w'.*\[D0, .*\(3, 1\)"),
        ({"w": [[1.0, 2.0], [3.0, 4.0]]}, ValueError, r"weight column 'w'.*\(2, 2\)"),
        ({"w": ["a", "b"]}, ValueError, "dtype of the weight column 'w'.*string"),
        ({"w": 1.0}, ValueError, "shape of the weight column 'w'.*scalar"),
        ({"w": SPARSE}, ValueError, "weight column 'w'.*dense"),
    ],
)
def test_weights(features, error, message):
    head = eh.BinaryClassHead(weight_column="w")
    with pytest.raises(error, match=message):
        head.loss(features=features, **BINARY)


def test_weights_of_another_rank_whose_last_dimension_only_a_running_graph_knows():
    head = eh.RegressionHead(label_dimension=2, weight_column="w")
    with tf.Graph().as_default():
        weights = tf.compat.v1.placeholder(tf.float32, [None, None, None])
        with pytest.raises(ValueError, match="weight column 'w'"):
            head.loss([[1.0, 2.0]], [[1.0, 2.0]], {"w": weights})


def test_a_weight_column_is_a_name_or_a_numeric_column():
    with pytest.raises(TypeError, match="`weight_column`.*name of a feature.*3 of type int"):
        eh.BinaryClassHead(weight_column=3).loss(features={}, **BINARY)


def test_prediction_keys():
    with pytest.raises(ValueError, match=r"`keys`.*'probabilities'.*\['probability'\]"):
        eh.BinaryClassHead().predictions(BINARY["logits"], keys=["classes", "probability"])
    head = eh.MultiHead([eh.BinaryClassHead(name="a")])
    with pytest.raises(ValueError, match=r"`keys`.*\('a', 'classes'\).*\[\('b', 'classes'\)\]"):
        head.predictions(BINARY["logits"], keys=[("b", "classes")])


def test_a_loss_fn_returns_unreduced_losses():
    head = eh.RegressionHead(loss_fn=lambda labels, logits: tf.reduce_mean(logits - labels))
    with pytest.raises(ValueError, match=r"`loss_fn's result`.*unreduced.*shape \(\)"):
        head.loss(**REGRESSION)


@pytest.mark.parametrize("mode", ["predict", None])
def test_modes(mode):
    for head in (eh.RegressionHead(), eh.MultiHead([eh.RegressionHead(name="a")])):
        with pytest.raises(ValueError, match=f"`mode`.*'infer'.*{mode!r}"):
            head.create_estimator_spec({}, mode, [[1.0]])


@pytest.mark.parametrize("arguments", [{}, {"optimizer": "both", "train_op_fn": "both"}])
def test_training_takes_an_optimizer_or_a_train_op_fn(arguments):
    for head in (eh.RegressionHead(), eh.MultiHead([eh.RegressionHead(name="a")])):
        with tf.Graph().as_default():
            labels = [[1.0]] if isinstance(head, eh.RegressionHead) else {"a": [[1.0]]}
            with pytest.raises(ValueError, match="exactly one of .* `optimizer` and `train_op_fn`"):
                head.create_estimator_spec({}, "train", tf.constant([[1.0]]), labels, **arguments)


MULTI_HEAD = eh.MultiHead([eh.BinaryClassHead(name="a"), eh.RegressionHead(name="b")])
GOOD = {"a": [[1.0]], "b": [[2.0]]}


@pytest.mark.parametrize(
    "labels, logits, message",
    [
        (None, GOOD, r"`labels`.*dict of labels by head name.*\['a', 'b'\].*None"),
        ([[1.0]], GOOD, "`labels`.*dict of labels by head name"),
        ({"a": [[1.0]], "c": [[2.0]]}, GOOD, r"`labels`.*heads \['b'\].*keys: \['a', 'c'\]"),
        (GOOD, {"a": [[1.0]]}, r"`logits`.*heads \['b'\].*keys: \['a'\]"),
        (GOOD, [[1.0, 2.0, 3.0]], r"shape of `logits`.*DN, 2\].*\(1, 3\)"),
    ],
)
def test_labels_and_logits_of_a_multi_head(labels, logits, message):
    with pytest.raises(ValueError, match=message):
        MULTI_HEAD.loss(labels, logits)
    with pytest.raises(ValueError, match=message):
        MULTI_HEAD.create_estimator_spec({}, "eval", logits, labels)


def test_heads_with_different_loss_reductions_cannot_be_trained_together():
    head = eh.MultiHead(
        [eh.BinaryClassHead(name="a"), eh.RegressionHead(name="b", loss_reduction="sum")]
    )
    with pytest.raises(ValueError, match="same loss_reduction.*'b': 'sum'"):
        head.loss_reduction  # noqa: B018


def test_a_failed_training_leaves_the_checkpoint_whole(tmp_path):
    def model_fn(features, labels, mode):
        weights = tf.compat.v1.get_variable("weights", [1, 3])
        return eh.MultiClassHead(3).create_estimator_spec(
            features,
            mode,
            tf.matmul(features, weights),
            labels,
            optimizer=tf.compat.v1.train.GradientDescentOptimizer(0.1),
        )

    def good_input_fn():
        return tf.data.Dataset.from_tensors(([[1.0]], [[2]])).repeat()

    def bad_input_fn():
        return tf.data.Dataset.from_tensors(([[1.0]], [[3]])).repeat()

    estimator = eh.Estimator(model_fn, model_dir=str(tmp_path))
    estimator.train(good_input_fn, steps=3)
    before = {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"`labels`.*\[0, 3\)"):
        estimator.train(bad_input_fn, steps=3)
    for name, value in before.items():
        np.testing.assert_array_equal(estimator.get_variable_value(name), value)
    estimator.train(good_input_fn, steps=2)
    assert estimator.get_variable_value("global_step") == 5
