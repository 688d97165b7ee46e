"""The cases of `tf.contrib.layers.optimize_loss`: its arguments, on one small model.

A value that is a function of one argument called `made` is called with the tensors of the model.
"""

import tensorflow as tf

tf1 = tf.compat.v1


class Model:
    """A loss of a matrix with a sparse gradient, a vector, and a scalar without a gradient."""

    def __init__(self):
        self.table = tf1.get_variable("table", initializer=[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        self.vector = tf1.get_variable("vector", initializer=[1.0, -2.0])
        self.unused = tf1.get_variable("unused", initializer=7.0)
        self.counter = tf1.get_variable("counter", initializer=0.0, trainable=False)
        rows = tf.gather(self.table, [0, 2])
        self.loss = tf.reduce_sum(rows**2) + tf.reduce_sum(self.vector**2)
        self.global_step = None
        self.contrib = None


def resolved(value, made):
    """A value of a case, for the model `made`."""
    names = getattr(getattr(value, "__code__", None), "co_varnames", ())
    return value(made) if names[:1] == ("made",) else value


def _clip_to_signs(gradients):
    return [
        (gradient if gradient is None else tf.sign(tf.convert_to_tensor(gradient)), variable)
        for gradient, variable in gradients
    ]


def _halved(learning_rate, global_step):
    return learning_rate / tf.cast(2 + global_step, tf.float32)


def _decayed(learning_rate, global_step):
    return tf1.train.exponential_decay(learning_rate, global_step, 1, 0.5)


def _adaptive(made, **arguments):
    return made.contrib.layers_optimizers.adaptive_clipping_fn(**arguments)


ALL_SUMMARIES = ["learning_rate", "loss", "gradients", "gradient_norm", "global_gradient_norm"]
SGD = {"learning_rate": 0.1, "optimizer": "SGD"}

CASES = {
    "optimizer/Adagrad": {"learning_rate": 0.1, "optimizer": "Adagrad"},
    "optimizer/Adam": {"learning_rate": 0.1, "optimizer": "Adam"},
    "optimizer/Ftrl": {"learning_rate": 0.1, "optimizer": "Ftrl"},
    "optimizer/Momentum": {"learning_rate": 0.1, "optimizer": "Momentum"},
    "optimizer/RMSProp": {"learning_rate": 0.1, "optimizer": "RMSProp"},
    "optimizer/SGD": SGD,
    "optimizer/class": dict(SGD, optimizer=tf1.train.AdamOptimizer),
    "optimizer/instance": dict(SGD, optimizer=lambda made: tf1.train.AdagradOptimizer(0.5)),
    "optimizer/function": dict(
        SGD, optimizer=lambda rate: tf1.train.MomentumOptimizer(rate, momentum=0.5)
    ),
    "optimizer/function without rate": {
        "learning_rate": None,
        "optimizer": lambda: tf1.train.GradientDescentOptimizer(0.25),
    },
    "optimizer/instance without rate": {
        "learning_rate": None,
        "optimizer": lambda made: tf1.train.GradientDescentOptimizer(0.25),
    },
    "optimizer/sync": dict(
        SGD,
        optimizer=lambda made: tf1.train.ProximalAdagradOptimizer(
            0.1, l1_regularization_strength=0.5
        ),
    ),
    "learning_rate/tensor": dict(SGD, learning_rate=lambda made: tf.constant(0.5)),
    "learning_rate/zero": dict(SGD, learning_rate=0.0),
    "learning_rate/decay": dict(SGD, learning_rate_decay_fn=_decayed),
    "learning_rate_decay_fn/from tensor": dict(
        SGD, learning_rate=lambda made: tf.constant(0.5), learning_rate_decay_fn=_halved
    ),
    "learning_rate_decay_fn/without rate": {
        "learning_rate": None,
        "optimizer": lambda made: tf1.train.GradientDescentOptimizer(0.25),
        "learning_rate_decay_fn": _halved,
    },
    "global_step/None": dict(SGD, global_step=None),
    "global_step/none in the graph": dict(SGD, global_step=None, graph_has_step=False),
    "increment_global_step/False": dict(SGD, increment_global_step=False),
    "gradient_noise_scale/zero": dict(SGD, gradient_noise_scale=0.0, dense=True),
    "gradient_multipliers/variable": dict(SGD, gradient_multipliers=lambda made: {made.table: 3.0}),
    "gradient_multipliers/name": dict(
        SGD, gradient_multipliers={"vector:0": 0.5, "table:0": 0, "nothing:0": 2.0}
    ),
    "gradient_multipliers/tensor": dict(
        SGD, gradient_multipliers=lambda made: {"vector:0": tf.constant(0.5)}
    ),
    "clip_gradients/float": dict(SGD, clip_gradients=1.0),
    "clip_gradients/beyond the norm": dict(SGD, clip_gradients=1000.0),
    "clip_gradients/function": dict(
        SGD, clip_gradients=lambda gradients: _clip_to_signs(gradients)
    ),
    "clip_gradients/adaptive": dict(SGD, clip_gradients=lambda made: _adaptive(made)),
    "clip_gradients/adaptive options": dict(
        SGD,
        clip_gradients=lambda made: _adaptive(
            made,
            std_factor=0.5,
            decay=0.5,
            static_max_norm=2.0,
            global_step=made.global_step,
            report_summary=True,
            epsilon=1e-3,
            name="clipping",
        ),
        steps=3,
    ),
    "clip_gradients/after noise and multipliers": dict(
        SGD,
        gradient_multipliers={"vector:0": 100.0},
        gradient_noise_scale=0.0,
        dense=True,
        clip_gradients=1.0,
        summaries=ALL_SUMMARIES,
    ),
    "update_ops/collection": dict(SGD, collected=True),
    "update_ops/given": dict(
        SGD, collected=True, update_ops=lambda made: [made.counter.assign_add(10.0)]
    ),
    "update_ops/none": dict(SGD, collected=True, update_ops=[]),
    "variables/some": dict(SGD, variables=lambda made: [made.vector]),
    "variables/not trainable": dict(
        SGD, variables=lambda made: [made.vector, made.table], increment_global_step=False
    ),
    "name/given": dict(SGD, name="training"),
    "name/inside a scope": dict(SGD, scope="outer"),
    "name/None twice": dict(SGD, calls=2, increment_global_step=False),
    "summaries/all": dict(SGD, summaries=ALL_SUMMARIES, learning_rate_decay_fn=_decayed),
    "summaries/all clipped": dict(SGD, summaries=ALL_SUMMARIES, clip_gradients=1.0),
    "summaries/none": dict(SGD, summaries=[], clip_gradients=1.0),
    "summaries/loss": dict(SGD, summaries=["loss"]),
    "summaries/gradients": dict(SGD, summaries=["gradients"]),
    "summaries/gradient_norm": dict(SGD, summaries=["gradient_norm"], clip_gradients=1.0),
    "colocate_gradients_with_ops/True": dict(SGD, colocate_gradients_with_ops=True),
    "loss/of shape [1]": dict(SGD, loss=lambda made: tf.reshape(made.loss, [1])),
    "loss/number": dict(SGD, loss=1.0),
    "loss/None": dict(SGD, loss=None),
    "loss/unknown shape": dict(
        SGD, loss=lambda made: tf1.placeholder_with_default(made.loss, None)
    ),
    "bad/learning_rate negative": dict(SGD, learning_rate=-0.1),
    "bad/learning_rate int": dict(SGD, learning_rate=1),
    "bad/learning_rate vector": dict(SGD, learning_rate=lambda made: tf.constant([0.5])),
    "bad/learning_rate text": dict(SGD, learning_rate="0.1"),
    "bad/learning_rate variable": dict(SGD, learning_rate=lambda made: made.counter),
    "bad/no learning_rate for a name": dict(SGD, learning_rate=None),
    "bad/no learning_rate for a class": {
        "learning_rate": None,
        "optimizer": tf1.train.AdamOptimizer,
    },
    "bad/optimizer unknown": dict(SGD, optimizer="Nadam"),
    "bad/optimizer lower case": dict(SGD, optimizer="sgd"),
    "bad/optimizer None": dict(SGD, optimizer=None),
    "bad/optimizer class": dict(SGD, optimizer=object),
    "bad/optimizer function of nothing": dict(SGD, optimizer=lambda: None),
    "bad/optimizer function gives none": dict(SGD, optimizer=lambda rate: rate),
    "bad/summaries": dict(SGD, summaries=["loss", "weights"]),
    "bad/clip_gradients int": dict(SGD, clip_gradients=1),
    "bad/clip_gradients text": dict(SGD, clip_gradients="1.0"),
    "bad/variables empty": dict(SGD, variables=[]),
    "bad/variables without gradient": dict(SGD, variables=lambda made: [made.unused]),
    "bad/global_step float": dict(SGD, global_step=lambda made: made.counter),
    "bad/global_step vector": dict(
        SGD, global_step=lambda made: tf1.get_variable("steps", initializer=[0, 0])
    ),
    "bad/decay without global_step": dict(
        SGD, global_step=None, graph_has_step=False, learning_rate_decay_fn=_halved
    ),
}


def ask(case, contrib, summary_values, config):
    """What steps of training do: loss, variables, global step, summaries, the name of the op."""
    options = dict(case)
    steps, calls = options.pop("steps", 1), options.pop("calls", 1)
    scope, collected = options.pop("scope", None), options.pop("collected", False)
    with tf.Graph().as_default():
        made = Model()
        made.contrib = contrib
        if options.pop("graph_has_step", True):
            made.global_step = tf1.train.create_global_step()
        if options.pop("dense", False):  # IndexedSlices have no shape to make noise of
            made.loss = tf.reduce_sum(made.table**2) + tf.reduce_sum(made.vector**2)
        if collected:
            tf1.add_to_collection("update_ops", made.counter.assign_add(1.0))
        arguments = {"loss": made.loss, "global_step": made.global_step}
        arguments.update((name, resolved(value, made)) for name, value in options.items())
        with tf1.variable_scope(scope or "", auxiliary_name_scope=bool(scope)):
            train_ops = [contrib.layers.optimize_loss(**arguments) for _ in range(calls)]
        with tf1.Session(config=config) as session:
            session.run(tf1.global_variables_initializer())
            # One after the other: in one run, a second op sees the first one's update or does not.
            losses = [[session.run(train_op) for train_op in train_ops] for _ in range(steps)]
            merged = tf1.summary.merge_all()
            answer = {
                "name": train_ops[0].name,
                "shape": str(train_ops[0].shape),
                "losses": [[float(loss) for loss in step] for step in losses],
                "variables": {
                    variable.op.name: session.run(variable).tolist()
                    for variable in tf1.global_variables()
                },
                "trainable": sorted(v.op.name for v in tf1.trainable_variables()),
                "summaries": {} if merged is None else summary_values(session.run(merged)),
            }
        return answer
