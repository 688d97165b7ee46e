"""Subclasses of Estimator that override its steps: which are called, and to what effect."""

import os

import tensorflow as tf

from tests.golden.estimator.results import events, files, plain
from tests.golden.learn_estimator.models import cases_of

from .models import config_of, described, input_fn, model_fn_of, receiver_fn_of, v1

STEPS = (
    "_actual_eval",
    "_actual_train_model_distributed",
    "_add_meta_graph_for_mode",
    "_call_input_fn",
    "_call_model_fn",
    "_call_model_fn_eval",
    "_call_model_fn_eval_distributed",
    "_convert_eval_steps_to_hooks",
    "_convert_train_steps_to_hooks",
    "_create_and_assert_global_step",
    "_create_global_step",
    "_evaluate_build_graph",
    "_evaluate_run",
    "_export_all_saved_models",
    "_extract_batch_length",
    "_extract_keys",
    "_get_features_and_labels_from_input_fn",
    "_get_features_from_input_fn",
    "_get_iterator_from_input_fn",
    "_maybe_warm_start",
    "_train_model",
    "_train_model_default",
    "_train_model_distributed",
    "_train_with_estimator_spec",
    "_validate_features_in_predict_input",
    "eval_dir",
    "latest_checkpoint",
)


def _subclass(api, **members):
    """A subclass of Estimator that may override what it likes."""
    members["_assert_members_are_not_overridden"] = lambda self: None
    return type("Changed", (api.EstimatorV2,), members)


def _recording(api, calls):
    """A subclass that writes down which of its steps are called, and with what."""

    def recorded(name):
        def step(self, *args, **kwargs):
            named = {key: described(value) for key, value in kwargs.items()}
            calls.append([name, [described(value) for value in args], named])
            return getattr(api.EstimatorV2, name)(self, *args, **kwargs)

        return step

    return _subclass(api, **{name: recorded(name) for name in STEPS})


def _made(cls, api, folder, **settings):
    return cls(model_fn_of(api), folder, config_of(api, **settings))


def constructor(api, folder):
    calls = []

    class Counted(api.EstimatorV2):
        def _assert_members_are_not_overridden(self):
            calls.append(sorted(vars(self)))

    _made(Counted, api, folder)
    return calls


def _calls_of(api, folder, use, **settings):
    calls = []
    estimator = _made(_recording(api, calls), api, folder, **settings)
    use(estimator)
    return calls


def train_with_steps(api, folder):
    return _calls_of(api, folder, lambda model: model.train(input_fn, steps=1))


def train_until_max_steps(api, folder):
    return _calls_of(api, folder, lambda model: model.train(input_fn, max_steps=2))


def train_until_the_input_ends(api, folder):
    return _calls_of(api, folder, lambda model: model.train(input_fn))


def train_past_max_steps(api, folder):
    _made(api.EstimatorV2, api, folder).train(input_fn, steps=2)
    return _calls_of(api, folder, lambda model: model.train(input_fn, max_steps=1))


def train_with_warm_start(api, folder):
    _made(api.EstimatorV2, api, os.path.join(folder, "first")).train(input_fn, steps=1)
    calls = []
    model = _recording(api, calls)(
        model_fn_of(api),
        os.path.join(folder, "second"),
        config_of(api),
        warm_start_from=os.path.join(folder, "first"),
    )
    model.train(input_fn, steps=1)
    return calls


def evaluate(api, folder):
    _made(api.EstimatorV2, api, folder).train(input_fn, steps=1)
    return _calls_of(api, folder, lambda model: model.evaluate(input_fn, steps=1, name="test"))


def evaluate_untrained(api, folder):
    return _calls_of(api, folder, lambda model: model.evaluate(input_fn))


def predict(api, folder):
    _made(api.EstimatorV2, api, folder).train(input_fn, steps=1)
    return _calls_of(api, folder, lambda model: list(model.predict(input_fn, ["value"])))


