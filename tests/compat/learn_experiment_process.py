"""One process around learn_runner.run: TF_CONFIG says what it does.

Arguments: the folder of the model. The process says "ready" when TensorFlow is loaded, and starts
when a line comes in. Without a cluster, it evaluates and exports what the others save.
"""

import sys

import tensorflow as tf

import estimator_heads
from estimator_heads.compat.contrib.learn.estimators.run_config import RunConfig
from estimator_heads.compat.contrib.learn.experiment import learn_runner
from estimator_heads.compat.contrib.learn.experiment.experiment import Experiment
from estimator_heads.compat.contrib.learn.experiment.export_strategies import make_export_strategy
from estimator_heads.compat.contrib.training.hparams import HParams
from tests.estimator.cluster_process import Handshake

v1 = tf.compat.v1
TRAIN_STEPS = 60


def model_fn(features, labels, mode, params, config):
    weight = v1.get_variable("weight", initializer=0.0)
    prediction = weight * features["x"]
    if mode == "infer":
        return estimator_heads.EstimatorSpec(mode, predictions=prediction)
    loss = tf.reduce_mean(tf.square(prediction - labels))
    roles = ("master", "worker")
    steps = {role: v1.get_variable(f"steps_of_{role}", initializer=0) for role in roles}
    optimizer = v1.train.GradientDescentOptimizer(params.rate)
    train_op = optimizer.minimize(loss, v1.train.get_global_step())
    if mode == "train":
        print("variable on", weight.device, flush=True)
        train_op = tf.group(train_op, v1.assign_add(steps[config.task_type], 1, use_locking=True))
    return estimator_heads.EstimatorSpec(mode, loss=loss, train_op=train_op)


def input_fn():
    return tf.data.Dataset.from_tensors(({"x": [1.0, 2.0]}, [3.0, 6.0])).repeat()


def experiment_fn(run_config, hparams):
    receiver_fn = estimator_heads.export.build_raw_serving_input_receiver_fn(
        {"x": tf.TensorSpec([None], tf.float32)}
    )
    return Experiment(
        estimator_heads.Estimator(model_fn, config=run_config, params=hparams),
        input_fn,
        input_fn,
        train_steps=TRAIN_STEPS,
        eval_steps=2,
        train_monitors=[Handshake(run_config)],
        eval_delay_secs=0,
        continuous_eval_throttle_secs=1,
        export_strategies=make_export_strategy(receiver_fn),
    )


def main(model_dir):
    print("ready", flush=True)
    sys.stdin.readline()
    # Without filters, a session waits until every process of the cluster has started.
    filters = ["/job:ps", f"/job:{RunConfig().task_type}"]
    config = RunConfig(
        model_dir=model_dir,
        save_checkpoints_steps=20,
        session_config=v1.ConfigProto(allow_soft_placement=True, device_filters=filters),
    )
    learn_runner.run(
        experiment_fn,
        run_config=config,
        hparams=HParams(rate=0.05),
        schedule=None if config.cluster_spec else "continuous_eval",
    )
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
