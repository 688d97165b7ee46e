"""A predictor of an Estimator, which can follow its checkpoints."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads import forks, plain_paths
from estimator_heads.estimator import arguments
from estimator_heads.estimator.parts import EstimatorPart
from estimator_heads.estimator.predictors.predictor import Predictor, named_tensors, names_of
from estimator_heads.estimator.storage import checkpoint_state, checkpoints
from estimator_heads.keys import ModeKeys
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import Path, ServingInputReceiverFn


class EstimatorPredictor(Predictor):
    """A predictor of an Estimator, made by `Estimator.predictor`; see there.

    Args:
        estimator: The `Estimator`.
        serving_input_receiver_fn: Function without arguments that returns the input receiver.
        output_key: Name of an export output of the model; None: all predictions.
        checkpoint_path: Path of the checkpoint; None: the latest one.
        follow: Whether each call looks for a newer checkpoint.
        graph: `tf.Graph` to build the model in; by default a new one.
        config: `tf.compat.v1.ConfigProto` of the session; by default that of the estimator.
    """

    def __init__(
        self,
        estimator: Predictors,
        serving_input_receiver_fn: ServingInputReceiverFn,
        output_key: str | None = None,
        checkpoint_path: Path | None = None,
        follow: bool = False,
        graph: tf.Graph | None = None,
        config: tf.compat.v1.ConfigProto | None = None,
    ) -> None:
        self._estimator = estimator
        self._follow = follow
        self._config = estimator.config.session_config if config is None else config
        self._refreshing = threading.Lock()
        self._failed_path: str | None = None
        path = arguments.path_string(checkpoint_path)
        self._checkpoint_path = path or estimator._latest_or_initial("predictor")
        graph = graph or tf.Graph()
        with graph.as_default():
            receiver, spec = estimator._build_to_predict(
                serving_input_receiver_fn, self._checkpoint_path
            )
            inputs, outputs = _inputs_and_outputs(receiver, spec, output_key)
        self._scaffold = spec.scaffold
        super().__init__(graph, None, inputs, outputs)
        self._session = self._loaded_session(self._checkpoint_path)

    @property
    def checkpoint_path(self) -> str | None:
        """Path of the checkpoint in use; None for the initial values of the variables."""
        return self._checkpoint_path

    def __call__(self, input_dict: Mapping[str, Any]) -> dict[str, np.ndarray]:
        if self._follow and self._refreshing.acquire(blocking=False):
            try:
                self._refresh_if_possible()
            finally:
                self._refreshing.release()
        return super().__call__(input_dict)

    def refresh(self) -> bool:
        """Goes over to the latest checkpoint of the estimator, if that is another one.

        Calls of other threads that are under way finish with the values they began with.

        Returns:
            Whether there was another one.
        """
        with self._refreshing:
            return self._refresh()

    def close(self) -> None:
        with self._refreshing:
            super().close()

    def _refresh(self):
        before = self._checkpoint_path

        def use(path):
            if path and path != before:
                self._session, self._checkpoint_path = self._loaded_session(path), path

        if self._session is not None:
            checkpoint_state.with_latest(self._estimator.latest_checkpoint, use)
        return self._checkpoint_path != before

    def _refresh_if_possible(self):
        """Keeps the values there are if the latest checkpoint cannot be read, and says so once."""
        path = self._estimator.latest_checkpoint()
        if path in (self._checkpoint_path, self._failed_path):
            return
        try:
            self._refresh()
        except (ValueError, tf.errors.OpError) as error:
            self._failed_path = path
            tf.compat.v1.logging.warning(
                "The predictor keeps using %s: %s", self._checkpoint_path, error
            )

    def _loaded_session(self, checkpoint_path):
        """A session of its own for each checkpoint: the one before closes with its last call."""
        forks.check_session_can_run(self._config)
        with self._graph.as_default(), checkpoints.explained_damage(checkpoint_path):
            checkpoints.check_restorable(checkpoint_path, self._scaffold.saver)
            creator = tf.compat.v1.train.ChiefSessionCreator(
                scaffold=self._scaffold,
                config=self._config,
                checkpoint_filename_with_path=plain_paths.plain(checkpoint_path),
            )
            return creator.create_session()


class Predictors(EstimatorPart):
    """The part of `Estimator` that makes predictors; it relies on the rest of it."""

    def predictor(
        self,
        serving_input_receiver_fn: ServingInputReceiverFn,
        output_key: str | None = None,
        checkpoint_path: Path | None = None,
        follow: bool = False,
    ) -> EstimatorPredictor:
        """A predictor, which keeps the model in memory between predictions.

        Args:
            serving_input_receiver_fn: Function without arguments that returns a
                `ServingInputReceiver` or `TensorServingInputReceiver`, as for an export.
            output_key: Name of one of the model's export outputs, to get what its signature has.
                None: all predictions, as `predict` yields them.
            checkpoint_path: Path of the checkpoint to use. If None, the latest one; without any,
                the initial values.
            follow: Whether each call goes over to a newer checkpoint if there is one. Otherwise
                `refresh()` does.

        Returns:
            An `EstimatorPredictor`: a function from a dict of input arrays to a dict of output
            arrays, safe to use from several threads, and a context manager.

        Raises:
            KeyError: If the model has no such export output.

        >>> import numpy as np
        >>> import tensorflow as tf
        >>> from estimator_heads import Estimator, EstimatorSpec, export
        >>> def model_fn(features, labels, mode):
        ...     return EstimatorSpec(mode, predictions={"double": 2.0 * features["x"]})
        >>> def receiver_fn():
        ...     x = tf.compat.v1.placeholder(tf.float32, [None], "x")
        ...     return export.ServingInputReceiver({"x": x}, {"x": x})
        >>> with Estimator(model_fn).predictor(receiver_fn) as predictor:
        ...     predictor({"x": [1.0, 4.0]})["double"].tolist()
        [2.0, 8.0]
        """
        return EstimatorPredictor(
            self, serving_input_receiver_fn, output_key, checkpoint_path, follow
        )

    def _build_to_predict(
        self, serving_input_receiver_fn: ServingInputReceiverFn, checkpoint_path: str | None
    ) -> tuple[Any, EstimatorSpec]:
        """Builds the model in the default graph; returns the receiver and the spec."""
        self._seed_and_create_global_step()
        receiver = serving_input_receiver_fn()
        spec = self._call_model_fn(receiver.features, None, ModeKeys.PREDICT, self.config)
        self._maybe_warm_start(checkpoint_path)
        return receiver, spec


def _inputs_and_outputs(receiver, spec, output_key):
    if output_key is None:
        outputs = spec.predictions
        if not isinstance(outputs, dict):
            outputs = {"output": outputs}
        return _as_dict(receiver.receiver_tensors, "input"), outputs
    export_outputs = spec.export_outputs or {}
    if output_key not in export_outputs:
        raise KeyError(
            f"Invalid value for argument `output_key`. Expected one of the model's export outputs "
            f"{sorted(map(str, export_outputs))}. Received: output_key={output_key!r}."
        )
    signature = export_outputs[output_key].as_signature_def(receiver.receiver_tensors)
    graph = tf.compat.v1.get_default_graph()
    return tuple(
        named_tensors(graph, names_of(part)) for part in (signature.inputs, signature.outputs)
    )


def _as_dict(tensors, name):
    return tensors if isinstance(tensors, dict) else {name: tensors}
