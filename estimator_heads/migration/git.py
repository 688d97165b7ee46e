"""Whether git could bring a file back."""

from __future__ import annotations

import os
import subprocess


def is_committed(path: str) -> bool:
    """Whether git has a file as it is now. Without git, or out of a repository, it has not.

    Of a link, the file that it leads to is asked for.
    """
    folder, name = os.path.split(os.path.realpath(path))

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-C", folder, *arguments, "--", name]
        return subprocess.run(command, capture_output=True, text=True)

    try:
        known = git("ls-files", "--error-unmatch")
        changes = git("status", "--porcelain", "--ignored")
    except OSError:
        return False
    return known.returncode == 0 and changes.returncode == 0 and not changes.stdout.strip()
