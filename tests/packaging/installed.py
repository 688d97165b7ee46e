"""A program for an environment in which the wheel is installed: each part of it once."""

import subprocess
import sys
import tempfile

import tensorflow as tf

import estimator_heads

assert "site-packages" in estimator_heads.__file__, estimator_heads.__file__
estimator_heads.install()

from tensorflow.contrib import layers, learn  # noqa: E402


def input_fn():
    return tf.data.Dataset.from_tensors(({"x": [[1.0], [2.0]]}, [[0], [1]])).repeat(3)


with tempfile.TemporaryDirectory() as folder:
    columns = [tf.feature_column.numeric_column("x")]
    classifier = tf.estimator.DNNClassifier([2], columns, model_dir=folder)
    accuracy = classifier.train(input_fn).evaluate(input_fn)["accuracy"]
    receiver_fn = tf.estimator.export.build_parsing_serving_input_receiver_fn(
        tf.feature_column.make_parse_example_spec(columns)
    )
    path = classifier.export_saved_model(folder, receiver_fn)
    assert "serving_default" in tf.saved_model.load(path.decode()).signatures
    assert 0.0 <= accuracy <= 1.0
assert learn.multi_class_head and layers.fully_connected

program = "import tensorflow as tf; print(tf.Session().run(tf.placeholder_with_default(3, [])))"
command = [sys.executable, "-m", "estimator_heads", "run", "--tf1", "-c", program]
with tempfile.TemporaryDirectory() as folder:  # not in the checkout, which `-m` would look in
    printed = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE).stdout
assert printed.split() == [b"3"], printed
print("estimator-heads", estimator_heads.__version__, "works with TensorFlow", tf.__version__)
