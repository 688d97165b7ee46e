"""The cases of functions over several columns, and of their arguments.

A case is a function of the namespace of columns and functions (`api`), a folder with vocabulary
files and a checkpoint, and the features; it returns what is recorded.
"""

import numpy as np
import tensorflow as tf

from . import data
from .columns import BUCKETS, COLUMNS, CROSSED, EMBEDDED, HASHED, KEYS, ONE_HOT, REAL, SHARED

v1 = tf.compat.v1


def deep(api, folder=None):
    """Columns for a neural network, of every kind."""
    return [
        EMBEDDED["hashed"](api, folder),
        REAL["plain"](api, folder),
        BUCKETS["pair"](api, folder),
        ONE_HOT["keys"](api, folder),
        EMBEDDED["crossed"](api, folder),
        api.scattered_embedding_column("word", 20, 3, 5),
        REAL["pair"](api, folder),
        EMBEDDED["integers"](api, folder),
    ]


def wide(api, folder=None):
    """Columns for a linear model, of every kind."""
    return [
        REAL["pair"](api, folder),
        CROSSED["buckets"](api, folder),
        HASHED["mean"](api, folder),
        KEYS["list"](api, folder),
        BUCKETS["plain"](api, folder),
        REAL["integers"](api, folder),
    ]


def steps(api, folder=None):
    """Columns for sequences, of every kind."""
    return [
        REAL["steps_pair"](api, folder),
        REAL["steps_flat"](api, folder),
    ]


def _with_partitions(make, parts=2):
    with v1.variable_scope("model", partitioner=v1.fixed_size_partitioner(parts)):
        return make()


def _twice_in_scope(make):
    with v1.variable_scope("model") as scope:
        first = make()
    with v1.variable_scope(scope, reuse=True):
        return first, make()


def _outputs(api, features):
    outputs = {}
    result = api.input_from_feature_columns(features, deep(api), cols_to_outs=outputs)
    return result, outputs


def _regularized(make):
    def total(weights):
        return v1.reduce_sum(weights)

    with v1.variable_scope("model", regularizer=total):
        make()
    losses = v1.get_collection(v1.GraphKeys.REGULARIZATION_LOSSES)
    return [tf.convert_to_tensor(loss) for loss in losses]


def _already_transformed(api, features):
    column = REAL["plain"](api, None)
    return api.input_from_feature_columns({column: features["pair"]}, [column])


def _from_examples(api, folder):
    columns = [EMBEDDED["keys"](api, folder), REAL["plain"](api, folder)]
    tensors = api.parse_feature_columns_from_examples(
        data.examples(), columns, name="parse", example_names=["a", "b", "c"]
    )
    return api.input_from_feature_columns(tensors, columns)


def _insert(api, features):
    column = CROSSED["buckets"](api, None)
    column.insert_transformed_feature(features)
    return {
        "it": features[column],
        "bucketized": any(getattr(key, "name", "") == "pair_bucketized" for key in features),
    }


def _shared_twice(api, features, dimension):
    columns = SHARED["keys"](api, None)
    api.input_from_feature_columns(features, columns)
    others = api.shared_embedding_columns(
        [KEYS["plain"](api, None), KEYS["list"](api, None)],
        dimension,
        shared_embedding_name="words",
    )
    return api.input_from_feature_columns(features, others)


