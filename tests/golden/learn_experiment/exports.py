"""Export strategies, the functions beside them, and gc."""

import os

import tensorflow as tf

from tests.golden.errors import attempt, outcome

from .models import Program, cases_of, v1

FEATURE_SPEC = {"x": tf.io.FixedLenFeature([2], tf.float32)}


def serving_input_fn(api, core):
    if core:
        return api.core.export.build_parsing_serving_input_receiver_fn(FEATURE_SPEC)
    return api.learn.utils.build_parsing_serving_input_fn(FEATURE_SPEC)


def _both(run, api, folder):
    return {
        name: run(Program(api, os.path.join(folder, name), core))
        for name, core in (("core", True), ("learn", False))
    }


def _exported(program):
    """The folders below "export", with the timestamps left out."""
    top = os.path.join(program.folder, "export")
    found = set()
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), top)
            parts = [
                "<time>" if len(part) == 10 and part.isdigit() else part for part in path.split("/")
            ]
            found.add("/".join(parts))
    return sorted(found)


def _signatures(path):
    with tf.Graph().as_default(), v1.Session() as session:
        meta_graph = v1.saved_model.loader.load(session, ["serve"], path)
    return {
        name: [signature.method_name, sorted(signature.inputs), sorted(signature.outputs)]
        for name, signature in meta_graph.signature_def.items()
    }


def make_export_strategy(api, folder):
    def run(program):
        strategy = api.learn.make_export_strategy(serving_input_fn(api, program.core))
        experiment = program.experiment(export_strategies=strategy, min_eval_frequency=0)
        _, (path,) = experiment.train_and_evaluate()
        return [type(path).__name__, strategy.name, _exported(program), _signatures(path)]

    return _both(run, api, folder)


def options(api, folder):
    def run(program):
        asset = os.path.join(program.folder, "asset.txt")
        os.makedirs(program.folder, exist_ok=True)
        with open(asset, "w") as file:
            file.write("an asset")
        strategy = api.export_utils.make_export_strategy(
            serving_input_fn=serving_input_fn(api, program.core),
            assets_extra={"some/asset.txt": asset},
            as_text=True,
            exports_to_keep=2,
            strip_default_attrs=True,
        )
        experiment = program.experiment(export_strategies=[strategy])
        experiment.test()
        first = [_exported(program), strategy.strip_default_attrs]
        experiment._maybe_export(None)
        experiment._maybe_export(None)
        return [first, len(os.listdir(os.path.join(program.folder, "export", "Servo")))]

    return _both(run, api, folder)


def default_output_alternative_key(api, folder):
    program = Program(api, folder, core=False)
    strategy = api.learn.make_export_strategy(
        serving_input_fn(api, False), default_output_alternative_key="other"
    )
    return outcome(program.experiment(export_strategies=strategy).test)


def make_parsing_export_strategy(api, folder):
    def run(program):
        strategy = api.export_utils.make_parsing_export_strategy(
            [api.layers.real_valued_column("x", dimension=2)], target_core=program.core
        )
        experiment = program.experiment(export_strategies=strategy)
        experiment.test()
        return [strategy.name, _exported(program)]

    return _both(run, api, folder)


def make_best_model_export_strategy(api, folder):
    """Exports are of the checkpoints with the smaller loss."""
    program = Program(api, folder)
    strategy = api.export_utils.make_best_model_export_strategy(serving_input_fn(api, True))
    experiment = program.experiment()
    results = []
    for step, loss in ((1, 3.0), (2, 4.0), (3, 2.0)):
        program.experiment(train_steps=step).train()
        path = v1.train.latest_checkpoint(program.folder)
        result = strategy.export(
            program.estimator, os.path.join(folder, "best"), path, {"loss": loss}
        )
        results.append(bool(result))
    names = sorted(os.listdir(os.path.join(folder, "best")))
    return [strategy.name, results, names, experiment.train_steps]


def best_model_of_an_experiment(api, folder):
    """Folders are bytes."""
    program = Program(api, folder)
    strategy = api.export_utils.make_best_model_export_strategy(
        serving_input_fn(api, True), exports_to_keep=None
    )
    experiment = program.experiment(checkpoint_and_export=True, export_strategies=strategy)
    return attempt(lambda: experiment.train_and_evaluate() and _exported(program))


def best_model_goes_on(api, folder):
    """From the event files of earlier evaluations."""

    def run(program):
        experiment = program.experiment()
        experiment.train()
        result = experiment.evaluate()
        strategy = api.export_utils.make_best_model_export_strategy(
            serving_input_fn(api, program.core),
            model_dir=program.folder,
            event_file_pattern="eval_one_pass/*.tfevents*",
        )
        path = v1.train.latest_checkpoint(program.folder)
        export_dir = os.path.join(folder, "best")
        worse, better = dict(result, loss=100.0), dict(result, loss=-100.0)
        return [
            bool(strategy.export(program.estimator, export_dir, path, metrics))
            for metrics in (worse, result, better)
        ]

    return _both(lambda program: attempt(run, program), api, folder)


