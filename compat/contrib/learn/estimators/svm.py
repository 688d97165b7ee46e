"""`SVM` of `tf.contrib.learn`: a linear support vector machine, trained by SDCA."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from estimator_heads.compat.contrib.learn.estimators import sdca
from estimator_heads.compat.contrib.learn.estimators.canned_calls import CannedEstimator
from estimator_heads.compat.contrib.learn.heads import factories
from estimator_heads.compat.contrib.learn.keys import PredictionKey
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import FeatureColumn, InputFn, Path


class SVM(CannedEstimator):
    """A linear support vector machine for two classes. Reproduces `tf.contrib.learn.SVM`.

    Args:
        example_id_column: Name of the feature with a string that is different for each example.
        feature_columns: Columns of numbers, buckets and categories of `tf.contrib.layers`.
        weight_column_name: Name of the feature with the weights of examples.
        model_dir: As for `Estimator`.
        l1_regularization: Strength of L1 regularization, 0 or more.
        l2_regularization: Strength of L2 regularization, 0 or more; less than 1 is taken for 1.
        num_loss_partitions: How many workers train at once.
        kernels: Must be None.
        config: A `RunConfig`.
        feature_engineering_fn: As for `Estimator`.

    Raises:
        ValueError: There are `kernels`.
    """

    def __init__(
        self,
        example_id_column: str,
        feature_columns: Collection[FeatureColumn],
        weight_column_name: str | None = None,
        model_dir: Path | None = None,
        l1_regularization: float = 0.0,
        l2_regularization: float = 0.0,
        num_loss_partitions: int = 1,
        kernels: None = None,
        config: CoreRunConfig | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
    ) -> None:
        if kernels is not None:
            raise ValueError(
                "Invalid value for argument `kernels`. Expected None: the support vector machine "
                "is linear. For others, map the features first, for example with "
                "tf_keras.layers.experimental.RandomFourierFeatures. Received: "
                f"kernels={kernels!r}."
            )
        self._feature_columns = feature_columns
        params = {
            "head": factories.binary_svm_head(weight_column_name=weight_column_name),
            "feature_columns": feature_columns,
            "optimizer": sdca.SDCAOptimizer(
                example_id_column=example_id_column,
                num_loss_partitions=num_loss_partitions,
                symmetric_l1_regularization=l1_regularization,
                symmetric_l2_regularization=l2_regularization,
            ),
            "weight_column_name": weight_column_name,
            "update_weights_hook": sdca.SDCAUpdateWeightsHook(),
        }
        super().__init__(sdca.sdca_model_fn, model_dir, config, params, feature_engineering_fn)

    def predict_classes(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Predicts the class of each example.

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
        outputs: Collection[str | tuple[str, str]] | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Raises ValueError, since a support vector machine has no probabilities.

        Args:
            x: As for `Estimator.predict`.
            input_fn: As for `Estimator.predict`.
            batch_size: As for `Estimator.predict`.
            outputs: Has no effect.
            as_iterable: As for `Estimator.predict`.

        Returns:
            Nothing.

        Raises:
            ValueError: Always, once there is a checkpoint.
            NotFittedError: If there is no checkpoint.
        """
        return self._predict_one(PredictionKey.PROBABILITIES, x, input_fn, batch_size, as_iterable)

    # Other arguments than those of the base class, as in the original.
    def export(  # type: ignore[override]
        self,
        export_dir: Path | bytes,
        signature_fn: Callable[..., Any] | None = None,
        input_fn: InputFn | None = None,
        default_batch_size: int | None = 1,
        exports_to_keep: int | None = None,
    ) -> bytes:
        """Writes the model as a session bundle. `export_savedmodel` writes what is read today.

        Args:
            export_dir: As for `BaseEstimator.export`.
            signature_fn: As for `BaseEstimator.export`.
            input_fn: As for `BaseEstimator.export`; by default, the columns parse examples.
            default_batch_size: As for `BaseEstimator.export`.
            exports_to_keep: As for `BaseEstimator.export`.

        Returns:
            The path of the bundle, as bytes.
        """
        return self.export_with_defaults(
            export_dir=export_dir,
            signature_fn=signature_fn,
            input_fn=input_fn,
            default_batch_size=default_batch_size,
            exports_to_keep=exports_to_keep,
        )

    def export_with_defaults(
        self,
        export_dir: Path | bytes,
        signature_fn: Callable[..., Any] | None = None,
        input_fn: InputFn | None = None,
        default_batch_size: int | None = 1,
        exports_to_keep: int | None = None,
    ) -> bytes:
        """Does the same as `export`.

        Args:
            export_dir: As for `export`.
            signature_fn: As for `export`.
            input_fn: As for `export`.
            default_batch_size: As for `export`.
            exports_to_keep: As for `export`.

        Returns:
            The path of the bundle, as bytes.
        """
        return super().export(
            export_dir=export_dir,
            signature_fn=signature_fn,
            input_fn=input_fn or self._features_of_columns,
            default_batch_size=default_batch_size,
            exports_to_keep=exports_to_keep,
        )
