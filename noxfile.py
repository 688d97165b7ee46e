"""The tests on both ends of the supported TensorFlow versions, with each setting of legacy Keras.

nox                                  everything
nox -s tests-2.16 -- -k binary       one end; what follows `--` goes to pytest
"""

import subprocess

import nox

nox.needs_version = ">=2024.4.15"
nox.options.reuse_existing_virtualenvs = True

# Their thousands of numbers do not depend on TF_USE_LEGACY_KERAS: each TensorFlow runs them once,
# the newest with it unset and 2.16 with it set.
LEAVE_OUT_GOLDENS = (
    "--ignore=tests/heads/test_golden.py",
    "--ignore-glob=tests/compat/*_golden.py",
)

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
    """Style and formatting."""
    session.install("ruff==0.17.*")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session(name="tests-newest")
def tests_newest(session: nox.Session) -> None:
    """The suite on the newest TensorFlow."""
    run_tests(session, goldens_with=None)


@nox.session(name="tests-2.16", python=first_python("python3.10", "python3.11", "python3.12"))
def tests_oldest(session: nox.Session) -> None:
    """The suite on TensorFlow 2.16, which has packages for Python 3.10 to 3.12 only."""
    run_tests(session, "tensorflow==2.16.*", goldens_with="1")


def run_tests(session: nox.Session, *requirements: str, goldens_with: str | None) -> None:
    """Runs the suite twice in one environment: TensorFlow is large to install."""
    session.install("--editable", ".[test]", *requirements)
    for legacy_keras in (None, "1"):
        session.log(f"TF_USE_LEGACY_KERAS={legacy_keras or '(unset)'}")
        leave_out = () if legacy_keras == goldens_with else LEAVE_OUT_GOLDENS
        session.run(
            "pytest",
            *PARALLEL,
            *leave_out,
            *session.posargs,
            env={"TF_USE_LEGACY_KERAS": legacy_keras},
        )
