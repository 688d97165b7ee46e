"""The way from an Estimator to Keras: docs/migrating.md, run as it is written."""

import json
import os
import re
import shlex
import shutil
import textwrap

import pytest
import tensorflow as tf

# What step_1_legacy.py prints on TensorFlow 2.15.
METRICS = {
    "accuracy/buys": 0.9279588460922241,
    "accuracy_baseline/buys": 0.5231561064720154,
    "auc/buys": 0.9775975346565247,
    "auc_precision_recall/buys": 0.9738583564758301,
    "average_loss/buys": 0.19388090074062347,
    "average_loss/spends": 0.023987460881471634,
    "global_step": 300.0,
    "label/mean/buys": 0.476843923330307,
    "label/mean/spends": 1.089175820350647,
    "loss": 0.5891502499580383,
    "loss/buys": 0.5651628375053406,
    "loss/spends": 0.023987459018826485,
    "precision/buys": 0.9041095972061157,
    "prediction/mean/buys": 0.4815250337123871,
    "prediction/mean/spends": 1.0812634229660034,
    "recall/buys": 0.9496402740478516,
}


@pytest.fixture(scope="module")
def document(checkout):
    return (checkout / "docs" / "migrating.md").read_text()


def blocks(document, language):
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", document, flags=re.M | re.S)
    return [textwrap.dedent(text) for _, text in found]


@pytest.fixture(scope="module")
def steps(checkout, document, run_python, tmp_path_factory):
    """Runs the commands of the document; returns the folder, and the metrics of each program."""
    (commands,) = blocks(document, "sh")
    folder = tmp_path_factory.mktemp("migrating")
    keras, metrics = None, {}
    for command in commands.splitlines():
        match shlex.split(command):
            case ["cd", path]:
                shutil.copytree(checkout / path, folder / path)
                folder /= path
            case ["export", "TF_USE_LEGACY_KERAS=1"]:
                keras = "1"
            case ["unset", "TF_USE_LEGACY_KERAS"]:
                keras = None
            case ["estimator-heads", *arguments] | ["python", *arguments]:
                program = ["-m", "estimator_heads"] if command.startswith("estimator-heads") else []
                result = run_python(
                    *program, *arguments, cwd=folder, env={"TF_USE_LEGACY_KERAS": keras}
                )
                report, brace, numbers = result.stdout.partition("{")
                metrics[command] = json.loads(brace + numbers)
    return folder, list(metrics.values())


def test_each_step_has_the_metrics_of_tensorflow_2_15(steps):
    _, (unedited, with_imports, with_keras) = steps
    assert unedited == pytest.approx(METRICS, rel=1e-4)
    assert with_imports == unedited
    expected = {name: value for name, value in unedited.items() if name != "global_step"}
    assert {name: with_keras[name] for name in expected} == pytest.approx(expected, rel=1e-5)


def test_steps_1_and_3_export_the_same_signatures(steps):
    folder, _ = steps
    of_estimator, of_keras = sorted(os.listdir(folder / "step_1" / "export"))

    def signatures(name):
        path = str(folder / "step_1" / "export" / name)
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            loaded = tf.compat.v1.saved_model.load(session, ["serve"], path)
        return {
            key: (signature.method_name, described(signature.inputs), described(signature.outputs))
            for key, signature in loaded.signature_def.items()
        }

    def described(infos):
        return {key: (info.dtype, str(info.tensor_shape)) for key, info in infos.items()}

    assert signatures(of_keras) == signatures(of_estimator)


def test_other_code_in_the_document_is_that_of_the_programs(checkout, document):
    programs = checkout / "examples" / "migrating"
    last = (programs / "step_3_keras.py").read_text()
    for block in blocks(document, "python"):
        assert textwrap.indent(block, "    ") in last
    (diff,) = blocks(document, "diff")
    for sign, program in (("-", "step_1_legacy"), ("+", "step_2_imports")):
        lines = (programs / f"{program}.py").read_text().splitlines()
        changed = [line[1:] for line in diff.splitlines() if line.startswith(sign)]
        assert changed and set(changed) <= set(lines)


def test_only_names_change_from_step_1_to_step_2(checkout):
    programs = checkout / "examples" / "migrating"
    before, after = (
        (programs / f"{name}.py").read_text().partition('"""\n')[2]
        for name in ("step_1_legacy", "step_2_imports")
    )
    imports = "import tensorflow as tf\n\nimport estimator_heads as estimator\n"
    expected = before.replace("import tensorflow as tf\n", imports)
    assert after == expected.replace("tf.estimator.", "estimator.")