def predict_whole_batches(api, folder):
    return _calls_of(
        api,
        folder,
        lambda model: list(model.predict(input_fn, yield_single_examples=False)),
    )


def export(api, folder):
    _made(api.EstimatorV2, api, folder).train(input_fn, steps=1)
    return _calls_of(
        api,
        folder,
        lambda model: model.export_saved_model(os.path.join(folder, "out"), receiver_fn_of(api)),
    )


def export_of_all_modes(api, folder):
    _made(api.EstimatorV2, api, folder).train(input_fn, steps=1)

    def supervised_fn():
        x = v1.placeholder(tf.float32, [None, 2])
        y = v1.placeholder(tf.float32, [None, 1])
        return api.SupervisedInputReceiver({"x": x}, y, {"x": x, "y": y})

    receivers = {
        api.ModeKeys.PREDICT: receiver_fn_of(api),
        api.ModeKeys.TRAIN: supervised_fn,
        api.ModeKeys.EVAL: supervised_fn,
    }
    return _calls_of(
        api,
        folder,
        lambda model: model.experimental_export_all_saved_models(
            os.path.join(folder, "out"), receivers
        ),
    )


def with_a_strategy(api, folder):
    def use(model):
        model.train(input_fn, steps=1)
        model.evaluate(input_fn, steps=1)

    return _calls_of(
        api,
        folder,
        use,
        train_distribute=tf.distribute.MirroredStrategy(["/cpu:0"]),
        eval_distribute=tf.distribute.MirroredStrategy(["/cpu:0"]),
    )


def in_memory_evaluation(api, folder):
    def use(model):
        model.train(
            input_fn,
            hooks=[api.InMemoryEvaluatorHook(model, input_fn, steps=1, every_n_iter=3)],
            steps=2,
        )

    return _calls_of(api, folder, use)


def _trained(api, folder, steps=1, **members):
    """An estimator of a subclass after training, and its variables."""
    estimator = _made(_subclass(api, **members), api, folder).train(input_fn, steps=steps)
    return estimator, estimator.get_variable_value("weights").tolist()


def other_input(api, folder):
    def _call_input_fn(self, input_fn, mode, input_context=None):
        batches = api.EstimatorV2._call_input_fn(self, input_fn, mode, input_context)
        return batches.map(lambda features, labels: (features, 2 * labels))

    estimator, weights = _trained(api, folder, _call_input_fn=_call_input_fn)
    return [weights, plain(estimator.evaluate(input_fn))]


def other_features(api, folder):
    def _get_features_and_labels_from_input_fn(self, input_fn, mode):
        features, labels, hooks = api.EstimatorV2._get_features_and_labels_from_input_fn(
            self, input_fn, mode
        )
        return {"x": -features["x"]}, labels, hooks

    estimator, weights = _trained(
        api,
        folder,
        _get_features_and_labels_from_input_fn=_get_features_and_labels_from_input_fn,
    )
    # Predictions get their features in another way.
    return [weights, plain(estimator.evaluate(input_fn)), plain(list(estimator.predict(input_fn)))]


def other_features_to_predict_from(api, folder):
    def _get_features_from_input_fn(self, input_fn, mode):
        features, hooks = api.EstimatorV2._get_features_from_input_fn(self, input_fn, mode)
        return {"x": -features["x"]}, hooks

    estimator, _ = _trained(api, folder, _get_features_from_input_fn=_get_features_from_input_fn)
    return plain(list(estimator.predict(input_fn)))


def other_spec_to_train_with(api, folder):
    def _train_with_estimator_spec(self, estimator_spec, worker_hooks, *others):
        spec = estimator_spec._replace(loss=estimator_spec.loss * 10)
        return api.EstimatorV2._train_with_estimator_spec(self, spec, worker_hooks, *others)

    _trained(api, folder, _train_with_estimator_spec=_train_with_estimator_spec)
    return events(folder, steps=False)


