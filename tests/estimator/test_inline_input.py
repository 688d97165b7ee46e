"""Steps that run in the calling thread get the same input as others, and return the same."""

import pytest
import tensorflow as tf

from estimator_heads._tensorflow import sessions
from estimator_heads.estimator.loop.inline_input import InlineInput

v1 = tf.compat.v1


def next_number(dataset=None):
    """The next element of a dataset of numbers, and what initializes its iterator."""
    iterator = v1.data.make_initializable_iterator(dataset or tf.data.Dataset.range(8))
    return iterator.get_next(), iterator.initializer


def both_ways(session, fetches, targets=(), replaced=None):
    """A step compiled in both ways; the second one has to replace the tensors in `replaced`."""
    inline_input = InlineInput(session.graph)

    def replacements(names, targets):
        names = inline_input.replacements(names, targets)
        if replaced is not None:
            assert [x for x in fetches if x.name in names] == replaced
        inline_input.initialize(session)
        return names

    return sessions.session_callables(session, fetches, list(targets), replacements)


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


def test_input_is_got_by_an_operation_that_needs_no_thread(session):
    number, _ = next_number()
    replacements = InlineInput(session.graph).replacements([number.name], [])
    twin = session.graph.as_graph_element(replacements[number.name]).op
    assert twin.type == "IteratorGetNextSync"
    assert twin.inputs[0].op.type == "IteratorV2"


def test_both_ways_take_turns_at_the_same_input(session):
    number, initializer = next_number()
    usual, inline = both_ways(session, [number * 2, number], replaced=[number])
    session.run(initializer)
    assert [run() for run in (usual, inline, inline, usual)] == [[0, 0], [2, 1], [4, 2], [6, 3]]
    session.run(initializer)
    assert [inline()[1] for _ in range(8)] == list(range(8))
    for run in (usual, inline):
        with pytest.raises(tf.errors.OutOfRangeError, match="End of sequence"):
            run()


def test_all_tensors_of_an_input_are_got(session):
    pairs = tf.data.Dataset.from_tensor_slices(([[1], [2]], ["a", "b"])).repeat()
    (number, text), initializer = next_number(pairs)
    usual, inline = both_ways(session, [text, number], replaced=[text, number])
    session.run(initializer)
    assert [run() for run in (inline, usual, inline)] == [[b"a", [1]], [b"b", [2]], [b"a", [1]]]


def test_sparse_input_is_left_alone(session):
    numbers = tf.data.Dataset.range(8).map(lambda number: tf.sparse.from_dense([0, number]))
    sparse, initializer = next_number(numbers)
    usual, inline = both_ways(session, [sparse.values], replaced=[])
    session.run(initializer)
    assert [run()[0].tolist() for run in (inline, usual, inline)] == [[], [1], [2]]


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
    usual, inline = both_ways(session, [number, wait(number)], replaced=[number])
    session.run(initializer)
    ways = (inline, usual, inline, inline, usual, usual, inline, inline, inline, inline)
    for first, run in zip(range(0, 20, 2), ways, strict=True):
        values, waited = run()
        assert values.tolist() == [first, first + 1]
        assert waited == 7
    with pytest.raises(tf.errors.OutOfRangeError):
        inline()


def test_input_of_a_one_shot_iterator_is_got_in_turn(session):
    number = v1.data.make_one_shot_iterator(tf.data.Dataset.range(20)).get_next()
    usual, inline = both_ways(session, [number, wait_for(number)], replaced=[number])
    ways = (inline, usual, inline, usual)
    assert [run() for run in ways] == [[0, 7], [1, 7], [2, 7], [3, 7]]


def test_an_input_in_a_condition_is_left_alone(session):
    number, initializer = next_number()
    iterator_handle = number.op.inputs[0]

    def get_next():
        return tf.raw_ops.IteratorGetNext(
            iterator=iterator_handle, output_types=[tf.int64], output_shapes=[[]]
        )[0]

    never = v1.placeholder_with_default(False, [])
    v1.disable_control_flow_v2()
    try:
        maybe = tf.cond(never, get_next, lambda: tf.constant(-1, tf.int64))
    finally:
        v1.enable_control_flow_v2()
    usual, inline = both_ways(session, [maybe, number], replaced=[])
    session.run(initializer)
    assert [run() for run in (inline, usual, inline)] == [[-1, 0], [-1, 1], [-1, 2]]


def test_a_step_with_two_inputs_ends_with_the_first_of_them(session):
    """One that waits in the calling thread would keep the other from ending the step."""
    number, initializer = next_number()
    other, other_initializer = next_number(tf.data.Dataset.range(2))
    usual, inline = both_ways(session, [number, other], replaced=[])
    session.run([initializer, other_initializer])
    assert [run() for run in (inline, usual)] == [[0, 0], [1, 1]]
    with pytest.raises(tf.errors.OutOfRangeError):
        inline()


def from_queue():
    queue = tf.queue.FIFOQueue(3, tf.int64, [[]])
    number, initializer = next_number(tf.data.Dataset.range(3).map(lambda _: queue.dequeue()))
    return number, initializer, queue.enqueue([5])


def from_staging_area():
    def unstage(number):
        return tf.raw_ops.Unstage(dtypes=[tf.int64], shared_name="area")[0] + 0 * number

    number, initializer = next_number(tf.data.Dataset.range(3).map(unstage))
    stage = tf.raw_ops.Stage(values=[tf.constant(5, tf.int64)], shared_name="area")
    return number, initializer, stage


@pytest.mark.parametrize("make", [from_queue, from_staging_area])
def test_an_input_that_waits_for_the_rest_of_the_step_is_left_alone(session, make):
    number, initializer, fill = make()
    usual, inline = both_ways(session, [number], [fill], replaced=[])
    session.run(initializer)
    assert [run() for run in (inline, usual, inline)] == [[5]] * 3


def from_generator():
    return next_number(tf.data.Dataset.from_generator(lambda: iter([5, 6, 7]), tf.int64, []))


def with_function_of_python():
    number, initializer = next_number()
    return v1.py_func(lambda value: value + 5, [number], tf.int64), initializer


@pytest.mark.parametrize("make", [from_generator, with_function_of_python])
def test_python_is_not_run_in_the_calling_thread(session, make):
    number, initializer = make()
    assert InlineInput(session.graph).replacements([number.name], []) is None
    usual, inline = both_ways(session, [number])
    session.run(initializer)
    assert [run()[0] for run in (inline, usual, inline)] == [5, 6, 7]
