"""Arrays, DataFrames and iterators as input: `fit(x, y)` and the like, and `SKCompat`."""

import os

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import plain

from .models import X, Y, cases_of, config, linear, linear_model_fn, minimize, v1, variables

_ROWS = np.arange(10)


class _FedBatches(v1.train.SessionRunHook):
    """Writes down the values of placeholders that are fed."""

    def __init__(self):
        self.batches = []

    def begin(self):
        graph = v1.get_default_graph()
        self._placeholders = {
            op.name: op.outputs[0] for op in graph.get_operations() if op.type == "Placeholder"
        }

    def before_run(self, run_context):
        return v1.train.SessionRunArgs(self._placeholders)

    def after_run(self, run_context, run_values):
        self.batches.append(plain(run_values.results))


def _counting_model_fn(features, labels):
    """A model that takes anything."""
    counter = v1.get_variable("counter", initializer=0.0)
    loss = tf.identity(counter)
    train_op = v1.assign_add(v1.train.get_global_step(), 1)
    first = list(features.values())[0] if isinstance(features, dict) else features
    return {"rows": first}, loss, train_op


def _array_model_fn(api):
    def model_fn(features, labels, mode):
        return linear_model_fn(api)({"x": features}, labels, mode)

    return model_fn


def _fed(api, folder, x, y=None, steps=3, **kwargs):
    hook = _FedBatches()
    model = api.learn.Estimator(_counting_model_fn, folder, config(api))
    model.fit(x=x, y=y, steps=steps, monitors=[hook], **kwargs)
    return hook.batches


def shuffled_batches(api, folder):
    """Rows in the random order of the original, over and over."""
    return _fed(api, folder, _ROWS.astype(np.float32), _ROWS, steps=7, batch_size=4)


def whole_arrays(api, folder):
    return _fed(api, folder, _ROWS.astype(np.int32), steps=2)


def shapes_of_features(api, folder):
    return [
        _fed(api, os.path.join(folder, str(len(shape))), np.zeros(shape, np.float32), steps=1)
        for shape in ([3], [3, 1], [3, 2], [3, 2, 2])
    ]


def shapes_of_labels(api, folder):
    return [
        _fed(
            api,
            os.path.join(folder, str(index)),
            np.zeros([3], np.float32),
            np.arange(np.prod(shape)).reshape(shape),
            steps=1,
        )
        for index, shape in enumerate([[3], [3, 1], [3, 2], [3, 1, 2]])
    ]


def dtypes(api, folder):
    return [
        _fed(
            api,
            os.path.join(folder, np.dtype(dtype).name),
            np.ones([2, 1], dtype),
            np.ones([2], dtype),
            steps=1,
        )
        for dtype in (np.float32, np.float64, np.int32, np.int64, np.uint8, np.bool_)
    ]


def dicts(api, folder):
    x = {"a": _ROWS.astype(np.float32), "b": X[:10]}
    y = {"c": _ROWS, "d": _ROWS.reshape(10, 1)}
    return _fed(api, folder, x, y, batch_size=6)


def labels_in_a_list(api, folder):
    return _fed(api, folder, X[:4], [3, 2, 1, 0], steps=1)


def data_frames(api, folder):
    import pandas as pd

    x = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, 1.5, 2.5], "c": [True, False, True]})
    labels = pd.DataFrame({"label": [3, 2, 1]})
    return [
        _fed(api, os.path.join(folder, "frames"), x, labels, steps=1),
        _fed(api, os.path.join(folder, "series"), x, pd.Series([3, 2, 1]), steps=1),
        _fed(api, os.path.join(folder, "x"), pd.Series([1.0, 2.0, 3.0]), steps=2, batch_size=2),
    ]


def predictions_of_data_frames(api, folder):
    import pandas as pd

    x = pd.DataFrame(X, columns=["a", "b"])
    model = api.learn.Estimator(_array_model_fn(api), folder, config(api))
    model.fit(x=x, y=pd.Series(Y), steps=2)
    return {
        "variables": variables(model),
        "evaluation": plain(model.evaluate(x=x, y=pd.DataFrame(Y), batch_size=7)),
        "predictions": plain(model.predict(x=x[:4], as_iterable=False)),
    }


def values_of_data_frames(api, folder):
    """The functions extract_pandas_..."""
    import pandas as pd

    frame = pd.DataFrame({"a": [1, 2], "b": [0.5, 1.5]})
    labels = pd.DataFrame({"label": [True, False]})
    return [
        plain(api.learn.extract_pandas_data(data=frame)),
        plain(api.learn.extract_pandas_data(data=[1, 2])),
        plain(api.learn.extract_pandas_labels(labels=labels)),
        plain(api.learn.extract_pandas_labels(labels=np.array([1, 2]))),
    ]


