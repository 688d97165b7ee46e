"""KMeansClustering: what it finds, how it starts and stops, and its errors."""

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import RunConfig, export
from estimator_heads.canned.kmeans import KMeansClustering
from estimator_heads.canned.kmeans import estimator as kmeans
from estimator_heads.canned.kmeans import hooks as kmeans_hooks
from estimator_heads.compat.contrib import factorization

v1 = tf.compat.v1

CORNERS = np.array([[0, 0], [10, 0], [0, 10], [10, 10]], np.float32)
# Around each corner, four points.
POINTS = np.concatenate([CORNERS + step for step in ([1, 0], [-1, 0], [0, 1], [0, -1])])
POINTS = POINTS.astype(np.float32)


def input_of(points, batch_size=None, repetitions=1):
    def input_fn():
        dataset = tf.data.Dataset.from_tensor_slices(points).repeat(repetitions)
        return dataset.batch(batch_size or len(POINTS))

    return input_fn


def as_set(rows):
    return {tuple(row) for row in np.round(np.asarray(rows, float), 3) + 0.0}


@pytest.fixture
def trained():
    """Four clusters around the corners, from one point of each."""
    model = KMeansClustering(4, initial_clusters=POINTS[:4], use_mini_batch=False)
    return model.train(input_of(POINTS, repetitions=None), steps=3)


def test_centers_are_the_means_of_their_points(trained):
    np.testing.assert_allclose(trained.cluster_centers(), CORNERS, atol=1e-5)


def test_score_is_the_sum_of_squared_distances(trained):
    assert trained.score(input_of(POINTS)) == pytest.approx(16.0, abs=1e-3)


def test_points_are_given_the_nearest_center(trained):
    assert list(trained.predict_cluster_index(input_of(POINTS))) == [0, 1, 2, 3] * 4


def test_transform_measures_distances(trained):
    expected = np.linalg.norm(POINTS[:, None] - CORNERS, axis=2)
    np.testing.assert_allclose(list(trained.transform(input_of(POINTS))), expected, atol=1e-3)


def test_transform_gives_cosine_distances_as_they_are():
    points = np.array([[1, 0], [0, 3]], np.float32)
    model = KMeansClustering(
        2, initial_clusters=points, distance_metric=KMeansClustering.COSINE_DISTANCE
    )
    model.train(input_of(points, 2))
    np.testing.assert_allclose(list(model.transform(input_of(points))), [[0, 1], [1, 0]], atol=1e-6)


def in_one_thread():
    """A RunConfig; with several threads, TensorFlow's ops update centers in any order."""
    return RunConfig(
        session_config=v1.ConfigProto(
            inter_op_parallelism_threads=1,
            intra_op_parallelism_threads=1,
            use_per_session_threads=True,
        )
    )


