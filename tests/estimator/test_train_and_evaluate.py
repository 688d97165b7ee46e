"""train_and_evaluate: what the original has not, and what its errors say."""

import json
from pathlib import Path

import pytest
import tensorflow as tf

import estimator_heads as eh
from estimator_heads.estimator.config import cluster
from estimator_heads.estimator.schedule.evaluator import CheckpointEvaluator, EvalStatus
from estimator_heads.estimator.schedule.train_and_evaluate import TrainingExecutor

v1 = tf.compat.v1


@pytest.fixture(autouse=True)
def no_cluster(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)


def input_fn():
    return tf.data.Dataset.from_tensors(1.0).repeat()


def model_fn(features, mode):
    step = v1.train.get_global_step()
    loss = features - tf.cast(step, tf.float32)
    return eh.EstimatorSpec(mode, loss=loss, train_op=v1.assign_add(step, 1))


def estimator(folder, **config):
    settings = {"save_checkpoints_steps": 4, "log_step_count_steps": None, **config}
    return eh.Estimator(model_fn, str(folder), eh.RunConfig(**settings))


def eval_spec(name=None, **kwargs):
    settings = {"steps": 1, "start_delay_secs": 0, "throttle_secs": 0, **kwargs}
    return eh.EvalSpec(input_fn, name=name, **settings)


def evaluated_steps(folder, name=None):
    """Global steps in the event files of an evaluation."""
    (file,) = Path(folder, f"eval_{name}" if name else "eval").iterdir()
    events = v1.train.summary_iterator(str(file))
    return [e.step for e in events if any(v.tag == "loss" for v in e.summary.value)]


class Noting:
    """An exporter that notes the steps; it needs no particular base class."""

    def __init__(self, name):
        self.name = name
        self.steps = []

    def export(self, estimator, export_path, checkpoint_path, eval_result, is_the_final_export):
        self.steps.append((int(eval_result["global_step"]), is_the_final_export))
        return Path(export_path).name


def test_several_eval_specs_each_with_its_own_throttle(tmp_path):
    exporters = [Noting("one"), Noting("two")]
    specs = [
        eval_spec("often", exporters=exporters[0]),
        eval_spec("seldom", exporters=exporters[1], throttle_secs=1000),
    ]
    metrics, exports = eh.train_and_evaluate(
        estimator(tmp_path), eh.TrainSpec(input_fn, max_steps=14), specs
    )
    assert [int(values["global_step"]) for values in metrics] == [14, 14]
    assert exports == [["one"], ["two"]]
    assert evaluated_steps(tmp_path, "often") == [4, 8, 12, 14]
    assert evaluated_steps(tmp_path, "seldom") == [4, 14]
    assert exporters[0].steps == [(4, False), (8, False), (12, False), (14, True)]
    assert exporters[1].steps == [(4, False), (14, True)]


def test_every_checkpoint_is_evaluated_whatever_the_throttle(tmp_path):
    spec = eval_spec(throttle_secs=1000)
    eh.train_and_evaluate(
        estimator(tmp_path), eh.TrainSpec(input_fn, max_steps=14), spec, every_checkpoint=True
    )
    assert evaluated_steps(tmp_path) == [4, 8, 12, 14]


def as_evaluator(monkeypatch):
    hosts, task = {"chief": ["localhost:1"]}, {"type": "evaluator", "index": 0}
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": hosts, "task": task}))


@pytest.mark.parametrize(("every_checkpoint", "steps"), [(False, [14]), (True, [0, 4, 8, 12, 14])])
def test_an_evaluator_takes_the_latest_checkpoint_or_every_one(
    every_checkpoint, steps, tmp_path, monkeypatch
):
    estimator(tmp_path).train(input_fn, max_steps=14)
    as_evaluator(monkeypatch)
    specs = [eval_spec("one"), eval_spec("two", throttle_secs=1000)]
    result = eh.train_and_evaluate(
        estimator(tmp_path),
        eh.TrainSpec(input_fn, max_steps=14),
        specs,
        every_checkpoint=every_checkpoint,
    )
    assert result is None
    assert evaluated_steps(tmp_path, "one") == steps
    assert evaluated_steps(tmp_path, "two") == steps


def test_a_checkpoint_that_goes_while_it_is_evaluated_is_skipped(tmp_path):
    """The training processes delete old checkpoints; an evaluator may be late."""
    trained = estimator(tmp_path, keep_checkpoint_max=1).train(input_fn, steps=3)

    class TrainOn(Noting):
        def export(self, *args, **kwargs):
            super().export(*args, **kwargs)
            if len(self.steps) == 1:
                trained.train(input_fn, steps=3)
                raise tf.errors.NotFoundError(None, None, "the checkpoint")

    exporter = TrainOn("name")
    evaluator = CheckpointEvaluator(trained, eval_spec(exporters=exporter), max_training_steps=6)
    assert evaluator.evaluate_and_export()[0].status == EvalStatus.NO_NEW_CHECKPOINT
    result, _ = evaluator.evaluate_and_export()
    assert (result.status, int(result.metrics["global_step"])) == (EvalStatus.EVALUATED, 6)
    assert evaluator.is_final_export_triggered


