"""Receivers for the export of training and evaluation graphs, made after an input_fn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from estimator_heads.estimator.input_pipeline import parse_input_fn_result
from estimator_heads.export.receivers import (
    SupervisedInputReceiver,
    build_raw_supervised_input_receiver_fn,
)
from estimator_heads.types import InputFn


def build_supervised_input_receiver_fn_from_input_fn(
    input_fn: InputFn, **input_fn_args: Any
) -> Callable[[], SupervisedInputReceiver]:
    """Builds an `input_receiver_fn` whose inputs look like the features and labels of an input_fn.

    Reproduces `tf.contrib.estimator.build_supervised_input_receiver_fn_from_input_fn`. The input_fn
    is called at once, in a graph of its own; only dtypes, shapes and names are taken from there.

    Args:
        input_fn: Function that returns a `tf.data.Dataset` of (features, labels), or features and
            labels as tensors.
        **input_fn_args: Arguments to call it with, such as `params`.

    Returns:
        A function without arguments that returns a `SupervisedInputReceiver`.

    Raises:
        ValueError: If the input_fn returns nothing a model could take, or a feature and a label
            have the same name.
    """
    with tf.Graph().as_default():
        features, labels, _ = parse_input_fn_result(input_fn(**input_fn_args))
    return build_raw_supervised_input_receiver_fn(features, labels)
