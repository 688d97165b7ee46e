"""Rows of the inputs of `tf.contrib.learn`, its data sets and its preprocessing.

See `table.py` for what rows are; `rows_contrib_learn.py` has the other rows of the same modules.
"""

from estimator_heads.compat.names.kinds import Outside, Served

_LEARN = "estimator_heads.compat.contrib.learn"
_ARRAYS = Served(f"{_LEARN}.io.array_input_fns:*")
_GENERATOR = Served(f"{_LEARN}.io.generator_input_fn:*")
_EXAMPLES = Served(f"{_LEARN}.io.examples:*")
_FEATURES = Served(f"{_LEARN}.io.features:*")
_DATASETS = Served(f"{_LEARN}.datasets:*")
_CSV_FILES = Served(f"{_LEARN}.datasets.csv_files:*")
_SMALL = Served(f"{_LEARN}.datasets.small:*")
_DOWNLOADS = Served(f"{_LEARN}.datasets.downloads:*")
_MNIST = Served(f"{_LEARN}.datasets.mnist:*")
_MNIST_FILES = Served(f"{_LEARN}.datasets.mnist_files:*")
_VOCABULARY = Served(f"{_LEARN}.preprocessing.vocabulary:*")
_CATEGORICAL = Served(f"{_LEARN}.preprocessing.categorical:*")
_TEXT = Served(f"{_LEARN}.preprocessing.text:*")

_DASK = Outside("the project does not support Dask", "tf.data.Dataset.from_generator")
_FEEDERS = Outside(
    "it was internal to the Estimator", "tf.contrib.learn.Estimator, whose fit takes arrays as x"
)
_EXAMPLE_READERS = (
    "read_batch_examples read_keyed_batch_examples read_keyed_batch_examples_shared_queue"
)
_FEATURE_READERS = (
    "read_batch_features read_batch_record_features read_keyed_batch_features "
    "read_keyed_batch_features_shared_queue"
)
_DASK_NAMES = "extract_dask_data extract_dask_labels"
_TEXT_NAMES = "ByteProcessor TOKENIZER_RE VocabularyProcessor tokenizer"

# From modules of `tensorflow.contrib.learn` to their rows.
ROWS = {
    "": {
        _EXAMPLE_READERS: _EXAMPLES,
        _FEATURE_READERS: _FEATURES,
        _DASK_NAMES: _DASK,
    },
    "datasets": {"DATASETS SYNTHETIC load_boston load_dataset load_iris make_dataset": _DATASETS},
    "datasets.base": {
        "Dataset Datasets load_csv_with_header load_csv_without_header shrink_csv": _CSV_FILES,
        "load_boston load_iris": _SMALL,
        "maybe_download retry urlretrieve_with_retry": _DOWNLOADS,
    },
    "datasets.mnist": {
        "DEFAULT_SOURCE_URL load_mnist read_data_sets": _MNIST,
        "dense_to_one_hot extract_images extract_labels": _MNIST_FILES,
        "DataSet": Served(f"{_LEARN}.datasets.image_batches:*"),
    },
    "datasets.synthetic": {"circles spirals": Served(f"{_LEARN}.datasets.synthetic:*")},
    "datasets.text_datasets": {
        "DBPEDIA_URL load_dbpedia maybe_download_dbpedia": Served(
            f"{_LEARN}.datasets.text_datasets:*"
        ),
    },
    "io": {
        "HAS_DASK HAS_PANDAS numpy_input_fn pandas_input_fn": _ARRAYS,
        "generator_input_fn": _GENERATOR,
        _EXAMPLE_READERS: _EXAMPLES,
        f"{_FEATURE_READERS} queue_parsed_features": _FEATURES,
        _DASK_NAMES: _DASK,
    },
    "io.dask_io": {"HAS_DASK": _ARRAYS, _DASK_NAMES: _DASK},
    "io.data_feeder": {"*": _FEEDERS},
    "io.generator_io": {"generator_input_fn": _GENERATOR},
    "io.graph_io": {
        f"{_EXAMPLE_READERS} KEY_FEATURE_NAME": _EXAMPLES,
        f"{_FEATURE_READERS} queue_parsed_features": _FEATURES,
    },
    "io.numpy_io": {"numpy_input_fn": _ARRAYS},
    "io.pandas_io": {"HAS_PANDAS pandas_input_fn": _ARRAYS},
    "preprocessing": {
        "CategoricalProcessor": _CATEGORICAL,
        "CategoricalVocabulary": _VOCABULARY,
        _TEXT_NAMES: _TEXT,
    },
    "preprocessing.categorical": {"CategoricalProcessor": _CATEGORICAL},
    "preprocessing.categorical_vocabulary": {"CategoricalVocabulary": _VOCABULARY},
    "preprocessing.text": {"CategoricalVocabulary": _VOCABULARY, _TEXT_NAMES: _TEXT},
    "utils.inspect_checkpoint": {
        "print_tensors_in_checkpoint_file": Served(f"{_LEARN}.inspect_checkpoint:*"),
    },
}
