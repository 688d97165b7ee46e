"""Small programs around an Estimator, run under the original and under ours.

Each takes an `api` (the names of `tf.estimator` it needs) and an empty folder, and returns what can
be compared, as JSON. The code runs on TensorFlow 1.15 (Python 3.7), 2.15 and later.
"""

import os

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import checkpoint_state, events, files, plain

v1 = tf.compat.v1

X = np.linspace(-1.0, 1.0, 24, dtype=np.float32).reshape(12, 2)
Y = (X @ np.array([[1.5], [-2.0]], np.float32) + 0.25).astype(np.float32)


def linear_model_fn(api, initializer=None, noise=0.0):
    """Least squares on features["x"] with Adam."""

    def model_fn(features, labels, mode):
        weights = v1.get_variable(
            "linear/weights", [2, 1], initializer=initializer or v1.random_normal_initializer()
        )
        bias = v1.get_variable("linear/bias", [1], initializer=v1.zeros_initializer())
        predictions = tf.matmul(features["x"], weights) + bias
        if mode == api.ModeKeys.PREDICT:
            return api.EstimatorSpec(mode, predictions={"value": predictions, "x": features["x"]})
        if noise and mode == api.ModeKeys.TRAIN:
            predictions += noise * v1.random_normal(tf.shape(predictions))
        loss = tf.reduce_mean(tf.square(predictions - labels))
        train_op = v1.train.AdamOptimizer(0.05).minimize(loss, v1.train.get_global_step())
        metrics = {}
        if mode == api.ModeKeys.EVAL:
            metrics["rmse"] = v1.metrics.root_mean_squared_error(labels, predictions)
            metrics["mean/label"] = v1.metrics.mean(labels)
        v1.summary.scalar("bias", bias[0])
        return api.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    return model_fn


def dataset(shuffle=False, repeat=True):
    data = tf.data.Dataset.from_tensor_slices(({"x": X}, Y))
    if shuffle:
        data = data.shuffle(12)
    if repeat:
        data = data.repeat()
    return data.batch(4)


def linear_config(api, **kwargs):
    settings = {"tf_random_seed": 42, "save_summary_steps": 5, "log_step_count_steps": 5}
    settings.update(kwargs)
    return api.RunConfig(**settings)


CONSTANT = v1.constant_initializer(0.1)


def life_of_a_model(api, folder):
    """Train, evaluate, predict, train again, evaluate under a name."""
    estimator = api.Estimator(linear_model_fn(api, CONSTANT), folder, linear_config(api))
    estimator.train(dataset, steps=12)
    first = estimator.evaluate(lambda: dataset(repeat=False))
    predictions = list(estimator.predict(lambda: dataset(repeat=False)))
    estimator.train(dataset, max_steps=20)
    second = estimator.evaluate(dataset, steps=2, name="again")
    estimator.train(dataset, max_steps=20)
    return {
        "evaluations": [plain(first), plain(second)],
        "predictions": plain(predictions),
        "variables": plain(
            {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}
        ),
        "latest": os.path.basename(estimator.latest_checkpoint()),
        "files": files(folder),
        "checkpoint_state": checkpoint_state(folder),
        "training_events": events(folder),
        "evaluation_events": events(os.path.join(folder, "eval"), steps=True),
        "named_evaluation_events": events(os.path.join(folder, "eval_again"), steps=True),
    }


def seeded_model(api, folder):
    """Only the graph has a seed: values, shuffling and noise depend on the order in it."""
    config = linear_config(api)
    estimator = api.Estimator(linear_model_fn(api, noise=0.5), folder, config)
    estimator.train(lambda: dataset(shuffle=True), steps=7)
    return {
        "variables": plain(
            {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}
        ),
        "evaluation": plain(estimator.evaluate(dataset, steps=3)),
    }


def untrained_model(api, folder):
    """Evaluates and predicts with initial values; the folder gets no checkpoint."""
    estimator = api.Estimator(linear_model_fn(api, CONSTANT), folder, linear_config(api))
    return {
        "evaluation": plain(estimator.evaluate(lambda: dataset(repeat=False))),
        "predictions": plain(list(estimator.predict(lambda: dataset(repeat=False)))),
        "files": files(folder),
        "latest": estimator.latest_checkpoint(),
        "events": events(os.path.join(folder, "eval"), steps=True),
    }


