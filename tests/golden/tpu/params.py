"""What the input_fn and the model_fn find in `params`, and their other arguments."""

import os

import tensorflow as tf

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

from .models import X, Y, config, estimator, input_fn, linear, linear_model_fn, minimize, variables

v1 = tf.compat.v1


def _recorded_params(api, folder, make_params=lambda: None, **kwargs):
    """What the input_fn and the model_fn find in `params`, in every mode."""
    seen = []

    def read(params):
        names = ("batch_size", "use_tpu", "context", "rate")
        return {name: params[name] for name in names if name in params}

    def recording_input_fn(params, mode):
        seen.append(["input_fn", mode, read(params)])
        return tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).batch(4)

    def model_fn(features, labels, mode, params):
        seen.append(["model_fn", mode, read(params)])
        return linear_model_fn(api)(features, labels, mode, params)

    def receiver_fn():
        x = v1.placeholder(tf.float32, [None, 2])
        return api.core.export.ServingInputReceiver({"x": x}, {"x": x})

    model = estimator(api, folder, model_fn, params=make_params(), **kwargs)
    model.train(recording_input_fn, steps=1)
    model.evaluate(recording_input_fn, steps=1)
    next(model.predict(recording_input_fn))
    model.export_saved_model(os.path.join(folder, "export"), receiver_fn)
    return seen, model


def params(api, folder):
    seen, model = _recorded_params(api, folder, lambda: {"rate": 0.5, "use_tpu": "mine"})
    return [plain(seen), model.params]


def params_without_batch_sizes(api, folder):
    nothing = dict.fromkeys(["train_batch_size", "eval_batch_size", "predict_batch_size"])
    seen, _ = _recorded_params(api, folder, **nothing)
    return plain(seen)


class _HParams:
    """The part of tf.contrib.training.HParams that is asked for."""

    def __init__(self, **values):
        self._values = values

    def __contains__(self, name):
        return name in self._values

    def __getitem__(self, name):
        return self._values[name]

    def set_hparam(self, name, value):
        assert name in self._values
        self._values[name] = value

    def add_hparam(self, name, value):
        assert name not in self._values
        self._values[name] = value


def params_as_hparams(api, folder):
    seen, _ = _recorded_params(api, folder, lambda: _HParams(rate=0.5, use_tpu=True))
    return plain(seen)


def arguments_of_input_fn(api, folder):
    """Every argument that an input_fn can take."""
    seen = []

    def input_fn_of_all(mode, params, config, input_context=None):
        seen.append([mode, params["batch_size"], type(config).__name__, input_context is None])
        seen[-1].append([config.tf_random_seed, config.log_step_count_steps])
        return input_fn(params)

    def tensors(params):
        return {"x": tf.constant(X[:4])}, tf.constant(Y[:4])

    def iterator(params):
        return v1.data.make_one_shot_iterator(input_fn(params)).get_next()

    found = {}
    for function in (input_fn_of_all, tensors, iterator):
        model = estimator(api, os.path.join(folder, function.__name__))
        model.train(function, steps=2)
        found[function.__name__] = variables(model)["linear/weights"]
        found[function.__name__ + " evaluated"] = plain(model.evaluate(function, steps=1))
    return {"seen": seen, "found": found}


def arguments_of_model_fn(api, folder):
    """A model_fn without mode and labels; the config that it gets."""
    seen = []

    def model_fn(features, params, config):
        seen.append([type(config).__name__, config.tpu_config.iterations_per_loop])
        seen[-1].extend([config.log_step_count_steps, config.model_dir == folder])
        config._tf_random_seed = params["batch_size"] = params["mine"] = 7  # of copies
        values = linear(features)
        loss = tf.reduce_mean(values)
        return api.tpu.TPUEstimatorSpec("train", {"value": values}, loss, train_op=minimize(loss))

    def features_only(params):
        return tf.data.Dataset.from_tensors({"x": X[: params["batch_size"]]}).repeat()

    tpu_config = api.tpu.TPUConfig(iterations_per_loop=3)
    model = estimator(api, folder, model_fn, config=config(api, tpu_config))
    model.train(features_only, steps=2)
    return [seen, model.params, model.config.tf_random_seed, variables(model)]


CASES = cases_of(globals())
