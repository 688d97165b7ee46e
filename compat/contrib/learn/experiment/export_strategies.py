"""Export strategies that write SavedModels."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib.layers.feature_columns.parsing import (
    create_feature_spec_for_parsing,
)
from estimator_heads.compat.contrib.learn import input_fn_utils
from estimator_heads.compat.contrib.learn.experiment.export_strategy import ExportStrategy
from estimator_heads.compat.contrib.learn.experiment.saved_model_export_utils import (
    garbage_collect_exports,
)
from estimator_heads.estimator.estimator import Estimator as CoreEstimator
from estimator_heads.export.receivers import build_parsing_serving_input_receiver_fn
from estimator_heads.types import FeatureColumn, Path


def make_export_strategy(
    serving_input_fn: Callable[[], Any],
    default_output_alternative_key: str | None = None,
    assets_extra: Mapping[str, Path] | None = None,
    as_text: bool = False,
    exports_to_keep: int | None = 5,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """An `ExportStrategy` that writes SavedModels to the folder "Servo" and deletes old ones.

    Args:
        serving_input_fn: Function without arguments that returns `InputFnOps`; for an Estimator of
            `tf.estimator`, a `ServingInputReceiver`.
        default_output_alternative_key: Name of the output alternative to be served by default; only
            for an Estimator of `tf.contrib.learn`.
        assets_extra: Dict from a path within the folder assets.extra to the file to copy there.
        as_text: Whether to write saved_model.pbtxt instead of saved_model.pb.
        exports_to_keep: How many exports to keep; None keeps all.
        strip_default_attrs: Whether to leave out attributes that have their default value.

    Returns:
        An `ExportStrategy`.
    """

    def export_fn(estimator, export_dir_base, checkpoint_path=None, strip_default_attrs=False):
        kwargs = {"default_output_alternative_key": default_output_alternative_key}
        if isinstance(estimator, CoreEstimator):
            kwargs = {}
            if default_output_alternative_key is not None:
                raise ValueError(
                    "A tf.estimator.Estimator has no output alternatives: expected None for "
                    "argument `default_output_alternative_key`. Received: "
                    f"default_output_alternative_key={default_output_alternative_key!r}."
                )
        export_dir = estimator.export_savedmodel(
            export_dir_base,
            serving_input_fn,
            assets_extra=assets_extra,
            as_text=as_text,
            checkpoint_path=checkpoint_path,
            strip_default_attrs=strip_default_attrs,
            **kwargs,
        )
        garbage_collect_exports(export_dir_base, exports_to_keep)
        return export_dir

    return ExportStrategy("Servo", export_fn, strip_default_attrs)


def make_parsing_export_strategy(
    feature_columns: Collection[FeatureColumn],
    default_output_alternative_key: str | None = None,
    assets_extra: Mapping[str, Path] | None = None,
    as_text: bool = False,
    exports_to_keep: int | None = 5,
    target_core: bool = False,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """An `ExportStrategy` for models that are served with serialized `tf.train.Example`s.

    Args:
        feature_columns: The feature columns of `tf.contrib.layers` that the model uses.
        default_output_alternative_key: As for `make_export_strategy`.
        assets_extra: As for `make_export_strategy`.
        as_text: As for `make_export_strategy`.
        exports_to_keep: As for `make_export_strategy`.
        target_core: Whether it is for an Estimator of `tf.estimator`.
        strip_default_attrs: As for `make_export_strategy`.

    Returns:
        An `ExportStrategy`.
    """
    feature_spec = create_feature_spec_for_parsing(feature_columns)
    serving_input_fn: Callable[[], Any]
    if target_core:
        serving_input_fn = build_parsing_serving_input_receiver_fn(feature_spec)
    else:
        serving_input_fn = input_fn_utils.build_parsing_serving_input_fn(feature_spec)
    return make_export_strategy(
        serving_input_fn,
        default_output_alternative_key=default_output_alternative_key,
        assets_extra=assets_extra,
        as_text=as_text,
        exports_to_keep=exports_to_keep,
        strip_default_attrs=strip_default_attrs,
    )


def extend_export_strategy(
    base_export_strategy: ExportStrategy,
    post_export_fn: Callable[[Any, str], Any],
    post_export_name: str | None = None,
) -> ExportStrategy:
    """An `ExportStrategy` that makes something of what another one exports.

    Args:
        base_export_strategy: The other `ExportStrategy`. Its exports are temporary.
        post_export_fn: Function of the path of its export, and of an empty folder. It exports to
            a folder below that one, and returns its path.
        post_export_name: Name of the new strategy; None for that of the other one.

    Returns:
        An `ExportStrategy`.
    """

    def export_fn(estimator, export_dir_base, checkpoint_path=None):
        export_dir_base = tf.compat.as_str_any(export_dir_base)
        first_dir = _new_folder(export_dir_base, "temp-base-export-")
        first = base_export_strategy.export(estimator, first_dir, checkpoint_path)
        second_dir = _new_folder(export_dir_base, "temp-post-export-")
        second = tf.compat.as_str_any(post_export_fn(first, second_dir))
        if not second.startswith(second_dir):
            raise ValueError(
                "The post_export_fn must export to a folder below its second argument, and return "
                f"the path. Expected a path below {second_dir!r}. Received: {second!r}."
            )
        export_dir = os.path.join(export_dir_base, os.path.relpath(second, second_dir))
        if tf.io.gfile.exists(export_dir):
            raise RuntimeError(f"There is an export already in {export_dir!r}.")
        tf.io.gfile.rename(second, export_dir)
        tf.io.gfile.rmtree(first_dir)
        tf.io.gfile.rmtree(second_dir)
        return export_dir

    return ExportStrategy(post_export_name or base_export_strategy.name, export_fn)


def _new_folder(parent, prefix):
    folder = os.path.join(parent, f"{prefix}{int(time.time())}")
    if tf.io.gfile.exists(folder):
        raise RuntimeError(f"{folder!r} exists already. Does another process export there?")
    tf.io.gfile.makedirs(folder)
    return folder