def ways_of_input(api, folder):
    """Every form of input_fn trains the same model."""

    def tensors():
        return {"x": tf.constant(X[:4])}, tf.constant(Y[:4])

    def arrays():
        return {"x": X[:4]}, Y[:4]

    def one_shot_iterator():
        return v1.data.make_one_shot_iterator(dataset()).get_next()

    def queue():
        x, y = v1.train.slice_input_producer([X, Y], shuffle=False)
        x, y = v1.train.batch([x, y], 4)
        return {"x": x}, y

    def with_arguments(mode, params, config):
        assert (mode, params["size"]) == (api.ModeKeys.TRAIN, 3)
        assert config.tf_random_seed == 42
        return dataset()

    def as_list():
        return list(tensors())

    results = {}
    for input_fn in (dataset, tensors, arrays, one_shot_iterator, queue, with_arguments, as_list):
        name = input_fn.__name__

        def model_fn(features, labels, mode, params):
            return linear_model_fn(api, CONSTANT)(features, labels, mode)

        estimator = api.Estimator(
            model_fn, os.path.join(folder, name), linear_config(api), {"size": 3}
        )
        estimator.train(input_fn, steps=3)
        results[name] = plain(estimator.get_variable_value("linear/weights"))
    return results


def nested_features(api, folder):
    """Nested dicts and tuples, a sparse feature, no labels."""

    def input_fn():
        sparse = tf.sparse.SparseTensor([[0, 1], [2, 0]], [1.0, 2.0], [3, 2])
        features = {"dense": {"a": X[:3], "b": (X[3:6], X[6:9])}, "sparse": sparse}
        return tf.data.Dataset.from_tensors(features)

    def model_fn(features, mode):
        total = features["dense"]["a"] + features["dense"]["b"][0] * features["dense"]["b"][1]
        total += tf.sparse.to_dense(features["sparse"])
        scale = v1.get_variable("scale", initializer=2.0)
        loss = tf.reduce_sum(scale * total)
        train_op = v1.train.GradientDescentOptimizer(0.1).minimize(loss, v1.train.get_global_step())
        return api.EstimatorSpec(mode, predictions=scale * total, loss=loss, train_op=train_op)

    estimator = api.Estimator(model_fn, folder)
    estimator.train(input_fn)
    return {
        "scale": plain(estimator.get_variable_value("scale")),
        "evaluation": plain(estimator.evaluate(input_fn)),
        "predictions": plain(list(estimator.predict(input_fn))),
        "batches": plain(list(estimator.predict(input_fn, yield_single_examples=False))),
    }


def selected_predictions(api, folder):
    estimator = api.Estimator(linear_model_fn(api, CONSTANT), folder)
    estimator.train(dataset, steps=1)
    checkpoint = estimator.latest_checkpoint()
    estimator.train(dataset, steps=1)

    def predict(**kwargs):
        return plain(list(estimator.predict(lambda: dataset(repeat=False), **kwargs)))

    return {
        "keys": predict(predict_keys=["value"]),
        "older": predict(checkpoint_path=checkpoint, predict_keys="value"),
        "batches": predict(yield_single_examples=False, predict_keys=["value", "absent"]),
        "stopped": plain(next(estimator.predict(dataset, hooks=[v1.train.FinalOpsHook(None)]))),
    }


def checkpoint_files(api, folder):
    """How often checkpoints are saved, how many are kept, without the graph."""
    results = {}
    for name, settings in [
        ("every_3_steps_keep_2", {"save_checkpoints_steps": 3, "keep_checkpoint_max": 2}),
        ("keep_all", {"save_checkpoints_steps": 2, "keep_checkpoint_max": None}),
        ("none", {"save_checkpoints_steps": None, "save_checkpoints_secs": None}),
        ("without_graph", {"checkpoint_save_graph_def": False}),
        ("without_summaries", {"save_summary_steps": 0, "log_step_count_steps": None}),
    ]:
        if name == "without_graph" and tf.__version__.startswith("1."):
            continue
        model_dir = os.path.join(folder, name)
        config = linear_config(api, **settings)
        api.Estimator(linear_model_fn(api, CONSTANT), model_dir, config).train(dataset, steps=10)
        results[name] = {
            "files": files(model_dir),
            "state": checkpoint_state(model_dir),
            "events": events(model_dir),
        }
    return results


