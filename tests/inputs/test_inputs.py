"""numpy_input_fn and pandas_input_fn: batches, in order; ends and errors."""

import random
import threading

import numpy as np
import pandas
import pytest
import tensorflow as tf

from estimator_heads import Estimator, EstimatorSpec
from estimator_heads.inputs import numpy_input_fn, pandas_input_fn
from estimator_heads.inputs.feeding import row_numbers
from tests.golden.runtime import input_mistakes, inputs
from tests.golden.runtime.comparison import check

v1 = tf.compat.v1


@pytest.mark.parametrize("case", inputs.CASES, ids=lambda case: case.__name__)
def test_batches_are_those_of_the_originals(case, tmp_path):
    check("inputs", case, tmp_path)


@pytest.mark.parametrize("case", input_mistakes.MISTAKES, ids=lambda case: case.__name__)
def test_mistakes_raise_the_originals_errors(case, tmp_path):
    check("inputs", case, tmp_path)


def read(input_fn):
    with tf.Graph().as_default():
        batch = input_fn()
        with v1.train.MonitoredSession() as session:
            batches = []
            while not session.should_stop():
                batches.append(session.run(batch))
    return batches


def test_shuffled_rows_are_out_of_order_and_all_there():
    values = np.arange(500)
    batches = read(numpy_input_fn(values, batch_size=50, shuffle=True))
    rows = np.concatenate(batches)
    assert sorted(rows) == list(values)
    # 250 rows have to be in the queue while there are more to come: the first batch mixes them.
    assert np.count_nonzero(np.abs(np.diff(batches[0])) != 1) > 25


def test_the_state_of_python_s_random_numbers_is_not_reset():
    random.seed(5)
    expected = [random.random() for _ in range(2)]
    random.seed(5)
    with tf.Graph().as_default():
        numpy_input_fn(np.arange(4), shuffle=False)()
    assert [random.random() for _ in range(2)] == expected


@pytest.mark.parametrize("start", [0, 2])
@pytest.mark.parametrize("size", [1, 3, 4, 9])
def test_row_numbers_count_on_over_epochs(start, size):
    batches = list(row_numbers(4, start, size, num_epochs=3))
    expected = [(start + position) % 4 for position in range(12)]
    assert np.concatenate(batches).tolist() == expected
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)


def test_an_error_while_reading_ends_the_session_with_that_error():
    texts = np.array(["a", None, "c"], dtype=object)
    with pytest.raises(tf.errors.InternalError, match="NoneType"):
        read(numpy_input_fn(texts, shuffle=False))


def test_a_session_that_ends_early_stops_the_threads():
    with tf.Graph().as_default():
        batch = numpy_input_fn(np.arange(10), num_epochs=None, shuffle=True, batch_size=2)()
        with v1.Session() as session:
            coordinator = tf.train.Coordinator()
            threads = v1.train.start_queue_runners(session, coordinator)
            session.run(batch)
            assert v1.train.start_queue_runners(session, coordinator) == []
            coordinator.request_stop()
            coordinator.join(threads, stop_grace_period_secs=10)
        assert not any(thread.is_alive() for thread in threads)


def test_predictions_that_are_not_all_taken_leave_no_thread():
    def model_fn(features, mode):
        return EstimatorSpec(mode, predictions=features + 1.0)

    before = threading.active_count()
    estimator = Estimator(model_fn)
    values = np.arange(1000.0)
    input_fn = numpy_input_fn(values, num_epochs=None, shuffle=False, queue_capacity=10)
    predictions = estimator.predict(input_fn)
    assert [next(predictions), next(predictions)] == [1.0, 2.0]
    assert threading.active_count() > before
    predictions.close()
    assert threading.active_count() == before


def test_dtypes_of_pandas_itself_become_those_of_tensorflow():
    frame = pandas.DataFrame(
        {
            "count": pandas.array([1, 2], dtype="Int64"),
            "flag": pandas.array([True, False], dtype="boolean"),
            "word": pandas.array(["a", "b"], dtype="string"),
            "kind": pandas.Categorical(["x", "y"]),
        }
    )
    ((features),) = read(pandas_input_fn(frame, shuffle=False))
    assert {name: value.tolist() for name, value in features.items()} == {
        "count": [1, 2],
        "flag": [True, False],
        "word": [b"a", b"b"],
        "kind": [b"x", b"y"],
    }
    assert features["count"].dtype == np.int64 and features["flag"].dtype == bool


def test_any_index_of_rows_is_fine():
    index = pandas.date_range("2020-01-01", periods=2)
    frame = pandas.DataFrame({"a": [1, 2]}, index=index)
    ((features, labels),) = read(
        pandas_input_fn(frame, pandas.Series([3, 4], index=index), shuffle=False)
    )
    assert features["a"].tolist() == [1, 2] and labels.tolist() == [3, 4]


def test_a_frame_without_rows_is_refused():
    with pytest.raises(ValueError, match="`x`. Expected at least one row"):
        pandas_input_fn(pandas.DataFrame({"a": []}), shuffle=False)
