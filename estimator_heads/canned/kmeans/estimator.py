"""KMeansClustering: an Estimator that finds the centers of clusters."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import tensorflow as tf

from estimator_heads._tensorflow.clustering import clustering_graph
from estimator_heads.canned.kmeans.hooks import InitializeClustersHook, LossRelativeChangeHook
from estimator_heads.estimator import Estimator, RunConfig
from estimator_heads.export import PredictOutput
from estimator_heads.model_fn import EstimatorSpec
from estimator_heads.types import FeatureColumn, InputFn, Path, TensorLike

v1 = tf.compat.v1

_InitialClusters: TypeAlias = str | TensorLike | Callable[[Sequence[tf.Tensor], Any], TensorLike]


def parse_features_if_necessary(
    features: tf.Tensor | dict[str, tf.Tensor], feature_columns: Iterable[FeatureColumn] | None
) -> tf.Tensor:
    """The points as one Tensor.

    Args:
        features: Tensor of shape [points, dimensions], or dict of such Tensors.
        feature_columns: Dense columns of `tf.feature_column` that make the points of a dict; None
            or empty to put its Tensors side by side, in the order of their names.

    Returns:
        Tensor of shape [points, dimensions].

    Raises:
        ValueError: A Tensor of the dict is a vector, and there are no columns.
    """
    if not isinstance(features, dict):
        return features
    if feature_columns:
        return v1.feature_column.input_layer(features, feature_columns)
    names = sorted(features)
    for name in names:
        _check_is_matrix(features[name], name)
    with v1.colocate_with(features[names[0]]):
        return tf.concat([features[name] for name in names], axis=1)


def _check_is_matrix(feature, name):
    shape = tf.convert_to_tensor(feature).shape
    if shape.rank is not None and shape.rank < 2:
        raise ValueError(
            f"Invalid value for feature {name!r}. Expected a Tensor of shape [points, dimensions]. "
            f"Received: shape {shape}. Use tf.expand_dims(feature, 1) for one number a point, or "
            "pass `feature_columns`."
        )


class ModelFn:
    """What the model_fn of `KMeansClustering` is told; see there for the arguments."""

    def __init__(
        self,
        num_clusters: int,
        initial_clusters: _InitialClusters,
        distance_metric: str,
        seed: int | None,
        use_mini_batch: bool,
        mini_batch_steps_per_iteration: int,
        kmeans_plus_plus_num_retries: int,
        relative_tolerance: float | None,
        feature_columns: Iterable[FeatureColumn] | None,
        has_op_seed: bool = False,
    ) -> None:
        self._num_clusters = num_clusters
        self._seed = seed
        self._relative_tolerance = relative_tolerance
        self._feature_columns = feature_columns
        self._options: dict[str, Any] = {
            "initial_clusters": initial_clusters,
            "distance_metric": distance_metric,
            "use_mini_batch": use_mini_batch,
            "mini_batch_steps_per_iteration": mini_batch_steps_per_iteration,
            "kmeans_plus_plus_num_retries": kmeans_plus_plus_num_retries,
            "has_op_seed": has_op_seed,
        }

    def model_fn(
        self, features: tf.Tensor | dict[str, tf.Tensor], mode: str, config: RunConfig
    ) -> EstimatorSpec:
        """The model_fn, which takes no labels.

        Args:
            features: As for `parse_features_if_necessary`.
            mode: One of `ModeKeys`.
            config: A `RunConfig`.

        Returns:
            An `EstimatorSpec`.
        """
        points = parse_features_if_necessary(features, self._feature_columns)
        distances, nearest, losses, is_initialized, init_op, training_op = clustering_graph(
            points, self._num_clusters, random_seed=self._random_seed(), **self._options
        )
        loss = tf.math.reduce_sum(losses)
        v1.summary.scalar("loss/raw", loss)
        count_op = v1.assign_add(v1.train.get_global_step(), 1)
        with tf.control_dependencies([training_op, count_op]):
            train_op = tf.identity(loss)
        hooks = [InitializeClustersHook(init_op, is_initialized, config.is_chief)]
        if self._relative_tolerance is not None:
            hooks.append(LossRelativeChangeHook(loss, self._relative_tolerance))
        predictions = {
            KMeansClustering.ALL_DISTANCES: distances[0],
            KMeansClustering.CLUSTER_INDEX: nearest[0],
        }
        export_outputs = {key: PredictOutput(value) for key, value in predictions.items()}
        export_outputs[tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY] = PredictOutput(nearest[0])
        return EstimatorSpec(
            mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops={KMeansClustering.SCORE: v1.metrics.mean(loss)},
            training_hooks=hooks,
            export_outputs=export_outputs,
        )

    def _random_seed(self):
        """The seed; one by chance if there is none, since the op of k-means++ needs one."""
        graph_seed, _ = v1.get_seed(self._seed)
        initial_clusters = self._options["initial_clusters"]
        is_name = isinstance(initial_clusters, str)
        is_plus_plus = is_name and initial_clusters == KMeansClustering.KMEANS_PLUS_PLUS_INIT
        if graph_seed is None and is_plus_plus:
            return random.randrange(2**31)
        return self._seed


class KMeansClustering(Estimator):
    """K-means clustering. Reproduces `tf.compat.v1.estimator.experimental.KMeans` of TF 2.15.

    A SavedModel has what the centers predict; the centers themselves are what `cluster_centers()`
    returns.

    Args:
        num_clusters: How many clusters to find; ignored if `initial_clusters` are the centers.
        model_dir: As for `Estimator`.
        initial_clusters: What the first centers are: `RANDOM_INIT` for random points of a batch, of
            several if it is small; `KMEANS_PLUS_PLUS_INIT` for points of the first batch that lie
            apart, of which it has at least `num_clusters`; the centers, as an array or Tensor; or a
            function of a list with one Tensor of points and of a number k, which returns k centers
            or fewer, and again for other batches until there are enough.
        distance_metric: `SQUARED_EUCLIDEAN_DISTANCE` or `COSINE_DISTANCE`, which is 1 less the
            cosine of the angle.
        seed: Integer for the random choice of the first centers.
        use_mini_batch: True if a batch is a part of the points; False if it is all of them, and a
            step is one of Lloyd's algorithm.
        mini_batch_steps_per_iteration: After how many mini batches the centers move.
        kmeans_plus_plus_num_retries: How many more points are drawn for each center of
            `KMEANS_PLUS_PLUS_INIT`, of which the best is taken; < 0 for a number that grows with
            the logarithm of `num_clusters`.
        relative_tolerance: The training stops at a relative change of the loss that is smaller.
            Losses of mini batches differ anyway, so this is for `use_mini_batch=False`.
        config: A `RunConfig`.
        feature_columns: Dense columns of `tf.feature_column` that make points of a dict of
            features; None for all features side by side.

    Raises:
        ValueError: `initial_clusters` or `distance_metric` is a name that does not exist.

    >>> import tensorflow as tf
    >>> points = tf.constant([[0.0, 0.0], [0.0, 2.0], [8.0, 0.0], [8.0, 2.0]]).numpy()
    >>> kmeans = KMeansClustering(2, initial_clusters=points[::2], use_mini_batch=False)
    >>> def input_fn():
    ...     return tf.data.Dataset.from_tensors(points)
    >>> kmeans.train(input_fn).cluster_centers().round(3).tolist()
    [[0.0, 1.0], [8.0, 1.0]]
    >>> [int(index) for index in kmeans.predict_cluster_index(input_fn)]
    [0, 0, 1, 1]
    """

    SQUARED_EUCLIDEAN_DISTANCE = "squared_euclidean"
    COSINE_DISTANCE = "cosine"

    RANDOM_INIT = "random"
    KMEANS_PLUS_PLUS_INIT = "kmeans_plus_plus"

    # The key of `evaluate`: the sum of distances from points to the nearest centers.
    SCORE = "score"
    # The keys of `predict`: the nearest center of a point, and its distances to all.
    CLUSTER_INDEX = "cluster_index"
    ALL_DISTANCES = "all_distances"

    CLUSTER_CENTERS_VAR_NAME = "clusters"

    # Whether `seed` matters beside the seed of the graph, which `config` has.
    _HAS_OP_SEED = False

    def __init__(
        self,
        num_clusters: int,
        model_dir: Path | None = None,
        initial_clusters: _InitialClusters = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        seed: int | None = None,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: RunConfig | None = None,
        feature_columns: Iterable[FeatureColumn] | None = None,
    ) -> None:
        _check_arguments(initial_clusters, distance_metric)
        self._distance_metric = distance_metric
        model_fn = ModelFn(
            num_clusters,
            initial_clusters,
            distance_metric,
            seed,
            use_mini_batch,
            mini_batch_steps_per_iteration,
            kmeans_plus_plus_num_retries,
            relative_tolerance,
            feature_columns,
            self._HAS_OP_SEED,
        ).model_fn
        super().__init__(model_fn, model_dir, config)

    def _predict_one_key(self, input_fn, predict_key):
        for prediction in self.predict(input_fn, predict_keys=[predict_key]):
            yield prediction[predict_key]

    def predict_cluster_index(self, input_fn: InputFn) -> Iterator[np.integer]:
        """Finds the nearest center of each point.

        Args:
            input_fn: As for `predict`.

        Yields:
            Its index.
        """
        yield from self._predict_one_key(input_fn, self.CLUSTER_INDEX)

    def score(self, input_fn: InputFn) -> np.floating:
        """Evaluates one batch.

        Args:
            input_fn: As for `evaluate`.

        Returns:
            The sum of the distances from its points to the nearest centers: squared ones, unless
            the distance is the cosine.
        """
        return self.evaluate(input_fn, steps=1)[self.SCORE]

    def transform(self, input_fn: InputFn) -> Iterator[np.ndarray]:
        """Measures the distances from each point to all centers; these are not squared.

        Args:
            input_fn: As for `predict`.

        Yields:
            Array of shape [num_clusters].
        """
        is_squared = self._distance_metric == self.SQUARED_EUCLIDEAN_DISTANCE
        for distances in self._predict_one_key(input_fn, self.ALL_DISTANCES):
            yield np.sqrt(distances) if is_squared else distances

    def cluster_centers(self) -> np.ndarray:
        """The centers of the newest checkpoint, an array of shape [num_clusters, dimensions]."""
        return self.get_variable_value(self.CLUSTER_CENTERS_VAR_NAME)


def _check_arguments(initial_clusters, distance_metric):
    first_centers = [KMeansClustering.RANDOM_INIT, KMeansClustering.KMEANS_PLUS_PLUS_INIT]
    if isinstance(initial_clusters, str) and initial_clusters not in first_centers:
        raise ValueError(
            "Invalid value for argument `initial_clusters`. Expected one of "
            f"{first_centers}, the centers, or a function. Received: {initial_clusters!r}."
        )
    distances = [KMeansClustering.SQUARED_EUCLIDEAN_DISTANCE, KMeansClustering.COSINE_DISTANCE]
    if distance_metric not in distances:
        raise ValueError(
            "Invalid value for argument `distance_metric`. Expected one of "
            f"{distances}. Received: {distance_metric!r}."
        )
