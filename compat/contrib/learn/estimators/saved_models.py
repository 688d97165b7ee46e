"""The method of `Estimator` of `tf.contrib.learn` that writes SavedModels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow as tf

from estimator_heads import forks, plain_paths
from estimator_heads._tensorflow import savers
from estimator_heads.compat.contrib.learn.estimators import graph_rewrites, signatures
from estimator_heads.compat.contrib.learn.keys import COLLECTION_DEF_KEY_FOR_INPUT_FEATURE_KEYS
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps
from estimator_heads.estimator import arguments
from estimator_heads.estimator.storage import checkpoints, write_failures
from estimator_heads.export import saved_model
from estimator_heads.types import Path


class GraphRewriteSpec(NamedTuple):
    """A version of the graph in a SavedModel.

    Attributes:
        tags: Tags that it is loaded by.
        transforms: Names of transformations of the graph, as of TensorFlow's Graph Transform Tool.
    """

    tags: Sequence[str]
    transforms: Sequence[str]


_UNCHANGED = (GraphRewriteSpec((tf.saved_model.SERVING,), ()),)


class SavedModelExport:
    """The exporting part of `Estimator`; it relies on the rest of it."""

    _fitted_checkpoint: Callable[[], str]
    _call_model_fn: Callable[..., ModelFnOps]

    def export_savedmodel(
        self,
        export_dir_base: Path | bytes,
        serving_input_fn: Callable[[], Any],
        default_output_alternative_key: str | None = None,
        assets_extra: Mapping[str, Path] | None = None,
        as_text: bool = False,
        checkpoint_path: Path | None = None,
        graph_rewrite_specs: Sequence[GraphRewriteSpec] = _UNCHANGED,
        strip_default_attrs: bool = False,
    ) -> bytes:
        """Writes the model as a SavedModel to a new folder <export_dir_base>/<seconds since 1970>.

        Args:
            export_dir_base: Folder for the timestamped folders.
            serving_input_fn: Function without arguments that returns `InputFnOps`.
            default_output_alternative_key: Name of the output alternative to be served by default;
                needed if the model has several.
            assets_extra: Dict from a path within the folder assets.extra to the file to copy there.
            as_text: Whether to write saved_model.pbtxt instead of saved_model.pb.
            checkpoint_path: Path of the checkpoint to export; None: the latest one.
            graph_rewrite_specs: Versions of the graph to write; the first one must have no
                transformations.
            strip_default_attrs: Whether to leave out attributes that have their default value.

        Returns:
            The path of the new folder, as bytes.

        Raises:
            ValueError: If there is no `serving_input_fn`, or what it returns does not fit, or
                `default_output_alternative_key` or `graph_rewrite_specs` are not right.
            NotFittedError: If there is no checkpoint.
        """
        if serving_input_fn is None:
            raise ValueError(
                "Missing `serving_input_fn`. Expected a function such as the one that "
                "tf.contrib.learn.build_parsing_serving_input_fn(feature_spec) returns. Received: "
                "serving_input_fn=None."
            )
        checkpoint_path = arguments.path_string(checkpoint_path) or self._fitted_checkpoint()
        folder = arguments.path_string(export_dir_base)
        with (
            write_failures.explained("export_dir_base", folder, lambda: "Nothing was exported."),
            saved_model.new_saved_model(export_dir_base, assets_extra, as_text) as new,
        ):
            builder, export_dir = new
            with tf.Graph().as_default() as graph:
                tf.compat.v1.train.create_global_step(graph)
                input_ops = serving_input_fn()
                inputs, features = signatures.inputs_and_features(input_ops)
                _remember_names(features)
                model = self._call_model_fn(features, None, ModeKeys.INFER)
                outputs, default_key = signatures.outputs_and_default(
                    model, default_output_alternative_key
                )
                _add_meta_graph(
                    builder,
                    model,
                    signatures.signature_defs(inputs, outputs, default_key),
                    checkpoint_path,
                    graph_rewrites.tags_of_first(graph_rewrite_specs),
                    strip_default_attrs,
                )
            graph_rewrites.add(builder, graph_rewrite_specs[1:], inputs, outputs)
        return export_dir


def _remember_names(features):
    """Puts the names of the features where programs that load the model look for them."""
    for name in features:
        tf.compat.v1.add_to_collection(COLLECTION_DEF_KEY_FOR_INPUT_FEATURE_KEYS, name)


def _add_meta_graph(builder, model, signature_def_map, checkpoint_path, tags, strip_default_attrs):
    resources = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.RESOURCES)
    init_op = tf.group(
        tf.compat.v1.local_variables_initializer(),
        *(resource.create for resource in resources),
        tf.compat.v1.tables_initializer(),
    )
    saver = model.scaffold.saver if model.scaffold else None
    checkpoints.check_restorable(checkpoint_path, saver)
    saver = savers.graph_saver(saver)
    forks.check_session_can_run()
    with tf.compat.v1.Session("") as session:
        saver.restore(session, plain_paths.plain(checkpoint_path))
        builder.add_meta_graph_and_variables(
            session,
            tags,
            signature_def_map=signature_def_map,
            assets_collection=tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.ASSET_FILEPATHS),
            main_op=init_op,
            strip_default_attrs=strip_default_attrs,
        )
