"""Programs with the Estimator and what runs it."""

from collections.abc import Callable, Generator
from typing import Any

from typing_extensions import assert_type

from estimator_heads import (
    BestExporter,
    BinaryClassHead,
    Estimator,
    EstimatorSpec,
    EvalSpec,
    FinalExporter,
    MultiHead,
    RunConfig,
    StopOnSignalHook,
    TrainSpec,
    WarmStartSettings,
    train_and_evaluate,
)
from estimator_heads.compat.contrib.predictor import SavedModelPredictor, from_saved_model


def model_fn(features, labels, mode, params):
    head = MultiHead([BinaryClassHead(name="click"), BinaryClassHead(name="sale")])
    spec = head.create_estimator_spec(features, mode, params["logits"], labels)
    assert_type(head, MultiHead)
    assert_type(spec, EstimatorSpec)
    return spec


def train(input_fn: Callable[[], Any]) -> None:
    estimator = Estimator(model_fn, "model", RunConfig(save_checkpoints_steps=100))
    assert_type(estimator.train(input_fn, steps=10), Estimator)
    assert_type(estimator.latest_checkpoint(), str | None)
    assert_type(estimator.config, RunConfig)
    assert_type(estimator.config.save_checkpoints_steps, int | None)
    assert_type(estimator.config.replace(tf_random_seed=1), RunConfig)
    assert_type(estimator.model_dir, str)


def use(estimator: Estimator, input_fn: Callable[[], Any], receiver_fn: Callable[[], Any]) -> None:
    assert_type(estimator.evaluate(input_fn, steps=1), dict[str, Any])
    assert_type(estimator.predict(input_fn, predict_keys=["classes"]), Generator[Any, None, None])
    estimator.predict(input_fn, predict_keys=[("click", "classes"), ("sale", "classes")])
    exported = estimator.export_saved_model("export", receiver_fn)
    assert_type(exported, bytes)
    with from_saved_model(exported) as saved_model_predictor:
        assert_type(saved_model_predictor, SavedModelPredictor)
    Estimator(model_fn, warm_start_from=exported)
    assert_type(estimator.get_variable_names(), list[str])
    print(int(estimator.get_variable_value("global_step")))
    with estimator.predictor(receiver_fn) as predictor:
        assert_type(predictor.checkpoint_path, str | None)
    with estimator.evaluator(input_fn) as evaluator:
        assert_type(evaluator(), dict[str, Any])


def schedule(input_fn: Callable[[], Any], receiver_fn: Callable[[], Any]) -> None:
    warm_start = WarmStartSettings("model", vars_to_warm_start=["layer.*"])
    estimator = Estimator(model_fn, params={"logits": None}, warm_start_from=warm_start)
    train_spec = TrainSpec(input_fn, max_steps=100, hooks=[StopOnSignalHook()])
    exporters = [FinalExporter("final", receiver_fn), BestExporter("best", receiver_fn)]
    eval_spec = EvalSpec(input_fn, steps=None, name="test", exporters=exporters)
    assert_type(train_spec.max_steps, int | None)
    assert_type(eval_spec.name, str | None)
    assert_type(train_and_evaluate(estimator, train_spec, eval_spec), tuple[Any, Any] | None)
