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
