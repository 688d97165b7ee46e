"""The cases of the recurrent estimators of `tf.contrib.estimator`, of every argument and cell."""

import tensorflow as tf

from tests.golden.canned.asking import Case
from tests.golden.canned_rnn.sequences import FEATURES, UNMASKED, Columns

v1 = tf.compat.v1


def _case(estimator, labels, arguments, export=False, features=UNMASKED):
    def all_arguments(api):
        columns = Columns(api.feature_column)
        given = {"sequence_feature_columns": columns.mixed()}
        given.update(arguments(api, columns))
        return given

    return Case(estimator, labels, all_arguments, export, features)


def _classifier(labels, **arguments):
    return _case("RNNClassifier", labels, lambda api, columns: arguments)


def _stacked(api):
    cells = api.rnn_cell
    return cells.MultiRNNCell([cells.LSTMCell(3, use_peepholes=True), cells.GRUCell(2)])


def _two_parts():
    # TF 1.15 does not restore the slots of variables in parts, so the optimizer has to have none.
    return v1.fixed_size_partitioner(2)


CASES = {
    "classifier": _classifier("two", num_units=[3]),
    "classifier_every_column": _case(
        "RNNClassifier",
        "two",
        lambda api, columns: {
            "num_units": [3],
            "cell_type": "lstm",
            "sequence_feature_columns": columns.every(),
            "optimizer": "Ftrl",
        },
    ),
    "classifier_shared_embedding": _case(
        "RNNClassifier",
        "two",
        lambda api, columns: {
            "num_units": [3],
            "sequence_feature_columns": columns.shared_v1(),
            "optimizer": "RMSProp",
        },
    ),
    "classifier_context": _case(
        "RNNClassifier",
        "two",
        lambda api, columns: {
            "num_units": [3],
            "cell_type": "lstm",
            "context_feature_columns": columns.context(),
        },
        export=True,
    ),
    "classifier_three_classes": _classifier(
        "three_names",
        num_units=(3, 2),
        cell_type="gru",
        n_classes=3,
        label_vocabulary=["low", "middle", "high"],
        weight_column="weight",
        loss_reduction=v1.losses.Reduction.SUM,
        optimizer="Adam",
    ),
    "classifier_three_layers": _classifier(
        "names",
        num_units=[4, 3, 2],
        cell_type="basic_rnn",
        label_vocabulary=["no", "yes"],
        weight_column=tf.feature_column.numeric_column("weight"),
    ),
    "classifier_partitioned": _classifier(
        "two", num_units=[3], optimizer="SGD", input_layer_partitioner=_two_parts()
    ),
    "classifier_cell_class": _case(
        "RNNClassifier",
        "two",
        lambda api, columns: {"num_units": [3, 2], "cell_type": api.rnn_cell.LSTMCell},
    ),
    "classifier_cell_fn": _case(
        "RNNClassifier", "two", lambda api, columns: {"rnn_cell_fn": lambda mode: _stacked(api)}
    ),
    "estimator_context": _case(
        "RNNEstimator",
        "number",
        lambda api, columns: {
            "head": api.regression_head(),
            "num_units": [3],
            "context_feature_columns": columns.context(),
            "optimizer": v1.train.MomentumOptimizer(0.1, 0.9),
        },
    ),
    "estimator_partitioned": _case(
        "RNNEstimator",
        "number",
        lambda api, columns: {
            "head": api.regression_head(),
            "num_units": [3],
            "cell_type": "gru",
            "optimizer": "SGD",
            "input_layer_partitioner": _two_parts(),
        },
    ),
    "estimator_cell_fn": _case(
        "RNNEstimator",
        "number",
        lambda api, columns: {
            "head": api.regression_head(),
            "rnn_cell_fn": lambda mode: _stacked(api),
            "optimizer": lambda: v1.train.AdamOptimizer(0.1),
        },
    ),
    "estimator_two_heads": _case(
        "RNNEstimator",
        "two_heads",
        lambda api, columns: {
            "head": api.multi_head(
                [
                    api.binary_classification_head(name="first"),
                    api.regression_head(name="second"),
                ]
            ),
            "num_units": [3],
            "cell_type": "lstm",
        },
    ),
    "estimator_sequences": _case(
        "RNNEstimator",
        "steps_of_three",
        lambda api, columns: {
            "head": api.SequentialHeadWrapper(api.MultiClassHead(3, name="step")),
            "num_units": [3],
            "return_sequences": True,
        },
        export=True,
    ),
    "estimator_sequences_masked": _case(
        "RNNEstimator",
        "steps_of_two",
        lambda api, columns: {
            "head": api.SequentialHeadWrapper(
                api.BinaryClassHead(weight_column="step_weights"), "real", "step_weights"
            ),
            "num_units": [3],
            "cell_type": "gru",
            "return_sequences": True,
        },
        features=FEATURES,
    ),
}
