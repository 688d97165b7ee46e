"""The cases of single columns: every kind with every argument. Each enters every function.

A case is a function of the namespace of the columns (`api`) and a folder with vocabulary files and
a checkpoint. Those with TypeError or ValueError in place of a column are cases too.
"""

import tensorflow as tf

from .data import VOCABULARY

KEY = 956888297470

INTEGERS = {
    "plain": lambda api, _: api.sparse_column_with_integerized_feature("number", bucket_size=10),
    "mean": lambda api, _: api.sparse_column_with_integerized_feature(
        "number", bucket_size=20, combiner="mean"
    ),
    "dense": lambda api, _: api.sparse_column_with_integerized_feature("numbers", bucket_size=20),
    "flat": lambda api, _: api.sparse_column_with_integerized_feature("number_flat", 20),
    "small": lambda api, _: api.sparse_column_with_integerized_feature(
        "number_small", bucket_size=10, dtype=tf.int32
    ),
    "strings": lambda api, _: api.sparse_column_with_integerized_feature("word", 10),
    "missing": lambda api, _: api.sparse_column_with_integerized_feature("nothing", 10),
    "no_buckets": lambda api, _: api.sparse_column_with_integerized_feature("number", 0),
    "bucket_size_none": lambda api, _: api.sparse_column_with_integerized_feature("number", None),
    "dtype_string": lambda api, _: api.sparse_column_with_integerized_feature(
        "number", 10, dtype=tf.string
    ),
}

HASHED = {
    "plain": lambda api, _: api.sparse_column_with_hash_bucket("word", hash_bucket_size=10),
    "mean": lambda api, _: api.sparse_column_with_hash_bucket("word", 10, combiner="mean"),
    "sqrtn": lambda api, _: api.sparse_column_with_hash_bucket("word", 1000, combiner="sqrtn"),
    "combiner_unknown": lambda api, _: api.sparse_column_with_hash_bucket(
        "word", 10, combiner="max"
    ),
    "dense": lambda api, _: api.sparse_column_with_hash_bucket("words", 10),
    "flat": lambda api, _: api.sparse_column_with_hash_bucket("word_flat", 10),
    "integers": lambda api, _: api.sparse_column_with_hash_bucket("number", 10, dtype=tf.int64),
    "integers_dense": lambda api, _: api.sparse_column_with_hash_bucket(
        "numbers", 10, dtype=tf.int64
    ),
    "hash_keys": lambda api, _: api.sparse_column_with_hash_bucket(
        "word", 100, hash_keys=[[1, 2], [3, 4]]
    ),
    "hash_keys_not_pairs": lambda api, _: api.sparse_column_with_hash_bucket(
        "word", 100, hash_keys=[[1], [3]]
    ),
    "hash_keys_empty": lambda api, _: api.sparse_column_with_hash_bucket("word", 9, hash_keys=[]),
    "hash_keys_strings": lambda api, _: api.sparse_column_with_hash_bucket(
        "word", 9, hash_keys=[["a", "b"]]
    ),
    "steps": lambda api, _: api.sparse_column_with_hash_bucket("steps", 10),
    "dtype_float": lambda api, _: api.sparse_column_with_hash_bucket("word", 9, dtype=tf.float32),
    "dtype_mismatch": lambda api, _: api.sparse_column_with_hash_bucket("number", 9),
    "no_buckets": lambda api, _: api.sparse_column_with_hash_bucket("word", 0),
}

KEYS = {
    "plain": lambda api, _: api.sparse_column_with_keys("word", VOCABULARY),
    "list": lambda api, _: api.sparse_column_with_keys("words", keys=list(VOCABULARY)),
    "default": lambda api, _: api.sparse_column_with_keys("word", VOCABULARY, default_value=1),
    "mean": lambda api, _: api.sparse_column_with_keys("word", VOCABULARY, combiner="mean"),
    "integers": lambda api, _: api.sparse_column_with_keys("number", [3, 12], dtype=tf.int64),
    "integers_dense": lambda api, _: api.sparse_column_with_keys("numbers", [3, 0], dtype=tf.int64),
    "small": lambda api, _: api.sparse_column_with_keys("number_small", [3, 12], dtype=tf.int32),
    "dtype_of_keys": lambda api, _: api.sparse_column_with_keys("word", [3, 12]),
    "dtype_of_feature": lambda api, _: api.sparse_column_with_keys("number", VOCABULARY),
    "no_keys": lambda api, _: api.sparse_column_with_keys("word", []),
}

