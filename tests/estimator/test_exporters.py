"""Exporters: what is exported, what is deleted, and a restart."""

import os

import pytest
import tensorflow as tf

from estimator_heads import (
    BestExporter,
    Estimator,
    EstimatorSpec,
    EvalSpec,
    Exporter,
    FinalExporter,
    LatestExporter,
    RunConfig,
    TrainSpec,
    train_and_evaluate,
)
from estimator_heads.compat.contrib.estimator.exports import (
    StepsExporter,
    export_all_saved_models,
    export_saved_model_for_mode,
)
from estimator_heads.compat.contrib.estimator.supervised_receivers import (
    build_supervised_input_receiver_fn_from_input_fn,
)
from estimator_heads.estimator.schedule import export_garbage
from estimator_heads.export import build_raw_serving_input_receiver_fn
from estimator_heads.model_fn import ModeKeys
from tests.estimator.api import API
from tests.golden.estimator.programs import CONSTANT, X, dataset, linear_model_fn
from tests.golden.runtime import exporters
from tests.golden.runtime.comparison import check
from tests.golden.runtime.event_files import write_evaluations
from tests.golden.runtime.exporters import CountingEstimator, losses, run


@pytest.mark.parametrize("case", exporters.CASES, ids=lambda case: case.__name__)
def test_exporters_decide_as_the_originals(case, tmp_path):
    check("exporters", case, tmp_path)


@pytest.mark.parametrize("case", exporters.MISTAKES, ids=lambda case: case.__name__)
def test_mistakes_raise_the_originals_errors(case, tmp_path):
    check("exporters", case, tmp_path)


def trained(folder):
    return Estimator(linear_model_fn(API, CONSTANT), str(folder)).train(dataset, steps=1)


def receiver_fn():
    return build_raw_serving_input_receiver_fn({"x": tf.constant(X)})()


@pytest.mark.parametrize("exporter_class", [FinalExporter, LatestExporter, BestExporter])
def test_an_export_can_be_loaded_and_has_its_assets(exporter_class, tmp_path):
    readme = tmp_path / "readme.txt"
    readme.write_text("for people")
    estimator = trained(tmp_path / "model")
    exporter = exporter_class(
        "name", receiver_fn, assets_extra={"docs/readme.txt": str(readme)}, as_text=True
    )
    base = os.path.join(estimator.model_dir, "export", exporter.name)
    checkpoint = estimator.latest_checkpoint()
    path = exporter.export(estimator, base, checkpoint, {"loss": 1.0}, True).decode()
    assert os.path.dirname(path) == base
    assert os.path.exists(os.path.join(path, "saved_model.pbtxt"))
    assert os.path.exists(os.path.join(path, "assets.extra", "docs", "readme.txt"))
    serve = tf.saved_model.load(path).signatures["serving_default"]
    expected = [
        prediction["value"] for prediction in estimator.predict(lambda: dataset(repeat=False))
    ]
    tf.debugging.assert_near(serve(x=tf.constant(X))["value"], expected)


def test_the_checkpoint_that_was_evaluated_is_exported(tmp_path):
    estimator = trained(tmp_path)
    evaluated = estimator.latest_checkpoint()
    estimator.train(dataset, steps=5)
    path = LatestExporter("latest", receiver_fn).export(
        estimator, str(tmp_path / "export"), evaluated, {}, False
    )
    reader = tf.train.load_checkpoint(os.path.join(path.decode(), "variables", "variables"))
    assert reader.get_tensor("global_step") == 1


def test_a_file_of_ten_digits_is_no_export(tmp_path):
    for name in ("1400000001", "1400000002", "1400000003"):
        (tmp_path / name).mkdir()
    (tmp_path / "1400000000").write_text("not an export")
    export_garbage.delete_old_exports(str(tmp_path), 1)
    assert sorted(os.listdir(tmp_path)) == ["1400000000", "1400000003"]


def test_an_export_that_another_process_deletes_does_no_harm(tmp_path):
    (tmp_path / "1400000001").mkdir()
    export_garbage.delete_old_exports(str(tmp_path / "absent"), 1)
    assert export_garbage.timestamped_exports(str(tmp_path / "absent")) == []


def test_exports_are_ordered_as_numbers_and_not_as_text():
    paths = [export_garbage.Path(f"/exports/{n}", n) for n in (9, 10, 100)]
    assert export_garbage.largest_export_versions(1)(paths) == [paths[2]]


def test_best_exporter_goes_on_from_the_best_of_several_event_files(tmp_path):
    write_evaluations(tmp_path / "eval", [[1, {"loss": 0.5}], [2, {"loss": 0.125}]])
    write_evaluations(tmp_path / "eval", [[3, {"loss": 0.25}]])
    (tmp_path / "export" / "best" / "1400000000").mkdir(parents=True)
    decisions = run(BestExporter("best"), CountingEstimator(str(tmp_path)), losses(0.25, 0.2, 0.1))
    assert decisions["exported"] == [None, None, "1500000000"]


def test_best_exporter_skips_damage_and_what_is_no_evaluation(tmp_path):
    write_evaluations(tmp_path / "eval", [[1, {"other": 0.0}], [2, {"loss": 0.5}]])
    (path,) = (tmp_path / "eval").iterdir()
    path.write_bytes(path.read_bytes() + b"damage that is no record")
    (tmp_path / "export" / "best" / "1400000000").mkdir(parents=True)
    decisions = run(BestExporter("best"), CountingEstimator(str(tmp_path)), losses(0.75, 0.25))
    assert decisions["exported"] == [None, "1500000000"]


