"""What a case of a `tf.contrib.learn` head is, with the words for data of golden/cases/data.py."""

import collections

from tests.golden.data import made
from tests.golden.tables import with_defaults

Case = collections.namedtuple("Case", "id factory arguments batches options")

# What a table says once for all of its cases: the factory, the arguments that it needs, and two
# batches of three examples.
Table = collections.namedtuple("Table", "prefix factory arguments batches")

# What a case may say beside its factory, arguments and batches, and what holds when it does not.
OPTIONS = {
    "fields": None,  # only these fields, when given
    "given": ("logits",),  # as which arguments the logits of the batches are handed over
    "mode": None,  # in place of the mode of the field
    "scope": None,
    "shapes": "static",  # of placeholders: "static", "batch" (unknown first dimension), "unknown"
    "train_op_fn": made("descend"),
    "default_key": None,  # the argument of estimator_spec
}

INFER = ("infer",)
EVAL = ("eval",)
TRAIN = ("train",)


def case(table, name, batches=None, arguments=None, **options):
    """A case of a table, other than its default in what is given."""
    arguments = dict(table.arguments, **(arguments or {}))
    if arguments.get("enable_centered_bias"):
        # TF 1.15 gives other numbers in every run when the bias has two trainers at once.
        options.setdefault("train_op_fn", made("no_op_train_fn"))
    return Case(
        table.prefix + "/" + name,
        table.factory,
        arguments,
        tuple(table.batches if batches is None else batches),
        with_defaults(options, OPTIONS, name),
    )
