"""The transformations and the sources of `tf.contrib.data`."""

import os
import sqlite3

import numpy as np
import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of
from tests.golden.learn_inputs.programs import FEATURES, record_files

from .programs import dataset, elements, sequences, shapes, table, v1, value


def map_and_batch(api, folder):
    def make(**options):
        return lambda: dataset(np.arange(5)).apply(
            api.map_and_batch(map_func=lambda x: (x, x * x), batch_size=2, **options)
        )

    return [
        elements(make(num_parallel_batches=1, drop_remainder=True)),
        elements(make(num_parallel_calls=2)),
        shapes(make(drop_remainder=True)),
    ]


def batch_and_drop_remainder(api, folder):
    def make():
        return dataset(np.arange(5)).apply(api.batch_and_drop_remainder(batch_size=2))

    return [elements(make), shapes(make)]


def padded_batch_and_drop_remainder(api, folder):
    def make():
        return sequences().apply(
            api.padded_batch_and_drop_remainder(
                batch_size=2, padded_shapes=[None], padding_values=-1
            )
        )

    def default():
        return sequences().apply(api.padded_batch_and_drop_remainder(3, [4]))

    return [elements(make), shapes(make), elements(default)]


def dense_to_sparse_batch(api, folder):
    return elements(
        lambda: sequences().apply(api.dense_to_sparse_batch(batch_size=2, row_shape=[4]))
    )


def unbatch(api, folder):
    return elements(lambda: dataset(np.arange(6).reshape(2, 3)).apply(api.unbatch()))


def unique(api, folder):
    return elements(lambda: dataset(np.array([3, 1, 3, 2, 1])).apply(api.unique()))


def enumerate_dataset(api, folder):
    return elements(lambda: dataset(np.array([5.0, 6.0])).apply(api.enumerate_dataset(start=3)))


def counter(api, folder):
    return [
        elements(lambda: api.Counter(start=2, step=3, dtype=tf.int32), limit=3),
        elements(lambda: api.Counter(), limit=2),
    ]


def ignore_errors(api, folder):
    def make():
        checked = dataset(np.array([1.0, 0.0, 2.0])).map(
            lambda x: tf.debugging.check_numerics(1.0 / x, "infinite")
        )
        return checked.apply(api.ignore_errors())

    return elements(make)


def get_single_element(api, folder):
    return value(lambda: api.get_single_element(dataset=dataset(np.array([[7, 8]]))))


def reducers(api, folder):
    def make():
        return api.Reducer(
            init_func=lambda key: key * 10,
            reduce_func=lambda state, x: state + x,
            finalize_func=lambda state: state + 1000,
        )

    return [
        value(lambda: api.reduce_dataset(dataset=dataset(np.arange(5)), reducer=make())),
        elements(
            lambda: dataset(np.arange(6)).apply(
                api.group_by_reducer(key_func=lambda x: x % 2, reducer=make())
            )
        ),
    ]


def group_by_window(api, folder):
    def make(**options):
        return lambda: dataset(np.arange(10)).apply(
            api.group_by_window(
                key_func=lambda x: x % 2,
                reduce_func=lambda key, window: window.batch(4).map(lambda batch: (key, batch)),
                **options,
            )
        )

    return [
        elements(make(window_size=3)),
        elements(make(window_size_func=lambda key: key + 2)),
    ]


def bucket_by_sequence_length(api, folder):
    def make(**options):
        return lambda: sequences((1, 5, 2, 3, 7, 4, 2)).apply(
            api.bucket_by_sequence_length(
                element_length_func=lambda x: tf.shape(x)[0],
                bucket_boundaries=[3, 5],
                bucket_batch_sizes=[2, 2, 2],
                **options,
            )
        )

    return [
        elements(make()),
        elements(make(padded_shapes=[None], padding_values=-1)),
        elements(
            lambda: sequences((1, 2, 4, 3)).apply(
                api.bucket_by_sequence_length(
                    lambda x: tf.shape(x)[0], [3, 5], [2, 2, 2], pad_to_bucket_boundary=True
                )
            )
        ),
        elements(
            lambda: sequences((2, 2, 3, 3)).apply(
                api.bucket_by_sequence_length(
                    lambda x: tf.shape(x)[0], [3], [2, 2], no_padding=True
                )
            )
        ),
    ]


def _repeated(x):
    return v1.data.Dataset.from_tensors(x).repeat(3)


