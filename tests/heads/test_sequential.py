"""SequentialHeadWrapper: numbers of TF 2.15, and what any head makes of the steps that are real."""

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.heads.sequential import SequentialHead, SequentialHeadWrapper, flatten_steps

v1 = tf.compat.v1

MASK = np.array([[True, True, False], [True, False, False]])
WEIGHTS = np.array([[1, 2, 9], [3, 9, 9]], np.float32)
LOGITS = np.array([[[1], [2], [100]], [[-3], [50], [60]]], np.float32)
LABELS = np.array([[1, 0, 1], [1, 1, 1]])
SPARSE = tf.sparse.SparseTensor([[1, 0], [0, 0], [0, 1]], [1, 1, 0], [2, 3])  # not in order

# Of TF 2.15, for these.
LOSS = 4.5709596
METRICS = {
    "average_loss/b": 2.285479784011841,
    "accuracy/b": 0.1666666716337204,
    "precision/b": 0.3333333432674408,
    "recall/b": 0.25,
    "prediction/mean/b": 0.43915510177612305,
    "label/mean/b": 0.6666666865348816,
    "accuracy_baseline/b": 0.6666666865348816,
    "auc/b": 0.0,
    "auc_precision_recall/b": 0.45069384574890137,
}
MULTI_CLASS_LOSS = 1.933351
MULTI_LABEL_LOSS = 1.3241978
LOGITS_OF_THREE = (np.arange(18).reshape(2, 3, 3) % 5).astype(np.float32)


def binary_head():
    return SequentialHeadWrapper(eh.BinaryClassHead(weight_column="w", name="b"), "mask", "w")


def features():
    return {"mask": tf.constant(MASK), "w": tf.constant(WEIGHTS), "unused": tf.constant([1])}


@pytest.mark.parametrize(
    "labels",
    [LABELS, LABELS[:, :, None], tf.constant(LABELS), SPARSE],
    ids=["array", "rank 3", "tensor", "sparse"],
)
def test_loss_is_that_of_tensorflow_2_15(labels):
    loss = binary_head().loss(logits=LOGITS, labels=labels, features=features())

    assert loss.numpy() == pytest.approx(LOSS, rel=1e-6)


def test_metrics_are_those_of_tensorflow_2_15():
    head = binary_head()

    updated = head.update_metrics(head.metrics(), features(), LOGITS, LABELS)

    values = {name: float(metric.result()) for name, metric in updated.items()}
    assert values == pytest.approx(METRICS, abs=1e-6)


def test_losses_of_other_heads_are_those_of_tensorflow_2_15():
    multi_class = SequentialHeadWrapper(eh.MultiClassHead(3), "mask")
    labels = tf.constant([[1, 2, 9], [0, 9, 9]])
    loss = multi_class.loss(LOGITS_OF_THREE, labels, features())
    assert loss.numpy() == pytest.approx(MULTI_CLASS_LOSS, rel=1e-6)

    multi_label = SequentialHeadWrapper(eh.MultiLabelHead(3), "mask")
    labels = np.array(
        [[[1, 0, 1], [0, 0, 1], [1, 1, 1]], [[1, 0, 0], [1, 1, 1], [1, 1, 1]]], np.int64
    )
    loss = multi_label.loss(LOGITS_OF_THREE, labels, features())
    assert loss.numpy() == pytest.approx(MULTI_LABEL_LOSS, rel=1e-6)


def test_the_loss_is_the_wrapped_head_s_of_the_real_steps():
    head = SequentialHeadWrapper(eh.RegressionHead(), "mask")
    extra = [tf.constant(2.0)]

    @tf.function
    def in_function(logits, labels):
        return head.loss(logits, labels, {"mask": tf.constant(MASK)}, None, extra)

    loss = in_function(tf.constant(LOGITS), tf.constant(LABELS, tf.float32))

    assert loss.numpy() == pytest.approx(np.mean((LOGITS[MASK][:, 0] - LABELS[MASK]) ** 2) + 2)


def spec_in_a_graph(mode, **arguments):
    """What a spec has when it is run."""
    with tf.Graph().as_default(), v1.Session() as session:
        v1.train.create_global_step()
        given = {"labels": tf.constant(LABELS)} if mode != eh.ModeKeys.PREDICT else {}
        spec = binary_head().create_estimator_spec(
            features(), mode, tf.constant(LOGITS), **given, **arguments
        )
        session.run([v1.local_variables_initializer(), v1.tables_initializer()])
        loss = None if spec.loss is None else session.run(spec.loss)
        shapes = {key: value.shape for key, value in session.run(spec.predictions).items()}
        return spec, loss, shapes


