"""TPUEstimator, on CPU and GPU."""

from __future__ import annotations

import enum
import math
import weakref
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads._tensorflow.examples_per_second import ExamplesPerSecondHook
from estimator_heads.estimator import user_functions
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.storage.warm_start import WarmStartSettings
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec, _TPUEstimatorSpec
from estimator_heads.tpu import params as tpu_params
from estimator_heads.tpu.arguments import check_positive_integer, parse_iterations_per_loop
from estimator_heads.tpu.config import RunConfig
from estimator_heads.tpu.global_step import create_global_step
from estimator_heads.tpu.tpu_config import InputPipelineConfig
from estimator_heads.types import InputFn, ModelFn, Path, ServingInputReceiverFn


class ExportSavedModelApiVersion(enum.Enum):
    """How a model_fn is exported for TPUs; of no consequence for CPU and GPU."""

    V1 = 1
    V2 = 2


class TPUEstimator(Estimator):
    """An `Estimator` for model_fns that are written for TPUs.

    Reproduces `tf.compat.v1.estimator.tpu.TPUEstimator` on CPU and GPU; it does not run on TPUs.
    The input_fn and the model_fn must take `params`, and find there the batch size of the mode as
    `params["batch_size"]`; the model_fn also finds `params["use_tpu"]`, which is False.

    Training logs and writes "global_step/sec" and "examples/sec" every
    `log_step_count_steps / iterations_per_loop` steps, rounded up, and does not log the loss.

    Args:
        model_fn: As for `Estimator`; may also return a `TPUEstimatorSpec`.
        model_dir: As for `Estimator`.
        config: A `tpu.RunConfig`.
        params: As for `Estimator`, without the names "batch_size" and "context".
        use_tpu: Must be False to train, to predict, and to evaluate with `eval_on_tpu`.
        train_batch_size: Number of examples in a batch for training; `use_tpu` needs it.
        eval_batch_size: The same for evaluation.
        predict_batch_size: The same for prediction.
        batch_axis: How batches are divided among TPUs; unused.
        eval_on_tpu: Whether `use_tpu` is about evaluation too.
        export_to_tpu: Whether exports are to have a graph for TPUs: it is left out.
        export_to_cpu: Whether exports are to have a graph for CPUs.
        warm_start_from: As for `Estimator`.
        embedding_config_spec: Must be None: embeddings on TPUs are not supported.
        export_saved_model_api_version: 1 or 2; unused.

    Raises:
        ValueError: If `config` is no `tpu.RunConfig`, `params` has a reserved name, an argument is
            out of its range, or as for `Estimator`.
        TypeError: If a batch size is no int.
    """

    _config: RunConfig

    def __init__(
        self,
        model_fn: ModelFn | None = None,
        model_dir: Path | None = None,
        config: RunConfig | None = None,
        params: Any = None,
        use_tpu: bool = True,
        train_batch_size: int | None = None,
        eval_batch_size: int | None = None,
        predict_batch_size: int | None = None,
        batch_axis: Sequence[int] | None = None,
        eval_on_tpu: bool = True,
        export_to_tpu: bool = True,
        export_to_cpu: bool = True,
        warm_start_from: Path | bytes | WarmStartSettings | None = None,
        embedding_config_spec: Any = None,
        export_saved_model_api_version: int
        | ExportSavedModelApiVersion = ExportSavedModelApiVersion.V1,
    ) -> None:
        self._batch_sizes = {
            ModeKeys.TRAIN: train_batch_size,
            ModeKeys.EVAL: eval_batch_size,
            ModeKeys.PREDICT: predict_batch_size,
        }
        config = _checked_config(config, use_tpu)
        tpu_params.check_params(params)
        if use_tpu:
            _check_batch_sizes(self._batch_sizes)
        if embedding_config_spec is not None:
            raise ValueError(
                "`embedding_config_spec` is not supported: estimator-heads does not run on TPUs. "
                "Use tf.compat.v1.feature_column.embedding_column and `use_tpu=False`. Received: "
                f"embedding_config_spec={embedding_config_spec!r}."
            )
        if export_saved_model_api_version not in (1, 2, *ExportSavedModelApiVersion):
            raise ValueError(
                "Invalid value for argument `export_saved_model_api_version`. Expected 1 or 2. "
                f"Received: export_saved_model_api_version={export_saved_model_api_version!r}."
            )
        self._use_tpu = use_tpu
        self._eval_on_tpu = eval_on_tpu
        self._export_to_cpu = export_to_cpu
        self._export_to_tpu = export_to_tpu
        self._log_every_n_steps, self._log_every_n_secs = _log_intervals(config)
        self._graph_of_input: weakref.ref[tf.Graph] | None = None
        user_functions.verify_model_fn_args(model_fn, params)
        super().__init__(
            model_fn=self._augment_model_fn(model_fn, batch_axis),
            model_dir=model_dir,
            # Speed is logged by a hook of its own, and the loss is not.
            config=config.replace(log_step_count_steps=None),
            params=params or {},
            warm_start_from=warm_start_from,
        )

    def _augment_model_fn(self, model_fn, batch_axis):
        """The model_fn that the `Estimator` calls; it calls the user's."""

        def augmented_model_fn(features, labels, mode, config, params):
            if self._graph_of_input and self._graph_of_input() is _default_graph():
                self._add_batch_size(params, mode)  # An export has none.
            tpu_params.add(params, tpu_params.USE_TPU, False)
            tpu_params.check_takes_params("model_fn", model_fn)
            tf.compat.v1.logging.info("Running %s on CPU/GPU", mode)
            spec = user_functions.result_of_model_fn(
                model_fn, features, labels, mode, params, config
            )
            if isinstance(spec, _TPUEstimatorSpec):
                spec = spec.as_estimator_spec()
            if isinstance(spec, EstimatorSpec):  # The Estimator refuses anything else.
                spec = spec._replace(
                    training_hooks=(*spec.training_hooks, *self._speed_hooks(mode, config))
                )
            return spec

        return augmented_model_fn

    def _speed_hooks(self, mode, config):
        if self._log_every_n_steps is None and self._log_every_n_secs is None:
            return []
        return [
            ExamplesPerSecondHook(
                self._batch_sizes.get(mode),
                every_n_steps=self._log_every_n_steps,
                every_n_secs=self._log_every_n_secs,
                output_dir=self.model_dir if config.save_summary_steps else None,
            )
        ]

    def _add_batch_size(self, params, mode):
        batch_size = self._batch_sizes.get(mode)
        if batch_size is not None:
            tpu_params.add(params, tpu_params.BATCH_SIZE, batch_size)

    def _call_input_fn(
        self, input_fn: InputFn, mode: str, input_context: tf.distribute.InputContext | None = None
    ) -> Any:
        if callable(input_fn):  # Otherwise call_input_fn says so.
            tpu_params.check_takes_params("input_fn", input_fn)
        if self._use_tpu and (self._eval_on_tpu or mode != ModeKeys.EVAL):
            raise RuntimeError(
                "`use_tpu=True`, but estimator-heads does not run on TPUs. To run on CPU or GPU, "
                "make the TPUEstimator with `use_tpu=False`. (Exports, and evaluations with "
                f"`eval_on_tpu=False`, need no TPU.) Received: use_tpu={self._use_tpu!r}, mode "
                f"{mode!r}."
            )
        _check_is_not_sliced(self._config.tpu_config, mode)
        params = self.params
        self._add_batch_size(params, mode)
        self._graph_of_input = weakref.ref(_default_graph())
        return user_functions.call_input_fn(input_fn, mode, params, self.config, input_context)

    def _create_global_step(self, graph: tf.Graph) -> tf.Variable:
        return create_global_step(graph)

    def _export_all_saved_models(
        self,
        export_dir_base: Path,
        input_receiver_fn_map: Mapping[str, ServingInputReceiverFn],
        *args: Any,
        **kwargs: Any,
    ) -> bytes:
        if not self._export_to_cpu:
            raise ValueError(
                "Only the graph for CPUs can be exported: estimator-heads does not run on TPUs. "
                "Make the TPUEstimator with `export_to_cpu=True`. Received: "
                f"export_to_cpu={self._export_to_cpu!r}, export_to_tpu={self._export_to_tpu!r}."
            )
        if self._export_to_tpu:
            tf.compat.v1.logging.warning(
                "The graph for TPUs is left out of the export. `export_to_tpu=False` says that "
                "it is not needed."
            )
        return super()._export_all_saved_models(
            export_dir_base, input_receiver_fn_map, *args, **kwargs
        )


