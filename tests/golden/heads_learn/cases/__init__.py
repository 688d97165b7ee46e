"""The table of cases of the `tf.contrib.learn` heads: what each factory is asked, as data."""

from . import multi, single

CASES = single.CASES + multi.CASES
if len({case.id for case in CASES}) != len(CASES):
    raise ValueError("Two cases have one id.")
