"""The cases of TF2's recurrent estimators: every argument, kind of cell, column and optimizer."""

import tensorflow as tf

from tests.golden.canned.asking import Case

from .sequences import FEATURES, UNMASKED, Columns

COLUMNS = Columns(tf.feature_column)


def _case(estimator, labels, arguments, export=False, features=UNMASKED):
    def seeded(api):
        # Layers of Keras draw their initial values by it.
        api.keras.utils.set_random_seed(7)
        return dict({"sequence_feature_columns": COLUMNS.mixed()}, **arguments(api))

    return Case(estimator, labels, seeded, export, features)


def _classifier(labels, export=False, features=UNMASKED, **arguments):
    return _case("RNNClassifier", labels, lambda api: arguments, export, features)


CASES = {
    "classifier": _classifier("two", units=[3]),
    "classifier_every_column": _case(
        "RNNClassifier",
        "two",
        lambda api: {
            "units": [3],
            "cell_type": "lstm",
            "sequence_feature_columns": COLUMNS.every(),
            "optimizer": "Ftrl",
        },
    ),
    "classifier_shared_embedding": _case(
        "RNNClassifier",
        "two",
        lambda api: {
            "units": [3],
            "sequence_feature_columns": COLUMNS.shared(),
            "optimizer": "RMSProp",
        },
    ),
    "classifier_context": _case(
        "RNNClassifier",
        "two",
        lambda api: {
            "units": [3],
            "cell_type": "lstm",
            "context_feature_columns": COLUMNS.context(),
        },
        export=True,
    ),
    "classifier_three_classes": _classifier(
        "three_names",
        units=(3, 2),
        cell_type="gru",
        n_classes=3,
        label_vocabulary=["low", "middle", "high"],
        weight_column="weight",
        loss_reduction="sum",
        optimizer="Adam",
    ),
    "classifier_three_layers": _classifier(
        "names",
        units=[4, 3, 2],
        cell_type="simple_rnn",
        label_vocabulary=["no", "yes"],
        weight_column=tf.feature_column.numeric_column("weight"),
        optimizer="SGD",
    ),
    "classifier_one_lstm": _classifier("two", units=3, cell_type="lstm"),
    "classifier_one_gru": _classifier("two", units=3, cell_type="gru"),
    "classifier_cell_class": _case(
        "RNNClassifier",
        "two",
        lambda api: {"units": [3, 2], "cell_type": api.keras.layers.GRUCell},
    ),
    "classifier_cell_fn": _case(
        "RNNClassifier",
        "two",
        lambda api: {
            "rnn_cell_fn": lambda: api.keras.layers.StackedRNNCells(
                [api.keras.layers.LSTMCell(3), api.keras.layers.SimpleRNNCell(2)]
            )
        },
    ),
    "classifier_sequences": _classifier(
        "steps_of_two", export=True, units=[3], cell_type="lstm", return_sequences=True
    ),
    "classifier_sequences_weighted": _case(
        "RNNClassifier",
        "steps_of_three",
        lambda api: {
            "units": [3, 2],
            "cell_type": "gru",
            "return_sequences": True,
            "n_classes": 3,
            "context_feature_columns": COLUMNS.context(),
            "weight_column": "step_weights",
            "sequence_mask": "mask",
        },
    ),
    "classifier_sequences_masked": _classifier(
        "steps_of_two",
        features=FEATURES,
        units=3,
        cell_type="simple_rnn",
        return_sequences=True,
        sequence_mask="real",
    ),
    "estimator": _case(
        "RNNEstimator",
        "number",
        lambda api: {
            "head": api.RegressionHead(),
            "units": [3],
            "context_feature_columns": COLUMNS.context(),
            "optimizer": api.optimizers.Adam(0.1, clipnorm=1.0),
        },
    ),
    "estimator_cell_fn": _case(
        "RNNEstimator",
        "number",
        lambda api: {
            "head": api.RegressionHead(),
            "rnn_cell_fn": lambda: [
                api.keras.layers.GRUCell(3, name="first"),
                api.keras.layers.GRUCell(2, name="second"),
            ],
            "optimizer": lambda: api.optimizers.SGD(0.1, momentum=0.9),
        },
    ),
    "estimator_two_heads": _case(
        "RNNEstimator",
        "two_heads",
        lambda api: {
            "head": api.MultiHead(
                [api.BinaryClassHead(name="first"), api.RegressionHead(name="second")]
            ),
            "units": [3],
            "cell_type": "lstm",
        },
    ),
    "estimator_sequences": _case(
        "RNNEstimator",
        "steps_of_three",
        lambda api: {
            "head": api.SequentialHeadWrapper(api.MultiClassHead(3, name="step")),
            "units": [3],
            "return_sequences": True,
        },
    ),
}
