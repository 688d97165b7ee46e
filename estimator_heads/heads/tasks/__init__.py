"""The tasks: what binary, multi-class, multi-label classification and regression each are.

The heads of all dialects are built on them; a task knows of none.
"""
