"""The legacy examples, unedited, print what they print on TensorFlow 1.15, or 2.15."""

from pathlib import Path

import pytest

RECORDED = Path(__file__).with_name("recorded")


@pytest.mark.parametrize(
    "name",
    ["flags_and_layers", "session_only", "subclass_of_dnn_classifier", "tpu_estimator"],
)
def test_prints_what_tensorflow_1_15_prints(checkout, run_python_or_fork, name):
    program = checkout / "examples" / "legacy" / f"{name}.py"
    result = run_python_or_fork("-m", "estimator_heads", "run", program)
    assert result.stdout == (RECORDED / f"{name}.txt").read_text()


def test_a_spawn_pool_prints_what_tensorflow_1_15_prints(checkout, run_python):
    program = checkout / "examples" / "legacy" / "spawn_pool.py"
    result = run_python("-m", "estimator_heads", "run", program)
    assert result.stdout == (RECORDED / "spawn_pool.txt").read_text()


def test_flags_on_the_command_line_are_the_program_s(checkout, run_python_or_fork):
    program = checkout / "examples" / "legacy" / "flags_and_layers.py"
    result = run_python_or_fork(
        "-m", "estimator_heads", "run", program, "--steps=3", "--nobatch_norm"
    )
    assert "batch_normalization" not in result.stdout
    assert "global step 3" in result.stdout


def test_a_program_for_tpus_says_that_it_needs_one(checkout, run_python_or_fork):
    program = checkout / "examples" / "legacy" / "tpu_estimator.py"
    result = run_python_or_fork("-m", "estimator_heads", "run", program, "--use_tpu", check=False)
    assert "RuntimeError: `use_tpu=True`, but estimator-heads does not run on TPUs" in result.stderr


def test_wide_and_deep_of_tf1_prints_what_tensorflow_1_15_prints(checkout, run_python):
    program = checkout / "examples" / "legacy" / "wide_and_deep_wine.py"
    result = run_python("-m", "estimator_heads", "run", program, with_extras=True)
    assert result.stdout == (RECORDED / "wide_and_deep_wine.txt").read_text()


@pytest.mark.parametrize("keras", [None, "1"], ids=["keras3", "legacy_keras"])
def test_a_keras_model_as_an_estimator_prints_what_tensorflow_2_15_prints(
    checkout, run_python, keras
):
    program = checkout / "examples" / "legacy" / "keras_flowers.py"
    result = run_python("-m", "estimator_heads", "run", program, env={"TF_USE_LEGACY_KERAS": keras})
    assert result.stdout == (RECORDED / "keras_flowers.txt").read_text()
