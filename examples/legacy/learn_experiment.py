"""A TensorFlow 1 program around learn_runner: an Experiment with HParams, a monitor and an export.

python -m estimator_heads run examples/legacy/learn_experiment.py
"""

import os
import tempfile

import learn_flowers
import numpy as np
import tensorflow as tf
from tensorflow.contrib.learn.python.learn import learn_runner
from tensorflow.contrib.learn.python.learn.utils import saved_model_export_utils
from tensorflow.contrib.training.python.training import hparam

tf.logging.set_verbosity(tf.logging.ERROR)

SIZES = np.random.RandomState(1).uniform(0.0, 4.0, [60, 2]).astype(np.float32)
KINDS = (SIZES[:, 0] > SIZES[:, 1]).astype(np.int64)


def input_fn():
    data = tf.data.Dataset.from_tensor_slices(({"sizes": SIZES}, KINDS)).repeat().batch(20)
    return data.make_one_shot_iterator().get_next()


def model_fn(features, labels, mode, params):
    hidden = tf.contrib.layers.fully_connected(
        features["sizes"], 4, weights_initializer=learn_flowers.fixed, scope="hidden"
    )
    logits = tf.contrib.layers.fully_connected(
        hidden, 2, activation_fn=None, weights_initializer=learn_flowers.fixed, scope="logits"
    )
    classes = tf.argmax(logits, 1)
    if mode == tf.estimator.ModeKeys.PREDICT:
        outputs = {"classes": tf.estimator.export.PredictOutput({"class": classes})}
        return tf.estimator.EstimatorSpec(mode, {"class": classes}, export_outputs=outputs)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    train_op = tf.contrib.layers.optimize_loss(
        loss, tf.train.get_global_step(), params.learning_rate, "Adagrad"
    )
    metrics = {"accuracy": tf.metrics.accuracy(labels, classes)}
    return tf.estimator.EstimatorSpec(
        mode, loss=loss, train_op=train_op, eval_metric_ops=metrics
    )


def serving_input_fn():
    sizes = tf.placeholder(tf.float32, [None, 2], name="sizes")
    return tf.estimator.export.ServingInputReceiver({"sizes": sizes}, {"sizes": sizes})


class Progress(tf.contrib.learn.monitors.EveryN):
    """Prints the loss now and then."""

    def every_n_step_begin(self, step):
        return ["sparse_softmax_cross_entropy_loss/value:0"]

    def every_n_step_end(self, step, outputs):
        (loss,) = outputs.values()
        print("step %d: loss %.3f" % (step, loss))


def experiment_fn(run_config, hparams):
    return tf.contrib.learn.Experiment(
        estimator=tf.estimator.Estimator(model_fn, config=run_config, params=hparams),
        train_input_fn=input_fn,
        eval_input_fn=input_fn,
        train_steps=hparams.train_steps,
        eval_steps=3,
        train_monitors=[Progress(every_n_steps=20)],
        eval_delay_secs=0,
        continuous_eval_throttle_secs=0,
        export_strategies=[saved_model_export_utils.make_export_strategy(serving_input_fn)],
        train_steps_per_iteration=30,
    )


def shown(values):
    return ", ".join("%s %.3f" % (name, values[name]) for name in sorted(values))


def served(export_dir):
    with tf.Graph().as_default(), tf.Session() as session:
        meta_graph = tf.saved_model.loader.load(session, ["serve"], export_dir)
        signature = meta_graph.signature_def["serving_default"]
        fed = {signature.inputs["sizes"].name: SIZES[:6]}
        return session.run(signature.outputs["class"].name, fed).tolist()


def main(_):
    hparams = hparam.HParams(learning_rate=0.1, train_steps=60)
    hparams.parse("learning_rate=0.3")
    config = tf.contrib.learn.RunConfig(
        model_dir=tempfile.mkdtemp(), tf_random_seed=1, save_checkpoints_steps=20
    )
    metrics, (export_dir,) = learn_runner.run(
        experiment_fn=experiment_fn, run_config=config, hparams=hparams
    )
    print(shown(metrics))
    print(served(export_dir))

    learn_runner.run(
        experiment_fn, run_config=config, hparams=hparams, schedule="continuous_eval"
    )
    print(sorted(name for name in os.listdir(config.model_dir) if name.startswith("eval")))
    print(len(os.listdir(os.path.join(config.model_dir, "export", "Servo"))))

    hparams.train_steps = 100
    metrics, _ = learn_runner.run(
        experiment_fn,
        run_config=config,
        hparams=hparams,
        schedule="continuous_train_and_eval",
    )
    print(shown(metrics))
    try:
        learn_runner.run(experiment_fn, run_config=config, hparams=hparams, schedule="no_such")
    except ValueError:
        print("no such schedule")


if __name__ == "__main__":
    tf.app.run()
