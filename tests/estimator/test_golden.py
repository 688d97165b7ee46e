"""The same programs under the original tf.estimator (recorded) and under ours."""

import json
import sys
from pathlib import Path

import pytest

from tests.estimator.api import API
from tests.golden.closeness import difference
from tests.golden.estimator import argument_errors, errors, exports, hooks, programs

GOLDEN = Path(__file__).parents[1] / "golden" / "estimator"
RECORDED = {
    name: json.loads((GOLDEN / f"{name}.json").read_text()) for name in ("tf_2.15", "tf_1.15")
}

PROGRAMS = [*programs.PROGRAMS, hooks.order_of_hooks]
ERRORS = errors.ERRORS + argument_errors.ARGUMENT_ERRORS

# What differs from a recording on purpose, with the reason.
DIFFERENCES = {
    "tf_1.15": {
        "seeded_model": "TensorFlow itself derives seeds of operations in another way since 2.x",
        "checkpoint_files": "TF 1.15 has no RunConfig.checkpoint_save_graph_def",
        "forgotten_placeholder": "TF 1.15 exported signatures that could not be served",
        "eval_output_with_bad_metric": "ValueError as in TF 2.15",
    },
    "tf_2.15": {
        "foreign_checkpoint_other_shapes": "2.15 silently trained on with the wrong shape",
        "foreign_checkpoint_in_evaluation": "2.15 silently used the wrong shape",
        "foreign_checkpoint_in_prediction": "2.15 silently used the wrong shape",
    },
}
for differences in DIFFERENCES.values():
    differences["truncated_data"] = "OutOfRangeError would count as the end of the input"
    differences["truncated_data_in_evaluation"] = differences["truncated_data"]
    differences["predict_output_with_mixed_tuple_key"] = "the documented ValueError"

INSTEAD = {
    "foreign_checkpoint_other_shapes": "InvalidArgumentError",
    "foreign_checkpoint_in_evaluation": "InvalidArgumentError",
    "foreign_checkpoint_in_prediction": "InvalidArgumentError",
    "truncated_data": "DataLossError",
    "truncated_data_in_evaluation": "DataLossError",
    "predict_output_with_mixed_tuple_key": "ValueError",
    "eval_output_with_bad_metric": "ValueError",
}


def _check(kind, case, result):
    result = json.loads(json.dumps(result))
    for release, recorded in RECORDED.items():
        if case.__name__ not in DIFFERENCES[release]:
            found = difference(recorded[kind][case.__name__], result)
            assert found is None, f"{release}: {found}"


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda case: case.__name__)
def test_program_has_the_results_of_the_original(program, tmp_path):
    _check("programs", program, program(API, str(tmp_path)))


@pytest.mark.parametrize("export", exports.EXPORTS, ids=lambda case: case.__name__)
def test_export_is_the_export_of_the_original(export, tmp_path):
    _check("exports", export, export(API, str(tmp_path)))


@pytest.mark.parametrize("mistake", ERRORS, ids=lambda case: case.__name__)
def test_mistake_raises_the_type_of_error_of_the_original(mistake, tmp_path):
    raised = errors.outcome(mistake, API, str(tmp_path))
    _check("errors", mistake, raised)
    assert raised == INSTEAD.get(mistake.__name__, raised)


def test_every_recorded_case_is_still_run():
    cases = {"programs": PROGRAMS, "exports": exports.EXPORTS, "errors": ERRORS}
    for recorded in RECORDED.values():
        for kind, functions in cases.items():
            assert sorted(recorded[kind]) == sorted(case.__name__ for case in functions)


def test_programs_have_the_same_results_when_v2_behavior_is_disabled(run_python, tmp_path):
    """Legacy programs call tf.compat.v1.disable_v2_behavior(), which makes other variables."""
    run_python(Path(__file__).with_name("run_with_v1_behavior.py"), tmp_path)
    results = list(tmp_path.iterdir())
    assert len(results) >= 5
    for result in results:
        (program,) = [case for case in PROGRAMS if case.__name__ == result.stem]
        _check("programs", program, json.loads(result.read_text()))


def test_recorder_does_not_need_the_package():
    """The programs run where the package cannot be installed, so they must not import it."""
    for module in (programs, hooks, exports, errors, argument_errors):
        assert "estimator_heads" not in Path(sys.modules[module.__name__].__file__).read_text()