def _default_graph():
    return tf.compat.v1.get_default_graph()


def _checked_config(config: RunConfig | None, use_tpu: bool) -> RunConfig:
    if not isinstance(config, RunConfig):
        raise ValueError(
            "Invalid value for argument `config`. Expected a tpu.RunConfig, such as "
            "tf.compat.v1.estimator.tpu.RunConfig(). Received: "
            f"config={config!r} of type {type(config).__module__}.{type(config).__qualname__}."
        )
    tpu_config = config.tpu_config
    if (
        use_tpu
        and tpu_config.per_host_input_for_training == InputPipelineConfig.PER_SHARD_V1
        and tpu_config.num_cores_per_replica
    ):
        raise ValueError(
            "`num_cores_per_replica` of a TPUConfig needs input per host: "
            "`per_host_input_for_training` must not be False or PER_SHARD_V1. Received: "
            f"{tpu_config}."
        )
    return config


def _check_batch_sizes(batch_sizes):
    names = {
        ModeKeys.TRAIN: "train_batch_size",
        ModeKeys.EVAL: "eval_batch_size",
        ModeKeys.PREDICT: "predict_batch_size",
    }
    if batch_sizes[ModeKeys.TRAIN] is None:
        raise ValueError(
            "`use_tpu=True` needs `train_batch_size`. Received: train_batch_size=None. To run on "
            "CPU or GPU, pass `use_tpu=False`."
        )
    for mode, batch_size in batch_sizes.items():
        if batch_size is not None:
            check_positive_integer(batch_size, names[mode])


def _check_is_not_sliced(tpu_config, mode):
    value = tpu_config.eval_training_input_configuration
    if mode != ModeKeys.TRAIN and value == InputPipelineConfig.SLICED:
        raise ValueError(
            "`eval_training_input_configuration` of the TPUConfig is SLICED, which only TPUs can "
            "do. Use PER_HOST_V1."
        )


def _log_intervals(config):
    """Steps and seconds between two log lines of the speed; one of them is None, or both are."""
    loop = parse_iterations_per_loop(config.tpu_config.iterations_per_loop)
    if loop.unit == "seconds":
        return None, loop.value
    if config.log_step_count_steps is None:
        return None, None
    return math.ceil(config.log_step_count_steps / loop.value), None
