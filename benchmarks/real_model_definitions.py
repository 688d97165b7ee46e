"""The models of `real_models.py`: their data, network and head, and the same in Keras.

Initial values are seeded, so that the same model gives the same numbers in each TensorFlow.
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def variable(name, shape):
    """A weight; all of them start with the same numbers everywhere."""
    seed = sum(map(ord, name))
    return v1.get_variable(name, shape, initializer=_initializer(seed))


def _initializer(seed):
    return v1.random_uniform_initializer(-0.05, 0.05, seed=seed)


def dense(name, layer, units):
    """A dense layer without activation."""
    inputs = layer.shape[-1]
    bias = v1.get_variable(f"{name}/bias", [units], initializer=v1.zeros_initializer())
    return tf.matmul(layer, variable(f"{name}/weights", [inputs, units])) + bias


class EightHeads:
    """Eight heads on the tower 20-64-64."""

    batch = 128
    window = 100
    binary = ("a", "b", "c")
    classes = ("d", "e")
    numbers = ("f", "g")
    several = ("h",)
    sizes = {**dict.fromkeys("abcfg", 1), **dict.fromkeys("de", 5), "h": 4}

    def data(self):
        """Features [8192, 20], and a dict of labels."""
        random = np.random.RandomState(0)
        features = random.randn(8192, 20).astype("float32")
        labels = {key: (features[:, [ord(key) % 20]] > 0).astype("int64") for key in self.binary}
        for key in self.classes:
            labels[key] = random.randint(5, size=[8192, 1])
        for key in self.numbers:
            labels[key] = features[:, :2].sum(axis=-1, keepdims=True)
        labels["h"] = (features[:, :4] > 0).astype("int64")
        return features, labels

    def logits(self, features, mode):
        """A dict of logits."""
        tower = tf.nn.relu(dense("first", features, 64))
        tower = tf.nn.relu(dense("second", tower, 64))
        return {key: dense(f"logits_{key}", tower, size) for key, size in self.sizes.items()}

    def head(self, library):
        """A MultiHead."""
        return library.MultiHead(
            [
                *(library.BinaryClassHead(name=key) for key in self.binary),
                *(library.MultiClassHead(5, name=key) for key in self.classes),
                *(library.RegressionHead(name=key) for key in self.numbers),
                library.MultiLabelHead(4, name="h"),
            ]
        )

    def keras(self):
        """The Keras model, its losses and its metrics."""
        layers, losses = tf.keras.layers, tf.keras.losses
        features = layers.Input([20])
        tower = layers.Dense(64, "relu")(layers.Dense(64, "relu")(features))
        outputs = {key: layers.Dense(size, name=key)(tower) for key, size in self.sizes.items()}
        binary, sparse = losses.BinaryCrossentropy, losses.SparseCategoricalCrossentropy
        by_key = {
            **{key: binary(from_logits=True) for key in (*self.binary, *self.several)},
            **{key: sparse(from_logits=True) for key in self.classes},
            **{key: losses.MeanSquaredError() for key in self.numbers},
        }
        metrics = {
            **{key: binary_metrics() for key in self.binary},
            **{key: [tf.keras.metrics.SparseCategoricalAccuracy()] for key in self.classes},
            "h": [tf.keras.metrics.AUC(from_logits=True)],
        }
        return tf.keras.Model(features, outputs), by_key, metrics


def binary_metrics():
    """Metrics like those of the binary head."""
    metrics = tf.keras.metrics
    return [
        metrics.BinaryAccuracy(threshold=0.0),
        metrics.Precision(thresholds=0.0),
        metrics.Recall(thresholds=0.0),
        metrics.AUC(from_logits=True),
        metrics.AUC(from_logits=True, curve="PR"),
    ]


class Convolutions:
    """Three convolutions on images of 28x28, ten classes."""

    batch = 64
    window = 20
    filters = (32, 64, 64)

    def data(self):
        """Images [1024, 28, 28, 1] and class ids."""
        random = np.random.RandomState(0)
        images = random.rand(1024, 28, 28, 1).astype("float32")
        return images, random.randint(10, size=[1024, 1])

    def logits(self, features, mode):
        """Logits [batch, 10]."""
        layer, channels = features, 1
        for number, filters in enumerate(self.filters):
            kernel = variable(f"kernel_{number}", [3, 3, channels, filters])
            bias = v1.get_variable(f"bias_{number}", [filters], initializer=v1.zeros_initializer())
            layer = tf.nn.relu(tf.nn.conv2d(layer, kernel, 1, "SAME") + bias)
            layer, channels = tf.nn.max_pool2d(layer, 2, 2, "SAME"), filters
        return dense("logits", tf.reshape(layer, [-1, 4 * 4 * channels]), 10)

    def head(self, library):
        """A MultiClassHead."""
        return library.MultiClassHead(10)

    def keras(self):
        """The Keras model, its loss and its metrics."""
        layers = tf.keras.layers
        parts = [layers.Input([28, 28, 1])]
        for filters in self.filters:
            parts.append(layers.Conv2D(filters, 3, padding="same", activation="relu"))
            parts.append(layers.MaxPool2D(padding="same"))
        model = tf.keras.Sequential([*parts, layers.Flatten(), layers.Dense(10)])
        loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        return model, loss, [tf.keras.metrics.SparseCategoricalAccuracy()]


class Recurrent:
    """An LSTM of 64 units over 40 tokens out of 5,000, two classes."""

    batch = 64
    window = 20

    def data(self):
        """Tokens [2048, 40] and labels."""
        random = np.random.RandomState(0)
        tokens = random.randint(5000, size=[2048, 40])
        return tokens, (tokens[:, :1] > 2500).astype("int64")

    def logits(self, features, mode):
        """Logits [batch, 1]."""
        if tf.__version__.startswith("2.15"):
            layers = tf.keras.layers
        else:
            from tf_keras import layers
        lstm = layers.LSTM(
            64, kernel_initializer=_initializer(1), recurrent_initializer=_initializer(2)
        )
        embedded = tf.nn.embedding_lookup(variable("embeddings", [5000, 32]), features)
        return dense("logits", lstm(embedded, training=mode == "train"), 1)

    def head(self, library):
        """A BinaryClassHead."""
        return library.BinaryClassHead()

    def keras(self):
        """The Keras model, its loss and its metrics."""
        layers = tf.keras.layers
        parts = [layers.Embedding(5000, 32), layers.LSTM(64), layers.Dense(1)]
        loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)
        return tf.keras.Sequential(parts), loss, binary_metrics()


class Table:
    """The mean of 10 rows of a table 1,000,000 x 64, two classes."""

    batch = 256
    window = 20
    rows = 1_000_000

    def data(self):
        """Ids [8192, 10] and labels."""
        ids = np.random.RandomState(0).randint(self.rows, size=[8192, 10])
        return ids, (ids[:, :1] % 2).astype("int64")

    def logits(self, features, mode):
        """Logits [batch, 1]."""
        table = variable("table", [self.rows, 64])
        return dense("logits", tf.reduce_mean(tf.nn.embedding_lookup(table, features), 1), 1)

    def head(self, library):
        """A BinaryClassHead."""
        return library.BinaryClassHead()

    def keras(self):
        """The Keras model, its loss and its metrics."""
        layers = tf.keras.layers
        parts = [layers.Embedding(self.rows, 64), layers.GlobalAveragePooling1D(), layers.Dense(1)]
        loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)
        return tf.keras.Sequential(parts), loss, binary_metrics()


MODELS = {
    "eight heads": EightHeads,
    "three convolutions": Convolutions,
    "LSTM": Recurrent,
    "table": Table,
}