def parallel_interleave(api, folder):
    def make():
        return dataset(np.arange(4)).apply(
            api.parallel_interleave(
                map_func=_repeated,
                cycle_length=2,
                block_length=2,
                sloppy=False,
                buffer_output_elements=1,
                prefetch_input_elements=1,
            )
        )

    return elements(make)


def sloppy_interleave(api, folder):
    def make():
        return dataset(np.arange(4)).apply(
            api.sloppy_interleave(map_func=_repeated, cycle_length=2, block_length=1)
        )

    return sorted(found["values"] for found in elements(make))


def choose_from_datasets(api, folder):
    return elements(
        lambda: api.choose_from_datasets(
            datasets=[dataset(np.arange(3)), dataset(np.arange(10, 13))],
            choice_dataset=dataset(np.array([0, 1, 1, 0], np.int64)),
        )
    )


def sample_from_datasets(api, folder):
    def make():
        datasets = [dataset(np.zeros([3])), dataset(np.ones([4]))]
        return api.sample_from_datasets(datasets=datasets, weights=[0.5, 0.5], seed=3)

    return elements(make)


def shuffle_and_repeat(api, folder):
    found = elements(
        lambda: dataset(np.arange(4)).apply(api.shuffle_and_repeat(buffer_size=4, count=2, seed=3))
    )
    values = [item["values"] for item in found]
    return [
        sorted(values[:4]),
        sorted(values[4:]),
        len(elements(lambda: dataset([1, 2]).apply(api.shuffle_and_repeat(2)), limit=9)),
    ]


def scan(api, folder):
    def make():
        return dataset(np.arange(5)).apply(
            api.scan(initial_state=np.int64(0), scan_func=lambda state, x: (state + x, (state, x)))
        )

    return elements(make)


def sliding_window_batch(api, folder):
    def make(*components, **options):
        components = components or (np.arange(7),)
        return lambda: dataset(*components).apply(api.sliding_window_batch(**options))

    return [
        elements(make(window_size=3)),
        elements(make(window_size=2, stride=3)),
        elements(make(window_size=3, window_shift=2, window_stride=2)),
        elements(make(window_size=9)),
        elements(make(np.arange(4), {"a": np.arange(8).reshape(4, 2)}, window_size=2)),
        elements(make({"a": np.arange(3), "b": np.zeros([3])}, window_size=2)),
        shapes(make(np.zeros([4, 2]), window_size=2)),
    ]


def assert_element_shape(api, folder):
    def make():
        return sequences((2, 2)).apply(
            api.assert_element_shape(expected_shapes=tf.TensorShape([2]))
        )

    def make_pairs():
        pairs = dataset(np.zeros([2, 3, 4]), np.ones([2])).map(
            lambda x, y: (v1.placeholder_with_default(x, None), y)
        )
        return pairs.apply(api.assert_element_shape((tf.TensorShape([3, 4]), tf.TensorShape([]))))

    def make_dicts():
        return dataset({"a": np.zeros([2, 3])}).apply(
            api.assert_element_shape({"a": tf.TensorShape([None])})
        )

    return [
        elements(make),
        shapes(make),
        elements(make_pairs),
        shapes(make_pairs),
        elements(make_dicts),
        shapes(make_dicts),
    ]


def rejection_resample(api, folder):
    def make():
        return dataset(np.array([0, 1] * 200)).apply(
            api.rejection_resample(
                class_func=lambda x: tf.cast(x, tf.int32),
                target_dist=[0.9, 0.1],
                initial_dist=[0.5, 0.5],
                seed=1,
            )
        )

    found = elements(make, limit=400)
    kept = [sum(pair[0]["values"] == label for pair in found) for label in (0, 1)]
    return [
        kept[0] > 2 * kept[1] > 0,
        all(pair[0]["values"] == pair[1]["values"] for pair in found),
    ]


def random_dataset(api, folder):
    found = elements(lambda: api.RandomDataset(seed=5), limit=4)
    return [len({item["values"] for item in found}), found[0]["dtype"]]


def csv_dataset(api, folder):
    path = table(folder)

    def make(**options):
        arguments = dict(
            filenames=path,
            record_defaults=[tf.float32, ["none"]],
            buffer_size=100,
            header=True,
            field_delim=",",
            use_quote_delim=True,
            na_value="",
            select_cols=[0, 1],
            compression_type=None,
        )
        arguments.update(options)
        return lambda: api.CsvDataset(**arguments)

    return elements(make())


