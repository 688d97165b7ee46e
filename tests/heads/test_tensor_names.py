"""Names by which frozen graphs, hooks and sessions of users fetch a head's tensors."""

import pytest
import tensorflow as tf

import estimator_heads as eh

# As TF 2.15 names them, under the head's name or "head".
PREDICTION_NAMES = {
    eh.BinaryClassHead: {
        "logistic": "predictions/logistic:0",
        "probabilities": "predictions/probabilities:0",
        "class_ids": "predictions/ExpandDims:0",
        "classes": "predictions/str_classes:0",
        "all_class_ids": "predictions/Tile:0",
        "all_classes": "predictions/Tile_1:0",
    },
    lambda name: eh.MultiClassHead(3, name=name): {
        "probabilities": "predictions/probabilities:0",
        "class_ids": "predictions/ExpandDims:0",
        "classes": "predictions/str_classes:0",
    },
    lambda name: eh.MultiLabelHead(3, name=name): {
        "probabilities": "predictions/probabilities:0",
        "classes": "predictions/Tile:0",
    },
}


@pytest.mark.parametrize("scope, name", [("head", None), ("mine", "mine")])
@pytest.mark.parametrize("make, names", PREDICTION_NAMES.items())
def test_predictions(make, names, scope, name):
    head = make(name=name)
    with tf.Graph().as_default():
        logits = tf.compat.v1.placeholder(tf.float32, [None, head.logits_dimension])
        predictions = head.create_estimator_spec({}, "infer", logits).predictions
    assert {key: predictions[key].name for key in names} == {
        key: f"{scope}/{each}" for key, each in names.items()
    }


@pytest.mark.parametrize(
    "loss_reduction, tensor", [("sum", "Sum:0"), ("sum_over_batch_size", "value:0")]
)
def test_loss_and_train_op(loss_reduction, tensor):
    head = eh.RegressionHead(loss_reduction=loss_reduction)
    with tf.Graph().as_default():
        logits = tf.compat.v1.placeholder(tf.float32, [None, 1])
        spec = head.create_estimator_spec(
            {}, "train", logits, logits, train_op_fn=lambda loss: tf.no_op(name="step")
        )
    assert spec.loss.name == f"head/losses/weighted_loss/{tensor}"
    assert spec.train_op.name == "training/step"
