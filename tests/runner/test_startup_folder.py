"""With the startup folder in PYTHONPATH, each Python process runs its program by the runner."""

import os
import subprocess
import sys
import venv

import pytest

from estimator_heads.runner import startup
from tests.programs import environment

TF1_WORKER = """
import sys
import tensorflow as tf
with tf.Session() as session:
    print(sys.argv[1:], session.run(tf.constant(3)), sys.flags.dont_write_bytecode)
sys.exit(5)
"""
# A program that knows nothing of the runner and starts workers as it likes.
STARTER = """
import subprocess
import sys
sys.exit(subprocess.call([sys.executable, "-B", *sys.argv[1:]]))
"""
# Tells whether the runner is there, which without TensorFlow nothing else would show.
HAS_RUNNER = 'import sys; print("estimator_heads.runner.session" in sys.modules)'


@pytest.fixture
def run_in_startup_folder(run_python, tmp_path):
    def run(*arguments, path=(), env=None, **options):
        folders = os.pathsep.join([startup.folder(), *map(str, path)])
        added = {"PYTHONPATH": folders, **(env or {})}
        return run_python(*arguments, env=added, cwd=tmp_path, **options)

    return run


def test_the_command_prints_the_folder(run_python):
    result = run_python("-m", "estimator_heads", "startup-folder")
    assert result.stdout == startup.folder() + "\n"


def test_a_worker_that_a_program_starts_by_subprocess(run_in_startup_folder, tmp_path):
    (tmp_path / "starter.py").write_text(STARTER)
    (tmp_path / "worker.py").write_text(TF1_WORKER)
    result = run_in_startup_folder("starter.py", "worker.py", "-x", "a b", check=False)
    assert (result.stdout, result.returncode) == ("['-x', 'a b'] 3 1\n", 5)
    assert "taken for TensorFlow 1 source" in result.stderr


def test_the_options_for_it(run_in_startup_folder):
    program = "import tensorflow as tf; print(tf.Session.__name__)"
    env = {"ESTIMATOR_HEADS_OPTIONS": "--tf1 --tf1-package 'some package'"}
    assert run_in_startup_folder("-c", program, env=env).stdout == "Session\n"


@pytest.mark.parametrize("start", ["script", "module", "joined", "command", "stdin"])
def test_each_way_to_start_a_program(run_in_startup_folder, tmp_path, start):
    (tmp_path / "program.py").write_text(
        HAS_RUNNER + "\nprint(sys.argv[1:], sys.warnoptions, sys.stdin.read())\n"
    )
    arguments, given = {
        "script": (["program.py"], "text"),
        "module": (["-Bm", "program"], "text"),
        "joined": (["-B", "-mprogram"], "text"),
        "command": (["-c", (tmp_path / "program.py").read_text()], "text"),
        "stdin": (["-"], (tmp_path / "program.py").read_text()),
    }[start]
    result = run_in_startup_folder("-W", "ignore", "-u", *arguments, "-m", "--", "a", input=given)
    left = "" if start == "stdin" else "text"
    assert result.stdout == f"True\n['-m', '--', 'a'] ['ignore'] {left}\n"


def test_it_is_the_same_process():
    env = environment({"PYTHONPATH": startup.folder()})
    program = "import os, sys; print(os.getpid()); " + HAS_RUNNER
    process = subprocess.Popen(
        [sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, text=True
    )
    assert process.communicate()[0] == f"{process.pid}\nTrue\n"


def test_children_of_multiprocessing_get_the_session_of_their_parent(
    run_in_startup_folder, tmp_path
):
    (tmp_path / "program.py").write_text(
        "import multiprocessing\n"
        "import tensorflow as tf\n"
        "def work(number):\n"
        "    with tf.Session() as session:\n"
        "        return int(session.run(tf.constant(number)))\n"
        "if __name__ == '__main__':\n"
        "    with multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "        print(pool.map(work, [1, 2]))\n"
    )
    result = run_in_startup_folder("program.py")
    assert result.stdout == "[1, 2]\n"
    assert result.stderr.count("estimator-heads:") == 1


def test_the_runner_does_not_run_itself(run_in_startup_folder):
    runner = ("-m", "estimator_heads", "run")
    result = run_in_startup_folder(*runner, "-c", "import sys; print(sys.argv, sys.orig_argv[1:4])")
    assert result.stdout == f"['-c'] {list(runner)}\n"


def test_importing_it_from_the_package_does_nothing(run_python):
    program = "import estimator_heads.runner.startup.sitecustomize, sys; print(sys.orig_argv[1])"
    assert run_python("-c", program).stdout == "-c\n"


@pytest.mark.parametrize("program", [["-c", "print('then the program')"], ["-i"]])
def test_a_sitecustomize_of_the_users_runs_too(run_in_startup_folder, tmp_path, program):
    own = tmp_path / "own"
    own.mkdir()
    (own / "sitecustomize.py").write_text("print('sitecustomize of', __file__)\n")
    result = run_in_startup_folder(*program, path=[own], input="print('then the program')\n")
    assert result.stdout == f"sitecustomize of {own / 'sitecustomize.py'}\nthen the program\n"


def test_a_python_without_the_package_is_left_alone(tmp_path):
    venv.create(tmp_path / "environment", symlinks=True)
    python = tmp_path / "environment" / "bin" / "python"
    env = {**os.environ, "PYTHONPATH": startup.folder()}
    result = subprocess.run([python, "-c", HAS_RUNNER], env=env, capture_output=True, text=True)
    assert (result.stdout, result.stderr, result.returncode) == ("False\n", "", 0)


@pytest.mark.parametrize("option", ["-I", "-E", "-S"])
def test_it_is_off_where_python_does_not_look_at_the_environment(run_in_startup_folder, option):
    assert run_in_startup_folder(option, "-c", HAS_RUNNER).stdout == "False\n"
