"""A program with the types that its author expects. `check_types.py` reads it; nothing runs it."""

from pathlib import Path
from typing import Any

from typing_extensions import assert_type

import estimator_heads
from estimator_heads import (
    BinaryClassHead,
    DNNClassifier,
    Estimator,
    EstimatorSpec,
    LinearRegressor,
    MultiHead,
    RunConfig,
)
from estimator_heads.canned.sdca import LinearSDCA
from estimator_heads.compat import canned_v1
from estimator_heads.compat.contrib import estimator as contrib_estimator
from estimator_heads.compat.contrib.learn.heads import factories as learn_heads
from estimator_heads.compat.contrib.learn.heads.head import Head as LearnHead
from estimator_heads.compat.estimator_v1.head import LossSpec, _Head
from estimator_heads.compat.estimator_v1.multi import MultiHead as TF1MultiHead
from estimator_heads.types import InputFn


def model_fn(features, labels, mode, params):
    head = MultiHead([BinaryClassHead(name="click"), BinaryClassHead(name="sale")])
    spec = head.create_estimator_spec(features, mode, params["logits"], labels)
    assert_type(head, MultiHead)
    assert_type(spec, EstimatorSpec)
    return spec


def train(input_fn: InputFn) -> None:
    estimator = Estimator(model_fn, "model", RunConfig(save_checkpoints_steps=100))
    assert_type(estimator.train(input_fn, steps=10), Estimator)
    assert_type(estimator.latest_checkpoint(), str | None)
    assert_type(estimator.config, RunConfig)
    estimator_heads.install()


def train_canned(input_fn: InputFn, columns: list[Any], model_dir: Path) -> None:
    classifier = DNNClassifier([64, 32], columns, model_dir, n_classes=3, optimizer="Adam")
    assert_type(classifier.train(input_fn, max_steps=100), DNNClassifier)
    LinearRegressor(columns, optimizer=LinearSDCA("id"), config=RunConfig())
    DNNClassifier(hidden_units=32, feature_columns=columns)  # type: ignore[arg-type]


def train_legacy(features: dict[str, Any], labels: Any, logits: Any, columns: list[Any]) -> None:
    """As `estimator-heads check --write` makes programs import what is in TensorFlow 1."""
    heads = [contrib_estimator.binary_classification_head(name=name) for name in ("click", "sale")]
    head = contrib_estimator.multi_head(heads, head_weights=[1.0, 0.5])
    assert_type(head, TF1MultiHead)
    assert_type(head.create_loss(features, "train", logits, labels), LossSpec)
    assert_type(head.create_estimator_spec(features, "eval", logits, labels), EstimatorSpec)
    estimator = canned_v1.DNNEstimator(head, [64, 32], columns)
    assert_type(contrib_estimator.forward_features(estimator, "id"), Estimator)
    estimator_heads.DNNEstimator(head, [64, 32], columns)
    estimator_heads.DNNEstimator(MultiHead([BinaryClassHead(name="click")]), [64, 32], columns)
    own_head: _Head = contrib_estimator.regression_head()
    assert_type(own_head.logits_dimension, int)
    learn_head: LearnHead = learn_heads.multi_class_head(3)
    assert_type(learn_head.logits_dimension, int)
