"""Receivers for training and evaluation graphs that are made after an input_fn."""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1

X = np.arange(6, dtype=np.float32).reshape(3, 2)


def described(receiver):
    def tensors(value):
        if isinstance(value, dict):
            return {name: tensors(value[name]) for name in sorted(value)}
        return [value.op.type, value.dtype.name, value.shape.as_list()]

    return {
        name: tensors(getattr(receiver, name))
        for name in ("features", "labels", "receiver_tensors")
    }


def made_after(api, input_fn, **arguments):
    with tf.Graph().as_default():
        make = api.build_supervised_input_receiver_fn_from_input_fn
        return described(make(input_fn, **arguments)())


def dataset_of_dicts(api, folder):
    def input_fn(batch_size):
        data = tf.data.Dataset.from_tensor_slices(
            ({"x": X, "n": [1, 2, 3]}, {"y": X, "z": X[:, 0]})
        )
        return data.batch(batch_size)

    return made_after(api, input_fn, batch_size=2)


def single_tensors(api, folder):
    return made_after(api, lambda: (tf.constant(X), tf.constant([1, 2, 3])))


def tensors_of_a_fixed_batch(api, folder):
    return made_after(api, lambda: ({"x": tf.zeros([4, 3, 1])}, tf.constant(["a"] * 4)))


CASES = [dataset_of_dicts, single_tensors, tensors_of_a_fixed_batch]


def common_name(api, folder):
    made_after(api, lambda: ({"x": tf.constant(X)}, {"x": tf.constant(X)}))


def feature_named_label(api, folder):
    made_after(api, lambda: ({"label": tf.constant(X)}, tf.constant(X)))


def three_results(api, folder):
    made_after(api, lambda: (tf.constant(X), tf.constant(X), tf.constant(X)))


def missing_argument(api, folder):
    made_after(api, lambda batch_size: tf.constant(X))


MISTAKES = [common_name, feature_named_label, three_results, missing_argument]
