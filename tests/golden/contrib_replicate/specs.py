"""What a replicated model_fn builds: names, devices, fields of the spec, and private functions."""

import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

from .models import TWO, X, Y, linear_model_fn

v1 = tf.compat.v1


def _replicated(api, mode, devices=None, model_fn=None, labels=True):
    """The spec, in a new default graph."""
    v1.train.get_or_create_global_step()
    features = {"x": tf.constant(X[:4])}
    replicated = api.towers.replicate_model_fn(model_fn or linear_model_fn(api), devices=devices)
    return replicated(features, tf.constant(Y[:4]) if labels else None, mode, params={})


def _device(device):
    return device.lower().replace("/device:", "/").replace("/job:localhost/replica:0/task:0", "")


def names_and_devices(api, folder):
    found = {}
    for mode in ("train", "eval", "infer"):
        for devices in (["/cpu:0"], ["/cpu:1", "/cpu:2"]):
            with tf.Graph().as_default():
                spec = _replicated(api, mode, devices)
                found[mode + str(len(devices))] = [
                    spec.loss if spec.loss is None else [spec.loss.name, _device(spec.loss.device)],
                    mode == "train" and spec.train_op.name,
                    sorted(
                        (name, _device(value.device)) for name, value in spec.predictions.items()
                    ),
                    sorted((v.op.name, _device(v.device)) for v in v1.global_variables()),
                    sorted(
                        (op.name, _device(op.device))
                        for op in v1.get_default_graph().get_operations()
                        if op.type == "MatMul" and "gradients" not in op.name
                    ),
                    spec.mode,
                ]
    return plain(found)


def round_robin(api, folder):
    towers = api.towers
    replicated = towers._replicate_model_fn_with_mode(
        linear_model_fn(api),
        v1.losses.Reduction.SUM,
        ["/cpu:1", "/cpu:2"],
        towers._VariableDistributionMode.SHARED_ROUND_ROBIN,
    )
    with tf.Graph().as_default():
        replicated({"x": tf.constant(X[:4])}, tf.constant(Y[:4]), "train", params={})
        variables = v1.trainable_variables()
        return [[variable.op.name, _device(variable.device)] for variable in variables]


def device_of_the_user(api, folder):
    def model_fn(features, labels, mode):
        with tf.device("/cpu:3"):
            values = features["x"] * v1.get_variable("scale", [], initializer=v1.ones_initializer())
        found.append([_device(values.device), _device(v1.global_variables()[-1].device)])
        return api.core.EstimatorSpec(mode, predictions={"values": values})

    found = []
    with tf.Graph().as_default():
        _replicated(api, "infer", ["/cpu:1", "/cpu:2"], model_fn)
    return found


def export_outputs(api, folder):
    with tf.Graph().as_default():
        spec = _replicated(api, "infer", TWO, labels=False)
        outputs = spec.export_outputs
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            found = [
                outputs["predict"].outputs,
                outputs["serving_default"].value,
                outputs["scores"].scores,
            ]
            return [sorted(outputs), outputs["scores"].classes, plain(session.run(found))]


def losses_of_towers(api, folder):
    found = []
    for reduction in (v1.losses.Reduction.SUM, v1.losses.Reduction.MEAN):
        with tf.Graph().as_default():
            v1.train.get_or_create_global_step()
            replicated = api.towers.replicate_model_fn(linear_model_fn(api), reduction, TWO)
            spec = replicated({"x": tf.constant(X[:4])}, tf.constant(Y[:4]), "eval", params={})
            with v1.Session() as session:
                session.run(v1.global_variables_initializer())
                found.append(plain(session.run(spec.loss)))
    return found


def metrics_are_of_all_towers(api, folder):
    """Also after several updates; the variables of the other towers are emptied each time."""
    with tf.Graph().as_default():
        spec = _replicated(api, "eval", TWO)
        updates = [update for _, update in spec.eval_metric_ops.values()]
        with v1.Session() as session:
            session.run([v1.global_variables_initializer(), v1.local_variables_initializer()])
            session.run(updates)
            session.run(updates)
            values = {name: value for name, (value, _) in spec.eval_metric_ops.items()}
            variables = v1.get_collection(v1.GraphKeys.METRIC_VARIABLES)
            return plain(
                [
                    session.run(values),
                    sorted(variable.op.name for variable in variables),
                    sorted(session.run([tf.reduce_sum(variable) for variable in variables])),
                ]
            )


def arguments_of_the_model_fn(api, folder):
    """The towers share a copy of the parameters."""
    found = []

    def model_fn(features, labels, mode, params, config):
        params["calls"] += 1
        found.append([params["calls"], config, labels is None, features["x"].shape.as_list()])
        found.append([v1.get_variable_scope().name, v1.get_default_graph().get_name_scope() or ""])
        return api.core.EstimatorSpec(mode, predictions=features)

    params = {"calls": 0}
    with tf.Graph().as_default():
        replicated = api.towers.replicate_model_fn(model_fn, devices=TWO)
        spec = replicated({"x": tf.constant(X)}, None, "infer", params, config="config")
        found.append(spec.predictions["x"].shape.as_list())
    return found + [params]


def use_of_tower_optimizers(api, folder):
    used = []

    def model_fn(features, labels, mode):
        optimizer = api.towers.TowerOptimizer(lambda: v1.train.AdagradOptimizer(0.1))
        used.append(api.towers.TowerOptimizer.has_been_used())
        weight = v1.get_variable("weight", [])
        pairs = optimizer.compute_gradients(weight * tf.reduce_sum(features["x"]), [weight])
        used.append(api.towers.TowerOptimizer.has_been_used())
        train_op = optimizer.apply_gradients(pairs, v1.train.get_global_step())
        used.append([train_op.name, train_op.type == "NoOp", pairs[0][0].op.name])
        if not v1.get_variable_scope().reuse:
            return api.core.EstimatorSpec(mode, loss=weight, train_op=train_op)
        used.append([optimizer.get_name(), optimizer.get_slot_names()])
        used.append(optimizer.get_slot(weight, "accumulator").op.name)
        used.append([variable.op.name for variable in optimizer.variables()])
        return api.core.EstimatorSpec(mode, loss=weight, train_op=train_op)

    with tf.Graph().as_default():
        _replicated(api, "train", TWO, model_fn)
        used.append(api.towers.TowerOptimizer.has_been_used())
    return used


def devices_of_the_machine(api, folder):
    return [api.towers._get_local_devices("GPU"), len(api.towers._get_local_devices("CPU"))]


CASES = [case for case in cases_of(globals()) if case is not linear_model_fn]
