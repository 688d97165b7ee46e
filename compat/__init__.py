"""Adapters that serve legacy TensorFlow names with the heads and Estimator of this package.

The sources stand in `compat/` at the top of the repository and are installed as
`estimator_heads.compat`; nothing called plain `compat` is installed.
"""
