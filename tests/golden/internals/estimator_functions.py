"""Functions of the module `estimator`, and of `exporter`, `extenders` and `util`."""

import collections
import os

import numpy as np
import tensorflow as tf

from tests.golden.errors import outcome
from tests.golden.estimator.results import events, plain
from tests.golden.learn_estimator.models import cases_of

from .models import config_of, described, input_fn, model_fn_of, v1


def _trained(api, folder, steps=1):
    return api.EstimatorV2(model_fn_of(api), folder, config_of(api)).train(input_fn, steps=steps)


def _values(folder):
    """[step, tag, value] of each value in the event files of a folder."""
    found = []
    for name in sorted(os.listdir(folder)):
        for event in v1.train.summary_iterator(os.path.join(folder, name)):
            for value in event.summary.value:
                kind = value.WhichOneof("value")
                number = value.simple_value if kind == "simple_value" else None
                found.append([event.step, value.tag, kind, number])
    return found


def dict_to_str(api, folder):
    dict_to_str = api.of("estimator._dict_to_str")
    return dict_to_str({"b": 2, "a": np.float32(0.1), "image": b"bytes", "c": [1.5, 2]})


def write_dict_to_summary(api, folder):
    image = v1.Summary()
    image.value.add(tag="first", simple_value=3.0)
    image.value.add(tag="second", simple_value=4.0)
    results = collections.OrderedDict(
        [
            ("float", 0.5),
            ("float32", np.float32(1.5)),
            ("int", 2),
            ("int64", np.int64(3)),
            ("array", np.array([1.0, 2.0])),
            ("summary", image.SerializeToString()),
            ("no summary", b"\xff\xff"),
            ("none", None),
            ("text", "skipped"),
            ("global_step", 9),
        ]
    )
    with tf.Graph().as_default():
        api.of("estimator._write_dict_to_summary")(
            output_dir=folder, dictionary=results, current_global_step=7
        )
    return _values(folder)


def write_checkpoint_path_to_summary(api, folder):
    write = api.of("estimator._write_checkpoint_path_to_summary")
    with tf.Graph().as_default():
        write(folder, "/models/model.ckpt-3", 3)
        v1.summary.FileWriterCache.get(folder).flush()
    with tf.Graph().as_default():
        return [_values(folder), events(folder)]


def load_global_step_from_checkpoint_dir(api, folder):
    load = api.of("estimator._load_global_step_from_checkpoint_dir")
    before = load(folder)
    _trained(api, folder, 2)
    return [int(before), int(load(folder)), int(load(os.path.join(folder, "absent")))]


def check_checkpoint_available(api, folder):
    check = api.of("estimator._check_checkpoint_available")
    before = outcome(check, folder)
    _trained(api, folder)
    return [before, outcome(check, folder)]


def check_hooks_and_listeners(api, folder):
    hook, listener = v1.train.StopAtStepHook(1), v1.train.CheckpointSaverListener()
    check_hooks = api.of("estimator._check_hooks_type")
    check_listeners = api.of("estimator._check_listeners_type")
    return [
        check_hooks(None),
        check_hooks((hook,)) == [hook],
        outcome(check_hooks, [listener]),
        check_listeners(None),
        check_listeners((listener,)) == [listener],
        outcome(check_listeners, [hook]),
    ]


def maybe_overwrite_model_dir_and_session_config(api, folder):
    complete = api.of("estimator.maybe_overwrite_model_dir_and_session_config")
    config = api.RunConfig(tf_random_seed=3)
    given = complete(config, folder)
    defaults = complete(None, folder)
    return [
        given.model_dir == folder,
        config.model_dir,
        given.tf_random_seed,
        type(given.session_config).__name__,
        os.path.isdir(complete(None, None).model_dir),
        defaults.save_checkpoints_secs,
        complete(api.RunConfig(model_dir=folder), folder).model_dir == folder,
        outcome(complete, api.RunConfig(model_dir=folder), os.path.join(folder, "other")),
        outcome(complete, {}, folder),
    ]


def get_default_warm_start_settings(api, folder):
    settings_from = api.of("estimator._get_default_warm_start_settings")
    settings = api.of("estimator.WarmStartSettings")("there", ".*bias")
    os.makedirs(os.path.join(folder, "variables"))
    open(os.path.join(folder, "variables", "variables.index"), "w").close()
    return [
        settings_from(None),
        list(settings_from("some/folder")),
        settings_from(settings) is settings,
        os.path.relpath(settings_from(folder)[0], folder),
        outcome(settings_from, 3),
    ]


def verify_model_fn_args(api, folder):
    found = []
    for path in ("estimator._verify_model_fn_args", "model_fn.verify_model_fn_args"):
        verify = api.of(path)
        found.append(
            [
                outcome(verify, lambda features, labels, mode: None, None),
                outcome(verify, lambda features, params: None, {}),
                outcome(verify, lambda features: None, {}),
                outcome(verify, lambda labels: None, None),
                outcome(verify, lambda features, other: None, None),
            ]
        )
        module = path.split(".")[0]
        found.append(sorted(api.of(module + "._VALID_MODEL_FN_ARGS")))
    return found


