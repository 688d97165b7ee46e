"""What can be trained and what can be evaluated: the interfaces that an Experiment works with."""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping
from typing import Any

from estimator_heads.compat.contrib.learn.monitors.base import Monitors
from estimator_heads.types import Hooks, InputFn, Path


class Trainable(abc.ABC):
    """Something that can be trained. Reproduces `tf.contrib.learn.Trainable` of TF 1.15."""

    @abc.abstractmethod
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        steps: int | None = None,
        batch_size: int | None = None,
        monitors: Monitors | None = None,
        max_steps: int | None = None,
    ) -> Any:
        """Trains the model; see `BaseEstimator.fit`."""
        raise NotImplementedError


class Evaluable(abc.ABC):
    """Something that can be evaluated. Reproduces `tf.contrib.learn.Evaluable` of TF 1.15."""

    @property
    @abc.abstractmethod
    def model_dir(self) -> str:
        """Folder with the checkpoints of the model."""
        raise NotImplementedError

    @abc.abstractmethod
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        feed_fn: Callable[[], Mapping[Any, Any]] | None = None,
        batch_size: int | None = None,
        steps: int | None = None,
        metrics: dict[Any, Any] | None = None,
        name: str | None = None,
        checkpoint_path: Path | None = None,
        hooks: Hooks | None = None,
    ) -> dict[str, Any]:
        """Evaluates the model; see `BaseEstimator.evaluate`."""
        raise NotImplementedError
