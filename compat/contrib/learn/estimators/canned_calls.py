"""The calls that the canned estimators of `tf.contrib.learn` have beside those of `Estimator`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from estimator_heads.compat.contrib.layers.column_ops import parse_feature_columns_from_examples
from estimator_heads.compat.contrib.learn.estimators.estimator import Estimator
from estimator_heads.compat.contrib.learn.keys import PredictionKey
from estimator_heads.compat.contrib.learn.metric_spec import MetricSpec
from estimator_heads.compat.contrib.learn.session_bundles import signature_fns
from estimator_heads.types import FeatureColumn, Hooks, InputFn, Path


class CannedEstimator(Estimator):
    """An `Estimator` whose model is made of `self._feature_columns`."""

    _feature_columns: Collection[FeatureColumn]

    def _predict_one(self, key, x, input_fn, batch_size, as_iterable):
        """The predictions of one key: an iterator, or an array."""
        predictions = Estimator.predict(
            self,
            x=x,
            input_fn=input_fn,
            batch_size=batch_size,
            outputs=[key],
            as_iterable=as_iterable,
        )
        if as_iterable:
            return (prediction[key] for prediction in predictions)
        return predictions[key]

    def _features_of_columns(self, unused_estimator, examples):
        return parse_feature_columns_from_examples(examples, self._feature_columns)


class _CannedExport(CannedEstimator):
    """Exports what the columns parse, with the signature of a kind of model."""

    _exported_key: str | None = None
    _signature_fn: Callable[..., Any] | None = None

    # Without arguments that the base class has, as in the original.
    def export(  # type: ignore[override]
        self,
        export_dir: Path | bytes,
        input_fn: InputFn | None = None,
        input_feature_key: str | None = None,
        use_deprecated_input_fn: bool = True,
        signature_fn: Callable[..., Any] | None = None,
        default_batch_size: int | None = 1,
        exports_to_keep: int | None = None,
    ) -> bytes:
        """Writes the model as a session bundle. `export_savedmodel` writes what is read today.

        Args:
            export_dir: As for `BaseEstimator.export`.
            input_fn: As for `BaseEstimator.export`; by default, the columns of `tf.contrib.layers`
                that the model has parse serialized examples.
            input_feature_key: As for `BaseEstimator.export`.
            use_deprecated_input_fn: As for `BaseEstimator.export`.
            signature_fn: As for `BaseEstimator.export`; by default, that of a classification with
                probabilities, or of a regression.
            default_batch_size: As for `BaseEstimator.export`.
            exports_to_keep: As for `BaseEstimator.export`.

        Returns:
            The path of the bundle, as bytes.

        Raises:
            ValueError: As of `BaseEstimator.export`.
            AttributeError: If there is no `input_fn`, and columns are of `tf.feature_column`.
        """
        return super().export(
            export_dir=export_dir,
            input_fn=input_fn or self._features_of_columns,
            input_feature_key=input_feature_key,
            use_deprecated_input_fn=use_deprecated_input_fn,
            signature_fn=signature_fn or type(self)._signature_fn,
            prediction_key=self._exported_key,
            default_batch_size=default_batch_size,
            exports_to_keep=exports_to_keep,
        )


class CannedClassifier(_CannedExport):
    """Predicts classes, unless it is asked for other outputs."""

    _exported_key = PredictionKey.PROBABILITIES
    _signature_fn = staticmethod(signature_fns.classification_signature_fn_with_prob)

    # Without arguments that the base class has, as in the original.
    def predict(  # type: ignore[override]
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        outputs: Collection[str | tuple[str, str]] | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Predicts classes, or what `outputs` asks for.

        Args:
            x: As for `Estimator.predict`.
            input_fn: As for `Estimator.predict`.
            batch_size: As for `Estimator.predict`.
            outputs: Names of predictions, to get dicts of them; None for classes by themselves.
            as_iterable: As for `Estimator.predict`.

        Returns:
            An iterator, or an array of all classes or dict of arrays.

        Raises:
            ValueError: As of `Estimator.predict`.
            NotFittedError: If there is no checkpoint.
        """
        if not outputs:
            return self.predict_classes(
                x=x, input_fn=input_fn, batch_size=batch_size, as_iterable=as_iterable
            )
        return super().predict(
            x=x, input_fn=input_fn, batch_size=batch_size, outputs=outputs, as_iterable=as_iterable
        )

    def predict_classes(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Predicts the class of each example; arguments as for `predict`.

        Args:
            x: As for `Estimator.predict`.
            input_fn: As for `Estimator.predict`.
            batch_size: As for `Estimator.predict`.
            as_iterable: As for `Estimator.predict`.

        Returns:
            An iterator of classes, or an array of all.
        """
        return self._predict_one(PredictionKey.CLASSES, x, input_fn, batch_size, as_iterable)

    def predict_proba(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Predicts the probabilities of the classes of each example.

        Args:
            x: As for `Estimator.predict`.
            input_fn: As for `Estimator.predict`.
            batch_size: As for `Estimator.predict`.
            as_iterable: As for `Estimator.predict`.

        Returns:
            An iterator of arrays [n_classes], or an array [examples, n_classes].
        """
        return self._predict_one(PredictionKey.PROBABILITIES, x, input_fn, batch_size, as_iterable)


class CannedRegressor(_CannedExport):
    """Predicts scores, unless it is asked for other outputs."""

    _exported_key = PredictionKey.SCORES
    _signature_fn = staticmethod(signature_fns.regression_signature_fn)

    # Without arguments that the base class has, as in the original.
    def predict(  # type: ignore[override]
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        outputs: Collection[str | tuple[str, str]] | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Predicts scores, or what `outputs` asks for.

        Args:
            x: As for `Estimator.predict`.
            input_fn: As for `Estimator.predict`.
            batch_size: As for `Estimator.predict`.
            outputs: Names of predictions, to get dicts of them; None for scores by themselves.
            as_iterable: As for `Estimator.predict`.

        Returns:
            An iterator, or an array of all scores or dict of arrays.

        Raises:
            ValueError: As of `Estimator.predict`.
            NotFittedError: If there is no checkpoint.
        """
        if not outputs:
            return self.predict_scores(
                x=x, input_fn=input_fn, batch_size=batch_size, as_iterable=as_iterable
            )
        return super().predict(
            x=x, input_fn=input_fn, batch_size=batch_size, outputs=outputs, as_iterable=as_iterable
        )

    def predict_scores(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Predicts the score of each example, or its scores.

        Args:
            x: As for `Estimator.predict`.
            input_fn: As for `Estimator.predict`.
            batch_size: As for `Estimator.predict`.
            as_iterable: As for `Estimator.predict`.

        Returns:
            An iterator of scores, or an array of all.
        """
        return self._predict_one(PredictionKey.SCORES, x, input_fn, batch_size, as_iterable)


def metrics_of_scores(metrics: dict[Any, Any] | None) -> dict[Any, Any]:
    """Metrics whose bare functions are given the scores.

    Args:
        metrics: As for `BaseEstimator.evaluate`, or with functions under plain names.

    Returns:
        Dict as `BaseEstimator.evaluate` takes it.
    """
    is_bare = {
        name: not isinstance(metric, MetricSpec) and not isinstance(name, tuple)
        for name, metric in (metrics or {}).items()
    }
    return {
        (name, PredictionKey.SCORES) if is_bare[name] else name: metric
        for name, metric in (metrics or {}).items()
    }


class ScoringRegressor(CannedRegressor):
    """A regressor with a network, whose metrics may be plain functions of labels and scores."""

    # Without arguments that the base class has, as in the original.
    def evaluate(  # type: ignore[override]
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
        """Evaluates; a metric that is a function needs no tuple as its key. See `Estimator`.

        Args:
            x: As for `Estimator.evaluate`.
            y: As for `Estimator.evaluate`.
            input_fn: As for `Estimator.evaluate`.
            feed_fn: As for `Estimator.evaluate`.
            batch_size: As for `Estimator.evaluate`.
            steps: As for `Estimator.evaluate`.
            metrics: As for `Estimator.evaluate`; functions under plain names get the scores.
            name: As for `Estimator.evaluate`.
            checkpoint_path: As for `Estimator.evaluate`.
            hooks: As for `Estimator.evaluate`.

        Returns:
            Dict from metric name to NumPy value, with "loss" and "global_step".
        """
        return super().evaluate(
            x=x,
            y=y,
            input_fn=input_fn,
            feed_fn=feed_fn,
            batch_size=batch_size,
            steps=steps,
            metrics=metrics_of_scores(metrics),
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=hooks,
        )