def test_random_centers_repeat_with_the_seed():
    first, second = (
        KMeansClustering(4, seed=8, config=in_one_thread())
        .train(input_of(POINTS, 8), steps=1)
        .cluster_centers()
        for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("initial", ["random", "kmeans_plus_plus"])
def test_no_seed_is_needed(initial):
    model = KMeansClustering(3, initial_clusters=initial, use_mini_batch=False)
    assert model.train(input_of(POINTS), steps=1).cluster_centers().shape == (3, 2)


def test_kmeans_plus_plus_takes_points_that_lie_apart():
    model = KMeansClustering(4, initial_clusters="kmeans_plus_plus", seed=1, use_mini_batch=False)
    model.train(input_of(POINTS, repetitions=None), steps=3)
    assert as_set(model.cluster_centers()) == as_set(CORNERS)


def test_centers_come_from_several_batches_if_need_be():
    def two_of_a_batch(batches, number):
        return tf.concat(batches, axis=0)[: tf.minimum(number, 2)]

    model = KMeansClustering(4, initial_clusters=two_of_a_batch, use_mini_batch=False)
    model.train(input_of(POINTS, 4, repetitions=None), steps=1)
    assert model.cluster_centers().shape == (4, 2)


def test_mini_batches_move_centers_when_their_steps_are_over():
    model = KMeansClustering(4, initial_clusters=POINTS[:4], mini_batch_steps_per_iteration=2)
    model.train(input_of(POINTS, 8, repetitions=None), steps=1)
    np.testing.assert_array_equal(model.cluster_centers(), POINTS[:4])
    model.train(input_of(POINTS, 8, repetitions=None), steps=2)
    assert as_set(model.cluster_centers()) != as_set(POINTS[:4])


def test_training_stops_when_the_loss_settles():
    model = KMeansClustering(
        4, initial_clusters=POINTS[:4], use_mini_batch=False, relative_tolerance=0.01
    )
    model.train(input_of(POINTS, repetitions=None), steps=50)
    assert model.get_variable_value("global_step") == 3


def test_features_of_a_dict_are_put_side_by_side_in_the_order_of_their_names():
    points = {"y": POINTS[:, 1:], "x": POINTS[:, :1]}
    model = KMeansClustering(4, initial_clusters=POINTS[:4], use_mini_batch=False)
    model.train(input_of(points, repetitions=None), steps=3)
    np.testing.assert_allclose(model.cluster_centers(), CORNERS, atol=1e-5)


def test_feature_columns_choose_features():
    column = tf.feature_column.numeric_column("x")
    points = {"x": POINTS[:, 0], "unused": POINTS[:, 1]}
    model = KMeansClustering(
        2, initial_clusters=POINTS[:2, :1], use_mini_batch=False, feature_columns=[column]
    )
    model.train(input_of(points, repetitions=None), steps=3)
    np.testing.assert_allclose(model.cluster_centers(), [[0], [10]], atol=1e-5)


def test_variables_are_those_of_old_checkpoints(trained):
    assert sorted(trained.get_variable_names()) == ["clusters", "global_step", "initialized"]


def test_an_export_answers_with_indices(trained, tmp_path):
    def receiver():
        points = v1.placeholder(tf.float32, [None, 2])
        return export.TensorServingInputReceiver(points, points)

    folder = trained.export_saved_model(str(tmp_path), receiver)
    model = tf.saved_model.load(folder.decode() if isinstance(folder, bytes) else folder)
    assert sorted(model.signatures) == ["all_distances", "cluster_index", "serving_default"]
    answer = model.signatures["serving_default"](tf.constant(POINTS[:4]))
    assert answer["output"].numpy().tolist() == [0, 1, 2, 3]


def test_the_clustering_of_contrib_repeats_itself():
    first, second = (
        factorization.KMeansClustering(3, config=in_one_thread())
        .train(input_of(POINTS, 8), steps=1)
        .cluster_centers()
        for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


def test_another_name_of_first_centers_is_an_error():
    with pytest.raises(ValueError, match=r"`initial_clusters`.*Received: 'farthest'"):
        KMeansClustering(2, initial_clusters="farthest")


def test_another_distance_is_an_error():
    with pytest.raises(ValueError, match=r"`distance_metric`.*Received: 'manhattan'"):
        KMeansClustering(2, distance_metric="manhattan")


def test_vectors_in_a_dict_are_an_error():
    with tf.Graph().as_default(), pytest.raises(ValueError, match=r"feature 'x'.*shape \(2,\)"):
        kmeans.parse_features_if_necessary({"x": tf.constant([1.0, 2.0])}, None)


def test_too_few_points_are_an_error():
    with pytest.raises(tf.errors.OutOfRangeError, match="ended before all cluster centers"):
        KMeansClustering(len(POINTS) + 1).train(input_of(POINTS))


def test_other_workers_wait_for_the_chief(monkeypatch):
    waits = []
    monkeypatch.setattr(kmeans_hooks.time, "sleep", waits.append)
    with tf.Graph().as_default(), v1.Session() as session:
        looks = v1.get_local_variable("looks", initializer=0)
        session.run(looks.initializer)
        is_initialized = v1.assign_add(looks, 1) > 2
        hook = kmeans_hooks.InitializeClustersHook(tf.no_op(), is_initialized, is_chief=False)
        hook.after_create_session(session, None)
    assert waits == [1, 1]