FILES = {
    "plain": lambda api, folder: api.sparse_column_with_vocabulary_file(
        "word", vocabulary_file=folder + "/words.txt", vocab_size=4
    ),
    "oov": lambda api, folder: api.sparse_column_with_vocabulary_file(
        "word", folder + "/words.txt", num_oov_buckets=3, vocab_size=4
    ),
    "default": lambda api, folder: api.sparse_column_with_vocabulary_file(
        "word", folder + "/words.txt", vocab_size=4, default_value=3
    ),
    "some_lines": lambda api, folder: api.sparse_column_with_vocabulary_file(
        "word", folder + "/words.txt", vocab_size=2, num_oov_buckets=1
    ),
    "mean": lambda api, folder: api.sparse_column_with_vocabulary_file(
        "word", folder + "/words.txt", vocab_size=4, combiner="mean"
    ),
    "integers": lambda api, folder: api.sparse_column_with_vocabulary_file(
        "number", folder + "/numbers.txt", vocab_size=3, dtype=tf.int64
    ),
    "size_none": lambda api, folder: api.sparse_column_with_vocabulary_file(
        "word", folder + "/words.txt"
    ),
}

WEIGHTED = {
    "plain": lambda api, _: api.weighted_sparse_column(
        HASHED["plain"](api, _), weight_column_name="word_weights"
    ),
    "keys": lambda api, _: api.weighted_sparse_column(KEYS["plain"](api, _), "word_weights"),
    "mean": lambda api, _: api.weighted_sparse_column(KEYS["mean"](api, _), "word_weights"),
    "sqrtn": lambda api, _: api.weighted_sparse_column(HASHED["sqrtn"](api, _), "word_weights"),
    "integers": lambda api, _: api.weighted_sparse_column(
        KEYS["plain"](api, _), "word_counts", dtype=tf.int64
    ),
    "doubles": lambda api, _: api.weighted_sparse_column(
        KEYS["plain"](api, _), "word_doubles", dtype=tf.float64
    ),
    "dense": lambda api, _: api.weighted_sparse_column(KEYS["list"](api, _), "words_weights"),
    "ids": lambda api, _: api.weighted_sparse_column(INTEGERS["plain"](api, _), "number_weights"),
    "missing": lambda api, _: api.weighted_sparse_column(KEYS["plain"](api, _), "nothing"),
    "dtype_string": lambda api, _: api.weighted_sparse_column(
        KEYS["plain"](api, _), "word", dtype=tf.string
    ),
}