def other_end_of_training(api, folder):
    def _convert_train_steps_to_hooks(self, steps, max_steps):
        return [v1.train.StopAtStepHook(num_steps=1)]

    members = {"_convert_train_steps_to_hooks": _convert_train_steps_to_hooks}
    estimator, weights = _trained(api, folder, steps=2, **members)
    return [weights, int(estimator.get_variable_value("global_step"))]


def other_end_of_evaluation(api, folder):
    def _convert_eval_steps_to_hooks(self, steps):
        return api.EstimatorV2._convert_eval_steps_to_hooks(self, 1)

    members = {"_convert_eval_steps_to_hooks": _convert_eval_steps_to_hooks}
    return plain(_trained(api, folder, **members)[0].evaluate(input_fn, steps=None))


def more_metrics(api, folder):
    def _call_model_fn_eval(self, input_fn, config):
        parts = api.EstimatorV2._call_model_fn_eval(self, input_fn, config)
        parts[4]["seven"] = tf.constant(7.0)
        return parts

    members = {"_call_model_fn_eval": _call_model_fn_eval}
    return plain(_trained(api, folder, **members)[0].evaluate(input_fn))


def metric_named_global_step(api, folder):
    def _call_model_fn_eval(self, input_fn, config):
        parts = api.EstimatorV2._call_model_fn_eval(self, input_fn, config)
        parts[4]["global_step"] = tf.constant(7.0)
        return parts

    estimator, _ = _trained(api, folder, _call_model_fn_eval=_call_model_fn_eval)
    try:
        estimator.evaluate(input_fn)
    except ValueError:
        return "ValueError"


def other_graph_of_an_evaluation(api, folder):
    def _evaluate_build_graph(self, input_fn, hooks=None, checkpoint_path=None):
        scaffold, update_op, values, hooks = api.EstimatorV2._evaluate_build_graph(
            self, input_fn, hooks, checkpoint_path
        )
        return scaffold, update_op, {key: values[key] for key in ("loss", "global_step")}, hooks

    members = {"_evaluate_build_graph": _evaluate_build_graph}
    return plain(_trained(api, folder, **members)[0].evaluate(input_fn))


def results_of_an_evaluation(api, folder):
    def _evaluate_run(self, checkpoint_path, scaffold, update_op, eval_dict, all_hooks, output_dir):
        results = api.EstimatorV2._evaluate_run(
            self, checkpoint_path, scaffold, update_op, eval_dict, all_hooks, output_dir
        )
        return {"mine": results["mean"], "folder": os.path.basename(output_dir)}

    members = {"_evaluate_run": _evaluate_run}
    return plain(_trained(api, folder, **members)[0].evaluate(input_fn, name="test"))


def other_folder_of_an_evaluation(api, folder):
    def eval_dir(self, name=None):
        return os.path.join(self.model_dir, "mine")

    _trained(api, folder, eval_dir=eval_dir)[0].evaluate(input_fn)
    return sorted(set(path.split(os.sep)[0] for path in files(folder) if os.sep in path))


def other_predictions(api, folder):
    def _extract_keys(self, predictions, predict_keys):
        return {"doubled": 2 * predictions["value"]}

    def _extract_batch_length(self, preds_evaluated):
        return 1

    estimator, _ = _trained(
        api, folder, _extract_keys=_extract_keys, _extract_batch_length=_extract_batch_length
    )
    return plain(list(estimator.predict(input_fn)))


def other_latest_checkpoint(api, folder):
    """Only exports ask this method, and not training, evaluation or prediction."""
    estimator, _ = _trained(
        api,
        folder,
        latest_checkpoint=lambda self: os.path.join(self.model_dir, "model.ckpt-0"),
    )
    estimator.train(input_fn, steps=1)
    exported = estimator.export_saved_model(os.path.join(folder, "out"), receiver_fn_of(api))
    path = os.path.join(exported.decode(), "variables", "variables")
    return {
        "evaluated": int(estimator.evaluate(input_fn)["global_step"]),
        "predicted": plain(next(estimator.predict(input_fn))),
        "exported": tf.train.load_variable(path, "weights").tolist(),
        "weights": estimator.get_variable_value("weights").tolist(),
    }


