"""The inputs of tf.contrib.learn: what no recording can show."""

import sys

import numpy as np
import pytest

from tests.compat.learn_inputs_api import API


def test_iris_without_scikit_learn_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        API.datasets.load_iris()


def test_boston_without_a_file_says_which_one_to_give():
    with pytest.raises(FileNotFoundError, match="data_path"):
        API.datasets.load_dataset("boston")


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
