"""The cases of `DynamicRnnEstimator`: every type, cell and argument."""

import numpy as np

from . import columns
from .asking import Case

SINGLE, MULTIPLE = 1, 2
PADDED = dict(columns.SEQUENCES, sequence_length=columns.LENGTHS)
WITH_STATE = dict(PADDED, rnn_cell_state_0=np.full([4, 3], 0.5, np.float32))


def _arguments(api, kind, prediction_type, **others):
    arguments = {
        "problem_type": getattr(api.learn.ProblemType, kind),
        "prediction_type": prediction_type,
        "sequence_feature_columns": columns.speed(api),
        "num_units": 3,
    }
    return dict(arguments, **others)


def halved(features, labels):
    """A feature_engineering_fn."""
    return dict(features, speed=features["speed"] * 0.5), labels


def _case(labels, kind, prediction_type, features=PADDED, make_others=None, **others):
    def arguments(api):
        more = make_others(api) if make_others else {}
        return _arguments(api, kind, prediction_type, **dict(others, **more))

    return Case("DynamicRnnEstimator", arguments, labels, features)


CASES = {
    "rnn_classes_of_sequences": _case(
        "class_of_sequence",
        "CLASSIFICATION",
        SINGLE,
        num_classes=2,
        predict_probabilities=True,
    ),
    "rnn_three_classes_of_sequences": _case(
        "class_of_sequence_of_three",
        "CLASSIFICATION",
        SINGLE,
        columns.SEQUENCES,
        make_others=lambda api: {"context_feature_columns": [columns.place(api)]},
        num_classes=3,
        num_units=[3, 2],
        cell_type="lstm",
        optimizer="Adam",
        learning_rate=0.05,
        gradient_clipping_norm=None,
        dropout_keep_probabilities=[1.0, 1.0, 1.0],
        feature_engineering_fn=halved,
    ),
    "rnn_numbers_of_sequences": _case(
        "number_of_sequence",
        "LINEAR_REGRESSION",
        SINGLE,
        WITH_STATE,
        cell_type="gru",
        optimizer="Momentum",
        momentum=0.5,
    ),
    "rnn_classes_of_steps": _case(
        "classes_of_steps",
        "CLASSIFICATION",
        MULTIPLE,
        num_classes=2,
        predict_probabilities=True,
        gradient_clipping_norm=0.5,
    ),
    "rnn_three_classes_of_steps": _case(
        "many_classes_of_steps",
        "CLASSIFICATION",
        MULTIPLE,
        columns.SEQUENCES,
        num_classes=3,
        predict_probabilities=True,
        num_units=(2,),
    ),
    "rnn_numbers_of_steps": _case("numbers_of_steps", "LINEAR_REGRESSION", MULTIPLE),
}
