"""One process of a cluster, by TF_CONFIG; without TF_CONFIG, the whole training by itself.

    python train.py MODEL_DIR

MODEL_DIR must be one folder for all processes. local.py starts a cluster on this machine, and
tfjob.yaml one on Kubernetes.
"""

import argparse

import tensorflow as tf

import estimator_heads as eh

MAX_STEPS = 300


def model_fn(features, labels, mode):
    weight = tf.compat.v1.get_variable("weight", [1, 1])
    return eh.RegressionHead().create_estimator_spec(
        features=features,
        mode=mode,
        logits=tf.matmul(features["x"], weight),
        labels=labels,
        optimizer=tf.compat.v1.train.GradientDescentOptimizer(0.05),
        trainable_variables=[weight],
    )


def input_fn(mode):
    data = tf.data.Dataset.from_tensors(({"x": [[1.0], [2.0]]}, [[3.0], [6.0]]))
    return data.repeat() if mode == eh.ModeKeys.TRAIN else data


def main(model_dir):
    config = eh.RunConfig(model_dir, save_checkpoints_steps=100)
    receiver_fn = eh.export.build_raw_serving_input_receiver_fn({"x": tf.TensorSpec([None, 1])})
    eh.train_and_evaluate(
        eh.Estimator(model_fn, config=config),
        eh.TrainSpec(input_fn, max_steps=MAX_STEPS),
        eh.EvalSpec(
            input_fn,
            steps=None,
            exporters=eh.FinalExporter("final", receiver_fn),
            start_delay_secs=0,
            throttle_secs=0,
        ),
    )
    print(f"{config.task_type} {config.task_id} is done", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model_dir")
    main(parser.parse_args().model_dir)