REAL = {
    "plain": lambda api, _: api.real_valued_column("size"),
    "pair": lambda api, _: api.real_valued_column("pair", dimension=2),
    "flat": lambda api, _: api.real_valued_column("size_flat"),
    "cube": lambda api, _: api.real_valued_column("cube", dimension=4),
    "any": lambda api, _: api.real_valued_column("size_any"),
    "integers": lambda api, _: api.real_valued_column("whole", dtype=tf.int64),
    "doubles": lambda api, _: api.real_valued_column("double", dtype=tf.float64),
    "normalizer": lambda api, _: api.real_valued_column("pair", 2, normalizer=lambda x: x * 2 + 1),
    "default_integer": lambda api, _: api.real_valued_column("sometimes", default_value=7),
    "default_float": lambda api, _: api.real_valued_column("sometimes_pair", 2, 0.5),
    "default_list": lambda api, _: api.real_valued_column(
        "sometimes_pair", dimension=2, default_value=[1, 2.5]
    ),
    "default_integers": lambda api, _: api.real_valued_column(
        "sometimes_whole", 2, [4, 5], dtype=tf.int64
    ),
    "default_integers_as_floats": lambda api, _: api.real_valued_column(
        "sometimes_pair", 2, [4, 5]
    ),
    "default_of_integers": lambda api, _: api.real_valued_column(
        "sometimes_whole", 2, 4, dtype=tf.int32
    ),
    "absent": lambda api, _: api.real_valued_column("sometimes"),
    "sparse": lambda api, _: api.real_valued_column("lengths"),
    "strings": lambda api, _: api.real_valued_column("words", dimension=2),
    "missing": lambda api, _: api.real_valued_column("nothing"),
    "dimension_wrong": lambda api, _: api.real_valued_column("pair"),
    "steps": lambda api, _: api.real_valued_column("steps_size"),
    "steps_pair": lambda api, _: api.real_valued_column("steps_pair", dimension=2),
    "steps_flat": lambda api, _: api.real_valued_column("steps_flat"),
    "steps_cube": lambda api, _: api.real_valued_column("steps_cube", dimension=4),
    "dimension_none": lambda api, _: api.real_valued_column("size", dimension=None),
    "dimension_float": lambda api, _: api.real_valued_column("size", dimension=1.0),
    "dimension_zero": lambda api, _: api.real_valued_column("size", dimension=0),
    "dtype_string": lambda api, _: api.real_valued_column("size", dtype=tf.string),
    "default_too_long": lambda api, _: api.real_valued_column("size", default_value=[1.0, 2.0]),
    "default_float_of_integers": lambda api, _: api.real_valued_column(
        "size", default_value=1.5, dtype=tf.int64
    ),
    "default_floats_of_integers": lambda api, _: api.real_valued_column(
        "size", default_value=[1.5], dtype=tf.int64
    ),
    "default_string": lambda api, _: api.real_valued_column("size", default_value="a"),
    "default_strings": lambda api, _: api.real_valued_column("size", default_value=["a"]),
    "default_tuple": lambda api, _: api.real_valued_column("size", default_value=(1.0,)),
}

NUMBERS = {
    "plain": lambda api, _: api._real_valued_var_len_column("pair", default_value=0),
    "integers": lambda api, _: api._real_valued_var_len_column(
        "whole", default_value=1.0, dtype=tf.int64
    ),
    "normalizer": lambda api, _: api._real_valued_var_len_column(
        "pair", default_value=0, normalizer=lambda x: x + 1
    ),
    "sparse": lambda api, _: api._real_valued_var_len_column("lengths", is_sparse=True),
    "sparse_normalizer": lambda api, _: api._real_valued_var_len_column(
        "lengths", is_sparse=True, normalizer=lambda x: x + 1
    ),
    "steps": lambda api, _: api._real_valued_var_len_column("steps_flat", default_value=0),
    "default_none": lambda api, _: api._real_valued_var_len_column("pair"),
    "default_list": lambda api, _: api._real_valued_var_len_column("pair", default_value=[0]),
    "dtype_string": lambda api, _: api._real_valued_var_len_column(
        "pair", default_value=0, dtype=tf.string
    ),
}

BUCKETS = {
    "plain": lambda api, _: api.bucketized_column(
        source_column=REAL["plain"](api, _), boundaries=[0, 1, 30]
    ),
    "pair": lambda api, _: api.bucketized_column(REAL["pair"](api, _), (0.0, 1.0, 30.0)),
    "integers": lambda api, _: api.bucketized_column(REAL["integers"](api, _), [1, 5]),
    "flat": lambda api, _: api.bucketized_column(REAL["flat"](api, _), [0.5]),
    "repeats": lambda api, _: api.bucketized_column(REAL["plain"](api, _), [0, 1, 1, 2, 2]),
    "normalizer": lambda api, _: api.bucketized_column(
        api.real_valued_column("pair", 2, normalizer=_double), [0.0, 1.5]
    ),
    "missing": lambda api, _: api.bucketized_column(REAL["missing"](api, _), [0.0, 1.5]),
    "not_increasing": lambda api, _: api.bucketized_column(REAL["plain"](api, _), [0, 2, 1]),
    "empty": lambda api, _: api.bucketized_column(REAL["plain"](api, _), []),
    "set": lambda api, _: api.bucketized_column(REAL["plain"](api, _), {0, 1}),
    "of_sparse": lambda api, _: api.bucketized_column(KEYS["plain"](api, _), [0, 1]),
}


