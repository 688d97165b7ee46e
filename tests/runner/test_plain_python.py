"""A program cannot tell the runner from plain Python."""

import os
import shutil
import signal
import subprocess
import sys
import zipfile

import pytest

RUNNER = ("-m", "estimator_heads", "run")


@pytest.fixture
def both(run_python, tmp_path):
    """Runs the same command line by plain Python and by the runner, in the folder of the test."""

    def run(*arguments, **options):
        options = {"cwd": tmp_path, "check": False, **options}
        return [run_python(*start, *arguments, **options) for start in ((), RUNNER)]

    return run


def assert_same(results, status=0):
    plain, runner = results
    assert (runner.stdout, runner.stderr, runner.returncode) == (
        plain.stdout,
        plain.stderr,
        plain.returncode,
    )
    assert plain.returncode == status


SURROUNDINGS = """
import os, sys, __main__
import beside
print(sys.argv, sys.path[0], sys.stdin.read(), os.getcwd())
skipped = ("beside", "__loader__", "__main__", "os", "sys", "__builtins__")
print({name: repr(value).partition(" at 0x")[0] for name, value in sorted(globals().items())
       if name not in skipped})
print(type(__loader__), vars(__main__) is globals(), beside.__file__, beside.__spec__.name)
print("tensorflow" in sys.modules, "numpy" in sys.modules)
"""


