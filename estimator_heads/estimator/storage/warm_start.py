"""Warm start: the first values of variables from another model's checkpoint."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import tensorflow as tf

from estimator_heads import plain_paths
from estimator_heads.estimator import arguments
from estimator_heads.estimator.storage import checkpoint_state
from estimator_heads.types import Path

VocabInfo = tf.compat.v1.train.VocabInfo


class _Settings(NamedTuple):
    ckpt_to_initialize_from: Path
    vars_to_warm_start: str | Sequence[str | tf.Variable] | None
    var_name_to_vocab_info: Mapping[str, tf.compat.v1.train.VocabInfo]
    var_name_to_prev_var_name: Mapping[str, str]


class WarmStartSettings(_Settings):
    """Which variables start from which values. Reproduces `tf.estimator.WarmStartSettings`.

    Args:
        ckpt_to_initialize_from: Path of a checkpoint, or of a folder whose latest checkpoint is
            used.
        vars_to_warm_start: A regular expression for trainable variables (the default: all of them);
            a list of regular expressions for variables of any kind, or of variables; None for those
            of `var_name_to_vocab_info` only.
        var_name_to_vocab_info: Dict from variable name to `VocabInfo`, for variables with one row
            per word of a vocabulary that has changed.
        var_name_to_prev_var_name: Dict from variable name to its name in the checkpoint, where they
            differ.

    Raises:
        ValueError: If `ckpt_to_initialize_from` is missing.
    """

    __slots__ = ()

    def __new__(
        cls,
        ckpt_to_initialize_from: Path,
        vars_to_warm_start: str | Sequence[str | tf.Variable] | None = ".*",
        var_name_to_vocab_info: Mapping[str, tf.compat.v1.train.VocabInfo] | None = None,
        var_name_to_prev_var_name: Mapping[str, str] | None = None,
    ) -> WarmStartSettings:
        if not ckpt_to_initialize_from:
            raise ValueError(
                "WarmStartSettings needs `ckpt_to_initialize_from`, the path of a checkpoint. "
                f"Received: ckpt_to_initialize_from={ckpt_to_initialize_from!r}."
            )
        return super().__new__(
            cls,
            ckpt_to_initialize_from,
            vars_to_warm_start,
            var_name_to_vocab_info or {},
            var_name_to_prev_var_name or {},
        )


def settings_from(
    warm_start_from: Path | bytes | WarmStartSettings | None,
) -> WarmStartSettings | None:
    """The settings that the argument `warm_start_from` of an Estimator stands for.

    Args:
        warm_start_from: None, `WarmStartSettings`, or the path of a checkpoint, of a folder of
            checkpoints, or of a SavedModel.

    Returns:
        `WarmStartSettings` or None.

    Raises:
        ValueError: If it is something else.
    """
    if warm_start_from is None or isinstance(warm_start_from, WarmStartSettings):
        return warm_start_from
    path = tf.compat.path_to_str(warm_start_from)
    if not isinstance(path, (str, bytes)):
        raise ValueError(
            "Invalid value for argument `warm_start_from`. Expected a path or WarmStartSettings. "
            f"Received: warm_start_from={warm_start_from!r}."
        )
    path = tf.compat.as_str_any(path)
    saved_model_variables = os.path.join(path, "variables", "variables")
    if tf.io.gfile.exists(saved_model_variables + ".index"):
        path = saved_model_variables
    return WarmStartSettings(path)


def warm_start(settings: WarmStartSettings) -> None:
    """Gives the variables of the default graph initial values from the checkpoint."""
    tf.compat.v1.logging.info("Warm-starting with %s.", settings)
    folder_or_path, *others = settings
    path = checkpoint_path(settings)
    if path is None:
        raise TypeError(
            "Invalid value for `warm_start_from`, or `ckpt_to_initialize_from` of "
            "WarmStartSettings. Expected a checkpoint, or a folder that contains one. Received: "
            f"{folder_or_path!r}, where none exists."
        )
    tf.compat.v1.train.warm_start(plain_paths.plain(path), *others)


def checkpoint_path(settings: WarmStartSettings) -> str | None:
    """Path of the checkpoint that the settings name, or None if there is none in the folder."""
    path = arguments.path_string(settings.ckpt_to_initialize_from)
    return checkpoint_state.latest(path) if path and tf.io.gfile.isdir(path) else path