def test_best_exporter_begins_anew_with_another_model(tmp_path):
    exporter = BestExporter("best")
    first = run(exporter, CountingEstimator(str(tmp_path / "a")), losses(0.5, 0.75))
    second = run(exporter, CountingEstimator(str(tmp_path / "b")), losses(1.0, 0.75))
    assert first["exported"] == ["1500000000", None]
    assert second["exported"] == ["1500000000", "1500000001"]


def test_steps_exporter_exports_at_the_step_or_the_next_evaluation(tmp_path):
    exporter = StepsExporter([1, 2, 3, 6, 7, 10, 12, 25], "steps", "receiver_fn")
    results = [{"global_step": step} for step in (5, 10, 15, 20, 25, 30)]
    decisions = run(exporter, CountingEstimator(str(tmp_path)), results)
    assert [path is not None for path in decisions["exported"]] == [
        True, True, True, False, True, False,
    ]  # fmt: skip


def test_steps_exporter_goes_on_after_a_restart(tmp_path):
    write_evaluations(tmp_path / "eval", [[5, {"loss": 1.0}], [10, {"loss": 1.0}]])
    exporter = StepsExporter([3, 8, 12], serving_input_receiver_fn="receiver_fn")
    results = [{"global_step": step} for step in (10, 15)]
    decisions = run(exporter, CountingEstimator(str(tmp_path)), results)
    assert [path is not None for path in decisions["exported"]] == [True, True]
    write_evaluations(tmp_path / "eval", [[15, {"loss": 1.0}]])
    exporter = StepsExporter([3, 8, 12], serving_input_receiver_fn="receiver_fn")
    decisions = run(exporter, CountingEstimator(str(tmp_path)), [{"global_step": 20}])
    assert decisions["exported"] == [None]


def test_steps_exporter_refuses_bad_steps_and_results(tmp_path):
    with pytest.raises(ValueError, match="steps_to_keep.*at least one integer > 0"):
        StepsExporter([0, -1, 1.5])
    with pytest.raises(ValueError, match="eval_result.*'global_step'"):
        StepsExporter([1]).export(CountingEstimator(str(tmp_path)), "", "", {}, False)


def test_an_exporter_of_ones_own_that_lacks_a_part_is_told_so():
    class Unfinished(Exporter):
        pass

    with pytest.raises(NotImplementedError, match="Unfinished must define the property `name`"):
        Unfinished().name  # noqa: B018
    with pytest.raises(NotImplementedError, match="Unfinished must define export"):
        Unfinished().export(None, None, None, None, False)


def test_receivers_made_after_an_input_fn_export_training_and_evaluation(tmp_path):
    estimator = trained(tmp_path)
    supervised = build_supervised_input_receiver_fn_from_input_fn(dataset, repeat=False)
    receiver_fns = {
        ModeKeys.TRAIN: supervised,
        ModeKeys.EVAL: supervised,
        ModeKeys.PREDICT: receiver_fn,
    }
    path = export_all_saved_models(estimator, str(tmp_path / "all"), receiver_fns)
    loaded = {}
    for tag in ("train", "eval", "serve"):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            meta_graph = tf.compat.v1.saved_model.load(session, [tag], path.decode())
            (signature,) = [
                value for name, value in meta_graph.signature_def.items() if name[0] != "_"
            ]
            loaded[tag] = sorted(signature.inputs)
    assert loaded == {"train": ["label", "x"], "eval": ["label", "x"], "serve": ["x"]}


def test_one_mode_is_exported(tmp_path):
    estimator = trained(tmp_path)
    supervised = build_supervised_input_receiver_fn_from_input_fn(dataset)
    path = export_saved_model_for_mode(
        estimator, str(tmp_path / "eval_export"), supervised, mode=ModeKeys.EVAL
    )
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta_graph = tf.compat.v1.saved_model.load(session, ["eval"], path.decode())
        (signature,) = (value for name, value in meta_graph.signature_def.items() if name[0] != "_")
        assert sorted(signature.inputs) == ["label", "x"]
        with pytest.raises(RuntimeError, match="could not be found in SavedModel"):
            tf.compat.v1.saved_model.load(session, ["serve"], path.decode())


def test_train_and_evaluate_exports_the_best_across_a_restart(tmp_path):
    """The second process gets worse: its learning goes on, its exports do not."""

    def model_fn(features, labels, mode, params):
        weight = tf.compat.v1.get_variable("weight", initializer=1.0)
        # Training goes to the target; evaluation wants 0.
        loss = tf.square(weight - (params["target"] if mode == ModeKeys.TRAIN else 0.0))
        step = tf.compat.v1.train.get_global_step()
        optimizer = tf.compat.v1.train.GradientDescentOptimizer(0.1)
        train_op = optimizer.minimize(loss, step) if mode == ModeKeys.TRAIN else None
        predictions = {"product": weight * features["x"]}
        return EstimatorSpec(mode, predictions, loss, train_op)

    exported = []
    for target, steps in ((0.0, 4), (100.0, 8)):
        config = RunConfig(str(tmp_path), save_checkpoints_steps=2)
        train_and_evaluate(
            Estimator(model_fn, config=config, params={"target": target}),
            TrainSpec(dataset, max_steps=steps),
            EvalSpec(
                dataset,
                steps=1,
                exporters=BestExporter("best", receiver_fn),
                start_delay_secs=0,
                throttle_secs=0,
            ),
        )
        exported.append(sorted(os.listdir(tmp_path / "export" / "best")))
    assert exported[0] and exported[1] == exported[0]