@pytest.fixture
def surroundings(tmp_path):
    """A script that prints all it sees, in a folder with a module of its own."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "program.py").write_text(SURROUNDINGS)
    (tmp_path / "folder" / "beside.py").write_text("")
    return tmp_path / "folder"


def test_script(both, surroundings):
    results = both("folder/program.py", "--tf1", "-h", "--", "-m", "a b", input="from stdin")
    assert_same(results)
    assert "False False" in results[1].stdout


def test_script_by_a_symbolic_link(both, surroundings, tmp_path):
    (tmp_path / "link.py").symlink_to(surroundings / "program.py")
    assert_same(both("link.py", input=""))


def test_folder_and_archive(both, surroundings, tmp_path):
    (surroundings / "program.py").rename(surroundings / "__main__.py")
    assert_same(both("folder", "x", input=""))
    with zipfile.ZipFile(tmp_path / "archive.pyz", "w") as archive:
        for file in surroundings.glob("*.py"):
            archive.write(file, file.name)
    assert_same(both("archive.pyz", "x", input=""))


def test_archive_of_tf1_source(run_python, tmp_path):
    with zipfile.ZipFile(tmp_path / "archive.pyz", "w") as archive:
        archive.writestr("__main__.py", "import beside, tensorflow as tf\nprint(tf is beside.tf)")
        archive.writestr("beside.py", "import tensorflow as tf\ntf.Session")
    assert run_python(*RUNNER, "--tf1", tmp_path / "archive.pyz").stdout == "True\n"


def test_module_and_package(both, surroundings, tmp_path):
    (tmp_path / "beside.py").write_text("")
    assert_same(both("-m", "folder.program", "--tf1", input=""))
    (surroundings / "__init__.py").write_text("print('package', __name__)")
    (surroundings / "__main__.py").write_text("from . import program")
    assert_same(both("-m", "folder", input=""))


def test_standard_input(both, surroundings):
    """`python -`; the folder that it looks for modules in is the current one."""
    results = both("-", "--tf1", "-", cwd=surroundings, input=SURROUNDINGS)
    assert_same(results)
    assert "['-', '--tf1', '-']" in results[1].stdout
    failing = "import json\n\ndef fail():\n    json.loads('{')\n\nfail()\n"
    assert_same(both("-", input=failing), 1)
    assert_same(both("-", input="x = 1\n  y = 2\n"), 1)


def test_command(both, surroundings):
    results = both("-c", SURROUNDINGS, "--tf1", "-c", cwd=surroundings, input="")
    assert_same(results)
    assert "['-c', '--tf1', '-c']" in results[1].stdout
    assert_same(both("-c", "import json\njson.loads('{')"), 1)


PRINTS_PATH = "import sys; print(sys.path, sys.argv)"


def test_the_working_folder_is_not_the_programs(both, tmp_path):
    """Nor ours: `python -m` puts it first, and the runner must not run the modules in it."""
    (tmp_path / "program.py").write_text(PRINTS_PATH)
    working_folder = tmp_path / "elsewhere"
    working_folder.mkdir()
    for name in "argparse ast dataclasses gettext inspect pathlib sysconfig typing".split():
        (working_folder / f"{name}.py").write_text("raise SystemExit('of the working folder')")
    assert_same(both(tmp_path / "program.py", cwd=working_folder))


@pytest.mark.parametrize("safe_path", [None, "1"])
def test_where_modules_are_looked_for(both, tmp_path, checkout, safe_path):
    """With PYTHONSAFEPATH, as with `python -P`, only the folder or archive that is run is added."""
    (tmp_path / "folder").mkdir()
    for name in ("program.py", "folder/__main__.py"):
        (tmp_path / name).write_text(PRINTS_PATH)
    paths = f"{checkout}{os.pathsep}{tmp_path}"
    env = {"PYTHONSAFEPATH": safe_path, "PYTHONPATH": paths}
    for program in (["program.py"], ["folder"], ["-m", "program"], ["-m", "folder"], ["-"]):
        assert_same(both(*program, env=env, input=PRINTS_PATH))


def test_an_install_that_only_the_working_folder_leads_to(run_python, checkout, tmp_path):
    """As `pip install --target` makes one."""
    installed = tmp_path / "installed"
    shutil.copytree(checkout / "estimator_heads", installed / "estimator_heads")
    shutil.copytree(checkout / "compat", installed / "estimator_heads" / "compat")
    (tmp_path / "program.py").write_text("import sys; print(sys.path[0])")
    program = tmp_path / "program.py"  # -S: without site-packages
    result = run_python("-S", *RUNNER, program, env={"PYTHONPATH": None}, cwd=installed)
    assert result.stdout == f"{tmp_path}\n"


def test_bytecode(both, tmp_path):
    import py_compile

    (tmp_path / "program.py").write_text("import sys; print(sys.argv, __file__)")
    py_compile.compile(tmp_path / "program.py", tmp_path / "program.pyc")
    assert_same(both("program.pyc", "x"))


def test_no_bytecode_of_the_script_is_left(run_python, tmp_path):
    (tmp_path / "program.py").write_text("print(1)")
    env = {"PYTHONDONTWRITEBYTECODE": None}
    run_python(*RUNNER, tmp_path / "program.py", env=env)
    assert [path.name for path in tmp_path.iterdir()] == ["program.py"]


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        ("sys.exit(3)", 3),
        ("sys.exit('said at the end')", 1),
        ("sys.exit()", 0),
        ("raise SystemExit(True)", 1),
        ("os._exit(5)", 5),
        ("atexit.register(print, 'at exit'); 1 / 0", 1),
        ("sys.excepthook = lambda *error: print('hook', error[:2]); 1 / 0", 1),
        ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("os.kill(os.getpid(), signal.SIGINT); time.sleep(9)", -signal.SIGINT),
    ],
)
def test_ending(both, tmp_path, ending, status):
    (tmp_path / "program.py").write_text(f"import atexit, os, signal, sys, time\n{ending}\n")
    assert_same(both("program.py"), status)


TRACEBACK = """
import helper

def call():
    try:
        helper.fail()
    except KeyError as error:
        raise ValueError("second") from error

if __name__ == "__main__":
    call()
