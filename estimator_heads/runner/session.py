"""Legacy names, and TF1 source, for modules that are loaded one after the other."""

import sys

from estimator_heads.compat import tf1_source
from estimator_heads.runner.on_import import after_import_of_tensorflow
from estimator_heads.runner.tf1_only import only_tf1


class Session:
    """From its start to its `close()`, this process serves legacy names and TF1 source.

    Args:
        own: the `OwnModules` of the program.
        is_tf1: whether they are TF1 source. Otherwise the first piece that can only be TF1 makes
            them so; what was loaded earlier sees it too, as it has the same `tensorflow`.
        adapt_loader: as for `TF1Finder`.
    """

    def __init__(self, own, is_tf1=False, adapt_loader=None):
        self.is_tf1 = is_tf1
        self._has_tensorflow = False
        self._finder = tf1_source.TF1Finder(own, self.rewrite, adapt_loader)
        sys.meta_path.insert(0, self._finder)
        self._stop_waiting = after_import_of_tensorflow(self._tensorflow_is_there)

    def rewrite(self, tree, aliases=()):
        """Rewrites the imports of a module or a notebook's cell.

        Args:
            tree: its `ast.Module`; changed in place.
            aliases: names by which it knows `tensorflow` from earlier pieces.

        Returns:
            `tree`.
        """
        if not self.is_tf1 and only_tf1([tree], aliases):
            self.use_tf1()
        return tf1_source.rewrite_imports(tree, self.is_tf1)

    def use_tf1(self):
        """From now on, `tensorflow` is TF1."""
        self.is_tf1 = True
        if self._has_tensorflow:
            tf1_source.use_tf1()

    def close(self):
        """Undoes everything. Names that are bound to TF1's view lead to TensorFlow as it is."""
        self._stop_waiting()
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self._finder]
        tf1_source.stop_tf1()
        # Importing the module would import TensorFlow, if nobody has until now.
        if installing := sys.modules.get("estimator_heads.compat.install"):
            installing.uninstall()

    def _tensorflow_is_there(self):
        self._has_tensorflow = True
        install_names()
        if self.is_tf1:
            tf1_source.use_tf1()


def install_names():
    """Imports and calls `install()`."""
    from estimator_heads.compat.install import install

    install()
