"""Preprocessing of text and categories: `tensorflow.contrib.learn.python.learn.preprocessing`."""
