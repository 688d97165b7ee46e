"""The private parts of TensorFlow that have no public name, each with the reason it is needed.

Nothing else in the package names them.
"""
