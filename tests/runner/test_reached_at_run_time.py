"""Modules that only the running program finds: by its sys.path, and by `runpy.run_path`."""

import pytest

RUNNER = ("-m", "estimator_heads", "run")

LEGACY = """
import tensorflow as tf
from helper import tf as helpers_tf

if __name__ == "legacy" or __name__ == "__main__":
    print(tf.Session.__name__, tf.executing_eagerly(), helpers_tf is tf, __file__)
"""
MODERN = """
import tensorflow as tf

def never():
    return tf.FixedLenFeature([], tf.int64)

print(tf.executing_eagerly(), hasattr(tf, "Session"))
"""
BY_PATH = "import sys\nsys.path.insert(0, sys.argv[1])\nimport {name}\n"
BY_FILE = (
    "import runpy, sys\nsys.path.append(sys.argv[1])\n"
    "runpy.run_path(sys.argv[1] + '/{name}.py', run_name='__main__')\n"
)
BY_FOLDER = "import runpy, sys\nrunpy.run_path(sys.argv[1], run_name='__main__')\n"
WAYS = {"sys.path": BY_PATH, "run_path": BY_FILE, "run_path of a folder": BY_FOLDER}


@pytest.fixture
def run(run_python_or_fork, tmp_path):
    for name, text in {
        "legacy": LEGACY,
        "__main__": LEGACY,
        "helper": "import tensorflow as tf\n",
        "modern": MODERN,
        "wrong": "x = (\n",
        "failing": "def f():\n    1 / 0\nf()\n",
    }.items():
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        (tmp_path / "elsewhere" / f"{name}.py").write_text(text)
    (tmp_path / "program").mkdir()

    def run(main, *options, start=RUNNER, run=run_python_or_fork, **how):
        (tmp_path / "program" / "main.py").write_text(main)
        arguments = (*options, "program/main.py", tmp_path / "elsewhere")
        env = {"PYTHONDONTWRITEBYTECODE": None}
        return run(*start, *arguments, cwd=tmp_path, env=env, **how)

    return run


@pytest.mark.parametrize("way", WAYS)
def test_tf1_source_gets_tf1(run, tmp_path, way):
    main = WAYS[way].format(name="legacy")
    for options in ([], ["--tf1"]):
        result = run(main, *options)
        name = "__main__" if way == "run_path of a folder" else "legacy"
        file = tmp_path / "elsewhere" / f"{name}.py"
        assert result.stdout == f"Session False True {file}\n"
        said = (
            f"taken for TensorFlow 1 source: tf.Session at elsewhere/{name}.py:6; --tf2 overrides"
        )
        assert (said in result.stderr) is (not options)
    assert not list(tmp_path.rglob("*.pyc"))


@pytest.mark.parametrize("way", ["sys.path", "run_path"])
def test_other_source_is_left_as_it_is(run, tmp_path, way):
    result = run(WAYS[way].format(name="modern"))
    assert result.stdout == "True False\n"
    assert "estimator-heads" not in result.stderr
    if way == "sys.path":
        assert list(tmp_path.rglob("modern.*.pyc"))
    assert run(WAYS[way].format(name="modern"), "--tf1").stdout == "False True\n"


def test_the_user_overrides(run):
    result = run(BY_PATH.format(name="legacy"), "--tf2", check=False)
    assert "module 'tensorflow' has no attribute 'Session'" in result.stderr
    assert "taken for" not in result.stderr


def test_what_the_program_showed_before_counts(run):
    main = "import tensorflow as tf\ntf.optimizers.Adam\n" + BY_PATH.format(name="legacy")
    result = run(main, check=False)
    assert result.returncode == 1
    assert "left on TensorFlow 2: tf.optimizers at program/main.py:2" in result.stderr


@pytest.mark.parametrize("name", ["wrong", "failing", "missing"])
@pytest.mark.parametrize("way", ["sys.path", "run_path"])
def test_errors_are_those_of_plain_python(run, run_python, way, name):
    main = WAYS[way].format(name=name)
    plain, runner = (run(main, start=start, run=run_python, check=False) for start in ((), RUNNER))
    assert (runner.stderr, runner.returncode) == (plain.stderr, 1)
