"""What is in a bundle, the form of an export before there were SavedModels."""

import os

import tensorflow as tf

from tests.golden.estimator.results import files, plain

v1 = tf.compat.v1


def described(api, path, export_dir):
    """What is in a bundle: its place, files, signatures, assets, and the variables' values."""
    path = path.decode()
    meta_graph = tf.compat.v1.MetaGraphDef()
    with open(os.path.join(path, "export.meta"), "rb") as file:
        meta_graph.ParseFromString(file.read())
    collections = meta_graph.collection_def
    signatures = api.manifest.Signatures()
    collections["serving_signatures"].any_list.value[0].Unpack(signatures)
    reader = tf.train.load_checkpoint(os.path.join(path, "export"))
    with tf.Graph().as_default() as graph:
        v1.train.import_meta_graph(meta_graph)
        default = _signature(signatures.default_signature, graph)
        named = {
            name: _signature(signature, graph)
            for name, signature in signatures.named_signatures.items()
        }
        init_op = len(graph.get_collection("serving_init_op"))
    return {
        "path": os.path.relpath(path, export_dir),
        "files": files(path),
        "default": default,
        "named": named,
        "init_op": init_op,
        "assets": [_asset(api, packed) for packed in collections["serving_assets"].any_list.value],
        "variables": {
            name: plain(reader.get_tensor(name)) for name in reader.get_variable_to_shape_map()
        },
    }


def _signature(signature, graph):
    """The kind, and the dtype and shape of each tensor."""
    kind = signature.WhichOneof("type")
    if kind is None:
        return None
    part = getattr(signature, kind)
    bindings = (
        dict(part.map)
        if kind == "generic_signature"
        else {field.name: value for field, value in part.ListFields()}
    )
    tensors = {
        name: graph.get_tensor_by_name(binding.tensor_name) for name, binding in bindings.items()
    }
    return {
        "kind": kind,
        "tensors": {
            name: [tensor.dtype.name, tensor.shape.as_list()] for name, tensor in tensors.items()
        },
    }


def _asset(api, packed):
    asset = api.manifest.AssetFile()
    packed.Unpack(asset)
    return asset.filename
