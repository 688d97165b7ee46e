"""The batches of the input functions, in a session and in an Estimator."""

import numpy as np
import tensorflow as tf

from tests.golden.estimator.programs import linear_config, linear_model_fn
from tests.golden.estimator.results import plain

v1 = tf.compat.v1

ROWS = 7
X = np.arange(ROWS * 2, dtype=np.float32).reshape(ROWS, 2) / 10
Y = np.arange(ROWS, dtype=np.int64) * 10


def frame(**columns):
    import pandas

    columns = columns or {"a": np.arange(ROWS), "b": np.arange(ROWS) / 4}
    # Strings as objects: TensorFlow has nothing for the strings of pandas 3.
    return pandas.DataFrame(
        {name: pandas.Series(column, dtype=column.dtype) for name, column in columns.items()}
    )


def series(values=None, index=None):
    import pandas

    return pandas.Series(np.arange(ROWS) * 10 if values is None else values, index=index)


def batches(input_fn, limit=4):
    """The batches as a program of TF1 reads them, and what stands in its graph."""
    with tf.Graph().as_default() as graph:
        v1.set_random_seed(3)
        batch = input_fn()
        operations = len(graph.get_operations())
        tensors = list(batch) if isinstance(batch, tuple) else [batch]
        with v1.Session() as session:
            coordinator = tf.train.Coordinator()
            threads = v1.train.start_queue_runners(session, coordinator)
            read = []
            try:
                while len(read) < limit:
                    read.append(session.run(tensors))
                read.append("more")
            except tf.errors.OutOfRangeError:
                read.append("end")
            coordinator.request_stop()
            coordinator.join(threads)
        return {
            "batches": plain(_decoded(read)),
            "static": [_static(tensor) for tensor in tensors],
            "operations": operations,
            "summaries": [
                summary.op.inputs[0].op.get_attr("value").string_val[0].decode()
                for summary in v1.get_collection(v1.GraphKeys.SUMMARIES)
            ],
            "queue_runners": len(v1.get_collection(v1.GraphKeys.QUEUE_RUNNERS)),
        }


