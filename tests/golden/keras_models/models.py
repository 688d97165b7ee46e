"""Compiled Keras models for the cases; `K` is tf.keras of TF 2.15, tf_keras or Keras 3."""

import numpy as np

X = np.array([[1.0, -2.0, 0.5], [0.25, 1.5, -1.0], [-0.5, 0.75, 2.0], [2.0, 0.0, -1.5]], "float32")
Z = np.array([[0.5, 1.0], [-1.0, 0.25], [1.5, -0.5], [0.0, 2.0]], "float32")
Y = np.array([[1.0], [0.0], [1.0], [0.0]], "float32")
Y2 = np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, 1.0], [2.0, -0.5]], "float32")
CLASSES = np.array([[0], [2], [1], [2]], "int32")
ONE_HOT = np.eye(3, dtype="float32")[[0, 2, 1, 2]]
WORDS = np.array([[1, 2, 0], [3, 0, 0], [2, 1, 3], [1, 3, 0]], "int32")
IMAGES = np.sin(np.arange(4 * 16, dtype="float32")).reshape(4, 4, 4, 1)


def with_known_weights(model):
    """The model with matrices of a formula, whatever Keras drew."""
    model.set_weights(
        [
            0.4 * np.sin(np.arange(value.size)).reshape(value.shape) if value.ndim > 1 else value
            for value in model.get_weights()
        ]
    )
    return model


def sequential(K, *layers, **arguments):
    """A Sequential model of layers with known weights, compiled."""
    model = with_known_weights(K.Sequential(list(layers)))
    compile_with = {"optimizer": K.optimizers.SGD(0.1), "loss": "mse"}
    compile_with.update(arguments)
    model.compile(**compile_with)
    return model


def dense(K, units=1, activation=None, **arguments):
    """One hidden layer and an output, for three numbers a row."""
    return sequential(
        K,
        K.layers.Dense(4, activation="tanh", input_shape=(3,), name="hidden"),
        K.layers.Dense(units, activation=activation, name="out"),
        **arguments,
    )


def branches(K, **arguments):
    """Two inputs, a shared layer, two outputs."""
    left, right = K.Input((3,), name="left"), K.Input((2,), name="right")
    both = K.layers.concatenate([left, right], name="both")
    shared = K.layers.Dense(5, activation="tanh", name="shared")
    hidden = shared(shared(both))
    one = K.layers.Dense(1, name="one")(hidden)
    two = K.layers.Dense(2, name="two")(hidden)
    model = with_known_weights(K.Model([left, right], [one, two]))
    compile_with = {"optimizer": K.optimizers.SGD(0.1, momentum=0.9), "loss": ["mse", "mae"]}
    compile_with.update(arguments)
    model.compile(**compile_with)
    return model


def batch_normalization(K, **arguments):
    return sequential(
        K,
        K.layers.Dense(4, input_shape=(3,), name="hidden"),
        K.layers.BatchNormalization(momentum=0.7, name="normal"),
        K.layers.Dense(1, name="out"),
        **arguments,
    )


def scaled_dense_class(K):
    """A user's layer."""

    class ScaledDense(K.layers.Layer):
        def __init__(self, scale=2.0, **kwargs):
            super().__init__(**kwargs)
            self.scale = scale

        def build(self, input_shape):
            self.weight = self.add_weight(
                name="weight", shape=(input_shape[-1], 2), initializer="ones"
            )
            super().build(input_shape)

        def call(self, inputs):
            return K.layers.Lambda(lambda x: x)(inputs) @ self.weight * self.scale

        def get_config(self):
            config = super().get_config()
            config["scale"] = self.scale
            return config

    return ScaledDense


def subclass(K, with_config=True):
    """A user's class of models."""

    class Net(K.Model):
        def __init__(self, units=3, **kwargs):
            super().__init__(**kwargs)
            self.units = units
            self.hidden = K.layers.Dense(
                units, kernel_initializer="ones", activation="tanh", name="hidden"
            )
            self.out = K.layers.Dense(1, kernel_initializer="ones", name="out")

        def call(self, inputs):
            return self.out(self.hidden(inputs))

        if with_config:

            def get_config(self):
                return {"units": self.units}

            @classmethod
            def from_config(cls, config, custom_objects=None):
                return cls(**config)

        else:

            def get_config(self):
                raise NotImplementedError

    return Net()
