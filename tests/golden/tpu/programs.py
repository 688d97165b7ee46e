"""Small programs around a TPUEstimator that is not to use TPUs."""

import os

import numpy as np
import tensorflow as tf

from tests.golden.estimator.results import checkpoint_state, events, files, plain
from tests.golden.learn_estimator.models import LogLines, cases_of

from .models import (
    X,
    Y,
    config,
    estimator,
    input_fn,
    linear,
    linear_model_fn,
    metric_fn,
    minimize,
    once,
    variables,
)

v1 = tf.compat.v1


def life_of_a_model(api, folder):
    """Train, evaluate, predict, train again."""
    model = estimator(api, folder)
    model.train(input_fn, steps=5)
    evaluations = [plain(model.evaluate(once))]
    predictions = plain(list(model.predict(once)))
    model.train(input_fn, max_steps=8)
    evaluations.append(plain(model.evaluate(input_fn, steps=2, name="again")))
    model.train(input_fn, max_steps=8)
    return {
        "evaluations": evaluations,
        "predictions": predictions,
        "variables": variables(model),
        "files": files(folder),
        "state": checkpoint_state(folder),
        "events": events(folder),
        "evaluation_events": events(os.path.join(folder, "eval"), steps=True),
    }


def seeded_model(api, folder):
    """Only the graph has a seed, and values depend on the order in it."""

    def noisy_input_fn(params):
        data = tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).shuffle(12).repeat()
        return data.batch(params["batch_size"])

    model = estimator(api, folder, linear_model_fn(api, v1.random_normal_initializer()))
    model.train(noisy_input_fn, steps=3)
    return variables(model)


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


def metrics_of_a_dict(api, folder):
    def as_dict(labels, values, mode):
        return metric_fn, {"values": values, "labels": labels}

    model = estimator(api, folder, linear_model_fn(api, eval_metrics=as_dict))
    model.train(input_fn, steps=2)
    return plain(model.evaluate(once))


def metrics_of_varargs(api, folder):
    def any_number(*tensors):
        return {"mean": v1.metrics.mean(tf.add_n(tensors))}

    def as_tuple(labels, values, mode):
        return any_number, (labels, values, values)

    model = estimator(api, folder, linear_model_fn(api, eval_metrics=as_tuple))
    return plain(model.evaluate(once))


def estimator_spec(api, folder):
    """A model_fn that returns an EstimatorSpec gives the same results."""

    def model_fn(features, labels, mode, params):
        spec = linear_model_fn(api)(features, labels, mode, params)
        return spec.as_estimator_spec()

    model = estimator(api, folder, model_fn).train(input_fn, steps=3)
    return [variables(model), plain(model.evaluate(once)), plain(next(model.predict(once)))]


def spec_with_chief_hooks_and_scaffold(api, folder):
    """What TPUs would not allow in an EstimatorSpec."""
    calls = []

    class Recorder(v1.train.SessionRunHook):
        def begin(self):
            calls.append("begin")

    def model_fn(features, labels, mode, params):
        spec = linear_model_fn(api)(features, labels, mode, params).as_estimator_spec()
        scaffold = v1.train.Scaffold(init_fn=lambda scaffold, session: calls.append("init_fn"))
        return spec._replace(training_chief_hooks=[Recorder()], scaffold=scaffold)

    estimator(api, folder, model_fn).train(input_fn, steps=1)
    return calls


def scaffold_fn(api, folder):
    """It is called once per graph, and its result used."""
    calls = []

    def make(labels, values, mode):
        def scaffold_fn():
            calls.append([mode, [variable.op.name for variable in v1.trainable_variables()]])
            return v1.train.Scaffold(
                init_fn=lambda scaffold, session: calls.append([mode, "init_fn"])
            )

        return scaffold_fn

    model = estimator(api, folder, linear_model_fn(api, scaffold_fn=make))
    model.train(input_fn, steps=1)
    model.evaluate(once)
    next(model.predict(once))
    return calls


def scaffold_fn_that_restores(api, folder):
    """As BERT's: the first values come from another checkpoint."""
    old = os.path.join(folder, "old")
    estimator(api, old).train(input_fn, steps=3)

    def make(labels, values, mode):
        def scaffold_fn():
            v1.train.init_from_checkpoint(old, {"linear/": "linear/"})
            return v1.train.Scaffold()

        return scaffold_fn

    model = estimator(api, os.path.join(folder, "new"), linear_model_fn(api, scaffold_fn=make))
    return plain(list(model.predict(once))[:2])


def host_call(api, folder):
    """It runs beside every step of training, evaluation and prediction."""
    calls = []

    def make(labels, values, mode):
        def record(count):
            calls.append([mode, int(count)])
            return np.int64(0)

        def host_fn(count):
            return [v1.py_func(record, [count], tf.int64)]

        return host_fn, [tf.shape(values)[0]]

    model = estimator(api, folder, linear_model_fn(api, host_call=make))
    model.train(input_fn, steps=3)
    model.evaluate(once)
    list(model.predict(once))
    return calls


