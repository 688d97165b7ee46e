"""What feature columns are made of."""


def v1_feature_columns():
    """The module of the classes that `tf.compat.v1.feature_column.input_layer` checks for.

    The columns of tf.contrib were subclasses of these, which have no public name.
    """
    from tensorflow.python.feature_column import feature_column

    return feature_column


def transformed_features(features):
    """A cache of what the columns of tf.feature_column make of `features`.

    `get_sequence_dense_tensor` of a column takes one, and nothing public makes one.
    """
    from tensorflow.python.feature_column import feature_column_v2

    return feature_column_v2.FeatureTransformationCache(features)
