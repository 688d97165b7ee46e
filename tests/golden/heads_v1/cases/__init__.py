"""The table of cases of the TF1 heads: what is asked of every factory, as data."""

from . import canned, classification, multi, regression

CASES = classification.CASES + regression.CASES + canned.CASES + multi.CASES
if len({case.id for case in CASES}) != len(CASES):
    raise ValueError("Two cases have one id.")
