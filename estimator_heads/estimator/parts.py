"""What the parts of an Estimator, each a base class of it, find in each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.storage.warm_start import WarmStartSettings
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import ModelFn


class EstimatorPart:
    """A part of `Estimator`. It tells type checkers of the others; there is nothing to run."""

    _config: RunConfig
    _device_fn: Callable[[tf.Operation], str] | None
    _eval_distribution: tf.distribute.Strategy | None
    _model_dir: str
    _model_fn: ModelFn
    _params: Any
    _session_config: tf.compat.v1.ConfigProto
    _train_distribution: tf.distribute.Strategy | None
    _warm_start_settings: WarmStartSettings | None

    if TYPE_CHECKING:

        @property
        def config(self) -> RunConfig: ...

        @property
        def params(self) -> Any: ...

    eval_dir: Callable[..., str]
    latest_checkpoint: Callable[[], str | None]
    _latest_or_initial: Callable[[str], str | None]
    _latest_to_restore: Callable[[], str | None]

    _call_model_fn: Callable[..., EstimatorSpec]
    _convert_eval_steps_to_hooks: Callable[[int | None], list[Any]]
    _create_and_assert_global_step: Callable[[tf.Graph], tf.Variable]
    _evaluate_build_graph: Callable[..., tuple[Any, Any, dict[str, tf.Tensor], list[Any]]]
    _get_features_and_labels_from_input_fn: Callable[..., tuple[Any, Any, list[Any]]]
    _get_iterator_from_input_fn: Callable[..., tuple[Any, list[Any]]]
    _maybe_warm_start: Callable[[str | None], None]
    _runtime_config: Callable[[], RunConfig]
    _seed_and_create_global_step: Callable[[], tf.Variable]