INPUT = {
    "all": lambda api, _, f: api.input_from_feature_columns(f, deep(api)),
    "arguments": lambda api, _, f: api.input_from_feature_columns(
        columns_to_tensors=f,
        feature_columns=set(deep(api)),
        weight_collections=["mine"],
        trainable=False,
        scope="first",
    ),
    "cols_to_outs": lambda api, _, f: _outputs(api, f),
    "cols_to_outs_list": lambda api, _, f: api.input_from_feature_columns(
        f, deep(api), cols_to_outs=[]
    ),
    "collections_with_global": lambda api, _, f: api.input_from_feature_columns(
        f, deep(api), weight_collections=[v1.GraphKeys.GLOBAL_VARIABLES, "mine"]
    ),
    "partitioned": lambda api, _, f: _with_partitions(
        lambda: api.input_from_feature_columns(f, deep(api))
    ),
    "partitioned_shared": lambda api, _, f: _with_partitions(
        lambda: api.input_from_feature_columns(f, SHARED["two"](api, None))
    ),
    "partitioned_scattered": lambda api, _, f: _with_partitions(
        lambda: api.input_from_feature_columns(
            f, [api.scattered_embedding_column("word", 20, 3, 5)]
        ),
        parts=3,
    ),
    "reused": lambda api, _, f: _twice_in_scope(
        lambda: api.input_from_feature_columns(f, deep(api), scope="input")
    ),
    "twice": lambda api, _, f: [api.input_from_feature_columns(f, deep(api)) for _ in range(2)],
    "regularized": lambda api, _, f: _regularized(
        lambda: api.input_from_feature_columns(f, [EMBEDDED["keys"](api, None)])
    ),
    "same_name": lambda api, _, f: api.input_from_feature_columns(
        f, [EMBEDDED["keys"](api, _), EMBEDDED["sum"](api, _), EMBEDDED["hashed"](api, _)]
    ),
    "same_column_twice": lambda api, _, f: api.input_from_feature_columns(
        f, [EMBEDDED["keys"](api, _)] * 2
    ),
    "same_key": lambda api, _, f: api.input_from_feature_columns(
        f, [REAL["plain"](api, _), api.real_valued_column("size", normalizer=abs)]
    ),
    "dict": lambda api, _, f: api.input_from_feature_columns(f, {"size": REAL["plain"](api, _)}),
    "no_columns": lambda api, _, f: api.input_from_feature_columns(f, []),
    "already_transformed": lambda api, _, f: _already_transformed(api, f),
    "shared_twice": lambda api, _, f: _shared_twice(api, f, 2),
    "shared_other_shape": lambda api, _, f: _shared_twice(api, f, 3),
    "from_examples": lambda api, folder, _: _from_examples(api, folder),
}

WEIGHTED_SUM = {
    "all": lambda api, _, f: api.weighted_sum_from_feature_columns(f, wide(api), 2),
    "arguments": lambda api, _, f: api.weighted_sum_from_feature_columns(
        columns_to_tensors=f,
        feature_columns=set(wide(api)),
        num_outputs=1,
        weight_collections=["mine"],
        trainable=False,
        scope="linear",
    ),
    "partitioned": lambda api, _, f: _with_partitions(
        lambda: api.weighted_sum_from_feature_columns(
            f, [HASHED["plain"](api, _), CROSSED["plain"](api, _)], 2
        )
    ),
    "reused": lambda api, _, f: _twice_in_scope(
        lambda: api.weighted_sum_from_feature_columns(f, wide(api), 2, scope="linear")[0]
    ),
    "same_key": lambda api, _, f: api.weighted_sum_from_feature_columns(
        f, [REAL["plain"](api, _), api.real_valued_column("size", normalizer=abs)], 1
    ),
    "no_columns": lambda api, _, f: api.weighted_sum_from_feature_columns(f, [], 1),
    "dict": lambda api, _, f: api.weighted_sum_from_feature_columns(f, {"a": wide(api)[0]}, 1),
}

