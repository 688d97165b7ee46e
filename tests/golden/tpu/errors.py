"""Mistakes: the type of the error is what counts."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

from . import exports
from .models import (
    config,
    estimator,
    input_fn,
    linear,
    linear_model_fn,
    metric_fn,
    minimize,
    once,
)

v1 = tf.compat.v1


# The constructor


def without_config(api, folder):
    estimator(api, folder, config=None)


def with_config_of_another_kind(api, folder):
    estimator(api, folder, config=api.core.RunConfig())


def without_model_fn(api, folder):
    api.tpu.TPUEstimator(config=config(api), use_tpu=False)


def params_with_batch_size(api, folder):
    estimator(api, folder, params={"batch_size": 3})


def params_with_context(api, folder):
    estimator(api, folder, params={"context": 3})


def model_fn_without_features(api, folder):
    estimator(api, folder, lambda labels, params: None)


def model_fn_with_unknown_argument(api, folder):
    estimator(api, folder, lambda features, params, other: None)


def without_train_batch_size(api, folder):
    estimator(api, folder, use_tpu=True, train_batch_size=None)


def train_batch_size_of_0(api, folder):
    estimator(api, folder, use_tpu=True, train_batch_size=0)


def train_batch_size_as_text(api, folder):
    estimator(api, folder, use_tpu=True, train_batch_size="4")


def eval_batch_size_of_a_float(api, folder):
    estimator(api, folder, use_tpu=True, eval_batch_size=4.0)


def negative_eval_batch_size(api, folder):
    estimator(api, folder, use_tpu=True, eval_batch_size=-1)


def negative_predict_batch_size(api, folder):
    estimator(api, folder, use_tpu=True, predict_batch_size=-1)


def model_parallelism_with_input_per_shard(api, folder):
    tpu_config = api.tpu.TPUConfig(num_cores_per_replica=2, per_host_input_for_training=False)
    estimator(api, folder, use_tpu=True, config=config(api, tpu_config))


def different_model_dirs(api, folder):
    estimator(api, folder, config=config(api, model_dir=folder + "2"))


def model_fn_without_params_and_params(api, folder):
    estimator(api, folder, lambda features, labels, mode: None, params={"a": 1})


def unknown_way_to_export(api, folder):
    estimator(api, folder, export_saved_model_api_version=3)


# Calls


def train_on_tpus_that_are_not_there(api, folder):
    estimator(api, folder, use_tpu=True).train(input_fn, steps=1)


def evaluate_on_tpus_that_are_not_there(api, folder):
    estimator(api, folder, use_tpu=True).evaluate(once, steps=1)


def predict_on_tpus_that_are_not_there(api, folder):
    list(estimator(api, folder, use_tpu=True).predict(once))


def train_with_steps_and_max_steps(api, folder):
    estimator(api, folder).train(input_fn, steps=1, max_steps=1)


def evaluate_0_steps(api, folder):
    estimator(api, folder).evaluate(once, steps=0)


def input_fn_without_params(api, folder):
    estimator(api, folder).train(lambda: input_fn({"batch_size": 4}), steps=1)


def model_fn_without_params(api, folder):
    def model_fn(features, labels, mode):
        return linear_model_fn(api)(features, labels, mode, {})

    estimator(api, folder, model_fn).train(input_fn, steps=1)


def model_fn_without_labels(api, folder):
    def model_fn(features, params):
        loss = tf.reduce_mean(linear(features))
        return api.tpu.TPUEstimatorSpec("train", loss=loss, train_op=minimize(loss))

    estimator(api, folder, model_fn).train(input_fn, steps=1)


def model_fn_that_returns_nothing(api, folder):
    estimator(api, folder, lambda features, labels, params: None).train(input_fn, steps=1)


def sliced_evaluation(api, folder):
    inputs = api.tpu.InputPipelineConfig
    tpu_config = api.tpu.TPUConfig(eval_training_input_configuration=inputs.SLICED)
    estimator(api, folder, config=config(api, tpu_config)).evaluate(once)


def sliced_training(api, folder):
    """Only evaluation and prediction mind."""
    inputs = api.tpu.InputPipelineConfig
    tpu_config = api.tpu.TPUConfig(eval_training_input_configuration=inputs.SLICED)
    estimator(api, folder, config=config(api, tpu_config)).train(input_fn, steps=1)


def spec_without_train_op(api, folder):
    def model_fn(features, labels, mode, params):
        return api.tpu.TPUEstimatorSpec(mode, loss=tf.reduce_mean(linear(features)))

    estimator(api, folder, model_fn).train(input_fn, steps=1)


def spec_without_loss(api, folder):
    def model_fn(features, labels, mode, params):
        linear(features)
        return api.tpu.TPUEstimatorSpec(mode)

    estimator(api, folder, model_fn).evaluate(once)


def export_to_nothing(api, folder):
    model = exports._trained(api, folder, export_to_cpu=False, export_to_tpu=False)
    model.export_saved_model(folder, exports._raw(api))


# TPUEstimatorSpec


def spec_without_predictions(api, folder):
    api.tpu.TPUEstimatorSpec("infer")


def spec_with_predictions_of_a_list(api, folder):
    api.tpu.TPUEstimatorSpec("infer", predictions=[1.0])


def spec_for_training_without_train_op(api, folder):
    with tf.Graph().as_default():
        api.tpu.TPUEstimatorSpec("train", loss=tf.constant(1.0))


def spec_with_loss_of_two(api, folder):
    with tf.Graph().as_default():
        api.tpu.TPUEstimatorSpec("eval", loss=tf.constant([1.0, 2.0]))


def spec_with_loss_of_a_number(api, folder):
    api.tpu.TPUEstimatorSpec("eval", loss=1.0)


def spec_with_train_op_of_text(api, folder):
    with tf.Graph().as_default():
        api.tpu.TPUEstimatorSpec("train", loss=tf.constant(1.0), train_op="op")


def spec_with_export_outputs_of_a_list(api, folder):
    with tf.Graph().as_default():
        api.tpu.TPUEstimatorSpec("infer", predictions={"a": tf.constant([1.0])}, export_outputs=[1])


def spec_with_unknown_mode(api, folder):
    with tf.Graph().as_default():
        api.tpu.TPUEstimatorSpec("mine", predictions={"a": tf.constant([1.0])})


def scaffold_fn_of_another_kind(api, folder):
    _spec(api, scaffold_fn=lambda: "scaffold")


def scaffold_that_is_no_function(api, folder):
    _spec(api, scaffold_fn=v1.train.Scaffold())


def _spec(api, **fields):
    with tf.Graph().as_default():
        api.tpu.TPUEstimatorSpec("eval", loss=tf.constant(1.0), **fields).as_estimator_spec()


def eval_metrics_of_a_dict(api, folder):
    _spec(api, eval_metrics={"mean": 1})


def eval_metrics_of_a_function(api, folder):
    _spec(api, eval_metrics=metric_fn)


def eval_metrics_of_three(api, folder):
    _spec(api, eval_metrics=(metric_fn, [], []))


def eval_metrics_without_function(api, folder):
    _spec(api, eval_metrics=("metric_fn", []))


def eval_metrics_of_a_tensor(api, folder):
    _spec(api, eval_metrics=(metric_fn, 3))


def eval_metrics_of_too_few(api, folder):
    _spec(api, eval_metrics=(metric_fn, [1]))


def eval_metrics_of_other_names(api, folder):
    _spec(api, eval_metrics=(metric_fn, {"labels": 1, "other": 2}))


def host_call_of_too_many(api, folder):
    _spec(api, host_call=(lambda a: a, [1, 2]))


def host_call_of_a_function(api, folder):
    _spec(api, host_call=lambda a: a)


def hook_of_another_kind(api, folder):
    api.tpu.TPUEstimatorSpec("train", training_hooks=["hook"])


def evaluation_hook_of_another_kind(api, folder):
    api.tpu.TPUEstimatorSpec("train", evaluation_hooks=["hook"])


def prediction_hook_of_another_kind(api, folder):
    api.tpu.TPUEstimatorSpec("train", prediction_hooks=[1])


# TPUConfig and RunConfig


def iterations_of_0(api, folder):
    api.tpu.TPUConfig(iterations_per_loop=0)


def iterations_of_a_float(api, folder):
    api.tpu.TPUConfig(iterations_per_loop=1.5)


def iterations_of_days(api, folder):
    api.tpu.TPUConfig(iterations_per_loop="1d")


def iterations_of_none(api, folder):
    api.tpu.TPUConfig(iterations_per_loop=None)


def shards_of_0(api, folder):
    api.tpu.TPUConfig(num_shards=0)


def shards_of_a_float(api, folder):
    api.tpu.TPUConfig(num_shards=1.0)


def three_cores(api, folder):
    api.tpu.TPUConfig(num_cores_per_replica=3)


def negative_sleep(api, folder):
    api.tpu.TPUConfig(initial_infeed_sleep_secs=-1)


def broadcast_evaluation(api, folder):
    inputs = api.tpu.InputPipelineConfig
    api.tpu.TPUConfig(eval_training_input_configuration=inputs.BROADCAST)


def partition_of_three(api, folder):
    api.tpu.TPUConfig(input_partition_dims=[1, 2, 3])


def partition_without_per_host_v2(api, folder):
    api.tpu.TPUConfig(input_partition_dims=[[1]], num_cores_per_replica=2)


def partition_without_cores(api, folder):
    inputs = api.tpu.InputPipelineConfig
    api.tpu.TPUConfig(input_partition_dims=[[1]], per_host_input_for_training=inputs.PER_HOST_V2)


def _cluster():
    return tf.distribute.cluster_resolver.SimpleClusterResolver(
        v1.train.ClusterSpec({"worker": ["a:1"]}), master="grpc://a:1"
    )


def master_and_cluster(api, folder):
    api.tpu.RunConfig(master="grpc://a:1", cluster=_cluster())


def cluster_and_cluster_def(api, folder):
    session_config = v1.ConfigProto(
        cluster_def=v1.train.ClusterSpec({"worker": ["a:1"]}).as_cluster_def()
    )
    api.tpu.RunConfig(cluster=_cluster(), session_config=session_config)


def unknown_argument_of_run_config(api, folder):
    api.tpu.RunConfig(iterations_per_loop=3)


def replace_of_master(api, folder):
    api.tpu.RunConfig().replace(master="grpc://a:1")


# CrossShardOptimizer


def unsupported_reduction(api, folder):
    api.CrossShardOptimizer(
        v1.train.GradientDescentOptimizer(0.1), reduction=v1.losses.Reduction.NONE
    )


def groups_that_are_no_lists(api, folder):
    with tf.Graph().as_default():
        optimizer = api.CrossShardOptimizer(
            v1.train.GradientDescentOptimizer(0.1), group_assignment=[0]
        )
        optimizer.minimize(v1.get_variable("weight", initializer=1.0))


def groups_of_other_replicas(api, folder):
    with tf.Graph().as_default():
        optimizer = api.CrossShardOptimizer(
            v1.train.GradientDescentOptimizer(0.1), group_assignment=[[0, 1]]
        )
        optimizer.minimize(v1.get_variable("weight", initializer=1.0))


def step_without_tpus(api, folder):
    """TensorFlow can sum gradients over TPUs only."""

    def optimizer():
        return api.CrossShardOptimizer(v1.train.GradientDescentOptimizer(0.1))

    estimator(api, folder, linear_model_fn(api, optimizer=optimizer)).train(input_fn, steps=1)


CASES = cases_of(globals())
