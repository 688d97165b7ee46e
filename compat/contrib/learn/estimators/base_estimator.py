"""`BaseEstimator` of `tf.contrib.learn`: what can be asked of any of its Estimators."""

from __future__ import annotations

import abc
import copy
import tempfile
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

import tensorflow as tf

from estimator_heads.compat.contrib.learn import monitors as monitor_lib
from estimator_heads.compat.contrib.learn.estimators import (
    input_arguments,
    metrics_of_evaluation,
    sklearn_base,
    tensor_signature,
)
from estimator_heads.compat.contrib.learn.estimators.devices import replica_device_setter
from estimator_heads.compat.contrib.learn.estimators.interfaces import Evaluable, Trainable
from estimator_heads.compat.contrib.learn.estimators.model_runs import ModelRuns
from estimator_heads.compat.contrib.learn.estimators.run_config import RunConfig
from estimator_heads.compat.contrib.learn.estimators.session_bundle_export import (
    SessionBundleExport,
)
from estimator_heads.compat.contrib.learn.estimators.sk_compat import SKCompat
from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.compat.contrib.learn.monitors.base import Monitors
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.estimator.storage import checkpoints
from estimator_heads.estimator.trained_values import TrainedValues
from estimator_heads.types import Hooks, InputFn, Path

_Self = TypeVar("_Self", bound="BaseEstimator")


