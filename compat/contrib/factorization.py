"""The clustering of `tf.contrib.factorization` of TF 1.15."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import tensorflow as tf

from estimator_heads._tensorflow.clustering import contrib_kmeans_class
from estimator_heads.canned import kmeans
from estimator_heads.estimator import RunConfig
from estimator_heads.types import FeatureColumn, InputFn, Path, TensorLike

COSINE_DISTANCE = kmeans.KMeansClustering.COSINE_DISTANCE
SQUARED_EUCLIDEAN_DISTANCE = kmeans.KMeansClustering.SQUARED_EUCLIDEAN_DISTANCE
KMEANS_PLUS_PLUS_INIT = kmeans.KMeansClustering.KMEANS_PLUS_PLUS_INIT
RANDOM_INIT = kmeans.KMeansClustering.RANDOM_INIT

KMeans = contrib_kmeans_class()


class KMeansClustering(kmeans.KMeansClustering):
    """K-means clustering that draws the same first centers each time.

    Its `transform` gives squared distances.

    Args:
        random_seed: Integer for the random choice of the first centers.

    See `estimator_heads.canned.kmeans.KMeansClustering` for the other arguments.
    """

    _HAS_OP_SEED = True

    def __init__(
        self,
        num_clusters: int,
        model_dir: Path | None = None,
        initial_clusters: TensorLike | Callable[..., tf.Tensor] = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        random_seed: int = 0,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: RunConfig | None = None,
        feature_columns: Sequence[FeatureColumn] | None = None,
    ) -> None:
        super().__init__(
            num_clusters,
            model_dir,
            initial_clusters,
            distance_metric,
            random_seed,
            use_mini_batch,
            mini_batch_steps_per_iteration,
            kmeans_plus_plus_num_retries,
            relative_tolerance,
            config,
            feature_columns,
        )

    def transform(self, input_fn: InputFn) -> Iterator[np.ndarray]:
        """Measures the distances from each point to all centers: squared ones, or of the cosine.

        Args:
            input_fn: As for `predict`.

        Yields:
            Array of shape [num_clusters].
        """
        yield from self._predict_one_key(input_fn, self.ALL_DISTANCES)