def _double(tensor):
    return tensor * 2


CROSSED = {
    "plain": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), api.sparse_column_with_hash_bucket("other", 5)],
        hash_bucket_size=1000,
    ),
    "hash_key": lambda api, _: api.crossed_column(
        columns=[HASHED["plain"](api, _), api.sparse_column_with_hash_bucket("other", 5)],
        hash_bucket_size=1000,
        hash_key=KEY,
    ),
    "hash_key_zero": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), api.sparse_column_with_hash_bucket("other", 5)], 1000, hash_key=0
    ),
    "other_hash_key": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), KEYS["plain"](api, _)], 1000, hash_key=42
    ),
    "mean": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), INTEGERS["plain"](api, _)], 20, combiner="mean"
    ),
    "sqrtn": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), INTEGERS["plain"](api, _)], 20, combiner="sqrtn", hash_key=KEY
    ),
    "buckets": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), BUCKETS["pair"](api, _)], 1000
    ),
    "buckets_hash_key": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), BUCKETS["pair"](api, _)], 1000, hash_key=KEY
    ),
    "only_buckets": lambda api, _: api.crossed_column(
        [BUCKETS["plain"](api, _), BUCKETS["pair"](api, _)], 1000
    ),
    "integers": lambda api, _: api.crossed_column(
        [INTEGERS["plain"](api, _), INTEGERS["dense"](api, _)], 10**5
    ),
    "three": lambda api, _: api.crossed_column(
        [KEYS["plain"](api, _), api.sparse_column_with_hash_bucket("other", 5)]
        + [BUCKETS["pair"](api, _)],
        10**6,
    ),
    "nested": lambda api, _: api.crossed_column(
        [CROSSED["plain"](api, _), BUCKETS["plain"](api, _)], 1000
    ),
    "nested_hash_key": lambda api, _: api.crossed_column(
        [CROSSED["plain"](api, _), BUCKETS["plain"](api, _)], 1000, hash_key=KEY
    ),
    "dense": lambda api, _: api.crossed_column(
        [HASHED["dense"](api, _), HASHED["plain"](api, _)], 1000
    ),
    "dense_hash_key": lambda api, _: api.crossed_column(
        [HASHED["dense"](api, _), HASHED["plain"](api, _)], 1000, hash_key=KEY
    ),
    "only_dense": lambda api, _: api.crossed_column(
        [HASHED["dense"](api, _), INTEGERS["dense"](api, _)], 1000
    ),
    "steps": lambda api, _: api.crossed_column(
        [HASHED["steps"](api, _), HASHED["plain"](api, _)], 1000
    ),
    "steps_hash_key": lambda api, _: api.crossed_column(
        [HASHED["steps"](api, _), HASHED["plain"](api, _)], 1000, hash_key=KEY
    ),
    "two_buckets": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), KEYS["plain"](api, _)], 2
    ),
    "checkpoint": lambda api, folder: api.crossed_column(
        [HASHED["plain"](api, folder), KEYS["plain"](api, folder)],
        20,
        ckpt_to_load_from=folder + "/weights",
        tensor_name_in_ckpt="linear",
    ),
    "missing": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), INTEGERS["missing"](api, _)], 20
    ),
    "one": lambda api, _: api.crossed_column([HASHED["plain"](api, _)], 20),
    "one_bucket": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), KEYS["plain"](api, _)], 1
    ),
    "of_real": lambda api, _: api.crossed_column(
        [HASHED["plain"](api, _), REAL["plain"](api, _)], 20
    ),
    "half_a_checkpoint": lambda api, folder: api.crossed_column(
        [HASHED["plain"](api, folder), KEYS["plain"](api, folder)], 20, tensor_name_in_ckpt="linear"
    ),
}

