"""A program of TensorFlow 2.15. It trains a model of two heads, evaluates it and exports it."""

import argparse
import json

import customers
import tensorflow as tf


def make_head():
    buys = tf.estimator.BinaryClassHead(
        name="buys", weight_column="visits", label_vocabulary=["no", "yes"]
    )
    return tf.estimator.MultiHead([buys, tf.estimator.RegressionHead(name="spends")])


def dense(values, units, seed, **options):
    initializer = tf.keras.initializers.GlorotUniform(seed=seed)
    return tf.keras.layers.Dense(units, kernel_initializer=initializer, **options)(values)


def model_fn(features, labels, mode):
    hidden = dense(features["x"], 16, seed=1, activation="relu", name="hidden")
    logits = {
        "buys": dense(hidden, 1, seed=2, name="buys"),
        "spends": dense(hidden, 1, seed=3, name="spends"),
    }
    return make_head().create_estimator_spec(
        features,
        mode,
        logits,
        labels=labels,
        train_op_fn=lambda loss: tf.compat.v1.train.AdamOptimizer(0.01).minimize(
            loss, global_step=tf.compat.v1.train.get_global_step()
        ),
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model_dir", default="customers_model")
    arguments = parser.parse_args()

    model = tf.estimator.Estimator(model_fn, arguments.model_dir)
    model.train(customers.training_input_fn, max_steps=300)
    metrics = model.evaluate(customers.test_input_fn)
    receiver_fn = tf.estimator.export.build_parsing_serving_input_receiver_fn(
        {"x": tf.io.FixedLenFeature([6], tf.float32)}
    )
    model.export_saved_model(arguments.model_dir + "/export", receiver_fn)
    print(json.dumps({name: float(value) for name, value in sorted(metrics.items())}, indent=2))


if __name__ == "__main__":
    main()