def other_tags_of_an_export(api, folder):
    def _add_meta_graph_for_mode(self, *args, **kwargs):
        kwargs["export_tags"] = ["mine"]
        return api.EstimatorV2._add_meta_graph_for_mode(self, *args, **kwargs)

    estimator, _ = _trained(api, folder, _add_meta_graph_for_mode=_add_meta_graph_for_mode)
    exported = estimator.export_saved_model(os.path.join(folder, "out"), receiver_fn_of(api))
    with tf.Graph().as_default(), v1.Session() as session:
        return sorted(v1.saved_model.load(session, ["mine"], exported.decode()).signature_def)


def no_warm_start(api, folder):
    """Training does not ask this method."""
    first, _ = _trained(api, os.path.join(folder, "first"))
    calls = []
    cls = _subclass(api, _maybe_warm_start=lambda self, path: calls.append(described(path)))
    warm = cls(
        model_fn_of(api),
        os.path.join(folder, "second"),
        config_of(api),
        warm_start_from=first.model_dir,
    )
    evaluated = plain(warm.evaluate(input_fn))
    warm.train(input_fn, steps=1)
    return [evaluated, calls, warm.get_variable_value("weights").tolist()]


def global_step_of_its_own(api, folder):
    def _create_global_step(self, graph):
        with graph.as_default():
            return v1.train.get_or_create_global_step(graph)

    estimator, weights = _trained(api, folder, _create_global_step=_create_global_step)
    return [weights, plain(estimator.evaluate(input_fn))]


def none_for_a_global_step(api, folder):
    """A model that makes the global step itself, as one of a SavedModel does."""

    def model_fn(features, labels, mode):
        v1.train.get_or_create_global_step()
        return model_fn_of(api)(features, labels, mode)

    cls = _subclass(api, _create_and_assert_global_step=lambda self, graph: None)
    estimator = cls(model_fn, folder, config_of(api)).train(input_fn, steps=1)
    return [
        int(estimator.get_variable_value("global_step")),
        plain(estimator.evaluate(input_fn)),
    ]


def attributes(api, folder):
    estimator = _made(api.EstimatorV2, api, folder)
    values = vars(estimator)
    return {
        name: described(values[name])
        for name in (
            "_config",
            "_device_fn",
            "_eval_distribution",
            "_model_fn",
            "_params",
            "_session_config",
            "_train_distribution",
            "_warm_start_settings",
        )
    }


def model_fn_that_is_put_in_place(api, folder):
    estimator = _made(api.EstimatorV2, api, folder)
    inner = estimator._model_fn

    def doubled(features, labels, mode):
        spec = inner(features, labels, mode)
        return spec._replace(loss=2 * spec.loss)

    estimator._model_fn = doubled
    estimator._params["unused"] = 1
    return [plain(estimator.evaluate(input_fn)), estimator.params]


def session_config_and_folder_that_are_put_in_place(api, folder):
    """They count, and not those of the RunConfig."""
    asked = []

    class Asking(v1.train.SessionRunHook):
        def after_create_session(self, session, coord):
            asked.append(session._config.device_count["CPU"])

    estimator = _made(api.EstimatorV2, api, os.path.join(folder, "first"))
    estimator._session_config = v1.ConfigProto(device_count={"CPU": 2})
    estimator._model_dir = os.path.join(folder, "second")
    estimator.train(input_fn, hooks=[Asking()], steps=1)
    estimator.evaluate(input_fn, hooks=[Asking()])
    list(estimator.predict(input_fn, hooks=[Asking()]))
    return [asked, sorted(os.listdir(folder)), sorted(os.listdir(estimator.model_dir))[0]]


CASES = cases_of(globals())
