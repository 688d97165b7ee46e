"""DeepCTR's DeepFM and DCN as Estimators, on made-up clicks.

TF_USE_LEGACY_KERAS=1 estimator-heads run examples/libraries/deepctr_click_through.py
"""

import json
import tempfile

import numpy as np
import pandas as pd
import tensorflow as tf
import tensorflow.python.keras.layers as layers

# DeepCTR imports this name, which its Estimators do not use. TensorFlow 2.15 has it no more.
layers.LSTM = None

from deepctr.estimator import DCNEstimator, DeepFMEstimator  # noqa: E402
from deepctr.estimator.inputs import input_fn_pandas  # noqa: E402
from known_start import KnownStart  # noqa: E402

DENSE = ["I1", "I2", "I3"]
SPARSE = {"C1": 4, "C2": 6, "C3": 9}
MODELS = {"DeepFM": DeepFMEstimator, "DCN": DCNEstimator}


def made_clicks(rows: int = 256, seed: int = 2021) -> pd.DataFrame:
    """Clicks that depend on one dense and one sparse feature."""
    random = np.random.RandomState(seed)
    data = {name: random.rand(rows).astype(np.float32) for name in DENSE}
    data.update({name: random.randint(0, size, rows) for name, size in SPARSE.items()})
    data["label"] = (data["I1"] + 0.3 * (data["C2"] % 2) > 0.6).astype(np.float32)
    return pd.DataFrame(data)


def feature_columns():
    """The columns of the linear part, and those of the deep part."""
    categorical = [
        tf.feature_column.categorical_column_with_identity(name, size)
        for name, size in SPARSE.items()
    ]
    numeric = [tf.feature_column.numeric_column(name) for name in DENSE]
    embedded = [
        tf.feature_column.embedding_column(
            column, 4, initializer=tf.compat.v1.constant_initializer(0.1)
        )
        for column in categorical
    ]
    return categorical + numeric, embedded + numeric


def main():
    clicks = made_clicks()
    train, test = clicks[:192], clicks[192:]
    features = [*DENSE, *SPARSE]
    linear_columns, deep_columns = feature_columns()

    def serving_input_receiver_fn():
        inputs = {name: tf.compat.v1.placeholder(tf.float32, [None]) for name in DENSE}
        inputs.update({name: tf.compat.v1.placeholder(tf.int64, [None]) for name in SPARSE})
        return tf.estimator.export.build_raw_serving_input_receiver_fn(inputs)()

    results = {}
    for name, make in MODELS.items():
        model = make(
            linear_columns,
            deep_columns,
            dnn_hidden_units=(8, 4),
            task="binary",
            model_dir=tempfile.mkdtemp(),
            config=tf.estimator.RunConfig(tf_random_seed=2021),
        )
        model.train(
            input_fn_pandas(train, features, "label", batch_size=32, num_epochs=5),
            hooks=[KnownStart()],
        )
        metrics = model.evaluate(input_fn_pandas(test, features, "label", batch_size=32))
        predictions = list(model.predict(input_fn_pandas(test, features, None, batch_size=32)))
        exported = model.export_saved_model(tempfile.mkdtemp(), serving_input_receiver_fn)
        serve = tf.saved_model.load(exported.decode()).signatures["serving_default"]
        row = {key: tf.constant(test[key].values[:1]) for key in SPARSE}
        row.update({key: tf.constant(test[key].values[:1]) for key in DENSE})
        results[name] = {
            "metrics": {key: float(value) for key, value in metrics.items()},
            "first prediction": float(predictions[0]["pred"][0]),
            "number of predictions": len(predictions),
            "served": float(serve(**row)["pred"][0, 0]),
        }
    print(json.dumps(results, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
