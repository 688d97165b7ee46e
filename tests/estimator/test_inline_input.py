"""Steps that run in the calling thread get the same input as others, and return the same."""

import pytest
import tensorflow as tf

from estimator_heads import _tensorflow
from estimator_heads.estimator.inline_input import InlineInput

v1 = tf.compat.v1


def next_number(dataset=None):
    """The next element of a dataset of numbers, and what initializes its iterator."""
    iterator = v1.data.make_initializable_iterator(dataset or tf.data.Dataset.range(8))
    return iterator.get_next(), iterator.initializer


def both_ways(session, fetches, targets=()):
    inline_input = InlineInput(session.graph)
    inline_input.initialize(session)
    return _tensorflow.session_callables(session, fetches, list(targets), inline_input.replacements)


@pytest.fixture
def session():
    with tf.Graph().as_default(), v1.Session() as session:
        yield session


def test_both_ways_to_run_a_step_return_the_same(session):
    count = v1.get_variable("count", initializer=0, use_resource=True)
    session.run(count.initializer)
    one, other = tf.constant(3) * 2, tf.constant("text")
    for run in both_ways(session, [one, other, one], [count.assign_add(1).op]):
        assert run() == [6, b"text", 6]
    assert session.run(count) == 2
    sparse = tf.sparse.from_dense([0, 7])
    run, nothing = both_ways(session, [sparse, one])
    assert nothing is None
    assert run()[0].values.tolist() == [7]


@pytest.mark.parametrize(
    "config",
    [
        {"inter_op_parallelism_threads": 2},
        {"session_inter_op_thread_pool": [{}]},
        {"operation_timeout_in_ms": 60_000},
    ],
)
def test_threads_and_timeouts_that_the_user_configures_are_used(config):
    config = v1.ConfigProto(**config)
    with tf.Graph().as_default(), v1.Session(config=config) as session:
        run, nothing = both_ways(session, [tf.constant(1)])
        assert run() == [1]
        assert nothing is None


def replaced(session, fetches):
    """Which of these tensors a step replaces to get its input in the calling thread."""
    replacements = InlineInput(session.graph).replacements([x.name for x in fetches], [])
    return [tensor for tensor in fetches if tensor.name in replacements]


def test_input_is_got_by_an_operation_that_needs_no_thread(session):
    number, _ = next_number()
    replacements = InlineInput(session.graph).replacements([number.name], [])
    twin = session.graph.as_graph_element(replacements[number.name]).op
    assert twin.type == "IteratorGetNextSync"
    assert twin.inputs[0].op.type == "IteratorV2"


def test_both_ways_take_turns_at_the_same_input(session):
    number, initializer = next_number()
    usual, inline = both_ways(session, [number * 2, number])
    session.run(initializer)
    assert [run() for run in (usual, inline, inline, usual)] == [[0, 0], [2, 1], [4, 2], [6, 3]]
    session.run(initializer)
    assert [inline()[1] for _ in range(8)] == list(range(8))
    for run in (usual, inline):
        with pytest.raises(tf.errors.OutOfRangeError, match="End of sequence"):
            run()


def test_several_inputs_of_several_tensors_are_got(session):
    pairs = tf.data.Dataset.from_tensor_slices(([[1], [2]], ["a", "b"])).repeat()
    (number, text), initializer = next_number(pairs)
    sparse = pairs.map(lambda number, text: tf.sparse.from_dense(number)).batch(2)
    indicator, other_initializer = next_number(sparse)
    usual, inline = both_ways(session, [text, number, indicator.values])
    session.run([initializer, other_initializer])
    for run in (usual, inline, inline):
        for expected_text, expected_number in ((b"a", 1), (b"b", 2)):
            values = run()
            assert values[:2] == [expected_text, [expected_number]]
            assert values[2].tolist() == [1, 2]


def wait_for(tensor):
    with tf.control_dependencies([tensor]):
        return tf.constant(7) * 1


