"""A TensorFlow 1 program with tf.contrib.estimator.multi_head: one tensor of logits that is split.

It also adds a metric, clips gradients, and forwards a key to the predictions.

python -m estimator_heads run examples/legacy/multi_head_split_logits.py
"""

import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.estimator import multi_class_head, multi_head, multi_label_head

tf.logging.set_verbosity(tf.logging.ERROR)

GRID = np.array([[x, y] for x in range(5) for y in range(4)], np.float32) / 4.0
SUITS = ["clubs", "hearts", "spades"]
LABELS = {
    "suit": np.array([SUITS[int(x + y) % 3] for x, y in GRID * 4]).reshape([-1, 1]),
    "tags": np.stack([GRID[:, 0] > 0.4, GRID[:, 1] > 0.3], axis=1).astype(np.int64),
}


def input_fn():
    features = {"point": GRID, "row": np.arange(len(GRID))}
    dataset = tf.data.Dataset.from_tensor_slices((features, LABELS))
    return dataset.batch(10).make_one_shot_iterator().get_next()


def repeated_input_fn():
    features = {"point": GRID, "row": np.arange(len(GRID))}
    dataset = tf.data.Dataset.from_tensor_slices((features, LABELS))
    return dataset.repeat().batch(10).make_one_shot_iterator().get_next()


def logit_fn(features, params):
    constants = tf.constant_initializer(np.cos(np.arange(2 * params["hidden"])))
    hidden = tf.layers.dense(
        features["point"], params["hidden"], tf.sigmoid, kernel_initializer=constants
    )
    return tf.layers.dense(hidden, params["logits"], kernel_initializer=tf.zeros_initializer())


def model_fn(features, labels, mode, params):
    suit = multi_class_head(n_classes=3, label_vocabulary=SUITS, name="suit")
    tags = multi_label_head(n_classes=2, classes_for_class_based_metrics=[1], name="tags")
    head = multi_head([suit, tags])
    sizes = {"hidden": params["hidden"], "logits": head.logits_dimension}
    logits = tf.contrib.estimator.call_logit_fn(logit_fn, features, mode, sizes, None)
    optimizer = tf.train.AdamOptimizer(learning_rate=0.05)
    return head.create_estimator_spec(
        features=features,
        mode=mode,
        logits=logits,
        labels=labels,
        optimizer=tf.contrib.estimator.clip_gradients_by_norm(optimizer, 0.5),
    )


def both_right(labels, predictions):
    """How often the most likely suit and all tags are right."""
    suits = tf.equal(labels["suit"], predictions[("suit", "classes")])
    guesses = tf.greater(predictions[("tags", "probabilities")], 0.5)
    tags = tf.reduce_all(tf.equal(guesses, tf.cast(labels["tags"], tf.bool)), 1)
    return {"both_right": tf.metrics.mean(tf.logical_and(suits[:, 0], tags))}


def main(_):
    estimator = tf.estimator.Estimator(
        model_fn=model_fn, model_dir=tempfile.mkdtemp(), params={"hidden": 6}
    )
    estimator = tf.contrib.estimator.add_metrics(estimator, both_right)
    estimator.train(input_fn=repeated_input_fn, steps=80)
    print("variables:", ", ".join(sorted(estimator.get_variable_names())))

    metrics = estimator.evaluate(input_fn=input_fn)
    for name in sorted(metrics):
        print(f"{name}: {metrics[name]:.3f}")

    forwarding = tf.contrib.estimator.forward_features(estimator, "row")
    for prediction in list(forwarding.predict(input_fn=input_fn))[:12:3]:
        suit = prediction[("suit", "classes")][0].decode()
        tags = ", ".join(f"{p:.3f}" for p in prediction[("tags", "probabilities")])
        print(f"row {prediction['row']}: {suit}, tags {tags}")


if __name__ == "__main__":
    tf.app.run()
