"""Rows of the rest of `tf.contrib`: what stood around an Estimator, and what is outside.

See `names.py` for what rows are. A key may hold several names.
"""

from estimator_heads.compat.kinds import Later, Outside, Served
from estimator_heads.compat.names_estimator import TPU

# A contrib package re-exported what its sources below `python` define.
ALIASES = {
    "tensorflow.contrib.cluster_resolver.python.training": "tensorflow.contrib.cluster_resolver",
    "tensorflow.contrib.feature_column.python.feature_column": "tensorflow.contrib.feature_column",
    "tensorflow.contrib.framework.python.framework": "tensorflow.contrib.framework",
    "tensorflow.contrib.framework.python.ops": "tensorflow.contrib.framework",
    "tensorflow.contrib.layers.python.layers": "tensorflow.contrib.layers",
    "tensorflow.contrib.lookup.lookup_ops": "tensorflow.contrib.lookup",
    "tensorflow.contrib.metrics.python.metrics": "tensorflow.contrib.metrics",
    "tensorflow.contrib.metrics.python.ops": "tensorflow.contrib.metrics",
    "tensorflow.contrib.predictor.predictor_factories": "tensorflow.contrib.predictor",
    "tensorflow.contrib.tpu.python.tpu": "tensorflow.contrib.tpu",
    "tensorflow.contrib.training.python.training": "tensorflow.contrib.training",
    "tensorflow.contrib.training.training": "tensorflow.contrib.training",
}

COLUMNS = Later("the feature columns of tf.contrib are still to come", "tf.feature_column")
LAYERS = Later("tf.contrib.layers is still to come", "tf_slim.layers, which has most of it")
OPTIMIZE_LOSS = Later("optimize_loss is still to come", "the minimize method of an optimizer")
FRAMEWORK = Later(
    "this part of tf.contrib.framework is still to come", "tf_slim, which has most of it"
)
TRAINING = Later(
    "this part of tf.contrib.training is still to come", "tf_slim.training, which has most of it"
)
HPARAMS = Later("HParams is still to come", "a dict or a dataclass")
METRICS = Later("tf.contrib.metrics is still to come", "tf.compat.v1.metrics, or tf_slim.metrics")
LOOKUP = Later("tf.contrib.lookup is still to come", "tf.lookup")
PREDICTOR = Later("predictors are still to come", "tf.saved_model.load")
SLIM = Later("tf.contrib.slim is still to come", "tf_slim, the package that it became")

_KEPT = "it has another place in TensorFlow now"
TPU_OPS = Outside(
    "the project does not drive TPUs", "tf.compat.v1.tpu, or tf.distribute.TPUStrategy"
)
TPU_SYSTEM = Served("tensorflow:compat.v1.tpu.*")
QUEUES = Outside("queue-based input was deprecated in TF 1.12", "tf.data")


def _moved(instead, reason=_KEPT):
    """A whole package that is outside, with what it became."""
    return Outside(reason, instead)


