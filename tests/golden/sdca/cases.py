"""The cases of LinearSDCA under linear estimators: every argument, column and weight."""

import collections

from tests.golden.canned import batch

# estimator: the name of a class in `api`.
# labels: a key of `batch.LABELS`.
# arguments: those of the constructor.
# sdca: those of LinearSDCA.
Case = collections.namedtuple("Case", "estimator labels arguments sdca")


def _every_column():
    return [
        batch.numeric(),
        batch.place(),
        batch.buckets(),
        batch.colour(),
        batch.number(),
        batch.weighted_tags(),
        batch.crossed(),
    ]


CASES = {
    "classifier": Case("LinearClassifier", "two", {"feature_columns": batch.wide()}, {}),
    "classifier_of_numbers": Case(
        "LinearClassifier", "two", {"feature_columns": [batch.numeric(), batch.place()]}, {}
    ),
    "classifier_every_column": Case(
        "LinearClassifier",
        "two",
        {"feature_columns": _every_column()},
        {"symmetric_l1_regularization": 0.05, "symmetric_l2_regularization": 0.5},
    ),
    "classifier_weights": Case(
        "LinearClassifier",
        "two",
        {"feature_columns": _every_column(), "weight_column": "weight"},
        {"adaptive": True},
    ),
    "regressor": Case("LinearRegressor", "number", {"feature_columns": batch.wide()}, {}),
    "regressor_every_column": Case(
        "LinearRegressor",
        "number",
        {"feature_columns": _every_column(), "weight_column": "weight"},
        {
            "num_loss_partitions": 2,
            "num_table_shards": 2,
            "symmetric_l1_regularization": 0.1,
            "symmetric_l2_regularization": 2.0,
        },
    ),
    "regressor_of_words": Case(
        "LinearRegressor",
        "counts",
        {"feature_columns": [batch.tags(), batch.colour_of_file()]},
        {"symmetric_l2_regularization": 0.1},
    ),
}
