"""A TensorFlow 1 program with tf.contrib.learn.multi_head and a head that only adds a loss.

It predicts the kind and the height of a flower from one hidden layer, whose weights are kept small.

python -m estimator_heads run examples/legacy/learn_multi_head.py
"""

import learn_flowers
import tensorflow as tf
from tensorflow.contrib.learn.python.learn.estimators import head as head_lib

tf.logging.set_verbosity(tf.logging.ERROR)


def size_of_weights():
    weights = [v for v in tf.trainable_variables() if v.op.name.endswith("weights")]
    return [tf.nn.l2_loss(variable) for variable in weights]


def make_head():
    kind = tf.contrib.learn.multi_class_head(n_classes=3, label_name="kind", head_name="kind")
    height = tf.contrib.learn.regression_head(
        label_name="height", weight_column_name="weight", head_name="height"
    )
    small = head_lib.loss_only_head(size_of_weights, head_name="small")
    return tf.contrib.learn.multi_head([kind, height, small], loss_weights=[1.0, 0.5, 0.01])


def model_fn(features, labels, mode):
    layers = tf.contrib.layers
    with tf.contrib.framework.arg_scope(
        [layers.fully_connected], weights_initializer=learn_flowers.fixed
    ):
        hidden = layers.fully_connected(learn_flowers.input_layer(features), 5, tf.tanh)
        model_fn_ops = make_head().create_model_fn_ops(
            features=features,
            labels=labels,
            mode=mode,
            train_op_fn=lambda loss: tf.train.AdagradOptimizer(0.2).minimize(
                loss, global_step=tf.train.get_global_step()
            ),
            logits_input=hidden,
        )
    return model_fn_ops.estimator_spec(default_serving_output_alternative_key="height")


def main(_):
    labels = {"kind": learn_flowers.KINDS, "height": learn_flowers.HEIGHTS}
    learn_flowers.train_and_show(model_fn, labels)


if __name__ == "__main__":
    tf.app.run()
