"""Heads of TF1 and of TF2, whose `_create_tpu_estimator_spec` a TPUEstimator is given."""

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of
from tests.golden.values import jsonable

from .models import X, Y, estimator, input_fn, linear, minimize, variables

v1 = tf.compat.v1


def _answers(api, folder, head, labels_of, **options):
    def model_fn(features, labels, mode, params):
        logits = tf.tile(linear(features), [1, head.logits_dimension])
        return head._create_tpu_estimator_spec(
            features, mode, logits, labels=labels, train_op_fn=minimize, **options
        )

    def input_of(data):
        return lambda params: data(params).map(lambda features, y: (features, labels_of(y)))

    def once(params):
        return tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).batch(params["batch_size"])

    model = estimator(api, folder, model_fn).train(input_of(input_fn), steps=3)
    return [
        variables(model),
        jsonable(model.evaluate(input_of(once))),
        jsonable(next(model.predict(input_of(once)))),
    ]


def _positive(y):
    return tf.cast(y > 0, tf.int64)


def binary_class_head(api, folder):
    return _answers(api, folder, api.core.BinaryClassHead(thresholds=[0.3]), _positive)


def multi_class_head(api, folder):
    return _answers(api, folder, api.core.MultiClassHead(3, name="three"), _positive)


def regression_head(api, folder):
    return _answers(api, folder, api.core.RegressionHead(), tf.identity)


def multi_label_head(api, folder):
    def labels_of(y):
        return tf.cast(tf.concat([y > 0, y > 0.5], axis=1), tf.int64)

    return _answers(api, folder, api.core.MultiLabelHead(2), labels_of)


def v1_binary_head(api, folder):
    head = api.heads_v1._binary_logistic_head_with_sigmoid_cross_entropy_loss()
    return _answers(api, folder, head, _positive)


def v1_multi_class_head(api, folder):
    head = api.heads_v1._multi_class_head_with_softmax_cross_entropy_loss(3)
    return _answers(api, folder, head, _positive)


def v1_regression_head(api, folder):
    return _answers(api, folder, api.heads_v1._regression_head(), tf.identity)


CASES = cases_of(globals())
