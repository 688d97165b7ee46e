"""Finds the packages: `compat/` stands at the top level and is installed as a subpackage.

What the distribution is, is in pyproject.toml; the rest of its layout is in setup.cfg.
"""

from setuptools import find_packages, setup

setup(
    packages=find_packages(include=["estimator_heads", "estimator_heads.*"])
    + [f"estimator_heads.{package}" for package in find_packages(include=["compat", "compat.*"])]
)