ONE_HOT = {
    "hashed": lambda api, _: api.one_hot_column(HASHED["plain"](api, _)),
    "keys": lambda api, _: api.one_hot_column(sparse_id_column=KEYS["plain"](api, _)),
    "dense": lambda api, _: api.one_hot_column(KEYS["list"](api, _)),
    "integers": lambda api, _: api.one_hot_column(INTEGERS["plain"](api, _)),
    "file": lambda api, folder: api.one_hot_column(FILES["oov"](api, folder)),
    "weighted": lambda api, _: api.one_hot_column(WEIGHTED["plain"](api, _)),
    "weighted_keys": lambda api, _: api.one_hot_column(WEIGHTED["keys"](api, _)),
    "crossed": lambda api, _: api.one_hot_column(CROSSED["mean"](api, _)),
    "steps": lambda api, _: api.one_hot_column(api.sparse_column_with_keys("steps", VOCABULARY)),
    "steps_integers": lambda api, _: api.one_hot_column(
        api.sparse_column_with_integerized_feature("steps_number", 5)
    ),
    "steps_weighted": lambda api, _: api.one_hot_column(
        api.weighted_sparse_column(HASHED["steps"](api, _), "steps_weights")
    ),
}

EMBEDDED = {
    "hashed": lambda api, _: api.embedding_column(HASHED["plain"](api, _), dimension=3),
    "keys": lambda api, _: api.embedding_column(KEYS["plain"](api, _), 2),
    "integers": lambda api, _: api.embedding_column(INTEGERS["plain"](api, _), 2),
    "dense": lambda api, _: api.embedding_column(HASHED["dense"](api, _), 2),
    "file": lambda api, folder: api.embedding_column(FILES["oov"](api, folder), 2),
    "sum": lambda api, _: api.embedding_column(KEYS["plain"](api, _), 2, combiner="sum"),
    "sqrtn": lambda api, _: api.embedding_column(KEYS["plain"](api, _), 2, combiner="sqrtn"),
    "combiner_unknown": lambda api, _: api.embedding_column(KEYS["plain"](api, _), 2, "max"),
    "weighted": lambda api, _: api.embedding_column(WEIGHTED["plain"](api, _), 2),
    "weighted_sum": lambda api, _: api.embedding_column(WEIGHTED["keys"](api, _), 2, "sum"),
    "weighted_sqrtn": lambda api, _: api.embedding_column(WEIGHTED["dense"](api, _), 2, "sqrtn"),
    "weighted_doubles": lambda api, _: api.embedding_column(WEIGHTED["doubles"](api, _), 2),
    "crossed": lambda api, _: api.embedding_column(CROSSED["buckets"](api, _), 2),
    "initializer": lambda api, _: api.embedding_column(
        KEYS["plain"](api, _), 2, initializer=tf.compat.v1.constant_initializer(2.0)
    ),
    "initializer_not_callable": lambda api, _: api.embedding_column(
        KEYS["plain"](api, _), 2, initializer=2.0
    ),
    "max_norm": lambda api, _: api.embedding_column(KEYS["plain"](api, _), 2, max_norm=0.5),
    "not_trainable": lambda api, _: api.embedding_column(KEYS["plain"](api, _), 2, trainable=False),
    "checkpoint": lambda api, folder: api.embedding_column(
        KEYS["plain"](api, folder),
        2,
        ckpt_to_load_from=folder + "/weights",
        tensor_name_in_ckpt="embeddings",
    ),
    "half_a_checkpoint": lambda api, folder: api.embedding_column(
        KEYS["plain"](api, folder), 2, ckpt_to_load_from=folder + "/weights"
    ),
    "steps": lambda api, _: api.embedding_column(HASHED["steps"](api, _), 2),
    "steps_weighted": lambda api, _: api.embedding_column(
        api.weighted_sparse_column(HASHED["steps"](api, _), "steps_weights"), 2
    ),
}

