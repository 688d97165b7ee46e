"""What a case of a head `tf.estimator.*Head` is."""

import collections

from tests.golden.data import Made
from tests.golden.tables import with_defaults

Case = collections.namedtuple("Case", "id factory arguments batches options")

# What a case may say beside its head, arguments and batches, and what holds when it does not.
OPTIONS = {
    "regularization_losses": None,  # list of floats
    "keys": None,  # prediction keys to ask for, beside all of them
    "mode": None,  # in place of TRAIN for `spec_train`
    "train": {"train_op_fn": Made("gradient_descent", {})},  # arguments of create_estimator_spec
    "shapes": "static",  # of placeholders: "static", "batch" (unknown first dimension), "unknown"
    "raw": False,  # hand numpy arrays and lists to the head as they are; eager only
    "executions": ("eager", "function", "graph"),
    "fields": None,  # only these fields, when given
}


def case(identifier, factory, arguments, batches, **options):
    """A case, checked, with the options' default values filled in."""
    return Case(
        identifier, factory, arguments, tuple(batches), with_defaults(options, OPTIONS, identifier)
    )
