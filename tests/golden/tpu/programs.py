"""Small programs around a TPUEstimator that is not to use TPUs."""

import os

import tensorflow as tf

from tests.golden.estimator.results import checkpoint_state, events, files, plain
from tests.golden.learn_estimator.models import cases_of

from .models import X, Y, config, estimator, input_fn, linear, linear_model_fn, once, variables

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
