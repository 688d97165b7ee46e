"""A TensorFlow 1 program whose estimator is a DNNClassifier with a model_fn of its own.

python -m estimator_heads run examples/legacy/subclass_of_dnn_classifier.py

So do libraries that add to a canned estimator what it has no argument for: here a penalty on large
weights, and a metric.
"""

import tempfile

import numpy as np
import tensorflow as tf
from tensorflow_estimator.python.estimator import estimator as estimator_lib
from tensorflow_estimator.python.estimator.canned import dnn, optimizers
from tensorflow_estimator.python.estimator.canned import head as head_lib
from tensorflow_estimator.python.estimator.canned import prediction_keys

tf.logging.set_verbosity(tf.logging.ERROR)

XS = np.linspace(-1.0, 1.0, 32).astype(np.float32).reshape([-1, 1])
LABELS = np.where(XS * XS > 0.3, "far", "near").astype(object)


class PenalizedDNNClassifier(dnn.DNNClassifier):
    """A DNNClassifier that keeps the weights of its layers small."""

    def __init__(self, hidden_units, feature_columns, l2=0.01, model_dir=None, config=None):
        vocabulary = ["near", "far"]
        head = head_lib._binary_logistic_head_with_sigmoid_cross_entropy_loss(
            label_vocabulary=vocabulary, loss_reduction=tf.losses.Reduction.SUM_OVER_BATCH_SIZE
        )

        def _model_fn(features, labels, mode, config):
            with tf.variable_scope("dnn", values=tuple(features.values())):
                logit_fn = dnn.dnn_logit_fn_builder(
                    units=head.logits_dimension,
                    hidden_units=hidden_units,
                    feature_columns=feature_columns,
                    activation_fn=tf.nn.tanh,
                    dropout=None,
                    input_layer_partitioner=None,
                    batch_norm=False,
                )
                logits = logit_fn(features=features, mode=mode)
            kernels = [v for v in tf.trainable_variables() if "kernel" in v.name]
            spec = head.create_estimator_spec(
                features=features,
                mode=mode,
                labels=labels,
                logits=logits,
                optimizer=optimizers.get_optimizer_instance("Adam", learning_rate=0.05),
                regularization_losses=[l2 * tf.nn.l2_loss(kernel) for kernel in kernels],
            )
            if mode != tf.estimator.ModeKeys.EVAL:
                return spec
            sizes = [tf.norm(kernel) for kernel in kernels]
            return spec._replace(
                eval_metric_ops=dict(
                    spec.eval_metric_ops, largest_norm=tf.metrics.mean(tf.reduce_max(sizes))
                )
            )

        estimator_lib.Estimator.__init__(self, _model_fn, model_dir=model_dir, config=config)


def input_fn():
    return tf.data.Dataset.from_tensors(({"x": XS}, LABELS)).repeat(60)


def main(_):
    classifier = PenalizedDNNClassifier(
        hidden_units=[4],
        feature_columns=[tf.feature_column.numeric_column("x")],
        model_dir=tempfile.mkdtemp(),
        config=tf.estimator.RunConfig(tf_random_seed=3),
    )
    classifier.train(input_fn)
    print(isinstance(classifier, tf.estimator.DNNClassifier))
    print(classifier.get_variable_names())
    metrics = classifier.evaluate(input_fn, steps=1)
    print(sorted(metrics))
    for name in ("accuracy", "accuracy_baseline", "global_step", "label/mean"):
        print("%s: %.2f" % (name, metrics[name]))
    classes = prediction_keys.PredictionKeys.CLASSES
    predictions = classifier.predict(input_fn, predict_keys=[classes])
    print([next(predictions)[classes][0].decode() for _ in range(32)])


if __name__ == "__main__":
    tf.app.run()
