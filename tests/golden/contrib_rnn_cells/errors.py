"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1


def _stack(api, cells_fw, cells_bw, **options):
    with tf.Graph().as_default():
        api.stack_bidirectional_dynamic_rnn(
            cells_fw, cells_bw, tf.ones([2, 4, 3]), dtype=tf.float32, **options
        )


def no_forward_cells(api, folder):
    _stack(api, [], [api.GRUCell(2)])


def no_backward_cells(api, folder):
    _stack(api, [api.GRUCell(2)], None)


def cells_in_a_tuple(api, folder):
    _stack(api, (api.GRUCell(2),), [api.GRUCell(2)])


def fewer_backward_cells(api, folder):
    _stack(api, [api.GRUCell(2), api.GRUCell(2)], [api.GRUCell(2)])


def fewer_states(api, folder):
    _stack(api, [api.GRUCell(2)], [api.GRUCell(2)], initial_states_fw=[])


def states_in_a_tuple(api, folder):
    _stack(api, [api.GRUCell(2)], [api.GRUCell(2)], initial_states_bw=(tf.ones([2, 2]),))


def batch_of_rank_one(api, folder):
    with tf.Graph().as_default():
        api.best_effort_input_batch_size([tf.ones([2])])


def both_sizes(api, folder):
    api.GRUBlockCell(num_units=2, cell_size=2)


def no_size(api, folder):
    api.GRUBlockCellV2()


def no_cell_inside(api, folder):
    api.OutputProjectionWrapper(3, 2)


def no_output_size(api, folder):
    api.OutputProjectionWrapper(api.GRUCell(2), 0)


def no_classes(api, folder):
    api.EmbeddingWrapper(api.GRUCell(2), 0, 3)


def fused_without_state_or_dtype(api, folder):
    with tf.Graph().as_default():
        api.LSTMBlockFusedCell(2)(tf.ones([4, 2, 3]))


def fused_with_half_a_state(api, folder):
    with tf.Graph().as_default():
        api.LSTMBlockFusedCell(2)(tf.ones([4, 2, 3]), initial_state=(tf.ones([2, 2]),))


def inputs_of_unknown_depth(api, folder):
    with tf.Graph().as_default():
        inputs = v1.placeholder(tf.float32, [2, None])
        api.LSTMBlockCell(2)(inputs, (tf.ones([2, 2]), tf.ones([2, 2])))


CASES = cases_of(globals())
