"""`DynamicRnnEstimator` of `tf.contrib.learn`: a recurrent network over columns of sequences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import tensorflow as tf

from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.learn.estimators import rnn_common, rnn_model
from estimator_heads.compat.contrib.learn.estimators.estimator import Estimator
from estimator_heads.compat.contrib.learn.estimators.rnn_common import PredictionType, RNNKeys
from estimator_heads.compat.contrib.learn.estimators.rnn_targets import ClassTarget, NumberTarget
from estimator_heads.compat.contrib.learn.keys import ProblemType
from estimator_heads.compat.contrib.learn.model_fn import ModeKeys, ModelFnOps
from estimator_heads.estimator.config.run_config import RunConfig as CoreRunConfig
from estimator_heads.types import FeatureColumn, Optimizer, Path


class DynamicRnnEstimator(Estimator):
    """A recurrent network for sequences. Reproduces `tf.contrib.learn.DynamicRnnEstimator`.

    Features are a dict; those of sequences have the shape [batch, length, values], and the feature
    "sequence_length" [batch] tells what is padding. Predictions have the last state too, as
    "rnn_cell_state_0" and so on; as features, these are the first state.

    Args:
        problem_type: `ProblemType.CLASSIFICATION` or `ProblemType.LINEAR_REGRESSION`.
        prediction_type: `PredictionType.SINGLE_VALUE` for one label a sequence, or
            `PredictionType.MULTIPLE_VALUE` for one a step.
        sequence_feature_columns: Columns of `tf.contrib.layers` over sequences.
        context_feature_columns: Columns of what is the same for all steps, or None.
        num_classes: Number of classes, 2 or more, of a classification.
        num_units: Size of the cell, or a list of sizes, the input's side first.
        cell_type: "basic_rnn", "lstm" or "gru", or a class derived from
            `tf.compat.v1.nn.rnn_cell.RNNCell`.
        optimizer: "SGD", "Adagrad", "Adam", "Ftrl", "Momentum" or "RMSProp"; or as for
            `tf.contrib.layers.optimize_loss`.
        learning_rate: That of the optimizer, a float.
        predict_probabilities: Whether to predict the probabilities of classes too.
        momentum: That of the optimizer "Momentum".
        gradient_clipping_norm: Norm to which all gradients together are clipped, a float, or None.
        dropout_keep_probabilities: List of the probabilities of keeping a value in training: of the
            input of each cell, and of the output of the last one; None for no dropout.
        model_dir: As for `Estimator`.
        feature_engineering_fn: As for `Estimator`.
        config: A `RunConfig`.

    Raises:
        ValueError: `problem_type` or `prediction_type` is another one, `num_classes` is missing, or
            a regression is to predict probabilities.
    """

    def __init__(
        self,
        problem_type: int,
        prediction_type: int,
        sequence_feature_columns: Collection[FeatureColumn],
        context_feature_columns: Collection[FeatureColumn] | None = None,
        num_classes: int | None = None,
        num_units: int | Sequence[int] | None = None,
        cell_type: str | type = "basic_rnn",
        optimizer: Optimizer = "SGD",
        learning_rate: float = 0.1,
        predict_probabilities: bool = False,
        momentum: float | None = None,
        gradient_clipping_norm: float | None = 5.0,
        dropout_keep_probabilities: Sequence[float] | None = None,
        model_dir: Path | None = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
        config: CoreRunConfig | None = None,
    ) -> None:
        values = _named("prediction_type", prediction_type, PredictionType, _PREDICTION_NAMES)
        problem = _named("problem_type", problem_type, ProblemType, _PROBLEM_NAMES)
        if optimizer == "Momentum":
            optimizer = tf.compat.v1.train.MomentumOptimizer(learning_rate, momentum)
        model_fn = _get_dynamic_rnn_model_fn(
            cell_type=cell_type,
            num_units=num_units,
            target=_target(problem_type, num_classes, predict_probabilities),
            problem_type=problem_type,
            prediction_type=prediction_type,
            optimizer=optimizer,
            sequence_feature_columns=sequence_feature_columns,
            context_feature_columns=context_feature_columns,
            predict_probabilities=predict_probabilities,
            learning_rate=learning_rate,
            gradient_clipping_norm=gradient_clipping_norm,
            dropout_keep_probabilities=dropout_keep_probabilities,
            name=f"{values}DynamicRNN{problem}",
        )
        super().__init__(model_fn, model_dir, config, feature_engineering_fn=feature_engineering_fn)


_PREDICTION_NAMES = {
    PredictionType.SINGLE_VALUE: "SingleValue",
    PredictionType.MULTIPLE_VALUE: "MultiValue",
}
_PROBLEM_NAMES = {
    ProblemType.CLASSIFICATION: "Classifier",
    ProblemType.LINEAR_REGRESSION: "Regressor",
}


def _named(argument, value, kind, names):
    if value not in names:
        raise ValueError(
            f"Invalid value for argument `{argument}`. Expected one of {list(names)}, as "
            f"{kind.__name__} has them. Received: {value!r}."
        )
    return names[value]


def _target(problem_type, num_classes, predict_probabilities):
    if problem_type == ProblemType.CLASSIFICATION:
        if not num_classes:
            raise ValueError(
                "Missing `num_classes`. Expected the number of classes, since the problem_type is "
                f"CLASSIFICATION. Received: num_classes={num_classes!r}."
            )
        return ClassTarget(num_classes)
    if predict_probabilities:
        raise ValueError(
            "Invalid value for argument `predict_probabilities`. Expected False, since the "
            f"problem_type is LINEAR_REGRESSION. Received: {predict_probabilities!r}."
        )
    return NumberTarget()


def _get_dynamic_rnn_model_fn(
    cell_type,
    num_units,
    target,
    problem_type,
    prediction_type,
    optimizer,
    sequence_feature_columns,
    context_feature_columns,
    predict_probabilities,
    learning_rate,
    gradient_clipping_norm,
    dropout_keep_probabilities,
    name,
):
    """The model_fn of `DynamicRnnEstimator`, whose arguments these are, but for two.

    Args:
        target: A target of `rnn_targets`.
        name: Name scope of the model.
    """
    is_multiple = prediction_type == PredictionType.MULTIPLE_VALUE

    def dynamic_rnn_model_fn(features, labels, mode):
        with tf.compat.v1.name_scope(name):
            sequence_length = features.get(RNNKeys.SEQUENCE_LENGTH_KEY)
            sequence_input = rnn_model.build_sequence_input(
                features, sequence_feature_columns, context_feature_columns
            )
            dropout = dropout_keep_probabilities if mode == ModeKeys.TRAIN else None
            cell = rnn_common.construct_rnn_cell(num_units, cell_type, dropout)
            activations, final_state = rnn_model.construct_rnn(
                rnn_model.dict_to_state_tuple(features, cell),
                sequence_input,
                cell,
                target.num_label_columns,
                parallel_iterations=None,
            )
            if is_multiple:
                predictions = rnn_common.multi_value_predictions(
                    activations, target, predict_probabilities
                )
            else:
                predictions = rnn_common.single_value_predictions(
                    activations, sequence_length, target, predict_probabilities
                )
            output_alternatives = None
            if not is_multiple:
                output_alternatives = {"dynamic_rnn_output": (problem_type, dict(predictions))}
            loss = train_op = metrics = None
            if mode != ModeKeys.INFER:
                loss = _loss(activations, labels, sequence_length, target, is_multiple)
                metrics = rnn_common.get_eval_metric_ops(
                    problem_type, prediction_type, sequence_length, predictions, labels
                )
            if mode == ModeKeys.TRAIN:
                train_op = slim.optimize_loss(
                    loss=loss,
                    global_step=None,
                    learning_rate=learning_rate,
                    optimizer=optimizer,
                    clip_gradients=gradient_clipping_norm,
                    summaries=slim.optimizers.OPTIMIZER_SUMMARIES,
                )
        return ModelFnOps(
            mode=mode,
            predictions={**predictions, **rnn_model.state_tuple_to_dict(final_state)},
            loss=loss,
            train_op=train_op,
            eval_metric_ops=metrics,
            output_alternatives=output_alternatives,
        )

    return dynamic_rnn_model_fn


def _loss(activations, labels, sequence_length, target, is_multiple):
    if is_multiple:
        with tf.compat.v1.name_scope("MultiValueLoss"):
            steps, labels = rnn_common.mask_activations_and_labels(
                activations, labels, sequence_length
            )
            return target.loss(steps, labels)
    with tf.compat.v1.name_scope("SingleValueLoss"):
        last = rnn_common.select_last_activations(activations, sequence_length)
        return target.loss(last, labels)
