"""Rows of the rest of `tf.contrib`: what stood around an Estimator, and what is outside.

See `table.py` for what rows are. A key may hold several names.
"""

from estimator_heads.compat.names import rows_contrib_beside, rows_tpu
from estimator_heads.compat.names.kinds import Outside, Served

# A contrib package re-exported what its sources below `python` define.
ALIASES = {
    **rows_contrib_beside.ALIASES,
    **rows_tpu.ALIASES,
    "tensorflow.contrib.cluster_resolver.python.training": "tensorflow.contrib.cluster_resolver",
    "tensorflow.contrib.factorization.python.ops": "tensorflow.contrib.factorization",
    "tensorflow.contrib.feature_column.python.feature_column": "tensorflow.contrib.feature_column",
    "tensorflow.contrib.feature_column.sequence_feature_column": (
        "tensorflow.contrib.feature_column"
    ),
    "tensorflow.contrib.framework.python.framework": "tensorflow.contrib.framework",
    "tensorflow.contrib.framework.python.ops": "tensorflow.contrib.framework",
    "tensorflow.contrib.layers.python.layers": "tensorflow.contrib.layers",
    "tensorflow.contrib.layers.python.ops": "tensorflow.contrib.layers",
    "tensorflow.contrib.lookup.lookup_ops": "tensorflow.contrib.lookup",
    "tensorflow.contrib.metrics.python.metrics": "tensorflow.contrib.metrics",
    "tensorflow.contrib.metrics.python.ops": "tensorflow.contrib.metrics",
    "tensorflow.contrib.predictor.predictor_factories": "tensorflow.contrib.predictor",
    "tensorflow.contrib.training.python.training": "tensorflow.contrib.training",
    "tensorflow.contrib.slim.python.slim": "tensorflow.contrib.slim",
    **{
        f"tensorflow.contrib.{package}.{module}": f"tensorflow.contrib.{package}"
        for package, modules in {
            "framework": "arg_scope checkpoint_ops checkpoint_utils graph_util ops script_ops "
            "sort_ops tensor_util variables",
            "layers": "bucketization_op embedding_ops encoders initializers layers normalization "
            "optimizers regularizers rev_block_lib sparse_ops summaries",
            "metrics": "classification confusion_matrix_ops histogram_ops metric_ops set_ops",
            "training": "device_setter evaluation hparam training",
        }.items()
        for module in modules.split()
    },
}

COLUMNS = Served("estimator_heads.compat.contrib.layers.feature_columns:*")
COLUMN_OPS = Served("estimator_heads.compat.contrib.layers.column_ops:*")
_COLUMNS = (
    "bucketized_column create_feature_spec_for_parsing crossed_column embedding_column "
    "make_place_holder_tensors_for_base_features one_hot_column real_valued_column "
    "scattered_embedding_column shared_embedding_columns sparse_column_with_hash_bucket "
    "sparse_column_with_integerized_feature sparse_column_with_keys "
    "sparse_column_with_vocabulary_file weighted_sparse_column"
)
_COLUMN_OPS = (
    "check_feature_columns infer_real_valued_columns input_from_feature_columns "
    "joint_weighted_sum_from_feature_columns parse_feature_columns_from_examples "
    "parse_feature_columns_from_sequence_examples sequence_input_from_feature_columns "
    "transform_features weighted_sum_from_feature_columns"
)
SLIM = Served("estimator_heads.compat.contrib.slim:*")
FRAMEWORK = Served("estimator_heads.compat.contrib.framework:*")
HPARAMS = Served("estimator_heads.compat.contrib.training.hparams:HParams")
PREDICTOR = Served("estimator_heads.compat.contrib.predictor:*")

_KEPT = "it has moved within TensorFlow"
FACTORIZATION = Served("estimator_heads.compat.contrib.factorization:*")
_CLUSTERING = "COSINE_DISTANCE KMEANS_PLUS_PLUS_INIT KMeans RANDOM_INIT SQUARED_EUCLIDEAN_DISTANCE"
QUEUES = Outside("queue-based input was deprecated in TF 1.12", "tf.data")


def _moved(instead, reason=_KEPT):
    """A whole package that is outside, with what it became."""
    return Outside(reason, instead)


SDCA = Served("estimator_heads.compat.contrib.learn.estimators.sdca_optimizer:*")
SDCA_SOLVER = _moved(
    "tf.estimator.experimental.LinearSDCA",
    "it was replaced within TensorFlow 1, and its checkpoints are different",
)

