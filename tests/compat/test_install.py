"""`install()` and `uninstall()`: what they change, and that nothing stays."""

import importlib
import json

import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.compat.install import install, is_installed, uninstall
from estimator_heads.compat.names import kinds
from estimator_heads.compat.names.errors import (
    LegacyAttributeError,
    LegacyImportError,
    LegacyNameError,
)


@pytest.fixture
def installed():
    install()
    yield
    uninstall()


def test_the_namespaces_of_both_dialects(installed):
    assert tf.estimator.Estimator is eh.Estimator
    assert tf.estimator.MultiHead is eh.MultiHead
    assert tf.estimator.export.PredictOutput is eh.export.PredictOutput
    assert tf.compat.v1.estimator.ModeKeys is tf.estimator.ModeKeys is eh.ModeKeys
    assert tf.compat.v2.estimator is tf.estimator
    assert tf.compat.v1.compat.v2.estimator is tf.estimator
    assert tf.compat.v2.compat.v1.estimator is tf.compat.v1.estimator
    assert tf.compat.v1.compat.v1.estimator is tf.compat.v1.estimator
    assert tf.compat.v1.contrib is tf.contrib
    assert tf.estimator is not tf.compat.v1.estimator
    assert tf.compat.v1.estimator.Estimator is tf.estimator.Estimator  # see docs/differences.md


def test_the_input_functions_are_names_of_the_tf1_dialect_only(installed):
    assert not hasattr(tf.estimator.inputs, "numpy_input_fn")
    with pytest.raises(LegacyAttributeError, match="does not know `numpy_input_fn`"):
        _ = tf.estimator.inputs.numpy_input_fn


def test_each_legacy_module_is_a_package(installed):
    import tensorflow.contrib.learn.python.learn as learn
    import tensorflow_estimator.python.estimator.canned.head as head

    for module in (tf.estimator, tf.contrib, learn, head):
        assert module.__path__ == []


def test_copies_of_one_tree_are_one_module(installed):
    import tensorflow.python.estimator.model_fn as by_tensorflow
    import tensorflow_estimator.python.estimator.model_fn as by_package

    assert by_tensorflow is by_package
    assert by_package.EstimatorSpec is eh.EstimatorSpec


@pytest.mark.parametrize("keras", [None, "1"], ids=["keras3", "legacy_keras"])
def test_keras_models_as_estimators_are_served_whatever_keras_is_on(run_python, keras):
    program = """
import tensorflow as tf
from estimator_heads.compat.install import install
from estimator_heads.compat.tf1 import keras_estimator
from estimator_heads import keras
install()
import tensorflow.keras.estimator as imported
import tensorflow.compat.v1.keras.estimator as imported_v1
for module in (tf.keras.estimator, tf.compat.v2.keras.estimator, imported):
    assert module.model_to_estimator is keras.model_to_estimator
assert imported_v1.model_to_estimator is keras_estimator.model_to_estimator
of_tf1 = tf.compat.v1.keras.estimator.model_to_estimator
assert of_tf1 is keras_estimator.model_to_estimator
"""
    run_python("-c", program, env={"TF_USE_LEGACY_KERAS": keras})


def test_heads_of_one_name_in_tf1_and_tf2_are_distinct(installed):
    from tensorflow_estimator.python.estimator.canned import head as canned_head

    tf1_head = tf.contrib.estimator.regression_head()
    summing = canned_head._regression_head()

    assert isinstance(tf1_head, canned_head._Head) and isinstance(summing, canned_head._Head)
    assert not isinstance(tf1_head, tf.estimator.Head)
    assert not isinstance(tf.estimator.RegressionHead(), canned_head._Head)
    assert tf.compat.v1.estimator.RegressionHead is tf.estimator.RegressionHead


def test_dir_lists_what_is_served_and_the_modules(installed):
    listed = dir(tf.estimator)

    assert {"Estimator", "BinaryClassHead", "export"} <= set(listed)
    assert "BoostedTreesClassifier" not in listed