class BaseEstimator(
    ModelRuns,
    TrainedValues,
    SessionBundleExport,
    sklearn_base.BaseEstimator,
    Evaluable,
    Trainable,
):
    """Trains, evaluates and predicts with a model. Reproduces `tf.contrib.learn.BaseEstimator`.

    Subclasses say what the model is: `_get_train_ops(features, labels)`,
    `_get_eval_ops(features, labels, metrics)` and `_get_predict_ops(features)` each return
    `ModelFnOps`.

    Every call builds its own graph. Its input comes from an `input_fn`, a function without
    arguments that returns features and labels as tensors (or a `tf.data.Dataset` of them), or from
    arrays `x` and `y`, as `SKCompat` takes them.

    Args:
        model_dir: Folder for checkpoints and event files. If None, that of `config`, or a temporary
            one.
        config: A `RunConfig`, of `tf.contrib.learn` or of `tf.estimator`; None for the default one.

    Raises:
        ValueError: If `model_dir` and `config` disagree.
    """

    _Config = RunConfig
    _call_model_fn: Callable[..., ModelFnOps]

    def __init__(self, model_dir: Path | None = None, config: CoreRunConfig | None = None) -> None:
        self._config = BaseEstimator._Config() if config is None else config
        self._session_config = self._config.session_config
        if self._session_config is None:
            self._session_config = tf.compat.v1.ConfigProto(allow_soft_placement=True)
        folder = tf.compat.path_to_str(model_dir)
        if folder is not None and self._config.model_dir not in (None, folder):
            raise ValueError(
                "`model_dir` is given to the Estimator and in its `config`, and they differ. "
                f"Received: model_dir={folder!r}, config.model_dir={self._config.model_dir!r}."
            )
        folder = folder or self._config.model_dir
        if folder is None:
            folder = tempfile.mkdtemp()
            tf.compat.v1.logging.warning("Using a temporary folder as model_dir: %s", folder)
        self._model_dir = folder
        if self._config.model_dir is None:
            self._config = self._config.replace(model_dir=self._model_dir)
        tf.compat.v1.logging.info("Using config: %s", vars(self._config))
        self._device_fn = replica_device_setter(self._config)
        self._features_info = None
        self._labels_info = None
        self._graph = None

    @property
    def config(self) -> CoreRunConfig:
        """A copy of the `RunConfig`."""
        return copy.deepcopy(self._config)

    @property
    def model_dir(self) -> str:
        """Folder for checkpoints and event files."""
        return self._model_dir

    @property
    def model_fn(self) -> Callable[..., ModelFnOps]:
        """The model as a function of (features, labels, mode, config)."""

        def public_model_fn(features, labels, mode, config):
            return self._call_model_fn(features, labels, mode, config=config)

        return public_model_fn

    def fit(
        self: _Self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        steps: int | None = None,
        batch_size: int | None = None,
        monitors: Monitors | None = None,
        max_steps: int | None = None,
    ) -> _Self:
        """Trains the model, continuing from the latest checkpoint.

        Args:
            x: Features as arrays, in place of an `input_fn`; see `SKCompat.fit`.
            y: Labels as arrays.
            input_fn: Function without arguments that returns features and labels.
            steps: Number of steps to train in this call; None: until the input ends.
            batch_size: Number of rows of `x` in a batch; None for all.
            monitors: `SessionRunHook`s to run in the loop.
            max_steps: Global step to stop at, over all calls; None: until the input ends.

        Returns:
            `self`.

        Raises:
            ValueError: If both `steps` and `max_steps` are given, or not exactly one of `x` and
                `input_fn`, or the input is not of the kind that it was in earlier calls.
            TypeError: If a monitor is no hook.
            tf.compat.v1.train.NanLossDuringTrainingError: If the loss becomes NaN.
        """
        if steps is not None and max_steps is not None:
            raise ValueError(
                "Only one of `steps` (for this call) and `max_steps` (for all calls) can be given. "
                f"Received: steps={steps!r}, max_steps={max_steps!r}."
            )
        input_arguments.check(x, y, input_fn, None, batch_size)
        if x is not None:
            SKCompat(self).fit(x, y, batch_size, steps, max_steps, monitors)
            return self
        if max_steps is not None and self._has_reached(max_steps):
            tf.compat.v1.logging.info("Skipping training: max_steps=%d is reached.", max_steps)
            return self
        hooks = monitor_lib.replace_monitors_with_hooks(monitors, self)
        if steps is not None or max_steps is not None:
            hooks.append(tf.compat.v1.train.StopAtStepHook(steps, max_steps))
        loss = self._train_model(input_fn=input_fn, hooks=hooks)
        tf.compat.v1.logging.info("Loss for final step: %s.", loss)
        return self

    def partial_fit(
        self: _Self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        steps: int | None = 1,
        batch_size: int | None = None,
        monitors: Monitors | None = None,
    ) -> _Self:
        """Trains the model for one more step, or several.

        Each call builds the graph and restores the checkpoint, so in a loop it is slow.

        Args:
            x: As for `fit`.
            y: As for `fit`.
            input_fn: As for `fit`.
            steps: As for `fit`.
            batch_size: As for `fit`.
            monitors: As for `fit`.

        Returns:
            `self`.

        Raises:
            ValueError: As of `fit`.
        """
        tf.compat.v1.logging.warning(
            "Each partial_fit() builds the graph again. One fit() of several steps is faster."
        )
        return self.fit(
            x=x, y=y, input_fn=input_fn, steps=steps, batch_size=batch_size, monitors=monitors
        )

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
        log_progress: bool = True,
    ) -> dict[str, Any]:
        """Computes metrics and writes them to the event file in <model_dir>/eval, or eval_<name>.

        Args:
            x: Features as arrays, in place of an `input_fn`; see `SKCompat.score`.
            y: Labels as arrays.
            input_fn: Function without arguments that returns features and labels.
            feed_fn: Function that returns the feed_dict of each batch, and ends the input with
                StopIteration.
            batch_size: Number of rows of `x` in a batch; None for all.
            steps: Number of batches; None: until the input ends.
            metrics: Dict from names to `MetricSpec`s, beside the metrics of the model.
            name: Name of the evaluation, to tell several apart.
            checkpoint_path: Path of the checkpoint to evaluate; None for the latest one.
            hooks: `SessionRunHook`s to run in the loop.
            log_progress: Whether to log how many batches of `steps` are done.

        Returns:
            Dict from metric name to NumPy value, with "loss" and "global_step".

        Raises:
            ValueError: If not exactly one of `x` and `input_fn` is given, or `metrics` is not a
                dict, or the input is not of the kind that it was in training.
            NotFittedError: If there is no checkpoint.
        """
        input_arguments.check(x, y, input_fn, feed_fn, batch_size)
        if x is not None:
            return SKCompat(self).score(x, y, batch_size, steps, metrics, name)
        metrics_of_evaluation.check(metrics)
        results, global_step = self._evaluate_model(
            input_fn=input_fn,
            feed_fn=feed_fn,
            steps=steps,
            metrics=metrics,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=hooks,
            log_progress=log_progress,
        )
        if results is not None:
            results["global_step"] = global_step
        return results

    def predict(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        outputs: Collection[str | tuple[str, str]] | None = None,
        as_iterable: bool = True,
        iterate_batches: bool = False,
    ) -> Any:
        """Predicts with the latest checkpoint.

        Args:
            x: Features as arrays, in place of an `input_fn`; see `SKCompat.predict`.
            input_fn: Function without arguments that returns features, with or without labels.
                Unless it reads from queues or returns a `tf.data.Dataset`, its input is taken for
                constant: only the first batch is predicted.
            batch_size: Number of rows of `x` in a batch; None for all.
            outputs: Names of the predictions to compute, of a model that returns a dict; None: all.
            as_iterable: Whether to return an iterator. Otherwise the predictions of all of `x`, or
                of the first batch of the `input_fn`.
            iterate_batches: Whether to yield whole batches instead of single examples.

        Returns:
            An iterator of NumPy arrays, or of dicts of them; or one array or dict.

        Raises:
            ValueError: If not exactly one of `x` and `input_fn` is given, or `outputs` do not fit
                the predictions.
            NotFittedError: If there is no checkpoint.
        """
        input_arguments.check(x, None, input_fn, None, batch_size)
        if x is not None and not as_iterable:
            return SKCompat(self).predict(x, batch_size, outputs)
        feed_fn = None
        if x is not None:
            input_fn, feed_fn = input_arguments.input_and_feed_fn(x, None, batch_size)
        return self._infer_model(
            input_fn=input_fn,
            feed_fn=feed_fn,
            outputs=outputs,
            as_iterable=as_iterable,
            iterate_batches=iterate_batches,
        )

    # Below is what subclasses are known to override and to call.

    @property
    @abc.abstractmethod
    def _get_train_ops(self):
        """A method (features, labels) that returns the `ModelFnOps` to train."""

    @property
    @abc.abstractmethod
    def _get_predict_ops(self):
        """A method (features) that returns the `ModelFnOps` to predict with."""

    def _get_eval_ops(self, features, labels, metrics):
        raise NotImplementedError(
            f"{type(self).__name__} cannot be evaluated: it has no method _get_eval_ops(features, "
            "labels, metrics) that returns ModelFnOps."
        )

    def _get_feature_ops_from_example(self, examples_batch):
        if self._features_info is None:
            raise ValueError(
                "It is not known how to parse examples, because there was no fit() or evaluate() "
                "of this Estimator, from which the features are known."
            )
        return tensor_signature.parsed(self._features_info, examples_batch)

    def _has_reached(self, max_steps):
        try:
            latest = self.latest_checkpoint()
            return latest is not None and checkpoints.global_step(latest) >= max_steps
        except (ValueError, tf.errors.OpError):
            return False
