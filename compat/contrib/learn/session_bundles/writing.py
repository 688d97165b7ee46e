"""Writes a session bundle."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

import tensorflow as tf
from google.protobuf.any_pb2 import Any

from estimator_heads import forks, plain_paths
from estimator_heads.compat.contrib.learn.session_bundles import manifest
from estimator_heads.types import Path


def write(
    export_dir: Path | bytes,
    checkpoint_path: str,
    default_signature: Any,
    named_signatures: Mapping[str, Any],
    exports_to_keep: int | None = None,
) -> bytes:
    """Writes the model in the default graph to <export_dir>/<global step in eight digits>.

    It is written to a folder beside it and renamed in the end.

    Args:
        export_dir: Folder for the bundles.
        checkpoint_path: Path of the checkpoint to export.
        default_signature: A `manifest.Signature`.
        named_signatures: Dict from names to such.
        exports_to_keep: Number of latest bundles to keep; None keeps all.

    Returns:
        The path of the bundle, as bytes.

    Raises:
        RuntimeError: If there is a bundle of this global step.
    """
    folder = tf.compat.as_str_any(tf.compat.path_to_str(export_dir)).rstrip("/")
    saver = _saver()
    forks.check_session_can_run()
    with tf.compat.v1.Session("") as session:
        saver.restore(session, plain_paths.plain(checkpoint_path))
        assets = _add_manifest(default_signature, named_signatures)
        step = tf.compat.v1.train.global_step(session, tf.compat.v1.train.get_global_step())
        bundle = os.path.join(folder, f"{step:08d}")
        if tf.io.gfile.exists(bundle):
            raise RuntimeError(
                f"There is an export of global step {step} already, which is not overwritten: "
                f"{bundle!r}. Use another export_dir, or train first."
            )
        unfinished = bundle + "-tmp"
        tf.io.gfile.makedirs(unfinished)
        saver.save(
            session,
            os.path.join(unfinished, "export"),
            meta_graph_suffix="meta",
            strip_default_attrs=True,  # TensorFlow 1 does not know those that came later.
        )
    for source, name in assets.items():
        tf.io.gfile.makedirs(os.path.join(unfinished, "assets"))
        tf.io.gfile.copy(source, os.path.join(unfinished, "assets", name), overwrite=True)
    tf.io.gfile.rename(unfinished, bundle)
    if exports_to_keep is not None:
        _delete_all_but_latest(folder, exports_to_keep)
    return tf.compat.as_bytes(bundle)


def _saver():
    """The saver of the graph, or a new one; it forgets what it has saved elsewhere."""
    savers = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.SAVERS)
    saver = savers[0] if savers else tf.compat.v1.train.Saver()
    saver_def = saver.as_saver_def()
    saver_def.ClearField("max_to_keep")
    return tf.compat.v1.train.Saver(saver_def=saver_def)


def _add_manifest(default_signature, named_signatures):
    """Puts what a server needs to know in collections of the graph.

    Returns:
        Dict from the paths of asset files to their names in the bundle.
    """
    init_op = tf.group(
        tf.compat.v1.local_variables_initializer(), tf.compat.v1.tables_initializer()
    )
    tf.compat.v1.add_to_collection("serving_init_op", init_op)
    signatures = manifest.Signatures()
    signatures.default_signature.CopyFrom(default_signature)
    for name, signature in named_signatures.items():
        signatures.named_signatures[name].CopyFrom(signature)
    _add_packed("serving_signatures", signatures)
    assets = {}
    for tensor in tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.ASSET_FILEPATHS):
        path = tf.compat.as_str_any(tf.get_static_value(tensor).item())
        assets[path] = os.path.basename(path)
        asset = manifest.AssetFile(filename=assets[path])
        asset.tensor_binding.tensor_name = tensor.name
        _add_packed("serving_assets", asset)
    return assets


def _add_packed(collection, message):
    packed = Any()
    packed.Pack(message)
    tf.compat.v1.add_to_collection(collection, packed)


def _delete_all_but_latest(export_dir, number):
    names = [name.rstrip("/") for name in tf.io.gfile.listdir(export_dir)]
    bundles = sorted(name for name in names if re.fullmatch(r"\d{8}", name))
    for name in bundles[: max(0, len(bundles) - number)]:
        tf.io.gfile.rmtree(os.path.join(export_dir, name))