def test_an_error_that_is_not_of_the_checkpoint_is_not_swallowed(tmp_path):
    trained = estimator(tmp_path).train(input_fn, steps=3)

    class Failing(Noting):
        def export(self, *args, **kwargs):
            raise ValueError("of the exporter")

    evaluator = CheckpointEvaluator(
        trained, eval_spec(exporters=Failing("name")), max_training_steps=6
    )
    with pytest.raises(ValueError, match="of the exporter"):
        evaluator.evaluate_and_export()


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: eh.TrainSpec(input_fn, max_steps=0), ValueError, "`max_steps`. Expected .* > 0"),
        (lambda: eh.TrainSpec(3), TypeError, "`input_fn`. Expected a function.*input_fn=3"),
        (lambda: eval_spec(steps=-1), ValueError, "`steps`. Expected .* > 0.*steps=-1"),
        (lambda: eval_spec(3), TypeError, "`name`. Expected a string. Received: name=3"),
        (lambda: eval_spec(throttle_secs=-1), ValueError, "`throttle_secs`. Expected .*>= 0"),
        (lambda: eval_spec(exporters=3), TypeError, "Expected an Exporter.*exporters=3"),
        (
            lambda: eval_spec(exporters=[Noting("a"), Noting("a")]),
            ValueError,
            r"a unique `name`.*Received the names \['a', 'a'\]",
        ),
    ],
)
def test_specs_say_what_they_expect(make, error, message):
    with pytest.raises(error, match=message):
        make()


@pytest.mark.parametrize(
    ("specs", "error", "message"),
    [
        ([], TypeError, r"Expected an EvalSpec, or a list of them. Received: eval_spec=\[\]"),
        ([eval_spec(), 1], TypeError, "Expected an EvalSpec, or a list of them"),
        ([eval_spec("a"), eval_spec("a")], ValueError, r"unique `name`.*\['a', 'a'\]"),
        (
            [eval_spec("a", exporters=Noting("x")), eval_spec("b", exporters=Noting("x"))],
            ValueError,
            r"exporters` must have a unique `name`.*\['x', 'x'\]",
        ),
    ],
)
def test_eval_specs_must_fit_together(specs, error, message, tmp_path):
    with pytest.raises(error, match=message):
        eh.train_and_evaluate(estimator(tmp_path), eh.TrainSpec(input_fn, max_steps=1), specs)


def test_a_role_that_is_none_is_refused_by_name(tmp_path, monkeypatch):
    hosts, task = {"chief": ["localhost:1"], "helper": ["localhost:2"]}, {"type": "helper"}
    tf_config = {"cluster": hosts, "task": {**task, "index": 0}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))
    executor = TrainingExecutor(estimator(tmp_path), eh.TrainSpec(input_fn), eval_spec())
    with pytest.raises(ValueError, match="Expected one of .*'chief'.*Received: 'helper'"):
        executor.run()


CLUSTER = {"chief": ["host0:1"], "ps": ["host1:1"], "worker": ["host2:1"] * 15}


@pytest.mark.parametrize(
    ("role", "index", "longest", "delay"),
    [
        ("worker", 0, None, 5),
        ("worker", 2, None, 15),
        ("worker", 14, None, 60),
        ("worker", 2, 7, 7),
        ("worker", 2, 0, 0),
        ("chief", 0, None, 0),
    ],
)
def test_workers_start_one_after_the_other(role, index, longest, delay, monkeypatch):
    tf_config = {"cluster": CLUSTER, "task": {"type": role, "index": index}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))
    config = eh.RunConfig(experimental_max_worker_delay_secs=longest)
    assert cluster.start_delay(config) == delay


def test_variables_are_placed_on_parameter_servers_unless_a_device_fn_is_given(monkeypatch):
    hosts = {"chief": ["host0:1"], "ps": ["host1:1", "host2:1"], "worker": ["host3:1"]}
    tf_config = {"cluster": hosts, "task": {"type": "worker", "index": 0}}
    monkeypatch.setenv("TF_CONFIG", json.dumps(tf_config))
    with tf.Graph().as_default(), v1.device(cluster.device_fn(eh.RunConfig())):
        devices = [v1.get_variable(name, initializer=0.0).device for name in ("a", "b", "c")]
        assert devices == [f"/job:ps/task:{index}" for index in (0, 1, 0)]
        assert tf.constant(1.0).device == "/job:worker/task:0"
    given = eh.Estimator(model_fn, config=eh.RunConfig(device_fn=lambda op: "/cpu:0"))
    assert given._device_fn(None) == "/cpu:0"


def test_a_server_needs_an_address(tmp_path):
    with pytest.raises(RuntimeError, match="no address at which to start a server.*TF_CONFIG"):
        cluster.start_server(estimator(tmp_path).config)