@pytest.mark.parametrize(
    "wait",
    [
        wait_for,
        lambda number: wait_for(tf.identity(number)),
        lambda number: wait_for(tf.identity(number) * 1),
        lambda number: wait_for(tf.debugging.assert_equal(tf.shape(number)[0], 2)),
        lambda number: wait_for(tf.reshape(number, [-1])),
        lambda number: tf.size(number) + 5,
    ],
)
@pytest.mark.parametrize("drop_remainder", [False, True])
def test_no_input_is_lost_where_others_wait_for_it(session, wait, drop_remainder):
    """Also by what TensorFlow's optimizer of graphs reduces to a control dependency."""
    numbers = tf.data.Dataset.range(20).batch(2, drop_remainder)
    number, initializer = next_number(numbers)
    assert replaced(session, [number]) == [number]
    usual, inline = both_ways(session, [number[0], wait(number)])
    session.run(initializer)
    ways = (inline, usual, inline, inline, usual, usual, inline, inline, inline, inline)
    assert [run() for run in ways] == [[first, 7] for first in range(0, 20, 2)]
    with pytest.raises(tf.errors.OutOfRangeError):
        inline()


def test_input_of_a_one_shot_iterator_is_got_in_turn(session):
    number = v1.data.make_one_shot_iterator(tf.data.Dataset.range(20)).get_next()
    assert replaced(session, [number]) == [number]
    usual, inline = both_ways(session, [number, wait_for(number)])
    ways = (inline, usual, inline, usual)
    assert [run() for run in ways] == [[0, 7], [1, 7], [2, 7], [3, 7]]


def test_two_inputs_of_one_iterator_take_turns(session):
    number, initializer = next_number()
    other = tf.raw_ops.IteratorGetNext(
        iterator=number.op.inputs[0], output_types=[tf.int64], output_shapes=[[]]
    )[0]
    usual, inline = both_ways(session, [number, other])
    session.run(initializer)
    for run in (inline, usual, inline):
        first, second = run()
        assert abs(first - second) == 1
    assert {first, second} == {4, 5}


def test_an_input_in_a_condition_is_left_alone(session):
    number, initializer = next_number()
    iterator_handle = number.op.inputs[0]
    get_next = lambda: tf.raw_ops.IteratorGetNext(  # noqa: E731
        iterator=iterator_handle, output_types=[tf.int64], output_shapes=[[]]
    )[0]
    never = v1.placeholder_with_default(False, [])
    v1.disable_control_flow_v2()
    try:
        maybe = tf.cond(never, get_next, lambda: tf.constant(-1, tf.int64))
    finally:
        v1.enable_control_flow_v2()
    usual, inline = both_ways(session, [maybe, number])
    session.run(initializer)
    assert [run() for run in (inline, usual, inline)] == [[-1, 0], [-1, 1], [-1, 2]]


def from_generator():
    return tf.data.Dataset.from_generator(lambda: iter([5, 6, 7]), tf.int64, [])


def with_function_of_python():
    number, initializer = next_number()
    return v1.py_func(lambda value: value + 5, [number], tf.int64), initializer


def from_queue():
    queue = tf.queue.FIFOQueue(3, tf.int64)
    dataset = tf.data.Dataset.range(3).map(lambda _: queue.dequeue())
    number, initializer = next_number(dataset)
    with tf.control_dependencies([initializer]):
        filled = queue.enqueue_many([[5, 6, 7]])
    return number, filled


@pytest.mark.parametrize(
    "make", [lambda: next_number(from_generator()), with_function_of_python, from_queue]
)
def test_what_may_wait_for_the_calling_thread_is_not_run_in_it(session, make):
    number, initializer = make()
    assert InlineInput(session.graph).replacements([number.name], []) is None
    usual, inline = both_ways(session, [number])
    session.run(initializer)
    assert [run()[0] for run in (inline, usual, inline)] == [5, 6, 7]