def test_a_name_to_come_says_what_is_missing(installed):
    sources = "tensorflow.contrib.estimator.python.estimator"
    module = importlib.import_module(f"{sources}.replicate_model_fn")
    with pytest.raises(LegacyAttributeError) as raised:
        _ = module._split_batch

    message = str(raised.value)
    assert "replicate_model_fn._split_batch` is not served yet" in message
    assert "no counterpart yet" in message
    assert raised.value.legacy_name.endswith("replicate_model_fn._split_batch")
    assert isinstance(raised.value.entry, kinds.Later)
    assert not hasattr(module, "_split_batch")


def test_importing_a_name_outside_the_project_says_what_to_use(installed):
    with pytest.raises(
        LegacyImportError, match=r"`tensorflow.contrib.crf` .* Use your own Viterbi decoder"
    ):
        from tensorflow.contrib import crf  # noqa: F401
    with pytest.raises(
        LegacyImportError, match=r"`tensorflow.contrib.crf` .* Use your own Viterbi decoder"
    ):
        import tensorflow.contrib.crf.python.ops.crf  # noqa: F401
    assert not hasattr(tf.contrib, "crf")


def test_an_unknown_name_is_answered_with_similar_ones(installed):
    with pytest.raises(LegacyAttributeError, match="Did you mean `BinaryClassHead`"):
        _ = tf.estimator.BinaryClasHead
    with pytest.raises(LegacyImportError, match="not know `lern` in `tensorflow.contrib`.*`learn`"):
        import tensorflow.contrib.lern  # noqa: F401
    with pytest.raises(LegacyImportError, match="Did you mean `EstimatorSpec`"):
        from tensorflow.python.estimator.model_fn import EstimatorSpecs  # noqa: F401


def test_importing_a_class_as_a_module_says_how_to_import_it(installed):
    with pytest.raises(LegacyImportError, match="from tensorflow.estimator import Estimator"):
        import tensorflow.estimator.Estimator  # noqa: F401


def test_the_errors_are_one_family_of_python_s_own_kinds():
    assert issubclass(LegacyAttributeError, LegacyNameError)
    assert issubclass(LegacyAttributeError, AttributeError)
    assert issubclass(LegacyImportError, LegacyNameError)
    assert issubclass(LegacyImportError, ImportError)


def test_a_program_that_knows_both_versions_catches_a_missing_module(installed):
    try:
        from tensorflow.contrib.tensorboard.plugins import projector
    except ModuleNotFoundError as error:
        projector = str(error)
    assert "`tensorflow.contrib.tensorboard` is not served" in projector


def test_names_that_python_asks_of_any_module_get_a_plain_answer(installed):
    with pytest.raises(AttributeError) as raised:
        _ = tf.estimator.__file__
    assert not isinstance(raised.value, LegacyNameError)


def test_uninstall_without_install_does_nothing():
    before = dict(vars(tf))

    uninstall()

    assert vars(tf) == before
    assert not is_installed()


def test_installing_twice_is_installing_once(installed):
    import sys

    estimator, finders = tf.estimator, list(sys.meta_path)
    install()

    assert tf.estimator is estimator
    assert sys.meta_path == finders
    uninstall()
    assert not hasattr(tf, "estimator")


def test_objects_go_on_working_after_uninstall():
    install()
    module = tf.estimator
    uninstall()

    assert module.export.PredictOutput is eh.export.PredictOutput
    assert not hasattr(module, "BoostedTreesClassifier")


def test_what_the_program_sets_does_not_outlive_the_installation():
    install()
    tf.estimator.Estimator = "mine"
    uninstall()
    install()
    try:
        assert tf.estimator.Estimator is eh.Estimator
    finally:
        uninstall()


LIBRARY = """
import importlib.util
import tensorflow as tf
from tensorflow import contrib
import tensorflow.contrib.learn as learn

def uses():
    import tensorflow.contrib.framework
    served = [tf.contrib, tensorflow.contrib, contrib]
    assert learn is tf.contrib.learn and importlib.util.find_spec("tensorflow.contrib")
    return all(module is contrib for module in served)

def sees():
    given = getattr(tf, "contrib", None)
    return [hasattr(tf, "contrib") and tf.contrib, given, hasattr(tf.compat.v1, "contrib")]
"""


