"""The cases of the functions of `tf.contrib.layers` that make tensors.

Each is a function of the `tf.contrib` that is asked, inside a new graph; it returns a tensor or a
list of tensors. The ids begin with the name of the function that is asked.
"""

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1


def ramp(*shape):
    """Different numbers between -2 and 2."""
    return tf.constant(np.sin(np.arange(np.prod(shape))).reshape(shape) * 2, tf.float32)


def unknown(*shape):
    """A ramp whose shape is not known before the graph is run, but for its last dimension."""
    return tf1.placeholder_with_default(ramp(*shape), [None] * (len(shape) - 1) + [shape[-1]])


FLAT, SEQUENCE, IMAGE, VOLUME = (2, 3), (2, 4, 3), (2, 4, 4, 3), (1, 4, 4, 4, 2)
IDS = [[1, 2, 0], [3, 3, 1]]


def _sparse_ids():
    return tf.SparseTensor([[0, 0], [0, 1], [2, 0]], np.array([1, 3, -1]), [3, 2])


def _scoped(contrib):
    layers, framework = contrib.layers, contrib.framework
    with framework.arg_scope(
        [layers.fully_connected], activation_fn=None, weights_regularizer=layers.l2_regularizer(0.5)
    ):
        net = layers.fully_connected(ramp(*FLAT), 4, scope="one")
        with framework.arg_scope([layers.fully_connected], biases_initializer=None):
            return layers.fully_connected(net, 2, activation_fn=tf.tanh, scope="two")


def _shared(contrib):
    first = contrib.layers.fully_connected(ramp(*FLAT), 4, scope="shared")
    second = contrib.layers.fully_connected(ramp(*FLAT) + 1, 4, scope="shared", reuse=True)
    return [first, second]


def _partitioned(contrib):
    partitioner = tf1.fixed_size_partitioner(3)
    with tf1.variable_scope("parts", partitioner=partitioner):
        return contrib.layers.fully_connected(ramp(*FLAT), 4)


def _recomputed(contrib):
    def inner(net):
        return contrib.layers.fully_connected(net, 3, activation_fn=tf.tanh, scope="inner")

    with tf1.variable_scope("outer", use_resource=True):
        return contrib.layers.recompute_grad(inner)(ramp(*FLAT))


def _summarized(contrib, kind):
    net = contrib.layers.fully_connected(ramp(*FLAT), 3)
    getattr(contrib.layers_summaries, "summarize_" + kind)()
    return net


def _two_heads(contrib):
    net = contrib.layers.stack(ramp(*FLAT), contrib.layers.fully_connected, [5, 4])
    return [contrib.layers.linear(net, 1), contrib.layers.linear(net, 2)]


