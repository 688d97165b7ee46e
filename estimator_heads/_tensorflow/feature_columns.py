"""What feature columns are made of."""

from estimator_heads._tensorflow.missing import check_attributes, private_module

_PURPOSE = "for the feature columns of `tf.contrib`"


def v1_feature_columns():
    """The module of the classes that `tf.compat.v1.feature_column.input_layer` checks for.

    The columns of tf.contrib were subclasses of these, which have no public name.
    """
    module = private_module("tensorflow.python.feature_column.feature_column", _PURPOSE)
    check_attributes(module, ["_CategoricalColumn", "_DenseColumn", "_LazyBuilder"], _PURPOSE)
    return module


def transformed_features(features):
    """A cache of what the columns of tf.feature_column make of `features`.

    `get_sequence_dense_tensor` of a column takes one, and nothing public makes one.
    """
    module = private_module("tensorflow.python.feature_column.feature_column_v2", _PURPOSE)
    check_attributes(module, ["FeatureTransformationCache"], _PURPOSE)
    return module.FeatureTransformationCache(features)


def are_public_columns(columns):
    """Whether all columns are of `tf.feature_column`, rather than of TensorFlow 1's internals.

    The classes of both have no public names.
    """
    purpose = "to tell kinds of feature columns apart"
    module = private_module("tensorflow.python.feature_column.feature_column_v2", purpose)
    check_attributes(module, ["is_feature_column_v2"], purpose)
    return module.is_feature_column_v2(columns)


def serialized_columns(columns):
    """Feature columns as a list of dicts, for the config of a model.

    Only tf_keras's layers do it in public, and nothing does the reverse.

    Args:
        columns: Iterable of columns of `tf.feature_column`.
    """
    return _serialization().serialize_feature_columns(columns)


def deserialized_columns(configs, custom_objects=None):
    """Feature columns from what `serialized_columns` made of them.

    Args:
        configs: List of dicts.
        custom_objects: Dict from names to classes and functions of the user's.
    """
    return _serialization().deserialize_feature_columns(configs, custom_objects=custom_objects)


def _serialization():
    purpose = "for the configs of models over feature columns"
    module = private_module("tensorflow.python.feature_column.serialization", purpose)
    names = ["serialize_feature_columns", "deserialize_feature_columns"]
    check_attributes(module, names, purpose)
    return module


def concatenate_context_input(context_input, sequence_input):
    """Sequences that have the context at each step, behind their own values.

    Any other way makes other operations, whose number decides the seeds of variables made later.

    Args:
        context_input: float32 Tensor of shape [batch_size, D1].
        sequence_input: float32 Tensor of shape [batch_size, length, D0].

    Returns:
        float32 Tensor of shape [batch_size, length, D0 + D1].
    """
    purpose = "for recurrent networks with context"
    module = private_module("tensorflow.python.feature_column.sequence_feature_column", purpose)
    check_attributes(module, ["concatenate_context_input"], purpose)
    return module.concatenate_context_input(context_input, sequence_input=sequence_input)
