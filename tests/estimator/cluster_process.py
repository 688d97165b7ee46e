"""One process of a cluster, by TF_CONFIG: trains one model with the others.

Arguments: the folder of the model. The process says "ready" when TensorFlow is loaded, and starts
when a line comes in; the chief says "started" when the variables are there.
"""

import sys

import tensorflow as tf

import estimator_heads as eh

v1 = tf.compat.v1
MAX_STEPS = 60
OWN_STEPS = 5  # Each of the two training processes makes at least so many.


class Handshake(v1.train.SessionRunHook):
    """Keeps the chief from training it all alone: it waits until the worker has made its steps."""

    def __init__(self, config):
        self._is_chief = config.is_chief

    def begin(self):
        self._steps = 0
        with tf.device("/job:ps/task:0"):
            queue = v1.FIFOQueue(1, [tf.int64], [[]], shared_name="worker_made_steps")
            self._wait, self._tell = queue.dequeue(), queue.enqueue(tf.constant(1, tf.int64))

    def after_create_session(self, session, coord):
        if self._is_chief:
            print("started", flush=True)

    def after_run(self, run_context, run_values):
        self._steps += 1
        if self._steps == OWN_STEPS:
            run_context.session.run(self._wait if self._is_chief else self._tell)


def model_fn(features, labels, mode, config):
    weight = v1.get_variable("weight", initializer=0.0)
    prediction = weight * features["x"]
    if mode == eh.ModeKeys.PREDICT:
        return eh.EstimatorSpec(mode, predictions=prediction)
    loss = tf.reduce_mean(tf.square(prediction - labels))
    roles = ("chief", "worker")
    steps = {role: v1.get_variable(f"steps_of_{role}", initializer=0) for role in roles}
    train_op = v1.train.GradientDescentOptimizer(0.05).minimize(loss, v1.train.get_global_step())
    if mode == eh.ModeKeys.TRAIN:
        print("variable on", weight.device, "loss on", loss.device, flush=True)
        train_op = tf.group(train_op, v1.assign_add(steps[config.task_type], 1, use_locking=True))
    return eh.EstimatorSpec(mode, loss=loss, train_op=train_op)


def input_fn():
    return tf.data.Dataset.from_tensors(({"x": [1.0, 2.0]}, [3.0, 6.0])).repeat()


def main(model_dir):
    print("ready", flush=True)
    sys.stdin.readline()
    config = eh.RunConfig(
        model_dir, save_checkpoints_steps=20, experimental_max_worker_delay_secs=0
    )
    receiver_fn = eh.export.build_raw_serving_input_receiver_fn(
        {"x": tf.TensorSpec([None], tf.float32)}
    )
    eval_spec = eh.EvalSpec(
        input_fn,
        steps=2,
        exporters=eh.FinalExporter("final", receiver_fn),
        start_delay_secs=0,
        throttle_secs=0,
    )
    train_spec = eh.TrainSpec(input_fn, MAX_STEPS, hooks=[Handshake(config)])
    eh.train_and_evaluate(eh.Estimator(model_fn, config=config), train_spec, eval_spec)
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