LAYERS = {
    "fully_connected": lambda c: c.layers.fully_connected(ramp(*FLAT), 4),
    "fully_connected/rank 3": lambda c: c.layers.fully_connected(ramp(*SEQUENCE), 4),
    "fully_connected/unknown batch": lambda c: c.layers.fully_connected(unknown(*FLAT), 4),
    "fully_connected/unknown rank 3": lambda c: c.layers.fully_connected(unknown(*SEQUENCE), 4),
    "fully_connected/options": lambda c: c.layers.fully_connected(
        ramp(*FLAT),
        4,
        activation_fn=tf.nn.sigmoid,
        weights_initializer=tf1.ones_initializer(),
        weights_regularizer=c.layers.l1_regularizer(0.25),
        biases_initializer=tf1.constant_initializer(0.5),
        biases_regularizer=c.layers.l2_regularizer(0.25),
        variables_collections=["made"],
        outputs_collections="ends",
        scope="named",
    ),
    "fully_connected/normalizer": lambda c: c.layers.fully_connected(
        ramp(*FLAT), 4, normalizer_fn=c.layers.batch_norm, normalizer_params={"decay": 0.5}
    ),
    "fully_connected/collections by variable": lambda c: c.layers.fully_connected(
        ramp(*FLAT), 4, variables_collections={"weights": ["made"]}, trainable=False
    ),
    "fully_connected/reuse": _shared,
    "fully_connected/partitioned": _partitioned,
    "fully_connected/arg_scope": _scoped,
    "fully_connected/float64": lambda c: c.layers.fully_connected(
        tf.cast(ramp(*FLAT), tf.float64), 2
    ),
    "fully_connected/twice": _two_heads,
    "linear": lambda c: c.layers.linear(ramp(*FLAT), 4),
    "relu": lambda c: c.layers.relu(ramp(*FLAT), 4),
    "relu6": lambda c: c.layers.relu6(ramp(*FLAT) * 10, 4),
    "elu": lambda c: c.layers.elu(ramp(*FLAT), 4),
    "stack": lambda c: c.layers.stack(ramp(*FLAT), c.layers.fully_connected, [4, 3], scope="deep"),
    "stack/no scope": lambda c: c.layers.stack(ramp(*FLAT), c.layers.fully_connected, [4]),
    "stack/lists": lambda c: c.layers.stack(
        ramp(*IMAGE), c.layers.conv2d, [(4, [1, 1]), (2, [3, 3])], outputs_collections="ends"
    ),
    "repeat": lambda c: c.layers.repeat(
        ramp(*FLAT), 3, c.layers.fully_connected, 3, outputs_collections="ends"
    ),
    "legacy_fully_connected": lambda c: c.layers.legacy_fully_connected(ramp(*FLAT), 4),
    "legacy_linear": lambda c: c.layers.legacy_linear(ramp(*FLAT), 4),
    "legacy_relu": lambda c: c.layers.legacy_relu(ramp(*FLAT), 4),
    "layer_norm": lambda c: c.layers.layer_norm(ramp(*FLAT)),
    "layer_norm/options": lambda c: c.layers.layer_norm(
        ramp(*IMAGE), center=False, activation_fn=tf.nn.relu, begin_norm_axis=2, scope="named"
    ),
    "layer_norm/axis -1": lambda c: c.layers.layer_norm(ramp(*SEQUENCE), begin_norm_axis=-1),
    "batch_norm": lambda c: c.layers.batch_norm(ramp(*FLAT)),
    "batch_norm/evaluated": lambda c: c.layers.batch_norm(ramp(*FLAT), is_training=False),
    "batch_norm/images": lambda c: c.layers.batch_norm(ramp(*IMAGE), outputs_collections="ends"),
    "batch_norm/not fused": lambda c: c.layers.batch_norm(ramp(*IMAGE), fused=False),
    "batch_norm/options": lambda c: c.layers.batch_norm(
        ramp(*IMAGE),
        decay=0.5,
        center=False,
        scale=True,
        epsilon=0.1,
        activation_fn=tf.nn.relu,
        param_initializers={"gamma": tf1.constant_initializer(2.0)},
        param_regularizers={"gamma": c.layers.l2_regularizer(0.5)},
        variables_collections=["made"],
        scope="named",
    ),
    "batch_norm/tensor is_training": lambda c: c.layers.batch_norm(
        ramp(*FLAT), is_training=tf1.placeholder_with_default(True, [])
    ),
    "batch_norm/updates at once": lambda c: c.layers.batch_norm(
        ramp(*FLAT), updates_collections=None, decay=0.5
    ),
    "batch_norm/updates elsewhere": lambda c: c.layers.batch_norm(
        ramp(*FLAT), updates_collections="made", decay=0.5
    ),
    "batch_norm/batch weights": lambda c: c.layers.batch_norm(
        ramp(*FLAT), batch_weights=[1.0, 3.0], decay=0.5
    ),
    "batch_norm/zero debias": lambda c: c.layers.batch_norm(
        ramp(*FLAT), zero_debias_moving_mean=True, decay=0.5
    ),
    "batch_norm/renorm": lambda c: c.layers.batch_norm(ramp(*IMAGE), renorm=True, decay=0.5),
    "batch_norm/NCHW": lambda c: c.layers.batch_norm(
        ramp(*IMAGE), fused=False, data_format="NCHW", is_training=False
    ),
    "batch_norm/not trainable": lambda c: c.layers.batch_norm(ramp(*FLAT), trainable=False),
    "instance_norm": lambda c: c.layers.instance_norm(ramp(*IMAGE)),
    "instance_norm/options": lambda c: c.layers.instance_norm(
        ramp(*IMAGE), center=False, data_format="NCHW", activation_fn=tf.nn.relu
    ),
    "group_norm": lambda c: c.layers.group_norm(ramp(2, 4, 4, 4), groups=2),
    "group_norm/options": lambda c: c.layers.group_norm(
        ramp(2, 4, 4, 4), groups=2, channels_axis=-3, reduction_axes=[-2, -1], scale=False
    ),
    "unit_norm": lambda c: c.layers.unit_norm(ramp(*FLAT), 1),
    "dropout/evaluated": lambda c: c.layers.dropout(
        ramp(*FLAT), is_training=False, outputs_collections="ends"
    ),
    "dropout/all kept": lambda c: c.layers.dropout(ramp(*FLAT), keep_prob=1.0),
    "flatten": lambda c: c.layers.flatten(ramp(*IMAGE), outputs_collections="ends"),
    "flatten/unknown": lambda c: c.layers.flatten(unknown(*IMAGE)),
    "conv1d": lambda c: c.layers.conv1d(ramp(*SEQUENCE), 2, 3),
    "conv2d": lambda c: c.layers.conv2d(ramp(*IMAGE), 2, 3),
    "conv2d/options": lambda c: c.layers.conv2d(
        ramp(*IMAGE),
        2,
        [3, 2],
        stride=2,
        padding="VALID",
        activation_fn=None,
        weights_regularizer=c.layers.l2_regularizer(0.5),
        biases_initializer=None,
        outputs_collections="ends",
        scope="named",
    ),
    "conv2d/rate": lambda c: c.layers.conv2d(ramp(*IMAGE), 2, 2, rate=2),
    "conv2d/normalizer": lambda c: c.layers.conv2d(
        ramp(*IMAGE), 2, 3, normalizer_fn=c.layers.batch_norm
    ),
    "convolution": lambda c: c.layers.convolution(ramp(*IMAGE), 2, 3),
    "convolution2d": lambda c: c.layers.convolution2d(ramp(*IMAGE), 2, 3),
    "conv3d": lambda c: c.layers.conv3d(ramp(*VOLUME), 2, 2),
    "conv2d_in_plane": lambda c: c.layers.conv2d_in_plane(ramp(*IMAGE), 2),
    "conv2d_transpose": lambda c: c.layers.conv2d_transpose(ramp(*IMAGE), 2, 3, stride=2),
    "conv3d_transpose": lambda c: c.layers.conv3d_transpose(ramp(*VOLUME), 2, 2, stride=2),
    "separable_conv2d": lambda c: c.layers.separable_conv2d(ramp(*IMAGE), 4, 3, 2),
    "separable_conv2d/depthwise": lambda c: c.layers.separable_conv2d(ramp(*IMAGE), None, 3, 2),
    "max_pool2d": lambda c: c.layers.max_pool2d(ramp(*IMAGE), 2, outputs_collections="ends"),
    "max_pool2d/options": lambda c: c.layers.max_pool2d(
        ramp(*IMAGE), [3, 2], stride=1, padding="SAME", scope="named"
    ),
    "avg_pool2d": lambda c: c.layers.avg_pool2d(ramp(*IMAGE), 2),
    "max_pool3d": lambda c: c.layers.max_pool3d(ramp(*VOLUME), 2),
    "avg_pool3d": lambda c: c.layers.avg_pool3d(ramp(*VOLUME), 2),
    "bias_add": lambda c: c.layers.bias_add(ramp(*FLAT), regularizer=c.layers.l2_regularizer(0.5)),
    "gdn": lambda c: c.layers.gdn(ramp(*IMAGE)),
    "gdn/inverse": lambda c: c.layers.gdn(ramp(*IMAGE), inverse=True),
    "maxout": lambda c: c.layers.maxout(ramp(2, 4), 2),
    "softmax": lambda c: c.layers.softmax(ramp(*SEQUENCE)),
    "spatial_softmax": lambda c: c.layers.spatial_softmax(ramp(*IMAGE)),
    "one_hot_encoding": lambda c: c.layers.one_hot_encoding(
        tf.constant([0, 2]), 3, on_value=2.0, off_value=-1.0, outputs_collections="ends"
    ),
    "scale_gradient": lambda c: c.layers.scale_gradient(
        c.layers.fully_connected(ramp(*FLAT), 2), tf.constant(0.5)
    ),
    "images_to_sequence": lambda c: c.layers.images_to_sequence(ramp(*IMAGE)),
    "sequence_to_images": lambda c: c.layers.sequence_to_images(ramp(4, 4, 3), 2),
    "dense_to_sparse": lambda c: tf1.sparse.to_dense(
        c.layers.dense_to_sparse(tf.constant([[1, 0, 2], [0, 0, 3]]))
    ),
    "rev_block": lambda c: c.layers.rev_block(
        ramp(2, 3),
        ramp(2, 3) + 1,
        lambda x: c.layers.fully_connected(x, 3, activation_fn=None),
        lambda x: c.layers.fully_connected(x, 3, activation_fn=tf.tanh),
        num_layers=2,
    ),
    "recompute_grad": _recomputed,
    "embed_sequence": lambda c: c.layers.embed_sequence(tf.constant(IDS), 5, 2),
    "embed_sequence/options": lambda c: c.layers.embed_sequence(
        tf.constant(IDS, tf.int64),
        vocab_size=5,
        embed_dim=2,
        unique=True,
        initializer=tf1.ones_initializer(),
        regularizer=c.layers.l2_regularizer(0.5),
        trainable=False,
        scope="named",
    ),
    "embed_sequence/reuse": lambda c: [
        c.layers.embed_sequence(tf.constant(IDS), 5, 2, scope="one"),
        c.layers.embed_sequence(tf.constant([[4]]), scope="one", reuse=True),
    ],
    "bow_encoder": lambda c: c.layers.bow_encoder(tf.constant(IDS), 5, 2),
    "bow_encoder/sparse": lambda c: c.layers.bow_encoder(_sparse_ids(), 5, 2),
    "bow_encoder/dense lookup": lambda c: c.layers.bow_encoder(
        tf.constant(IDS), 5, 2, sparse_lookup=False, regularizer=c.layers.l2_regularizer(0.5)
    ),
    "embedding_lookup_unique": lambda c: c.layers.embedding_lookup_unique(
        ramp(4, 2), tf.constant(IDS)
    ),
    "embedding_lookup_unique/parts": lambda c: c.layers.embedding_lookup_unique(
        [ramp(2, 3), ramp(2, 3) + 5], tf.constant(IDS), partition_strategy="div"
    ),
    "safe_embedding_lookup_sparse": lambda c: c.layers.safe_embedding_lookup_sparse(
        [ramp(4, 2)], _sparse_ids()
    ),
    "safe_embedding_lookup_sparse/options": lambda c: c.layers.safe_embedding_lookup_sparse(
        [ramp(2, 2), ramp(2, 2) + 1],
        _sparse_ids(),
        tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [1.0, 3.0, 2.0], [3, 2]),
        combiner="sqrtn",
        default_id=2,
        partition_strategy="mod",
        max_norm=1.0,
    ),
    "l1_regularizer": lambda c: c.layers.l1_regularizer(0.5)(ramp(*FLAT)),
    "l1_regularizer/zero": lambda c: [
        tf.constant(c.layers.l1_regularizer(0.0)(ramp(*FLAT)) is None)
    ],
    "l2_regularizer": lambda c: c.layers.l2_regularizer(0.5)(ramp(*FLAT)),
    "l1_l2_regularizer": lambda c: c.layers.l1_l2_regularizer(0.5, 0.25)(ramp(*FLAT)),
    "sum_regularizer": lambda c: c.layers.sum_regularizer(
        [c.layers.l1_regularizer(0.5), c.layers.l2_regularizer(0.5)]
    )(ramp(*FLAT)),
    "apply_regularization": lambda c: c.layers.apply_regularization(
        c.layers.l2_regularizer(0.5), [ramp(*FLAT), ramp(*SEQUENCE)]
    ),
    "summarize_tensor": lambda c: c.layers.summarize_tensor(ramp(*FLAT), tag="shown"),
    "summarize_tensors": lambda c: c.layers.summarize_tensors(
        [tf.identity(ramp(*FLAT), name="many"), tf.constant(2.0, name="one")]
    ),
    "summarize_activation": lambda c: c.layers.summarize_activation(
        tf.nn.relu(ramp(*FLAT), name="active")
    ),
    "summarize_activations": lambda c: (
        c.layers.fully_connected(ramp(*FLAT), 3, outputs_collections="activations"),
        c.layers.summarize_activations(),
    )[0],
    "summarize_collection": lambda c: (
        c.layers.fully_connected(ramp(*FLAT), 3),
        c.layers.summarize_collection("trainable_variables", name_filter="fully.*weights"),
    )[0],
    "summarize_variables": lambda c: _summarized(c, "variables"),
    "summarize_weights": lambda c: _summarized(c, "weights"),
    "summarize_biases": lambda c: _summarized(c, "biases"),
}

