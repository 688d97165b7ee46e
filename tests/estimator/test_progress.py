"""The progress bar of training."""

import io
import sys

import pytest

from estimator_heads import Estimator, ProgressBarHook
from tests.estimator.api import API
from tests.golden.estimator.programs import CONSTANT, dataset, linear_model_fn


def test_the_bar_shows_steps_rate_and_loss(tmp_path):
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    estimator.train(dataset, steps=3)
    shown = io.StringIO()
    hook = ProgressBarHook(max_steps=8, update_secs=0, file=shown, desc="fit")
    estimator.train(dataset, hooks=[hook], max_steps=8)
    frames = [frame for frame in shown.getvalue().split("\r") if frame.strip()]
    assert frames[0].startswith("fit:") and "3/8" in frames[0]
    assert "8/8" in frames[-1] and "100%" in frames[-1] and "step" in frames[-1]
    assert "loss=" in frames[-1]


def test_a_missing_tqdm_is_explained(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    estimator = Estimator(linear_model_fn(API, CONSTANT), str(tmp_path))
    with pytest.raises(ImportError, match=r"pip install estimator-heads\[progress\]"):
        estimator.train(dataset, hooks=[ProgressBarHook()], steps=1)
