"""The queues that feed arrays: `inputs.queues`, and what `numpy_io` and `pandas_io` add."""

import collections

import numpy as np
import tensorflow as tf

from tests.golden.errors import attempt, outcome
from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

from .models import v1

FUNCTIONS = "inputs.queues.feeding_functions."


def _frame(*args, **kwargs):
    import pandas as pd  # The recorder lists the cases of each release without it.

    return pd.DataFrame(*args, **kwargs)


def _called(feed, times):
    """What a feed function returns, by the names of placeholders; at last the error."""
    return [
        attempt(lambda: plain({k: np.asarray(v) for k, v in feed().items()})) for _ in range(times)
    ]


def _columns():
    return collections.OrderedDict([("a", np.arange(5)), ("b", np.arange(10.0).reshape(5, 2))])


def _rows():
    for number in range(3):
        yield {"b": np.array(number), "a": np.array([number, 10 * number])}


def _ragged_rows():
    for number in range(1, 4):
        yield {"a": np.arange(number), "b": np.array(number)}


def arrays(api, folder):
    feed = api.of(FUNCTIONS + "_ArrayFeedFn")
    array = np.array([[1.0], [2.0], [3.0]])
    return [
        _called(feed(["i", "x"], array, 2, num_epochs=2), 4),
        _called(feed(["i", "x"], array, 2), 3),
        _called(feed(["i", "x"], array, 2, random_start=True, seed=7, num_epochs=1), 3),
        outcome(feed, ["i"], array, 2),
    ]


def dicts_of_arrays(api, folder):
    feed = api.of(FUNCTIONS + "_OrderedDictNumpyFeedFn")
    unequal = collections.OrderedDict([("a", np.arange(2)), ("b", np.arange(3))])
    return [
        _called(feed(["i", "a", "b"], _columns(), 3, num_epochs=1), 3),
        outcome(feed, ["i", "a"], _columns(), 3),
        outcome(feed, ["i", "a", "b"], unequal, 3),
    ]


def frames(api, folder):
    feed = api.of(FUNCTIONS + "_PandasFeedFn")
    frame = _frame({"a": [1, 2, 3], "b": [0.5, 1.5, 2.5]}, index=[10, 11, 12])
    return [
        _called(feed(["i", "a", "b"], frame, 2, num_epochs=1), 3),
        outcome(feed, ["i", "a"], frame, 2),
    ]


def generators(api, folder):
    feed = api.of(FUNCTIONS + "_GeneratorFeedFn")
    return [
        _called(feed(["a", "b"], _rows, 4, num_epochs=1), 3),
        _called(feed(["a", "b"], _rows, 3), 2),
        _called(feed(["a", "b"], _ragged_rows, 4, num_epochs=1, pad_value=-1), 2),
        outcome(feed, ["a"], _rows, 2),
    ]


def padding(api, folder):
    pad, fill = api.of(FUNCTIONS + "_pad_if_needed"), api.of(FUNCTIONS + "_fill_array")
    filled = np.zeros([2, 3])
    fill(filled, [[1.0, 2.0], [3.0]], 9.0)
    return [
        plain(pad([np.array([1, 2]), np.array([3])], 7)),
        plain(pad([np.array([1, 2]), np.array([3, 4])])),
        outcome(pad, [np.zeros([1, 2]), np.zeros([2, 1])]),
        plain(filled),
    ]


def row_numbers(api, folder):
    numbers = api.of(FUNCTIONS + "_get_integer_indices_for_next_batch")

    def answer(*args):
        return attempt(lambda: plain(list(numbers(*args))))

    return [
        answer(0, 2, 4, 5, 0, None),
        answer(4, 4, 4, 5, 0, None),
        answer(3, 4, 4, 5, 0, 1),
        answer(3, 12, 4, 5, 0, 3),
        answer(3, 12, 4, 5, 0, 2),
        answer(0, 2, 4, 5, 1, 1),
    ]


