"""The program with a model of Keras 3, which goes on from the checkpoint of the Estimator."""

import argparse
import json

import customers
import keras
import tensorflow as tf

import estimator_heads as estimator
from estimator_heads import keras as bridge


def make_head():
    buys = estimator.BinaryClassHead(
        name="buys", weight_column="visits", label_vocabulary=["no", "yes"]
    )
    return estimator.MultiHead([buys, estimator.RegressionHead(name="spends")])


def make_model():
    x = keras.Input([6], name="x")
    hidden = keras.layers.Dense(16, activation="relu", name="hidden")(x)
    logits = {
        "buys": keras.layers.Dense(1, name="buys")(hidden),
        "spends": keras.layers.Dense(1, name="spends")(hidden),
    }
    return keras.Model({"x": x}, logits)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model_dir", default="customers_model")
    parser.add_argument("--steps", type=int, default=0)
    arguments = parser.parse_args()

    head = make_head()
    model = make_model()
    print(bridge.load(arguments.model_dir, model))
    model.compile(
        keras.optimizers.Adam(0.01),
        loss=bridge.loss(head),
        weighted_metrics=bridge.metrics(head, model),
        jit_compile=False,
    )
    if arguments.steps:
        training = bridge.with_sample_weights(head, customers.training_input_fn())
        model.fit(training, steps_per_epoch=arguments.steps, verbose=0)
    test = bridge.with_sample_weights(head, customers.test_input_fn())
    metrics = model.evaluate(test, return_dict=True, verbose=0)
    feature_spec = {"x": tf.io.FixedLenFeature([6], tf.float32)}
    bridge.export(model, head, arguments.model_dir + "/export", feature_spec)
    print(json.dumps({name: float(value) for name, value in sorted(metrics.items())}, indent=2))


if __name__ == "__main__":
    main()
