"""Warm starts with vocabularies that have changed, and with other names."""

import os

import numpy as np
import tensorflow as tf

from tests.golden.estimator.programs import dataset
from tests.golden.estimator.results import plain

v1 = tf.compat.v1


def model(api, folder, shapes, values=None, **kwargs):
    """A trained Estimator of variables of these shapes, with 1, 2, ... or -1 as first values."""

    def model_fn(features, labels, mode):
        for name, shape in shapes.items():
            first = np.arange(1, np.prod(shape) + 1).reshape(shape) if values is None else values
            trainable = not name.startswith("slot")
            initializer = v1.constant_initializer(first)
            v1.get_variable(name, shape, initializer=initializer, trainable=trainable)
        train_op = v1.assign_add(v1.train.get_global_step(), 1)
        return api.EstimatorSpec(mode, loss=tf.constant(1.0), train_op=train_op)

    return api.Estimator(model_fn, folder, **kwargs).train(dataset, steps=1)


def vocabulary(folder, name, words):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write("\n".join(words) + "\n")
    return path


def started(api, folder, old_shapes, new_shapes, **settings):
    """The variables of a new model that started from an old one."""
    old = model(api, os.path.join(folder, "old"), old_shapes)
    settings = api.WarmStartSettings(old.model_dir, **settings)
    new = model(api, os.path.join(folder, "new"), new_shapes, values=-1.0, warm_start_from=settings)
    return {name: plain(new.get_variable_value(name)) for name in new_shapes}


def old_and_new(folder):
    return {
        "old_vocab": vocabulary(folder, "old.txt", ["a", "b", "c"]),
        "new_vocab": vocabulary(folder, "new.txt", ["c", "d", "a", "e"]),
    }


def rows_of_a_vocabulary(api, folder):
    info = api.VocabInfo(new_vocab_size=4, num_oov_buckets=0, **old_and_new(folder))
    return started(
        api,
        folder,
        {"embedding": [3, 2]},
        {"embedding": [4, 2]},
        var_name_to_vocab_info={"embedding": info},
    )


def rows_with_backup_and_buckets(api, folder):
    """New words and buckets get the values of the backup initializer; some old words are cut."""
    info = api.VocabInfo(
        new_vocab_size=4,
        num_oov_buckets=1,
        old_vocab_size=2,
        backup_initializer=v1.ones_initializer(),
        **old_and_new(folder),
    )
    return started(
        api,
        folder,
        {"embedding": [4, 2]},
        {"embedding": [5, 2]},
        var_name_to_vocab_info={"embedding": info},
    )


def columns_of_a_vocabulary(api, folder):
    """The last layer of a classifier whose classes have changed."""
    info = api.VocabInfo(
        new_vocab_size=4,
        num_oov_buckets=0,
        axis=1,
        backup_initializer=v1.zeros_initializer(),
        **old_and_new(folder),
    )
    return started(
        api,
        folder,
        {"logits/kernel": [2, 3]},
        {"logits/kernel": [2, 4]},
        var_name_to_vocab_info={"logits/kernel": info},
    )


def vocabularies_only(api, folder):
    info = api.VocabInfo(new_vocab_size=4, num_oov_buckets=0, **old_and_new(folder))
    return started(
        api,
        folder,
        {"embedding": [3, 2], "bias": [2]},
        {"embedding": [4, 2], "bias": [2]},
        vars_to_warm_start=None,
        var_name_to_vocab_info={"embedding": info},
    )


def other_names(api, folder):
    return started(
        api,
        folder,
        {"old_bias": [2], "kernel": [2, 2]},
        {"bias": [2], "kernel": [2, 2]},
        var_name_to_prev_var_name={"bias": "old_bias"},
    )


def names_and_vocabulary(api, folder):
    info = api.VocabInfo(new_vocab_size=4, num_oov_buckets=0, **old_and_new(folder))
    return started(
        api,
        folder,
        {"old_embedding": [3, 2]},
        {"embedding": [4, 2]},
        var_name_to_vocab_info={"embedding": info},
        var_name_to_prev_var_name={"embedding": "old_embedding"},
    )


def variables_of_any_kind(api, folder):
    """A list of expressions is for all variables, one expression for the trainable ones."""
    shapes = {"kernel": [2], "slot/kernel": [2], "bias": [1]}
    return [
        started(api, os.path.join(folder, str(index)), shapes, shapes, vars_to_warm_start=chosen)
        for index, chosen in enumerate([".*", [".*"], ["slot.*"], ["kernel", "bias"], ".*kernel"])
    ]


def from_a_checkpoint_of_a_folder(api, folder):
    old = model(api, os.path.join(folder, "old"), {"kernel": [2]})
    path = old.latest_checkpoint()
    settings = [path, old.model_dir, api.WarmStartSettings(path)]
    values = []
    for index, start in enumerate(settings):
        new_folder = os.path.join(folder, f"new{index}")
        new = model(api, new_folder, {"kernel": [2]}, -1.0, warm_start_from=start)
        new = model(api, new_folder, {"kernel": [2]}, -2.0, warm_start_from=start)
        values.append([plain(new.get_variable_value(n)) for n in ("kernel", "global_step")])
    return values


CASES = [
    rows_of_a_vocabulary,
    rows_with_backup_and_buckets,
    columns_of_a_vocabulary,
    vocabularies_only,
    other_names,
    names_and_vocabulary,
    variables_of_any_kind,
    from_a_checkpoint_of_a_folder,
]


def settings_without_path(api, folder):
    api.WarmStartSettings("")


def no_checkpoint_to_start_from(api, folder):
    model(api, folder, {"a": [1]}, warm_start_from=os.path.join(folder, "absent"))


def shapes_that_differ(api, folder):
    started(api, folder, {"a": [2]}, {"a": [3]})


def vocabulary_of_a_variable_that_is_not_there(api, folder):
    info = api.VocabInfo(new_vocab_size=4, num_oov_buckets=0, **old_and_new(folder))
    started(api, folder, {"a": [2]}, {"a": [2]}, var_name_to_vocab_info={"b": info})


def previous_name_of_a_variable_that_is_not_there(api, folder):
    started(api, folder, {"a": [2]}, {"a": [2]}, var_name_to_prev_var_name={"b": "a"})


def previous_name_that_is_not_there(api, folder):
    started(api, folder, {"a": [2]}, {"a": [2]}, var_name_to_prev_var_name={"a": "b"})


def vocabulary_file_that_is_not_there(api, folder):
    info = api.VocabInfo("absent", 4, 0, os.path.join(folder, "absent"))
    started(api, folder, {"a": [3, 2]}, {"a": [4, 2]}, var_name_to_vocab_info={"a": info})


MISTAKES = [
    settings_without_path,
    no_checkpoint_to_start_from,
    shapes_that_differ,
    vocabulary_of_a_variable_that_is_not_there,
    previous_name_of_a_variable_that_is_not_there,
    previous_name_that_is_not_there,
    vocabulary_file_that_is_not_there,
]
