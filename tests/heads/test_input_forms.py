"""The forms in which arguments, labels and logits may come, in every dialect of the heads."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.contrib import estimator as contrib_estimator
from estimator_heads.compat.contrib.learn.heads import factories as learn
from estimator_heads.compat.sources import base_head

v1 = tf.compat.v1

LOGITS = np.array([[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]], np.float32)
MANY = np.random.default_rng(0).normal(size=(2, 300)).astype(np.float32)
FLAGS = np.array([[1, 0, 1], [0, 1, 0]])
SPARSE = v1.SparseTensorValue([[0, 0], [0, 2], [1, 1]], np.array([0, 2, 1]), [2, 3])
WORDS = v1.SparseTensorValue([[0, 0], [0, 1], [1, 0]], np.array(["a", "c", "b"], object), [2, 2])


def sigmoid_cross_entropy(logits, labels):
    """Mean over all of log(1 + exp(-z)), z being the logit of what is right."""
    return np.mean(np.log1p(np.exp(-logits * (2 * labels - 1))))


def softmax_cross_entropy(logits, class_ids):
    """Mean over the examples of log(sum(exp(logits))) - the logit of what is right."""
    right = np.take_along_axis(logits, class_ids, axis=1)[:, 0]
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - right)


def in_eager_mode(call):
    return call().numpy()


def in_a_function(call):
    return tf.function(call, autograph=False)().numpy()


def in_a_graph(call):
    with tf.Graph().as_default():
        result = call()
        with v1.Session() as session:
            session.run([v1.local_variables_initializer(), v1.tables_initializer()])
            return session.run(result)


EVERYWHERE = pytest.mark.parametrize("run", [in_eager_mode, in_a_function, in_a_graph])


def tf1_loss(head, logits, labels):
    return head.create_loss({}, eh.ModeKeys.EVAL, tf.constant(logits), labels).training_loss


def learn_loss(head, logits, labels):
    return head.create_model_fn_ops({}, "eval", labels, logits=tf.constant(logits)).loss


@EVERYWHERE
@pytest.mark.parametrize(("labels", "vocabulary"), [(SPARSE, None), (WORDS, ["a", "b", "c"])])
def test_labels_may_be_a_sparse_tensor_value(run, labels, vocabulary):
    head = eh.MultiLabelHead(3, label_vocabulary=vocabulary)
    expected = sigmoid_cross_entropy(LOGITS, FLAGS)
    np.testing.assert_allclose(run(lambda: head.loss(labels, LOGITS)), expected, rtol=1e-5)


def test_labels_of_other_dialects_may_be_a_sparse_tensor_value():
    expected = sigmoid_cross_entropy(LOGITS, FLAGS)
    for loss, head in (
        (tf1_loss, contrib_estimator.multi_label_head(3)),
        (learn_loss, learn.multi_label_head(3)),
    ):
        actual = in_a_graph(lambda loss=loss, head=head: loss(head, LOGITS, SPARSE))
        np.testing.assert_allclose(actual, expected, rtol=1e-5)


@pytest.mark.parametrize("run", [in_eager_mode, in_a_function])
def test_a_sparse_tensor_value_within_a_multi_head_is_counted_in_metrics(run):
    head = eh.MultiHead([eh.MultiLabelHead(3, name="tags")])
    metrics = head.metrics()

    def update():
        head.update_metrics(metrics, {}, LOGITS, {"tags": SPARSE})
        return tf.constant(0)

    run(update)
    result = metrics["average_loss/tags"].result()
    np.testing.assert_allclose(result, sigmoid_cross_entropy(LOGITS, FLAGS), rtol=1e-5)


def test_a_sparse_tensor_value_is_evaluated_in_a_graph():
    for head in (eh.MultiLabelHead(3), contrib_estimator.multi_label_head(3)):
        loss = in_a_graph(
            lambda head=head: (
                head.create_estimator_spec({}, eh.ModeKeys.EVAL, tf.constant(LOGITS), SPARSE).loss
            )
        )
        np.testing.assert_allclose(loss, sigmoid_cross_entropy(LOGITS, FLAGS), rtol=1e-5)


@pytest.mark.parametrize("head", [eh.BinaryClassHead(), eh.RegressionHead()])
@EVERYWHERE
def test_other_heads_refuse_a_sparse_tensor_value_by_name(run, head):
    with pytest.raises(ValueError, match="`labels`.*dense Tensor.*tf.sparse.to_dense"):
        run(lambda: head.loss(SPARSE, LOGITS[:, :1]))


@EVERYWHERE
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.uint64])
def test_class_ids_may_be_of_a_dtype_that_has_not_all_of_them(run, dtype):
    head, labels = eh.MultiClassHead(300), np.array([[200], [3]])
    loss = run(lambda: head.loss(tf.constant(labels, dtype), MANY))
    np.testing.assert_allclose(loss, softmax_cross_entropy(MANY, labels), rtol=1e-5)


def test_class_ids_of_other_dialects_may_be_of_a_small_dtype():
    labels = np.array([[200], [3]])
    for loss, head in (
        (tf1_loss, contrib_estimator.multi_class_head(300)),
        (learn_loss, learn.multi_class_head(300)),
    ):
        actual = in_a_graph(
            lambda loss=loss, head=head: loss(head, MANY, tf.constant(labels, tf.uint8))
        )
        np.testing.assert_allclose(actual, softmax_cross_entropy(MANY, labels), rtol=1e-5)


@EVERYWHERE
def test_class_ids_of_a_small_dtype_are_still_checked(run):
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"class ids in \[0, 199\)"):
        run(lambda: eh.MultiClassHead(199).loss(tf.constant([[200], [3]], tf.uint8), MANY[:, :199]))


def test_a_predicted_class_does_not_wrap_to_that_of_a_small_label():
    """256 + 1 is 1 as uint8, and yet not the class 1."""
    logits = np.zeros([1, 300], np.float32)
    logits[0, 257] = 1.0
    labels = np.array([[1]], np.uint8)

    def accuracies():
        spec = contrib_estimator.multi_class_head(300).create_estimator_spec(
            {}, eh.ModeKeys.EVAL, tf.constant(logits), tf.constant(labels)
        )
        ops = learn.multi_class_head(300).create_model_fn_ops(
            {}, "eval", tf.constant(labels), logits=tf.constant(logits)
        )
        return spec.eval_metric_ops["accuracy"][1], ops.eval_metric_ops["accuracy"][1]

    assert in_a_graph(accuracies) == (0.0, 0.0)
    head = eh.MultiClassHead(300)
    metrics = head.update_metrics(head.metrics(), {}, logits, labels)
    assert float(metrics["accuracy"].result()) == 0.0


NUMBERS_OF_CLASSES = [np.int8(3), np.uint8(3), np.int64(3), np.array(3), "tensor"]


@EVERYWHERE
@pytest.mark.parametrize("n_classes", NUMBERS_OF_CLASSES)
@pytest.mark.parametrize("kind", [eh.MultiClassHead, eh.MultiLabelHead])
def test_numbers_of_classes_are_ints_in_every_method(run, kind, n_classes):
    def everything():
        head = kind(tf.constant(3) if n_classes == "tensor" else n_classes)
        assert type(head.logits_dimension) is int
        classes = head.predictions(LOGITS)["classes"]
        labels = FLAGS if kind is eh.MultiLabelHead else [[2], [0]]
        return head.loss(labels, LOGITS) + 0 * tf.cast(tf.size(classes), tf.float32)

    if kind is eh.MultiLabelHead:
        expected = sigmoid_cross_entropy(LOGITS, FLAGS)
    else:
        expected = softmax_cross_entropy(LOGITS, np.array([[2], [0]]))
    np.testing.assert_allclose(run(everything), expected, rtol=1e-5)


@pytest.mark.parametrize("n_classes", NUMBERS_OF_CLASSES)
def test_numbers_of_classes_of_other_dialects_are_ints(n_classes):
    def everything():
        number = tf.constant(3) if n_classes == "tensor" else n_classes
        labels = tf.constant([[2], [0]])
        losses = []
        for make in (contrib_estimator.multi_class_head, contrib_estimator.multi_label_head):
            head = make(number)
            head.create_estimator_spec({}, eh.ModeKeys.PREDICT, tf.constant(LOGITS))
            is_class = make is contrib_estimator.multi_class_head
            losses.append(tf1_loss(head, LOGITS, labels if is_class else tf.constant(FLAGS)))
        losses.append(learn_loss(learn.multi_class_head(number), LOGITS, labels))
        losses.append(learn_loss(learn.multi_label_head(number), LOGITS, tf.constant(FLAGS)))
        return losses

    expected = [softmax_cross_entropy(LOGITS, np.array([[2], [0]]))] * 2
    expected.insert(1, sigmoid_cross_entropy(LOGITS, FLAGS))
    expected.append(sigmoid_cross_entropy(LOGITS, FLAGS))
    np.testing.assert_allclose(in_a_graph(everything), expected, rtol=1e-5)


def test_a_label_dimension_may_be_numpy_s():
    head = eh.RegressionHead(np.int8(100), name="a")
    both = eh.MultiHead([head, eh.RegressionHead(np.int8(100), name="b")])
    assert both.logits_dimension == 200


def test_the_helper_functions_of_base_head_take_numpy_s_numbers_of_classes():
    assert base_head.all_class_ids(LOGITS, np.int8(3)).numpy().tolist() == [[0, 1, 2]] * 2
    assert base_head.all_classes(LOGITS, np.uint8(2)).numpy().tolist() == [[b"0", b"1"]] * 2


@pytest.mark.parametrize(
    ("error", "make"),
    [
        (TypeError, lambda: eh.MultiClassHead(v1.placeholder(tf.int32, []))),
        (TypeError, lambda: eh.MultiClassHead(tf.constant(3.0))),
        (TypeError, lambda: eh.MultiLabelHead(tf.constant([3]))),
        (tf.errors.InvalidArgumentError, lambda: eh.MultiClassHead(tf.constant(2))),
        (ValueError, lambda: eh.MultiClassHead(tf.constant(2))),
    ],
)
def test_tensors_that_are_no_number_of_classes_are_refused(error, make):
    with tf.Graph().as_default(), pytest.raises(error, match="`n_classes`.*Expected an integer"):
        make()


def ragged():
    return tf.RaggedTensor.from_tensor(tf.constant(LOGITS))


LOGITS_THAT_ARE_NONE = {
    "ragged": (TypeError, r"to_tensor\(\)", ragged),
    "sparse": (TypeError, "tf.sparse.to_dense", lambda: tf.sparse.from_dense(LOGITS)),
    "strings": (ValueError, "of dtype string", lambda: tf.constant([["a", "b", "c"]])),
    "none": (ValueError, "logits=None", lambda: None),
}
REFUSED = pytest.mark.parametrize(
    ("error", "message", "logits"), LOGITS_THAT_ARE_NONE.values(), ids=LOGITS_THAT_ARE_NONE
)


@EVERYWHERE
@REFUSED
@pytest.mark.parametrize(
    "call",
    [
        lambda logits: eh.RegressionHead(3).loss(FLAGS, logits),
        lambda logits: eh.MultiClassHead(3).predictions(logits, keys=["probabilities"]),
        lambda logits: eh.MultiLabelHead(3).update_metrics({}, {}, logits, FLAGS),
        lambda logits: eh.MultiClassHead(3).create_estimator_spec({}, "infer", logits),
        lambda logits: eh.MultiHead([eh.RegressionHead(3, name="a")]).predictions(logits),
        lambda logits: eh.MultiHead([eh.RegressionHead(3, name="a")]).predictions({"a": logits}),
    ],
)
def test_logits_that_are_no_tensor_of_numbers_are_refused_by_name(
    run, call, error, message, logits
):
    with pytest.raises(error, match=f"(?s)argument `logits`. Expected a dense Tensor.*{message}"):
        run(lambda: call(logits()))


@REFUSED
def test_logits_that_are_no_tensor_of_numbers_are_refused_in_other_dialects(error, message, logits):
    tf1_head, learn_head = contrib_estimator.regression_head(), learn.regression_head()
    said = f"(?s)`logits`.*{message}"
    with tf.Graph().as_default():
        with pytest.raises(error, match=said):
            tf1_head.create_loss({}, eh.ModeKeys.EVAL, logits(), tf.constant(FLAGS))
        with pytest.raises(error, match=said):
            tf1_head.create_estimator_spec({}, eh.ModeKeys.PREDICT, logits())
        with pytest.raises(error, match=said):
            learn_head.create_model_fn_ops({}, "eval", tf.constant(FLAGS), logits=logits())


@EVERYWHERE
def test_ragged_labels_are_refused_by_name(run):
    with pytest.raises(ValueError, match=r"`labels`.*to_tensor\(\).*to_sparse\(\)"):
        run(lambda: eh.RegressionHead(3).loss(ragged(), LOGITS))


def multi_head():
    return eh.MultiHead([eh.BinaryClassHead(name="one"), eh.RegressionHead(name="other")])


@pytest.mark.parametrize("compiled", [False, True])
def test_metrics_of_one_multi_head_are_updated_by_an_equal_one(compiled):
    labels = {"one": [[1.0], [0.0]], "other": [[3.0], [1.0]]}
    metrics = multi_head().metrics()

    def update(logits):
        multi_head().update_metrics(metrics, {}, logits, labels)

    if compiled:
        update = tf.function(update, autograph=False)
    update(tf.constant([[2.0, 3.0], [-1.0, 2.0]]))
    update(tf.constant([[-2.0, 3.0], [-1.0, 4.0]]))
    assert float(metrics["accuracy/one"].result()) == 0.75
    assert float(metrics["average_loss/other"].result()) == (0 + 1 + 0 + 9) / 4
    assert float(metrics["loss/other"].result()) == (0.5 + 4.5) / 2


REPEATED = ["a", "b", "a"]


@EVERYWHERE
@pytest.mark.parametrize(
    "loss",
    [
        lambda: eh.MultiClassHead(3, label_vocabulary=REPEATED).loss([["a"], ["b"]], LOGITS),
        lambda: eh.MultiLabelHead(3, label_vocabulary=REPEATED).loss(WORDS, LOGITS),
        lambda: eh.BinaryClassHead(label_vocabulary=["a", b"a"]).loss([["a"]], [[1.0]]),
    ],
)
def test_a_word_that_is_in_the_vocabulary_twice_is_named(run, loss):
    with pytest.raises(
        ValueError, match=r"`label_vocabulary`.*each string once.*more than once: \['a'"
    ):
        run(loss)


def test_a_word_that_is_in_the_vocabulary_twice_is_named_in_other_dialects():
    with tf.Graph().as_default():
        words = tf.constant([["a"], ["b"]])
        with pytest.raises(ValueError, match=r"`label_vocabulary`.*\['a'\]"):
            head = contrib_estimator.multi_class_head(3, label_vocabulary=REPEATED)
            tf1_loss(head, LOGITS, words)
        with pytest.raises(ValueError, match=r"`label_keys`.*\['a'\]"):
            learn_loss(learn.multi_class_head(3, label_keys=REPEATED), LOGITS, words)


@EVERYWHERE
def test_a_vocabulary_with_a_word_twice_still_names_classes(run):
    """As in the original: the class ids are all different."""
    head = eh.MultiClassHead(3, label_vocabulary=REPEATED)
    classes = run(lambda: head.predictions(LOGITS)["classes"])
    assert classes.tolist() == [[b"a"], [b"a"]]
    head = eh.MultiLabelHead(3, label_vocabulary=REPEATED)
    loss = run(lambda: head.loss(FLAGS, LOGITS))
    np.testing.assert_allclose(loss, sigmoid_cross_entropy(LOGITS, FLAGS), rtol=1e-5)
