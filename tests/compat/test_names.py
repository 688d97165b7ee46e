"""The table of legacy names: whole, consistent, and what the coverage page says."""

import functools
import importlib
import re
from pathlib import Path

import pytest
import tensorflow as tf

from estimator_heads.compat.names import coverage
from estimator_heads.compat.names import table as names
from estimator_heads.compat.names.kinds import Later, Outside, Served

LISTS = Path(__file__).parent / "legacy_api"
SERVED = sorted(
    {
        (f"{module}.{name}", entry.target)
        for module, rows in names.TABLE.items()
        for name, entry in rows.items()
        if isinstance(entry, Served)
    }
)
UNSERVED = {
    entry
    for rows in names.TABLE.values()
    for entry in rows.values()
    if isinstance(entry, Later | Outside)
}


def symbols(file):
    """The public symbols of one list, as dotted paths of the tree whose rows they have."""
    replaced = {"tf.estimator": "tensorflow.compat.v1.estimator"} if "1.15" in file.name else {}
    for line in file.read_text().splitlines():
        for old, new in {**replaced, "tf.": "tensorflow."}.items():
            line = new + line.removeprefix(old) if line.startswith(old) else line
        yield line


@pytest.mark.parametrize("file", sorted(LISTS.glob("tf_*.txt")), ids=lambda file: file.stem)
def test_every_public_symbol_has_a_row(file):
    found = list(symbols(file))
    without = [
        path
        for path in found
        if path.rpartition(".")[2] not in names.find_module(path.rpartition(".")[0]).rows
    ]

    assert len(found) > 20
    assert without == []


def test_the_coverage_page_is_the_tables(checkout):
    page = (checkout / "docs" / "coverage.md").read_text()

    assert page == coverage.coverage_page(), (
        "Run: python -m estimator_heads.compat.names.coverage > docs/coverage.md"
    )


def test_the_coverage_page_has_every_module_of_the_table():
    in_sections = [module for tree in coverage.TREES for module in coverage.modules_of(tree)]

    assert sorted(in_sections) == sorted(names.TABLE)


@pytest.mark.parametrize("path, target", SERVED)
def test_what_serves_a_name_is_there(path, target):
    assert Served(target).load() is not None, path


def test_the_sessions_hooks_and_vocab_info_are_tensorflows_own():
    for name in ("SessionRunHook", "LoggingTensorHook", "CheckpointSaverHook", "VocabInfo"):
        served = names.find(f"tensorflow.estimator.{name}").load()
        assert served is getattr(tf.compat.v1.train, name)


@pytest.mark.parametrize("entry", sorted(UNSERVED, key=str), ids=str)
def test_what_to_use_instead_is_in_tensorflow(entry):
    """Where an entry names something of tf (and not of tf.estimator or of Keras), it exists."""
    advised = re.findall(r"\btf(?:\.\w+)+", entry.instead)
    for dotted in advised:
        if dotted.startswith(("tf.estimator", "tf.keras", "tf.contrib")) or dotted.endswith("_"):
            continue
        found = functools.reduce(
            lambda at, name: getattr(at, name, None), dotted.split(".")[1:], tf
        )
        assert found is not None, dotted


@pytest.mark.parametrize(
    "name",
    "multi_class_head loss_only_head Head ModelFnOps ModeKeys MetricKey PredictionKey ProblemType "
    "infer_real_valued_columns_from_input".split(),
)
def test_the_package_of_the_learn_heads_has_what_its_modules_have(name):
    package = "tensorflow.contrib.learn.python.learn.estimators"
    modules = [module for module in names.TABLE if module.startswith("tensorflow.contrib.learn.")]
    homes = {names.TABLE[module][name] for module in modules if name in names.TABLE[module]}

    assert homes == {names.find(f"{package}.{name}")}


def test_entries_outside_the_project_all_say_what_to_use():
    assert all(entry.instead for entry in UNSERVED if isinstance(entry, Outside))


@pytest.mark.parametrize("alias", sorted(names.ALIASES))
def test_an_alias_is_reached_through_the_rows_of_its_parent(alias):
    """`import a.b` makes `a.b` an attribute of the one module that `a` is under all its paths."""
    above, _, name = alias.rpartition(".")

    assert names.canonical(alias) in names.TABLE
    assert names.canonical(f"{names.canonical(above)}.{name}") == names.canonical(alias)


CONTRIB_SOURCES = "tensorflow.contrib.estimator.python.estimator"


@pytest.mark.parametrize(
    "path, kind",
    [
        ("tensorflow.estimator", names.Module),
        ("tensorflow.contrib.learn.python", names.Module),
        ("tensorflow.estimator.Head", Served),
        ("tensorflow.compat.v2.compat.v1.estimator.Head", Served),
        ("tensorflow.contrib.framework.nest.flatten", Served),
        ("tensorflow.compat.v1.estimator.tpu.TPUEstimator", Served),
        ("tensorflow.keras.estimator.model_to_estimator", Served),
        (f"{CONTRIB_SOURCES}.replicate_model_fn._split_batch", Later),
        ("tensorflow.contrib.crf.python.ops.crf", Outside),
        ("tensorflow.estimator.NoSuchName", type(None)),
        ("tensorflow.train.AdamOptimizer", type(None)),
        ("numpy.array", type(None)),
    ],
)
def test_find(path, kind):
    assert isinstance(names.find(path), kind)


def test_a_name_below_a_served_module_is_that_modules():
    found = names.find("tensorflow.contrib.framework.nest.flatten")

    assert found.load() is importlib.import_module("tensorflow").nest.flatten


def test_the_tf1_and_the_tf2_tree_have_rows_of_their_own():
    assert names.find("tensorflow.estimator.inputs.numpy_input_fn") is None
    assert names.find("tensorflow.compat.v1.estimator.inputs.numpy_input_fn") is not None