def best_model_selector(api, folder):
    selector = api.export_utils.BestModelSelector()
    own = api.export_utils.BestModelSelector(compare_fn=lambda best, new: best["a"] < new["a"])
    return [
        [selector.update(f"path{index}", {"loss": loss}) for index, loss in enumerate([3, 3, 1])],
        [own.update(f"path{index}", {"a": value}) for index, value in enumerate([3, 3, 4])],
        outcome(selector.update, "path", {"other": 1.0}),
        outcome(selector.update, "path", {}),
        outcome(selector.update, "path", None),
        outcome(selector.update, "", {"loss": 0.0}),
    ]


def extend_export_strategy(api, folder):
    program = Program(api, folder)
    program.experiment().train()
    base = api.learn.make_export_strategy(serving_input_fn(api, True))

    def post_export_fn(export_path, new_path):
        assert os.path.exists(os.path.join(export_path, b"saved_model.pb"))
        target = os.path.join(new_path, "made")
        os.makedirs(target)
        with open(os.path.join(target, "file"), "w") as file:
            file.write("more")
        return target

    extended = api.export_utils.extend_export_strategy(base, post_export_fn)
    named = api.export_utils.extend_export_strategy(base, post_export_fn, "named")
    export_dir = os.path.join(folder, "extended")
    path = extended.export(program.estimator, export_dir)
    again = outcome(extended.export, program.estimator, export_dir)
    return [extended.name, named.name, os.path.relpath(path, folder), again]


def extended_of_an_experiment(api, folder):
    """Folders are bytes."""
    program = Program(api, folder)
    base = api.learn.make_export_strategy(serving_input_fn(api, True))

    def post_export_fn(export_path, new_path):
        os.makedirs(os.path.join(new_path, "made", "model"))
        return os.path.join(new_path, "made")

    strategy = api.export_utils.extend_export_strategy(base, post_export_fn)
    experiment = program.experiment(export_strategies=strategy)
    export_dir = os.path.join(program.folder, "export", "Servo")
    return attempt(lambda: experiment.test() and os.listdir(export_dir))


def extended_elsewhere(api, folder):
    program = Program(api, folder)
    program.experiment().train()
    base = api.learn.make_export_strategy(serving_input_fn(api, True))
    strategy = api.export_utils.extend_export_strategy(base, lambda old, new: "/elsewhere")
    return outcome(strategy.export, program.estimator, os.path.join(folder, "extended"))


def arguments_of_export_fn(api, folder):
    """Only those that it has."""
    seen = []

    def two(estimator, path):
        seen.append([estimator, path])

    def with_checkpoint(estimator, path, checkpoint_path):
        seen.append([estimator, path, checkpoint_path])

    def with_all(estimator, path, checkpoint_path, eval_result, strip_default_attrs=None):
        seen.append([estimator, path, checkpoint_path, eval_result, strip_default_attrs])
        return "path"

    def with_result_only(estimator, path, eval_result):
        seen.append("never")

    results = []
    for export_fn in (two, with_checkpoint, with_all):
        strategy = api.learn.ExportStrategy("name", export_fn, strip_default_attrs=True)
        results.append(strategy.export("estimator", "path"))
        results.append(strategy.export("estimator", "path", "checkpoint", {"loss": 1}))
    wrong = api.learn.ExportStrategy(name="name", export_fn=with_result_only)
    return [seen, results, outcome(wrong.export, "e", "p"), wrong.strip_default_attrs, len(wrong)]


def _folders(folder, names):
    for name in names:
        os.makedirs(os.path.join(folder, name))


def garbage_collect_exports(api, folder):
    utils = api.export_utils
    _folders(folder, ["1000000009", "1000000010", "1000000011", "temp-1000000012", "12", "other"])
    newest = utils.get_most_recent_export(folder)
    results = [os.path.relpath(newest.path, folder), newest.export_version]
    for count in (None, 2, 1, 0):
        utils.garbage_collect_exports(folder, count)
        results.append(sorted(os.listdir(folder)))
    missing = os.path.join(folder, "missing")
    return results + [
        utils.get_most_recent_export(folder),
        outcome(utils.get_most_recent_export, missing),
        outcome(utils.garbage_collect_exports, missing, 1),
    ]


def folders_of_exports(api, folder):
    utils = api.export_utils
    path = utils.get_timestamped_export_dir(folder)
    temp = utils.get_temp_export_dir(os.path.join(b"base", b"1234567890"))
    return [type(path).__name__, len(os.path.basename(path)), temp.decode()]


