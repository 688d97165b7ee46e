"""Mistakes: the type of the error is what counts."""

from tests.golden.learn_estimator.models import cases_of


def two_numbers_of_gpus(api, folder):
    api.MirroredStrategy(num_gpus=1, num_gpus_per_worker=1)


def devices_and_a_number(api, folder):
    api.MirroredStrategy(["/cpu:0"], num_gpus=1)


def two_cross_device_ops(api, folder):
    operations = api.AllReduceCrossDeviceOps()
    api.MirroredStrategy(cross_device_ops=operations, cross_tower_ops=operations)


CASES = cases_of(globals())
