"""A TensorFlow 1 program with the canned estimators of tf.contrib.learn, fed with arrays.

python -m estimator_heads run examples/legacy/learn_dnn_classifier.py
"""

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib import learn

tf.logging.set_verbosity(tf.logging.ERROR)

RANDOM = np.random.RandomState(3)
# Three kinds of flowers, far apart.
KINDS = np.arange(60) % 3
SIZES = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]])[KINDS] + RANDOM.uniform(-1, 1, [60, 2])
SIZES = SIZES.astype(np.float32)
WEIGHTS = (SIZES[:, 0] * 2.0 + SIZES[:, 1]).astype(np.float32)


def classify(folder):
    columns = learn.infer_real_valued_columns_from_input(SIZES)
    classifier = learn.DNNClassifier(
        hidden_units=[10, 10],
        feature_columns=columns,
        n_classes=3,
        model_dir=folder,
        config=learn.RunConfig(tf_random_seed=1),
    )
    classifier.fit(x=SIZES, y=KINDS, steps=200)
    print("accuracy %.2f" % classifier.evaluate(x=SIZES, y=KINDS)["accuracy"])
    print([int(kind) for kind in classifier.predict(SIZES[:6])])
    print([int(round(row.max())) for row in classifier.predict_proba(SIZES[:6])])
    print(classifier.predict_classes(SIZES[:6], as_iterable=False).tolist())
    for name in classifier.get_variable_names():
        print(name, list(np.shape(classifier.get_variable_value(name))))

    wrapped = learn.SKCompat(classifier)
    wrapped.fit(SIZES, KINDS, batch_size=20, steps=30)
    print("accuracy %.2f" % wrapped.score(SIZES, KINDS)["accuracy"])
    print(wrapped.predict(SIZES[:6])["classes"].tolist())
    return classifier


def serving_input_fn():
    examples = tf.placeholder(tf.string, [None])
    sizes = tf.parse_example(examples, {"sizes": tf.FixedLenFeature([2], tf.float32)})["sizes"]
    return learn.InputFnOps({"": sizes}, None, {"examples": examples})


def serve(path):
    feature = tf.train.Feature(float_list=tf.train.FloatList(value=SIZES[1]))
    example = tf.train.Example(features=tf.train.Features(feature={"sizes": feature}))
    with tf.Graph().as_default(), tf.Session() as session:
        meta_graph = tf.saved_model.loader.load(session, ["serve"], path)
        signature = meta_graph.signature_def["serving_default"]
        fed = {signature.inputs["inputs"].name: [example.SerializeToString()]}
        scores = session.run(signature.outputs["scores"].name, fed)
    print("served", signature.method_name, int(scores.argmax()))


def weigh(folder):
    columns = learn.infer_real_valued_columns_from_input(SIZES)
    regressor = learn.LinearRegressor(
        columns, optimizer=tf.train.GradientDescentOptimizer(0.02), model_dir=folder
    )
    regressor.fit(x=SIZES, y=WEIGHTS, steps=40)
    print("loss %.4f" % regressor.evaluate(x=SIZES, y=WEIGHTS)["loss"])
    print(["%.3f" % score for score in regressor.predict_scores(SIZES[:3])])
    print(regressor.get_variable_names())
    print(regressor.get_variable_value("linear//weight").round(3).tolist())


def main(_):
    folder = tempfile.mkdtemp()
    classifier = classify(os.path.join(folder, "classifier"))
    serve(classifier.export_savedmodel(os.path.join(folder, "export"), serving_input_fn))
    weigh(os.path.join(folder, "regressor"))


if __name__ == "__main__":
    tf.app.run()
