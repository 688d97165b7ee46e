"""The private parts of TensorFlow that have no public name, each with the reason it is needed.

Nothing else in the package reaches into `tensorflow.python`, but for the private attributes of
TensorFlow's hooks, which `estimator/loop/hook_schedule.py` reads.
"""
