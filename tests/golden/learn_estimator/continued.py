"""Models that are trained in two halves, the second of which starts from a checkpoint."""

import tensorflow as tf

from tests.golden.estimator.results import plain

from .models import X, Y, config, estimator, input_fn, variables


def linear_model(api, folder, half=False):
    """Ten steps of Adam, and five more."""
    model = estimator(api, folder)
    if half or tf.train.latest_checkpoint(folder) is None:
        model.fit(input_fn=input_fn, max_steps=10)
    return None if half else variables(model.fit(input_fn=input_fn, max_steps=15))


def head_with_arrays(api, folder, half=False):
    """Twice three steps of a head with layers and an optimizer of contrib, fed with arrays."""
    labels = (Y > 0).astype("int64")

    def train_op_fn(loss):
        return api.layers.optimize_loss(
            loss, tf.compat.v1.train.get_global_step(), 0.5, "Adagrad", clip_gradients=2.0
        )

    def model_fn(features, labels, mode):
        hidden = api.layers.fully_connected(
            features, 3, weights_initializer=tf.compat.v1.constant_initializer(0.3), scope="hidden"
        )
        logits = api.layers.fully_connected(
            hidden,
            1,
            activation_fn=None,
            weights_initializer=tf.compat.v1.constant_initializer(0.2),
            scope="logits",
        )
        head = api.learn.multi_class_head(2)
        return head.create_model_fn_ops(
            features={"x": features},
            mode=mode,
            labels=labels,
            train_op_fn=train_op_fn,
            logits=logits,
        )

    if half or tf.train.latest_checkpoint(folder) is None:
        first = api.learn.Estimator(model_fn, folder, config(api))
        first.fit(x=X, y=labels, batch_size=5, steps=3)
    if half:
        return None
    model = api.learn.Estimator(model_fn, folder, config(api))
    model.fit(x=X, y=labels, batch_size=5, steps=3)
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(x=X, y=labels, batch_size=5)),
        "predictions": plain(list(model.predict(x=X))),
    }
