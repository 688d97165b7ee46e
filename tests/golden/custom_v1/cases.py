"""A model_fn for each kind of head of TF1: `tf.contrib.estimator`, `canned.head`, contrib.learn."""

import tensorflow as tf

from tests.golden.custom.cases import custom_case, input_layer

v1 = tf.compat.v1
NAMES = ["low", "middle", "high"]


def _with_head(new_head, optimizer=v1.train.AdamOptimizer, **options):
    """A model_fn with layers of `tf.layers`, under a head that is told the optimizer.

    Args:
        new_head: Function of `api`.
        optimizer: The class, or a function of a learning rate.
        **options: For the head's `create_estimator_spec`, functions without arguments.
    """

    def model_fn(api, features, labels, mode):
        head = new_head(api)
        hidden = api.layers.dense(input_layer(features), 3, tf.nn.tanh, name="hidden")
        return head.create_estimator_spec(
            features=features,
            mode=mode,
            logits=api.layers.dense(hidden, head.logits_dimension),
            labels=labels,
            optimizer=optimizer(0.1),
            **{name: option() for name, option in options.items()},
        )

    return model_fn


def _momentum(learning_rate):
    return v1.train.MomentumOptimizer(learning_rate, 0.9, use_nesterov=True)


def _rms_prop(learning_rate):
    return v1.train.RMSPropOptimizer(learning_rate, momentum=0.5, centered=True)


def _regularization_losses():
    return [0.01 * tf.nn.l2_loss(variable) for variable in v1.trainable_variables()]


def _with_batch_norm(api, features, labels, mode):
    """Update ops are run before the step, and the learning rate decays."""
    head = api.contrib.binary_classification_head(thresholds=(0.3, 0.7))
    training = mode == api.ModeKeys.TRAIN
    net = api.layers.batch_normalization(input_layer(features), training=training, momentum=0.9)

    def train_op_fn(loss):
        step = v1.train.get_global_step()
        rate = v1.train.exponential_decay(0.1, step, 2, 0.5)
        with tf.control_dependencies(v1.get_collection(v1.GraphKeys.UPDATE_OPS)):
            return v1.train.AdagradOptimizer(rate).minimize(loss, step)

    return head.create_estimator_spec(
        features=features,
        mode=mode,
        logits=api.layers.dense(net, 1),
        labels=labels,
        train_op_fn=train_op_fn,
    )


def _with_two_heads(api, features, labels, mode):
    """A multi_head with a dict of logits."""
    head = api.contrib.multi_head(
        [
            api.contrib.binary_classification_head(name="first"),
            api.contrib.regression_head(name="second"),
        ],
        head_weights=[1.0, 0.5],
    )
    hidden = api.layers.dense(input_layer(features), 3, tf.nn.tanh)
    with v1.variable_scope("towers"):
        logits = {name: api.layers.dense(hidden, 1, name=name) for name in ("first", "second")}
    return head.create_estimator_spec(
        features=features,
        mode=mode,
        logits=logits,
        labels=labels,
        optimizer=v1.train.AdamOptimizer(0.1),
    )


def _of_learn(new_head, optimizer="Adam", logits_input=False, served_head=None):
    """A model_fn with layers of `tf.contrib.layers`, under a head of `tf.contrib.learn`.

    Args:
        new_head: Function of `tf.contrib.learn`, that is of `api.learn`.
        optimizer: As for `optimize_loss`.
        logits_input: Whether the head makes the layer of the logits.
        served_head: As for `ModelFnOps.estimator_spec`, which wants it of a multi_head.
    """

    def model_fn(api, features, labels, mode):
        head = new_head(api.learn)
        hidden = api.fully_connected(input_layer(features), 3, tf.nn.tanh)
        if logits_input:
            given = {"logits_input": hidden}
        else:
            logits = api.fully_connected(
                hidden, head.logits_dimension, activation_fn=None, scope="logits"
            )
            given = {"logits": logits}

        def train_op_fn(loss):
            return api.optimize_loss(loss, v1.train.get_global_step(), 0.1, optimizer)

        ops = head.create_model_fn_ops(features, mode, labels, train_op_fn, **given)
        return ops.estimator_spec(served_head)

    return model_fn


def _two_heads_of_learn(learn):
    return learn.multi_head(
        [
            learn.multi_class_head(2, label_name="first", head_name="first"),
            learn.regression_head(label_name="second", head_name="second"),
        ],
        loss_weights=[1.0, 0.5],
    )


CASES = {
    "contrib_multi_class": custom_case(
        "three_names",
        _with_head(
            lambda api: api.contrib.multi_class_head(
                3, label_vocabulary=NAMES, weight_column="weight", name="head"
            )
        ),
        True,
    ),
    "contrib_multi_label": custom_case(
        "flags", _with_head(lambda api: api.contrib.multi_label_head(3), v1.train.AdagradOptimizer)
    ),
    "contrib_regression": custom_case(
        "numbers",
        _with_head(
            lambda api: api.contrib.regression_head(label_dimension=2, inverse_link_fn=tf.tanh),
            _momentum,
            regularization_losses=_regularization_losses,
        ),
    ),
    "contrib_poisson": custom_case(
        "counts",
        _with_head(lambda api: api.contrib.poisson_regression_head(), v1.train.FtrlOptimizer),
    ),
    "contrib_logistic": custom_case(
        "two", _with_head(lambda api: api.contrib.logistic_regression_head(), _rms_prop)
    ),
    "contrib_batch_norm": custom_case("two", _with_batch_norm),
    "contrib_two_heads": custom_case("two_heads", _with_two_heads, True),
    "canned_multi_class": custom_case(
        "three",
        _with_head(
            lambda api: api.canned._multi_class_head_with_softmax_cross_entropy_loss(
                3, weight_column="weight"
            )
        ),
    ),
    "canned_binary": custom_case(
        "names",
        _with_head(
            lambda api: api.canned._binary_logistic_head_with_sigmoid_cross_entropy_loss(
                label_vocabulary=["no", "yes"]
            ),
            v1.train.AdadeltaOptimizer,
        ),
    ),
    "canned_regression": custom_case(
        "number",
        _with_head(
            lambda api: api.canned._regression_head(name="head"),
            v1.train.GradientDescentOptimizer,
        ),
    ),
    "learn_multi_class": custom_case(
        "three", _of_learn(lambda learn: learn.multi_class_head(3, weight_column_name="weight"))
    ),
    "learn_binary": custom_case(
        "two",
        _of_learn(
            lambda learn: learn.multi_class_head(2, enable_centered_bias=True, head_name="head"),
            "Adagrad",
            logits_input=True,
        ),
    ),
    "learn_regression": custom_case(
        "numbers",
        _of_learn(lambda learn: learn.regression_head(label_dimension=2), _momentum, True),
    ),
    "learn_multi_label": custom_case(
        "flags", _of_learn(lambda learn: learn.multi_label_head(3), "RMSProp", logits_input=True)
    ),
    "learn_poisson": custom_case(
        "counts", _of_learn(lambda learn: learn.poisson_regression_head(), "Ftrl")
    ),
    "learn_two_heads": custom_case(
        "two_heads", _of_learn(_two_heads_of_learn, "SGD", True, served_head="first")
    ),
}
