"""Edits of notebooks: their code as that of programs, and all else as it stands."""

import json

import pytest

from estimator_heads.migration.edits import edit_of


def cells(*sources, form=list):
    return [
        {
            "cell_type": kind,
            "metadata": {"tags": ["größe"]},
            "source": text.splitlines(keepends=True) if form is list else text,
        }
        for kind, text in sources
    ]


def written(content, **layout):
    options = {"indent": 1, "ensure_ascii": False, **layout}
    return json.dumps(content, **options) + "\n"


@pytest.fixture
def edited(tmp_path, monkeypatch):
    """The sources of the cells after an edit, and the notes; a second edit must change nothing."""
    monkeypatch.chdir(tmp_path)

    def edit(*sources, sees_tf1=False, form=list, **layout):
        content = {"cells": cells(*sources, form=form), "metadata": {}, "nbformat": 4}
        (tmp_path / "a.ipynb").write_text(written(content, **layout), encoding="utf-8")
        found = edit_of("a.ipynb", {sees_tf1})
        (tmp_path / "a.ipynb").write_bytes(found.after)
        after = json.loads(found.after)
        new = ["".join(cell.pop("source")) for cell in after["cells"]]
        for cell in content["cells"]:
            del cell["source"]
        assert after == content
        if form is list:
            again = json.loads(found.after)
            assert written(again, **layout).encode() == found.after
        again = edit_of("a.ipynb", {sees_tf1})
        assert again is None or again.after == found.after
        return new, found.notes

    return edit


def code(*texts):
    return [("code", text) for text in texts]


def test_code_changes_and_magics_stay(edited):
    sources = [
        ("markdown", "# tf.estimator.Estimator"),
        ("code", "%matplotlib inline\n!pip install \\\n  x\nimport tensorflow as tf\n?tf"),
        ("code", "%%bash\necho tf.estimator"),
        (
            "code",
            "files = !ls\nif files:\n    !rm x\n\nhead = tf.estimator.RegressionHead()  # one\n",
        ),
        ("code", "this is no Python"),
        ("code", "%%time\n%time spec = tf.estimator.EstimatorSpec('eval')\nx = (7\n    % 2)"),
    ]
    new, notes = edited(*sources)
    assert new == [
        sources[0][1],
        f"{sources[1][1].removesuffix('?tf')}import estimator_heads\n?tf",
        sources[2][1],
        sources[3][1].replace("tf.estimator", "estimator_heads"),
        sources[4][1],
        sources[5][1].replace("tf.estimator", "estimator_heads"),
    ]
    assert notes == ()


def test_names_that_stay_are_told_by_cell_and_line(edited):
    new, notes = edited(
        *code("import tensorflow as tf", "%time\nhead = 1"),
        *code("x = 1\nname = getattr(tf.estimator, 'Head')\nspec = tf.estimator.EstimatorSpec"),
        sees_tf1=True,
    )
    assert new[2].endswith("spec = estimator_heads.EstimatorSpec")
    assert notes == (
        "a.ipynb:cell 3:2: `tf.estimator.Head` is left: it is not written as one name in one line",
        "a.ipynb:cell 3:2: `tf.estimator` is left: the module is still used",
        "a.ipynb: is TensorFlow 1 source; start it with %estimator_heads --tf1 from now on",
    )


def test_imports_that_are_no_longer_used_go(edited):
    new, _ = edited(
        *code("import tensorflow as tf\nfrom tensorflow.contrib import layers"),
        *code("layers.real_valued_column('x')"),
    )
    imported = "from estimator_heads.compat.contrib.layers import feature_columns"
    assert new == [
        f"import tensorflow as tf\n{imported}",
        "feature_columns.real_valued_column('x')",
    ]


@pytest.mark.parametrize(
    "layout",
    [{"indent": 2}, {"indent": "\t"}, {"indent": None}, {"separators": (",", ":"), "indent": None}],
    ids=str,
)
@pytest.mark.parametrize("form", [list, str])
def test_the_layout_of_the_file_stays(edited, form, layout):
    new, _ = edited(*code("import tensorflow as tf", "tf.estimator.Estimator"), form=form, **layout)
    assert new == [
        "import tensorflow as tf\nimport estimator_heads",
        "estimator_heads.Estimator",
    ]


LAYOUT = "its JSON is not laid out as Jupyter writes it"


@pytest.mark.parametrize(
    ("data", "encoding", "why_not"),
    [
        ('{ "cells": %s}', "utf-8", LAYOUT),
        ('{"cells": %s}', "utf-16", LAYOUT),
        ('{"cells": %s}', "utf-8-sig", LAYOUT),
        ('{"cells": %s}', "utf-8", "its magics stand in the middle of other code"),
    ],
)
def test_what_cannot_be_written_as_it_was_is_left(data, encoding, why_not, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = 'import tensorflow as tf\ntext = """\n%time x\n"""\ntf.estimator.Estimator'
    content = (data % json.dumps(cells(("code", source)))).encode(encoding)
    (tmp_path / "a.ipynb").write_bytes(content)
    found = edit_of("a.ipynb", {False})
    assert found.after == content
    assert found.notes == (f"a.ipynb: is left as it is: {why_not}",)


@pytest.mark.parametrize("comment", ["# notebook cell 1", "x = 1  # notebook line 7"])
def test_comments_that_edits_would_take_for_their_own(edited, comment):
    sources = ["import tensorflow as tf", f"{comment}\ntf.estimator.Estimator"]
    new, notes = edited(*code(*sources))
    assert new == sources
    assert notes == (f"a.ipynb: is left as it is: it has the comment `{comment.lstrip('x =1')}`",)
