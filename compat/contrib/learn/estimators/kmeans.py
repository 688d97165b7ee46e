"""`KMeansClustering` of `tf.contrib.learn`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads._tensorflow.clustering import clustering_graph
from estimator_heads.canned.kmeans.estimator import parse_features_if_necessary
from estimator_heads.canned.kmeans.hooks import InitializeClustersHook, LossRelativeChangeHook
from estimator_heads.compat.contrib import factorization
from estimator_heads.compat.contrib.learn.estimators.estimator import Estimator
from estimator_heads.compat.contrib.learn.model_fn import ModelFnOps
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import InputFn, Path

_LOSS = "kmeans_loss"

_OPTIONS = [
    "distance_metric",
    "use_mini_batch",
    "mini_batch_steps_per_iteration",
    "random_seed",
    "kmeans_plus_plus_num_retries",
]


def _kmeans_clustering_model_fn(features, labels, mode, params, config):
    """The model_fn of `KMeansClustering`.

    Args:
        features: Tensor of points, or dict of such.
        labels: Must be None.
        mode: One of `ModeKeys`.
        params: Dict with the arguments of `KMeansClustering`, the first centers under
            "training_initial_clusters".
        config: A `RunConfig`.

    Returns:
        `ModelFnOps`.

    Raises:
        AssertionError: If there are labels.
    """
    if labels is not None:
        raise AssertionError(
            "The input_fn must return no labels, since clustering has none. Received: "
            f"labels={labels!r}."
        )
    distances, nearest, losses, is_initialized, init_op, training_op = clustering_graph(
        parse_features_if_necessary(features, None),
        params.get("num_clusters"),
        has_op_seed=True,
        initial_clusters=params.get("training_initial_clusters"),
        **{name: params.get(name) for name in _OPTIONS},
    )
    count_op = tf.compat.v1.assign_add(tf.compat.v1.train.get_global_step(), 1)
    loss = tf.reduce_sum(losses, name=_LOSS)
    tf.compat.v1.summary.scalar("loss/raw", loss)
    with tf.control_dependencies([training_op, count_op]):
        train_op = tf.identity(loss)
    hooks = [InitializeClustersHook(init_op, is_initialized, config.is_chief)]
    if params.get("relative_tolerance") is not None:
        hooks.append(LossRelativeChangeHook(loss, params["relative_tolerance"]))
    return ModelFnOps(
        mode=mode,
        predictions={
            KMeansClustering.ALL_SCORES: distances[0],
            KMeansClustering.CLUSTER_IDX: nearest[0],
        },
        eval_metric_ops={KMeansClustering.SCORES: loss},
        loss=loss,
        train_op=train_op,
        training_hooks=hooks,
    )


class KMeansClustering(Estimator):
    """K-means clustering. Reproduces `tf.contrib.learn.KMeansClustering` of TF 1.15.

    Args:
        num_clusters: How many clusters to find; ignored if `initial_clusters` are the centers.
        model_dir: As for `Estimator`.
        initial_clusters: `RANDOM_INIT`, `KMEANS_PLUS_PLUS_INIT`, the centers, or a function that
            chooses them, as for `tf.contrib.factorization.KMeansClustering`.
        distance_metric: `SQUARED_EUCLIDEAN_DISTANCE` or `COSINE_DISTANCE`.
        random_seed: Integer for the random choice of the first centers.
        use_mini_batch: Whether a batch is a part of the points; otherwise it is all of them.
        mini_batch_steps_per_iteration: After how many mini batches the centers move.
        kmeans_plus_plus_num_retries: How many more points are drawn for each center of
            `KMEANS_PLUS_PLUS_INIT`, of which the best is taken.
        relative_tolerance: The training stops at a relative change of the loss that is smaller.
        config: A `RunConfig`.
    """

    SQUARED_EUCLIDEAN_DISTANCE = factorization.SQUARED_EUCLIDEAN_DISTANCE
    COSINE_DISTANCE = factorization.COSINE_DISTANCE

    RANDOM_INIT = factorization.RANDOM_INIT
    KMEANS_PLUS_PLUS_INIT = factorization.KMEANS_PLUS_PLUS_INIT

    # The key of `evaluate`.
    SCORES = "scores"
    # The keys of `predict`.
    CLUSTER_IDX = "cluster_idx"
    ALL_SCORES = "all_scores"

    # The variable of the centers, and the operation of the loss.
    CLUSTERS = "clusters"
    LOSS_OP_NAME = _LOSS

    def __init__(
        self,
        num_clusters: int,
        model_dir: Path | None = None,
        initial_clusters: Any = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        random_seed: int = 0,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: CoreRunConfig | None = None,
    ) -> None:
        params = {
            "num_clusters": num_clusters,
            "training_initial_clusters": initial_clusters,
            "distance_metric": distance_metric,
            "random_seed": random_seed,
            "use_mini_batch": use_mini_batch,
            "mini_batch_steps_per_iteration": mini_batch_steps_per_iteration,
            "kmeans_plus_plus_num_retries": kmeans_plus_plus_num_retries,
            "relative_tolerance": relative_tolerance,
        }
        super().__init__(_kmeans_clustering_model_fn, model_dir, config, params)

    def predict_cluster_idx(self, input_fn: InputFn | None = None) -> Iterator[np.integer]:
        """Finds the nearest center of each point.

        Args:
            input_fn: As for `predict`.

        Yields:
            Its index.
        """
        for result in self.predict(input_fn=input_fn, outputs=[self.CLUSTER_IDX]):
            yield result[self.CLUSTER_IDX]

    def score(self, input_fn: InputFn | None = None, steps: int | None = None) -> np.floating:
        """The sum of the distances from the points of the last batch to the nearest centers.

        Args:
            input_fn: As for `evaluate`.
            steps: As for `evaluate`.

        Returns:
            A number.
        """
        return np.sum(self.evaluate(input_fn=input_fn, steps=steps)[self.SCORES])

    def transform(self, input_fn: InputFn | None = None, as_iterable: bool = False) -> Any:
        """Measures the distances from points to all centers: squared ones, or of the cosine.

        Args:
            input_fn: As for `predict`.
            as_iterable: As for `predict`.

        Returns:
            Array [points, num_clusters]; or an iterator of dicts with `ALL_SCORES`.
        """
        results = self.predict(
            input_fn=input_fn, outputs=[self.ALL_SCORES], as_iterable=as_iterable
        )
        return results if as_iterable else results[self.ALL_SCORES]

    def clusters(self) -> np.ndarray:
        """The centers of the latest checkpoint, an array [num_clusters, dimensions]."""
        return self.get_variable_value(self.CLUSTERS)
