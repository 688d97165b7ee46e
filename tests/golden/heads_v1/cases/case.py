"""What a case of a TF1 head is. The words for its data are those of golden/cases/data.py."""

import collections

from tests.golden.data import made
from tests.golden.tables import with_defaults

Case = collections.namedtuple("Case", "id factory arguments batches options")

# What a table says once for all of its cases: the factory, the arguments that it needs, two batches
# of three examples, and the name of a `loss_fn` that fits, if the factory takes one.
Table = collections.namedtuple("Table", "prefix factory arguments batches loss_fn")

# What a case may say beside its factory, arguments and batches, and what holds when it does not.
OPTIONS = {
    "fields": None,  # only these fields, when given
    "mode": None,  # in place of TRAIN
    "regularization_losses": None,  # list of floats
    "shapes": "static",  # of placeholders: "static", "batch" (unknown first dimension), "unknown"
    "train": {"optimizer": made("v1_gradient_descent")},  # arguments of create_estimator_spec
    "update_op": None,  # a number that an op in the collection UPDATE_OPS adds to a counter
}

# Fields, for cases whose answers cannot depend on what they vary in the others.
LOSS = ("loss_spec",)
EVAL = ("loss_spec", "eval")
TRAIN = ("train",)
PREDICT = ("predict",)
LOSS_AND_STEP = ("loss_spec", "train")
EVAL_AND_PREDICT = ("eval", "predict")


def case(table, name, batches=None, arguments=None, **options):
    """A case of a table, other than its default in what is given."""
    return Case(
        table.prefix + "/" + name,
        table.factory,
        dict(table.arguments, **(arguments or {})),
        tuple(table.batches if batches is None else batches),
        with_defaults(options, OPTIONS, name),
    )
