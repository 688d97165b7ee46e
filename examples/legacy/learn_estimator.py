"""A TensorFlow 1 program around tf.contrib.learn.Estimator: arrays, metrics, hooks and an export.

python -m estimator_heads run examples/legacy/learn_estimator.py
"""

import os
import tempfile

import learn_flowers
import numpy as np
import tensorflow as tf
from tensorflow.contrib.learn.python.learn.estimators import model_fn as model_fn_lib
from tensorflow.contrib.learn.python.learn.estimators import run_config

tf.logging.set_verbosity(tf.logging.ERROR)

SIZES = np.random.RandomState(1).uniform(0.0, 4.0, [60, 2]).astype(np.float32)
KINDS = (SIZES[:, 0] > SIZES[:, 1]).astype(np.int64)


def add_ratio(features, labels):
    if isinstance(features, dict):
        features = features["sizes"]
    return tf.concat([features, features[:, :1] / (features[:, 1:] + 1.0)], axis=1), labels


def model_fn(features, labels, mode, params):
    hidden = tf.contrib.layers.fully_connected(
        features, 4, weights_initializer=learn_flowers.fixed, scope="hidden"
    )
    logits = tf.contrib.layers.fully_connected(
        hidden, 2, activation_fn=None, weights_initializer=learn_flowers.fixed, scope="logits"
    )
    probabilities = tf.nn.softmax(logits)
    predictions = {"class": tf.argmax(logits, 1), "probability": probabilities[:, 1]}
    loss = train_op = None
    if mode != tf.contrib.learn.ModeKeys.INFER:
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        train_op = tf.contrib.layers.optimize_loss(
            loss, tf.contrib.framework.get_global_step(), params["rate"], "Adagrad"
        )
    return model_fn_lib.ModelFnOps(
        mode=mode,
        predictions=predictions,
        loss=loss,
        train_op=train_op,
        output_alternatives={
            None: (tf.contrib.learn.ProblemType.UNSPECIFIED, predictions),
        },
    )


def serving_input_fn():
    sizes = tf.placeholder(tf.float32, [None, 2], name="sizes")
    return tf.contrib.learn.InputFnOps({"sizes": sizes}, None, {"sizes": sizes})


def served(export_dir):
    with tf.Graph().as_default(), tf.Session() as session:
        meta_graph = tf.saved_model.loader.load(session, ["serve"], export_dir)
        signature = meta_graph.signature_def["serving_default"]
        fed = {signature.inputs["sizes"].name: SIZES[:6]}
        return session.run(signature.outputs["class"].name, fed).tolist()


def shown(values):
    return ", ".join("%s %.3f" % (name, values[name]) for name in sorted(values))


def main(_):
    folder = tempfile.mkdtemp()
    config = run_config.RunConfig(tf_random_seed=1, save_checkpoints_steps=20)
    estimator = tf.contrib.learn.Estimator(
        model_fn=model_fn,
        model_dir=folder,
        config=config,
        params={"rate": 0.3},
        feature_engineering_fn=add_ratio,
    )
    try:
        estimator.evaluate(x=SIZES, y=KINDS)
    except tf.contrib.learn.NotFittedError:
        print("not fitted yet")

    estimator.fit(x=SIZES, y=KINDS, steps=40, batch_size=20)
    metrics = {
        "accuracy": tf.contrib.learn.MetricSpec(
            tf.contrib.metrics.streaming_accuracy, prediction_key="class"
        ),
        "auc": tf.contrib.learn.MetricSpec(
            tf.contrib.metrics.streaming_auc, prediction_key="probability"
        ),
    }
    print(shown(estimator.evaluate(x=SIZES, y=KINDS, metrics=metrics)))

    classifier = tf.contrib.learn.SKCompat(estimator)
    classifier.fit(SIZES, KINDS, max_steps=60)
    print(shown(classifier.score(SIZES, KINDS, metrics=metrics, name="sk")))
    print(classifier.predict(SIZES[:6])["class"].tolist())
    for prediction in estimator.predict(x=SIZES[:3], outputs=["probability"]):
        print("%.3f" % prediction["probability"])
    print(served(estimator.export_savedmodel(os.path.join(folder, "export"), serving_input_fn)))
    print(estimator.get_variable_names())
    print(sorted(name for name in os.listdir(folder) if name.endswith(".index")))


if __name__ == "__main__":
    tf.app.run()
