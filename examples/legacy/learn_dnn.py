"""A TensorFlow 1 program with a head of tf.contrib.learn on a network of tf.contrib.layers.

The model_fn is the one that the documentation of tf.contrib.learn.Head shows.

python -m estimator_heads run examples/legacy/learn_dnn.py
"""

import learn_flowers
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)


def model_fn(features, labels, mode, params, config=None):
    head = params["head"]
    inputs = learn_flowers.input_layer(features)
    last_hidden_layer_out = tf.contrib.layers.stack(
        inputs,
        tf.contrib.layers.fully_connected,
        [6, 4],
        weights_initializer=learn_flowers.fixed,
        scope="hidden",
    )
    logits = tf.contrib.layers.fully_connected(
        last_hidden_layer_out,
        head.logits_dimension,
        activation_fn=None,
        weights_initializer=learn_flowers.fixed,
        scope="logits",
    )
    optimizer = tf.train.AdagradOptimizer(params["learning_rate"])

    def _train_op_fn(loss):
        return optimizer.minimize(loss, global_step=tf.train.get_global_step())

    return head.create_model_fn_ops(
        features=features,
        labels=labels,
        mode=mode,
        train_op_fn=_train_op_fn,
        logits=logits,
    ).estimator_spec()


def main(_):
    head = tf.contrib.learn.multi_class_head(n_classes=3, metric_class_ids=[0, 2])
    params = {"head": head, "learning_rate": 0.2}
    learn_flowers.train_and_show(model_fn, learn_flowers.KINDS, params)


if __name__ == "__main__":
    tf.app.run()
