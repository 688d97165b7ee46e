"""Every way of spelling a name is seen, and where it stands."""

import ast
import textwrap

import pytest

from estimator_heads.migration.names_used import names_used
from estimator_heads.runner.module_parts import parts_of

HEAD = "tensorflow.contrib.estimator.multi_head"
SPELLINGS = {
    "attribute": "import tensorflow as tf\ntf.contrib.estimator.multi_head([])",
    "whole name": "import tensorflow\ntensorflow.contrib.estimator.multi_head([])",
    "import as": "import tensorflow.contrib.estimator as e\ne.multi_head([])",
    "import of a submodule": "import tensorflow.contrib\n"
    "tensorflow.contrib.estimator.multi_head([])",
    "from": "from tensorflow.contrib import estimator\nestimator.multi_head([])",
    "from as": "from tensorflow.contrib import estimator as e\ne.multi_head([])",
    "from of the name": "from tensorflow.contrib.estimator import multi_head as m\nm([])",
    "alias": "import tensorflow as tf\ne = tf.contrib.estimator\ne.multi_head([])",
    "alias with a type": "import tensorflow as tf\ne: Any = tf.contrib.estimator\ne.multi_head([])",
    "one of two aliases": "import tensorflow as tf\nd = e = tf.contrib.estimator\ne.multi_head([])",
    "alias in an expression": "import tensorflow as tf\nif (e := tf.contrib.estimator):\n"
    "    e.multi_head([])",
    "global": "tf = None\ndef load():\n    global tf\n    import tensorflow as tf\n"
    "def f():\n    return tf.contrib.estimator.multi_head([])",
    "alias of an alias": "import tensorflow as t\nc = t.contrib\ne = c.estimator\ne.multi_head([])",
    "getattr": "import tensorflow as tf\ngetattr(tf.contrib, 'estimator').multi_head([])",
    "getattr alone": "import tensorflow as tf\ngetattr(tf.contrib.estimator, 'multi_head')([])",
    "import_module": "import importlib\n"
    "importlib.import_module('tensorflow.contrib.estimator').multi_head([])",
    "__import__": "__import__('tensorflow.contrib').contrib.estimator.multi_head([])",
    "in a function": "import tensorflow as tf\ndef f():\n"
    "    return tf.contrib.estimator.multi_head",
    "import in a function": "def f():\n    from tensorflow.contrib import estimator as e\n"
    "    return e.multi_head",
    "default": "import tensorflow as tf\ndef f(x=tf.contrib.estimator.multi_head):\n    pass",
    "decorator": "import tensorflow as tf\n@tf.contrib.estimator.multi_head\ndef f():\n    pass",
    "base": "import tensorflow as tf\nclass C(tf.contrib.estimator.multi_head):\n    pass",
    "below the result of a call": "import tensorflow as tf\n"
    "f(tf.contrib.estimator.multi_head([])).g",
    "in the parts of a string": "import tensorflow as tf\nf'{tf.contrib.estimator.multi_head([])}'",
    "star": "from tensorflow.contrib.estimator import *\nmulti_head([])",
    "star, in a function": "from tensorflow.contrib.estimator import *\ndef f():\n"
    "    return multi_head([])",
    "below a star's module": "from tensorflow.contrib import *\nestimator.multi_head([])",
    "alias of a star's name": "from tensorflow.contrib import *\ne = estimator\ne.multi_head",
    "assigned in a class": "import tensorflow as tf\nclass C:\n"
    "    head = tf.contrib.estimator.multi_head",
}


def uses_in(source):
    tree, places = ast.parse(source), {}
    parts_of(tree, places=places)
    return names_used(tree, source, places)


def paths_in(source):
    return {use.path for use in uses_in(textwrap.dedent(source))}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_seen(spelling):
    assert HEAD in paths_in(SPELLINGS[spelling])


@pytest.mark.parametrize(
    "source",
    [
        "tf.contrib.estimator.multi_head([])",
        "import tensorflow as tf\ndef f(tf):\n    return tf.contrib.estimator.multi_head",
        "import tensorflow as tf\ndef f():\n    tf = g()\n    tf.contrib.estimator.multi_head",
        "import tensorflow as tf\nlambda tf: tf.contrib.estimator.multi_head",
        "import torch as tf\ntf.contrib.estimator.multi_head",
        "from . import tensorflow as tf\ntf.contrib.estimator.multi_head",
        "import tensorflow as tf\ntf.contrib.estimator.multi_head = f",
        "class C:\n    from tensorflow.contrib import estimator as e\n    def f(self):\n"
        "        return e.multi_head",
        "'tf.contrib.estimator.multi_head'",
        "from tensorflow.contrib.estimator import *\ndef multi_head(x):\n    pass\nmulti_head(1)",
        "from tensorflow.contrib.estimator import *\ndef f(multi_head):\n    multi_head(1)",
        "from tensorflow.contrib.estimator import *\nfrom mine import multi_head\nmulti_head(1)",
        "from tensorflow.contrib.estimator import *\nfrom mine import *\nmulti_head(1)",
        "from .estimator import *\nmulti_head(1)",
        "from tensorflow.contrib import estimator\nestimator = estimator.Estimator(f)\n"
        "estimator.multi_head",
        "from tensorflow.contrib import estimator\nestimator, x = f(), 1\ndef g():\n"
        "    estimator.multi_head",
        "from tensorflow.contrib import estimator\ndef estimator():\n    pass\n"
        "estimator.multi_head",
        "def f():\n    from tensorflow.contrib import estimator\n"
        "    with g():\n        estimator: E = h()\n        estimator.multi_head",
        "from tensorflow.contrib import estimator\nwith f() as estimator:\n"
        "    estimator.multi_head",
        "from tensorflow.contrib import estimator\nestimator = []\nestimator.multi_head\n"
        "from tensorflow.contrib import estimator",
    ],
)
def test_what_only_looks_like_it_is_not(source):
    assert HEAD not in paths_in(source)