def _run(api, count, take=None, **kwargs):
    """What a queue of data holds, batch by batch, and its error at the end."""
    with tf.Graph().as_default():
        queue = api.of(FUNCTIONS + "_enqueue_data")(capacity=8, **kwargs)
        batch = queue.dequeue_up_to(2) if take is None else queue.dequeue_many(take)
        found = [
            [dtype.name for dtype in queue.dtypes],
            [str(shape.as_list()) for shape in queue.shapes],
            type(v1.get_collection(v1.GraphKeys.QUEUE_RUNNERS)[0]).__name__,
            [summary.op.name for summary in v1.get_collection(v1.GraphKeys.SUMMARIES)],
        ]
        with v1.Session() as session:
            coordinator = tf.train.Coordinator()
            threads = v1.train.start_queue_runners(session, coordinator)
            for _ in range(count):
                found.append(attempt(lambda: plain(session.run(batch))))
            coordinator.request_stop()
            coordinator.join(threads)
    return found


def queue_of_arrays(api, folder):
    return _run(api, 3, data=np.arange(6.0).reshape(3, 2), num_epochs=1)


def queue_of_dicts(api, folder):
    return _run(api, 3, data=_columns(), num_epochs=1, enqueue_size=2, name="mine")


def queue_of_frames(api, folder):
    frame = _frame({"a": [1, 2, 3]}, index=[10, 11, 12])
    return _run(api, 3, data=frame, num_epochs=1)


def queue_of_a_generator(api, folder):
    return _run(api, 2, data=_rows, enqueue_size=2)


def padded_queue(api, folder):
    return _run(api, 1, take=3, data=_ragged_rows, enqueue_size=6, num_epochs=1, pad_value=0)


def shuffled_queue(api, folder):
    batches = _run(api, 2, take=3, data=np.arange(6), num_epochs=1, shuffle=True, seed=3)
    return batches[:4] + [sorted(value for batch in batches[4:] for value in batch[1]["values"])]


def mistakes_of_queues(api, folder):
    enqueue = api.of(FUNCTIONS + "_enqueue_data")
    with tf.Graph().as_default():
        return [
            outcome(enqueue, [1, 2], 4),
            outcome(lambda: enqueue(np.arange(3), 4, pad_value=0)),
            outcome(lambda: enqueue(_ragged_rows, 4, pad_value=0, shuffle=True)),
        ]


def runner(api, folder):
    cls = api.of("inputs.queues.feeding_queue_runner._FeedingQueueRunner")
    values = [3, 4]

    def feed():
        if not values:
            raise tf.errors.OutOfRangeError(None, None, "over")
        return {placeholder: values.pop(0)}

    with tf.Graph().as_default():
        queue = tf.queue.FIFOQueue(10, tf.int32, shapes=[[]])
        placeholder = v1.placeholder(tf.int32)
        operation = queue.enqueue(placeholder)
        found = [
            outcome(lambda: cls(queue, [operation], feed_fns=[feed, feed])),
            outcome(cls(queue, [operation], feed_fns=[feed]).to_proto),
        ]
        made = cls(queue=queue, enqueue_ops=[operation], feed_fns=[feed])
        unfed = cls(queue, [queue.enqueue(5)])
        value = queue.dequeue()
        with v1.Session() as session:
            coordinator = tf.train.Coordinator()
            threads = made.create_threads(session, coordinator, daemon=True, start=True)
            found.append([attempt(lambda: int(session.run(value))) for _ in range(3)])
            found.append(len(threads))
            coordinator.request_stop()
            coordinator.join(threads)
        found.append(len(unfed.enqueue_ops))
    return found


def keys_of_targets(api, folder):
    key = api.of("inputs.numpy_io._get_unique_target_key")
    column = api.of("inputs.pandas_io._get_unique_target_key")
    target = api.of("inputs.numpy_io._TARGET_KEY")
    return [
        key({}),
        key({target: 1}),
        key({target: 1, target + "_n": 1}),
        column(_frame({"a": [1]}), "target"),
        column(_frame({"a": [1]}), "a").startswith("a_"),
    ]


def features_as_dicts(api, folder):
    convert = api.of("inputs.numpy_io._validate_and_convert_features")
    return [
        list(convert({"b": np.arange(2), "a": np.arange(2)})),
        list(convert(np.arange(2))),
        outcome(convert, {}),
        outcome(convert, np.zeros([0, 1])),
        outcome(convert, [1]),
    ]


CASES = cases_of(globals())