# Packages that are outside the project from their top.
_OUTSIDE = {
    "autograph": _moved("tf.autograph"),
    "bayesflow distributions": _moved("tensorflow_probability", "it became a package of its own"),
    "batching": _moved("tf.nondifferentiable_batch_function"),
    "bigtable cloud hadoop ignite kafka kinesis libsvm": _moved(
        "tensorflow_io", "it became a package of its own"
    ),
    "boosted_trees tensor_forest decision_trees": _moved(
        "TensorFlow Decision Forests", "TensorFlow itself has no boosted trees any more"
    ),
    "checkpoint": _moved("tf.train.Checkpoint"),
    "compiler": _moved("tf.function(jit_compile=True)"),
    "crf": _moved(
        "a Viterbi decoder of your own; tensorflow_addons.text.crf_* is archived",
        "TensorFlow has no conditional random fields",
    ),
    "cudnn_rnn grid_rnn": _moved("tf.keras.layers.LSTM or GRU, which run on cuDNN"),
    "data": _moved("tf.data, or tf.data.experimental for e.g. map_and_batch and make_csv_dataset"),
    "distribute": _moved("tf.distribute"),
    "eager": _moved("tf, where execution is eager by default"),
    "factorization": _moved(
        "tensorflow_recommenders or sklearn.decomposition", "TensorFlow has no factorization models"
    ),
    "ffmpeg": _moved("tf.audio, or tensorflow_io"),
    "graph_editor": _moved("tf.graph_util or tf.import_graph_def with input_map"),
    "image": _moved("tf.image, or tf.keras.layers.RandomRotation and its like"),
    "integrate": _moved("tensorflow_probability.math.ode", "it became a package of its own"),
    "keras": _moved("tf.keras, or tf_keras for Keras 2"),
    "kernel_methods": _moved("tf_keras.layers.experimental.RandomFourierFeatures"),
    "legacy_seq2seq seq2seq": _moved(
        "tf.keras.layers.RNN and attention layers; tensorflow_addons.seq2seq is archived",
        "TensorFlow has no seq2seq package",
    ),
    "losses": _moved("tf.compat.v1.losses"),
    "memory_stats": _moved("tf.config.experimental.get_memory_info"),
    "mixed_precision": _moved("tf.keras.mixed_precision"),
    "model_pruning quantize": _moved(
        "tensorflow_model_optimization", "it became a package of its own"
    ),
    "nn": _moved("tf.nn"),
    "opt optimizer_v2": _moved("tf.keras.optimizers, or tf.compat.v1.train"),
    "rnn": _moved("tf.compat.v1.nn.rnn_cell, or tf.keras.layers.RNN"),
    "rpc": _moved("tf.distribute.experimental.rpc"),
    "saved_model": _moved("tf.saved_model, or tf.keras.models.save_model"),
    "session_bundle": _moved("tf.saved_model", "session bundles came before SavedModel"),
    "signal": _moved("tf.signal"),
    "solvers": _moved("tf.linalg.experimental.conjugate_gradient"),
    "staging": _moved("tf.data.Dataset.prefetch"),
    "stateless": _moved("tf.random.stateless_uniform and its like"),
    "summary": _moved("tf.summary, or tf.compat.v1.summary"),
    "tensorboard": _moved("tensorboard.plugins", "it became a package of its own"),
    "tensorrt": _moved("tf.experimental.tensorrt"),
    "testing": _moved("tf.test"),
    "text": _moved("tensorflow_text", "it became a package of its own"),
    "tfprof": _moved("tf.compat.v1.profiler"),
    "timeseries": _moved("tensorflow_probability.sts", "TensorFlow has no time series estimators"),
    "util": _moved("tf.make_tensor_proto, tf.make_ndarray and tf.nest"),
    "all_reduce constrained_optimization copy_graph fused_conv hooks input_pipeline "
    "labeled_tensor linear_optimizer meta_graph_transform nearest_neighbor periodic_resample "
    "proto quantization rate receptive_field recurrent reduce_slice_ops remote_fused_graph "
    "resampler sparsemax specs stat_summarizer": Outside(
        "it has nothing to do with estimators",
        "its sources in TensorFlow 1.15, in a copy of your own",
    ),
}

