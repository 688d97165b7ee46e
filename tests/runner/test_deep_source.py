"""What Python can run is run, however deep its source is nested, and whatever lies beside it."""

import ast
import importlib
import warnings

import pytest

from estimator_heads.compat.tf1.rewriting import compile_rewritten
from estimator_heads.runner.evidence import decide
from estimator_heads.runner.own_modules import OwnModules, parse
from estimator_heads.runner.reach import Reach

# Deeper than Python makes code of a tree, up to Python 3.12; all make code of this text.
DEEP = 1200


def is_tf1(tree, folder=None):
    reach = Reach(OwnModules([folder] if folder else []))
    reach.add(tree, "main.py")
    return decide(reach.evidence()).is_tf1


def branches(count, body):
    lines = [f"elif x == {number}: {body}" for number in range(1, count)]
    return "\n".join(["x = -1", f"if x == 0: {body}", *lines, ""])


DEEP_SOURCES = {
    "branches": branches(DEEP, "pass"),
    "sum": "x = " + " + ".join(['"a"'] * DEEP) + "\n",
    "attributes": "def f(x):\n    return x" + ".y" * DEEP + "\n",
    "condition": "x = 1\nif " + " + ".join(["x"] * DEEP) + ": pass\n",
}
# What Python cannot parse: on no version of it, or on some.
UNREADABLE = {
    "deeper": ("def f(x):\n    return x" + ".y" * 100_000).encode(),
    "python2": b"print 'Python 2'\n",
    "null": b"x = '\0'\n",
    "encoding": b"# coding: no-such-encoding\nx = 1\n",
    "bytes": b"x = '\xff'\n",
}


@pytest.mark.parametrize("name", DEEP_SOURCES)
def test_deep_source_is_analysed(name):
    source = "import tensorflow as tf\n" + DEEP_SOURCES[name]
    assert not is_tf1(parse(source))
    assert is_tf1(parse(source + "tf.Session()\n"))


def test_names_at_the_bottom_count():
    source = "import tensorflow as tf\n" + branches(DEEP, "tf.Session()")
    assert is_tf1(parse(source))
    attributes = "import tensorflow as tf\ntf.Session()" + ".run()" * 400
    assert is_tf1(parse(attributes))


def test_unreadable_modules_are_left_out(tmp_path):
    for name, source in UNREADABLE.items():
        (tmp_path / f"{name}.py").write_bytes(source)
    (tmp_path / "last.py").write_text("import tensorflow as tf\ntf.Session()")
    main = parse("if x:\n    import deeper, python2, null, encoding, bytes\nimport last")
    assert is_tf1(main, tmp_path)


def test_the_analysis_does_not_warn():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert parse("x = '\\d'\n1 is 1\n") is not None
    assert not caught


IMPORTS = """
import os, math; import math as m  # one line
from math import (  # several lines
    pi,

    e as euler,
)  # the end
import math \\
    as again, \\
    string; after = 1
if True: from math import tau; tau += 0
def f():
    é = "é"; import importlib; from importlib import import_module
    return é, importlib.import_module("math"), import_module(
        "ma"
        "th")
lines = [line for line in [f.__code__.co_firstlineno, (lambda: 0).__code__.co_firstlineno]]
result = f()
"""


@pytest.mark.parametrize("name", DEEP_SOURCES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_deep_source_is_rewritten(name, encoding, newline):
    """With `math` in the place of `tensorflow`, which the rewriting gets another name for."""

    def rewrite(tree):
        for node in ast.walk(tree):
            if isinstance(node, ast.alias) and node.name == "math":
                node.name, node.asname = "cmath", node.asname or "math"
            elif isinstance(node, ast.ImportFrom) and node.module == "math":
                node.module = "cmath"
            elif isinstance(node, ast.Constant) and node.value == "math":
                node.value = "cmath"
        return tree

    cookie = "" if encoding == "utf-8-sig" else f"# coding: {encoding}\n"
    source = (cookie + IMPORTS + DEEP_SOURCES[name]).replace("\n", newline).encode(encoding)
    shallow = (cookie + IMPORTS).replace("\n", newline).encode(encoding)
    found, expected = {}, {}
    exec(compile_rewritten(source, "deep.py", rewrite), found)
    exec(compile_rewritten(shallow, "shallow.py", rewrite), expected)
    cmath = importlib.import_module("cmath")
    assert found["math"] is found["m"] is found["again"] is cmath
    assert found["result"] == ("é", cmath, cmath)
    names = ("pi", "euler", "tau", "after", "lines", "result")
    assert [found[name] for name in names] == [expected[name] for name in names]


PROGRAM = """
import sys
from tensorflow import (
    Session,
    layers,
)
import tensorflow as tf
def never():
    import deeper, python2
{branches}
print(Session is tf.Session, sys._getframe().f_lineno, tf.executing_eagerly())
"""


def test_a_deep_program_runs(run_python, tmp_path):
    for name in ("deeper", "python2"):
        (tmp_path / f"{name}.py").write_bytes(UNREADABLE[name])
    source = PROGRAM.format(branches=branches(DEEP, "tf.placeholder"))
    (tmp_path / "program.py").write_text(source)
    line = source[: source.index("print(")].count("\n") + 1
    for arguments in ([], ["--tf1"]):
        runner = ("-m", "estimator_heads", "run", *arguments)
        assert run_python(*runner, tmp_path / "program.py").stdout == f"True {line} False\n"
