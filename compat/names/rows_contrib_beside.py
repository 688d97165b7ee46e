"""Rows of the packages of `tf.contrib` that stood beside estimators: data, rnn, summary, ...

See `table.py` for what rows are; `rows_contrib.py` has the rest of `tf.contrib`.
"""

from estimator_heads.compat.names.kinds import Outside, Served

_CONTRIB = "estimator_heads.compat.contrib"

_MODULES = {
    "data": "batching counter enumerate_ops error_ops get_single_element grouping interleave_ops "
    "iterator_ops parsing_ops prefetching_ops random_ops readers resampling scan_ops shuffle_ops "
    "sliding unique writers",
    "seq2seq": "attention_wrapper basic_decoder beam_search_decoder beam_search_ops decoder helper "
    "loss",
    "rnn": "core_rnn_cell fused_rnn_cell gru_ops lstm_ops rnn rnn_cell",
}

# A contrib package re-exported what its sources below `python` define.
ALIASES = {
    "tensorflow.contrib.opt.python.training": "tensorflow.contrib.opt",
    **{
        f"tensorflow.contrib.opt.{module}": "tensorflow.contrib.opt"
        for module in "lars_optimizer lazy_adam_optimizer multitask_optimizer_wrapper "
        "weight_decay_optimizers".split()
    },
    "tensorflow.contrib.distribute.python": "tensorflow.contrib.distribute",
    **{
        f"tensorflow.contrib.distribute.{module}": "tensorflow.contrib.distribute"
        for module in "collective_all_reduce_strategy mirrored_strategy monitor "
        "one_device_strategy parameter_server_strategy tpu_strategy".split()
    },
    "tensorflow.contrib.summary.summary": "tensorflow.contrib.summary",
    **{
        f"tensorflow.contrib.{package}.python.ops": f"tensorflow.contrib.{package}"
        for package in _MODULES
    },
    **{
        f"tensorflow.contrib.{package}.{module}": f"tensorflow.contrib.{package}"
        for package, modules in _MODULES.items()
        for module in modules.split()
    },
}

_CELLS_OF_TF_KERAS = "tf_keras.api._v1.keras.__internal__.legacy.rnn_cell"

_NO_SEQ2SEQ = "TensorFlow has no decoders any more, and tensorflow_addons, which had, is archived"