def _decoded(value):
    """The value, with lists of text for arrays of bytes."""
    if isinstance(value, dict):
        return {name: _decoded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    if isinstance(value, np.ndarray) and value.dtype == object:
        return [text.decode() for text in value]
    return value


def _static(tensor):
    if isinstance(tensor, dict):
        return {str(name): _static(tensor[name]) for name in sorted(tensor, key=str)}
    return [tensor.dtype.name, tensor.shape.as_list()]


def rows_read(input_fn, limit=100):
    """The sizes of all batches, and the sorted rows."""
    with tf.Graph().as_default():
        batch = input_fn()
        rows = []
        with v1.train.MonitoredSession() as session:
            while not session.should_stop() and len(rows) < limit:
                rows.append(session.run(batch))
    return {"sizes": [len(batch) for batch in rows], "rows": sorted(np.concatenate(rows).tolist())}


def array(api, folder):
    return batches(api.inputs.numpy_input_fn(X, batch_size=3, shuffle=False))


def array_with_labels(api, folder):
    return batches(api.inputs.numpy_input_fn(X, Y, batch_size=4, shuffle=False))


def dict_with_labels(api, folder):
    x = {"b": X, "a": X[:, 0], "long/name": np.arange(ROWS)}
    return batches(api.inputs.numpy_input_fn(x, Y, batch_size=4, shuffle=False))


def dict_with_dict_of_labels(api, folder):
    labels = {"second": Y, "first": Y + 1}
    return batches(api.inputs.numpy_input_fn({"x": X}, labels, batch_size=4, shuffle=False))


def array_with_dict_of_labels(api, folder):
    labels = {"second": Y, "first": Y + 1}
    return batches(api.inputs.numpy_input_fn(X, labels, batch_size=4, shuffle=False))


def batches_over_epochs(api, folder):
    """Three epochs of 7 rows in batches of 4: the last one has 1."""
    input_fn = api.inputs.numpy_input_fn(Y, batch_size=4, num_epochs=3, shuffle=False)
    return batches(input_fn, limit=10)


def batches_without_end(api, folder):
    return batches(api.inputs.numpy_input_fn(Y, batch_size=5, num_epochs=None, shuffle=False))


def batch_of_many_epochs(api, folder):
    input_fn = api.inputs.numpy_input_fn(Y, batch_size=16, num_epochs=3, shuffle=False)
    return batches(input_fn)


def batch_larger_than_the_queue(api, folder):
    input_fn = api.inputs.numpy_input_fn(
        Y, batch_size=5, num_epochs=2, shuffle=False, queue_capacity=2
    )
    return batches(input_fn)


def whole_epochs(api, folder):
    input_fn = api.inputs.numpy_input_fn(Y, batch_size=ROWS, num_epochs=2, shuffle=False)
    return batches(input_fn)


def no_epoch(api, folder):
    return batches(api.inputs.numpy_input_fn(Y, batch_size=2, num_epochs=0, shuffle=False))


def dtypes(api, folder):
    x = {
        name: np.arange(ROWS).astype(name)
        for name in ("int8", "uint8", "int32", "int64", "float16", "float32", "float64", "bool")
    }
    x["text"] = np.array(["a", "bb", "c", "d", "e", "f", "\u00e9"])
    x["bytes"] = np.array([b"a", b"bb", b"c", b"d", b"e", b"f", b"g"])
    x["objects"] = np.array(["a", "bb", "c", "d", "e", "f", "\u00e9"], dtype=object)
    x["image"] = np.zeros([ROWS, 2, 1, 3], np.uint8)
    return batches(api.inputs.numpy_input_fn(x, batch_size=5, shuffle=False))


def shuffled_epochs(api, folder):
    values = np.arange(60)
    input_fn = api.inputs.numpy_input_fn(values, batch_size=16, num_epochs=2, shuffle=True)
    return rows_read(input_fn)


def several_threads(api, folder):
    """Each thread reads all epochs."""
    input_fn = api.inputs.numpy_input_fn(
        np.arange(10), batch_size=4, num_epochs=2, shuffle=True, num_threads=3
    )
    return rows_read(input_fn)


def operations_of_shuffling(api, folder):
    results = []
    for threads in (1, 3):
        with tf.Graph().as_default() as graph:
            api.inputs.numpy_input_fn({"x": X}, Y, shuffle=True, num_threads=threads)()
            api.inputs.numpy_input_fn({"x": X}, Y, num_epochs=None, shuffle=True)()
            results.append(len(graph.get_operations()))
            results.extend(summary.op.name for summary in v1.get_collection("summaries"))
    return results


def seeded_operation_after_the_input(api, folder):
    """The seed of an operation depends on how many stand before it."""
    with tf.Graph().as_default():
        v1.set_random_seed(11)
        api.inputs.numpy_input_fn({"x": X}, Y, shuffle=False)()
        values = v1.random_uniform([3])
        with v1.Session() as session:
            return plain(session.run(values))


def numpy_in_an_estimator(api, folder):
    estimator = api.Estimator(linear_model_fn(api), folder, linear_config(api))
    labels = X.sum(axis=1, keepdims=True)

    def input_fn(num_epochs, batch_size=3):
        return api.inputs.numpy_input_fn(
            {"x": X}, labels, batch_size=batch_size, num_epochs=num_epochs, shuffle=False
        )

    estimator.train(input_fn(None), steps=4)
    estimator.train(input_fn(2))
    return {
        "weights": plain(estimator.get_variable_value("linear/weights")),
        "evaluation": plain(estimator.evaluate(input_fn(1))),
        "part": plain(estimator.evaluate(input_fn(None), steps=2)),
        "predictions": plain(list(estimator.predict(input_fn(1)))),
    }


def dataframe(api, folder):
    return batches(api.inputs.pandas_input_fn(frame(), batch_size=3, shuffle=False))


def dataframe_with_series(api, folder):
    input_fn = api.inputs.pandas_input_fn(
        frame(), series(), batch_size=4, num_epochs=2, shuffle=False
    )
    return batches(input_fn, limit=10)


def dataframe_with_dataframe(api, folder):
    """Labels of the same names as features."""
    labels = frame(b=np.arange(ROWS) * 2, a=np.arange(ROWS) * 3.5, c=np.arange(ROWS))
    input_fn = api.inputs.pandas_input_fn(frame(), labels, batch_size=4, shuffle=False)
    return batches(input_fn)


def dataframe_of_dtypes(api, folder):
    x = frame(
        int32=np.arange(ROWS, dtype=np.int32),
        float32=np.arange(ROWS, dtype=np.float32),
        flag=np.arange(ROWS) > 3,
        text=np.array(list("abcdefg"), dtype=object),
    )
    return batches(api.inputs.pandas_input_fn(x, series(), batch_size=5, shuffle=False))


def dataframe_with_other_index(api, folder):
    import pandas

    index = np.arange(ROWS) * 100
    x = pandas.DataFrame({"a": np.arange(ROWS), 0: np.arange(ROWS) + 0.5}, index=index)
    y = series(index=index)
    return batches(api.inputs.pandas_input_fn(x, y, batch_size=5, shuffle=False))


def dataframe_and_queue_of_its_size(api, folder):
    results = []
    for shuffle in (False, True):
        with tf.Graph().as_default() as graph:
            api.inputs.pandas_input_fn(frame(), shuffle=shuffle, queue_capacity=None)()
            results.append(len(graph.get_operations()))
            results.extend(summary.op.name for summary in v1.get_collection("summaries"))
    return results


def dataframe_changed_afterwards(api, folder):
    x = frame()
    input_fn = api.inputs.pandas_input_fn(x, batch_size=4, shuffle=False)
    x.loc[0, "a"] = 1000
    return batches(input_fn)


CASES = [
    array,
    array_with_labels,
    dict_with_labels,
    dict_with_dict_of_labels,
    array_with_dict_of_labels,
    batches_over_epochs,
    batches_without_end,
    batch_of_many_epochs,
    batch_larger_than_the_queue,
    whole_epochs,
    no_epoch,
    dtypes,
    shuffled_epochs,
    several_threads,
    operations_of_shuffling,
    seeded_operation_after_the_input,
    numpy_in_an_estimator,
    dataframe,
    dataframe_with_series,
    dataframe_with_dataframe,
    dataframe_of_dtypes,
    dataframe_with_other_index,
    dataframe_and_queue_of_its_size,
    dataframe_changed_afterwards,
]