# Packages that are outside the project from their top.
_OUTSIDE = {
    "autograph": _moved("tf.autograph"),
    "bayesflow distributions": _moved("tensorflow_probability", "it became a separate package"),
    "batching": _moved("tf.nondifferentiable_batch_function"),
    "bigtable cloud hadoop ignite kafka kinesis libsvm": _moved(
        "tensorflow_io", "it became a separate package"
    ),
    "boosted_trees tensor_forest decision_trees": _moved(
        "TensorFlow Decision Forests", "TensorFlow has no kernels of decision trees any more"
    ),
    "checkpoint": _moved("tf.train.Checkpoint"),
    "compiler": _moved("tf.function(jit_compile=True)"),
    "crf": _moved(
        "your own Viterbi decoder; tensorflow_addons.text.crf_* is archived",
        "TensorFlow has no conditional random fields",
    ),
    "cudnn_rnn grid_rnn": _moved("tf.keras.layers.LSTM or GRU, which run on cuDNN"),
    "eager": _moved("plain tf, which executes eagerly by default"),
    "ffmpeg": _moved("tf.audio, or tensorflow_io"),
    "graph_editor": _moved("tf.graph_util or tf.import_graph_def with input_map"),
    "image": _moved("tf.image, or tf.keras.layers.RandomRotation and similar layers"),
    "integrate": _moved("tensorflow_probability.math.ode", "it became a separate package"),
    "keras": _moved("tf.keras, or tf_keras for Keras 2"),
    "kernel_methods": _moved("tf_keras.layers.experimental.RandomFourierFeatures"),
    "legacy_seq2seq": _moved(
        "tf.keras.layers.RNN and attention layers; tensorflow_addons.seq2seq is archived",
        "TensorFlow has no seq2seq package",
    ),
    "losses": _moved("tf.compat.v1.losses"),
    "memory_stats": _moved("tf.config.experimental.get_memory_info"),
    "mixed_precision": _moved("tf.keras.mixed_precision"),
    "model_pruning quantize": _moved(
        "tensorflow_model_optimization", "it became a separate package"
    ),
    "nn": _moved("tf.nn"),
    "optimizer_v2": _moved("tf.keras.optimizers, or tf.compat.v1.train"),
    "rpc": _moved("tf.distribute.experimental.rpc"),
    "saved_model": _moved("tf.saved_model, or tf.keras.models.save_model"),
    "session_bundle": _moved("tf.saved_model", "session bundles came before SavedModel"),
    "signal": _moved("tf.signal"),
    "solvers": _moved("tf.linalg.experimental.conjugate_gradient"),
    "staging": _moved("tf.data.Dataset.prefetch"),
    "stateless": _moved("tf.random.stateless_uniform and similar functions"),
    "tensorboard": _moved("tensorboard.plugins", "it became a separate package"),
    "tensorrt": _moved("tf.experimental.tensorrt"),
    "testing": _moved("tf.test"),
    "text": _moved("tensorflow_text", "it became a separate package"),
    "tfprof": _moved("tf.compat.v1.profiler"),
    "timeseries": _moved("tensorflow_probability.sts", "TensorFlow has no time series estimators"),
    "util": _moved("tf.make_tensor_proto, tf.make_ndarray and tf.nest"),
    "all_reduce constrained_optimization copy_graph fused_conv hooks input_pipeline "
    "labeled_tensor meta_graph_transform nearest_neighbor periodic_resample "
    "proto quantization rate receptive_field recurrent reduce_slice_ops remote_fused_graph "
    "resampler sparsemax specs stat_summarizer": Outside(
        "it has nothing to do with estimators",
        "your own copy of its TensorFlow 1.15 source",
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
    "factorization": {
        _CLUSTERING: FACTORIZATION,
        "KMeansClustering": FACTORIZATION,
        "GMM GmmAlgorithm gmm": Outside(
            "TensorFlow has no Gaussian mixture models",
            "sklearn.mixture.GaussianMixture, or tensorflow_probability",
        ),
        "WALSMatrixFactorization WALSModel": Outside(
            "TensorFlow has no factorization models",
            "tensorflow_recommenders or sklearn.decomposition",
        ),
    },
    "factorization.clustering_ops": {_CLUSTERING: FACTORIZATION},
    "factorization.kmeans": {
        "KMeansClustering": FACTORIZATION,
        "_InitializeClustersHook": Served(
            "estimator_heads.canned.kmeans.hooks:InitializeClustersHook"
        ),
        "_LossRelativeChangeHook": Served(
            "estimator_heads.canned.kmeans.hooks:LossRelativeChangeHook"
        ),
        "_parse_features_if_necessary": Served(
            "estimator_heads.canned.kmeans.estimator:parse_features_if_necessary"
        ),
    },
    "feature_column": {
        "sequence_categorical_column_with_hash_bucket sequence_categorical_column_with_identity "
        "sequence_categorical_column_with_vocabulary_file "
        "sequence_categorical_column_with_vocabulary_list sequence_numeric_column": Served(
            "tensorflow:feature_column.*"
        ),
        "sequence_input_layer": COLUMN_OPS,
    },
    "framework": {
        "assert_global_step create_global_step get_global_step get_or_create_global_step": Served(
            "tensorflow:compat.v1.train.*"
        ),
        "TensorSpec argsort assert_same_float_dtype assert_scalar "
        "convert_to_tensor_or_sparse_tensor is_tensor sort": Served("tensorflow:compat.v1.*"),
        "BoundedTensorSpec assert_scalar_int deprecated deprecated_arg_values deprecated_args "
        "get_placeholders init_from_checkpoint list_variables load_checkpoint load_variable nest "
        "prepend_name_scope reduce_sum_n remove_squeezable_dimensions "
        "smart_case smart_cond smart_constant_value strip_name_scope with_same_shape "
        "with_shape": FRAMEWORK,
        "get_graph_from_inputs get_name_scope": Served("tf_slim.ops.framework_ops:*"),
        "VariableDeviceChooser add_arg_scope add_model_variable arg_scope arg_scope_func_key "
        "arg_scoped_arguments assert_or_get_global_step assign_from_checkpoint "
        "assign_from_checkpoint_fn assign_from_values assign_from_values_fn current_arg_scope "
        "filter_variables get_local_variables get_model_variables get_trainable_variables "
        "get_unique_variable get_variable_full_name get_variables get_variables_by_name "
        "get_variables_by_suffix get_variables_to_restore global_variable has_arg_scope "
        "local_variable model_variable variable": SLIM,
        "py_func": Outside("it was a thin wrapper", "tf.numpy_function"),
        "RecordInput": QUEUES,
        "convolutional_delta_orthogonal convolutional_orthogonal_1d convolutional_orthogonal_2d "
        "convolutional_orthogonal_3d": Outside(
            "none of the surveyed programs use it", "tf.keras.initializers.Orthogonal"
        ),
        "load_and_remap_matrix_initializer load_embedding_initializer "
        "load_linear_multiclass_bias_initializer load_variable_slot_initializer": Outside(
            "none of the surveyed programs use it",
            "tf.estimator.WarmStartSettings with a VocabInfo, which also remaps vocabularies",
        ),
        "fuse_op zero_initializer": Outside(
            "it needed an operation that has been removed", "the function's TensorFlow 1.15 source"
        ),
    },
    "layers": {
        _COLUMNS: COLUMNS,
        f"{_COLUMN_OPS} SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY": COLUMN_OPS,
        "GDN RevBlock apply_regularization avg_pool2d avg_pool3d batch_norm bias_add bucketize "
        "conv1d conv2d conv2d_in_plane conv2d_transpose conv3d conv3d_transpose convolution "
        "convolution1d convolution2d convolution2d_in_plane convolution2d_transpose convolution3d "
        "convolution3d_transpose dense_to_sparse dropout elu flatten fully_connected gdn "
        "group_norm images_to_sequence instance_norm l1_l2_regularizer l1_regularizer "
        "l2_regularizer layer_norm legacy_fully_connected legacy_linear legacy_relu linear "
        "max_pool2d max_pool3d maxout one_hot_encoding optimize_loss pool recompute_grad relu "
        "relu6 repeat rev_block scale_gradient separable_conv2d separable_convolution2d "
        "sequence_to_images softmax spatial_softmax stack sum_regularizer summarize_activation "
        "summarize_activations summarize_collection summarize_tensor summarize_tensors unit_norm "
        "variance_scaling_initializer xavier_initializer xavier_initializer_conv2d": SLIM,
        "summarize_biases summarize_variables summarize_weights": SLIM,
        "OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES adaptive_clipping_fn": Served(
            "estimator_heads.compat.contrib.slim:optimizers.*"
        ),
        "bow_encoder embed_sequence embedding_lookup_unique": Served(
            "estimator_heads.compat.contrib.layers.encoders:*"
        ),
        "safe_embedding_lookup_sparse": Served("tensorflow:compat.v1.nn.*"),
        "scattered_embedding_lookup scattered_embedding_lookup_sparse": Outside(
            "none of the surveyed programs use it", "tf.strings.to_hash_bucket_fast and tf.gather"
        ),
        "embedding_lookup_sparse_with_distributed_aggregation": Outside(
            "none of the surveyed programs use it", "tf.nn.embedding_lookup_sparse"
        ),
        "multi_class_target regression_target": Outside(
            "targets were replaced by heads", "tf.contrib.learn.multi_class_head and similar heads"
        ),
    },
    "layers.feature_column": {
        f"{_COLUMNS} _BucketizedColumn _CrossedColumn _EmbeddingColumn _FeatureColumn "
        "_OneHotColumn _RealValuedColumn _RealValuedVarLenColumn _ScatteredEmbeddingColumn "
        "_SparseColumn _SparseColumnHashed _SparseColumnIntegerized _SparseColumnKeys "
        "_SparseColumnVocabulary _SparseIdLookupConfig _WeightedSparseColumn "
        "_create_sequence_feature_spec_for_parsing _real_valued_var_len_column": COLUMNS,
    },
    "layers.feature_column_ops": {_COLUMN_OPS: COLUMN_OPS},
    "layers.sparse_feature_cross_op": {"SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY": COLUMN_OPS},
    "layers.utils": {
        "NamedOutputs _get_dimension append_tensor_alias channel_dimension collect_named_outputs "
        "constant_value convert_collection_to_dict gather_tensors_aliases get_tensor_aliases "
        "get_variable_collections last_dimension n_positive_integers smart_cond static_cond "
        "two_element_tuple": Served("estimator_heads.compat.contrib.slim:utils.*"),
    },
    "lookup": {
        "FastHashSpec HashTable HasherSpec IdTableWithHashBuckets InitializableLookupTableBase "
        "KeyValueTensorInitializer LookupInterface MutableDenseHashTable MutableHashTable "
        "StrongHashSpec TableInitializerBase TextFileIdTableInitializer TextFileIndex "
        "TextFileInitializer TextFileStringTableInitializer index_table_from_file "
        "index_table_from_tensor index_to_string index_to_string_table_from_file "
        "index_to_string_table_from_tensor string_to_index string_to_index_table_from_file "
        "string_to_index_table_from_tensor": Served("estimator_heads.compat.contrib.lookup:*"),
    },
    "linear_optimizer": {
        "SDCAOptimizer": SDCA,
        "SdcaModel SparseFeatureColumn": SDCA_SOLVER,
    },
    "linear_optimizer.python.sdca_optimizer": {"SDCAOptimizer": SDCA, "*": SDCA_SOLVER},
    "metrics": {
        "accuracy aggregate_metric_map aggregate_metrics auc_using_histogram "
        "auc_with_confidence_intervals cohen_kappa count f1_score precision_at_recall "
        "precision_recall_at_equal_thresholds recall_at_precision sparse_recall_at_top_k "
        "streaming_accuracy streaming_auc streaming_concat streaming_covariance "
        "streaming_curve_points streaming_dynamic_auc streaming_false_negative_rate "
        "streaming_false_negative_rate_at_thresholds streaming_false_negatives "
        "streaming_false_negatives_at_thresholds streaming_false_positive_rate "
        "streaming_false_positive_rate_at_thresholds streaming_false_positives "
        "streaming_false_positives_at_thresholds streaming_mean streaming_mean_absolute_error "
        "streaming_mean_cosine_distance streaming_mean_iou streaming_mean_relative_error "
        "streaming_mean_squared_error streaming_mean_tensor streaming_pearson_correlation "
        "streaming_percentage_less streaming_precision streaming_precision_at_thresholds "
        "streaming_recall streaming_recall_at_k streaming_recall_at_thresholds "
        "streaming_root_mean_squared_error streaming_sensitivity_at_specificity "
        "streaming_sparse_average_precision_at_k streaming_sparse_average_precision_at_top_k "
        "streaming_sparse_precision_at_k streaming_sparse_precision_at_top_k "
        "streaming_sparse_recall_at_k streaming_specificity_at_sensitivity "
        "streaming_true_negatives streaming_true_negatives_at_thresholds streaming_true_positives "
        "streaming_true_positives_at_thresholds": Served(
            "estimator_heads.compat.contrib.slim:metrics.*"
        ),
        "confusion_matrix": Served("tensorflow:compat.v1.*"),
        "set_difference set_intersection set_size set_union": Served("tensorflow:compat.v1.sets.*"),
    },
    "predictor": {"from_contrib_estimator from_estimator from_saved_model": PREDICTOR},
    "predictor.contrib_estimator_predictor": {"ContribEstimatorPredictor": PREDICTOR},
    "predictor.predictor": {"Predictor": PREDICTOR},
    "predictor.saved_model_predictor": {"SavedModelPredictor": PREDICTOR},
    "slim": {
        "GDN RevBlock VariableDeviceChooser add_arg_scope add_model_variable apply_regularization "
        "arg_scope arg_scope_func_key arg_scoped_arguments assert_or_get_global_step "
        "assign_from_checkpoint assign_from_checkpoint_fn assign_from_values "
        "assign_from_values_fn avg_pool2d avg_pool3d batch_norm bias_add bucketize conv1d conv2d "
        "conv2d_in_plane conv2d_transpose conv3d conv3d_transpose convolution convolution1d "
        "convolution2d convolution2d_in_plane convolution2d_transpose convolution3d "
        "convolution3d_transpose current_arg_scope data_decoder data_provider dataset "
        "dataset_data_provider dense_to_sparse dropout elu evaluation filter_variables flatten "
        "fully_connected gdn get_local_variables get_model_variables get_trainable_variables "
        "get_unique_variable get_variable_full_name get_variables get_variables_by_name "
        "get_variables_by_suffix get_variables_to_restore global_variable group_norm "
        "has_arg_scope images_to_sequence instance_norm l1_l2_regularizer l1_regularizer "
        "l2_regularizer layer_norm learning legacy_fully_connected legacy_linear legacy_relu "
        "linear local_variable losses max_pool2d max_pool3d maxout metrics model_analyzer "
        "model_variable one_hot_encoding optimize_loss parallel_reader pool prefetch_queue queues "
        "recompute_grad relu relu6 repeat rev_block scale_gradient separable_conv2d "
        "separable_convolution2d sequence_to_images softmax spatial_softmax stack sum_regularizer "
        "summaries summarize_activation summarize_activations summarize_biases "
        "summarize_collection summarize_tensor summarize_tensors summarize_variables "
        "summarize_weights tfexample_decoder unit_norm variable variance_scaling_initializer "
        "xavier_initializer xavier_initializer_conv2d": SLIM,
        "OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES adaptive_clipping_fn": Served(
            "estimator_heads.compat.contrib.slim:optimizers.*"
        ),
        "bow_encoder embed_sequence embedding_lookup_unique": Served(
            "estimator_heads.compat.contrib.layers.encoders:*"
        ),
        "safe_embedding_lookup_sparse": Served("tensorflow:compat.v1.nn.*"),
        "assert_global_step create_global_step get_global_step get_or_create_global_step": Served(
            "tensorflow:compat.v1.train.*"
        ),
        "data nets": Outside(
            "the project serves heads, not models", "tf_slim.data and tf_slim.nets"
        ),
    },
    "training": {
        "HParams": HPARAMS,
        "parse_values": Served("estimator_heads.compat.contrib.training.hparams_text:*"),
        "add_gradients_summaries clip_gradient_norms clip_gradient_norms_fn create_train_op "
        "multiply_gradients train": Served("estimator_heads.compat.contrib.slim:training.*"),
        "checkpoints_iterator": Served("tensorflow:train.*"),
        "StopAfterNEvalsHook SummaryAtEndHook evaluate_once evaluate_repeatedly "
        "get_or_create_eval_step wait_for_new_checkpoint": Served(
            "estimator_heads.compat.contrib.slim:train_eval.*"
        ),
        "GreedyLoadBalancingStrategy RandomStrategy byte_size_load_fn": Served(
            "estimator_heads.compat.contrib.training.device_placement:*"
        ),
        "FeedingQueueRunner NextQueuedSequenceBatch SequenceQueueingStateSaver "
        "batch_sequences_with_states bucket bucket_by_sequence_length rejection_sample "
        "resample_at_rate stratified_sample weighted_resample": QUEUES,
    },
}

_CONTRIB.update(rows_contrib_beside.ROWS)
ROWS = {
    **{f"tensorflow.contrib.{module}".rstrip("."): rows for module, rows in _CONTRIB.items()},
    **rows_tpu.CONTRIB_ROWS,
}
