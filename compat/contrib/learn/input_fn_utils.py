"""`InputFnOps`, which a serving input function of `tf.contrib.learn` returns, and two that do.

Reproduces `tensorflow.contrib.learn.python.learn.utils.input_fn_utils` of TF 1.15.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

InputFnOps = namedtuple("InputFnOps", ["features", "labels", "default_inputs"])
InputFnOps.__doc__ = """What a serving input function returns.

Attributes:
    features: dict of Tensors or SparseTensors, for the model.
    labels: labels; None when serving.
    default_inputs: dict of the placeholders to be fed.
"""


def build_parsing_serving_input_fn(
    feature_spec: Mapping[str, Any], default_batch_size: int | None = None
) -> Callable[[], InputFnOps]:
    """A serving input function that is fed serialized `tf.train.Example`s.

    Args:
        feature_spec: Dict from feature names to `tf.io.FixedLenFeature`, `VarLenFeature`, ...
        default_batch_size: Number of examples; any number if it is None.

    Returns:
        A function without arguments that returns `InputFnOps`.
    """

    def input_fn():
        examples = tf.compat.v1.placeholder(
            tf.string, [default_batch_size], name="input_example_tensor"
        )
        features = tf.io.parse_example(examples, feature_spec)
        return InputFnOps(features, None, {"examples": examples})

    return input_fn


def build_default_serving_input_fn(
    features: Mapping[str, tf.Tensor], default_batch_size: int | None = None
) -> Callable[[], InputFnOps]:
    """A serving input function that is fed the features themselves.

    Args:
        features: Dict of Tensors, whose dtypes, shapes and names those to be fed have.
        default_batch_size: Size of the first dimension; any if it is None.

    Returns:
        A function without arguments that returns `InputFnOps`.
    """

    def input_fn():
        placeholders = {
            name: tf.compat.v1.placeholder(
                feature.dtype,
                [default_batch_size, *feature.shape.as_list()[1:]],
                name=feature.op.name,
            )
            for name, feature in features.items()
        }
        return InputFnOps(placeholders, None, placeholders)

    return input_fn
