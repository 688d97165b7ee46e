"""Puts the legacy names on the tensorflow namespace and behind an import hook; takes them off."""

from estimator_heads.compat.install.namespace import install, is_installed, uninstall

__all__ = ["install", "is_installed", "uninstall"]