# Calls with something wrong in them: the type of the error is recorded.
BAD = {
    "fully_connected/units None": lambda c: c.layers.fully_connected(ramp(*FLAT), None),
    "fully_connected/units text": lambda c: c.layers.fully_connected(ramp(*FLAT), "4"),
    "fully_connected/unknown last": lambda c: c.layers.fully_connected(
        tf1.placeholder(tf.float32, [2, None]), 4
    ),
    "fully_connected/reuse without scope": lambda c: c.layers.fully_connected(
        ramp(*FLAT), 4, reuse=True
    ),
    "fully_connected/unknown argument": lambda c: c.layers.fully_connected(
        ramp(*FLAT), 4, no_argument=1
    ),
    "stack/no list": lambda c: c.layers.stack(ramp(*FLAT), c.layers.fully_connected, 4),
    "conv2d/rank": lambda c: c.layers.conv2d(ramp(*FLAT), 4, 3),
    "conv2d/data format": lambda c: c.layers.conv2d(ramp(*IMAGE), 4, 3, data_format="CHW"),
    "max_pool2d/data format": lambda c: c.layers.max_pool2d(ramp(*IMAGE), 2, data_format="CHW"),
    "batch_norm/renorm with weights": lambda c: c.layers.batch_norm(
        ramp(*FLAT), renorm=True, batch_weights=[1.0, 2.0]
    ),
    "layer_norm/axis": lambda c: c.layers.layer_norm(ramp(*FLAT), begin_norm_axis=3),
    "group_norm/groups": lambda c: c.layers.group_norm(ramp(*IMAGE), groups=2),
    "instance_norm/data format": lambda c: c.layers.instance_norm(ramp(*IMAGE), data_format="X"),
    "embed_sequence/no size": lambda c: c.layers.embed_sequence(tf.constant(IDS), 5),
    "bow_encoder/no size": lambda c: c.layers.bow_encoder(tf.constant(IDS), None, 2),
    "bow_encoder/sparse and dense": lambda c: c.layers.bow_encoder(
        _sparse_ids(), 5, 2, sparse_lookup=False
    ),
    "safe_embedding_lookup_sparse/none": lambda c: c.layers.safe_embedding_lookup_sparse(
        None, _sparse_ids()
    ),
    "safe_embedding_lookup_sparse/empty": lambda c: c.layers.safe_embedding_lookup_sparse(
        [], _sparse_ids()
    ),
    "l1_regularizer/int": lambda c: c.layers.l1_regularizer(1),
    "l1_regularizer/negative": lambda c: c.layers.l1_regularizer(-0.5),
    "l2_regularizer/int": lambda c: c.layers.l2_regularizer(1),
    "l2_regularizer/negative": lambda c: c.layers.l2_regularizer(-0.5),
    "l1_l2_regularizer/int": lambda c: c.layers.l1_l2_regularizer(1, 0.5),
    "apply_regularization/no scalar": lambda c: c.layers.apply_regularization(
        lambda weights: weights, [ramp(*FLAT)]
    ),
    "variance_scaling_initializer/mode": lambda c: c.layers.variance_scaling_initializer(mode="X"),
    "variance_scaling_initializer/dtype": lambda c: c.layers.variance_scaling_initializer(
        dtype=tf.int32
    ),
    "arg_scope/unknown function": lambda c: c.framework.arg_scope([len], x=1).__enter__(),
    "arg_scope/no list": lambda c: c.framework.arg_scope("x", x=1).__enter__(),
}
