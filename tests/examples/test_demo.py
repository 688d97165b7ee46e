"""The example runs as a user runs it and leaves what it promises."""

import json
from pathlib import Path

import pytest
import tensorflow as tf

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

# As TensorFlow 2.15 named them for the same program.
SIGNATURES = {
    "serving_default",
    "predict",
    *("cultivar", "cultivar/classification", "cultivar/predict"),
    *("high_alcohol", "high_alcohol/classification", "high_alcohol/regression"),
    *("high_alcohol/predict", "proline", "proline/regression", "proline/predict"),
}
# metrics.json of the same program on TensorFlow 2.15 (its two imports changed), with --steps 30.
RECORDED = Path(__file__).with_name("tf_2.15_metrics.json")
HEADS = ("cultivar", "high_alcohol", "proline")
STEPS = 30


@pytest.fixture(scope="module")
def demo(checkout, run_python, tmp_path_factory):
    """The folder and the printout of one short run."""
    output = tmp_path_factory.mktemp("demo")
    program = checkout / "examples" / "multi_head_wine.py"
    result = run_python(program, "--steps", STEPS, "--output", output, with_extras=True)
    return output, result


@pytest.fixture(scope="module")
def metrics(demo):
    return json.loads((demo[0] / "metrics.json").read_text())


def test_metrics_equal_those_of_tensorflow_2_15(metrics):
    recorded = json.loads(RECORDED.read_text())
    assert set(metrics) == set(recorded) == {"train", "test"}
    for split, expected in recorded.items():
        assert metrics[split] == pytest.approx(expected, rel=1e-4, abs=1e-5)


def test_total_loss_is_the_sum_of_the_heads_and_the_regularisation(metrics):
    penalties = [
        split["loss"] - sum(split[f"loss/{head}"] for head in HEADS) for split in metrics.values()
    ]
    assert penalties[0] > 0
    assert penalties[0] == pytest.approx(penalties[1], abs=1e-5)  # it depends on no data


def test_loss_curve_is_a_picture(demo):
    picture = (demo[0] / "loss.png").read_bytes()
    assert picture.startswith(PNG_SIGNATURE)
    height, width, _ = tf.io.decode_png(picture).shape
    assert (height, width) == (520, 800)


def test_export_loads_with_the_original_signatures(demo):
    (export,) = (demo[0] / "export").iterdir()
    assert set(tf.saved_model.load(str(export)).signatures) == SIGNATURES


def test_printout_has_progress_tables_and_places(demo):
    output, result = demo
    assert f"{STEPS}/{STEPS}" in result.stderr  # the progress bar's end
    for expected in ("Metrics of Estimator", "auc_precision_recall", "class_2", "loss.png"):
        assert expected in result.stdout


def test_a_folder_in_use_is_refused(checkout, run_python, tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    program = checkout / "examples" / "multi_head_wine.py"
    result = run_python(program, "--output", tmp_path, with_extras=True, check=False)
    assert result.returncode == 2
    assert "new or empty folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