def test_contrib_is_seen_by_programs_and_not_by_libraries_that_ask(run_after_tensorflow, tmp_path):
    """A library that runs on both versions takes `hasattr(tf, "contrib")` for TensorFlow 1."""
    for folder, name in (("lib/site-packages", "installed"), ("source", "own")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / f"{name}.py").write_text(LIBRARY)
    program = f"""
import sys
sys.path[:0] = [{str(tmp_path / "lib/site-packages")!r}, {str(tmp_path / "source")!r}]
import tensorflow as tf
from estimator_heads.compat.install import install, uninstall
install()
import tensorflow.contrib.estimator
import installed, own
assert installed.uses() and own.uses()
assert installed.sees() == [False, None, True], installed.sees()
assert own.sees() == [tf.contrib, tf.contrib, True], own.sees()
for tf2 in (tf.compat.v2, tf.compat.v1.compat.v2, tf.compat.v2.compat.v2):
    assert tf2.estimator is tf.estimator and not hasattr(tf2, "contrib")
try:
    import tensorflow.compat.v2.contrib
except ModuleNotFoundError:
    pass
try:
    tf.no_such_name
except AttributeError as error:
    assert str(error) == "module 'tensorflow' has no attribute 'no_such_name'", error
    assert (error.name, error.obj) == ("no_such_name", tf)
uninstall()
assert own.sees() == [False, None, False], own.sees()
"""
    run_after_tensorflow(program)


@pytest.mark.parametrize(
    "place", ["tf.contrib", "tf.estimator", "sys.modules['tensorflow.contrib']"]
)
def test_the_place_of_other_code_is_taken_only_when_asked(run_after_tensorflow, place):
    program = f"""
import sys, types
import tensorflow as tf
from estimator_heads.compat.install import install, uninstall
{place} = other = types.ModuleType("other_shim")
try:
    install()
except RuntimeError as error:
    assert "other_shim" in str(error) and "install(replace=True)" in str(error), error
else:
    raise AssertionError("no error")
assert not hasattr(tf.compat.v1, "contrib")
install(replace=True)
import tensorflow.contrib.estimator
assert tf.estimator.Estimator and {place} is not other
install()
uninstall()
assert {place} is other
"""
    run_after_tensorflow(program)


def test_a_place_taken_after_install_is_reported_and_left_alone(run_after_tensorflow):
    program = """
import types
import tensorflow as tf
from estimator_heads.compat.install import install, uninstall
install()
tf.estimator = other = types.ModuleType("other_shim")
try:
    install()
except RuntimeError as error:
    assert "tensorflow.estimator" in str(error), error
else:
    raise AssertionError("no error")
uninstall()
assert tf.estimator is other
assert not hasattr(tf, "contrib")
"""
    run_after_tensorflow(program)


INSTALL = "estimator_heads.compat.install"
LOADED_ANEW = {
    "reload": f"importlib.reload(sys.modules['{INSTALL}.namespace'])",
    "reload of hints": f"importlib.reload(sys.modules['{INSTALL}.tf1_only_names'])",
    "deleted": f"del sys.modules['{INSTALL}'], sys.modules['{INSTALL}.namespace']",
    "all deleted": "[sys.modules.pop(n) for n in list(sys.modules) if 'estimator_heads' in n]",
}


