"""Edits replace names by public ones that mean the same, and leave all else as it stands."""

import ast
import importlib
import re
import subprocess
import sys
import textwrap

import pytest

from estimator_heads.compat.names import table
from estimator_heads.compat.names.kinds import Served
from estimator_heads.migration.checking import check
from estimator_heads.migration.edits import RefusedEdit, edit_of, edits_of, write_edits
from estimator_heads.migration.public_imports import public_import


@pytest.fixture
def edited(tmp_path, monkeypatch):
    """Edits a source; a second edit must change nothing."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "file.py"

    def edit(source, sees_tf1=False):
        data = source if isinstance(source, bytes) else textwrap.dedent(source).encode()
        file.write_bytes(data)
        found = edit_of("file.py", {sees_tf1})
        if found is None:
            return data.decode()
        file.write_bytes(found.after)
        again = edit_of("file.py", {sees_tf1})
        assert again is None or again.after == found.after
        ast.parse(found.after)
        return found.after.decode()

    return edit


def same_object(public, entry):
    module, name = public
    if module.startswith("tensorflow."):
        return Served(f"tensorflow:{module.partition('.')[2]}.{name}").load() is entry.load()
    value = getattr(importlib.import_module(module), name)
    return value is entry.load() or value == entry.load()  # a few are made anew each time


def test_public_imports_are_what_serves_the_names():
    served = [
        (f"{module}.{name}", entry, public_import(entry))
        for module, rows in table.TABLE.items()
        for name, entry in rows.items()
        if isinstance(entry, Served) and name != table.ANY
    ]
    public = [(name, entry, found) for name, entry, found in served if found]
    assert len(public) > 0.8 * len(served)
    assert [name for name, entry, found in public if not same_object(found, entry)] == []


def test_a_program(edited):
    assert edited(
        '''
        """What it is for."""
        import os  # first
        import tensorflow as tf

        # Heads.
        head = tf.estimator.MultiHead([  # two
            tf.estimator.RegressionHead(name="a"),   tf.estimator.BinaryClassHead(),
        ])
        exporter = tf.estimator.export.ServingInputReceiver.__doc__
        hook = tf.estimator.StopAtStepHook(1)
        tf.constant(1)
        '''
    ) == textwrap.dedent(
        '''
        """What it is for."""
        import os  # first
        import tensorflow as tf
        import estimator_heads
        import estimator_heads.export

        # Heads.
        head = estimator_heads.MultiHead([  # two
            estimator_heads.RegressionHead(name="a"),   estimator_heads.BinaryClassHead(),
        ])
        exporter = estimator_heads.export.ServingInputReceiver.__doc__
        hook = estimator_heads.StopAtStepHook(1)
        tf.constant(1)
        '''
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "from tensorflow.estimator import Estimator, RunConfig as R  # both\n",
            "from estimator_heads import Estimator, RunConfig as R  # both\n",
        ),
        (
            "from tensorflow.estimator import (\n    Estimator,  # the first\n    RunConfig,\n)\n",
            "from estimator_heads import (\n    Estimator,  # the first\n    RunConfig,\n)\n",
        ),
        (
            "# Why.\nfrom tensorflow.contrib.learn import Experiment, DNNClassifier as D  # x\n",
            "# Why.\nfrom estimator_heads.compat.contrib.learn.experiment.experiment import "
            "Experiment\n"
            "from estimator_heads.compat.contrib.learn.estimators.dnn import DNNClassifier as D"
            "  # x\n",
        ),
        (
            "from tensorflow import estimator\nestimator.Estimator(f)\n",
            "import estimator_heads\nestimator_heads.Estimator(f)\n",
        ),
        (
            "import os\n\n# Why.\nfrom tensorflow import estimator  # x\n\nestimator.Head\n",
            "import os\n# Why.\nimport estimator_heads\n\nestimator_heads.Head\n",
        ),
        (
            "from tensorflow import estimator, keras\nestimator.Estimator(keras.Model)\n",
            "from tensorflow import keras\nimport estimator_heads\n"
            "estimator_heads.Estimator(keras.Model)\n",
        ),
        (
            "def f():\n    import tensorflow.contrib.layers as layers\n"
            "    return layers.real_valued_column('x')\n",
            None,
        ),
        (
            "import tensorflow as tf\ntf.contrib.layers.real_valued_column('x')\n",
            "import tensorflow as tf\n"
            "from estimator_heads.compat.contrib.layers import feature_columns\n"
            "feature_columns.real_valued_column('x')\n",
        ),
        (
            "import tensorflow as tf\nfeature_columns = 1\n"
            "tf.contrib.layers.real_valued_column('x')\n",
            "import tensorflow as tf\n"
            "import estimator_heads.compat.contrib.layers.feature_columns\nfeature_columns = 1\n"
            "estimator_heads.compat.contrib.layers.feature_columns.real_valued_column('x')\n",
        ),
        (
            "import tensorflow as tf\r\ntf.estimator.Head\r\n",
            "import tensorflow as tf\r\nimport estimator_heads\r\nestimator_heads.Head\r\n",
        ),
        (
            "import tensorflow as tf\nx = 'é', tf.estimator.Head",
            "import tensorflow as tf\nimport estimator_heads\nx = 'é', estimator_heads.Head",
        ),
    ],
)
def test_forms_of_imports(edited, source, expected):
    result = edited(source.encode())
    if expected is not None:
        assert result == expected
    assert "tensorflow.contrib" not in result and "tf.estimator" not in result


def test_what_means_the_same_depends_on_the_version(edited):
    source = "import tensorflow as tf\ntf.estimator.DNNClassifier\n"
    assert "estimator_heads.DNNClassifier" in edited(source)
    assert "canned_v1.DNNClassifier" in edited(source, sees_tf1=True)


def test_the_example_of_the_documentation(edited, checkout):
    (block,) = re.findall("```diff\n(.*?)```", (checkout / "docs/check.md").read_text(), re.DOTALL)
    lines = [(line[:1] or " ", f"{line[1:]}\n") for line in block.splitlines()]
    before = "".join(text for sign, text in lines if sign != "+")
    assert edited(before) == "".join(text for sign, text in lines if sign != "-")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("getattr(tf.estimator, 'Head')", "not written as one name"),
        ("tf.estimator.Head if hasattr(tf, 'estimator') else None", "asks for it"),
        ("f(tf.estimator)", "module is still used"),
        ("from tensorflow.estimator import *; Estimator(f)", "`import *` brings it"),
        ("tf.estimator.\\\n    Head", "in one line"),
        (
            "from tensorflow.contrib.learn import (\n    Experiment,  # one\n    RunConfig,\n)",
            "comments inside, and would become several",
        ),
        ("from tensorflow.estimator import Head; Head", "more stands in the line of its import"),
    ],
)
def test_what_is_left_is_said(tmp_path, monkeypatch, source, reason):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.py").write_text(f"import tensorflow as tf\n{source}\n")
    edit = edit_of("file.py", {False})
    assert edit.after == edit.before and edit.diff == ""
    assert any(reason in note and note.startswith("file.py:2: ") for note in edit.notes)


@pytest.mark.parametrize(
    "source",
    [
        "def f(estimator_heads):\n    return estimator_heads",
        "for estimator_heads in ():\n    pass",
        "from mine import estimator_heads",
        "import mine as estimator_heads",
        "def estimator_heads():\n    pass",
        "try:\n    pass\nexcept OSError as estimator_heads:\n    pass",
        "match 1:\n    case estimator_heads:\n        pass",
        "match []:\n    case [*estimator_heads]:\n        pass",
        "match {}:\n    case {**estimator_heads}:\n        pass",
    ],
)
def test_a_name_that_an_edit_needs_is_something_else(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.py").write_text(f"import tensorflow as tf\ntf.estimator.Head\n{source}\n")
    edit = edit_of("file.py", {False})
    assert edit.after == edit.before and "something else" in edit.notes[0]


@pytest.mark.parametrize("source", ["import estimator_heads.export", "x.estimator_heads = 1"])
def test_a_name_that_an_edit_needs_is_that_already(edited, source):
    result = edited(f"import tensorflow as tf\ntf.estimator.Head\n{source}\n")
    assert "estimator_heads.Head" in result


@pytest.mark.parametrize(
    "source",
    [
        "def f(feature_columns):\n    pass",
        "try:\n    pass\nexcept OSError as feature_columns:\n    pass",
        "match 1:\n    case feature_columns:\n        pass",
    ],
)
def test_a_name_that_an_edit_would_take_is_something_else(edited, source):
    result = edited(
        f"import tensorflow as tf\ntf.contrib.layers.real_valued_column('x')\n{source}\n"
    )
    assert "contrib.layers.feature_columns.real_valued_column('x')" in result


def test_files_that_are_left_as_they_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "file.py"
    file.write_text("import tensorflow as tf\nestimator_heads = tf.estimator.Head\n")
    assert "something else" in edit_of("file.py", {False}).notes[0]
    file.write_text("import tensorflow as tf\ntf.estimator.Head\n")
    assert "some of the programs" in edit_of("file.py", {False, True}).notes[0]
    assert edit_of("file.py", {False}).diff.startswith("--- a/file.py\n+++ b/file.py\n")
    file.write_text(f"import tensorflow as tf\ntf.estimator.Head\nx = {'-' * 900}1\n")
    assert "libcst cannot" in edit_of("file.py", {False}).notes[0]
    file.write_text("import tensorflow as tf\ntf.constant(1)\n")
    assert edit_of("file.py", {False}) is None


@pytest.mark.parametrize(
    "other",
    [
        "from common import learn",
        "from common import *",
        "import common\nprint(common.learn)",
        "import common as c\nprint(c.learn)",
        "from pkg import common\nprint(common.learn)",
        "from .common import learn",
    ],
)
def test_imports_that_other_modules_take_stay(tmp_path, monkeypatch, other):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "common.py").write_text(
        "from tensorflow.contrib import layers, learn\n"
        "a = learn.RunConfig()\nb = layers.real_valued_column('x')\n"
    )
    (tmp_path / "other.py").write_text(other)
    (edit,) = edits_of(["."], check(["."]))
    assert edit.after.splitlines()[0].endswith(b"learn")
    assert any("`tf.contrib.learn` is left" in note for note in edit.notes)


def test_imports_of_a_package_that_its_modules_take_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text(
        "from tensorflow.contrib import learn\na = learn.RunConfig()\n"
    )
    (tmp_path / "pkg" / "module.py").write_text("from . import learn\n")
    (edit,) = edits_of(["pkg"], check(["pkg"]))
    assert b"from tensorflow.contrib import learn\n" in edit.after


def git(*arguments):
    identity = ["-c", "user.name=name", "-c", "user.email=name@example.org"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_parentheses_and_what_stands_in_them_stay(edited):
    assert edited(
        """
        import tensorflow as tf
        def f():
            return(tf.estimator.Head)
        x = (  # the head
            tf.estimator.RegressionHead
        )
        y = not(tf.estimator.Head).name
        """
    ) == textwrap.dedent(
        """
        import tensorflow as tf
        import estimator_heads
        def f():
            return(estimator_heads.Head)
        x = (  # the head
            estimator_heads.RegressionHead
        )
        y = not(estimator_heads.Head).name
        """
    )


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import tensorflow as tf\nexcept ImportError:\n    raise\n"
        "x = tf.estimator.Head\nfrom tensorflow import io\n",
        "import tensorflow as tf; x = tf.estimator.Head",
        "'two ' 'strings'\nfrom __future__ import annotations\n"
        "import tensorflow as tf; x = tf.estimator.Head",
    ],
)
def test_imports_stand_before_what_needs_them(edited, source):
    tree = ast.parse(edited(source))
    lines = {"import": [], "use": []}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and node.names[0].name == "estimator_heads":
            lines["import"].append(node.lineno)
        if isinstance(node, ast.Name) and node.id == "estimator_heads":
            lines["use"].append(node.lineno)
    assert max(lines["import"]) < min(lines["use"])
    compile(tree, "file.py", "exec")
    assert ast.get_docstring(tree) == ast.get_docstring(ast.parse(source))


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("import tensorflow as tf\ntf.estimator.Head\n")
    git("add", "a.py", "b.py")
    git("commit", "--quiet", "--message", "both")
    return tmp_path


def edits():
    return [edit_of(name, {False}) for name in ("a.py", "b.py")]


def test_committed_files_are_written(repository):
    assert write_edits(edits()) == ["a.py", "b.py"]
    assert "estimator_heads.Head" in (repository / "b.py").read_text()


@pytest.mark.parametrize("change", ["uncommitted", "staged", "untracked", "ignored", "no git"])
def test_nothing_is_written_over_what_git_does_not_have(repository, change):
    before = (repository / "a.py").read_text()
    if change in ("uncommitted", "staged"):
        (repository / "b.py").write_text("import tensorflow as tf\ntf.estimator.Head()\n")
    if change == "staged":
        git("add", "b.py")
    if change in ("untracked", "ignored"):
        git("rm", "--cached", "b.py")
        git("commit", "--quiet", "--message", "one")
    if change == "ignored":
        (repository / ".gitignore").write_text("b.py")
    if change == "no git":
        (repository / ".git").rename(repository / "elsewhere")
    with pytest.raises(RefusedEdit, match=r"nothing was written, .*b\.py"):
        write_edits(edits())
    assert (repository / "a.py").read_text() == before


def test_nothing_is_written_through_a_link_into_what_git_does_not_have(repository):
    (repository / "b.py").rename(repository / "new.py")
    (repository / "b.py").symlink_to("new.py")
    git("add", "b.py")
    git("commit", "--quiet", "--message", "a link, and not what it leads to")
    with pytest.raises(RefusedEdit, match=r"nothing was written, .*b\.py"):
        write_edits(edits())


def test_a_diff_can_be_applied(repository):
    (repository / "a.patch").write_text("".join(edit.diff for edit in edits()))
    git("apply", "a.patch")
    assert "estimator_heads.Head" in (repository / "a.py").read_text()


def test_a_diff_of_another_encoding_can_be_applied(repository):
    source = "# coding: latin-1\nimport tensorflow as tf\nx = 'é', tf.estimator.Head\n"
    (repository / "b.py").write_bytes(source.encode("latin-1"))
    command = [sys.executable, "-m", "estimator_heads", "check", "--diff", "b.py"]
    done = subprocess.run(command, check=True, capture_output=True)
    (repository / "b.patch").write_bytes(done.stdout)
    git("apply", "b.patch")
    assert b"x = '\xe9', estimator_heads.Head\n" in (repository / "b.py").read_bytes()
