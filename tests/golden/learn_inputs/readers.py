"""`read_batch_examples` and the like, which read files through queues."""

import os

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

from .programs import (
    FEATURES,
    answer,
    batches,
    record_files,
    shapes,
    text_file,
    v1,
    without_folder,
)


def _lines(folder):
    text_file(folder, "b.txt", ["4", "5", "6"])
    text_file(folder, "a.txt", ["1", "2", "3"])
    return os.path.join(folder, "*.txt")


def _keyed(found):
    return [[without_folder(keys), values] for keys, values in found]


def _variables(make):
    with tf.Graph().as_default():
        make()
        return [
            sorted(variable.op.name for variable in collection)
            for collection in (v1.global_variables(), v1.local_variables())
        ]


def lines_in_order(api, folder):
    pattern = _lines(folder)

    def make():
        return api.io.read_batch_examples(
            file_pattern=pattern,
            batch_size=4,
            reader=v1.TextLineReader,
            randomize_input=False,
            num_epochs=1,
            queue_capacity=20,
            num_threads=1,
            read_batch_size=1,
            name="lines",
        )

    return [batches(make), shapes(make), _variables(make)]


def lines_without_end(api, folder):
    pattern = _lines(folder)

    def make():
        return api.io.read_batch_examples(pattern, 4, v1.TextLineReader, randomize_input=False)

    return [batches(make, limit=4), shapes(make), _variables(make)]


def lines_of_a_list_of_patterns(api, folder):
    _lines(folder)
    patterns = [os.path.join(folder, name) for name in ("b*", "a*", "b.txt")]

    def make():
        return api.io.read_batch_examples(
            patterns, 9, v1.TextLineReader, randomize_input=False, num_epochs=1
        )

    return batches(make)


def shuffled_lines(api, folder):
    pattern = _lines(folder)

    def make():
        return api.io.read_batch_examples(
            pattern, 4, v1.TextLineReader, num_epochs=2, read_batch_size=2
        )

    return [sorted(line for batch in batches(make) for line in batch["values"]), shapes(make)]


def seeded_order(api, folder):
    pattern = _lines(folder)

    def make():
        return api.io.read_batch_examples(
            pattern, 4, v1.TextLineReader, num_epochs=1, seed=7, queue_capacity=1000
        )

    return batches(make)


def batch_size_of_a_tensor(api, folder):
    pattern = _lines(folder)
    return batches(
        lambda: api.io.read_batch_examples(
            pattern, tf.constant(5), v1.TextLineReader, randomize_input=False, num_epochs=1
        )
    )


def keyed_lines(api, folder):
    pattern = _lines(folder)

    def make():
        return api.io.read_keyed_batch_examples(
            file_pattern=pattern,
            batch_size=4,
            reader=v1.TextLineReader,
            randomize_input=False,
            num_epochs=1,
            queue_capacity=20,
            num_threads=1,
            read_batch_size=3,
            parse_fn=None,
            name="keyed",
            seed=1,
        )

    return [_keyed(batches(make)), shapes(make)]


def parsed_lines(api, folder):
    pattern = _lines(folder)

    def make(parse):
        return lambda: api.io.read_keyed_batch_examples(
            pattern,
            4,
            v1.TextLineReader,
            randomize_input=False,
            num_epochs=1,
            parse_fn=parse,
        )

    return [
        _keyed(batches(make(lambda line: v1.string_to_number(line)))),
        _keyed(batches(make(lambda line: {"n": v1.string_to_number(line), "line": line}))),
        batches(
            lambda: api.io.read_batch_examples(
                pattern,
                4,
                v1.TextLineReader,
                False,
                num_epochs=1,
                parse_fn=lambda line: {"n": v1.string_to_number(line)},
            )
        ),
    ]


def several_readers(api, folder):
    pattern = _lines(folder)
    found = batches(
        lambda: api.io.read_batch_examples(
            pattern, 2, v1.TextLineReader, num_epochs=1, num_threads=2
        )
    )
    return sorted(line for batch in found for line in batch["values"])


def a_shared_queue(api, folder):
    pattern = _lines(folder)

    def make():
        return api.io.read_keyed_batch_examples_shared_queue(
            file_pattern=pattern,
            batch_size=4,
            reader=v1.TextLineReader,
            randomize_input=False,
            num_epochs=2,
            queue_capacity=20,
            num_threads=1,
            read_batch_size=1,
            parse_fn=None,
            name="shared",
            seed=3,
        )

    return [_keyed(batches(make)), _variables(make)]