@pytest.mark.parametrize("anew", LOADED_ANEW.values(), ids=LOADED_ANEW)
def test_uninstall_takes_off_what_was_put_before_the_module_was_loaded_anew(
    run_after_tensorflow, anew
):
    program = f"""
import importlib, sys, types
import tensorflow as tf
import tensorflow.compat.v1 as tf1
import estimator_heads as eh

def state():
    names = [n for n in sys.modules if n.startswith(("tensorflow.contrib", "tensorflow_estimator"))]
    attributes = dict(vars(tf)), vars(tf.train).get("__getattr__"), vars(tf1)["layers"]
    return list(sys.meta_path), *attributes, tf.compat.v1, sorted(names)

tf.contrib = other = types.ModuleType("other_shim")
before = state()
eh.install(replace=True)  # its own functions are those of the first import, to the end
import tensorflow.contrib.learn
assert tf.contrib is not other
{anew}
from estimator_heads.compat.install import install, is_installed, uninstall
assert is_installed()
uninstall()
assert state() == before and not is_installed()

eh.install(replace=True)
{anew}
from estimator_heads.compat.install import install, is_installed, uninstall
install()
import estimator_heads
assert tf.estimator.Estimator is estimator_heads.Estimator
assert sum(type(finder).__name__ == "LegacyFinder" for finder in sys.meta_path) == 1
eh.uninstall()
assert state() == before and not is_installed()
"""
    run_after_tensorflow(program)


def test_estimator_heads_itself_in_place_of_tf_estimator_is_no_stranger():
    tf.estimator = eh
    try:
        install()
        assert tf.estimator.BinaryClassHead is eh.BinaryClassHead
        uninstall()
        assert tf.estimator is eh
    finally:
        uninstall()
        del tf.estimator


@pytest.mark.parametrize("imported_before", [False, True])
def test_a_real_tensorflow_estimator_gives_way_and_comes_back(
    run_after_tensorflow, tmp_path, imported_before
):
    package = tmp_path / "tensorflow_estimator"
    (package / "python" / "estimator").mkdir(parents=True)
    (package / "__init__.py").write_text("REAL = True\n")
    (package / "python" / "__init__.py").write_text("")
    (package / "python" / "estimator" / "__init__.py").write_text("REAL = True\n")
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
import tensorflow as tf
from estimator_heads.compat.install import install, uninstall
if {imported_before}:
    import tensorflow_estimator.python.estimator as real
install(); install()
from tensorflow_estimator.python.estimator.model_fn import ModeKeys
import tensorflow_estimator
assert not hasattr(tensorflow_estimator, "REAL")
uninstall()
import tensorflow_estimator.python.estimator as again
assert again.REAL
assert not {imported_before} or again is real
install()
"""
    result = run_after_tensorflow(program)

    assert result.stderr.count("replaces the installed package tensorflow-estimator") == 1


@pytest.mark.parametrize("keras", [None, "1"], ids=["keras3", "legacy_keras"])
def test_uninstall_leaves_everything_as_it_was(run_python, keras):
    """Modules, their attributes, `sys.modules` and `sys.meta_path`, after much was imported."""
    program = """
import json, sys, types
import tensorflow as tf
import tensorflow.keras
import tensorflow.compat.v1 as tf1
from estimator_heads.compat.install import install, uninstall

def snapshot():
    packages = ("tensorflow", "keras", "tf_keras")
    modules = {n: m for n, m in sys.modules.items() if n.split(".")[0] in packages}
    watched = {n: m for n, m in modules.items() if isinstance(m, types.ModuleType)}
    return {
        "modules": {n: id(m) for n, m in modules.items()},
        "attributes": {
            n: {k: id(v) for k, v in list(vars(m).items()) if k not in HIDDEN}
            for n, m in watched.items()
        },
        "public": {n: sorted(vars(m).get("__all__") or ()) for n, m in watched.items()},
        "finders": [id(f) for f in sys.meta_path],
        "spec": {n: str(vars(m).get("__spec__")) for n, m in watched.items()},
    }

def use():
    import tensorflow_estimator.python.estimator.canned.metric_keys
    import tensorflow.python.estimator.model_fn
    import tensorflow.contrib.framework.nest
    import tensorflow.contrib.learn.python.learn.learn_runner
    import tensorflow.compat.v1.estimator, tensorflow.compat.v2.estimator
    import tensorflow.keras.estimator
    from tensorflow.estimator import Estimator, BinaryClassHead
    for name in dir(tf.estimator) + dir(tf1.estimator):
        getattr(tf.estimator, name, None), getattr(tf1.estimator, name, None)
    tf.contrib.layers, tf.keras.estimator, tf1.contrib.tpu.CrossShardOptimizer

