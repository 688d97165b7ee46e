"""A class that is outside for good may be mentioned in an annotation or an isinstance."""

import importlib.util

import pytest
import tensorflow as tf

from estimator_heads.compat.install import install, uninstall
from estimator_heads.compat.names.errors import LegacyNameError

ABSENT = "tf.estimator.BoostedTreesClassifier"


@pytest.fixture(autouse=True, scope="module")
def installed():
    install()
    yield
    uninstall()


@pytest.fixture
def run(tmp_path):
    """Runs a program from a file, and returns its module."""

    def run_file(source):
        path = tmp_path / "program.py"
        path.write_text(f"import typing\nimport tensorflow as tf\n{source}\n")
        spec = importlib.util.spec_from_file_location("program", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return run_file


@pytest.mark.parametrize(
    "source",
    [
        f"def answer(model: {ABSENT} = 3):\n    return model",
        f"def answer() -> {ABSENT}:\n    return 3",
        f"def answer(*models: typing.Optional[{ABSENT}], **more: {ABSENT} | None):\n    return 3",
        f"def answer(model: typing.Union[\n    int,\n    {ABSENT},\n] = 3):\n    return model",
        f"model: {ABSENT} = 3\ndef answer():\n    return model",
        f"def answer(model=3):\n    return 0 if isinstance(model, {ABSENT}) else model",
        f"def answer(model=3):\n    return model if isinstance(model, (int, {ABSENT})) else 0",
        f"def answer(model=3):\n    return 0 if issubclass(int, {ABSENT}) else model",
        "def answer(cell=3):\n    return 0 if isinstance(cell, tf.contrib.crf.Some.Cell) else cell",
    ],
)
def test_a_mention_does_not_stop_a_program(run, source):
    assert run(source).answer() == 3


@pytest.mark.parametrize(
    "source",
    [
        f"{ABSENT}",
        f"class Mine({ABSENT}):\n    pass",
        f"def answer(model={ABSENT}):\n    return model",
        f"def answer(model: int = {ABSENT}):\n    return model",
        f"isinstance({ABSENT}, type)",
        f"isinstance(3, {ABSENT}), {ABSENT}",
        f"getattr(tf.estimator, '{ABSENT.rpartition('.')[2]}')",
    ],
)
def test_a_use_says_what_to_use_instead(run, source):
    with pytest.raises(LegacyNameError, match="Decision Forests"):
        run(source)


def test_a_mention_that_is_used_after_all_says_what_to_use_instead(run):
    module = run(f"def answer(model: {ABSENT}):\n    pass")
    mentioned = module.answer.__annotations__["model"]
    with pytest.raises(LegacyNameError, match="Decision Forests"):
        mentioned(n_batches_per_layer=1)
    with pytest.raises(LegacyNameError, match="Decision Forests"):
        type("Derived", (mentioned,), {})
    assert "BoostedTreesClassifier" in repr(mentioned)


def test_hasattr_tells_the_truth(run):
    module = run(
        f"isinstance(3, {ABSENT})\nfound = hasattr(tf.estimator, 'BoostedTreesClassifier')"
    )
    assert not module.found
    assert not hasattr(tf.estimator, "BoostedTreesClassifier")


def test_names_that_no_release_had_stay_unknown(run):
    with pytest.raises(LegacyNameError, match="does not know"):
        run("isinstance(3, tf.estimator.NoSuchThing)")


def test_where_there_is_no_source_the_name_is_missing():
    with pytest.raises(LegacyNameError):
        exec(f"isinstance(3, {ABSENT})", {"tf": tf})
