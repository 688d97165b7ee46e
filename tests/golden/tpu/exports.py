"""SavedModels of a TPUEstimator."""

import os

import tensorflow as tf

from tests.golden.estimator.results import files
from tests.golden.learn_estimator.models import cases_of

from .models import estimator, input_fn, linear, linear_model_fn, minimize

v1 = tf.compat.v1
X_SPEC = {"x": tf.io.FixedLenFeature([2], tf.float32)}


def _raw(api):
    def receiver_fn():
        x = v1.placeholder(tf.float32, [None, 2], name="raw")
        return api.core.export.ServingInputReceiver({"x": x}, {"x": x})

    return receiver_fn


def _meta_graphs(path):
    """Tags, signatures and number of variables of each graph."""
    path = path.decode()
    model = _parsed(path)
    found = []
    for graph in model.meta_graphs:
        signatures = {}
        for name, signature in graph.signature_def.items():
            signatures[name] = [
                signature.method_name,
                {key: _tensor(info) for key, info in sorted(signature.inputs.items())},
                {key: _tensor(info) for key, info in sorted(signature.outputs.items())},
            ]
        found.append([sorted(graph.meta_info_def.tags), signatures])
    return [found, [name for name in files(path) if "data-" not in name]]


def _tensor(info):
    shape = [dim.size for dim in info.tensor_shape.dim]
    return [tf.dtypes.DType(info.dtype).name, shape]


def _parsed(path):
    from tensorflow.core.protobuf import saved_model_pb2

    model = saved_model_pb2.SavedModel()
    with open(os.path.join(path, "saved_model.pb"), "rb") as file:
        model.ParseFromString(file.read())
    return model


def _trained(api, folder, model_fn=None, **kwargs):
    return estimator(api, os.path.join(folder, "model"), model_fn, **kwargs).train(
        input_fn, steps=1
    )


def raw_receiver(api, folder):
    return _meta_graphs(_trained(api, folder).export_saved_model(folder, _raw(api)))


def parsing_receiver(api, folder):
    receiver_fn = api.core.export.build_parsing_serving_input_receiver_fn(X_SPEC)
    return _meta_graphs(_trained(api, folder).export_savedmodel(folder, receiver_fn))


def own_outputs(api, folder):
    def outputs(labels, values, mode):
        return {
            "serving_default": api.core.export.RegressionOutput(values),
            "twice": api.core.export.PredictOutput({"value": 2 * values}),
        }

    model_fn = linear_model_fn(api, export_outputs=outputs)
    receiver_fn = api.core.export.build_parsing_serving_input_receiver_fn(X_SPEC)
    return _meta_graphs(_trained(api, folder, model_fn).export_saved_model(folder, receiver_fn))


def graph_for_tpus_too(api, folder):
    """By default there is one for TPUs beside that for CPUs."""

    def model_fn(features, labels, mode, params):
        values = linear(features)
        loss = train_op = None
        if labels is not None:
            loss = tf.reduce_mean(values)
            train_op = minimize(loss)
        return api.tpu.TPUEstimatorSpec(mode, {"value": values}, loss, train_op)

    model = _trained(api, folder, model_fn, export_to_tpu=True)
    graphs, _ = _meta_graphs(model.export_saved_model(folder, _raw(api)))
    return graphs


def with_the_second_way_to_export(api, folder):
    model = _trained(api, folder, export_saved_model_api_version=api.export_version.V2)
    return _meta_graphs(model.export_saved_model(folder, _raw(api)))


def after_use_tpu(api, folder):
    """Exporting needs no TPU."""
    _trained(api, folder)
    model = estimator(api, os.path.join(folder, "model"), use_tpu=True)
    return _meta_graphs(model.export_saved_model(folder, _raw(api)))


def of_every_mode(api, folder):
    def supervised():
        x = v1.placeholder(tf.float32, [None, 2], name="raw")
        y = v1.placeholder(tf.float32, [None, 1], name="labels")
        receiver = {"x": x, "y": y}
        return api.supervised_receiver({"x": x}, y, receiver)

    modes = {"train": supervised, "eval": supervised, "infer": _raw(api)}
    model = _trained(api, folder)
    return _meta_graphs(model.experimental_export_all_saved_models(folder, modes))


CASES = cases_of(globals())
