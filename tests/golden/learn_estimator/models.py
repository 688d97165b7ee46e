"""Data, inputs and model functions of the cases.

An `api` has `learn`, the names of `tf.contrib.learn`, and `core`, those of `tf.estimator`. The code
runs on TensorFlow 1.15 (Python 3.7) and later.
"""

import logging

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

X = np.linspace(-1.0, 1.0, 24, dtype=np.float32).reshape(12, 2)
Y = (X @ np.array([1.5, -2.0], np.float32) + 0.25).astype(np.float32)
CONSTANT = v1.constant_initializer(0.1)


def input_fn():
    """One batch, over and over."""
    return {"x": tf.constant(X[:4])}, tf.constant(Y[:4])


def queue_input_fn():
    """The rows in order, once, in batches of 5."""
    x, y = v1.train.slice_input_producer([X, Y], num_epochs=1, shuffle=False)
    x, y = v1.train.batch([x, y], 5, allow_smaller_final_batch=True)
    return {"x": x}, y


def iterator_input_fn():
    """The rows in order, once, in batches of 5, of an iterator."""
    data = tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).batch(5)
    return v1.data.make_one_shot_iterator(data).get_next()


def config(api, **kwargs):
    settings = {"tf_random_seed": 42, "save_summary_steps": 5}
    settings.update(kwargs)
    return api.learn.RunConfig(**settings)


def linear(features, initializer=CONSTANT):
    """Values [batch] of features["x"], or of features."""
    x = features["x"] if isinstance(features, dict) else features
    weights = v1.get_variable("linear/weights", [2, 1], initializer=initializer)
    bias = v1.get_variable("linear/bias", [1], initializer=v1.zeros_initializer())
    return tf.squeeze(tf.matmul(tf.cast(x, tf.float32), weights) + bias, 1)


def minimize(loss, rate=0.05):
    return v1.train.AdamOptimizer(rate).minimize(loss, v1.train.get_global_step())


def squared(labels, values):
    return tf.reduce_mean(tf.square(values - tf.cast(labels, tf.float32)))


def linear_model_fn(api, initializer=CONSTANT, **fields):
    """Least squares with Adam; `fields` are further ones of ModelFnOps."""

    def model_fn(features, labels, mode):
        values = linear(features, initializer)
        loss = train_op = None
        if mode != api.learn.ModeKeys.INFER:
            loss = squared(labels, values)
            v1.summary.scalar("error", loss)
            train_op = minimize(loss)
        return api.learn.ModelFnOps(
            mode,
            predictions={"value": values, "double": 2 * values},
            loss=loss,
            train_op=train_op,
            **{name: make(labels, values, mode) for name, make in fields.items()},
        )

    return model_fn


def estimator(api, folder, model_fn=None, **kwargs):
    kwargs.setdefault("config", config(api))
    return api.learn.Estimator(
        model_fn=model_fn or linear_model_fn(api), model_dir=folder, **kwargs
    )


def fitted(api, folder, model_fn=None, steps=3, **kwargs):
    return estimator(api, folder, model_fn, **kwargs).fit(input_fn=input_fn, steps=steps)


def variables(trained):
    from tests.golden.estimator.results import plain

    return plain({name: trained.get_variable_value(name) for name in trained.get_variable_names()})


class LogLines(logging.Handler):
    """The lines that TensorFlow logs in a context."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())

    def __enter__(self):
        self._verbosity = v1.logging.get_verbosity()
        v1.logging.set_verbosity(v1.logging.INFO)
        logging.getLogger("tensorflow").addHandler(self)
        return self

    def __exit__(self, *error):
        logging.getLogger("tensorflow").removeHandler(self)
        v1.logging.set_verbosity(self._verbosity)

    def starting_with(self, text):
        return [line for line in self.lines if line.startswith(text)]


def cases_of(namespace):
    """The functions of a module that are cases: those without an underscore."""
    return [
        case
        for name, case in list(namespace.items())
        if getattr(case, "__module__", None) == namespace["__name__"]
        and callable(case)
        and not isinstance(case, type)
        and not name.startswith("_")
    ]