JOINT = {
    "all": lambda api, _, f: api.joint_weighted_sum_from_feature_columns(
        f, [HASHED["plain"](api, _), KEYS["plain"](api, _), CROSSED["plain"](api, _)], 2
    ),
    "buckets": lambda api, _, f: api.joint_weighted_sum_from_feature_columns(
        f, [BUCKETS["plain"](api, _), BUCKETS["pair"](api, _)], 2
    ),
    "arguments": lambda api, _, f: api.joint_weighted_sum_from_feature_columns(
        columns_to_tensors=f,
        feature_columns=[HASHED["plain"](api, _)],
        num_outputs=1,
        weight_collections=["mine"],
        trainable=False,
        scope="linear",
    ),
    "buckets_and_hashed": lambda api, _, f: api.joint_weighted_sum_from_feature_columns(
        f, [HASHED["plain"](api, _), BUCKETS["plain"](api, _)], 1
    ),
    "no_columns": lambda api, _, f: api.joint_weighted_sum_from_feature_columns(f, [], 1),
    "dict": lambda api, _, f: api.joint_weighted_sum_from_feature_columns(
        f, {"a": KEYS["plain"](api, _)}, 1
    ),
}

SEQUENCE = {
    "all": lambda api, _, f: api.sequence_input_from_feature_columns(f, steps(api)),
    "arguments": lambda api, _, f: api.sequence_input_from_feature_columns(
        columns_to_tensors=f,
        feature_columns=[EMBEDDED["steps"](api, _), ONE_HOT["steps"](api, _)],
        weight_collections=["mine"],
        trainable=False,
        scope="first",
    ),
    "crossed_twice": lambda api, _, f: api.sequence_input_from_feature_columns(
        f, [api.embedding_column(CROSSED["nested"](api, _), 2)]
    ),
}


def _sequence_features():
    return {
        "ids": tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [3, 1, 0], [3, 2]),
        "sizes": tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [0.5, 1.5, 2.5], [3, 2]),
        "pairs": tf.SparseTensor(
            [[0, 0], [0, 1], [0, 2], [0, 3], [2, 0], [2, 1]], tf.range(6.0) + 1, [3, 4]
        ),
        "longer": tf.SparseTensor([[0, 0], [1, 1], [2, 0]], [0.5, 1.5, 2.5], [3, 2]),
        "size": tf.constant([[1.0], [2.0], [3.0]]),
    }


def _sequence_columns(api):
    ids = api.sequence_categorical_column_with_identity("ids", 5)
    return [
        api.sequence_numeric_column("sizes"),
        api.sequence_numeric_column("pairs", shape=[2]),
        tf.feature_column.embedding_column(ids, 3),
        tf.feature_column.indicator_column(ids),
    ]


SEQUENCE_LAYER = {
    "all": lambda api, _, f: api.sequence_input_layer(_sequence_features(), _sequence_columns(api)),
    "arguments": lambda api, _, f: api.sequence_input_layer(
        features=_sequence_features(),
        feature_columns=_sequence_columns(api)[2:],
        weight_collections=["mine"],
        trainable=False,
    ),
    "lengths_differ": lambda api, _, f: api.sequence_input_layer(
        _sequence_features(),
        [api.sequence_numeric_column("sizes"), api.sequence_numeric_column("longer")],
    ),
    "no_sequence_column": lambda api, _, f: api.sequence_input_layer(
        _sequence_features(), [tf.feature_column.numeric_column("size")]
    ),
    "categorical_column": lambda api, _, f: api.sequence_input_layer(
        _sequence_features(), [api.sequence_categorical_column_with_identity("ids", 5)]
    ),
    "not_of_sequences": lambda api, _, f: api.sequence_input_layer(
        _sequence_features(),
        [
            tf.feature_column.indicator_column(
                tf.feature_column.categorical_column_with_identity("ids", 5)
            )
        ],
    ),
    "same_name": lambda api, _, f: api.sequence_input_layer(
        _sequence_features(), [api.sequence_numeric_column("sizes")] * 2
    ),
    "no_columns": lambda api, _, f: api.sequence_input_layer(_sequence_features(), []),
    "dict": lambda api, _, f: api.sequence_input_layer(
        _sequence_features(), {"a": api.sequence_numeric_column("sizes")}
    ),
    "missing": lambda api, _, f: api.sequence_input_layer(
        _sequence_features(), [api.sequence_numeric_column("nothing")]
    ),
}