def iterators(api, folder):
    """Batches of single examples, until one of the iterators ends."""
    return [
        _fed(
            api,
            os.path.join(folder, "arrays"),
            iter(X[:5]),
            iter(Y[:5]),
            steps=None,
            batch_size=2,
        ),
        _fed(api, os.path.join(folder, "single"), iter(X[:2]), iter(np.arange(2)), steps=None),
        _fed(
            api,
            os.path.join(folder, "dicts"),
            iter([{"a": np.ones([2]), "b": np.zeros([1])}] * 3),
            iter([{"c": np.int64(1)}, {"c": np.int64(2)}, {"c": np.int64(3)}]),
            steps=None,
            batch_size=2,
        ),
        _fed(
            api,
            os.path.join(folder, "lists"),
            iter(X[:2]),
            iter([[np.float32(1)], [np.float32(2)]]),
            steps=1,
            batch_size=2,
        ),
        _fed(
            api,
            os.path.join(folder, "fewer_labels"),
            iter(X[:5]),
            iter(Y[:3]),
            steps=None,
            batch_size=2,
        ),
        _fed(api, os.path.join(folder, "no_labels"), iter(X[:3]), steps=None, batch_size=3),
    ]


def names_of_placeholders(api, folder):
    names = []

    def model_fn(features, labels):
        names.append(sorted(tensor.name for tensor in list(features.values()) + [labels]))
        return _counting_model_fn(features, labels)

    model = api.learn.Estimator(model_fn, folder, config(api))
    model.fit(x={"a": X, "b": X}, y=Y, steps=1)
    return names


def fit_evaluate_and_predict(api, folder):
    model = api.learn.Estimator(_array_model_fn(api), folder, config(api))
    model.fit(x=X, y=Y, steps=8, batch_size=5)
    model.partial_fit(x=X, y=Y, batch_size=5)
    return {
        "variables": variables(model),
        "whole": plain(model.evaluate(x=X, y=Y)),
        "batches": plain(model.evaluate(x=X, y=Y, batch_size=5)),
        "steps": plain(model.evaluate(x=X, y=Y, batch_size=5, steps=1, name="some")),
        "predictions": plain(list(model.predict(x=X))),
    }


def max_steps(api, folder):
    model = api.learn.Estimator(_array_model_fn(api), folder, config(api))
    model.fit(x=X, y=Y, max_steps=3, batch_size=5).fit(x=X, y=Y, max_steps=3)
    return plain(model.get_variable_value("global_step"))


def sk_compat(api, folder):
    """SKCompat around an Estimator."""
    model = api.learn.SKCompat(
        estimator=api.learn.Estimator(_array_model_fn(api), folder, config(api))
    )
    calls = _FedBatches()
    assert model.fit(x=X, y=Y, batch_size=8, steps=4, monitors=[calls]) is model
    model.fit(x=X, y=Y, max_steps=6)
    error = api.learn.MetricSpec(v1.metrics.mean_absolute_error, prediction_key="value")
    return {
        "batches": len(calls.batches),
        "score": plain(model.score(x=X, y=Y)),
        "more": plain(
            model.score(x=X, y=Y, batch_size=5, steps=2, metrics={"error": error}, name="more")
        ),
        "folders": sorted(name for name in os.listdir(folder) if name.startswith("eval")),
        "predictions": plain(model.predict(x=X)),
        "outputs": plain(model.predict(x=X, batch_size=5, outputs=["value"])),
        "params": model.get_params(),
    }


def sk_compat_of_a_single_tensor(api, folder):
    def model_fn(features, labels):
        values = linear(features)
        loss = tf.reduce_mean(values)
        return values, loss, minimize(loss)

    model = api.learn.SKCompat(api.learn.Estimator(model_fn, folder, config(api)))
    model.fit(X, Y, steps=1)
    return plain(model.predict(X, batch_size=5))


def predictions_of_iterators(api, folder):
    model = api.learn.Estimator(_array_model_fn(api), folder, config(api))
    model.fit(x=X, y=Y, steps=1)
    return [
        plain(list(model.predict(x=iter(X[:3])))),
        plain(list(model.predict(x=iter(X[:3]), batch_size=2, iterate_batches=True))),
        plain(model.evaluate(x=iter(X[:3]), y=iter(Y[:3]), batch_size=2)),
    ]


CASES = cases_of(globals())
