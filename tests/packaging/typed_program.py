"""A program with the types that its author expects. `check_types.py` reads it; nothing runs it."""

from typing_extensions import assert_type

import estimator_heads
from estimator_heads import BinaryClassHead, Estimator, EstimatorSpec, MultiHead, RunConfig


def model_fn(features, labels, mode, params):
    head = MultiHead([BinaryClassHead(name="click"), BinaryClassHead(name="sale")])
    spec = head.create_estimator_spec(features, mode, params["logits"], labels)
    assert_type(head, MultiHead)
    assert_type(spec, EstimatorSpec)
    return spec


def train(input_fn) -> None:
    estimator = Estimator(model_fn, "model", RunConfig(save_checkpoints_steps=100))
    assert_type(estimator.train(input_fn, steps=10), Estimator)
    assert_type(estimator.latest_checkpoint(), str | None)
    assert_type(estimator.config, RunConfig)
    estimator_heads.install()