def csv_table(api, folder):
    path = table(folder)

    def make(**options):
        arguments = dict(file_pattern=path, batch_size=2, num_epochs=1, shuffle=False)
        arguments.update(options)
        return lambda: api.make_csv_dataset(**arguments)

    return [
        elements(make(label_name="label")),
        elements(
            make(select_columns=["a"], column_defaults=[tf.float32], num_rows_for_inference=2)
        ),
        elements(
            make(
                column_names=["first", "second", "third"],
                field_delim=",",
                use_quote_delim=True,
                na_value="x",
                header=True,
                prefetch_buffer_size=1,
                num_parallel_reads=1,
                sloppy=False,
                compression_type=None,
            )
        ),
        sorted(
            row
            for batch in elements(make(shuffle=True, shuffle_buffer_size=5, shuffle_seed=1))
            for row in batch["a"]["values"]
        ),
    ]


def batched_features(api, folder):
    pattern = record_files(folder)

    def make(**options):
        arguments = dict(
            file_pattern=pattern, batch_size=2, features=FEATURES, num_epochs=1, shuffle=False
        )
        arguments.update(options)
        return lambda: api.make_batched_features_dataset(**arguments)

    return [
        elements(make()),
        elements(
            make(
                reader=v1.data.TFRecordDataset,
                label_key="x",
                reader_args=[""],
                prefetch_buffer_size=1,
                reader_num_threads=1,
                parser_num_threads=2,
                sloppy_ordering=False,
                drop_final_batch=True,
            )
        ),
        sorted(
            tuple(row)
            for batch in elements(make(shuffle=True, shuffle_buffer_size=9, shuffle_seed=2))
            for row in batch["x"]["values"]
        ),
    ]


def batched_features_as_tensors(api, folder):
    pattern = record_files(folder)

    def make():
        return api.read_batch_features(
            file_pattern=pattern,
            batch_size=2,
            features=FEATURES,
            reader=v1.data.TFRecordDataset,
            reader_args=None,
            randomize_input=False,
            num_epochs=1,
            capacity=10,
        )

    return value(make)


def parsed_examples(api, folder):
    pattern = record_files(folder, sizes=(4,)).replace("*", "0")

    def make():
        return (
            v1.data.TFRecordDataset(pattern)
            .batch(2)
            .apply(api.parse_example_dataset(features=FEATURES, num_parallel_calls=2))
        )

    return elements(make)


def records(api, folder):
    path = os.path.join(folder, "records")
    with tf.Graph().as_default(), v1.Session() as session:
        writer = api.TFRecordWriter(filename=path, compression_type="GZIP")
        session.run(writer.write(dataset([b"a", b"bc"])))
    return elements(lambda: v1.data.TFRecordDataset(path, "GZIP"))


def sql(api, folder):
    path = os.path.join(folder, "data.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("create table words (word text, number integer)")
    connection.executemany("insert into words values (?, ?)", [("a", 1), ("b", 2)])
    connection.commit()
    connection.close()
    return elements(
        lambda: api.SqlDataset(
            driver_name="sqlite",
            data_source_name=path,
            query="select * from words order by number",
            output_types=(tf.string, tf.int32),
        )
    )


def devices(api, folder):
    def make():
        return dataset(np.arange(3)).apply(api.copy_to_device("/cpu:0", source_device="/cpu:0"))

    def make_ahead():
        return dataset(np.arange(3)).apply(api.prefetch_to_device("/cpu:0", buffer_size=2))

    return [elements(make), elements(make_ahead)]


def optional(api, folder):
    def make():
        iterator = v1.data.make_one_shot_iterator(dataset(np.array([4])))
        with tf.control_dependencies([iterator.get_next()]):
            after = api.get_next_as_optional(iterator)
        return [after.has_value(), api.Optional.from_value(3).get_value()]

    return [value(make), api.AUTOTUNE]


def saved_iterator(api, folder):
    path = os.path.join(folder, "iterator")
    found = []
    for restored in (False, True):
        with tf.Graph().as_default():
            iterator = v1.data.make_initializable_iterator(dataset(np.arange(5)))
            following = iterator.get_next()
            saveable = api.make_saveable_from_iterator(iterator)
            v1.add_to_collection(v1.GraphKeys.SAVEABLE_OBJECTS, saveable)
            saver = v1.train.Saver(allow_empty=True)
            with v1.Session() as session:
                session.run(iterator.initializer)
                if restored:
                    saver.restore(session, path)
                found.append([int(session.run(following)) for _ in range(2)])
                saver.save(session, path)
    return found


CASES = cases_of(globals())
