"""Arguments that the input functions refuse."""

import numpy as np

from tests.golden.runtime.inputs import ROWS, X, Y, batches, frame, series


def numpy_without_shuffle(api, folder):
    api.inputs.numpy_input_fn(X)


def numpy_shuffle_of_other_type(api, folder):
    api.inputs.numpy_input_fn(X, shuffle=1)


def numpy_of_a_list(api, folder):
    batches(api.inputs.numpy_input_fn([1, 2], shuffle=False))


def numpy_of_an_empty_dict(api, folder):
    batches(api.inputs.numpy_input_fn({}, shuffle=False))


def numpy_of_an_empty_array(api, folder):
    batches(api.inputs.numpy_input_fn(X[:0], shuffle=False))


def numpy_with_empty_labels(api, folder):
    batches(api.inputs.numpy_input_fn(X, {}, shuffle=False))


def numpy_of_other_lengths(api, folder):
    batches(api.inputs.numpy_input_fn(X, Y[:3], shuffle=False))


def numpy_with_common_names(api, folder):
    batches(api.inputs.numpy_input_fn({"x": X}, {"x": Y}, shuffle=False))


def numpy_with_labels_in_a_list(api, folder):
    batches(api.inputs.numpy_input_fn(X, Y.tolist(), shuffle=False))


def pandas_without_shuffle(api, folder):
    api.inputs.pandas_input_fn(frame())


def pandas_with_target_column_of_other_type(api, folder):
    api.inputs.pandas_input_fn(frame(), series(), shuffle=False, target_column=1)


def pandas_with_target_column_of_the_features(api, folder):
    api.inputs.pandas_input_fn(frame(), series(), shuffle=False, target_column="a")


def pandas_of_other_index(api, folder):
    index = np.arange(ROWS) + 1
    api.inputs.pandas_input_fn(frame(), series(index=index), shuffle=False)


def pandas_of_other_length(api, folder):
    api.inputs.pandas_input_fn(frame(), series()[:3], shuffle=False)


def pandas_with_labels_in_an_array(api, folder):
    api.inputs.pandas_input_fn(frame(), Y, shuffle=False)


MISTAKES = [
    numpy_without_shuffle,
    numpy_shuffle_of_other_type,
    numpy_of_a_list,
    numpy_of_an_empty_dict,
    numpy_of_an_empty_array,
    numpy_with_empty_labels,
    numpy_of_other_lengths,
    numpy_with_common_names,
    numpy_with_labels_in_a_list,
    pandas_without_shuffle,
    pandas_with_target_column_of_other_type,
    pandas_with_target_column_of_the_features,
    pandas_of_other_index,
    pandas_of_other_length,
    pandas_with_labels_in_an_array,
]
