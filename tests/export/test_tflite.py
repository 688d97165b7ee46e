"""What is exported can be converted for TensorFlow Lite, classes in words included."""

import numpy as np
import tensorflow as tf

import estimator_heads as eh

FEATURES = np.eye(3, dtype=np.float32)


def model_fn(features, labels, mode):
    weights = tf.compat.v1.get_variable("weights", initializer=tf.eye(3))
    head = eh.MultiClassHead(3, label_vocabulary=["a", "b", "c"])
    return head.create_estimator_spec(
        {}, mode, features["x"] @ weights, labels, train_op_fn=advance
    )


def advance(loss):
    return tf.compat.v1.assign_add(tf.compat.v1.train.get_global_step(), 1)


def input_fn():
    return tf.data.Dataset.from_tensors(({"x": FEATURES}, [["a"], ["b"], ["c"]]))


def test_classes_in_words(tmp_path):
    estimator = eh.Estimator(model_fn, str(tmp_path / "model"))
    estimator.train(input_fn, steps=1)
    receiver_fn = eh.export.build_raw_serving_input_receiver_fn({"x": tf.constant(FEATURES)})
    exported = estimator.export_saved_model(str(tmp_path / "exported"), receiver_fn)
    converter = tf.lite.TFLiteConverter.from_saved_model(
        exported.decode(), signature_keys=["predict"]
    )
    interpreter = tf.lite.Interpreter(model_content=converter.convert())
    answer = interpreter.get_signature_runner("predict")(x=FEATURES)
    assert answer["classes"].tolist() == [[b"a"], [b"b"], [b"c"]]
    assert answer["all_classes"].tolist() == [[b"a", b"b", b"c"]] * 3
