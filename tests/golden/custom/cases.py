"""A model_fn for each kind of TF2 head, with layers and optimizers of Keras."""

import tensorflow as tf

from tests.golden.canned import batch
from tests.golden.canned.asking import Case

v1 = tf.compat.v1


def custom_case(labels, model_fn, export=False):
    """The case of an Estimator of this function of `api`, features, labels and mode."""

    def arguments(api):
        return {"model_fn": lambda features, labels, mode: model_fn(api, features, labels, mode)}

    return Case("Estimator", labels, arguments, export)


def _with_head(new_head, new_optimizer):
    """A model_fn of one hidden layer under a head that is told the optimizer.

    Args:
        new_head: Function of `api`.
        new_optimizer: Function of `api`.
    """

    def model_fn(api, features, labels, mode):
        head = new_head(api)
        hidden = dense(api, 3, activation="tanh")
        logits = dense(api, head.logits_dimension)
        return head.create_estimator_spec(
            features=features,
            mode=mode,
            logits=logits(hidden(input_layer(features))),
            labels=labels,
            optimizer=_counting(new_optimizer(api)),
            trainable_variables=v1.trainable_variables(),
        )

    return model_fn


def input_layer(features):
    """What the layers take: two numeric columns and an embedding."""
    return v1.feature_column.input_layer(features, batch.dense())


def dense(api, units, **options):
    """A layer of Keras, whose initializers do not heed the seed of the graph."""
    initializer = api.keras.initializers.GlorotUniform(seed=units)
    return api.keras.layers.Dense(units, kernel_initializer=initializer, **options)


def _counting(optimizer):
    """The optimizer, which counts the global step as the original wants it."""
    optimizer.iterations = v1.train.get_or_create_global_step()
    return optimizer


def _with_batch_norm(api, features, labels, mode):
    """Update ops, regularization losses, and a model of Keras."""
    head = api.BinaryClassHead(thresholds=[0.3, 0.7], name="head")
    model = _model_of_keras(api, head)
    training = mode == api.ModeKeys.TRAIN
    logits = model(input_layer(features), training=training)
    return head.create_estimator_spec(
        features=features,
        mode=mode,
        logits=logits,
        labels=labels,
        optimizer=_counting(api.optimizers.SGD(0.1, momentum=0.9, nesterov=True)),
        trainable_variables=model.trainable_variables,
        update_ops=model.updates,
        regularization_losses=model.losses,
    )


def _model_of_keras(api, head):
    return api.keras.Sequential(
        [
            dense(api, 3, activation="tanh", kernel_regularizer="l2"),
            api.keras.layers.BatchNormalization(momentum=0.9),
            dense(api, head.logits_dimension, name="logits"),
        ]
    )


def _with_two_heads(api, features, labels, mode):
    """A MultiHead with a dict of logits."""
    head = api.MultiHead(
        [api.BinaryClassHead(name="first"), api.RegressionHead(name="second")],
        head_weights=[1.0, 0.5],
    )
    inputs = input_layer(features)
    hidden = dense(api, 3, activation="tanh", name="shared")(inputs)
    logits = {name: dense(api, 1, name=name)(hidden) for name in ("first", "second")}
    return head.create_estimator_spec(
        features=features,
        mode=mode,
        logits=logits,
        labels=labels,
        optimizer=_counting(api.optimizers.RMSprop(0.01, momentum=0.5, centered=True)),
        trainable_variables=v1.trainable_variables(),
    )


def _with_train_op_fn(api, features, labels, mode):
    """An optimizer of TF1, and variables that the model_fn makes."""
    head = api.RegressionHead(label_dimension=2, weight_column="weight", inverse_link_fn=tf.tanh)
    inputs = input_layer(features)
    with v1.variable_scope("model"):
        kernel = v1.get_variable("kernel", [inputs.shape[1], 2])
        bias = v1.get_variable("bias", [2], initializer=v1.zeros_initializer())
    optimizer = v1.train.AdamOptimizer(0.1)
    return head.create_estimator_spec(
        features=features,
        mode=mode,
        logits=tf.matmul(inputs, kernel) + bias,
        labels=labels,
        train_op_fn=lambda loss: optimizer.minimize(loss, v1.train.get_global_step()),
    )


def _doubling_head(api):
    """A subclass of a head."""

    class DoublingHead(api.RegressionHead):
        def loss(self, *args, **kwargs):
            return 2.0 * super().loss(*args, **kwargs)

    return DoublingHead(name="doubled")


def _absolute_difference(labels, logits):
    return tf.abs(labels - logits)


def _decaying_adam(api):
    return api.optimizers.Adam(api.schedules.ExponentialDecay(0.1, 2, 0.5), amsgrad=True)


CASES = {
    "multi_class": custom_case(
        "three_names",
        _with_head(
            lambda api: api.MultiClassHead(
                3, label_vocabulary=["low", "middle", "high"], weight_column="weight"
            ),
            lambda api: api.optimizers.Adam(0.1),
        ),
        True,
    ),
    "multi_label": custom_case(
        "flags",
        _with_head(
            lambda api: api.MultiLabelHead(
                3, thresholds=[0.5], classes_for_class_based_metrics=[1]
            ),
            lambda api: api.optimizers.Adagrad(0.1),
        ),
    ),
    "poisson": custom_case(
        "counts",
        _with_head(lambda api: api.PoissonRegressionHead(), lambda api: api.optimizers.Ftrl(0.1)),
    ),
    "logistic": custom_case(
        "two", _with_head(lambda api: api.LogisticRegressionHead(), _decaying_adam)
    ),
    "loss_fn": custom_case(
        "numbers",
        _with_head(
            lambda api: api.RegressionHead(
                label_dimension=2, loss_fn=_absolute_difference, loss_reduction="sum"
            ),
            lambda api: api.optimizers.Adamax(0.1),
        ),
    ),
    "subclass": custom_case(
        "number", _with_head(_doubling_head, lambda api: api.optimizers.Nadam(0.1))
    ),
    "batch_norm": custom_case("two", _with_batch_norm),
    "two_heads": custom_case("two_heads", _with_two_heads, True),
    "train_op_fn": custom_case("numbers", _with_train_op_fn),
}
