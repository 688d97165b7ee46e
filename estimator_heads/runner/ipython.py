"""`%load_ext estimator_heads`: legacy names, and TF1 source, in the cells of a notebook."""

import argparse
import ast
import os
import sys
from typing import Any

from estimator_heads.compat.tf1.rewriting import VIEW, rewrite_imports
from estimator_heads.runner.own_modules import OwnModules
from estimator_heads.runner.session import Session


class NotebookSession:
    """A `Session` whose pieces are the cells of an IPython shell and the modules they import.

    Args:
        shell: The `InteractiveShell`.
    """

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.session = Session(OwnModules([os.getcwd()]), os.getcwd())
        shell.ast_transformers.append(self)
        shell.register_magic_function(self.magic, "line", "estimator_heads")

    def visit(self, tree: ast.Module) -> ast.Module:
        """IPython calls this with each cell."""
        view = sys.modules.get(VIEW)
        names = list(self.shell.user_ns.items()) if view else []
        aliases = [name for name, value in names if value is view]
        self.session.consider(tree, f"In[{self.shell.execution_count}]", aliases=aliases)
        return rewrite_imports(tree, self.session.is_tf1)

    def magic(self, line: str) -> None:
        """`%estimator_heads --tf1`: the cells from here on are TensorFlow 1 source.

        With `--tf2` they are not, whatever is in them. Without either, says whether they are. They
        become so by themselves when what has been run until then is TensorFlow 1 source; that is
        said.
        """
        parser = argparse.ArgumentParser("%estimator_heads", add_help=False, exit_on_error=False)
        versions = parser.add_mutually_exclusive_group()
        versions.add_argument("--tf1", dest="is_tf1", action="store_const", const=True)
        versions.add_argument("--tf2", dest="is_tf1", action="store_const", const=False)
        try:
            options, unknown = parser.parse_known_args(line.split())
        except argparse.ArgumentError:  # both
            unknown = [line]
        if unknown:
            raise ValueError(f"Expected --tf1, --tf2 or nothing. Received: {line.strip()}")
        if options.is_tf1 is not None:
            self.session.use(options.is_tf1)
        else:
            print(f"import tensorflow means TensorFlow {1 if self.session.is_tf1 else 2}")

    def close(self) -> None:
        """Undoes everything."""
        self.shell.ast_transformers.remove(self)
        del self.shell.magics_manager.magics["line"]["estimator_heads"]
        self.session.close()


_sessions: dict[Any, NotebookSession] = {}


def load_ipython_extension(shell: Any) -> None:
    """Called by `%load_ext estimator_heads`."""
    if shell not in _sessions:
        _sessions[shell] = NotebookSession(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Called by `%unload_ext estimator_heads`."""
    if session := _sessions.pop(shell, None):
        session.close()
