"""Mistakes: the type of the error is what counts."""

import functools
import os

import numpy as np
import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

from .programs import batches, text_file, v1


def generator_itself(api, folder):
    api.io.generator_input_fn(iter([{"a": 1}]))


def function_that_is_not_plain(api, folder):
    api.io.generator_input_fn(functools.partial(dict, a=1))


def function_without_generator(api, folder):
    api.io.generator_input_fn(lambda: {"a": 1})


def _rows():
    yield {"a": np.array([1]), "b": np.array([2])}


def generator_of_arrays(api, folder):
    api.io.generator_input_fn(lambda: (np.array([1]) for _ in range(2)))


def target_key_of_other_type(api, folder):
    api.io.generator_input_fn(_rows, target_key=3)


def target_keys_of_other_type(api, folder):
    api.io.generator_input_fn(_rows, target_key=[3])


def target_keys_that_are_not_there(api, folder):
    api.io.generator_input_fn(_rows, target_key=["a", "c"])


def target_key_that_is_not_there(api, folder):
    with tf.Graph().as_default():
        api.io.generator_input_fn(_rows, target_key="c")()


def padded_and_shuffled(api, folder):
    with tf.Graph().as_default():
        api.io.generator_input_fn(_rows, pad_value=0)()


def other_names_in_later_rows(api, folder):
    def generator():
        yield {"a": np.array([1])}
        yield {"c": np.array([1])}

    batches(api.io.generator_input_fn(generator, batch_size=2, shuffle=False))


def shapes_that_cannot_be_padded(api, folder):
    def generator():
        yield {"a": np.ones([1, 2])}
        yield {"a": np.ones([2, 2])}

    batches(api.io.generator_input_fn(generator, batch_size=2, shuffle=False, pad_value=0))


def numpy_list(api, folder):
    with tf.Graph().as_default():
        api.io.numpy_input_fn([1, 2])()


def _read(api, folder, **options):
    path = text_file(folder, "a.txt", ["1"])
    arguments = {"file_pattern": path, "batch_size": 2, "reader": v1.TextLineReader}
    arguments.update(options)
    with tf.Graph().as_default():
        api.io.read_batch_examples(**arguments)


def no_file(api, folder):
    _read(api, folder, file_pattern=os.path.join(folder, "b*"))


def no_files(api, folder):
    _read(api, folder, file_pattern=[])


def no_queue_capacity(api, folder):
    _read(api, folder, queue_capacity=0)


def no_batch_size(api, folder):
    _read(api, folder, batch_size=0)


def batch_size_none(api, folder):
    _read(api, folder, batch_size=None)


def batch_larger_than_the_queue(api, folder):
    _read(api, folder, batch_size=20, queue_capacity=20)


def no_read_batch_size(api, folder):
    _read(api, folder, read_batch_size=0)


def no_threads(api, folder):
    _read(api, folder, num_threads=0)


def no_epochs(api, folder):
    _read(api, folder, num_epochs=0)


def unknown_data_set(api, folder):
    api.datasets.load_dataset("none")


def unknown_synthetic_data_set(api, folder):
    api.datasets.make_dataset("none")


def unknown_mode(api, folder):
    api.synthetic.spirals(mode="none")


def mode_none(api, folder):
    api.synthetic.spirals(mode=None)


def more_rows_than_the_header_says(api, folder):
    path = text_file(folder, "table.csv", ["1,1", "1,2", "3,4"])
    api.base.load_csv_with_header(path, np.int32, np.int32)


def text_for_numbers(api, folder):
    path = text_file(folder, "table.csv", ["1,1", "a,2"])
    api.base.load_csv_with_header(path, np.int32, np.float32)


def no_numbers_in_the_header(api, folder):
    path = text_file(folder, "table.csv", ["a,b", "1,2"])
    api.base.load_csv_with_header(path, np.int32, np.float32)


def no_csv_file(api, folder):
    api.base.load_csv_without_header(os.path.join(folder, "none.csv"), np.int32, np.float32)


def delays_that_shrink(api, folder):
    api.base.retry(1.0, 2.0, factor=0.5)


def jitter_of_one(api, folder):
    api.base.retry(1.0, 2.0, jitter=1)


def labels_in_the_place_of_images(api, folder):
    from .datasets import _write_labels

    _write_labels(folder, "labels.gz", np.zeros([2], np.uint8))
    with open(os.path.join(folder, "labels.gz"), "rb") as file:
        api.mnist.extract_images(file)


def images_in_the_place_of_labels(api, folder):
    from .datasets import _write_images

    _write_images(folder, "images.gz", np.zeros([2, 1, 1], np.uint8))
    with open(os.path.join(folder, "images.gz"), "rb") as file:
        api.mnist.extract_labels(file)


def too_large_for_validation(api, folder):
    from .datasets import _mnist

    api.mnist.read_data_sets(_mnist(folder), validation_size=8)


def images_of_other_dtype(api, folder):
    api.mnist.DataSet(np.zeros([1, 1, 1, 1]), np.zeros([1]), dtype=tf.float64)


def fewer_labels_than_images(api, folder):
    api.mnist.DataSet(np.zeros([2, 1, 1, 1]), np.zeros([1]))


def images_with_colors(api, folder):
    api.mnist.DataSet(np.zeros([1, 1, 1, 3]), np.zeros([1]))


def reverse_without_support(api, folder):
    api.vocabulary.CategoricalVocabulary(support_reverse=False).reverse(0)


def reverse_of_an_unknown_number(api, folder):
    api.vocabulary.CategoricalVocabulary().reverse(5)


def new_category_of_a_trimmed_vocabulary(api, folder):
    vocabulary = api.vocabulary.CategoricalVocabulary()
    vocabulary.add("a")
    vocabulary.trim(0)
    vocabulary.add("b")


CASES = cases_of(globals())
