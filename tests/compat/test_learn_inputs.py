"""The inputs of tf.contrib.learn: what no recording can show."""

import sys

import numpy as np
import pytest
import tensorflow as tf

from estimator_heads import Estimator, EstimatorSpec
from tests.compat.learn_estimator_api import LEARN
from tests.compat.learn_inputs_api import API
from tests.golden.learn_inputs.programs import FEATURES, record_files


def test_iris_without_scikit_learn_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        API.datasets.load_iris()


def test_boston_without_a_file_says_which_one_to_give():
    with pytest.raises(FileNotFoundError, match="data_path"):
        API.datasets.load_dataset("boston")


def test_a_folder_may_have_a_dot_in_its_name(tmp_path):
    """Of which the original makes "folder_small.of/train_small.csv"."""
    folder = tmp_path / "folder.of"
    folder.mkdir()
    (folder / "train.csv").write_text("1\n2\n3\n")
    API.base.shrink_csv(str(folder / "train.csv"), 2)
    assert (folder / "train_small.csv").read_text().split() == ["1", "3"]


def test_a_download_that_cannot_be_made_says_where_to_put_the_file(tmp_path):
    with pytest.raises(OSError, match="cannot be downloaded") as error:
        API.mnist.read_data_sets(str(tmp_path), source_url="file:///there/is/none/")
    assert str(tmp_path / "train-images-idx3-ubyte.gz") in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_names_of_a_generator_are_told():
    with pytest.raises(KeyError, match="They have the keys"):
        API.io.generator_input_fn(_rows, target_key="label")


def _rows():
    for value in range(8):
        yield {"x": np.float32([value]), "y": np.float32(value)}


v1 = tf.compat.v1


def _sum_of_x(features):
    """A variable to which every batch adds its `x`."""
    total = v1.get_variable("total", initializer=0.0)
    step = v1.assign_add(v1.train.get_global_step(), 1)
    return tf.group(v1.assign_add(total, tf.reduce_sum(features["x"][:, 0])), step)


def test_an_estimator_of_contrib_learn_reads_features_of_files(tmp_path):
    """Ten passes over examples whose x are 0, 1, ..., 4."""
    pattern = record_files(str(tmp_path))

    def input_fn():
        features = API.io.read_batch_features(
            pattern, 2, FEATURES, v1.TFRecordReader, randomize_input=True, num_epochs=10
        )
        return features, None

    def model_fn(features, labels):
        return {}, tf.constant(0.0), _sum_of_x(features)

    model = LEARN.Estimator(model_fn, str(tmp_path / "model"))
    model.fit(input_fn=input_fn)
    assert model.get_variable_value("total") == 10 * sum(range(5))


def test_an_estimator_goes_on_in_a_queue_of_files_that_is_shared(tmp_path):
    """How far processes are in the list of files is in the checkpoint."""
    pattern = record_files(str(tmp_path), sizes=(1, 1, 1, 1))

    def input_fn():
        _, features = API.io.read_keyed_batch_features_shared_queue(
            pattern, 1, FEATURES, v1.TFRecordReader, randomize_input=False, num_epochs=1
        )
        return features, tf.zeros([1])

    def model_fn(features, labels, mode):
        return EstimatorSpec(mode, loss=tf.constant(0.0), train_op=_sum_of_x(features))

    model = Estimator(model_fn, tmp_path / "model")
    model.train(input_fn)
    assert model.get_variable_value("total") == sum(range(4))
    assert model.get_variable_value("obtain_next/obtain_next_counter") == 3
