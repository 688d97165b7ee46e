"""The TF1 heads: the factories of `tf.contrib.estimator` and of `canned.head`."""

import types

import tensorflow as tf

from tests.golden.recording import BY_FIELD
from tests.golden.subject import Subject

from .cases import CASES
from .runner import arguments_of, run_case

FACTORIES = sorted({case.factory for case in CASES})
HEAD_METHODS = ("create_loss", "create_estimator_spec", "_create_tpu_estimator_spec")
HELPERS = (
    "_all_class_ids",
    "_all_classes",
    "_append_update_ops",
    "_assert_range",
    "_call_loss_fn",
    "_check_dense_labels_match_logits_and_reshape",
    "_check_logits_final_dim",
    "_classification_output",
    "_create_eval_metrics_tuple",
    "_get_weights_and_check_match_logits",
    "_summary_key",
    "_validate_loss_fn_args",
    "_validate_n_classes",
)
EXTENDERS = ("add_metrics", "call_logit_fn", "clip_gradients_by_norm", "forward_features")


def legacy_api():
    """The factories of TF 1.15, and what else is recorded, in one namespace."""
    from tensorflow_estimator.python.estimator.canned import head

    names = dict(vars(head))
    names.update((name, getattr(tf.contrib.estimator, name)) for name in dir(tf.contrib.estimator))
    return types.SimpleNamespace(**dict(names, ModeKeys=tf.estimator.ModeKeys))


def signatures(api):
    functions = {name: getattr(api, name) for name in FACTORIES + list(HELPERS + EXTENDERS)}
    functions.update(("_Head." + name, getattr(api._Head, name)) for name in HEAD_METHODS)
    functions["LossSpec"] = api.LossSpec
    return {name: arguments_of(function) for name, function in functions.items()}


def ask(case, api):
    return {"graph": case(api) if case is signatures else run_case(case, api)}


SUBJECT = Subject(
    name="heads_v1",
    cases=dict({case.id: case for case in CASES}, signatures=signatures),
    ask=ask,
    original=legacy_api,
    releases=("1.15",),
    form=BY_FIELD,
)