def host_call_that_writes_summaries(api, folder):
    """Its writer is initialized, and flushed at the end."""

    def make(labels, values, mode):
        def host_fn(step, mean):
            writer = tf.compat.v2.summary.create_file_writer(
                os.path.join(folder, mode), max_queue=1000
            )
            with writer.as_default(), tf.compat.v2.summary.record_if(True):
                tf.compat.v2.summary.write("mean", mean[0], step=step[0])
                return v1.summary.all_v2_summary_ops()

        step = tf.reshape(v1.train.get_global_step(), [1])
        return host_fn, {"step": step, "mean": tf.reshape(tf.reduce_mean(values), [1])}

    model = estimator(api, folder, linear_model_fn(api, host_call=make))
    model.train(input_fn, steps=3)
    model.evaluate(once)
    with tf.Graph().as_default():
        return {mode: events(os.path.join(folder, mode)) for mode in ("train", "eval")}


class _Recorder(v1.train.SessionRunHook):
    """Writes down when it is called."""

    def __init__(self, name, calls):
        self.name, self.calls = name, calls

    def begin(self):
        self.calls.append(self.name + ".begin")

    def before_run(self, run_context):
        self.calls.append(self.name + ".before_run")

    def end(self, session):
        self.calls.append(self.name + ".end")


def hooks_of_the_spec(api, folder):
    calls = []

    def hook(name):
        return lambda labels, values, mode: [_Recorder(name, calls)]

    fields = {name: hook(name) for name in ("training_hooks", "evaluation_hooks")}
    model_fn = linear_model_fn(api, prediction_hooks=hook("prediction_hooks"), **fields)
    model = estimator(api, folder, model_fn)
    user = [_Recorder("user", calls)]
    model.train(input_fn, user, steps=2)
    model.evaluate(once, hooks=user)
    list(model.predict(once, hooks=user))
    return calls


def hooks_that_are_added(api, folder):
    """The hooks that training runs beside those of the user and of the spec."""
    found = []
    for settings in ({}, {"log_step_count_steps": None}, {"save_summary_steps": None}):
        model = estimator(api, folder, config=config(api, **settings))
        with tf.Graph().as_default():
            v1.train.create_global_step()
            features = {"x": tf.constant(X[:4])}
            spec = model._call_model_fn(features, tf.constant(Y[:4]), "train", model.config)
        found.append([type(hook).__name__ for hook in spec.training_hooks])
    return found


def logged_speed(api, folder):
    """Steps and examples a second, every so many steps of a loop; no loss."""
    tpu_config = api.tpu.TPUConfig(iterations_per_loop=4)
    settings = config(api, tpu_config, log_step_count_steps=10, save_summary_steps=3)
    with LogLines() as log:
        estimator(api, folder, config=settings).train(input_fn, steps=10)
    return {
        "lines": [
            len(log.starting_with(text)) for text in ("global_step/sec", "examples/sec", "loss = ")
        ],
        "events": events(folder, steps=True),
    }


def logged_speed_without_summaries(api, folder):
    settings = config(api, log_step_count_steps=4, save_summary_steps=0)
    with LogLines() as log:
        estimator(api, folder, config=settings).train(input_fn, steps=5)
    return [len(log.starting_with("examples/sec")), events(folder)]


def logged_speed_every_so_many_seconds(api, folder):
    tpu_config = api.tpu.TPUConfig(iterations_per_loop="1h")
    with LogLines() as log:
        estimator(api, folder, config=config(api, tpu_config, log_step_count_steps=1)).train(
            input_fn, steps=3
        )
    return [len(log.starting_with("examples/sec")), len(log.starting_with("global_step/sec"))]


def nothing_is_logged(api, folder):
    with LogLines() as log:
        estimator(api, folder, config=config(api, log_step_count_steps=None)).train(
            input_fn, steps=5
        )
    return [len(log.starting_with("examples/sec")), events(folder)]


def checkpoints_and_summaries(api, folder):
    """`iterations_per_loop` has no influence on them."""
    tpu_config = api.tpu.TPUConfig(iterations_per_loop=4)
    settings = config(api, tpu_config, save_checkpoints_steps=3, save_summary_steps=2)
    model = estimator(api, folder, config=settings).train(input_fn, steps=7)
    return [checkpoint_state(folder), model.get_variable_names()]


def properties_of_the_estimator(api, folder):
    settings = config(api, api.tpu.TPUConfig(5, num_shards=8), log_step_count_steps=7)
    model = estimator(api, None, config=settings.replace(model_dir=folder), params={"a": 1})
    return {
        "config": type(model.config).__name__,
        "tpu_config": list(model.config.tpu_config[:4]),
        "log_step_count_steps": [model.config.log_step_count_steps, settings.log_step_count_steps],
        "params": model.params,
        "model_dir": model.model_dir == folder,
        "is_estimator": isinstance(model, api.core.Estimator),
        "eval_dir": os.path.basename(model.eval_dir("name")),
    }


