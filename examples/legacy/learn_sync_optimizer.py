"""A TensorFlow 1 program that applies the gradients of a tf.contrib.learn head itself.

The optimizer waits for all replicas (there is one here), and so needs a hook in the ModelFnOps.

python -m estimator_heads run examples/legacy/learn_sync_optimizer.py
"""

import learn_flowers
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)


class CloseSession(tf.train.SessionRunHook):
    """Otherwise the end waits two minutes for the thread that waits for the next gradients."""

    def end(self, session):
        session.close()


def model_fn(features, labels, mode, config):
    head = tf.contrib.learn.regression_head(weight_column_name="weight")
    hidden = tf.contrib.layers.fully_connected(
        learn_flowers.input_layer(features), 4, tf.tanh, weights_initializer=learn_flowers.fixed
    )
    model_fn_ops = head.create_model_fn_ops(
        features=features,
        labels=labels,
        mode=mode,
        train_op_fn=tf.contrib.learn.no_op_train_fn,
        logits=tf.contrib.layers.linear(
            hidden, head.logits_dimension, weights_initializer=learn_flowers.fixed
        ),
    )
    if mode == tf.contrib.learn.ModeKeys.TRAIN:
        optimizer = tf.train.AdagradOptimizer(learning_rate=0.1)
        sync = tf.train.SyncReplicasOptimizer(
            opt=optimizer, replicas_to_aggregate=1, total_num_replicas=1
        )
        update_op = tf.contrib.layers.optimize_loss(
            loss=model_fn_ops.loss,
            global_step=tf.train.get_global_step(),
            learning_rate=None,
            optimizer=sync,
            clip_gradients=1.0,
        )
        hooks = [sync.make_session_run_hook(config.is_chief), CloseSession()]
        model_fn_ops = model_fn_ops._replace(train_op=update_op, training_hooks=hooks)
    return model_fn_ops.estimator_spec()


def main(_):
    learn_flowers.train_and_show(model_fn, learn_flowers.HEIGHTS)


if __name__ == "__main__":
    tf.app.run()
