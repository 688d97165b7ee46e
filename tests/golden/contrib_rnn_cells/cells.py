"""Cells and networks of `tf.contrib.rnn`: outputs, states, variables and gradients."""

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

v1 = tf.compat.v1

_INPUTS = np.cos(np.arange(24, dtype=np.float32)).reshape(2, 4, 3)  # [batch, time, depth]
_LENGTHS = [4, 2]


def _pattern(shape, dtype=None, partition_info=None):
    """Values that are the same wherever random numbers are not."""
    size = int(np.prod([int(length) for length in shape]))
    return tf.cast(tf.reshape(0.5 * tf.sin(tf.range(1.0, size + 1.0)), shape), dtype)


def _run(network):
    """What a network of the inputs answers: its tensors, and its variables with their gradients."""
    with tf.Graph().as_default():
        with v1.variable_scope("model", initializer=_pattern):
            tensors = tf.nest.flatten(network(tf.constant(_INPUTS)))
        variables = sorted(v1.trainable_variables(), key=lambda variable: variable.name)
        loss = tf.add_n([tf.reduce_sum(tf.cos(tensor)) for tensor in tensors])
        gradients = [tf.convert_to_tensor(gradient) for gradient in v1.gradients(loss, variables)]
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            values, found = session.run([tensors, gradients])
    return {
        "values": plain(values),
        "variables": {
            variable.op.name: plain(gradient) for variable, gradient in zip(variables, found)
        },
    }


def _dynamic(cell, **options):
    return _run(lambda inputs: v1.nn.dynamic_rnn(cell(), inputs, dtype=tf.float32, **options))


def cells_of_tensorflow(api, folder):
    return [
        _dynamic(lambda: api.BasicRNNCell(2)),
        _dynamic(lambda: api.BasicLSTMCell(2, forget_bias=0.5), sequence_length=_LENGTHS),
        _dynamic(lambda: api.LSTMCell(3, use_peepholes=True, num_proj=2, cell_clip=0.4)),
        _dynamic(lambda: api.GRUCell(2)),
        _dynamic(lambda: api.MultiRNNCell([api.GRUCell(2), api.BasicLSTMCell(2)])),
    ]


def wrappers_of_tensorflow(api, folder):
    return [
        _dynamic(lambda: api.DropoutWrapper(api.GRUCell(2), input_keep_prob=1.0)),
        _dynamic(lambda: api.ResidualWrapper(api.GRUCell(3))),
        _dynamic(lambda: api.DeviceWrapper(api.GRUCell(2), "/cpu:0")),
    ]


def states(api, folder):
    state = api.LSTMStateTuple(c=1, h=2)
    return [list(state._fields), issubclass(api.BasicLSTMCell, api.LayerRNNCell)] + [
        issubclass(api.LayerRNNCell, api.RNNCell)
    ]


def static_networks(api, folder):
    def steps(inputs):
        return tf.unstack(inputs, axis=1)

    return [
        _run(lambda inputs: api.static_rnn(api.GRUCell(2), steps(inputs), dtype=tf.float32)),
        _run(
            lambda inputs: api.static_bidirectional_rnn(
                api.GRUCell(2), api.GRUCell(2), steps(inputs), dtype=tf.float32
            )
        ),
    ]


class _SavedState:
    def state(self, name):
        return tf.ones([2, 2])

    def save_state(self, name, value):
        return tf.no_op()


def network_that_saves_its_state(api, folder):
    return _run(
        lambda inputs: api.static_state_saving_rnn(
            api.GRUCell(2), tf.unstack(inputs, axis=1), _SavedState(), "state"
        )
    )


def stack_bidirectional_dynamic_rnn(api, folder):
    def cells():
        return [api.GRUCell(2), api.GRUCell(3)]

    return [
        _run(
            lambda inputs: api.stack_bidirectional_dynamic_rnn(
                cells_fw=cells(),
                cells_bw=cells(),
                inputs=inputs,
                dtype=tf.float32,
                sequence_length=_LENGTHS,
                parallel_iterations=2,
                time_major=False,
                scope="stack",
                swap_memory=False,
            )
        ),
        _run(
            lambda inputs: api.stack_bidirectional_dynamic_rnn(
                [api.BasicRNNCell(2)],
                [api.BasicRNNCell(2)],
                inputs,
                initial_states_fw=[tf.ones([2, 2])],
                initial_states_bw=[tf.zeros([2, 2])],
            )
        ),
    ]


def stack_bidirectional_rnn(api, folder):
    def cells():
        return [api.GRUCell(2), api.BasicLSTMCell(3)]

    def steps(inputs):
        return tf.unstack(inputs, axis=1)

    return [
        _run(
            lambda inputs: api.stack_bidirectional_rnn(
                cells_fw=cells(),
                cells_bw=cells(),
                inputs=steps(inputs),
                dtype=tf.float32,
                sequence_length=_LENGTHS,
                scope="stack",
            )
        ),
        _run(
            lambda inputs: api.stack_bidirectional_rnn(
                [api.BasicRNNCell(2)],
                [api.BasicRNNCell(2)],
                steps(inputs),
                initial_states_fw=[tf.ones([2, 2])],
                initial_states_bw=[tf.zeros([2, 2])],
            )
        ),
    ]


