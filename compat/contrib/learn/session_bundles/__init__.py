"""Session bundles: how models were exported before there were SavedModels.

A bundle is a folder named by the global step, with the variables and the graph as a Saver writes
them, and in the graph's collections what to feed and to fetch (`manifest`).
"""
