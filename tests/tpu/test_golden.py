"""TPUEstimator and what belongs to it beside what TF 2.15 and TF 1.15 were recorded to answer."""

import inspect
from pathlib import Path

import pytest

from estimator_heads.compat.names.kinds import Served
from estimator_heads.compat.names.table import TABLE
from estimator_heads.tpu import RunConfig, TPUConfig, TPUEstimator, TPUEstimatorSpec
from tests.compat.uses_in_cases import uses_in_cases
from tests.golden import tpu
from tests.golden.conformance import Conformance
from tests.golden.tpu import errors
from tests.golden.tpu.known_differences import KNOWN_DIFFERENCES
from tests.golden.tpu.subject import SUBJECT
from tests.tpu.api import API

GOLDEN = Conformance(SUBJECT, API, KNOWN_DIFFERENCES, every_entry_is_needed=True)

# What the message of a mistake has in it: the argument or the function that is wrong.
NAMED = {
    "without_config": "`config`",
    "with_config_of_another_kind": "tpu.RunConfig",
    "without_model_fn": "`model_fn`",
    "params_with_batch_size": "'batch_size'",
    "params_with_context": "'context'",
    "model_fn_without_features": "`features`",
    "model_fn_with_unknown_argument": "'other'",
    "without_train_batch_size": "`train_batch_size`",
    "train_batch_size_of_0": "`train_batch_size`",
    "train_batch_size_as_text": "`train_batch_size`",
    "eval_batch_size_of_a_float": "`eval_batch_size`",
    "negative_eval_batch_size": "`eval_batch_size`",
    "negative_predict_batch_size": "`predict_batch_size`",
    "model_parallelism_with_input_per_shard": "`per_host_input_for_training`",
    "different_model_dirs": "`model_dir`",
    "model_fn_without_params_and_params": "`params`",
    "unknown_way_to_export": "`export_saved_model_api_version`",
    "train_on_tpus_that_are_not_there": "`use_tpu=False`",
    "evaluate_on_tpus_that_are_not_there": "`use_tpu=False`",
    "predict_on_tpus_that_are_not_there": "`use_tpu=False`",
    "train_with_steps_and_max_steps": "`max_steps`",
    "evaluate_0_steps": "`steps`",
    "input_fn_without_params": r"input_fn.*params\['batch_size'\]",
    "model_fn_without_params": r"model_fn.*params\['batch_size'\]",
    "model_fn_without_labels": "`labels`",
    "model_fn_that_returns_nothing": "EstimatorSpec",
    "sliced_evaluation": "`eval_training_input_configuration`",
    "spec_without_train_op": "`train_op`",
    "spec_without_loss": "`loss`",
    "export_to_nothing": "`export_to_cpu",
    "spec_without_predictions": "`predictions`",
    "spec_with_predictions_of_a_list": "`predictions`",
    "spec_for_training_without_train_op": "`train_op`",
    "spec_with_loss_of_two": "`loss`",
    "spec_with_loss_of_a_number": "`loss`",
    "spec_with_train_op_of_text": "`train_op`",
    "spec_with_export_outputs_of_a_list": "`export_outputs`",
    "scaffold_fn_of_another_kind": "`scaffold_fn`",
    "scaffold_that_is_no_function": "`scaffold_fn`",
    "eval_metrics_of_a_dict": "`eval_metrics`",
    "eval_metrics_of_a_function": "`eval_metrics`",
    "eval_metrics_of_three": "`eval_metrics`",
    "eval_metrics_without_function": "`eval_metrics`",
    "eval_metrics_of_a_tensor": "`eval_metrics`",
    "eval_metrics_of_too_few": "`eval_metrics`",
    "eval_metrics_of_other_names": "`eval_metrics`",
    "host_call_of_too_many": "`host_call`",
    "host_call_of_a_function": "`host_call`",
    "hook_of_another_kind": "`training_hooks`",
    "evaluation_hook_of_another_kind": "`evaluation_hooks`",
    "prediction_hook_of_another_kind": "`prediction_hooks`",
    "iterations_of_0": "`iterations_per_loop`",
    "iterations_of_a_float": "`iterations_per_loop`",
    "iterations_of_days": "`iterations_per_loop`",
    "iterations_of_none": "`iterations_per_loop`",
    "shards_of_0": "`num_shards`",
    "shards_of_a_float": "`num_shards`",
    "three_cores": "`num_cores_per_replica`",
    "negative_sleep": "`initial_infeed_sleep_secs`",
    "broadcast_evaluation": "`eval_training_input_configuration`",
    "partition_of_three": "`input_partition_dims`",
    "partition_without_per_host_v2": "`per_host_input_for_training",
    "partition_without_cores": "`num_cores_per_replica`",
    "master_and_cluster": "`master` and `cluster`",
    "cluster_and_cluster_def": "`session_config.cluster_def`",
    "unknown_argument_of_run_config": "'iterations_per_loop'",
    "replace_of_master": "'master'",
}
# These work, or TensorFlow raises the error.
NOT_OURS = {
    "sliced_training",
    "spec_with_unknown_mode",
    "unsupported_reduction",
    "groups_that_are_no_lists",
    "groups_of_other_replicas",
    "step_without_tpus",
}


@pytest.mark.parametrize("case_id", SUBJECT.cases)
def test_answer_is_that_of_the_original(case_id):
    GOLDEN.check(case_id)


@pytest.mark.parametrize("mistake", NAMED)
def test_message_names_what_is_wrong(mistake, tmp_path):
    with pytest.raises(Exception, match=NAMED[mistake]):
        getattr(errors, mistake)(API, str(tmp_path))


def test_every_mistake_has_a_message():
    assert {case.__name__ for case in errors.CASES} - set(NAMED) == NOT_OURS


@pytest.mark.parametrize("entry", KNOWN_DIFFERENCES, ids=lambda entry: entry.cases[0])
def test_every_difference_is_documented_and_of_a_case(entry, checkout):
    GOLDEN.check_is_documented(entry, (checkout / "docs" / "differences.md").read_text())


def test_every_recorded_case_is_still_run():
    GOLDEN.check_every_case_is_recorded()


def test_every_public_name_has_a_case():
    rows = TABLE["tensorflow.compat.v1.estimator.tpu"]
    assert all(isinstance(entry, Served) for entry in rows.values())
    assert set(rows) <= set(uses_in_cases(tpu))


@pytest.mark.parametrize(
    "signature",
    [
        inspect.signature(TPUEstimator),
        inspect.signature(TPUEstimatorSpec.__new__),
        inspect.signature(TPUConfig.__new__),
        inspect.signature(RunConfig),
    ],
    ids=["TPUEstimator", "TPUEstimatorSpec", "TPUConfig", "RunConfig"],
)
def test_every_argument_is_in_a_case(signature):
    given = set().union(*uses_in_cases(tpu).values()) | {"cls", "kwargs"}
    # In test_tpu_estimator.py: what TF 1.15 lacks, and what is refused.
    given |= {
        "embedding_config_spec",
        "experimental_allow_per_host_v2_parallel_get_next",
        "experimental_feed_hook",
    }
    assert set(signature.parameters) <= given


@pytest.mark.another_execution
def test_programs_have_the_same_results_when_v2_behavior_is_disabled(run_python):
    """Programs for TPUs call tf.compat.v1.disable_v2_behavior(), which makes other variables."""
    result = run_python(Path(__file__).with_name("run_with_v1_behavior.py"))
    assert [line for line in result.stdout.splitlines() if line.startswith("DIFFERS")] == []
