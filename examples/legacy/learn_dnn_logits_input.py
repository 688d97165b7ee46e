"""A TensorFlow 1 program whose head of tf.contrib.learn builds the logits itself.

The head takes the last hidden layer as `logits_input`; its layer obeys the arg_scope around it.

python -m estimator_heads run examples/legacy/learn_dnn_logits_input.py
"""

import learn_flowers
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)


def model_fn(features, labels, mode, params):
    head = params["head"]
    with tf.contrib.framework.arg_scope(
        [tf.contrib.layers.fully_connected], weights_initializer=learn_flowers.fixed
    ):
        last_hidden_layer_out = tf.contrib.layers.stack(
            learn_flowers.input_layer(features),
            tf.contrib.layers.fully_connected,
            [6, 4],
            scope="hidden",
        )
        model_fn_ops = head.create_model_fn_ops(
            features=features,
            labels=labels,
            mode=mode,
            train_op_fn=lambda loss: tf.train.GradientDescentOptimizer(0.3).minimize(
                loss, global_step=tf.train.get_global_step()
            ),
            logits_input=last_hidden_layer_out,
        )
    return model_fn_ops.estimator_spec()


def main(_):
    head = tf.contrib.learn.multi_class_head(
        n_classes=3, label_keys=["iris", "rose", "tulip"], head_name="flower"
    )
    names = [["iris", "rose", "tulip"][kind] for kind in learn_flowers.KINDS]
    learn_flowers.train_and_show(model_fn, names, {"head": head})


if __name__ == "__main__":
    tf.app.run()
