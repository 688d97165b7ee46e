"""The method of Estimators of `tf.contrib.learn` that writes session bundles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from estimator_heads.compat.contrib.learn.session_bundles import signature_fns, writing
from estimator_heads.estimator import arguments
from estimator_heads.types import InputFn, Path

if TYPE_CHECKING:
    from estimator_heads.compat.contrib.learn.estimators.base_estimator import BaseEstimator


def features_of_examples(estimator: BaseEstimator, examples: tf.Tensor) -> Any:
    """Features as the Estimator was trained with, of serialized examples.

    Args:
        estimator: The Estimator.
        examples: String tensor [batch] of serialized `tf.train.Example`s.

    Returns:
        A tensor, or a dict of them.

    Raises:
        ValueError: If the Estimator was not trained or evaluated in this process.
    """
    return estimator._get_feature_ops_from_example(examples)


class SessionBundleExport:
    """The part of `BaseEstimator` that exports in the old way; it relies on the rest of it."""

    _fitted_checkpoint: Callable[[], str]
    _get_predict_ops: Any

    def export(
        self,
        export_dir: Path | bytes,
        input_fn: InputFn | None = features_of_examples,
        input_feature_key: str | None = None,
        use_deprecated_input_fn: bool = True,
        signature_fn: Callable[..., Any] | None = None,
        prediction_key: str | None = None,
        default_batch_size: int | None = 1,
        exports_to_keep: int | None = None,
        checkpoint_path: Path | None = None,
    ) -> bytes:
        """Writes the model as a session bundle, which `tf.compat.v1.train.import_meta_graph` reads.

        Servers of today read what `Estimator.export_savedmodel` writes, and no session bundles.

        Args:
            export_dir: Folder for the bundles; each is named by its global step.
            input_fn: Function of the Estimator and a placeholder of serialized examples that
                returns features; or one without arguments that returns features and labels, with
                `use_deprecated_input_fn=False`.
            input_feature_key: Name of the feature that is no feature, but the tensor to feed.
            use_deprecated_input_fn: Which kind of function `input_fn` is.
            signature_fn: Function of the tensor to feed, features and predictions that returns a
                default and named signatures; by default, all predictions in one.
            prediction_key: Name of the only predictions to export.
            default_batch_size: Number of examples; None for any number.
            exports_to_keep: Number of latest bundles to keep; None keeps all.
            checkpoint_path: Path of the checkpoint to export; None for the latest one.

        Returns:
            The path of the bundle, as bytes.

        Raises:
            ValueError: If there is no checkpoint, no input, or the signature needs another one.
            RuntimeError: If there is a bundle of this global step.
        """
        if input_fn is None:
            if not use_deprecated_input_fn:
                raise ValueError(
                    "Missing `input_fn`. Expected a function without arguments that returns "
                    "features and labels. Received: input_fn=None."
                )
        features_fn: InputFn = features_of_examples if input_fn is None else input_fn
        checkpoint_path = arguments.path_string(checkpoint_path) or self._fitted_checkpoint()
        with tf.Graph().as_default() as graph:
            tf.compat.v1.train.create_global_step(graph)
            if use_deprecated_input_fn:
                examples = tf.compat.v1.placeholder(
                    tf.string, [default_batch_size], name="input_example_tensor"
                )
                features = features_fn(self, examples)
            else:
                features, _ = features_fn()
                examples = features.pop(input_feature_key) if input_feature_key else None
            if examples is None and not features:
                raise ValueError(
                    "The input_fn must return features, or the tensor to feed under "
                    f"`input_feature_key`. Received: features={features!r}."
                )
            predictions = self._get_predict_ops(features).predictions
            if prediction_key is not None:
                predictions = predictions[prediction_key]
            if signature_fn is None:
                make = getattr(self, "_create_signature_fn", lambda: None)
                signature_fn = make() or signature_fns.generic_signature_fn
            default, named = signature_fn(examples, features, predictions)
            return writing.write(export_dir, checkpoint_path, default, named, exports_to_keep)


def export_estimator(
    estimator: BaseEstimator,
    export_dir: Path | bytes,
    signature_fn: Callable[..., Any] | None = None,
    input_fn: InputFn | None = features_of_examples,
    default_batch_size: int | None = 1,
    exports_to_keep: int | None = None,
) -> None:
    """`BaseEstimator.export` as a function. Reproduces `export_estimator` of TF 1.15.

    Args:
        estimator: The Estimator.
        export_dir: As for `export`.
        signature_fn: As for `export`.
        input_fn: As for `export`.
        default_batch_size: As for `export`.
        exports_to_keep: As for `export`.
    """
    estimator.export(
        export_dir,
        input_fn=input_fn,
        signature_fn=signature_fn,
        default_batch_size=default_batch_size,
        exports_to_keep=exports_to_keep,
    )
