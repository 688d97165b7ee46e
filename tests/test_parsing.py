"""The parse specs of classifiers and regressors."""

import pytest
import tensorflow as tf

from estimator_heads import classifier_parse_example_spec
from tests.golden.runtime import parsing
from tests.golden.runtime.comparison import check


@pytest.mark.parametrize("case", parsing.CASES, ids=lambda case: case.__name__)
def test_specs_are_those_of_the_originals(case, tmp_path):
    check("parsing", case, tmp_path)


@pytest.mark.parametrize("case", parsing.MISTAKES, ids=lambda case: case.__name__)
def test_mistakes_raise_the_originals_errors(case, tmp_path):
    check("parsing", case, tmp_path)


def test_the_spec_parses_examples():
    age = tf.feature_column.numeric_column("age")
    spec = classifier_parse_example_spec([age], "bought", label_default=0, weight_column="weight")
    features = {
        "age": tf.train.Feature(float_list=tf.train.FloatList(value=[30.0])),
        "weight": tf.train.Feature(float_list=tf.train.FloatList(value=[0.5])),
    }
    example = tf.train.Example(features=tf.train.Features(feature=features))
    parsed = tf.io.parse_example([example.SerializeToString()], spec)
    assert {name: value.numpy().tolist() for name, value in parsed.items()} == {
        "age": [[30.0]],
        "weight": [[0.5]],
        "bought": [[0]],
    }
