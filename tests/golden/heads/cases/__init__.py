"""The table of golden cases: what is asked of every head, as data."""

from . import binary_class, multi, multi_class, multi_label, regression

CASES = binary_class.CASES + multi_class.CASES + multi_label.CASES + regression.CASES + multi.CASES
assert len({case.id for case in CASES}) == len(CASES), "Two cases have one id."
