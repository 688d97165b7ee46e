"""All functions over feature columns, as `tf.contrib.layers.feature_column_ops` had them."""

from estimator_heads.compat.contrib.layers.column_ops.inference import (
    infer_real_valued_columns,
    infer_real_valued_columns_from_input,
    infer_real_valued_columns_from_input_fn,
)
from estimator_heads.compat.contrib.layers.column_ops.input import (
    input_from_feature_columns,
    sequence_input_from_feature_columns,
)
from estimator_heads.compat.contrib.layers.column_ops.parsing import (
    parse_feature_columns_from_examples,
    parse_feature_columns_from_sequence_examples,
)
from estimator_heads.compat.contrib.layers.column_ops.sequence import sequence_input_layer
from estimator_heads.compat.contrib.layers.column_ops.transform import (
    check_feature_columns,
    transform_features,
)
from estimator_heads.compat.contrib.layers.column_ops.weighted_sum import (
    joint_weighted_sum_from_feature_columns,
    weighted_sum_from_feature_columns,
)
from estimator_heads.compat.contrib.layers.feature_columns.crossing import (
    SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY,
)

__all__ = [
    "SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY",
    "check_feature_columns",
    "infer_real_valued_columns",
    "infer_real_valued_columns_from_input",
    "infer_real_valued_columns_from_input_fn",
    "input_from_feature_columns",
    "joint_weighted_sum_from_feature_columns",
    "parse_feature_columns_from_examples",
    "parse_feature_columns_from_sequence_examples",
    "sequence_input_from_feature_columns",
    "sequence_input_layer",
    "transform_features",
    "weighted_sum_from_feature_columns",
]
