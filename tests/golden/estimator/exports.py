"""Exports of a trained Estimator, run under the original and under ours."""

import os

import tensorflow as tf
from google.protobuf import text_format

from tests.golden.estimator.programs import CONSTANT, X, Y
from tests.golden.estimator.results import files, plain

v1 = tf.compat.v1

FEATURE_SPEC = {"x": tf.io.FixedLenFeature([2], tf.float32)}


def classifier_model_fn(api):
    """A classifier that exports every kind of output, and keeps its vocabulary as an asset."""

    def model_fn(features, labels, mode, params):
        x = features["x"] if isinstance(features, dict) else features
        weights = v1.get_variable("weights", [2, 2], initializer=CONSTANT)
        logits = tf.matmul(x, weights)
        probabilities = tf.nn.softmax(logits)
        predictions = {"probabilities": probabilities, ("head", "logits"): logits}
        if params.get("vocabulary"):
            v1.add_to_collection(
                v1.GraphKeys.ASSET_FILEPATHS, tf.constant(params["vocabulary"], name="vocabulary")
            )
        if mode == api.ModeKeys.PREDICT:
            classes = tf.fill(tf.shape(probabilities), "name")
            outputs = {
                "serving_default": api.export.ClassificationOutput(probabilities, classes),
                "regression": api.export.RegressionOutput(logits[:, 0]),
                "predict": api.export.PredictOutput(predictions),
                "bare": api.export.PredictOutput(logits),
                "scores_only": api.export.ClassificationOutput(scores=probabilities),
            }
            outputs = {name: outputs[name] for name in params.get("outputs", outputs)}
            return api.EstimatorSpec(mode, predictions=predictions, export_outputs=outputs or None)
        loss = v1.losses.sparse_softmax_cross_entropy(labels, logits)
        train_op = v1.train.AdagradOptimizer(0.1).minimize(loss, v1.train.get_global_step())
        return api.EstimatorSpec(
            mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops={"accuracy": v1.metrics.accuracy(labels, tf.argmax(logits, 1))},
        )

    return model_fn


def trained(api, folder, **params):
    def input_fn():
        labels = (Y[:, 0] > 0).astype("int64")
        return tf.data.Dataset.from_tensor_slices(({"x": X}, labels)).batch(4)

    estimator = api.Estimator(classifier_model_fn(api), folder, params=params)
    return estimator.train(input_fn)


def parsing_receiver(api, folder):
    receiver_fn = api.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC)
    return _exported(trained(api, folder), receiver_fn)


def parsing_receiver_with_batch_size(api, folder):
    receiver_fn = api.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC, 3)
    return _exported(trained(api, folder), receiver_fn)


def raw_receiver(api, folder):
    """Only predict signatures can be fed with features; the classifications are left out."""

    def receiver_fn():
        features = {"x": tf.constant(X, name="raw_x")}
        return api.export.build_raw_serving_input_receiver_fn(features)()

    return _exported(trained(api, folder), receiver_fn)


def tensor_receiver(api, folder):
    def receiver_fn():
        x = v1.placeholder(tf.float32, [None, 2])
        return api.export.TensorServingInputReceiver(x, x)

    return _exported(trained(api, folder), receiver_fn)


def alternative_receivers(api, folder):
    def receiver_fn():
        examples = v1.placeholder(tf.string, [None], name="examples")
        features = v1.io.parse_example(examples, FEATURE_SPEC)
        alternatives = {"raw": {"x": features["x"]}, "single": features["x"]}
        return api.export.ServingInputReceiver(features, {"examples": examples}, alternatives)

    return _exported(trained(api, folder), receiver_fn)


def forgotten_placeholder(api, folder):
    """An output that needs a placeholder which is no input is left out."""

    def receiver_fn():
        x = v1.placeholder(tf.float32, [None, 2], name="x")
        forgotten = v1.placeholder(tf.float32, [None, 2], name="forgotten")
        return api.export.ServingInputReceiver({"x": x + forgotten}, {"x": x})

    return _exported(trained(api, folder), receiver_fn)


def default_output(api, folder):
    receiver_fn = api.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC)
    return _exported(trained(api, folder, outputs=["regression"]), receiver_fn)