def shapes_of_batches(api, folder):
    with tf.Graph().as_default():
        unknown = v1.placeholder(tf.float32, [None, None, 3])
        time_major = api.transpose_batch_time(x=tf.constant(_INPUTS))
        size = api.best_effort_input_batch_size(flat_input=[unknown])
        with v1.Session() as session:
            return [
                plain(session.run(time_major)),
                time_major.shape.as_list(),
                api.transpose_batch_time(unknown).shape.as_list(),
                api.transpose_batch_time(tf.ones([2])).shape.as_list(),
                api.best_effort_input_batch_size([unknown, tf.constant(_INPUTS)]),
                plain(session.run(size, {unknown: _INPUTS})),
            ]


def projections(api, folder):
    return [
        _dynamic(lambda: api.InputProjectionWrapper(cell=api.GRUCell(2), num_proj=4)),
        _dynamic(
            lambda: api.InputProjectionWrapper(api.GRUCell(2), num_proj=2, activation=tf.nn.relu)
        ),
        _dynamic(lambda: api.OutputProjectionWrapper(cell=api.BasicLSTMCell(2), output_size=3)),
        _run(
            lambda inputs: api.static_rnn(
                api.OutputProjectionWrapper(api.GRUCell(2), 1, activation=tf.tanh),
                tf.unstack(inputs, axis=1),
                dtype=tf.float32,
            )
        ),
        [api.OutputProjectionWrapper(api.GRUCell(2), 3).output_size]
        + [api.InputProjectionWrapper(api.GRUCell(2), 3).output_size],
    ]


def embeddings(api, folder):
    def network(initializer):
        return lambda inputs: v1.nn.dynamic_rnn(
            api.EmbeddingWrapper(
                cell=api.BasicLSTMCell(2),
                embedding_classes=5,
                embedding_size=3,
                initializer=initializer,
            ),
            tf.constant([[[0], [4]], [[2], [2]]]),
            dtype=tf.float32,
        )

    return [_run(network(None)), _run(network(v1.constant_initializer(0.25)))]


def lstm_block_cells(api, folder):
    return [
        _dynamic(lambda: api.LSTMBlockCell(num_units=2), sequence_length=_LENGTHS),
        _dynamic(lambda: api.LSTMBlockCell(2, forget_bias=0.2, use_peephole=True, name="cell")),
        _dynamic(lambda: api.LSTMBlockCell(2, cell_clip=5.0, dtype=tf.float32)),
    ]


def gru_block_cells(api, folder):
    return [
        _dynamic(lambda: api.GRUBlockCell(num_units=2)),
        _dynamic(lambda: api.GRUBlockCell(cell_size=2, name="cell")),
        _dynamic(lambda: api.GRUBlockCellV2(num_units=2), sequence_length=_LENGTHS),
        _dynamic(lambda: api.GRUBlockCellV2(cell_size=2)),
    ]


def layer_normalization(api, folder):
    return [
        _dynamic(lambda: api.LayerNormBasicLSTMCell(num_units=3)),
        _dynamic(
            lambda: api.LayerNormBasicLSTMCell(
                2,
                forget_bias=0.5,
                activation=tf.nn.relu,
                norm_gain=0.5,
                norm_shift=0.1,
                dropout_keep_prob=1.0,
                dropout_prob_seed=3,
            )
        ),
        _dynamic(lambda: api.LayerNormBasicLSTMCell(2, layer_norm=False)),
    ]


def _fused(make, **options):
    options.setdefault("dtype", tf.float32)
    return _run(lambda inputs: make()(tf.transpose(inputs, [1, 0, 2]), **options))


def fused_lstms(api, folder):
    start = (np.ones([2, 2], np.float32), np.zeros([2, 2], np.float32))
    return [
        _fused(lambda: api.LSTMBlockFusedCell(num_units=2)),
        _fused(
            lambda: api.LSTMBlockFusedCell(
                2, forget_bias=0.2, cell_clip=5.0, use_peephole=True, name="cell"
            ),
            sequence_length=_LENGTHS,
        ),
        _run(
            lambda inputs: api.LSTMBlockFusedCell(2)(
                tf.transpose(inputs, [1, 0, 2]), initial_state=tuple(map(tf.constant, start))
            )
        ),
        [api.LSTMBlockFusedCell(2).num_units],
    ]


def cells_as_fused_ones(api, folder):
    def adapted(**options):
        return lambda: api.FusedRNNCellAdaptor(cell=api.GRUCell(2), **options)

    return [
        _fused(adapted()),
        _fused(adapted(use_dynamic_rnn=True), sequence_length=_LENGTHS),
        _run(
            lambda inputs: adapted(use_dynamic_rnn=True)()(
                tf.unstack(inputs, axis=1), dtype=tf.float32, scope="network"
            )
        ),
        issubclass(api.FusedRNNCellAdaptor, api.FusedRNNCell),
    ]


def reversed_networks(api, folder):
    def network():
        return api.TimeReversedFusedRNN(cell=api.FusedRNNCellAdaptor(api.GRUCell(2), True))

    return [
        _fused(network),
        _fused(network, sequence_length=_LENGTHS),
        _run(lambda inputs: network()(tf.unstack(inputs, axis=1), dtype=tf.float32)),
    ]


CASES = cases_of(globals())