_CONTRIB = {
    "": _OUTSIDE,
    "cluster_resolver": {
        "ClusterResolver GCEClusterResolver KubernetesClusterResolver SimpleClusterResolver "
        "SlurmClusterResolver TFConfigClusterResolver TPUClusterResolver": Served(
            "tensorflow:compat.v1.distribute.cluster_resolver.*"
        ),
        "UnionClusterResolver": Served(
            "tensorflow:compat.v1.distribute.cluster_resolver.UnionResolver"
        ),
    },
    "feature_column": {
        "sequence_categorical_column_with_hash_bucket sequence_categorical_column_with_identity "
        "sequence_categorical_column_with_vocabulary_file "
        "sequence_categorical_column_with_vocabulary_list sequence_numeric_column": Served(
            "tensorflow:feature_column.*"
        ),
        "sequence_input_layer": Later(
            "sequence_input_layer is still to come", "tf_keras.experimental.SequenceFeatures"
        ),
    },
    "framework": {
        "create_global_step get_global_step get_or_create_global_step list_variables "
        "load_checkpoint load_variable init_from_checkpoint assert_global_step": Served(
            "tensorflow:compat.v1.train.*"
        ),
        "TensorSpec argsort is_tensor sort": Served("tensorflow:compat.v1.*"),
        "nest": Served("tensorflow:nest"),
        "*": FRAMEWORK,
    },
    "layers": {
        "bucketized_column create_feature_spec_for_parsing crossed_column embedding_column "
        "input_from_feature_columns one_hot_column real_valued_column "
        "sequence_input_from_feature_columns shared_embedding_columns "
        "sparse_column_with_hash_bucket sparse_column_with_integerized_feature "
        "sparse_column_with_keys sparse_column_with_vocabulary_file weighted_sparse_column "
        "weighted_sum_from_feature_columns": COLUMNS,
        "optimize_loss OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES": OPTIMIZE_LOSS,
        "batch_norm conv2d dropout embed_sequence flatten fully_connected l1_regularizer "
        "l2_regularizer layer_norm linear max_pool2d relu stack variance_scaling_initializer "
        "xavier_initializer": LAYERS,
        "*": LAYERS,
    },
    "layers.feature_column": {"*": COLUMNS},
    "layers.feature_column_ops": {"*": COLUMNS},
    "layers.layers": {"*": LAYERS},
    "layers.optimizers": {"*": OPTIMIZE_LOSS},
    "layers.utils": {"*": LAYERS},
    "lookup": {
        "index_table_from_file index_table_from_tensor index_to_string_table_from_file "
        "index_to_string_table_from_tensor": LOOKUP,
        "KeyValueTensorInitializer TextFileIndex TextFileInitializer": Served(
            "tensorflow:compat.v1.lookup.*"
        ),
        "*": LOOKUP,
    },
    "metrics": {"*": METRICS},
    "metrics.metric_ops": {"*": METRICS},
    "predictor": {"from_contrib_estimator from_estimator from_saved_model": PREDICTOR},
    "slim": {
        "data nets": Outside(
            "the project serves heads, not models", "tf_slim.data and tf_slim.nets"
        ),
        "python": Outside(
            "the project serves heads, not models", "tf_slim, the package that it became"
        ),
        "*": SLIM,
    },
    "training": {
        "HParams parse_values": HPARAMS,
        "checkpoints_iterator": Served("tensorflow:train.*"),
        "NextQueuedSequenceBatch SequenceQueueingStateSaver batch_sequences_with_states bucket "
        "bucket_by_sequence_length rejection_sample resample_at_rate stratified_sample "
        "weighted_resample": QUEUES,
        "*": TRAINING,
    },
    "training.evaluation": {"checkpoints_iterator": Served("tensorflow:train.*"), "*": TRAINING},
    "training.hparam": {"HParams parse_values": HPARAMS},
    "tpu": {
        "InputPipelineConfig RunConfig TPUConfig TPUEstimator TPUEstimatorSpec": TPU,
        "CrossShardOptimizer batch_parallel bfloat16_scope core cross_replica_sum "
        "initialize_system outside_compilation replicate rewrite shard shutdown_system": TPU_SYSTEM,
        "TPUDistributionStrategy keras_to_tpu_model": Outside(_KEPT, "tf.distribute.TPUStrategy"),
        "*": TPU_OPS,
    },
    "tpu.python.ops": {"*": TPU_OPS},
    "tpu.tpu_config": {"InputPipelineConfig RunConfig TPUConfig": TPU},
    "tpu.tpu_estimator": {"TPUEstimator TPUEstimatorSpec": TPU, "*": TPU_OPS},
    "tpu.tpu_optimizer": {"CrossShardOptimizer": TPU_SYSTEM},
}

ROWS = {f"tensorflow.contrib.{module}".rstrip("."): rows for module, rows in _CONTRIB.items()}
