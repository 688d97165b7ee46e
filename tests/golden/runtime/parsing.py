"""The parse specs of classifiers and regressors."""

import tensorflow as tf


def columns():
    column = tf.feature_column
    return [
        column.numeric_column("age", shape=(2,)),
        column.bucketized_column(column.numeric_column("height"), [150, 180]),
        column.embedding_column(column.categorical_column_with_hash_bucket("word", 10), 3),
    ]


def described(spec):
    """A parse spec as JSON can hold it."""
    return {str(name): _described(feature) for name, feature in spec.items()}


def _described(feature):
    fields = feature._asdict()
    dtype = fields.pop("dtype").name
    text = {name: None if value is None else str(value) for name, value in fields.items()}
    if "shape" in fields:
        text["shape"] = list(fields["shape"])
    return {"type": type(feature).__name__, "dtype": dtype, **text}


def classifiers(api, folder):
    make = api.classifier_parse_example_spec
    weight = tf.feature_column.numeric_column("weight", dtype=tf.float64)
    return [
        described(spec)
        for spec in (
            make(columns(), "label"),
            make(columns(), "label", tf.string, "none"),
            make(columns(), "label", label_default=0, weight_column="weight"),
            make(columns(), "label", weight_column=weight),
            make([], "label"),
            make(iter(columns()), "label"),
        )
    ]


def regressors(api, folder):
    make = api.regressor_parse_example_spec
    return [
        described(spec)
        for spec in (
            make(columns(), "label"),
            make(columns(), "label", tf.float64, [0.0, 1.0], 2, "weight"),
            make(columns(), "label", label_dimension=3),
        )
    ]


CASES = [classifiers, regressors]


def label_among_the_features(api, folder):
    api.classifier_parse_example_spec(columns(), "age")


def weight_among_the_features(api, folder):
    api.regressor_parse_example_spec(columns(), "label", weight_column="age")


def weight_of_other_type(api, folder):
    column = tf.feature_column.categorical_column_with_identity("weight", 3)
    api.classifier_parse_example_spec(columns(), "label", weight_column=column)


def label_as_weight(api, folder):
    api.classifier_parse_example_spec(columns(), "label", weight_column="label")


def column_of_other_type(api, folder):
    api.classifier_parse_example_spec(["age"], "label")


MISTAKES = [
    label_among_the_features,
    weight_among_the_features,
    weight_of_other_type,
    label_as_weight,
    column_of_other_type,
]
