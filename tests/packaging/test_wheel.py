"""The wheel holds everything and works without the checkout."""

import shutil
import subprocess
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

# pip must not find the checkout: after an editable install it passes for an installed package.
OUTSIDE = {"PYTHONPATH": None}
# Where each packaged folder of the checkout goes to.
PACKAGE_FOLDERS = {"estimator_heads": "estimator_heads", "compat": "estimator_heads/compat"}


@pytest.fixture(scope="module")
def wheel(checkout, run_python, tmp_path_factory) -> Path:
    """A wheel built from a copy of the checkout: a build leaves files behind where it runs."""
    sources = tmp_path_factory.mktemp("sources")
    for name in ("pyproject.toml", "setup.cfg", "setup.py", "README.md", "LICENSE"):
        shutil.copy(checkout / name, sources)
    for folder in PACKAGE_FOLDERS:
        shutil.copytree(checkout / folder, sources / folder)
    wheels = tmp_path_factory.mktemp("wheels")
    # Without isolation pip uses the setuptools of this environment, and so needs no network.
    run_python(
        *("-m", "pip", "wheel", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", wheels, sources),
        env=OUTSIDE,
    )
    (built,) = wheels.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel, run_python, tmp_path_factory) -> Path:
    """The Python of a fresh environment with the wheel; TensorFlow is lent by this environment."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    run_python(
        *("-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel),
        env=OUTSIDE,
    )
    # Of this environment only the plain packages: the .pth files of editable installs in a folder
    # that comes by way of a .pth are not read.
    (site_packages,) = environment.glob("lib/python*/site-packages")
    (site_packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def packaged_sources(checkout: Path) -> set[str]:
    """The path in the wheel of every module of the checkout."""
    return {
        f"{package}/{module.relative_to(checkout / folder).as_posix()}"
        for folder, package in PACKAGE_FOLDERS.items()
        for module in (checkout / folder).rglob("*.py")
    }


def test_wheel_holds_every_module_marker_and_licence_and_nothing_else(checkout, wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    outside_metadata = {name for name in names if ".dist-info/" not in name}
    assert outside_metadata == packaged_sources(checkout) | {"estimator_heads/py.typed"}, (
        "a folder without __init__.py is no package for setup.py"
    )
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_every_module_of_the_installed_wheel_imports(checkout, installed, tmp_path):
    program = """
import importlib, pkgutil
import estimator_heads, estimator_heads.compat
for module in pkgutil.walk_packages(estimator_heads.__path__, "estimator_heads."):
    if not module.name.endswith("__main__"):
        print(importlib.import_module(module.name).__file__)
"""
    result = subprocess.run(
        [installed, "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    imported = result.stdout.split()
    environment = installed.parents[1]
    assert len(imported) >= len(packaged_sources(checkout)) - 2  # the top package, __main__
    assert all(Path(path).is_relative_to(environment) for path in imported)


LOOKS_AROUND = "import beside; print(beside.argv, beside.path)"


@pytest.mark.parametrize(
    "program, source, status",
    [
        (["folder/program.py"], LOOKS_AROUND, 0),
        (["-m", "folder.program"], LOOKS_AROUND, 0),
        (["-"], LOOKS_AROUND, 0),
        (["folder/program.py"], "1 / 0", 1),
    ],
)
def test_the_command_runs_programs_as_python_does(installed, tmp_path, program, source, status):
    """Nothing of the folder of the command, nor of its own frames, is seen."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "program.py").write_text(source)
    (folder / "ast.py").write_text("raise SystemExit('beside the program')")
    (tmp_path / "argparse.py").write_text("raise SystemExit('of the working folder')")
    for place in (folder, tmp_path):
        (place / "beside.py").write_text("from sys import argv, path")
    command = installed.with_name("estimator-heads")
    plain, runner = (
        subprocess.run(
            [*start, *program], cwd=tmp_path, input=source, capture_output=True, text=True
        )
        for start in ([installed], [command, "run"])
    )
    assert (runner.stdout, runner.stderr) == (plain.stdout, plain.stderr)
    assert plain.returncode == runner.returncode == status


def test_the_command_calls_itself_by_its_name(installed):
    command = installed.with_name("estimator-heads")
    helped = subprocess.run([command, "run", "-h"], capture_output=True, text=True)
    assert helped.stdout.startswith("usage: estimator-heads run ")
    missing = subprocess.run([command, "run", "no.py"], capture_output=True, text=True)
    assert missing.stderr.startswith(f"{command}: can't open file ")
    assert missing.returncode == 2


def test_nothing_called_compat_is_installed(installed):
    result = subprocess.run(
        [installed, "-I", "-c", "import compat"], capture_output=True, text=True
    )
    assert "ModuleNotFoundError" in result.stderr
