"""Processes that a program starts by `multiprocessing` see what the program sees."""

import pytest

RUNNER = ("-m", "estimator_heads", "run")

# Each process reports which TensorFlow its main module and an own module have.
TF1 = """
import multiprocessing
import sys

import tensorflow as tf
from tensorflow.contrib import learn

import helper


def work(number):
    assert tf.contrib.learn is learn and helper.tf is tf
    with tf.Session() as session:
        return int(session.run(tf.constant(number) + 1)), tf.executing_eagerly()


if __name__ == "__main__":
    pool = multiprocessing.get_context(sys.argv[1]).Pool(1)
    print(pool.map(work, [1, 2, 3]))
    pool.close()
    pool.join()
"""
TF2 = """
import concurrent.futures
import multiprocessing
import sys

import tensorflow as tf


def work(number):
    head = tf.estimator.BinaryClassHead()
    return type(head).__name__, tf.executing_eagerly(), int(tf.constant(number) + 1)


if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    with concurrent.futures.ProcessPoolExecutor(1, context) as pool:
        print(list(pool.map(work, [1])))
"""
PROGRAMS = {
    "tf1": (TF1, "[(2, False), (3, False), (4, False)]\n"),
    "tf2": (TF2, "[('BinaryClassHead', True, 2)]\n"),
}


@pytest.fixture
def run(run_python, tmp_path):
    def run(text, method, *start):
        (tmp_path / "program.py").write_text(text)
        (tmp_path / "helper.py").write_text("import tensorflow as tf\n")
        return run_python(*start, method, cwd=tmp_path)

    return run


@pytest.mark.parametrize(
    "method", ["spawn", pytest.param("forkserver", marks=pytest.mark.another_execution)]
)
@pytest.mark.parametrize("name", PROGRAMS)
def test_they_have_the_names_of_the_program(run, name, method):
    text, expected = PROGRAMS[name]
    result = run(text, method, *RUNNER, "program.py")
    assert result.stdout == expected
    # What was decided is said once.
    assert result.stderr.count("estimator-heads:") == (name == "tf1")


def test_a_process_may_have_any_name(run):
    """The fork server calls itself "ignore" where it asks for what a process needs."""
    text = TF2[: TF2.index("if __name__")] + (
        "def report():\n"
        "    print(work(1))\n"
        "if __name__ == '__main__':\n"
        "    context = multiprocessing.get_context(sys.argv[1])\n"
        "    process = context.Process(target=report, name='ignore')\n"
        "    process.start()\n"
        "    process.join()\n"
    )
    expected = "('BinaryClassHead', True, 2)\n"
    assert run(text, "spawn", *RUNNER, "program.py").stdout == expected


def test_so_it_is_for_a_module_and_for_what_the_user_says(run):
    text, expected = PROGRAMS["tf1"]
    assert run(text, "spawn", *RUNNER, "--tf1", "-m", "program").stdout == expected


def test_a_closed_session_hands_nothing_on(run):
    text = """
import multiprocessing.spawn

from estimator_heads.runner.own_modules import OwnModules
from estimator_heads.runner.session import Session

if __name__ == "__main__":
    preparation = multiprocessing.spawn.get_preparation_data
    session = Session(OwnModules(), ".")
    assert multiprocessing.spawn.get_preparation_data is not preparation
    session.close()
    assert multiprocessing.spawn.get_preparation_data is preparation
"""
    run(
        text.replace("import multiprocessing\n", "import multiprocessing.spawn\n"), "", "program.py"
    )
