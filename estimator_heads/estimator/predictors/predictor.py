"""Predictors: a model that stays in memory, for many predictions of a few examples each.

`Estimator.predict` builds the model and reads the checkpoint at every call; a predictor does so
once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
import tensorflow as tf

from estimator_heads import forks, plain_paths
from estimator_heads.estimator import arguments
from estimator_heads.types import Path

_Self = TypeVar("_Self", bound="Predictor")

_DEFAULT_KEY = tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY


class Predictor:
    """Computes tensors of a graph from others, in a session that stays open.

    Reproduces `tf.contrib.predictor.predictor.Predictor`. Several threads may call one at once. As
    a context manager, it closes its session.

    Args:
        graph: The `tf.Graph`.
        session: A `tf.compat.v1.Session` with that graph, its variables loaded.
        feed_tensors: Dict from input name to tensor.
        fetch_tensors: Dict from output name to tensor.
    """

    def __init__(
        self,
        graph: tf.Graph,
        session: tf.compat.v1.Session | None,
        feed_tensors: Mapping[str, tf.Tensor],
        fetch_tensors: Mapping[str, tf.Tensor],
    ) -> None:
        self._graph = graph
        self._session = session
        self._process = os.getpid()
        self._feed_tensors = feed_tensors
        self._fetch_tensors = fetch_tensors

    @property
    def graph(self) -> tf.Graph:
        """The graph of the model."""
        return self._graph

    @property
    def session(self) -> tf.compat.v1.Session | None:
        """The session with the values of its variables."""
        return self._session

    @property
    def feed_tensors(self) -> Mapping[str, tf.Tensor]:
        """Dict from input name to tensor."""
        return self._feed_tensors

    @property
    def fetch_tensors(self) -> Mapping[str, tf.Tensor]:
        """Dict from output name to tensor."""
        return self._fetch_tensors

    def __call__(self, input_dict: Mapping[str, Any]) -> dict[str, np.ndarray]:
        """Predictions for a batch.

        Args:
            input_dict: Dict from input names to NumPy arrays or what can become one. Inputs that
                are missing or None are not fed, which is right for those with a default.

        Returns:
            Dict from output name to NumPy array.

        Raises:
            ValueError: If `input_dict` has names that are no inputs.
            RuntimeError: If the predictor is closed, or was made before this process was forked.
        """
        forks.check_session_is_of_this_process(self._process)
        unexpected = sorted(set(input_dict) - set(self._feed_tensors))
        if unexpected:
            raise ValueError(
                f"Invalid value for argument `input_dict`. Expected only the inputs "
                f"{sorted(self._feed_tensors)}. Received unexpected keys {unexpected}."
            )
        feeds = {
            self._feed_tensors[name]: value
            for name, value in input_dict.items()
            if value is not None
        }
        session = self._session  # Lives until this call is done, also if there is a newer one.
        if session is None:
            raise RuntimeError("The predictor is closed. Make a new one.")
        return session.run(self._fetch_tensors, feeds)

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(feed_tensors={self._feed_tensors}, "
            f"fetch_tensors={self._fetch_tensors})"
        )

    def close(self) -> None:
        """Closes the session; the predictor is of no more use."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class SavedModelPredictor(Predictor):
    """A predictor of a SavedModel. Reproduces the class of that name in `tf.contrib.predictor`.

    Args:
        export_dir: Folder of the SavedModel.
        signature_def_key: Name of the signature to use; by default "serving_default".
        signature_def: A `SignatureDef` to use instead.
        input_names: Dict from any name to the name of the tensor to feed; to be used with
            `output_names` instead of a signature.
        output_names: Dict from any name to the name of the tensor to fetch.
        tags: Tags of the graph in the SavedModel, separated by commas; by default "serve".
        graph: `tf.Graph` to load the model into; by default a new one.
        config: `tf.compat.v1.ConfigProto` of the session.

    Raises:
        ValueError: If more than one of these ways to name tensors is used, or the model has no such
            signature.
        TypeError: If `export_dir` is None or empty.
        RuntimeError: If the model has no graph with these tags.
    """

    def __init__(
        self,
        export_dir: Path | bytes,
        signature_def_key: str | None = None,
        signature_def: Any = None,
        input_names: Mapping[str, str] | None = None,
        output_names: Mapping[str, str] | None = None,
        tags: str | None = None,
        graph: tf.Graph | None = None,
        config: tf.compat.v1.ConfigProto | None = None,
    ) -> None:
        if (input_names is None) != (output_names is None):
            raise ValueError(
                "`input_names` and `output_names` must be given together. Received: "
                f"input_names={input_names!r}, output_names={output_names!r}."
            )
        if sum(way is not None for way in (signature_def_key, signature_def, input_names)) > 1:
            raise ValueError(
                "Only one of `signature_def_key`, `signature_def`, and `input_names` with "
                "`output_names` can be given."
            )
        graph = graph or tf.Graph()
        all_tags = [tag.strip() for tag in (tags or tf.saved_model.SERVING).split(",")]
        path = arguments.path_string(export_dir)
        if path is None:
            raise TypeError(
                "Invalid value for argument `export_dir`. Expected the folder of a SavedModel. "
                f"Received: export_dir={export_dir!r}."
            )
        folder = os.path.join(path, "")
        forks.check_session_can_run(config)
        with graph.as_default():
            session = tf.compat.v1.Session(config=config)
            meta_graph = tf.compat.v1.saved_model.load(session, all_tags, plain_paths.plain(folder))
        if input_names is None or output_names is None:
            if signature_def is None:
                signature_def = _signature(meta_graph.signature_def, signature_def_key)
            input_names = names_of(signature_def.inputs)
            output_names = names_of(signature_def.outputs)
        super().__init__(
            graph, session, named_tensors(graph, input_names), named_tensors(graph, output_names)
        )


def names_of(tensor_infos: Mapping[str, Any]) -> dict[str, str]:
    """Names of the tensors of a signature's inputs or outputs."""
    return {key: info.name for key, info in tensor_infos.items()}


def named_tensors(graph: tf.Graph, names: Mapping[str, str]) -> dict[str, tf.Tensor]:
    """Tensors of a graph by their names."""
    return {key: graph.get_tensor_by_name(name) for key, name in names.items()}


def _signature(signature_defs, key):
    """The signature of that name; contrib.learn prefixed the names of its outputs."""
    key = key or _DEFAULT_KEY
    for name in (key, f"default_input_alternative:{key}"):
        if name in signature_defs:
            return signature_defs[name]
    raise ValueError(
        f"Invalid value for argument `signature_def_key`. Expected one of the model's signatures "
        f"{sorted(signature_defs)}. Received: signature_def_key={key!r}."
    )
