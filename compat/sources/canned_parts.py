"""Parts of the modules of `tensorflow_estimator.python.estimator.canned` that have no other place.

Their rows in the table of names say which is of which module.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import tensorflow as tf

from estimator_heads.canned import baseline, optimizers
from estimator_heads.keys import ServingKeys

_OPTIMIZER_CLS_NAMES = {
    "Adagrad": tf.compat.v1.train.AdagradOptimizer,
    "Adam": tf.compat.v1.train.AdamOptimizer,
    "Ftrl": tf.compat.v1.train.FtrlOptimizer,
    "RMSProp": tf.compat.v1.train.RMSPropOptimizer,
    "SGD": tf.compat.v1.train.GradientDescentOptimizer,
}
_LEARNING_RATE = 0.05
_LINEAR_LEARNING_RATE = 0.005


_OPTIMIZER_CLS_NAMES_V2: dict[str, type]

if not TYPE_CHECKING:  # or type checkers would believe that any name is there

    def __getattr__(name):
        if name != "_OPTIMIZER_CLS_NAMES_V2":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return {known: optimizers.class_of_name(known) for known in optimizers.NAMES}


def _optimizer_has_default_learning_rate(opt):
    """Whether the class of an optimizer has a default for `learning_rate`."""
    parameters = inspect.signature(opt.__init__).parameters
    learning_rate = parameters.get("learning_rate")
    return learning_rate is not None and learning_rate.default is not inspect.Parameter.empty


def _get_batch_size_and_size_checks(features, weight_column_key):
    """Operations that check that features have the same number of rows, and that number."""
    batch_size, checks = baseline.batch_size_and_checks(features, weight_column_key)
    return checks, batch_size


def _name_from_scope_name(name):
    """The name of a scope without the slash at its end."""
    return name.removesuffix("/") if name else name


def _get_dnn_estimator_spec(use_tpu, head, features, labels, mode, logits, optimizer):
    """What a head makes of the logits of a network."""
    create = head._create_tpu_estimator_spec if use_tpu else head.create_estimator_spec
    return create(features=features, mode=mode, labels=labels, optimizer=optimizer, logits=logits)


def _no_op_train_fn(loss):
    """A train_op_fn that trains nothing."""
    del loss
    return tf.no_op()


def _default_export_output(export_outputs, head_name):
    """The export output that a head serves by default; a ValueError if there is none."""
    if len(export_outputs) == 1:
        return next(iter(export_outputs.values()))
    if ServingKeys.DEFAULT not in export_outputs:
        raise ValueError(
            f"The head {head_name!r} must have an export output named {ServingKeys.DEFAULT!r}. "
            f"Received: {list(export_outputs)}."
        )
    return export_outputs[ServingKeys.DEFAULT]


def _initialize_variables(test_case, scaffold):
    """Initializes the variables of the default graph in the default session, in a test."""
    scaffold.finalize()
    test_case.assertIsNone(scaffold.init_feed_dict)
    test_case.assertIsNone(scaffold.init_fn)
    session = tf.compat.v1.get_default_session()
    for part in ("init_op", "ready_for_local_init_op", "local_init_op", "ready_op"):
        session.run(getattr(scaffold, part))
    test_case.assertIsNotNone(scaffold.saver)


def _assert_simple_summaries(test_case, expected_summaries, summary_str, tol=1e-6):
    """Checks tags and values of a serialized summary, in a test."""
    summary = tf.compat.v1.Summary.FromString(summary_str)
    values = {value.tag: value.simple_value for value in summary.value}
    test_case.assertAllClose(expected_summaries, values, rtol=tol, atol=tol)


def _assert_no_hooks(test_case, spec):
    """Checks that an EstimatorSpec has no hooks for training, in a test."""
    test_case.assertAllEqual([], spec.training_chief_hooks)
    test_case.assertAllEqual([], spec.training_hooks)