SHARED = {
    "one": lambda api, _: api.shared_embedding_columns([KEYS["plain"](api, _)], 2),
    "one_named": lambda api, _: api.shared_embedding_columns(
        [KEYS["plain"](api, _)], 2, shared_embedding_name="words"
    ),
    "two": lambda api, _: api.shared_embedding_columns(
        sparse_id_columns=[HASHED["dense"](api, _), HASHED["plain"](api, _)], dimension=2
    ),
    "four": lambda api, _: api.shared_embedding_columns(
        [
            api.sparse_column_with_hash_bucket(name, 7)
            for name in ("words", "word", "word_flat", "other")
        ],
        2,
        combiner="sum",
    ),
    "weighted": lambda api, _: api.shared_embedding_columns(
        [WEIGHTED["plain"](api, _), HASHED["dense"](api, _)], 2
    ),
    "weighted_second": lambda api, _: api.shared_embedding_columns(
        [HASHED["dense"](api, _), WEIGHTED["plain"](api, _)], 2
    ),
    "keys": lambda api, _: api.shared_embedding_columns(
        (KEYS["plain"](api, _), KEYS["list"](api, _)),
        2,
        combiner="sqrtn",
        shared_embedding_name="Words",
        max_norm=0.5,
        trainable=False,
    ),
    "initializer": lambda api, _: api.shared_embedding_columns(
        [KEYS["plain"](api, _), KEYS["list"](api, _)],
        2,
        initializer=tf.compat.v1.constant_initializer(2.0),
    ),
    "checkpoint": lambda api, folder: api.shared_embedding_columns(
        [KEYS["plain"](api, folder), KEYS["list"](api, folder)],
        2,
        ckpt_to_load_from=folder + "/weights",
        tensor_name_in_ckpt="embeddings",
    ),
    "other_vocabulary": lambda api, _: api.shared_embedding_columns(
        [KEYS["plain"](api, _), api.sparse_column_with_keys("other", ["x", "y"])], 2
    ),
    "other_size": lambda api, _: api.shared_embedding_columns(
        [HASHED["plain"](api, _), HASHED["mean"](api, _), HASHED["sqrtn"](api, _)], 2
    ),
    "other_dtype": lambda api, _: api.shared_embedding_columns(
        [HASHED["plain"](api, _), HASHED["integers"](api, _)], 2
    ),
    "string": lambda api, _: api.shared_embedding_columns("word", 2),
    "not_sparse": lambda api, _: api.shared_embedding_columns([REAL["plain"](api, _)], 2),
    "none": lambda api, _: api.shared_embedding_columns([], 2),
}

SCATTERED = {
    "plain": lambda api, _: api.scattered_embedding_column(
        "word", size=20, dimension=3, hash_key=KEY
    ),
    "sum": lambda api, _: api.scattered_embedding_column("word", 50, 2, KEY, combiner="sum"),
    "sqrtn": lambda api, _: api.scattered_embedding_column("word", 50, 2, 7, combiner="sqrtn"),
    "integers": lambda api, _: api.scattered_embedding_column("number", 50, 2, KEY),
    "initializer": lambda api, _: api.scattered_embedding_column(
        "word", 50, 2, KEY, initializer=tf.compat.v1.zeros_initializer()
    ),
    "initializer_not_callable": lambda api, _: api.scattered_embedding_column(
        "word", 50, 2, KEY, initializer=1.0
    ),
    "dense": lambda api, _: api.scattered_embedding_column("words", 50, 2, KEY),
    "missing": lambda api, _: api.scattered_embedding_column("nothing", 50, 2, KEY),
    "size_zero": lambda api, _: api.scattered_embedding_column("word", 0, 2, KEY),
    "dimension_zero": lambda api, _: api.scattered_embedding_column("word", 50, 0, KEY),
    "combiner_unknown": lambda api, _: api.scattered_embedding_column(
        "word", 50, 2, KEY, combiner="max"
    ),
}

CORE = {
    "numeric": lambda api, _: tf.feature_column.numeric_column("size"),
    "embedding": lambda api, _: tf.feature_column.embedding_column(HASHED["plain"](api, _), 2),
    "indicator": lambda api, _: tf.feature_column.indicator_column(HASHED["plain"](api, _)),
}

KINDS = {
    "integerized": INTEGERS,
    "hashed": HASHED,
    "keys": KEYS,
    "file": FILES,
    "weighted": WEIGHTED,
    "real": REAL,
    "var_len": NUMBERS,
    "bucketized": BUCKETS,
    "crossed": CROSSED,
    "one_hot": ONE_HOT,
    "embedding": EMBEDDED,
    "shared": SHARED,
    "scattered": SCATTERED,
    "core": CORE,
}
COLUMNS = {f"{kind}/{name}": make for kind, cases in KINDS.items() for name, make in cases.items()}
