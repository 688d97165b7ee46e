"""Rows of TPUEstimator and what belongs to it, and of the rest of `tf.contrib.tpu`.

See `table.py` for what rows are. A key may hold several names.
"""

from estimator_heads.compat.names.kinds import Outside, Served

_SOURCES_PATH = "tensorflow_estimator.python.estimator.tpu"

# Modules below `tf.contrib.tpu.python.tpu` that re-exported what `tensorflow_estimator` has.
ALIASES = {
    "tensorflow.contrib.tpu.python.tpu": "tensorflow.contrib.tpu",
    **{
        f"tensorflow.contrib.tpu.{module}": f"{_SOURCES_PATH}.{module}"
        for module in (
            "_tpu_estimator_embedding error_handling tpu_config tpu_context tpu_estimator util"
        ).split()
    },
}

TPU = Served("estimator_heads.tpu:*")
TPU_NAMES = "InputPipelineConfig RunConfig TPUConfig TPUEstimator TPUEstimatorSpec"
TPU_EMBEDDING = Outside("TPU embeddings are TensorFlow's own", "tf.tpu.experimental.embedding")
_ONLY_ON_TPUS = "the project does not support TPUs"
_ESTIMATOR_ON_TPUS = Outside(_ONLY_ON_TPUS, "TPUEstimator with use_tpu=False")
_TPU_OPS = Outside(_ONLY_ON_TPUS, "tf.compat.v1.tpu, or tf.distribute.TPUStrategy")
_TPU_STRATEGY = Outside("it has moved within TensorFlow", "tf.distribute.TPUStrategy")
_EXPORT_FOR_TPUS = Outside(
    f"it adds a graph for TPUs, and {_ONLY_ON_TPUS}", "the Estimator's export_saved_model"
)
_PROFILER = Outside(_ONLY_ON_TPUS, "tf.profiler")
_ARGUMENTS = Served("estimator_heads.tpu.arguments:*")
_PARAMS = Served("estimator_heads.tpu.params:*")

# What TensorFlow still has.
_FUNCTIONS = (
    "batch_parallel core initialize_system outside_compilation replicate rewrite shard "
    "shutdown_system"
)
_OF_TENSORFLOW = Served("tensorflow:compat.v1.tpu.*")
_EXPERIMENTAL = Served("tensorflow:tpu.experimental.*")
_SAVER_HOOK = Served("tensorflow:compat.v1.train.CheckpointSaverHook")

ESTIMATOR_ROWS = {
    "tensorflow.compat.v1.estimator.tpu": {TPU_NAMES: TPU},
    "tensorflow.compat.v1.estimator.tpu.experimental": {"EmbeddingConfigSpec": TPU_EMBEDDING},
    _SOURCES_PATH: {},
    f"{_SOURCES_PATH}.tpu_config": {
        "InputPipelineConfig RunConfig TPUConfig": TPU,
        "*": _ESTIMATOR_ON_TPUS,
    },
    f"{_SOURCES_PATH}.tpu_estimator": {
        "TPUEstimator TPUEstimatorSpec": TPU,
        "ExamplesPerSecondHook ExportSavedModelApiVersion": Served(
            "estimator_heads.tpu.estimator:*"
        ),
        "_OutfeedHostCallHook": Served("estimator_heads.tpu.host_calls:HostCallHook"),
        "_create_global_step": Served("estimator_heads.tpu.global_step:create_global_step"),
        "_add_item_to_params": _PARAMS.named("add"),
        "_BATCH_SIZE_KEY": _PARAMS.named("BATCH_SIZE"),
        "_CTX_KEY": _PARAMS.named("CONTEXT"),
        "_USE_TPU_KEY": _PARAMS.named("USE_TPU"),
        "_RESERVED_PARAMS_KEYS": _PARAMS.named("RESERVED"),
        "AdagradParameters AdamParameters EmbeddingConfigSpec "
        "StochasticGradientDescentParameters": TPU_EMBEDDING,
        "export_estimator_savedmodel": _EXPORT_FOR_TPUS,
        "*": _ESTIMATOR_ON_TPUS,
    },
    f"{_SOURCES_PATH}.util": {
        "IterationsPerLoopCounter check_positive_integer parse_iterations_per_loop": _ARGUMENTS,
        "*": _ESTIMATOR_ON_TPUS,
    },
    f"{_SOURCES_PATH}._tpu_estimator_embedding": {"*": TPU_EMBEDDING},
    **{
        f"{_SOURCES_PATH}.{module}": {"*": _ESTIMATOR_ON_TPUS}
        for module in ("error_handling", "iteration_count_estimator", "tpu_context")
    },
}

_CONTRIB = {
    "tpu": {
        TPU_NAMES: TPU,
        f"{_FUNCTIONS} CrossShardOptimizer bfloat16_scope cross_replica_sum": _OF_TENSORFLOW,
        "DeviceAssignment Topology": _EXPERIMENTAL,
        "AsyncCheckpointSaverHook": _SAVER_HOOK,
        "TPUDistributionStrategy keras_to_tpu_model": _TPU_STRATEGY,
        "export_estimator_savedmodel": _EXPORT_FOR_TPUS,
        "*": _TPU_OPS,
    },
    "tpu.async_checkpoint": {"AsyncCheckpointSaverHook": _SAVER_HOOK},
    "tpu.bfloat16": {"bfloat16_scope": _OF_TENSORFLOW, "*": _TPU_OPS},
    "tpu.datasets": {
        "*": Outside("it read files for TPUs that are elsewhere", "tf.data.TFRecordDataset")
    },
    "tpu.device_assignment": {"DeviceAssignment": _EXPERIMENTAL, "*": _TPU_OPS},
    "tpu.feature_column": {
        "embedding_column shared_embedding_columns": Served(
            "tensorflow:compat.v1.tpu.experimental.*"
        ),
        "*": TPU_EMBEDDING,
    },
    "tpu.keras_support": {"*": _TPU_STRATEGY},
    "tpu.topology": {"Topology": _EXPERIMENTAL, "*": _TPU_OPS},
    "tpu.tpu": {_FUNCTIONS: _OF_TENSORFLOW, "*": _TPU_OPS},
    "tpu.tpu_embedding": {"*": TPU_EMBEDDING},
    "tpu.tpu_embedding_gradient": {"*": TPU_EMBEDDING},
    "tpu.tpu_optimizer": {"CrossShardOptimizer": _OF_TENSORFLOW, "*": _TPU_OPS},
    **{
        f"tpu.{module}": {"*": _TPU_OPS}
        for module in (
            "functional keras_tpu_variables session_support tensor_tracer tpu_feed tpu_function "
            "tpu_sharding tpu_system_metadata training_loop"
        ).split()
    },
    "tpu.ops": {},
    "tpu.ops.gen_tpu_ops": {"*": _TPU_OPS},
    "tpu.proto": {"*": _TPU_OPS},
    "tpu.profiler": {"*": _PROFILER},
    "tpu.python": {"profiler": _PROFILER},
    "tpu.python.ops": {},
    "tpu.python.ops.tpu_ops": {"cross_replica_sum": _OF_TENSORFLOW, "*": _TPU_OPS},
}
CONTRIB_ROWS = {f"tensorflow.contrib.{module}": rows for module, rows in _CONTRIB.items()}
