"""The tests on both ends of the supported TensorFlow versions, with each setting of legacy Keras.

nox                                  everything
nox -s tests-2.16 -- -k binary       one end; what follows `--` goes to pytest
nox -s tests-nightly                 the next TensorFlow, which the metadata does not let in yet
nox -s distributions installs        what is released, in an empty environment with each TensorFlow
nox -s libraries                     examples of libraries that use tf.estimator (docs/libraries.md)
nox -s docs                          the documentation site, in site/
"""

import re
import subprocess
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ("lint", "tests-newest", "tests-2.16")

# What TF_USE_LEGACY_KERAS cannot change (tests/keras_may_change.py) each TensorFlow runs once:
# the newest with it unset and 2.16 with it set. The rest runs with the other setting too, quickly.
ONLY_WHAT_KERAS_MAY_CHANGE = ("--only-what-keras-may-change", "--quick")

# One process a core; the tests of a file share what is slow to make.
PARALLEL = ("--numprocesses", "auto", "--dist", "loadfile")


def first_python(*names: str) -> str:
    """The first Python that runs: an installed name may be a version manager's empty shim."""
    for name in names:
        try:
            subprocess.run([name, "-c", ""], check=True, capture_output=True)
            return name
        except (OSError, subprocess.CalledProcessError):
            continue
    return names[0]  # nox reports that it is missing


@nox.session
def lint(session: nox.Session) -> None:
    """Style, formatting and types."""
    session.install("mypy==2.4.*", "ruff==0.17.*")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("python", "tests/packaging/check_types.py")


@nox.session(name="tests-newest")
def tests_newest(session: nox.Session) -> None:
    """The suite on the newest TensorFlow."""
    run_tests(session, everything_with=None)


@nox.session(name="tests-2.16", python=first_python("python3.10", "python3.11", "python3.12"))
def tests_oldest(session: nox.Session) -> None:
    """The suite on TensorFlow 2.16, which has packages for Python 3.10 to 3.12 only."""
    run_tests(session, "tensorflow==2.16.*", everything_with="1")


@nox.session(name="tests-nightly", python=first_python("python3.12", "python3.13", "python3.11"))
def tests_nightly(session: nox.Session) -> None:
    """The suite on TensorFlow's nightly build."""
    session.install(
        "tf-nightly", "tf-keras-nightly", *requirements_besides("tensorflow", "tf-keras")
    )
    session.install("--no-deps", "--editable", ".")
    run_installed_tests(session, everything_with=None)


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation site; any warning is an error."""
    project = nox.project.load_toml("pyproject.toml")["project"]
    session.install(*project["optional-dependencies"]["docs"])
    session.run("mkdocs", *(session.posargs or ["build"]), "--strict")


# Each example in examples/libraries with the library it runs, what that needs besides TensorFlow,
# and TF_USE_LEGACY_KERAS.
LIBRARIES = {
    "ranking_dnn": ("tensorflow-ranking==0.5.5", ["six"], None),
    "adanet_ensembles": ("adanet==0.9.0", ["six", "tensorboard", "setuptools"], None),
    "deepctr_click_through": ("deepctr==0.9.3", ["pandas", "requests", "tensorboard"], "1"),
}


@nox.session
@nox.parametrize("example", list(LIBRARIES), ids=list(LIBRARIES))
def libraries(session: nox.Session, example: str) -> None:
    """Libraries that their owners pin below TensorFlow 2.16, unedited and without that pin."""
    library, needed, legacy_keras = LIBRARIES[example]
    session.install("--editable", ".", *needed)
    session.install("--no-deps", library)
    session.run(
        "python",
        "tests/libraries/check.py",
        example,
        env={"TF_USE_LEGACY_KERAS": legacy_keras},
    )


@nox.session
def distributions(session: nox.Session) -> None:
    """Builds what is released, and checks its metadata."""
    session.install("build", "twine")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", folder)
    session.run("twine", "check", "--strict", *map(str, Path(folder).iterdir()))


# Both ends of the Pythons that TensorFlow's ends have packages for, and all that is between.
PYTHON_AND_TENSORFLOW = [
    ("3.10", "2.16"),
    ("3.12", "2.16"),
    ("3.11", "2.17"),
    ("3.11", "2.18"),
    ("3.12", "2.19"),
    ("3.13", "2.20"),
    ("3.10", "2.21"),
    ("3.13", "2.21"),
]


@nox.session
@nox.parametrize("python, tensorflow", PYTHON_AND_TENSORFLOW)
def installs(session: nox.Session, tensorflow: str) -> None:
    """The wheel, in an environment with nothing else but what it asks for."""
    folder = session.create_tmp()
    session.run("pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ".")
    (wheel,) = Path(folder).glob("*.whl")
    session.install(str(wheel), f"tensorflow=={tensorflow}.*")
    session.run("python", "tests/packaging/installed.py")


def requirements_besides(*left_out: str) -> list[str]:
    """What the package and its tests need, but for the distributions of these names."""
    project = nox.project.load_toml("pyproject.toml")["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["test"], *extras["demo"]]
    names = {re.match(r"[\w-]+", requirement).group(): requirement for requirement in needed}
    return [names[name] for name in names if name not in (*left_out, project["name"])]


def run_tests(session: nox.Session, *requirements: str, everything_with: str | None) -> None:
    """Installs the package with its tests' requirements, and runs the suite."""
    session.install("--editable", ".[test]", *requirements)
    run_installed_tests(session, everything_with)


def run_installed_tests(session: nox.Session, everything_with: str | None) -> None:
    """Runs the suite twice in one environment: TensorFlow is large to install."""
    for legacy_keras in (None, "1"):
        session.log(f"TF_USE_LEGACY_KERAS={legacy_keras or '(unset)'}")
        selection = () if legacy_keras == everything_with else ONLY_WHAT_KERAS_MAY_CHANGE
        session.run(
            "pytest",
            *PARALLEL,
            *selection,
            *session.posargs,
            env={"TF_USE_LEGACY_KERAS": legacy_keras},
        )