def _sequence_parsing(api, serialized, context, sequence, **options):
    return api.parse_feature_columns_from_sequence_examples(
        serialized, context, sequence, **options
    )


PARSING = {
    "dict_of_columns": lambda api, _, f: api.create_feature_spec_for_parsing(
        {"a": REAL["plain"](api, _), "b": KEYS["plain"](api, _)}
    ),
    "many": lambda api, _, f: api.create_feature_spec_for_parsing(
        feature_columns=deep(api) + wide(api)
    ),
    "no_column": lambda api, _, f: api.create_feature_spec_for_parsing(["size"]),
    "placeholders": lambda api, _, f: sorted(
        (name, tensor.dtype.name, tensor.op.name, tensor.shape.as_list())
        for name, tensor in api.make_place_holder_tensors_for_base_features(
            feature_columns=[REAL["pair"](api, _), REAL["integers"](api, _)]
        ).items()
    ),
    "placeholders_sparse": lambda api, _, f: [
        (tensor.values.op.name, tensor.values.dtype.name)
        for tensor in api.make_place_holder_tensors_for_base_features(
            [KEYS["plain"](api, _)]
        ).values()
    ],
    "examples_same_key": lambda api, _, f: api.parse_feature_columns_from_examples(
        serialized=data.examples(),
        feature_columns=[REAL["plain"](api, _), api.real_valued_column("size", normalizer=abs)],
    ),
    "sequence_examples": lambda api, _, f: _sequence_parsing(
        api,
        data.sequence_example(),
        context_feature_columns_of(api),
        sequence_feature_columns_of(api),
        name="parse",
        example_name="it",
    ),
    "sequence_examples_by_name": lambda api, _, f: api.parse_feature_columns_from_sequence_examples(
        serialized=[data.sequence_example()],
        context_feature_columns=context_feature_columns_of(api),
        sequence_feature_columns=None,
    ),
    "sequence_examples_no_context": lambda api, _, f: _sequence_parsing(
        api, data.sequence_example(), None, sequence_feature_columns_of(api)
    ),
    "sequence_examples_default": lambda api, _, f: _sequence_parsing(
        api, data.sequence_example(), None, [api.real_valued_column("absent", default_value=1.0)]
    ),
    "sequence_examples_absent": lambda api, _, f: _sequence_parsing(
        api, data.sequence_example(), None, [api.real_valued_column("absent")]
    ),
    "two_sequence_examples": lambda api, _, f: _sequence_parsing(
        api, [data.sequence_example()] * 2, None, sequence_feature_columns_of(api)
    ),
    "sequence_spec": lambda api, _, f: [
        api._create_sequence_feature_spec_for_parsing(
            [REAL["pair"](api, _), KEYS["plain"](api, _), REAL["default_list"](api, _)],
            allow_missing_by_default=allow_missing,
        )
        for allow_missing in (False, True)
    ],
}


def context_feature_columns_of(api):
    return [REAL["plain"](api, None), KEYS["plain"](api, None)]


def sequence_feature_columns_of(api):
    return [REAL["pair"](api, None), api.sparse_column_with_hash_bucket("other", 5)]


TRANSFORM = {
    "several": lambda api, _, f: api.transform_features(
        features=f,
        feature_columns=[
            EMBEDDED["keys"](api, _),
            BUCKETS["plain"](api, _),
            CROSSED["buckets"](api, _),
        ],
    ),
    "insert_transformed_feature": lambda api, _, f: _insert(api, f),
    "check": lambda api, _, f: api.check_feature_columns(feature_columns=deep(api)),
    "check_same_key": lambda api, _, f: api.check_feature_columns(
        [REAL["plain"](api, _), api.real_valued_column("size", normalizer=abs)]
    ),
    "check_dict": lambda api, _, f: api.check_feature_columns({}),
}


def _described(columns):
    return sorted([c.name, c.dimension, c.dtype.name, c.default_value] for c in columns)