# From modules of `tensorflow.contrib` to their rows.
ROWS = {
    "data": {
        "Counter CsvDataset Optional RandomDataset Reducer SqlDataset TFRecordWriter "
        "bucket_by_sequence_length choose_from_datasets copy_to_device dense_to_sparse_batch "
        "enumerate_dataset get_next_as_optional get_single_element group_by_reducer "
        "group_by_window ignore_errors make_batched_features_dataset make_csv_dataset "
        "make_saveable_from_iterator map_and_batch parallel_interleave parse_example_dataset "
        "prefetch_to_device rejection_resample sample_from_datasets scan shuffle_and_repeat "
        "unbatch unique AUTOTUNE": Served("tensorflow:compat.v1.data.experimental.*"),
        "assert_element_shape batch_and_drop_remainder padded_batch_and_drop_remainder "
        "read_batch_features reduce_dataset sliding_window_batch sloppy_interleave": Served(
            f"{_CONTRIB}.data:*"
        ),
        "CheckpointInputPipelineHook": Outside(
            "TensorFlow has removed it",
            "tf.data.experimental.make_saveable_from_iterator, whose result Savers of your own "
            "save, or tf.train.Checkpoint",
        ),
        "LMDBDataset": Outside(
            "none of the surveyed programs use it",
            "tf.data.experimental.from_variant with tf.raw_ops.LMDBDataset, or tensorflow_io",
        ),
        "threadpool": Outside("it was internal", "tf.data.Options"),
    },
    "summary": {
        "SummaryWriter all_summary_ops always_record_summaries audio create_file_writer "
        "create_summary_file_writer eval_dir flush generic graph histogram image import_event "
        "initialize never_record_summaries record_summaries_every_n_global_steps scalar "
        "should_record_summaries summary_writer_initializer_op": Served(f"{_CONTRIB}.summary:*"),
        "create_db_writer": Outside(
            "TensorFlow no longer writes summaries to databases",
            "tf.contrib.summary.create_file_writer",
        ),
    },
    "distribute": {
        "AllReduceCrossDeviceOps CollectiveAllReduceStrategy DistributeConfig MirroredStrategy "
        "ParameterServerStrategy": Served(f"{_CONTRIB}.distribute:*"),
        "ReplicaContext": Served("tensorflow:distribute.*"),
        "CrossDeviceOps OneDeviceStrategy get_loss_reduction get_replica_context "
        "get_strategy has_strategy in_cross_replica_context": Served(
            "tensorflow:compat.v1.distribute.*"
        ),
        "DistributionStrategy": Served("tensorflow:compat.v1.distribute.Strategy"),
        "get_distribution_strategy": Served("tensorflow:compat.v1.distribute.get_strategy"),
        "has_distribution_strategy": Served("tensorflow:compat.v1.distribute.has_strategy"),
        "initialize_tpu_system": Served("tensorflow:tpu.experimental.initialize_tpu_system"),
        "TPUStrategy": Outside("the project does not support TPUs", "tf.distribute.TPUStrategy"),
        "run_standard_tensorflow_server": Outside(
            "none of the surveyed programs use it", "tf.compat.v1.train.Server"
        ),
        "MultiWorkerAllReduce": Outside(
            "none of the surveyed programs use it", "tf.distribute.MultiWorkerMirroredStrategy"
        ),
        "Monitor StandardInputStep StandardSingleLossStep Step": Outside(
            "none of the surveyed programs use it",
            "a loop of your own over the function run of a tf.distribute.Strategy",
        ),
        "UpdateContext get_cross_replica_context require_replica_context": Outside(
            "it is internal to TensorFlow now",
            "tf.distribute.get_replica_context and tf.distribute.in_cross_replica_context",
        ),
    },
    "opt": {
        "LazyAdamOptimizer": Served(f"{_CONTRIB}.opt.lazy_adam:*"),
        "LARSOptimizer": Served(f"{_CONTRIB}.opt.lars:*"),
        "AdamWOptimizer DecoupledWeightDecayExtension MomentumWOptimizer "
        "extend_with_decoupled_weight_decay": Served(f"{_CONTRIB}.opt.weight_decay:*"),
        "clip_gradients_by_global_norm": Served(f"{_CONTRIB}.opt.clipping:*"),
        "AdaMaxOptimizer": Outside(
            "none of the surveyed programs use it",
            "tf.keras.optimizers.Adamax, which an Estimator takes",
        ),
        "NadamOptimizer": Outside(
            "none of the surveyed programs use it",
            "tf.keras.optimizers.Nadam, which an Estimator takes",
        ),
        "ModelAverageCustomGetter ModelAverageOptimizer MovingAverageOptimizer": Outside(
            "none of the surveyed programs use it", "tf.train.ExponentialMovingAverage"
        ),
        "ExternalOptimizerInterface ScipyOptimizerInterface": Outside(
            "none of the surveyed programs use it", "scipy.optimize.minimize"
        ),
        "VariableClippingOptimizer": Outside(
            "none of the surveyed programs use it",
            "the constraint argument of tf.compat.v1.get_variable",
        ),
        "AGNCustomGetter AGNOptimizer AdamGSOptimizer AddSignOptimizer "
        "DropStaleGradientOptimizer ElasticAverageCustomGetter ElasticAverageOptimizer "
        "GGTOptimizer LazyAdamGSOptimizer MultitaskOptimizerWrapper PowerSignOptimizer "
        "RegAdagradOptimizer ShampooOptimizer": Outside(
            "none of the surveyed programs use it, and no library has it",
            "an optimizer of tf.compat.v1.train or tf.keras.optimizers",
        ),
    },
    "seq2seq": {
        "hardmax safe_cumprod sequence_loss tile_batch": Served(f"{_CONTRIB}.seq2seq:*"),
        "AttentionMechanism AttentionWrapper AttentionWrapperState BahdanauAttention "
        "BahdanauMonotonicAttention LuongAttention LuongMonotonicAttention "
        "monotonic_attention": Outside(
            _NO_SEQ2SEQ, "tf.keras.layers.AdditiveAttention or tf.keras.layers.Attention"
        ),
        "BeamSearchDecoder BeamSearchDecoderOutput BeamSearchDecoderState "
        "FinalBeamSearchDecoderOutput gather_tree": Outside(
            _NO_SEQ2SEQ, "a tf.while_loop over the beams that tile_batch makes"
        ),
        "BasicDecoder BasicDecoderOutput CustomHelper Decoder GreedyEmbeddingHelper Helper "
        "InferenceHelper SampleEmbeddingHelper ScheduledEmbeddingTrainingHelper "
        "ScheduledOutputTrainingHelper TrainingHelper dynamic_decode": Outside(
            _NO_SEQ2SEQ,
            "tf.compat.v1.nn.dynamic_rnn to train, and tf.compat.v1.nn.raw_rnn to predict",
        ),
    },
    "rnn": {
        "BasicLSTMCell BasicRNNCell DeviceWrapper DropoutWrapper GRUCell LSTMCell LSTMStateTuple "
        "MultiRNNCell RNNCell ResidualWrapper": Served(f"{_CELLS_OF_TF_KERAS}:*"),
        "LayerRNNCell": Served(f"{_CONTRIB}.rnn.legacy_cells:*"),
        "static_bidirectional_rnn static_rnn static_state_saving_rnn": Served(
            "tensorflow:compat.v1.nn.*"
        ),
        "best_effort_input_batch_size stack_bidirectional_dynamic_rnn stack_bidirectional_rnn "
        "transpose_batch_time": Served(f"{_CONTRIB}.rnn.stacks:*"),
        "EmbeddingWrapper InputProjectionWrapper OutputProjectionWrapper": Served(
            f"{_CONTRIB}.rnn.wrappers:*"
        ),
        "GRUBlockCell GRUBlockCellV2 LSTMBlockCell": Served(f"{_CONTRIB}.rnn.block_cells:*"),
        "LayerNormBasicLSTMCell": Served(f"{_CONTRIB}.rnn.layer_norm_cell:*"),
        "FusedRNNCell FusedRNNCellAdaptor LSTMBlockFusedCell TimeReversedFusedRNN": Served(
            f"{_CONTRIB}.rnn.fused:*"
        ),
        "AttentionCellWrapper BidirectionalGridLSTMCell CompiledWrapper Conv1DLSTMCell "
        "Conv2DLSTMCell Conv3DLSTMCell ConvLSTMCell CoupledInputForgetGateLSTMCell GLSTMCell "
        "GridLSTMCell HighwayWrapper IndRNNCell IndyGRUCell IndyLSTMCell IntersectionRNNCell "
        "LSTMBlockWrapper NASCell PhasedLSTMCell SRUCell TimeFreqLSTMCell UGRNNCell": Outside(
            "none of the surveyed programs use it, and no library has it",
            "tf.compat.v1.nn.rnn_cell, whose RNNCell your own cells may derive from",
        ),
    },
}