# TensorFlow fills these itself, as programs use it.
HIDDEN = {"__warningregistry__", "_tfmw_deprecated_checked", "_tfmw_warning_count"}
use_once = (install(), use(), uninstall())  # what is loaded lazily is loaded now
before = snapshot()
install()
use()
uninstall()
after = snapshot()
changed = {
    kind: [k for k in {**before[kind], **after[kind]} if before[kind].get(k) != after[kind].get(k)]
    for kind in ("modules", "attributes", "public", "spec")
}
assert before["finders"] == after["finders"]
print(json.dumps(changed))
"""
    result = run_python("-c", program, env={"TF_USE_LEGACY_KERAS": keras})

    changed = json.loads(result.stdout.splitlines()[-1])
    assert changed == {"modules": [], "attributes": [], "public": [], "spec": []}


def test_the_first_installation_in_a_process_leaves_no_legacy_name(run_after_tensorflow):
    program = """
import sys
import tensorflow as tf
from estimator_heads.compat import names
from estimator_heads.compat.install import install, uninstall
v1_before = tf.compat.v1
modules, names_of_tf = set(sys.modules), set(vars(tf))
names_of_v1, public_of_v1 = set(vars(tf.compat.v1)), list(tf.compat.v1.__all__)
install()
import tensorflow.contrib.learn
uninstall()
assert set(sys.modules) - modules == set(), set(sys.modules) - modules
assert set(vars(tf)) == names_of_tf
assert tf.compat.v1 is v1_before
assert set(vars(tf.compat.v1)) == names_of_v1
assert sorted(tf.compat.v1.__all__) == sorted(public_of_v1)
"""
    run_after_tensorflow(program)


def test_names_are_there_before_and_after_tensorflow_makes_compat_v1_anew(run_after_tensorflow):
    program = """
import tensorflow
from estimator_heads.compat.install import install, uninstall
old = tensorflow.compat.v1
install()
import tensorflow.compat.v1 as tf
assert old.estimator is tf.estimator is tensorflow.compat.v1.estimator
assert tf.contrib is tensorflow.contrib
import tensorflow.compat.v1.compat.v1 as nested, tensorflow.compat.v2 as tf2
assert nested.estimator is tf.estimator
assert tf2.estimator is tensorflow.estimator
from tensorflow.compat.v1 import estimator, contrib
assert estimator is tf.estimator
import tensorflow.python.estimator.model_fn
assert tensorflow.python.estimator.model_fn.ModeKeys
uninstall()
for module in (old, tf, nested, tf2, tensorflow):
    assert not hasattr(module, "estimator") and not hasattr(module, "contrib"), module
assert type(tf.__spec__.loader).__module__ == "_frozen_importlib_external"
"""
    run_after_tensorflow(program)


def test_many_threads_may_install_use_and_import_at_once(run_after_tensorflow):
    program = """
import sys, threading
import tensorflow as tf
from estimator_heads.compat.install import install, uninstall
start, problems = threading.Barrier(16), []

def work(number):
    try:
        start.wait()
        for _ in range(20):
            install()
            import tensorflow.compat.v1 as tf1
            from tensorflow.contrib import learn
            from tensorflow_estimator.python.estimator.model_fn import ModeKeys
            assert tf.estimator.ModeKeys is tf1.estimator.ModeKeys is ModeKeys
    except BaseException as error:
        problems.append(error)

threads = [threading.Thread(target=work, args=(i,)) for i in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not problems, problems
assert sum(type(finder).__name__ == "LegacyFinder" for finder in sys.meta_path) == 1
uninstall()
assert not hasattr(tf, "estimator") and not hasattr(tf.compat.v1, "contrib")
assert not [name for name in sys.modules if name.startswith("tensorflow.contrib")]
"""
    run_after_tensorflow(program)
