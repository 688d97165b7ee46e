"""A TensorFlow 1 program with tf.contrib.estimator.multi_head: logits as a dict by head name.

It trains three heads on one hidden layer: the kind of a flower, whether it is in bloom, its height.

python -m estimator_heads run examples/legacy/multi_head_dict_logits.py
"""

import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)

ANGLES = np.linspace(0.0, 6.0, 24).astype(np.float32)
DATA = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
LABELS = {
    "kind": np.digitize(ANGLES, [2.0, 4.0]).reshape([-1, 1]),
    "bloom": (DATA[:, 1:] > 0.3).astype(np.int64),
    "height": 3.0 * DATA[:, :1] + 1.0,
}
WEIGHTS = np.where(ANGLES < 3.0, 1.0, 0.5).astype(np.float32)


def fixed(shape, dtype=None, partition_info=None):
    """Initial weights that are the same in every version of TensorFlow."""
    numbers = tf.range(1, 1 + int(np.prod(shape)), dtype=tf.float32)
    return tf.reshape(tf.sin(numbers), shape)


def input_fn():
    features = {"position": DATA, "weight": WEIGHTS}
    return tf.data.Dataset.from_tensor_slices((features, LABELS)).batch(8)


def repeated_input_fn():
    return input_fn().repeat()


def logit_fn(features, sizes):
    hidden = tf.layers.dense(features["position"], 8, tf.nn.tanh, kernel_initializer=fixed)
    return {
        name: tf.layers.dense(hidden, size, kernel_initializer=fixed, name=name)
        for name, size in sizes.items()
    }


def model_fn(features, labels, mode):
    kind = tf.contrib.estimator.multi_class_head(n_classes=3, name="kind")
    bloom = tf.contrib.estimator.binary_classification_head(
        weight_column="weight", thresholds=[0.25], name="bloom"
    )
    height = tf.contrib.estimator.regression_head(name="height")
    heads = [kind, bloom, height]
    head = tf.contrib.estimator.multi_head(heads, head_weights=[1.0, 2.0, 0.5])
    logits = logit_fn(features, {single.name: single.logits_dimension for single in heads})
    return head.create_estimator_spec(
        features=features,
        mode=mode,
        logits=logits,
        labels=labels,
        optimizer=tf.train.AdagradOptimizer(learning_rate=0.2),
    )


def serving_input_receiver_fn():
    features = {
        "position": tf.placeholder(tf.float32, [None, 2]),
        "weight": tf.placeholder(tf.float32, [None]),
    }
    return tf.estimator.export.ServingInputReceiver(features, features)


def main(_):
    folder = tempfile.mkdtemp()
    estimator = tf.estimator.Estimator(model_fn=model_fn, model_dir=folder + "/model")
    estimator.train(input_fn=repeated_input_fn, steps=60)
    print("variables:")
    for name in estimator.get_variable_names():
        print(" ", name, list(estimator.get_variable_value(name).shape))

    print("metrics:")
    for name, value in sorted(estimator.evaluate(input_fn=input_fn).items()):
        print(f"  {name}: {value:.3f}")

    print("predictions:")
    predictions = estimator.predict(input_fn=input_fn)
    for _, prediction in zip(range(4), predictions):  # noqa: B905
        kinds = " ".join(f"{p:.3f}" for p in prediction[("kind", "probabilities")])
        flower = prediction[("kind", "classes")][0].decode()
        bloom = prediction[("bloom", "logistic")][0]
        height = prediction[("height", "predictions")][0]
        print(f"  kind {flower} ({kinds}), bloom {bloom:.3f}, height {height:.3f}")

    exported = estimator.export_savedmodel(folder + "/export", serving_input_receiver_fn)
    with tf.Session(graph=tf.Graph()) as session:
        tags = [tf.saved_model.tag_constants.SERVING]
        signatures = tf.saved_model.loader.load(session, tags, exported).signature_def
        served = signatures["predict"]
        output = served.outputs["height/predictions"].name
        feeds = {
            served.inputs["position"].name: DATA[:2],
            served.inputs["weight"].name: WEIGHTS[:2],
        }
        heights = session.run(output, feeds)
    print("signatures:", ", ".join(sorted(signatures)))
    print("served heights:", " ".join(f"{height:.3f}" for height in heights[:, 0]))


if __name__ == "__main__":
    tf.app.run()