def test_training_and_evaluation_see_the_real_steps_only():
    for mode, arguments in (
        (eh.ModeKeys.EVAL, {}),
        (eh.ModeKeys.TRAIN, {"train_op_fn": lambda loss: tf.no_op()}),
    ):
        spec, loss, shapes = spec_in_a_graph(mode, **arguments)
        assert loss == pytest.approx(LOSS, rel=1e-6)
        assert shapes["logits"] == (3, 1) and shapes["all_classes"] == (3, 2)
        assert "mask" not in shapes
        if mode == eh.ModeKeys.EVAL:
            assert set(spec.eval_metric_ops) == set(METRICS)


def test_predictions_keep_their_shape_and_have_the_mask():
    spec, _, shapes = spec_in_a_graph(eh.ModeKeys.PREDICT)

    assert shapes["logits"] == (2, 3, 1) and shapes["mask"] == (2, 3)
    assert set(spec.export_outputs) == {
        "serving_default",
        "classification",
        "regression",
        "predict",
    }
    assert "mask" not in spec.export_outputs["predict"].outputs
    assert set(binary_head().predictions(LOGITS, keys=["logistic"])) == {"logistic"}


def test_what_it_says_of_itself():
    head = binary_head()

    assert isinstance(head, eh.Head) and isinstance(head, SequentialHead)
    assert (head.name, head.logits_dimension) == ("b_sequential", 1)
    assert SequentialHeadWrapper(eh.RegressionHead()).name is None
    assert head.loss_reduction == head.static_head.loss_reduction == "sum_over_batch_size"
    assert head.input_sequence_mask_key == "mask"
    assert SequentialHeadWrapper(eh.RegressionHead()).input_sequence_mask_key == (
        "sequence_length_mask"
    )


@pytest.mark.parametrize(
    "arguments, error, said",
    [
        ({"sequence_length_mask": 3}, TypeError, "`sequence_length_mask`.*Received: 3"),
        ({"feature_columns": 3}, TypeError, "`feature_columns`.*Received: 3"),
        ({"feature_columns": ["w", 3]}, TypeError, "`feature_columns`.*Received: 3"),
        (
            {"static_head": eh.MultiHead([eh.BinaryClassHead(name="a")])},
            ValueError,
            "`static_head`.*one task.*MultiHead",
        ),
    ],
)
def test_refused_constructor_arguments(arguments, error, said):
    with pytest.raises(error, match=said):
        SequentialHeadWrapper(**{"static_head": eh.BinaryClassHead(), **arguments})


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"features": {"w": WEIGHTS}}, "no 'mask'.*Received features: .'w'"),
        ({"features": None}, "no 'mask'"),
        ({"features": {"mask": MASK}}, "no 'w'.*feature_columns"),
        ({"features": {"mask": MASK[0], "w": WEIGHTS}}, r"mask.*\[batch_size, length\].*\(3,\)"),
        ({"labels": None}, "Missing `labels`"),
        ({"labels": np.array([1, 0])}, r"`labels`.*Received: \(2,\)"),
        ({"labels": np.array([[1, 0], [0, 1]])}, "incompatible"),
        ({"labels": tf.sparse.SparseTensor([[0, 0]], [1], [2, 3])}, "`labels`.*as many steps"),
    ],
)
def test_refused_inputs(changed, said):
    given = {"logits": LOGITS, "labels": LABELS, "features": features(), **changed}

    with pytest.raises(ValueError, match=said):
        binary_head().loss(**given)


def test_prediction_without_the_mask_is_refused():
    with pytest.raises(ValueError, match="no 'mask'"):
        binary_head().create_estimator_spec({}, eh.ModeKeys.PREDICT, LOGITS)


def test_sparse_labels_that_do_not_fit_are_found_when_the_graph_is_run():
    with tf.Graph().as_default(), v1.Session() as session:
        labels = v1.sparse_placeholder(tf.int64, [2, 3])
        flat = flatten_steps(labels, tf.constant(MASK), tf.constant(3))
        value = v1.SparseTensorValue([[0, 0], [0, 1], [1, 0]], [7, 8, 9], [2, 3])
        assert session.run(flat, {labels: value}).tolist() == [[7], [8], [9]]
        with pytest.raises(tf.errors.InvalidArgumentError, match="as many steps"):
            value = v1.SparseTensorValue([[0, 0]], [7], [2, 3])
            session.run(flat, {labels: value})