def extract_metric_update_ops(api, folder):
    with tf.Graph().as_default(), v1.Session() as session:
        metrics = {name: v1.metrics.mean(value) for name, value in (("b", 4.0), ("a", 2.0))}
        metrics = api.of("estimator._verify_and_create_loss_metric")(metrics, tf.constant(8.0))
        update, values = api.of("estimator._extract_metric_update_ops")(metrics)
        session.run(v1.local_variables_initializer())
        session.run(update)
        found = plain(session.run(values))
        return [found, list(api.of("estimator._extract_metric_update_ops")({}))]


def loss_metric_that_is_taken(api, folder):
    with tf.Graph().as_default():
        verify = api.of("estimator._verify_and_create_loss_metric")
        return outcome(verify, {"loss": v1.metrics.mean(1.0)}, tf.constant(1.0))


def has_dataset_or_queue_runner(api, folder):
    found = []
    has = api.of("estimator._has_dataset_or_queue_runner")
    with tf.Graph().as_default():
        iterator = v1.data.make_one_shot_iterator(tf.data.Dataset.range(2))
        found.append([bool(has({"x": iterator.get_next()})), bool(has(tf.constant(1)))])
        queue = tf.queue.FIFOQueue(1, tf.int64)
        v1.train.add_queue_runner(v1.train.QueueRunner(queue, [tf.no_op()]))
        found.append(bool(has(tf.constant(1))))
    return found


def assert_members_are_not_overridden(api, folder):
    base = api.EstimatorV2
    check = api.of("estimator._assert_members_are_not_overridden")

    def answer(**members):
        members["_assert_members_are_not_overridden"] = lambda self: None
        estimator = type("Changed", (base,), members)(model_fn_of(api), folder, config_of(api))
        del type(estimator)._assert_members_are_not_overridden
        return outcome(check, base, estimator)

    return [
        answer(),
        answer(more=1, latest_checkpoint=None, _export_all_saved_models=None),
        answer(_create_and_assert_global_step=None),
        answer(train=None),
        answer(_train_model_default=None),
        answer(_train_model=base._train_model),
    ]


def gauges(api, folder):
    for name in ("_estimator_api_gauge", "_canned_estimator_api_gauge"):
        if tf.__version__.startswith("1.") and name.startswith("_canned"):
            continue
        value = "Classifier" if name.startswith("_canned") else True
        api.of("estimator." + name).get_cell("train").set(value)


def replica_device_setter(api, folder):
    return api.of("estimator._get_replica_device_setter")(api.RunConfig())


def ready_for_local_init_op(api, folder):
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable("weights", [])
        make = api.of("estimator.create_per_replica_ready_for_local_init_op")
        return session.run(make(v1.train.Scaffold()))[0].decode()


def scaffold_of_replicas(api, folder):
    strategy = tf.distribute.OneDeviceStrategy("/cpu:0")
    with tf.Graph().as_default(), strategy.scope():
        saver = v1.train.Saver([v1.get_variable("weights", [])])
        scaffold = v1.train.Scaffold(
            init_op=tf.no_op(), local_init_op=tf.no_op(), saver=saver, init_fn=lambda *args: None
        )
        combined = api.of("estimator._combine_distributed_scaffold")(scaffold, strategy)
        return [
            type(combined).__name__,
            combined.saver is saver,
            described(combined.init_fn),
            described(combined.init_op),
            combined.summary_op,
        ]


def metric_fn(api, folder):
    call, verify = api.of("extenders._call_metric_fn"), api.of("extenders._verify_metric_fn_args")
    return [
        call(lambda labels, config: [labels, config], 1, 2, 3, 4),
        call(lambda predictions, features: [predictions, features], 1, 2, 3, 4),
        outcome(verify, lambda features, labels, predictions, config: None),
        outcome(verify, lambda features, mode: None),
        sorted(api.of("extenders._VALID_METRIC_FN_ARGS")),
    ]


def compare_fn(api, folder):
    verify = api.of("exporter._verify_compare_fn_args")
    return [
        outcome(verify, lambda best_eval_result, current_eval_result: True),
        outcome(verify, lambda best_eval_result: True),
        outcome(verify, lambda best_eval_result, current_eval_result, more: True),
    ]


def hooks_that_start_an_input(api, folder):
    found = []
    with tf.Graph().as_default(), v1.Session() as session:
        features, labels, hooks = api.of("util.parse_input_fn_result")(
            tf.data.Dataset.from_tensors((1.0, 2.0))
        )
        iterators = [
            v1.data.make_initializable_iterator(tf.data.Dataset.range(4, 9)) for _ in range(2)
        ]
        hooks.append(api.of("util._DatasetInitializerHook")(iterators[0]))
        several = api.of("util.MultiHostDatasetInitializerHook")
        hooks.append(several([iterators[1].initializer]))
        for hook in hooks:
            hook.begin()
            hook.after_create_session(session, None)
        found.append(session.run([features, labels, *[it.get_next() for it in iterators]]))
    return [
        [float(value) for value in found[0]],
        api.of("util.parse_iterator_result")([1, 2]),
        api.of("util.parse_iterator_result")({"x": 1}),
        outcome(api.of("util.parse_iterator_result"), (1, 2, 3)),
        api.of("util.MAX_DIRECTORY_CREATION_ATTEMPTS"),
        list(api.of("util.fn_args")(lambda a, b, c=1: None)),
    ]


CASES = cases_of(globals())
