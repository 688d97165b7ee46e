"""Estimators with a model_fn of their own, which ends in a TF2 head."""

import os
import types

import tensorflow as tf

from tests.golden.canned import asking, batch
from tests.golden.canned import subject as canned
from tests.golden.canned.estimator_subject import estimator_subject
from tests.golden.values import jsonable, np_dtype

from .cases import CASES


def original_api():
    """The names of TF 2.15 that the cases use."""
    return types.SimpleNamespace(**vars(canned.original_api()), keras=tf.keras)


def question(case, api, checkpoints):
    """What an estimator answers that goes on, or starts, from a checkpoint of the original."""
    fields = asking.went_on(case, api, checkpoints, receiver_of_examples(api))
    checkpoint = os.path.join(checkpoints, f"model.ckpt-{asking.STEPS}")
    fields["warm_started"] = asking.warm_started(case, api, checkpoint)
    return {"estimator": jsonable(fields)}


def receiver_of_examples(api):
    """What parses examples in an export, which then has signatures of classification too."""
    spec = {
        name: tf.io.FixedLenFeature(value.shape[1:], np_dtype(value))
        for name, value in batch.FEATURES.items()
    }
    return api.export.build_parsing_serving_input_receiver_fn(spec)


SUBJECT = estimator_subject("custom", "2.15", CASES, original_api, question=question)
