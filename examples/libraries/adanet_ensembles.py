"""AdaNet's Estimator with its simple_dnn search space, and its AutoEnsembleEstimator.

estimator-heads run examples/libraries/adanet_ensembles.py
"""

import json
import sys
import tempfile
import types

import numpy as np
import tensorflow as tf
from tensorflow.python.checkpoint import graph_view

# AdaNet imports this module by the name that it had before TensorFlow 2.9 moved it.
tracking = types.ModuleType("tensorflow.python.training.tracking")
tracking.graph_view = graph_view
sys.modules[tracking.__name__] = tracking

import adanet  # noqa: E402
from adanet.examples import simple_dnn  # noqa: E402
from known_start import KnownStart  # noqa: E402

COLUMNS = [tf.feature_column.numeric_column("x", shape=[2])]


def points(seed):
    """64 points, and whether they lie in one of two opposite corners."""
    x = np.random.RandomState(seed).uniform(-1, 1, (64, 2)).astype(np.float32)
    return x, (x.prod(axis=1) > 0).astype(np.int32)[:, np.newaxis]


def input_fn(seed, epochs):
    x, y = points(seed)
    return lambda: tf.data.Dataset.from_tensor_slices(({"x": x}, y)).repeat(epochs).batch(16)


def serving_input_receiver_fn():
    x = tf.compat.v1.placeholder(tf.float32, [None, 2], name="x")
    return tf.estimator.export.ServingInputReceiver({"x": x}, {"x": x})


def search():
    """AdaNet's own search: at each iteration a network that is one layer deeper may join."""
    return adanet.Estimator(
        head=tf.estimator.BinaryClassHead(),
        subnetwork_generator=simple_dnn.Generator(
            feature_columns=COLUMNS,
            optimizer=tf.compat.v1.train.RMSPropOptimizer(learning_rate=0.01),
            layer_size=8,
            initial_num_layers=1,
            learn_mixture_weights=True,
            seed=42,
        ),
        max_iteration_steps=20,
        evaluator=adanet.Evaluator(input_fn=input_fn(seed=1, epochs=1)),
        adanet_lambda=0.01,
        config=tf.estimator.RunConfig(model_dir=tempfile.mkdtemp(), tf_random_seed=42),
    )


def auto_ensemble():
    """An ensemble of a linear estimator and a DNN estimator."""
    head = tf.estimator.BinaryClassHead()
    return adanet.AutoEnsembleEstimator(
        head=head,
        candidate_pool=lambda config: {
            "linear": tf.estimator.LinearEstimator(
                head=head,
                feature_columns=COLUMNS,
                config=config,
                optimizer=tf.compat.v1.train.FtrlOptimizer(0.05),
            ),
            "dnn": tf.estimator.DNNEstimator(
                head=head,
                feature_columns=COLUMNS,
                config=config,
                hidden_units=[8],
                optimizer=tf.compat.v1.train.AdagradOptimizer(0.1),
            ),
        },
        max_iteration_steps=20,
        config=tf.estimator.RunConfig(model_dir=tempfile.mkdtemp(), tf_random_seed=42),
    )


def main():
    results = {}
    for name, make, hooks in (
        ("Estimator", search, []),
        ("AutoEnsembleEstimator", auto_ensemble, [KnownStart()]),
    ):
        estimator = make()
        estimator.train(input_fn(seed=0, epochs=None), max_steps=40, hooks=hooks)
        metrics = estimator.evaluate(input_fn(seed=1, epochs=1))
        predictions = list(estimator.predict(input_fn(seed=1, epochs=1)))
        exported = estimator.export_saved_model(tempfile.mkdtemp(), serving_input_receiver_fn)
        served = tf.saved_model.load(exported.decode()).signatures["predict"](
            tf.constant(points(seed=1)[0][:2])
        )
        results[name] = {
            # Of the architecture there is a text for TensorBoard, in bytes.
            "metrics": {
                key: float(value) for key, value in metrics.items() if not isinstance(value, bytes)
            },
            "first logits": [float(row["logits"][0]) for row in predictions[:2]],
            "number of predictions": len(predictions),
            "served": np.ravel(served["logits"]).tolist(),
        }
    print(json.dumps(results, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