def summaries_of_metrics(api, folder):
    """Metrics of every dtype and shape that the event file takes, and some it does not."""

    def model_fn(features, labels, mode):
        image = v1.summary.image("image", tf.ones([2, 2, 2, 1]), collections=[])
        values = {
            "float32": tf.constant(0.5),
            "float64": tf.constant(0.25, tf.float64),
            "int32": tf.constant(3),
            "int64": tf.constant(4, tf.int64),
            "vector": tf.constant([1.0, 2.0]),
            "matrix": tf.constant([[1, 2], [3, 4]]),
            "flag": tf.constant(True),
            "text": tf.constant("no summary"),
            "image": image,
        }
        metrics = {name: (value, tf.no_op()) for name, value in values.items()}
        return api.EstimatorSpec(mode, loss=tf.constant(1.0), eval_metric_ops=metrics)

    estimator = api.Estimator(model_fn, folder)
    results = estimator.evaluate(dataset, steps=1)
    results.pop("image")
    return {"results": plain(results), "events": events(os.path.join(folder, "eval"), steps=True)}


def warm_started_model(api, folder):
    """The first values come from another model's checkpoint: all, renamed, or some."""
    old = os.path.join(folder, "old")
    api.Estimator(linear_model_fn(api, CONSTANT), old).train(dataset, steps=5)

    def renamed_model_fn(features, labels, mode):
        weights = v1.get_variable("weights", [2, 1], initializer=CONSTANT)
        return api.EstimatorSpec(
            mode, predictions=tf.matmul(features["x"], weights), loss=tf.reduce_sum(weights)
        )

    settings = api.WarmStartSettings(old, var_name_to_prev_var_name={"weights": "linear/weights"})
    cases = {
        "folder": (linear_model_fn(api, v1.zeros_initializer()), old),
        "renamed": (renamed_model_fn, settings),
        "pattern": (
            linear_model_fn(api, v1.zeros_initializer()),
            api.WarmStartSettings(old, vars_to_warm_start=".*bias"),
        ),
    }
    results = {}
    for name, (model_fn, warm_start_from) in cases.items():
        model_dir = os.path.join(folder, name)
        estimator = api.Estimator(model_fn, model_dir, warm_start_from=warm_start_from)
        results[name] = plain(list(estimator.predict(lambda: dataset(repeat=False).take(1))))
    estimator = api.Estimator(
        linear_model_fn(api, v1.zeros_initializer()), old + "2", warm_start_from=old
    )
    estimator.train(dataset, steps=1)
    results["trained"] = plain(estimator.get_variable_value("linear/weights"))
    return results


def partitioned_variables(api, folder):
    """A variable in slices is one entry of a checkpoint, and can be read in other slices."""

    def model_fn(features, labels, mode, params):
        with v1.variable_scope("part", partitioner=v1.fixed_size_partitioner(params["parts"])):
            weights = v1.get_variable("weights", [4, 1], initializer=CONSTANT)
        loss = tf.reduce_sum(tf.square(tf.convert_to_tensor(weights) - labels))
        train_op = v1.train.AdagradOptimizer(0.1).minimize(loss, v1.train.get_global_step())
        return api.EstimatorSpec(mode, loss=loss, train_op=train_op)

    api.Estimator(model_fn, folder, params={"parts": 2}).train(dataset, steps=2)
    estimator = api.Estimator(model_fn, folder, params={"parts": 4}).train(dataset, steps=2)
    return plain(
        {name: estimator.get_variable_value(name) for name in estimator.get_variable_names()}
    )


PROGRAMS = [
    life_of_a_model,
    seeded_model,
    untrained_model,
    ways_of_input,
    nested_features,
    selected_predictions,
    checkpoint_files,
    summaries_of_metrics,
    warm_started_model,
    partitioned_variables,
]