INFERENCE = {
    "features": lambda api, _, f: _described(
        api.infer_real_valued_columns(features={k: f[k] for k in ("size", "cube", "whole")})
    ),
    "flat": lambda api, _, f: _described(api.infer_real_valued_columns(f["size_flat"])),
    "sparse": lambda api, _, f: _described(api.infer_real_valued_columns({"a": f["word"]})),
    "strings": lambda api, _, f: _described(api.infer_real_valued_columns(f["words"])),
    "unknown_size": lambda api, _, f: _described(
        api.infer_real_valued_columns(v1.placeholder(tf.float32, [3, None]))
    ),
    "unknown_rank": lambda api, _, f: _described(api.infer_real_valued_columns(f["size_any"])),
    "input_fn": lambda api, _, f: _described(
        api.infer_real_valued_columns_from_input_fn(input_fn=lambda: (data.tensors()["cube"], None))
    ),
    "input": lambda api, _, f: _described(
        api.infer_real_valued_columns_from_input(x=np.zeros([5, 2, 3], np.float32))
    ),
    "input_flat": lambda api, _, f: _described(
        api.infer_real_valued_columns_from_input(np.zeros([5], np.int64))
    ),
    "input_dict": lambda api, _, f: _described(
        api.infer_real_valued_columns_from_input(
            {"a": np.zeros([5, 2], np.float64), "b": np.zeros([5, 4], np.int32)}
        )
    ),
    "input_strings": lambda api, _, f: _described(
        api.infer_real_valued_columns_from_input(np.array([["a"], ["b"]]))
    ),
}


CORE = {
    "input_layer": lambda api, _, f: v1.feature_column.input_layer(
        f, deep(api)[:5] + deep(api)[6:]
    ),
    "input_layer_weighted": lambda api, _, f: v1.feature_column.input_layer(
        f, [COLUMNS["one_hot/weighted"](api, _), COLUMNS["embedding/weighted"](api, _)]
    ),
    "input_layer_scattered": lambda api, _, f: v1.feature_column.input_layer(
        f, [COLUMNS["scattered/plain"](api, _)]
    ),
    "input_layer_of_sparse": lambda api, _, f: v1.feature_column.input_layer(
        f, [HASHED["plain"](api, _)]
    ),
    "linear_model": lambda api, _, f: v1.feature_column.linear_model(f, wide(api)),
    "linear_model_weighted": lambda api, folder, f: v1.feature_column.linear_model(
        f, [COLUMNS["weighted/plain"](api, folder), COLUMNS["file/oov"](api, folder)], units=2
    ),
    "linear_model_of_dense": lambda api, _, f: v1.feature_column.linear_model(
        f, [ONE_HOT["keys"](api, _), EMBEDDED["keys"](api, _)]
    ),
    "core_embedding": lambda api, _, f: v1.feature_column.input_layer(
        f, [COLUMNS["core/embedding"](api, _)]
    ),
    "core_indicator": lambda api, _, f: v1.feature_column.input_layer(
        f, [COLUMNS["core/indicator"](api, _)]
    ),
    "parse_example_spec": lambda api, _, f: v1.feature_column.make_parse_example_spec(
        deep(api) + wide(api)
    ),
    "var_len": lambda api, _, f: v1.feature_column.input_layer(
        f, [COLUMNS["var_len/plain"](api, _)]
    ),
}
GROUPS = {
    "input": INPUT,
    "weighted_sum": WEIGHTED_SUM,
    "joint_weighted_sum": JOINT,
    "sequence": SEQUENCE,
    "sequence_layer": SEQUENCE_LAYER,
    "parsing": PARSING,
    "transform": TRANSFORM,
    "inference": INFERENCE,
    "core": CORE,
}
FUNCTIONS = {
    f"{group}/{name}": ask for group, cases in GROUPS.items() for name, ask in cases.items()
}
