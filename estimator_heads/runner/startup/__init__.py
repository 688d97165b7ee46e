"""A folder for PYTHONPATH: Python processes that find it there run their programs by the runner."""

import os


def folder() -> str:
    """The absolute path of this folder, which holds what Python looks for as it starts."""
    return os.path.dirname(os.path.abspath(__file__))
