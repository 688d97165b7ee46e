"""All feature columns of `tf.contrib.layers`, as its module `feature_column` had them."""

from estimator_heads.compat.contrib.layers.feature_columns.base import _FeatureColumn
from estimator_heads.compat.contrib.layers.feature_columns.bucketized import (
    _BucketizedColumn,
    bucketized_column,
)
from estimator_heads.compat.contrib.layers.feature_columns.crossed import (
    _CrossedColumn,
    crossed_column,
)
from estimator_heads.compat.contrib.layers.feature_columns.embedding import (
    _EmbeddingColumn,
    embedding_column,
)
from estimator_heads.compat.contrib.layers.feature_columns.ids import (
    _SparseColumnHashed,
    _SparseColumnIntegerized,
    _SparseColumnKeys,
    _SparseColumnVocabulary,
    sparse_column_with_hash_bucket,
    sparse_column_with_integerized_feature,
    sparse_column_with_keys,
    sparse_column_with_vocabulary_file,
)
from estimator_heads.compat.contrib.layers.feature_columns.one_hot import (
    _OneHotColumn,
    one_hot_column,
)
from estimator_heads.compat.contrib.layers.feature_columns.parsing import (
    _create_sequence_feature_spec_for_parsing,
    create_feature_spec_for_parsing,
    make_place_holder_tensors_for_base_features,
)
from estimator_heads.compat.contrib.layers.feature_columns.real import (
    _real_valued_var_len_column,
    _RealValuedColumn,
    _RealValuedVarLenColumn,
    real_valued_column,
)
from estimator_heads.compat.contrib.layers.feature_columns.scattered import (
    _ScatteredEmbeddingColumn,
    scattered_embedding_column,
)
from estimator_heads.compat.contrib.layers.feature_columns.shared import shared_embedding_columns
from estimator_heads.compat.contrib.layers.feature_columns.sparse import (
    _SparseColumn,
    _SparseIdLookupConfig,
)
from estimator_heads.compat.contrib.layers.feature_columns.weighted import (
    _WeightedSparseColumn,
    weighted_sparse_column,
)

__all__ = [
    "_BucketizedColumn",
    "_CrossedColumn",
    "_EmbeddingColumn",
    "_FeatureColumn",
    "_OneHotColumn",
    "_RealValuedColumn",
    "_RealValuedVarLenColumn",
    "_ScatteredEmbeddingColumn",
    "_SparseColumn",
    "_SparseColumnHashed",
    "_SparseColumnIntegerized",
    "_SparseColumnKeys",
    "_SparseColumnVocabulary",
    "_SparseIdLookupConfig",
    "_WeightedSparseColumn",
    "_create_sequence_feature_spec_for_parsing",
    "_real_valued_var_len_column",
    "bucketized_column",
    "create_feature_spec_for_parsing",
    "crossed_column",
    "embedding_column",
    "make_place_holder_tensors_for_base_features",
    "one_hot_column",
    "real_valued_column",
    "scattered_embedding_column",
    "shared_embedding_columns",
    "sparse_column_with_hash_bucket",
    "sparse_column_with_integerized_feature",
    "sparse_column_with_keys",
    "sparse_column_with_vocabulary_file",
    "weighted_sparse_column",
]
