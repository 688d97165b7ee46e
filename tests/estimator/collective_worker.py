"""One of the workers of a MultiWorkerMirroredStrategy, by TF_CONFIG.

Arguments: the folder of the model. The last line it prints tells where it stands, and what it has
been given.
"""

import json
import sys

import numpy as np
import tensorflow as tf

import estimator_heads as eh

v1 = tf.compat.v1
X = np.arange(16, dtype=np.float32) / 8
MAX_STEPS = 5
SIZE = 2


def model_fn(features, labels, mode):
    weight = v1.get_variable("weight", initializer=0.5)
    loss = tf.reduce_mean(tf.square(weight * features - labels))
    train_op = v1.train.AdamOptimizer(0.1).minimize(loss, v1.train.get_global_step())
    return eh.EstimatorSpec(mode, loss=loss, train_op=train_op)


def main(model_dir):
    v1.disable_eager_execution()  # TensorFlow refuses to copy the strategy of an evaluator else.
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    pipelines = []

    def input_fn(input_context):
        pipelines.append([input_context.num_input_pipelines, input_context.input_pipeline_id])
        data = tf.data.Dataset.from_tensor_slices((X, 2 * X))
        data = data.shard(input_context.num_input_pipelines, input_context.input_pipeline_id)
        return data.repeat().batch(SIZE)

    config = eh.RunConfig(model_dir, train_distribute=strategy, save_checkpoints_steps=2)
    estimator = eh.Estimator(model_fn, config=config)
    eval_spec = eh.EvalSpec(input_fn, steps=3, start_delay_secs=0, throttle_secs=0)
    eh.train_and_evaluate(estimator, eh.TrainSpec(input_fn, MAX_STEPS), eval_spec)
    told = {"chief": config.is_chief, "workers": config.num_worker_replicas, "input": pipelines}
    print("result", json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
