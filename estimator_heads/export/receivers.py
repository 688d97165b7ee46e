"""Where an exported model takes its inputs: results of an `input_receiver_fn`, and builders.

Reproduces `tf.estimator.export.*InputReceiver` and `build_*_input_receiver_fn`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import tensorflow as tf

from estimator_heads.export.outputs import SINGLE_RECEIVER_DEFAULT_NAME
from estimator_heads.types import Tensor

SINGLE_FEATURE_DEFAULT_NAME = "feature"
SINGLE_LABEL_DEFAULT_NAME = "label"

_TENSOR_TYPES = (tf.Tensor, tf.sparse.SparseTensor, tf.RaggedTensor)


class _Serving(NamedTuple):
    features: Any
    receiver_tensors: dict[str, Tensor]
    receiver_tensors_alternatives: dict[str, dict[str, Tensor]] | None


class _Supervised(NamedTuple):
    features: Any
    labels: Any
    receiver_tensors: dict[str, Tensor]


_Receiver = TypeVar("_Receiver", bound="ServingInputReceiver")


class ServingInputReceiver(_Serving):
    """What a `serving_input_receiver_fn` returns for a model that takes a dict of features.

    Args:
        features: Dict from name (a string, or an int) to `Tensor`, `SparseTensor` or
            `RaggedTensor`, as the model_fn gets them. One tensor is wrapped as {"feature": tensor}.
        receiver_tensors: Dict from input name to the tensor to feed, usually one string placeholder
            of serialized tf.Examples. One tensor is wrapped as {"input": tensor}.
        receiver_tensors_alternatives: Dict from a name to other `receiver_tensors`, for feeding at
            another point, such as after the parsing; each adds its own signatures
            "<name>:<signature>".

    Raises:
        ValueError: If an argument is missing, or a name or a value has the wrong type.
    """

    __slots__ = ()

    def __new__(
        cls: type[_Receiver],
        features: Tensor | Mapping[Any, Tensor],
        receiver_tensors: Tensor | Mapping[str, Tensor],
        receiver_tensors_alternatives: Mapping[str, Tensor | Mapping[str, Tensor]] | None = None,
    ) -> _Receiver:
        return super().__new__(
            cls,
            wrapped("features", features, SINGLE_FEATURE_DEFAULT_NAME, allow_int_keys=True),
            _wrapped_receivers("receiver_tensors", receiver_tensors),
            _wrapped_alternatives(receiver_tensors_alternatives),
        )


class TensorServingInputReceiver(_Serving):
    """What a `serving_input_receiver_fn` returns for a model whose features are one bare tensor.

    Args:
        features: One `Tensor`, `SparseTensor` or `RaggedTensor`, passed to the model_fn as it is.
        receiver_tensors: As for `ServingInputReceiver`.
        receiver_tensors_alternatives: As for `ServingInputReceiver`.

    Raises:
        ValueError: If `features` is not a tensor, or as for `ServingInputReceiver`.
    """

    __slots__ = ()

    def __new__(
        cls,
        features: Tensor,
        receiver_tensors: Tensor | Mapping[str, Tensor],
        receiver_tensors_alternatives: Mapping[str, Tensor | Mapping[str, Tensor]] | None = None,
    ) -> TensorServingInputReceiver:
        check_tensor("features", features)
        return super().__new__(
            cls,
            features,
            _wrapped_receivers("receiver_tensors", receiver_tensors),
            _wrapped_alternatives(receiver_tensors_alternatives),
        )


class UnsupervisedInputReceiver(ServingInputReceiver):
    """What an `input_receiver_fn` returns for training or evaluation without labels.

    Args:
        features: As for `ServingInputReceiver`.
        receiver_tensors: As for `ServingInputReceiver`.
    """

    __slots__ = ()

    def __new__(
        cls,
        features: Tensor | Mapping[Any, Tensor],
        receiver_tensors: Tensor | Mapping[str, Tensor],
    ) -> UnsupervisedInputReceiver:
        return super().__new__(cls, features, receiver_tensors)


class SupervisedInputReceiver(_Supervised):
    """What an `input_receiver_fn` returns to export a training or evaluation graph.

    Args:
        features: Tensor, or dict from name to tensor; passed to the model_fn as it is.
        labels: Tensor, or dict from name to tensor; passed to the model_fn as it is.
        receiver_tensors: As for `ServingInputReceiver`.

    Raises:
        ValueError: If an argument is missing, or a name or a value has the wrong type.
    """

    __slots__ = ()

    def __new__(
        cls,
        features: Tensor | Mapping[Any, Tensor],
        labels: Tensor | Mapping[Any, Tensor],
        receiver_tensors: Tensor | Mapping[str, Tensor],
    ) -> SupervisedInputReceiver:
        wrapped("features", features, SINGLE_FEATURE_DEFAULT_NAME, allow_int_keys=True)
        wrapped("labels", labels, SINGLE_LABEL_DEFAULT_NAME, allow_int_keys=True)
        receiver_tensors = _wrapped_receivers("receiver_tensors", receiver_tensors)
        return super().__new__(cls, features, labels, receiver_tensors)


def build_parsing_serving_input_receiver_fn(
    feature_spec: dict[str, Any], default_batch_size: int | None = None
) -> Callable[[], ServingInputReceiver]:
    """Builds a `serving_input_receiver_fn` that is fed with serialized tf.Examples.

    Args:
        feature_spec: Dict from feature name to `tf.io.FixedLenFeature`, `VarLenFeature`, ...
        default_batch_size: Number of examples in a batch; None leaves it open.

    Returns:
        A function without arguments that returns a `ServingInputReceiver` with the one input
        "examples", a string placeholder of shape [default_batch_size].
    """

    def serving_input_receiver_fn():
        examples = tf.compat.v1.placeholder(
            tf.string, shape=[default_batch_size], name="input_example_tensor"
        )
        features = tf.compat.v1.io.parse_example(examples, feature_spec)
        return ServingInputReceiver(features, {"examples": examples})

    return serving_input_receiver_fn


def build_raw_serving_input_receiver_fn(
    features: dict[str, Any], default_batch_size: int | None = None
) -> Callable[[], ServingInputReceiver]:
    """Builds a `serving_input_receiver_fn` that is fed with the features themselves.

    Args:
        features: Dict from feature name to anything with a dtype and a shape whose first dimension
            is the batch: a `Tensor` of any graph, an eager tensor, a NumPy array, a
            `tf.TensorSpec`, ... Only dtype, shape and name are used.
        default_batch_size: Number of examples in a batch; None leaves it open.

    Returns:
        A function without arguments that returns a `ServingInputReceiver` whose features and inputs
        are placeholders.
    """

    def serving_input_receiver_fn():
        placeholders = placeholders_like(features, default_batch_size)
        return ServingInputReceiver(placeholders, placeholders)

    return serving_input_receiver_fn


def build_raw_supervised_input_receiver_fn(
    features: Any, labels: Any, default_batch_size: int | None = None
) -> Callable[[], SupervisedInputReceiver]:
    """Builds an `input_receiver_fn` that is fed with the features and labels themselves.

    Args:
        features: Dict as for `build_raw_serving_input_receiver_fn`, or one such tensor, whose input
            is named "input".
        labels: Dict of the same kind, or one such tensor, whose input is named "label".
        default_batch_size: Number of examples in a batch; None leaves it open.

    Returns:
        A function without arguments that returns a `SupervisedInputReceiver`.

    Raises:
        ValueError: If a feature and a label have the same name.
    """
    overlap = set(_as_dict(features, SINGLE_RECEIVER_DEFAULT_NAME)) & set(
        _as_dict(labels, SINGLE_LABEL_DEFAULT_NAME)
    )
    if overlap:
        raise ValueError(
            "Features and labels must have different names, since they are fed together. Received "
            f"these names in both: {sorted(overlap, key=str)}."
        )

    def supervised_input_receiver_fn():
        fed_features = placeholders_like(features, default_batch_size)
        fed_labels = placeholders_like(labels, default_batch_size)
        receiver_tensors = {
            **_as_dict(fed_features, SINGLE_RECEIVER_DEFAULT_NAME),
            **_as_dict(fed_labels, SINGLE_LABEL_DEFAULT_NAME),
        }
        return SupervisedInputReceiver(fed_features, fed_labels, receiver_tensors)

    return supervised_input_receiver_fn


def _as_dict(value, default_name):
    return value if isinstance(value, dict) else {default_name: value}


def check_tensor(argument: str, value: Any) -> None:
    """Raises a ValueError if it is not a tensor of any kind."""
    if not isinstance(value, _TENSOR_TYPES):
        raise ValueError(
            f"`{argument}` must be a Tensor, SparseTensor or RaggedTensor. Received: "
            f"{argument}={value!r}."
        )


def wrapped(
    argument: str, tensors: Any, default_name: str, allow_int_keys: bool = False
) -> dict[Any, Tensor]:
    """Tensors as a checked dict.

    Args:
        argument: Their name, for errors.
        tensors: Dict from name to tensor, or a tensor.
        default_name: The name for a single tensor.
        allow_int_keys: Whether names may be ints.

    Returns:
        A dict.

    Raises:
        ValueError: If they are None, or a name or a value has the wrong type.
    """
    if tensors is None:
        raise ValueError(
            f"`{argument}` is missing. Expected a Tensor or a dict of Tensors. Received: "
            f"{argument}=None."
        )
    tensors = _as_dict(tensors, default_name)
    key_types = (str, int) if allow_int_keys else (str,)
    for key, tensor in tensors.items():
        if not isinstance(key, key_types):
            raise ValueError(
                f"Keys of `{argument}` must be strings{' or ints' * allow_int_keys}. Received the "
                f"key {key!r}."
            )
        check_tensor(f"{argument}[{key!r}]", tensor)
    return tensors


def _wrapped_receivers(argument, tensors):
    return wrapped(argument, tensors, SINGLE_RECEIVER_DEFAULT_NAME)


def _wrapped_alternatives(alternatives):
    if alternatives is None:
        return None
    if not isinstance(alternatives, dict):
        raise ValueError(
            "`receiver_tensors_alternatives` must be a dict from name to receiver tensors. "
            f"Received: receiver_tensors_alternatives={alternatives!r}."
        )
    return {
        name: _wrapped_receivers(f"receiver_tensors_alternatives[{name!r}]", tensors)
        for name, tensors in alternatives.items()
    }


def placeholders_like(
    examples: Any, default_batch_size: int | None = None
) -> tf.Tensor | dict[Any, tf.Tensor]:
    """Placeholders like tensors in a dict, or one like a single tensor.

    Args:
        examples: As the features of `build_raw_serving_input_receiver_fn`, or one such tensor.
        default_batch_size: Number of examples in a batch; None leaves it open.

    Returns:
        A dict of placeholders, or a placeholder.
    """
    if isinstance(examples, dict):
        return {name: _placeholder(value, default_batch_size) for name, value in examples.items()}
    return _placeholder(examples, default_batch_size)


def _placeholder(example, default_batch_size):
    """A placeholder like `example`, with the name of its operation if it has one."""
    shape = tf.TensorShape([default_batch_size]).concatenate(tf.TensorShape(example.shape)[1:])
    return tf.compat.v1.placeholder(
        tf.as_dtype(example.dtype), shape=shape, name=_operation_name(example)
    )


def _operation_name(tensor):
    try:
        return tensor.op.name
    except AttributeError:  # Eager tensors and arrays have none.
        return None
