"""What predict() yields, and when it runs the model."""

import gc
import weakref

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads.estimator import Estimator
from estimator_heads.model_fn import EstimatorSpec

train = tf.compat.v1.train
BATCHES = 4


def model_fn(features, labels, mode):
    numbers = tf.cast(features, tf.float32)
    predictions = {
        "scalar": numbers,
        "same again": numbers,
        ("head", "vector"): tf.stack([numbers, -numbers], axis=1),
        "text": tf.strings.as_string(features),
        "texts": tf.strings.as_string(features)[:, None],
        "integer": features,
        "flag": features > 2,
    }
    return EstimatorSpec(mode, predictions=predictions)


def input_fn():
    return tf.data.Dataset.range(2 * BATCHES).batch(2)


def of_single_tensor(features, labels, mode):
    return EstimatorSpec(mode, predictions=features * 10)


def test_examples_have_the_parts_of_the_batches(tmp_path):
    estimator = Estimator(model_fn, str(tmp_path))
    examples = list(estimator.predict(input_fn))
    batches = list(estimator.predict(input_fn, yield_single_examples=False))
    assert len(examples) == 2 * len(batches) == 2 * BATCHES
    for i, example in enumerate(examples):
        batch = batches[i // 2]
        assert list(example) == list(batch)
        for name, value in example.items():
            expected = batch[name][i % 2]
            assert type(value) is type(expected), name
            np.testing.assert_array_equal(value, expected)
    kinds = {name: type(value) for name, value in examples[3].items()}
    assert kinds == {
        "scalar": np.float32,
        "same again": np.float32,
        ("head", "vector"): np.ndarray,
        "text": bytes,
        "texts": np.ndarray,
        "integer": np.int64,
        "flag": np.bool_,
    }
    assert len({id(example) for example in examples}) == len(examples)
    assert examples[3][("head", "vector")].tolist() == [3.0, -3.0]
    assert examples[3]["text"] == b"3"


def test_predictions_that_are_no_dict(tmp_path):
    estimator = Estimator(of_single_tensor, str(tmp_path))
    assert list(estimator.predict(input_fn)) == [10 * i for i in range(2 * BATCHES)]
    batches = list(estimator.predict(input_fn, yield_single_examples=False))
    assert [batch.tolist() for batch in batches[:2]] == [[0, 10], [20, 30]]


@pytest.mark.parametrize("single_examples", [True, False])
def test_reads_no_batch_before_it_is_asked_for(tmp_path, single_examples):
    """Programs feed predict() from a generator, which gives what they have just set."""
    given = []

    def generator():
        for number in range(100):
            given.append(number)
            yield number

    def from_generator():
        options = tf.data.Options()
        options.autotune.enabled = False  # It reads ahead by itself.
        signature = tf.TensorSpec([], tf.int64)
        data = tf.data.Dataset.from_generator(generator, output_signature=signature)
        return data.batch(1).with_options(options)

    predictions = Estimator(of_single_tensor, str(tmp_path)).predict(
        from_generator, yield_single_examples=single_examples
    )
    assert given == []
    for number in range(30):
        assert next(predictions) == 10 * number
        assert given == list(range(number + 1))


def test_a_generator_that_is_closed_or_dropped_frees_its_session(tmp_path):
    alive, ended = [], []

    class Keep(train.SessionRunHook):
        def after_create_session(self, session, coord):
            alive.extend([weakref.ref(session), weakref.ref(session.graph)])

        def end(self, session):
            ended.append(session)

    estimator = Estimator(model_fn, str(tmp_path))
    closed, dropped = (estimator.predict(input_fn, hooks=[Keep()]) for _ in range(2))
    assert next(closed)["integer"] == next(dropped)["integer"] == 0
    closed.close()
    assert list(closed) == []
    assert next(dropped)["integer"] == 1
    del dropped
    gc.collect()
    assert len(alive) == 4
    assert [reference() for reference in alive] == [None] * 4
    assert ended == []


def test_a_lost_session_starts_anew_and_ends_in_its_graph(tmp_path):
    """As MonitoredSession does it: with the input from its beginning."""
    graphs = []

    class LoseOnce(train.SessionRunHook):
        count = 0

        def after_run(self, run_context, run_values):
            self.count += 1
            if self.count == 3:
                raise tf.errors.UnavailableError(None, None, "lost")

        def after_create_session(self, session, coord):
            graphs.append(session.graph)

        def end(self, session):
            graphs.append(tf.compat.v1.get_default_graph())

    predictions = Estimator(of_single_tensor, str(tmp_path)).predict(input_fn, hooks=[LoseOnce()])
    seen = [int(value) for value in predictions]
    assert seen == [0, 10, 20, 30] + [10 * i for i in range(2 * BATCHES)]
    assert len(graphs) == 3
    assert len(set(map(id, graphs))) == 1
