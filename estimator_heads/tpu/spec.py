"""TPUEstimatorSpec: what a model_fn returns to a TPUEstimator."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from estimator_heads.export.outputs import ExportOutput
from estimator_heads.model_fn import EstimatorSpec, _TPUEstimatorSpec
from estimator_heads.tpu import host_calls
from estimator_heads.tpu.host_calls import HostCall
from estimator_heads.types import Hooks


class TPUEstimatorSpec(_TPUEstimatorSpec):
    """What a model_fn returns to a `TPUEstimator`.

    Reproduces `tf.compat.v1.estimator.tpu.TPUEstimatorSpec`. On CPU and GPU it becomes an
    `EstimatorSpec` as soon as the model_fn returns.

    Args:
        mode: One of `ModeKeys`.
        predictions: A Tensor, or a dict of Tensors.
        loss: The training loss, a Tensor with one element.
        train_op: The op that runs one training step.
        eval_metrics: A tuple of a function and a list or a dict of Tensors to call it with; it
            returns a dict from names to tuples of a value Tensor and an update op.
        export_outputs: A dict from a signature's name to its `ExportOutput`.
        scaffold_fn: Function without arguments that returns a `tf.compat.v1.train.Scaffold`.
        host_call: A tuple as of `eval_metrics`, whose function returns what is to run in every
            step, in every mode.
        training_hooks: `SessionRunHook`s that run while training.
        evaluation_hooks: `SessionRunHook`s that run while evaluating.
        prediction_hooks: `SessionRunHook`s that run while predicting.

    Raises:
        ValueError: If something that the mode needs is missing, or `eval_metrics` or `host_call` is
            no such tuple.
        TypeError: If an argument has the wrong type.
        RuntimeError: If a function takes another number of arguments than there are Tensors.
    """

    __slots__ = ()

    def __new__(
        cls,
        mode: str,
        predictions: tf.Tensor | dict[str, tf.Tensor] | None = None,
        loss: tf.Tensor | None = None,
        train_op: tf.Operation | tf.Tensor | None = None,
        eval_metrics: HostCall | None = None,
        export_outputs: dict[str, ExportOutput] | None = None,
        scaffold_fn: Callable[[], tf.compat.v1.train.Scaffold] | None = None,
        host_call: HostCall | None = None,
        training_hooks: Hooks | None = None,
        evaluation_hooks: Hooks | None = None,
        prediction_hooks: Hooks | None = None,
    ) -> TPUEstimatorSpec:
        for name, pair in (("eval_metrics", eval_metrics), ("host_call", host_call)):
            if pair is not None:
                host_calls.check_host_call(name, pair)
        return super().__new__(
            cls,
            mode=mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metrics=eval_metrics,
            export_outputs=export_outputs,
            scaffold_fn=scaffold_fn,
            host_call=host_call,
            training_hooks=training_hooks,
            evaluation_hooks=evaluation_hooks,
            prediction_hooks=prediction_hooks,
        )

    def as_estimator_spec(self) -> EstimatorSpec:
        """The EstimatorSpec for CPU and GPU; calls the functions of this spec.

        Returns:
            An `EstimatorSpec` with the same contents. Its hooks are those of this spec and, where
            there is a `host_call`, one that runs it.

        Raises:
            TypeError: If `scaffold_fn` is no function or returns no Scaffold, or the names of
                Tensors are not those of a function's arguments.
        """
        metrics = None
        if self.eval_metrics is not None:
            metrics = host_calls.call("eval_metrics", self.eval_metrics)
        host_hooks: tuple[host_calls.HostCallHook, ...] = ()
        if self.host_call is not None:
            tensors = host_calls.call("host_call", self.host_call)
            host_hooks = (host_calls.HostCallHook(tensors),)
        return EstimatorSpec(
            mode=self.mode,
            predictions=self.predictions,
            loss=self.loss,
            train_op=self.train_op,
            eval_metric_ops=metrics,
            export_outputs=self.export_outputs,
            scaffold=_made_by(self.scaffold_fn) if self.scaffold_fn else None,
            training_hooks=self.training_hooks + host_hooks,
            evaluation_hooks=self.evaluation_hooks + host_hooks,
            prediction_hooks=self.prediction_hooks + host_hooks,
        )


def _made_by(scaffold_fn):
    expected = (
        "Invalid value for argument `scaffold_fn`. Expected a function without arguments that "
        "returns a tf.compat.v1.train.Scaffold."
    )
    if not callable(scaffold_fn):
        raise TypeError(f"{expected} Received: scaffold_fn={scaffold_fn!r}.")
    scaffold = scaffold_fn()
    if scaffold is not None and not isinstance(scaffold, tf.compat.v1.train.Scaffold):
        raise TypeError(f"{expected} {scaffold_fn!r} returned {scaffold!r}.")
    return scaffold
