"""`estimator-heads`, `python -m estimator_heads`: runs and checks programs for older TensorFlow.

Everything but sys is imported in functions, after `main()` has taken off the entry of `sys.path`
that is there for the way in which estimator-heads was started.
"""

import sys

TYPE_CHECKING = False  # see the package's __init__.py

if TYPE_CHECKING:
    import argparse

_IS_MODULE = __name__ == "__main__"  # started by `python -m`, not as the installed command
_RUN_HELP = """\
Runs SCRIPT, MODULE with -m, COMMAND with -c, or standard input with -, as python does and
unedited, with tf.estimator, tf.contrib and the other legacy names in place. If it is TensorFlow 1
source (a message says what gave it away), or with --tf1, `import tensorflow` means TF1's API in
the program's own modules, and TF2 behaviour is off. Its own modules are the files below the folder
of SCRIPT (for MODULE: below the folder that holds its package), below the folders of PYTHONPATH
and below those that the program puts on sys.path, except for installed packages.
"""
_STARTUP_FOLDER_HELP = """\
Prints a folder. While it is in PYTHONPATH, each Python process that starts runs its program as
`run` does, with the options in the environment variable ESTIMATOR_HEADS_OPTIONS. For workers that
something else starts than the program itself.
"""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: A list of str; None for those of the process.

    Returns:
        The exit status.
    """
    _drop_path_entry()
    parser, run_parser = _parsers()
    arguments = sys.argv[1:] if arguments is None else arguments
    ours, program = _split_off_program(arguments)
    options = parser.parse_args(ours)
    if options.command is None:
        parser.print_help()
        return 0
    if options.command == "startup-folder":
        from estimator_heads.runner import startup

        print(startup.folder())
        return 0
    if options.command == "check":
        from estimator_heads.migration import command

        return command.run(options)
    return _run(options, program, run_parser)


def _run(
    options: "argparse.Namespace", program: list[str], run_parser: "argparse.ArgumentParser"
) -> int:
    """Runs a program: what stands behind our own arguments."""
    from collections.abc import Callable

    from estimator_heads.runner import program as programs

    find: Callable[[str], programs.Program] = programs.find_script
    if program[:1] in (["-m"], ["-c"], ["--"]):
        option, *program = program
        find = {"-m": programs.find_module, "-c": programs.find_command}.get(option, find)
    elif program[:1] == ["-"]:
        find = programs.find_stdin
    if not program:
        run_parser.error("expected a SCRIPT, -m MODULE, -c COMMAND, or - for standard input")
    try:
        found = find(program[0])
    except programs.CannotRun as error:
        started = f"{sys.executable} -m estimator_heads" if _IS_MODULE else sys.argv[0]
        print(f"{started}: {error}", file=sys.stderr)
        return error.status
    programs.run(found, program[1:], options.is_tf1, options.tf1_package)
    return 0


def _drop_path_entry() -> None:
    """Takes off what Python has put first in `sys.path`, which is not for the program.

    It is the working folder with `-m`, whose `ast.py` is not for us either, and the folder of the
    command otherwise. `python -P` puts nothing there.
    """
    if not getattr(sys.flags, "safe_path", sys.flags.isolated):
        del sys.path[0]


def _split_off_program(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Our arguments, and those from the program on: argparse would take `--` and `-h` from them."""
    if arguments[:1] != ["run"]:
        return arguments, []
    end = 1
    while end < len(arguments) and arguments[end].startswith("-"):
        if arguments[end] in ("-m", "-c", "--", "-"):
            break
        end += 2 if arguments[end] == "--tf1-package" else 1
    return arguments[:end], arguments[end:]


def _parsers() -> "tuple[argparse.ArgumentParser, argparse.ArgumentParser]":
    import argparse

    from estimator_heads.migration import command

    parser = argparse.ArgumentParser(
        prog="python -m estimator_heads" if _IS_MODULE else "estimator-heads",
        description="Runs programs written for older TensorFlow, and says which of them run.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    run_parser = commands.add_parser(
        "run",
        help="run a script or a module",
        usage="%(prog)s [--tf1 | --tf2] [--tf1-package NAME]..."
        " (SCRIPT | -m MODULE | -c COMMAND | -) [ARGUMENTS...]",
        description=_RUN_HELP,
        allow_abbrev=False,
    )
    versions = run_parser.add_mutually_exclusive_group()
    for option, is_tf1, text in (
        ("--tf1", True, "the program is TensorFlow 1 source"),
        ("--tf2", False, "the program is not TensorFlow 1 source, whatever it contains"),
    ):
        versions.add_argument(option, dest="is_tf1", action="store_const", const=is_tf1, help=text)
    run_parser.add_argument(
        "--tf1-package",
        metavar="NAME",
        action="append",
        default=[],
        help="an installed package that is TensorFlow 1 source too; may be repeated",
    )
    check_parser = commands.add_parser(
        "check",
        help="say what runs, and what stops the rest",
        description=command.HELP,
        epilog=command.EPILOG,
        allow_abbrev=False,
    )
    command.add_arguments(check_parser)
    commands.add_parser(
        "startup-folder",
        help="print the folder that, in PYTHONPATH, makes every Python process run its program so",
        description=_STARTUP_FOLDER_HELP,
        allow_abbrev=False,
    )
    return parser, run_parser


if __name__ == "__main__":
    sys.exit(main())
