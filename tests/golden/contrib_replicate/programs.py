"""Estimators with a replicated model_fn: trained, evaluated, asked for predictions."""

import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

from .models import CONSTANT, THREE, TWO, X, Y, input_fn, linear_model_fn, momentum

v1 = tf.compat.v1


def _results(api, folder, model_fn, inputs=input_fn, predict=True, **options):
    replicated = api.towers.replicate_model_fn(model_fn, **options)
    config = api.core.RunConfig(tf_random_seed=1)
    estimator = api.core.Estimator(replicated, folder, config, params={"rate": 0.1})
    estimator.train(inputs, steps=3)
    found = {
        name: plain(estimator.get_variable_value(name))
        for name in sorted(estimator.get_variable_names())
    }
    found["evaluation"] = plain(estimator.evaluate(inputs, steps=2))
    if predict:
        predictions = estimator.predict(lambda: inputs().take(1))
        found["predictions"] = [plain(value) for value in predictions]
    return found


def mean_of_two(api, folder):
    return _results(api, folder, linear_model_fn(api), devices=TWO)


def mean_of_three(api, folder):
    return _results(api, folder, linear_model_fn(api), devices=THREE)


def sum_of_two(api, folder):
    return _results(
        api,
        folder,
        linear_model_fn(api, squared=tf.reduce_sum),
        loss_reduction=v1.losses.Reduction.SUM,
        devices=TWO,
    )


def one_device(api, folder):
    return _results(api, folder, linear_model_fn(api), devices=["/cpu:0"])


def all_devices(api, folder):
    return _results(api, folder, linear_model_fn(api))


def adam(api, folder):
    make = linear_model_fn(api, lambda: v1.train.AdamOptimizer(0.1))
    return _results(api, folder, make, devices=TWO)


def variables_on_every_device(api, folder):
    towers = api.towers
    replicated = towers._replicate_model_fn_with_mode(
        linear_model_fn(api),
        v1.losses.Reduction.SUM_BY_NONZERO_WEIGHTS,
        TWO,
        mode=towers._VariableDistributionMode.SHARED_ROUND_ROBIN,
    )
    estimator = api.core.Estimator(replicated, folder, params={})
    estimator.train(input_fn, steps=2)
    return plain(estimator.get_variable_value("weights"))


def sparse_updates(api, folder):
    """Rows that occur in one tower, in both and in none; labels in a dict."""

    def inputs():
        data = {"row": [[0, 1], [1, 2], [2, 3], [3, 3]]}, {"y": [[1.0], [2.0], [3.0], [4.0]]}
        return tf.data.Dataset.from_tensor_slices(data).batch(4, drop_remainder=True).repeat()

    def model_fn(features, labels, mode):
        table = v1.get_variable("table", [5, 2], initializer=CONSTANT)
        rows = tf.nn.embedding_lookup(table, features["row"])
        values = tf.reduce_sum(rows, [1, 2])[:, tf.newaxis]
        if mode == "infer":
            return api.core.EstimatorSpec(mode, predictions={"values": values})
        loss = tf.reduce_mean(tf.square(values - labels["y"]))
        optimizer = api.towers.TowerOptimizer(v1.train.AdagradOptimizer(0.1))
        train_op = optimizer.minimize(loss, v1.train.get_or_create_global_step())
        return api.core.EstimatorSpec(mode, loss=loss, train_op=train_op)

    return _results(api, folder, model_fn, inputs, devices=TWO)


def sparse_features(api, folder):
    def inputs():
        indices = [[0, 0], [1, 1], [2, 0], [3, 2]]
        sparse = tf.sparse.SparseTensor(indices, [1.0, 2.0, 3.0, 4.0], [4, 3])
        return {"x": sparse, "dense": tf.constant(X[:4])}, tf.constant(Y[:4])

    def model_fn(features, labels, mode):
        weights = v1.get_variable("weights", [3, 1], initializer=CONSTANT)
        values = tf.sparse.sparse_dense_matmul(features["x"], weights)
        loss = tf.reduce_mean(tf.square(values + features["dense"][:, :1] - labels))
        optimizer = api.towers.TowerOptimizer(v1.train.GradientDescentOptimizer(0.1))
        train_op = optimizer.minimize(loss, v1.train.get_or_create_global_step())
        return api.core.EstimatorSpec(mode, loss=loss, train_op=train_op)

    return _results(api, folder, model_fn, inputs, predict=False, devices=TWO)


def two_optimizers(api, folder):
    """Each with variables of its own, as for a generator and a discriminator."""

    def model_fn(features, labels, mode):
        losses, train_ops = [], []
        for name, rate in (("first", 0.1), ("second", 0.2)):
            with v1.variable_scope(name):
                weights = v1.get_variable("weights", [2, 1], initializer=CONSTANT)
            losses.append(tf.reduce_mean(tf.square(tf.matmul(features["x"], weights) - labels)))
            optimizer = api.towers.TowerOptimizer(lambda rate=rate: v1.train.AdamOptimizer(rate))
            step = v1.train.get_global_step() if name == "first" else None
            train_ops.append(optimizer.minimize(losses[-1], step, var_list=[weights]))
        return api.core.EstimatorSpec(mode, loss=losses[0], train_op=tf.group(*train_ops))

    return _results(api, folder, model_fn, predict=False, devices=TWO)


def canned(api, folder):
    """The model_fn of a canned estimator, as the documentation of the original has it."""
    classifier = api.core.LinearRegressor(
        [tf.feature_column.numeric_column("x", shape=[2])],
        optimizer=api.towers.TowerOptimizer(v1.train.FtrlOptimizer(0.2)),
    )
    found = _results(
        api,
        folder,
        classifier.model_fn,
        loss_reduction=v1.losses.Reduction.SUM,
        devices=TWO,
    )
    return {name.replace("linear/linear_model", "linear"): value for name, value in found.items()}


CASES = [case for case in cases_of(globals()) if case not in (input_fn, linear_model_fn, momentum)]