def test_a_star_brings_the_names_that_the_table_knows():
    source = "from tensorflow.contrib.layers import *\nprint(optimize_loss, a, _b)"
    assert paths_in(source) == {
        "tensorflow.contrib.layers.optimize_loss",
        "tensorflow.contrib.layers",
    }


def test_names_that_are_bound_in_circles_end():
    source = (
        "import tensorflow as tf\nx = tf\nx = x.contrib\nx = x.estimator\ny = z\nz = y\nz.a\nx.b"
    )
    assert "tensorflow.contrib.estimator.b" in paths_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "from tensorflow.contrib import estimator\nestimator = estimator.multi_head([])",
        "from tensorflow.contrib import estimator\nif x:\n    estimator = f()\n"
        "estimator.multi_head",
        "from tensorflow.contrib import estimator\ndef f():\n    estimator.multi_head\n"
        "estimator = f()",
        "import tensorflow as tf\ntf = None\nimport tensorflow as tf\n"
        "tf.contrib.estimator.multi_head",
        "def load():\n    global tf\n    import tensorflow as tf\ntf = None\nload()\n"
        "tf.contrib.estimator.multi_head",
        "from tensorflow.contrib import estimator\n[estimator for estimator in x]\n"
        "estimator.multi_head",
        "from tensorflow.contrib import estimator\nwith contextlib.suppress(ImportError):\n"
        "    from mine import estimator\nestimator.multi_head",
        "estimator = None\nfor x in y:\n    if estimator:\n        estimator.multi_head\n"
        "    from tensorflow.contrib import estimator",
    ],
)
def test_a_name_may_still_be_the_module(source):
    assert HEAD in paths_in(source)


def test_compat_v1_is_what_counts_where_a_program_tries_it_first():
    source = """
        try:
            import tensorflow.compat.v1 as tf
        except ImportError:
            import tensorflow as tf
        tf.Session()
    """
    assert "tensorflow.compat.v1.Session" in paths_in(source)


def test_places_count_characters_and_reach_to_the_end_of_the_name():
    (_, use) = [None, *uses_in("import tensorflow as tf\nx = 'é'; tf.estimator.Head(1)\n")]
    assert (use.line, use.column, use.end_line, use.end_column) == (2, 9, 2, 26)


def test_an_import_says_what_its_uses_need_not_say_again():
    source = "from tensorflow.estimator import Estimator as E\nE.train"
    assert [(use.form, use.path, use.imported) for use in uses_in(source)] == [
        ("import", "tensorflow.estimator.Estimator", ""),
        ("attribute", "tensorflow.estimator.Estimator.train", "tensorflow.estimator.Estimator"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    tf.contrib.x\nexcept AttributeError:\n    pass",
        "if hasattr(tf, 'contrib'):\n    tf.contrib.x",
        "if tf.__version__ < '2':\n    tf.contrib.x",
        "getattr(tf, 'contrib', None)",
        "if TYPE_CHECKING:\n    from tensorflow.contrib import x",
        "if typing.TYPE_CHECKING:\n    from tensorflow.contrib import x",
    ],
)
def test_a_program_that_asks_first_does_without(source):
    uses = uses_in(f"import tensorflow as tf\n{source}")
    assert [use.guarded for use in uses if "contrib" in use.path] == [True]


def test_the_part_that_a_name_runs_in_is_known():
    function, method = "def f():\n    tf.b\n", "class C:\n    def g(self):\n        tf.c"
    source = f"import tensorflow as tf\ntf.a\n{function}{method}"
    assert [(use.path, use.part) for use in uses_in(source)] == [
        ("tensorflow.a", 0),
        ("tensorflow.b", 3),
        ("tensorflow.c", 5),
    ]


def test_a_long_row_of_variables_ends():
    rows = "\n".join(f"x{number + 1} = x{number}" for number in range(5000))
    source = f"import tensorflow as tf\nx0 = tf\n{rows}\nx9.a\nx5000.b"
    assert "tensorflow.a" in paths_in(source)
