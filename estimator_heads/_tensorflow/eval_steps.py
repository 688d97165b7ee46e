"""The count of the batches of an evaluation."""

from __future__ import annotations

import tensorflow as tf

from estimator_heads._tensorflow.missing import check_attributes, missing, private_module

_PURPOSE = "to count the batches of an evaluation"


def eval_step() -> tf.Variable:
    """The variable that counts the batches of an evaluation; it is made at the first call.

    Models and hooks find it in the collection `GraphKeys.EVAL_STEP`; what makes it is private.
    """
    evaluation = private_module("tensorflow.python.training.evaluation", _PURPOSE)
    check_attributes(evaluation, ["_get_or_create_eval_step"], _PURPOSE)
    return evaluation._get_or_create_eval_step()


def set_evals_completed(hook: tf.compat.v1.train.SessionRunHook, count: tf.Tensor) -> None:
    """Gives the tensor of the batches evaluated to a hook that goes by it.

    `tf.contrib.training.StopAfterNEvalsHook` expects it, under a name that is not public.
    """
    if hasattr(hook, "_set_evals_completed_tensor"):
        hook._set_evals_completed_tensor(count)
    elif type(hook).__name__.endswith("StopAfterNEvalsHook"):
        raise missing(f"{type(hook).__name__}._set_evals_completed_tensor", _PURPOSE)
