"""A TensorFlow 1 program with the private heads of canned estimators, and one of its own.

python -m estimator_heads run examples/legacy/canned_head.py
"""

import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.python.estimator.canned import metric_keys, prediction_keys
from tensorflow_estimator.python.estimator import model_fn as model_fn_lib
from tensorflow_estimator.python.estimator.canned import head as head_lib
from tensorflow_estimator.python.estimator.export import export_output

tf.logging.set_verbosity(tf.logging.ERROR)

XS = np.linspace(-1.0, 1.0, 16).astype(np.float32).reshape([-1, 1])
YS = 2.0 * XS * XS - 0.5
IS_POSITIVE = (YS > 0.0).astype(np.int64)
WEIGHTS = np.abs(XS) + 0.5


class _HuberHead(head_lib._Head):
    """Regression that is robust to outliers."""

    def __init__(self, delta, weight_column=None, name=None):
        self._delta = delta
        self._weight_column = weight_column
        self._name = name

    @property
    def name(self):
        return self._name

    @property
    def logits_dimension(self):
        return 1

    def create_loss(self, features, mode, logits, labels):
        labels = head_lib._check_dense_labels_match_logits_and_reshape(
            labels=labels, logits=logits, expected_labels_dimension=1
        )
        weights = head_lib._get_weights_and_check_match_logits(
            features=features, weight_column=self._weight_column, logits=logits
        )
        error = tf.losses.huber_loss(
            labels, logits, delta=self._delta, reduction=tf.losses.Reduction.NONE
        )
        loss = tf.losses.compute_weighted_loss(error, weights, reduction=tf.losses.Reduction.SUM)
        return head_lib.LossSpec(loss, error, weights, labels)

    def create_estimator_spec(
        self,
        features,
        mode,
        logits,
        labels=None,
        optimizer=None,
        train_op_fn=None,
        regularization_losses=None,
    ):
        logits = head_lib._check_logits_final_dim(logits, self.logits_dimension)
        predictions = {prediction_keys.PredictionKeys.PREDICTIONS: logits}
        if mode == tf.estimator.ModeKeys.PREDICT:
            output = export_output.RegressionOutput(logits)
            return model_fn_lib.EstimatorSpec(
                mode, predictions, export_outputs={head_lib._DEFAULT_SERVING_KEY: output}
            )
        spec = self.create_loss(features, mode, logits, labels)
        key = head_lib._summary_key(self._name, metric_keys.MetricKeys.LOSS_MEAN)
        if mode == tf.estimator.ModeKeys.EVAL:
            metrics = {key: tf.metrics.mean(spec.unreduced_loss, weights=spec.weights)}
            return model_fn_lib.EstimatorSpec(
                mode, predictions, spec.training_loss, eval_metric_ops=metrics
            )
        train_op = optimizer.minimize(spec.training_loss, tf.train.get_global_step())
        train_op = head_lib._append_update_ops(train_op)
        return model_fn_lib.EstimatorSpec(mode, predictions, spec.training_loss, train_op)


def logits_of(features, units):
    inputs = tf.concat([features["x"], tf.square(features["x"])], axis=1)
    return tf.layers.dense(inputs, units, kernel_initializer=tf.constant_initializer(0.1))


def estimator_of(head, learning_rate):
    def model_fn(features, labels, mode):
        return head.create_estimator_spec(
            features=features,
            mode=mode,
            logits=logits_of(features, head.logits_dimension),
            labels=labels,
            optimizer=tf.train.GradientDescentOptimizer(learning_rate),
        )

    return tf.estimator.Estimator(model_fn, tempfile.mkdtemp())


def input_fn_of(labels):
    def input_fn():
        return {"x": tf.constant(XS), "weight": tf.constant(WEIGHTS)}, tf.constant(labels)

    return input_fn


def report(title, head, labels, key, learning_rate):
    """Trains for 40 steps on the whole batch and prints the results."""
    estimator = estimator_of(head, learning_rate)
    input_fn = input_fn_of(labels)
    estimator.train(input_fn, steps=40)
    print(title)
    for name, value in sorted(estimator.evaluate(input_fn, steps=1).items()):
        print(f"  {name}: {value:.4f}")
    predictions = estimator.predict(input_fn)
    print(" ", key, " ".join(f"{next(predictions)[key][-1]:.4f}" for _ in range(4)))


regression = head_lib._regression_head(weight_column="weight", name="square")
report("Regression, summed:", regression, YS, prediction_keys.PredictionKeys.PREDICTIONS, 0.01)

binary = head_lib._binary_logistic_or_multi_class_head(
    n_classes=2, weight_column=None, label_vocabulary=None, loss_reduction=tf.losses.Reduction.SUM
)
report("Two classes:", binary, IS_POSITIVE, prediction_keys.PredictionKeys.PROBABILITIES, 0.05)

multi_class = head_lib._multi_class_head_with_softmax_cross_entropy_loss(
    3, label_vocabulary=["low", "middle", "high"], loss_reduction=tf.losses.Reduction.MEAN
)
words = np.array(["low", "middle", "high"])[np.digitize(YS, [-0.3, 0.5])]
report("Three classes:", multi_class, words, prediction_keys.PredictionKeys.PROBABILITIES, 0.5)

huber = _HuberHead(0.2, weight_column="weight", name="huber")
report("Huber's loss:", huber, YS, prediction_keys.PredictionKeys.PREDICTIONS, 0.05)
