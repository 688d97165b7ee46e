"""A TensorFlow 2.0 program that trains a Keras model as an Estimator.

python -m estimator_heads run examples/legacy/keras_flowers.py
"""

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.get_logger().setLevel("ERROR")

CENTERS = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]], np.float32)


def flowers(count, phase):
    """Measurements around the centers of three kinds of flowers."""
    labels = np.arange(count) % 3
    noise = 0.5 * np.sin(phase + 1.7 * np.arange(count * 4)).reshape([count, 4])
    return (CENTERS[labels] + noise).astype(np.float32), labels.reshape([-1, 1])


def input_fn(count, phase, epochs):
    features, labels = flowers(count, phase)
    dataset = tf.data.Dataset.from_tensor_slices((features, labels))
    dataset = dataset.map(lambda features, labels: ({"dense_input": features}, labels))
    return dataset.repeat(epochs).batch(16)


def serving_input_fn():
    features = {"dense_input": tf.compat.v1.placeholder(tf.float32, [None, 4])}
    return tf.estimator.export.ServingInputReceiver(features, features)


model = tf.keras.models.Sequential(
    [
        # Batch normalization would take most of a bias out again, and Adam amplify what is left.
        tf.keras.layers.Dense(16, activation="relu", use_bias=False, input_shape=(4,)),
        tf.keras.layers.Dropout(0.0),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.Dense(3, kernel_regularizer=tf.keras.regularizers.l2(0.01)),
    ]
)
# The same initial weights in each run.
model.set_weights(
    [
        0.3 * np.cos(np.arange(weight.size)).reshape(weight.shape) if weight.ndim > 1 else weight
        for weight in model.get_weights()
    ]
)
model.compile(
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    optimizer=tf.keras.optimizers.Adam(0.01),
    metrics=["accuracy"],
)

model_dir = tempfile.mkdtemp()
estimator = tf.keras.estimator.model_to_estimator(
    keras_model=model,
    model_dir=model_dir,
    config=tf.estimator.RunConfig(save_checkpoints_steps=50, tf_random_seed=1),
)
metrics, _ = tf.estimator.train_and_evaluate(
    estimator,
    tf.estimator.TrainSpec(lambda: input_fn(96, 0.0, None), max_steps=100),
    tf.estimator.EvalSpec(
        lambda: input_fn(48, 1.0, 1),
        exporters=tf.estimator.LatestExporter("flowers", serving_input_fn),
    ),
)
print("evaluated:", {name: round(float(metrics[name]), 4) for name in sorted(metrics)})

for prediction in estimator.predict(lambda: input_fn(3, 2.0, 1)):
    (name,) = prediction
    print("predicted:", name, np.argmax(prediction[name]), np.round(prediction[name], 3))

for name, shape in tf.train.list_variables(model_dir):
    if not name.startswith("_CHECKPOINTABLE"):
        print("saved:", name.replace("/.ATTRIBUTES/VARIABLE_VALUE", ""), shape)

exports = os.path.join(model_dir, "export", "flowers")
loaded = tf.saved_model.load(os.path.join(exports, os.listdir(exports)[0]))
print("exported:", sorted(loaded.signatures["serving_default"].structured_outputs))