def a_shared_queue_without_end(api, folder):
    pattern = _lines(folder)

    def make():
        return api.io.read_keyed_batch_examples_shared_queue(
            pattern, 4, v1.TextLineReader, randomize_input=False
        )

    return [_keyed(batches(make, limit=4)), _variables(make)]


def a_shared_queue_in_seeded_order(api, folder):
    for name in "abcdef":
        text_file(folder, name + ".txt", [name])
    pattern = [os.path.join(folder, name + ".txt") for name in "abcdef"]
    found = batches(
        lambda: api.io.read_keyed_batch_examples_shared_queue(
            pattern, 12, v1.TextLineReader, num_epochs=2, seed=3
        )
    )
    return sorted(line for _, lines in found for line in lines["values"])


def features_in_order(api, folder):
    pattern = record_files(folder)

    def make():
        return api.io.read_batch_features(
            file_pattern=pattern,
            batch_size=2,
            features=FEATURES,
            reader=v1.TFRecordReader,
            randomize_input=False,
            num_epochs=1,
            queue_capacity=20,
            feature_queue_capacity=3,
            reader_num_threads=1,
            num_enqueue_threads=1,
            parse_fn=None,
            name="features",
            read_batch_size=1,
        )

    return [batches(make), shapes(make)]


def keyed_features(api, folder):
    pattern = record_files(folder)

    def make():
        return api.io.read_keyed_batch_features(
            file_pattern=pattern,
            batch_size=3,
            features=FEATURES,
            reader=v1.TFRecordReader,
            randomize_input=False,
            num_epochs=1,
            queue_capacity=20,
            reader_num_threads=1,
            feature_queue_capacity=5,
            num_enqueue_threads=1,
            parse_fn=tf.identity,
            name="keyed",
            read_batch_size=2,
        )

    return [_keyed(batches(make)), shapes(make)]


def keyed_features_of_a_shared_queue(api, folder):
    pattern = record_files(folder)

    def make():
        return api.io.read_keyed_batch_features_shared_queue(
            file_pattern=pattern,
            batch_size=3,
            features=FEATURES,
            reader=v1.TFRecordReader,
            randomize_input=False,
            num_epochs=1,
            queue_capacity=20,
            reader_num_threads=1,
            feature_queue_capacity=5,
            num_queue_runners=1,
            parse_fn=None,
            name="shared",
        )

    return [_keyed(batches(make)), shapes(make)]


def features_of_records(api, folder):
    pattern = record_files(folder)

    def make():
        return api.io.read_batch_record_features(
            file_pattern=pattern,
            batch_size=2,
            features={"x": FEATURES["x"]},
            randomize_input=False,
            num_epochs=1,
            queue_capacity=20,
            reader_num_threads=1,
            name="records",
        )

    found = batches(make)
    return sorted(tuple(row) for batch in found for row in batch["x"]["values"])


def shuffled_features(api, folder):
    pattern = record_files(folder)
    found = batches(
        lambda: api.io.read_batch_record_features(pattern, 2, {"x": FEATURES["x"]}, num_epochs=2)
    )
    return sorted(tuple(row) for batch in found for row in batch["x"]["values"])


def _parsed():
    sparse = tf.SparseTensor([[0, 1]], [3.0], [1, 2])
    return {"dense": tf.constant([[1, 2]]), "sparse": sparse}


def queued_features(api, folder):
    def make():
        return api.io.queue_parsed_features(
            parsed_features=_parsed(),
            keys=tf.constant(["k"]),
            feature_queue_capacity=2,
            num_enqueue_threads=1,
            name="queued",
        )

    return [batches(make, limit=2), shapes(make)]


def queued_features_without_keys(api, folder):
    def make():
        keys, features = api.io.queue_parsed_features(_parsed())
        assert keys is None
        return features

    return [batches(make, limit=2), answer(shapes(make))]


def summaries_of_queues(api, folder):
    """The tags say how full the queues are."""
    pattern = record_files(folder)
    with tf.Graph().as_default():
        api.io.read_batch_features(
            pattern, 2, FEATURES, v1.TFRecordReader, feature_queue_capacity=30
        )
        return [
            tensor.op.inputs[0].op.get_attr("value").string_val[0].decode()
            for tensor in v1.get_collection(v1.GraphKeys.SUMMARIES)
        ]


CASES = cases_of(globals())
