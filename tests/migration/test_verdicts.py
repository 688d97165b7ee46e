"""How each program of a code base runs, or what stops it; and whether the runner agrees."""

import textwrap

import pytest

from estimator_heads.migration.checking import check
from estimator_heads.migration.rules import Level


@pytest.fixture
def checked(tmp_path, monkeypatch):
    """Writes files, given as a dict from paths to sources, and checks their folder."""
    monkeypatch.chdir(tmp_path)

    def write_and_check(files, paths=(".",)):
        for name, source in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(textwrap.dedent(source))
        return check([*paths])

    return write_and_check


def only_verdict(report):
    (verdict,) = report.verdicts
    return verdict


def levels(report):
    return {finding.name: finding.level for finding in report.findings}


TF2 = "import tensorflow as tf\ntf.estimator.Estimator(tf.estimator.RegressionHead)\n"
TF1 = "import tensorflow as tf\ntf.placeholder(tf.float32)\ntf.contrib.layers.flatten\n"


@pytest.mark.parametrize(
    ("source", "command"),
    [
        (TF2, "estimator-heads run train.py"),
        (TF1, "estimator-heads run train.py"),  # The runner sees it.
        (
            "import tensorflow as tf\ndef f():\n    tf.placeholder(1)\nf()\n"
            "tf.compat.v1.disable_eager_execution()\n",
            "estimator-heads run --tf1 train.py",
        ),
        (
            TF2 + "tf.keras.layers.DenseFeatures([])\n",
            "TF_USE_LEGACY_KERAS=1 estimator-heads run train.py",
        ),
    ],
)
def test_a_script_runs_with_a_command(checked, source, command):
    verdict = only_verdict(checked({"train.py": source}))
    assert verdict.runs and verdict.command == command


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (TF2 + "tf.estimator.BoostedTreesClassifier()\n", "tf.estimator.BoostedTreesClassifier"),
        (TF1 + "from tensorflow.contrib import crf\n", "tf.contrib.crf"),
        (TF1 + "tf.mul(1, 2)\n", "tf.mul"),
        (
            TF2 + "import tensorflow.python.training.tracking\n",
            "tensorflow.python.training.tracking",
        ),
        (TF2 + "tf.optimizers.Adam()\ntf.Session()\n", "tf.Session"),
    ],
)
def test_a_name_stops_a_script(checked, source, name):
    report = checked({"train.py": source})
    verdict = only_verdict(report)
    assert not verdict.runs and not report.runs
    assert [finding.name for finding in verdict.stops] == [name]


@pytest.mark.parametrize(
    "use",
    [
        "def f(x: tf.estimator.BoostedTreesClassifier):\n    pass\nf(1)",
        "isinstance(1, tf.estimator.BoostedTreesClassifier)",
        "try:\n    tf.estimator.BoostedTreesClassifier\nexcept AttributeError:\n    pass",
        "if hasattr(tf.estimator, 'BoostedTreesClassifier'):\n"
        "    tf.estimator.BoostedTreesClassifier()",
    ],
)
def test_a_name_that_a_program_does_without_does_not_stop_it(checked, use):
    report = checked({"train.py": f"{TF2}{use}\n"})
    assert report.runs
    assert levels(report)["tf.estimator.BoostedTreesClassifier"] is Level.FINE


def test_a_function_that_nothing_runs_does_not_stop_it(checked):
    source = TF2 + "def f():\n    return tf.estimator.BoostedTreesClassifier()\n"
    report = checked({"train.py": source})
    assert report.runs
    assert levels(report)["tf.estimator.BoostedTreesClassifier"] is Level.DOUBTFUL
    verdict = only_verdict(checked({"train.py": source + "f()\n"}))
    assert verdict.starts and not verdict.runs
    source += "tf.estimator.BoostedTreesRegressor()\n"
    assert not only_verdict(checked({"train.py": source})).starts


def test_what_a_program_imports_is_part_of_it(checked):
    report = checked(
        {
            "train.py": "import model\nmodel.build()\n",
            "model.py": "import tensorflow as tf\ndef build():\n    return tf.contrib.crf.x\n",
            "other.py": "import tensorflow as tf\ntf.estimator.Estimator\n",
        }
    )
    assert [(verdict.unit.name, verdict.runs) for verdict in report.verdicts] == [
        ("other.py", True),
        ("train.py", False),
    ]
    (stop,) = report.verdicts[1].stops
    assert str(stop.place) == "model.py:3"


def test_what_is_imported_from_outside_the_paths_is_checked_too(checked):
    files = {"train.py": "import model\n", "model.py": "import tensorflow.contrib.crf\n"}
    report = checked(files, ["train.py"])
    assert not report.runs and report.files == 2


def test_one_version_s_modules_are_not_the_other_s(checked):
    report = checked(
        {
            "package/__init__.py": "",
            "package/layers.py": "import tensorflow as tf\n"
            "if tf.__version__ < '2':\n    from . import old\n",
            "package/old.py": "import tensorflow as tf\ntf.contrib.crf.x\ntf.placeholder(1)\n",
        }
    )
    assert report.runs
    assert levels(report)["tf.contrib.crf"] is Level.DOUBTFUL


def test_modules_of_a_package_that_import_each_other(checked):
    report = checked(
        {
            "package/__init__.py": "",
            "package/a.py": "from package import b\n",
            "package/b.py": "from package import a\nimport tensorflow.contrib.crf\n",
        }
    )
    assert [str(stop.place) for stop in only_verdict(report).stops] == ["package/b.py:2"]


def test_tests_in_several_places_are_one(checked, tmp_path):
    source = "import tensorflow as tf\ntf.estimator.Head\n"
    files = {"a/one_test.py": source, "b/test_two.py": source}
    report = checked(files, ["a", str(tmp_path / "b")])
    assert only_verdict(report).command == "pytest -p estimator_heads.pytest_plugin ."


def test_packages_and_their_programs(checked):
    main = "from package import model\nif __name__ == '__main__':\n    model.f()\n"
    report = checked(
        {
            "package/__init__.py": "",
            "package/model.py": "import tensorflow as tf\ndef f():\n    tf.placeholder(1)\n",
            "package/train.py": main,
            "package/model_test.py": main,
        }
    )
    assert [(verdict.unit.kind.value, verdict.command) for verdict in report.verdicts] == [
        ("module", "estimator-heads run -m package.train"),
        ("package", "estimator-heads run --tf1-package package PROGRAM"),
        ("tests", "pytest -p estimator_heads.pytest_plugin package"),
    ]


def test_a_project_s_declaration_counts_as_for_the_runner(checked):
    source = (
        "import tensorflow as tf\ndef f():\n    tf.placeholder(1)\n"
        "if __name__ == '__main__':\n    f()\n    tf.compat.v1.Session()\n    tf.function(f)\n"
    )
    assert not checked({"train.py": source}).runs
    report = checked({"requirements.txt": "tensorflow==1.15\n", "train.py": source})
    assert not report.runs
    source = source.replace("    tf.function(f)\n", "")
    assert only_verdict(checked({"train.py": source})).reached.is_tf1


def test_code_that_needs_nothing_has_no_verdict(checked):
    report = checked({"train.py": "import tensorflow as tf\ntf.constant(1)\n"})
    assert report.verdicts == () and report.findings == () and report.runs


def test_many_files_are_read_by_several_processes(checked, monkeypatch):
    monkeypatch.setattr("estimator_heads.migration.checking._FILES_FOR_PROCESSES", 2)
    files = {f"train_{number}.py": TF2 for number in range(4)}
    assert len(checked(files).verdicts) == 4