"""


def test_uncaught_error_with_its_cause(both, tmp_path):
    (tmp_path / "program.py").write_text(TRACEBACK)
    (tmp_path / "helper.py").write_text("def fail():\n    return {}['missing']\n")
    results = both("program.py")
    assert_same(results, 1)
    assert f'File "{tmp_path}/helper.py", line 2, in fail' in results[1].stderr


def test_failing_import_of_a_module(both, tmp_path):
    (tmp_path / "program.py").write_text("import helper")
    (tmp_path / "helper.py").write_text("import nothing_of_this_name")
    assert_same(both("program.py"), 1)


def test_syntax_errors(both, tmp_path):
    (tmp_path / "program.py").write_text("x = 1\nprint 'Python 2'\n")
    results = both("program.py")
    assert_same(results, 1)
    assert f'File "{tmp_path}/program.py", line 2' in results[1].stderr
    (tmp_path / "program.py").write_text("import helper\n")
    (tmp_path / "helper.py").write_text("def f(:\n")
    assert_same(both("program.py"), 1)


def test_syntax_errors_in_tf1_source(run_python, tmp_path):
    (tmp_path / "program.py").write_text("import helper\n")
    (tmp_path / "helper.py").write_text("def f(:\n")
    plain = run_python(tmp_path / "program.py", check=False)
    runner = run_python(*RUNNER, "--tf1", tmp_path / "program.py", check=False)
    assert (runner.stderr, runner.returncode) == (plain.stderr, 1)
    (tmp_path / "program.py").write_text("return 1\n")
    plain = run_python(tmp_path / "program.py", check=False)
    runner = run_python(*RUNNER, "--tf1", tmp_path / "program.py", check=False)
    assert (runner.stderr, runner.returncode) == (plain.stderr, 1)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["missing.py"], 2),
        (["empty"], 1),
        (["-m", "missing_module"], 1),
        (["-m", "missing.module"], 1),
        (["-m", "empty"], 1),
        (["-m", "json"], 1),
    ],
)
def test_nothing_to_run(both, tmp_path, arguments, status):
    (tmp_path / "empty").mkdir()
    plain, runner = both(*arguments)
    assert plain.returncode == runner.returncode == status
    assert runner.stdout == ""
    (line,) = runner.stderr.splitlines()
    assert line.startswith(f"{sys.executable} -m estimator_heads: ")
    if "specification" not in plain.stderr and "namespace" not in plain.stderr:
        assert line.partition(": ")[2] == plain.stderr.strip().partition(": ")[2]


def test_options_end_where_the_program_begins(run_python, tmp_path):
    (tmp_path / "program.py").write_text("import sys; print(sys.argv[1:])")
    result = run_python(*RUNNER, "--", "program.py", "--", "--tf1", cwd=tmp_path)
    assert result.stdout == "['--', '--tf1']\n"
    result = run_python(*RUNNER, "--tf1", "-m", "program", "-m", "--", cwd=tmp_path)
    assert result.stdout == "['-m', '--']\n"


def test_command_line(run_python):
    assert "run a script or a module" in run_python("-m", "estimator_heads").stdout
    for arguments, message in (
        (["walk"], "invalid choice: 'walk'"),
        (["run"], "expected a SCRIPT, -m MODULE, -c COMMAND, or -"),
        (["run", "--tf3", "x.py"], "--tf3"),
        (["run", "--tf1", "--tf2", "x.py"], "not allowed with"),
    ):
        result = run_python("-m", "estimator_heads", *arguments, check=False)
        assert result.returncode == 2
        assert message in result.stderr


def test_interrupt_from_outside(checkout, tmp_path):
    program = tmp_path / "program.py"
    program.write_text("import time; print('ready', flush=True); time.sleep(60)")
    env = {**os.environ, "PYTHONPATH": str(checkout)}
    command = [sys.executable, *RUNNER, str(program)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=env, **pipes) as process:
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == -signal.SIGINT
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    assert "estimator_heads" not in errors


def test_tensorflow_reads_the_environment_that_the_program_sets(run_python, tmp_path):
    (tmp_path / "program.py").write_text(
        "import os; os.environ['TF_USE_LEGACY_KERAS'] = '1'\n"
        "import tensorflow as tf\n"
        "print(tf.keras.layers.Dense.__module__, tf.estimator.BinaryClassHead.__module__)\n"
    )
    env = {"TF_USE_LEGACY_KERAS": None}
    result = run_python(*RUNNER, tmp_path / "program.py", env=env)
    assert result.stdout.startswith("tf_keras.src.layers.core.dense estimator_heads.")
