"""A TensorFlow 1 program for TPUs that runs on the CPU: metrics, a scaffold and summaries of the host.

python -m estimator_heads run examples/legacy/tpu_estimator.py
"""

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib import summary
from tensorflow.contrib.tpu.python.tpu import tpu_config, tpu_estimator

flags = tf.flags
flags.DEFINE_bool("use_tpu", False, "Whether to run on TPUs.")
flags.DEFINE_integer("train_batch_size", 16, "Number of examples in a batch for training.")
flags.DEFINE_integer("iterations_per_loop", 10, "Number of steps between returns to the host.")
flags.DEFINE_string("summary_dir", None, "Folder for the summaries of the host.")
FLAGS = flags.FLAGS

tf.logging.set_verbosity(tf.logging.ERROR)

SIZES = np.random.RandomState(1).uniform(-1.0, 1.0, [64, 4]).astype(np.float32)
KINDS = (SIZES[:, 0] + SIZES[:, 1] > SIZES[:, 2]).astype(np.int32)


def input_fn(params):
    data = tf.data.Dataset.from_tensor_slices(({"sizes": SIZES}, KINDS)).repeat()
    return data.apply(
        tf.contrib.data.batch_and_drop_remainder(params["batch_size"])
    ).prefetch(tf.contrib.data.AUTOTUNE)


def one_epoch(params):
    return tf.data.Dataset.from_tensor_slices(({"sizes": SIZES}, KINDS)).batch(params["batch_size"])


def fixed(shape, dtype=None, partition_info=None):
    """Initial weights that are the same in every version."""
    return tf.reshape(tf.linspace(-0.5, 0.5, shape[0] * shape[1]), shape)


def dense(values, units, name):
    return tf.layers.dense(values, units, kernel_initializer=fixed, name=name)


def metric_fn(labels, logits, per_example_loss):
    predictions = tf.argmax(logits, axis=-1, output_type=tf.int32)
    return {
        "eval_accuracy": tf.metrics.accuracy(labels, predictions),
        "eval_auc": tf.metrics.auc(labels, tf.nn.softmax(logits)[:, 1]),
        "eval_loss": tf.metrics.mean(per_example_loss),
    }


def host_call_fn(global_step, loss, learning_rate):
    """Runs on the host of the TPUs: its arguments have a dimension for the batch."""
    step = global_step[0]
    with summary.create_file_writer(FLAGS.summary_dir, max_queue=1000).as_default():
        with summary.always_record_summaries():
            summary.scalar("host/loss", tf.reduce_mean(loss), step=step)
            summary.scalar("host/learning_rate", learning_rate[0], step=step)
            return summary.all_summary_ops()


def model_fn_builder(init_checkpoint):
    def model_fn(features, labels, mode, params):
        hidden = tf.nn.relu(dense(features["sizes"], 6, "encoder/hidden"))
        logits = dense(hidden, 2, "output")
        probabilities = tf.nn.softmax(logits)
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.contrib.tpu.TPUEstimatorSpec(
                mode=mode, predictions={"probabilities": probabilities}
            )

        scaffold_fn = None
        if init_checkpoint:

            def scaffold_fn():
                tf.train.init_from_checkpoint(init_checkpoint, {"encoder/": "encoder/"})
                return tf.train.Scaffold()

        per_example_loss = tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=labels, logits=logits
        )
        loss = tf.reduce_mean(per_example_loss)
        if mode == tf.estimator.ModeKeys.EVAL:
            return tf.contrib.tpu.TPUEstimatorSpec(
                mode=mode,
                loss=loss,
                eval_metrics=(metric_fn, [labels, logits, per_example_loss]),
                scaffold_fn=scaffold_fn,
            )

        global_step = tf.train.get_or_create_global_step()
        learning_rate = tf.train.polynomial_decay(params["rate"], global_step, 40, 0.01)
        optimizer = tf.train.MomentumOptimizer(learning_rate, 0.9)
        if params["use_tpu"]:
            optimizer = tf.contrib.tpu.CrossShardOptimizer(optimizer)
        train_op = optimizer.minimize(loss, global_step=global_step)
        host_call = (
            host_call_fn,
            [
                tf.reshape(global_step, [1]),
                tf.reshape(loss, [1]),
                tf.reshape(learning_rate, [1]),
            ],
        )
        return tf.contrib.tpu.TPUEstimatorSpec(
            mode=mode,
            loss=loss,
            train_op=train_op,
            host_call=host_call,
            scaffold_fn=scaffold_fn,
        )

    return model_fn


def make_estimator(model_dir, init_checkpoint=None):
    config = tpu_config.RunConfig(
        cluster=None,
        model_dir=model_dir,
        save_checkpoints_steps=20,
        tpu_config=tpu_config.TPUConfig(
            iterations_per_loop=FLAGS.iterations_per_loop,
            num_shards=8,
            per_host_input_for_training=tf.contrib.tpu.InputPipelineConfig.PER_HOST_V2,
        ),
    )
    return tpu_estimator.TPUEstimator(
        use_tpu=FLAGS.use_tpu,
        model_fn=model_fn_builder(init_checkpoint),
        config=config,
        params={"rate": 0.2},
        train_batch_size=FLAGS.train_batch_size,
        eval_batch_size=32,
        predict_batch_size=8,
        export_to_tpu=False,
    )


def shown(values):
    return ", ".join("%s %.3f" % (name, values[name]) for name in sorted(values))


def host_summaries():
    tags = {}
    for name in os.listdir(FLAGS.summary_dir):
        for event in tf.train.summary_iterator(os.path.join(FLAGS.summary_dir, name)):
            for value in event.summary.value:
                tags.setdefault(value.tag, []).append(event.step)
    return ["%s %d" % (tag, len(tags[tag])) for tag in sorted(tags)]


def serving_input_receiver_fn():
    sizes = tf.placeholder(tf.float32, [None, 4], name="sizes")
    return tf.estimator.export.build_raw_serving_input_receiver_fn({"sizes": sizes})()


def main(_):
    FLAGS.summary_dir = tempfile.mkdtemp()
    first_dir, second_dir = tempfile.mkdtemp(), tempfile.mkdtemp()
    estimator = make_estimator(first_dir)
    estimator.train(input_fn=input_fn, max_steps=40)
    print(shown(estimator.evaluate(input_fn=one_epoch)))
    print(shown(estimator.evaluate(input_fn=input_fn, steps=1)))
    for prediction, _ in zip(estimator.predict(one_epoch), range(3)):
        print(["%.3f" % probability for probability in prediction["probabilities"]])
    print(host_summaries())

    finetuned = make_estimator(second_dir, init_checkpoint=first_dir)
    finetuned.train(input_fn=input_fn, steps=5)
    print(shown(finetuned.evaluate(input_fn=one_epoch)))
    print(sorted(finetuned.get_variable_names()))

    path = estimator.export_saved_model(tempfile.mkdtemp(), serving_input_receiver_fn)
    with tf.Graph().as_default(), tf.Session() as session:
        meta_graph = tf.saved_model.loader.load(session, ["serve"], path.decode())
        signature = meta_graph.signature_def["serving_default"]
        feed = {signature.inputs["sizes"].name: SIZES[:1]}
        served = session.run(signature.outputs["probabilities"].name, feed)
        print(["%.3f" % probability for probability in served[0]])


if __name__ == "__main__":
    tf.app.run()