def gc(api, folder):
    paths = [api.gc.Path(f"/{version}", version) for version in (3, 11, 4, 10, 7, 1)]
    largest = api.gc.largest_export_versions(2)
    every = api.gc.one_of_every_n_export_versions(4)
    filters = {
        "largest": largest,
        "every": every,
        "mod": api.gc.mod_export_version(2),
        "union": api.gc.union(largest, every),
        "negation": api.gc.negation(largest),
    }
    results = {
        name: [path.export_version for path in keep(paths)] for name, keep in filters.items()
    }
    _folders(folder, ["v1", "v20", "other"])

    def parser(path):
        name = os.path.basename(path.path)
        return path._replace(export_version=int(name[1:])) if name[0] == "v" else None

    found = api.gc.get_paths(folder, parser)
    results["paths"] = [[os.path.basename(path.path), path.export_version] for path in found]
    return results


def signature_defs(api, folder):
    utils, learn = api.export_utils, api.learn
    results = {}
    with tf.Graph().as_default():
        x = v1.placeholder(tf.string, [None], name="examples")
        scores = tf.zeros([2, 2], name="scores")
        classes = tf.constant([["a"], ["b"]], name="classes")
        outputs = {
            "scores": {"scores": scores},
            "classes": {"classes": classes, "probabilities": scores},
            "numbers": {"classes": scores, "other": scores},
            "one": {"other": scores},
            "text": {"other": classes},
        }
        problems = learn.ProblemType
        for problem in (
            problems.CLASSIFICATION,
            problems.LOGISTIC_REGRESSION,
            problems.LINEAR_REGRESSION,
            problems.UNSPECIFIED,
        ):
            for name, tensors in outputs.items():
                results[f"{problem} {name}"] = attempt(
                    lambda tensors=tensors, problem=problem: _described(
                        utils.build_standardized_signature_def({"examples": x}, tensors, problem)
                    )
                )
        both = {"a": x, "b": x}
        results["two inputs"] = _described(
            utils.build_standardized_signature_def(both, outputs["scores"], problems.CLASSIFICATION)
        )
        for inputs, tensors in (({}, outputs["one"]), ({"a": x}, {})):
            results[f"without {len(inputs)}"] = outcome(
                utils.build_standardized_signature_def, inputs, tensors, problems.UNSPECIFIED
            )
        results["all"] = {
            name: _described(signature)
            for name, signature in utils.build_all_signature_defs(
                {utils.DEFAULT_INPUT_ALTERNATIVE_KEY: {"a": x}, "more": {"b": x}},
                {
                    "head": (problems.CLASSIFICATION, outputs["classes"]),
                    None: (problems.LINEAR_REGRESSION, outputs["one"]),
                },
                "head",
            ).items()
        }
        results["without default"] = outcome(
            utils.build_all_signature_defs, {"more": {"b": x}}, {}, "head"
        )
    return results


def _described(signature):
    return [signature.method_name, sorted(signature.inputs), sorted(signature.outputs)]


def alternatives(api, folder):
    utils, learn = api.export_utils, api.learn
    head = (learn.ProblemType.CLASSIFICATION, {"a": 1})
    other = (learn.ProblemType.LINEAR_REGRESSION, {"b": 2})

    def outputs_of(predictions, alternatives, key=None):
        ops = learn.ModelFnOps("infer", predictions, output_alternatives=alternatives)
        try:
            found, default = utils.get_output_alternatives(ops, key)
        except Exception as error:
            return type(error).__name__
        return [{str(name): list(value) for name, value in found.items()}, default]

    with tf.Graph().as_default():
        tensor = tf.zeros([1])
        named = utils.get_output_alternatives(
            learn.ModelFnOps("infer", predictions={"p": tensor}, output_alternatives=None)
        )[0]
        single = utils.get_output_alternatives(
            learn.ModelFnOps("infer", predictions=tensor, output_alternatives=None)
        )[0]
        results = [
            {name: [kind, sorted(value)] for name, (kind, value) in found.items()}
            for found in (named, single)
        ]
        return results + [
            outputs_of(tensor, {"head": head}),
            outputs_of(tensor, {"head": head}, "head"),
            outputs_of(tensor, {"head": head}, "other"),
            outputs_of(tensor, {"head": head, "other": other}),
            outputs_of(tensor, {"head": head, "other": other}, "other"),
            outputs_of(tensor, None, "other"),
            list(utils.get_input_alternatives(learn.InputFnOps({"a": 1}, None, {"b": 2}))),
            list(utils.get_input_alternatives(({"a": 1}, None))),
            outcome(utils.get_input_alternatives, ({}, None)),
            [utils.FEATURES_INPUT_ALTERNATIVE_KEY, utils.MAX_DIRECTORY_CREATION_ATTEMPTS],
        ]


CASES = [case for case in cases_of(globals()) if case is not serving_input_fn]