def global_step_variable(api, folder):
    found = []

    def model_fn(features, labels, mode, params):
        step = v1.train.get_global_step()
        found.extend([step.op.name, step.op.type, step.dtype.base_dtype.name, list(step.shape)])
        found.append([step in v1.global_variables(), step in v1.trainable_variables()])
        return linear_model_fn(api)(features, labels, mode, params)

    estimator(api, folder, model_fn).train(input_fn, steps=1)
    return found


def until_the_input_ends(api, folder):
    """Neither `steps` nor `max_steps` is needed."""
    model = estimator(api, folder).train(once)
    return [plain(model.evaluate(once, steps=1)), plain(model.evaluate(once))]


def predictions(api, folder):
    model = estimator(api, folder).train(input_fn, steps=1)
    return {
        "batches": plain(list(model.predict(once, yield_single_examples=False))),
        "keys": plain(list(model.predict(once, predict_keys=["value"]))),
    }


def predicted_tensor(api, folder):
    def model_fn(features, labels, mode, params):
        return api.tpu.TPUEstimatorSpec(mode, predictions=linear(features))

    return plain(list(estimator(api, folder, model_fn).predict(once)))


def warm_started(api, folder):
    old = os.path.join(folder, "old")
    estimator(api, old).train(input_fn, steps=3)
    model = estimator(api, os.path.join(folder, "new"), warm_start_from=old)
    return variables(model.train(input_fn, steps=1))


def train_and_evaluate(api, folder):
    def receiver_fn():
        x = v1.placeholder(tf.float32, [None, 2])
        return api.core.export.ServingInputReceiver({"x": x}, {"x": x})

    model = estimator(api, folder, config=config(api, save_checkpoints_steps=3))
    exporter = api.core.FinalExporter("final", receiver_fn)
    result = api.core.train_and_evaluate(
        model,
        api.core.TrainSpec(input_fn, max_steps=5),
        api.core.EvalSpec(once, steps=None, exporters=exporter, throttle_secs=0),
    )
    exported = len(os.listdir(os.path.join(folder, "export", "final")))
    return [plain(result[0]) if result else None, exported, events(folder)]


def in_memory_evaluator(api, folder):
    model = estimator(api, folder, config=config(api, save_checkpoints_steps=2))
    hook = api.core.experimental.InMemoryEvaluatorHook(model, once, every_n_iter=2)
    model.train(input_fn, [hook], steps=5)
    return events(os.path.join(folder, "eval"), steps=True)


def subclass_with_model_fn_of_its_own(api, folder):
    """Overrides of the inside take effect."""
    calls = []

    class Own(api.tpu.TPUEstimator):
        @staticmethod
        def _assert_members_are_not_overridden(self):
            """TF 1.15 and 2.15 would not allow it."""

        def _call_model_fn(self, features, labels, mode, config):
            calls.append(["_call_model_fn", mode])
            return super()._call_model_fn(features, labels, mode, config)

        def _call_input_fn(self, input_fn, mode, input_context=None):
            calls.append(["_call_input_fn", mode])
            return super()._call_input_fn(input_fn, mode)

        def _create_global_step(self, graph):
            calls.append(["_create_global_step"])
            return super()._create_global_step(graph)

        def _augment_model_fn(self, model_fn, batch_axis):
            calls.append(["_augment_model_fn", batch_axis])
            return super()._augment_model_fn(model_fn, batch_axis)

        def train(self, *args, **kwargs):
            calls.append(["train"])
            return super().train(*args, **kwargs)

    model = Own(
        linear_model_fn(api),
        folder,
        config(api),
        use_tpu=False,
        train_batch_size=4,
        eval_batch_size=4,
        predict_batch_size=4,
        batch_axis=[0, 0],
    )
    model.train(input_fn, steps=1)
    model.evaluate(once)
    next(model.predict(once))
    return calls


def evaluation_on_the_cpu_beside_tpus(api, folder):
    """Without `eval_on_tpu`, only training and prediction need TPUs."""
    estimator(api, folder).train(input_fn, steps=2)
    model = estimator(api, folder, use_tpu=True, eval_on_tpu=False)
    return plain(model.evaluate(once))


def values_of_shards(api, folder):
    """`num_shards` and the ways of input mean nothing without TPUs."""
    found = []
    for number, way in enumerate([False, True, api.tpu.InputPipelineConfig.PER_HOST_V2]):
        tpu_config = api.tpu.TPUConfig(num_shards=3, per_host_input_for_training=way)
        model = estimator(api, os.path.join(folder, str(number)), config=config(api, tpu_config))
        found.append(variables(model.train(input_fn, steps=1))["linear/weights"])
    return found


CASES = cases_of(globals())