def as_text_with_assets(api, folder):
    os.makedirs(folder, exist_ok=True)
    vocabulary = os.path.join(folder, "vocabulary.txt")
    with open(vocabulary, "w") as file:
        file.write("a\nb\n")
    receiver_fn = api.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC)
    return _exported(
        trained(api, os.path.join(folder, "model"), vocabulary=vocabulary),
        receiver_fn,
        as_text=True,
        assets_extra={"deep/readme.txt": vocabulary},
    )


def evaluation_graph(api, folder):
    return _exported(
        trained(api, folder), _supervised_receiver_fn(api), experimental_mode=api.ModeKeys.EVAL
    )


def all_graphs(api, folder):
    estimator = trained(api, folder)
    base = os.path.join(estimator.model_dir, "export")
    receiver_fns = {
        api.ModeKeys.PREDICT: api.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC),
        api.ModeKeys.EVAL: _supervised_receiver_fn(api),
        api.ModeKeys.TRAIN: _supervised_receiver_fn(api),
    }
    return _described(estimator.experimental_export_all_saved_models(base, receiver_fns), base)


EXPORTS = [
    parsing_receiver,
    parsing_receiver_with_batch_size,
    raw_receiver,
    tensor_receiver,
    alternative_receivers,
    forgotten_placeholder,
    default_output,
    as_text_with_assets,
    evaluation_graph,
    all_graphs,
]


def _supervised_receiver_fn(api):
    def receiver_fn():
        x = v1.placeholder(tf.float32, [None, 2], name="features_x")
        labels = v1.placeholder(tf.int64, [None], name="labels")
        return api.export.build_raw_supervised_input_receiver_fn({"x": x}, labels)()

    return receiver_fn


def _exported(estimator, receiver_fn, **kwargs):
    base = os.path.join(estimator.model_dir, "export")
    return _described(estimator.export_saved_model(base, receiver_fn, **kwargs), base)


def _described(export_dir, base):
    """What is in a SavedModel: files, tags, signatures, collections, and the variables' values."""
    export_dir = export_dir.decode()
    (timestamp,) = os.listdir(base)
    assert timestamp.isdigit() and os.path.join(base, timestamp) == export_dir
    proto = saved_model_proto(export_dir)
    reader = tf.train.load_checkpoint(os.path.join(export_dir, "variables", "variables"))
    return {
        "files": files(export_dir),
        "graphs": [_graph(meta_graph) for meta_graph in proto.meta_graphs],
        "variables": {
            name: plain(reader.get_tensor(name)) for name in reader.get_variable_to_shape_map()
        },
    }


def saved_model_proto(export_dir):
    from tensorflow.core.protobuf import saved_model_pb2

    proto = saved_model_pb2.SavedModel()
    binary = os.path.join(export_dir, "saved_model.pb")
    if os.path.exists(binary):
        with open(binary, "rb") as file:
            proto.ParseFromString(file.read())
    else:
        with open(binary + "txt") as file:
            text_format.Parse(file.read(), proto)
    return proto


def _graph(meta_graph):
    collections = (
        v1.saved_model.constants.MAIN_OP_KEY,
        "saved_model_train_op",
        "saved_model_assets",
    )
    return {
        "tags": list(meta_graph.meta_info_def.tags),
        "stripped_default_attrs": meta_graph.meta_info_def.stripped_default_attrs,
        "signatures": {
            name: {
                "method": signature.method_name,
                "inputs": _tensors(signature.inputs),
                "outputs": _tensors(signature.outputs),
            }
            for name, signature in meta_graph.signature_def.items()
            if name != "__saved_model_init_op"
        },
        "init_op": "__saved_model_init_op" in meta_graph.signature_def,
        "collections": [name for name in collections if name in meta_graph.collection_def],
        "assets": [asset.filename for asset in meta_graph.asset_file_def],
    }


def _tensors(infos):
    return {
        name: {
            "dtype": tf.as_dtype(info.dtype).name,
            "shape": None
            if info.tensor_shape.unknown_rank
            else [dimension.size for dimension in info.tensor_shape.dim],
        }
        for name, info in infos.items()
    }
