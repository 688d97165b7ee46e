"""Prediction: `predict`."""

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain

from .models import (
    X,
    cases_of,
    estimator,
    fitted,
    input_fn,
    iterator_input_fn,
    linear,
    linear_model_fn,
    minimize,
    queue_input_fn,
    squared,
)


def examples(api, folder):
    return plain(list(fitted(api, folder).predict(input_fn=queue_input_fn)))


def outputs(api, folder):
    model = fitted(api, folder)
    return [
        plain(list(model.predict(input_fn=queue_input_fn, outputs=["value"]))[:2]),
        plain(list(model.predict(input_fn=queue_input_fn, outputs=["value", "absent"]))[:2]),
        plain(list(model.predict(input_fn=queue_input_fn, outputs=[]))[:2]),
    ]


def batches(api, folder):
    model = fitted(api, folder)
    return plain(list(model.predict(input_fn=queue_input_fn, iterate_batches=True)))


def not_as_iterable(api, folder):
    """The first batch of an input_fn, all of an array."""
    model = fitted(api, folder)
    array_model = estimator(api, folder, _array_model_fn(api))
    return [
        plain(model.predict(input_fn=queue_input_fn, as_iterable=False)),
        plain(model.predict(input_fn=queue_input_fn, as_iterable=False, outputs=["double"])),
        plain(array_model.predict(x=X, as_iterable=False)),
        plain(array_model.predict(x=X, as_iterable=False, batch_size=5)),
    ]


def _array_model_fn(api):
    def model_fn(features, labels, mode):
        return linear_model_fn(api)({"x": features}, labels, mode)

    return model_fn


def outputs_of_an_array_at_once(api, folder):
    """The original minds no outputs here."""
    fitted(api, folder)
    model = estimator(api, folder, _array_model_fn(api))
    return plain(model.predict(x=X[:3], as_iterable=False, outputs=["double"]))


def arrays(api, folder):
    fitted(api, folder)
    model = estimator(api, folder, _array_model_fn(api))
    return [
        plain(list(model.predict(x=X))),
        plain(list(model.predict(x=X, batch_size=5, iterate_batches=True))),
        plain(list(model.predict(x=X, batch_size=5, outputs=["double"]))),
    ]


def arrays_in_a_dict(api, folder):
    return plain(list(fitted(api, folder).predict(x={"x": X[:3]})))


def constant_input(api, folder):
    """Without queues there is one batch."""
    return plain(list(fitted(api, folder).predict(input_fn=input_fn)))


def iterator(api, folder):
    """An iterator is taken for constant input."""
    return plain(list(fitted(api, folder).predict(input_fn=iterator_input_fn)))


def only_features(api, folder):
    model = fitted(api, folder)
    return plain(list(model.predict(input_fn=lambda: {"x": tf.constant(X[:2])})))


def lists_and_more(api, folder):
    """Of a longer list or tuple, the first is the features."""
    model = fitted(api, folder)
    features = {"x": X[:2]}
    return [
        plain(list(model.predict(input_fn=lambda: [features, None, None]))),
        plain(list(model.predict(input_fn=lambda: (features,)))),
    ]


def single_tensor(api, folder):
    def model_fn(features, labels, mode):
        values = linear(features)
        loss = None if labels is None else squared(labels, values)
        return values, loss, None if loss is None else minimize(loss)

    model = fitted(api, folder, model_fn)
    return [
        plain(list(model.predict(input_fn=queue_input_fn))),
        plain(list(model.predict(input_fn=queue_input_fn, iterate_batches=True))),
        plain(model.predict(input_fn=queue_input_fn, as_iterable=False)),
    ]


def sparse_batches(api, folder):
    def model_fn(features, labels, mode):
        values = linear(features)
        sparse = tf.SparseTensor([[0, 0], [1, 1]], values[:2], [2, 2])
        loss = train_op = None
        if mode != api.learn.ModeKeys.INFER:
            loss = squared(labels, values)
            train_op = minimize(loss)
        return api.learn.ModelFnOps(
            mode, predictions={"z": values, "sparse": sparse}, loss=loss, train_op=train_op
        )

    model = fitted(api, folder, model_fn)
    (batch,) = model.predict(input_fn=input_fn, iterate_batches=True)
    return {
        "type": type(batch["sparse"]).__name__,
        "parts": plain([np.asarray(part) for part in batch["sparse"]]),
        "z": plain(batch["z"]),
    }


def labels_in_mode_infer(api, folder):
    """Placeholders like those of the training, if it was of this Estimator."""
    seen = []

    def model_fn(features, labels, mode):
        if mode == api.learn.ModeKeys.INFER:
            seen.append(labels if labels is None else [labels.op.type, labels.shape.as_list()])
        return linear_model_fn(api)(features, labels, mode)

    model = fitted(api, folder, model_fn)
    list(model.predict(input_fn=input_fn))
    list(estimator(api, folder, model_fn).predict(input_fn=input_fn))
    return seen


def while_another_runs(api, folder):
    """Two iterators in turn, and a default graph of the caller."""
    model = fitted(api, folder)
    with tf.Graph().as_default() as graph:
        first = model.predict(input_fn=queue_input_fn, outputs=["value"])
        second = model.predict(input_fn=queue_input_fn, outputs=["double"])
        found = [next(iterator) for iterator in (first, second, first, second)]
        is_left = tf.compat.v1.get_default_graph() is graph
    first.close()
    second.close()
    return [plain(found), is_left]


CASES = cases_of(globals())
