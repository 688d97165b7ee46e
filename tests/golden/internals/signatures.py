"""The arguments of private functions and classes, since programs may give them by name."""

import inspect

from tests.golden.learn_estimator.models import cases_of

OF_MODULES = {
    "early_stopping": (
        "_StopOnPredicateHook _stop_if_no_metric_improvement_hook "
        "_stop_if_threshold_crossed_hook _summaries make_early_stopping_hook read_eval_metrics"
    ),
    "estimator": (
        "EstimatorV2 WarmStartSettings _assert_members_are_not_overridden "
        "_check_checkpoint_available _check_hooks_type _check_listeners_type "
        "_combine_distributed_scaffold _dict_to_str _extract_metric_update_ops "
        "_get_default_warm_start_settings _get_replica_device_setter _has_dataset_or_queue_runner "
        "_load_global_step_from_checkpoint_dir _verify_and_create_loss_metric "
        "_verify_model_fn_args _write_checkpoint_path_to_summary _write_dict_to_summary "
        "create_per_replica_ready_for_local_init_op maybe_overwrite_model_dir_and_session_config"
    ),
    "exporter": "BestExporter _SavedModelExporter _verify_compare_fn_args",
    "extenders": "_call_metric_fn _verify_metric_fn_args add_metrics",
    "export.export": (
        "_check_tensor _check_tensor_key _placeholder_from_tensor "
        "_placeholders_from_receiver_tensors_dict build_raw_supervised_input_receiver_fn "
        "wrap_and_check_input_tensors"
    ),
    "export.export_lib": "export_outputs_for_mode get_export_outputs",
    "hooks.fake_summary_writer": "FakeSummaryWriter",
    "inputs.numpy_io": "_get_unique_target_key _validate_and_convert_features",
    "inputs.pandas_io": "_get_unique_target_key",
    "inputs.queues.feeding_functions": (
        "_ArrayFeedFn _GeneratorFeedFn _OrderedDictNumpyFeedFn _PandasFeedFn _enqueue_data "
        "_fill_array _get_integer_indices_for_next_batch _pad_if_needed"
    ),
    "inputs.queues.feeding_queue_runner": "_FeedingQueueRunner",
    "model_fn": (
        "_check_is_tensor _check_is_tensor_or_operation _update_variable_collection "
        "_validate_estimator_spec_export_outputs _validate_estimator_spec_hooks "
        "_validate_estimator_spec_loss _validate_estimator_spec_predictions "
        "_validate_estimator_spec_train_op _validate_eval_metric_ops _validate_scaffold "
        "verify_model_fn_args"
    ),
    "run_config": (
        "_count_ps _count_worker _get_eval_session_master _get_global_id_in_cluster "
        "_get_model_dir _get_session_master _validate_properties "
        "_validate_save_ckpt_with_replaced_keys _validate_service "
        "_validate_task_type_and_task_id get_default_session_config"
    ),
    "training": (
        "_EvalResult _NewCheckpointListenerForEvaluate _StopAtSecsHook _TrainingExecutor "
        "_assert_eval_spec _validate_exporters _validate_hooks _validate_input_fn"
    ),
    "util": (
        "DistributedIteratorInitializerHook MultiHostDatasetInitializerHook "
        "_DatasetInitializerHook parse_input_fn_result parse_iterator_result"
    ),
    "canned.baseline": "_get_batch_size_and_size_checks _get_weight_column_key",
    "canned.dnn": "_get_dnn_estimator_spec _name_from_scope_name",
    "canned.dnn_linear_combined": "_init_dnn_linear_combined_estimator",
    "canned.optimizers": "_optimizer_has_default_learning_rate get_optimizer_instance",
    "canned.parsing_utils": "_add_label_and_weight_to_parsing_spec",
    "head.head_utils": "_assert_no_hooks _assert_simple_summaries _initialize_variables",
    "head.multi_head": "_default_export_output _no_op_train_fn",
}
STEPS_OF = {
    "estimator.EstimatorV2": (
        "_actual_eval _actual_train_model_distributed _add_meta_graph_for_mode _call_input_fn "
        "_call_model_fn _call_model_fn_eval _call_model_fn_eval_distributed "
        "_convert_eval_steps_to_hooks _convert_train_steps_to_hooks "
        "_create_and_assert_global_step _create_global_step _evaluate_build_graph _evaluate_run "
        "_export_all_saved_models _extract_batch_length _extract_keys "
        "_get_features_and_labels_from_input_fn _get_features_from_input_fn "
        "_get_iterator_from_input_fn _maybe_warm_start _train_model _train_model_default "
        "_train_model_distributed _train_with_estimator_spec "
        "_validate_features_in_predict_input eval_dir train evaluate predict"
    ),
    "training._TrainingExecutor": (
        "_start_continuous_evaluation _start_distributed_training _start_std_server run run_chief "
        "run_evaluator run_local run_master run_ps run_worker"
    ),
    "training._TrainingExecutor._Evaluator": "evaluate_and_export __init__",
}
# What ours takes besides.
_MORE = (
    "every_checkpoint",
    "keep_models",
    "keeps_model",
    "exports_to_keep",
    "args",
    "kwargs",
    "v1",
    "self",
    "_cls",
    "cls",
)


def _names(function):
    return [name for name in inspect.signature(function).parameters if name not in _MORE]


def of_modules(api, folder):
    return {
        module + "." + name: _names(api.of(module + "." + name))
        for module, names in OF_MODULES.items()
        for name in names.split()
    }


def of_steps(api, folder):
    found = {}
    for path, names in STEPS_OF.items():
        owner = api.of(path.replace("._Evaluator", ""))
        owner = owner._Evaluator if path.endswith("._Evaluator") else owner
        for name in names.split():
            found[path + "." + name] = _names(getattr(owner, name))
    return found


CASES = cases_of(globals())
