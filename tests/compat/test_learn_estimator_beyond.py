"""What tf.contrib.learn.Estimator takes beyond the original, and what its errors say."""

import logging

import numpy as np
import pytest
import tensorflow as tf

import estimator_heads
from estimator_heads.compat.contrib.learn.session_bundles import manifest
from tests.compat.learn_estimator_api import LEARN

v1 = tf.compat.v1

X = np.arange(10, dtype=np.float32)


class CountingHook(v1.train.SessionRunHook):
    def __init__(self):
        self.runs = 0

    def after_run(self, run_context, run_values):
        self.runs += 1


def dataset():
    return tf.data.Dataset.from_tensor_slices(({"x": X}, 2.0 * X)).batch(4)


def spec_model_fn(hook):
    def model_fn(features, labels, mode):
        values = v1.get_variable("weight", initializer=1.0) * features["x"]
        if mode == estimator_heads.ModeKeys.PREDICT:
            return estimator_heads.EstimatorSpec(
                mode,
                predictions={"value": values},
                prediction_hooks=[hook],
                export_outputs={
                    "serving_default": estimator_heads.export.RegressionOutput(values),
                    "classes": estimator_heads.export.ClassificationOutput(scores=values),
                    "all": estimator_heads.export.PredictOutput({"double": 2 * values}),
                },
            )
        loss = tf.reduce_mean(tf.square(values - labels))
        optimizer = v1.train.GradientDescentOptimizer(0.01)
        return estimator_heads.EstimatorSpec(
            mode,
            loss=loss,
            predictions=values,
            train_op=optimizer.minimize(loss, v1.train.get_global_step()),
            training_hooks=[hook],
            evaluation_hooks=[hook],
        )

    return model_fn


def serving_input_fn():
    examples = v1.placeholder(tf.string, [None])
    x = tf.io.parse_example(examples, {"x": tf.io.FixedLenFeature([], tf.float32)})
    return LEARN.InputFnOps(x, None, {"examples": examples})


def test_a_model_fn_may_return_an_estimator_spec_with_hooks_and_outputs(tmp_path):
    hook = CountingHook()
    estimator = LEARN.Estimator(spec_model_fn(hook), str(tmp_path / "model"))
    estimator.fit(input_fn=dataset)
    assert hook.runs == 3
    estimator.evaluate(input_fn=dataset, steps=2)
    assert hook.runs == 5
    assert len(list(estimator.predict(input_fn=dataset))) == 10
    assert hook.runs == 8

    exported = estimator.export_savedmodel(
        str(tmp_path / "export"), serving_input_fn, default_output_alternative_key="all"
    )
    signatures = tf.saved_model.load(exported.decode()).signatures
    assert set(signatures) == {
        "serving_default",
        *(f"default_input_alternative:{name}" for name in ("serving_default", "classes", "all")),
    }
    example = tf.train.Example()
    example.features.feature["x"].float_list.value.append(3.0)
    served = signatures["serving_default"](tf.constant([example.SerializeToString()]))
    expected = 6.0 * estimator.get_variable_value("weight")
    np.testing.assert_allclose(served["double"], [expected], rtol=1e-6)


def test_an_input_fn_may_return_a_dataset_of_which_all_batches_are_predicted(tmp_path):
    estimator = LEARN.Estimator(spec_model_fn(CountingHook()), str(tmp_path))
    estimator.fit(input_fn=lambda: dataset().repeat(), steps=7)
    assert estimator.evaluate(input_fn=dataset)["global_step"] == 7
    predicted = [prediction["value"] for prediction in estimator.predict(input_fn=dataset)]
    np.testing.assert_allclose(predicted, estimator.get_variable_value("weight") * X, rtol=1e-6)


def test_the_log_says_that_an_iterator_is_taken_for_constant(tmp_path, caplog):
    estimator = LEARN.Estimator(spec_model_fn(CountingHook()), str(tmp_path))
    estimator.fit(input_fn=dataset)

    def input_fn():
        return v1.data.make_one_shot_iterator(dataset()).get_next()

    logging.getLogger("tensorflow").propagate = True
    with caplog.at_level(logging.WARNING, "tensorflow"):
        assert len(list(estimator.predict(input_fn=input_fn))) == 4
    assert "Return the tf.data.Dataset itself" in caplog.text


def test_train_and_evaluate_takes_the_run_config_of_contrib(tmp_path):
    config = LEARN.RunConfig(model_dir=str(tmp_path), save_checkpoints_steps=5)
    estimator = estimator_heads.Estimator(spec_model_fn(CountingHook()), config=config)
    results, _ = estimator_heads.train_and_evaluate(
        estimator,
        estimator_heads.TrainSpec(lambda: dataset().repeat(), max_steps=6),
        estimator_heads.EvalSpec(dataset),
    )
    assert results["global_step"] == 6


def model_fn(features, labels):
    values = v1.get_variable("weight", initializer=1.0) * features["x"]
    loss = tf.reduce_mean(tf.square(values - labels))
    optimizer = v1.train.GradientDescentOptimizer(0.01)
    return {"value": values}, loss, optimizer.minimize(loss, v1.train.get_global_step())


def fit_without_input(estimator):
    estimator.fit(steps=1)


def fit_with_both(estimator):
    estimator.fit(x=X, input_fn=dataset)


def evaluate_untrained(estimator):
    estimator.evaluate(input_fn=dataset)


def three_results(estimator):
    estimator.fit(input_fn=lambda: (X, X, X))


def other_features(estimator):
    estimator.fit(input_fn=dataset)
    estimator.evaluate(input_fn=lambda: ({"z": X}, X))


def unknown_outputs(estimator):
    estimator.fit(input_fn=dataset)
    estimator.predict(input_fn=dataset, outputs=["absent"])


def unknown_params(estimator):
    estimator.set_params(rate=1)


def export_of_other_receiver(estimator):
    estimator.fit(input_fn=dataset)
    receiver = estimator_heads.export.ServingInputReceiver
    estimator.export_savedmodel(
        estimator.model_dir,
        lambda: receiver(v1.placeholder(tf.float32), v1.placeholder(tf.float32)),
    )


@pytest.mark.parametrize(
    "mistake, parts",
    [
        (fit_without_input, ["Missing input", "`input_fn`, or `x`"]),
        (fit_with_both, ["Only one of `input_fn` and ['x']"]),
        (evaluate_untrained, ["no checkpoint in model_dir=", "Call fit() first."]),
        (three_results, ["(features, labels)", "of length 3"]),
        (other_features, ["features", "Expected: {'x': ", "Received: {'z': "]),
        (unknown_outputs, ["`outputs`", "['value']", "outputs=['absent']"]),
        (unknown_params, ["no hyperparameter 'rate'", "['params']"]),
        (export_of_other_receiver, ["InputFnOps", "of type ServingInputReceiver"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_error_says_what_was_expected_and_what_came(mistake, parts, tmp_path):
    estimator = LEARN.Estimator(model_fn, str(tmp_path))
    with pytest.raises(ValueError) as caught:
        mistake(estimator)
    for part in parts:
        assert part in str(caught.value)


def test_a_session_bundle_is_a_graph_and_a_checkpoint(tmp_path):
    estimator = LEARN.Estimator(model_fn, str(tmp_path / "model")).fit(input_fn=dataset)
    bundle = estimator.export(str(tmp_path / "export"), default_batch_size=None).decode()
    examples = []
    for x in (3.0, 4.0):
        example = tf.train.Example()
        example.features.feature["x"].float_list.value.append(x)
        examples.append(example.SerializeToString())
    with tf.Graph().as_default() as graph, v1.Session() as session:
        saver = v1.train.import_meta_graph(f"{bundle}/export.meta")
        saver.restore(session, f"{bundle}/export")
        signatures = manifest.Signatures()
        (packed,) = graph.get_collection("serving_signatures")
        packed.Unpack(signatures)
        names = signatures.default_signature.generic_signature.map
        fed = {names["inputs"].tensor_name: examples}
        served = session.run(names["value"].tensor_name, fed)
    weight = estimator.get_variable_value("weight")
    np.testing.assert_allclose(served, [3.0 * weight, 4.0 * weight], rtol=1e-6)


def test_an_evaluation_goes_on_when_training_has_deleted_the_checkpoint(tmp_path):
    estimator = LEARN.Estimator(model_fn, str(tmp_path))
    estimator.fit(input_fn=dataset, steps=1)

    def input_fn():
        if estimator.get_variable_value("global_step") == 1:
            LEARN.Estimator(model_fn, str(tmp_path)).fit(input_fn=dataset, steps=1)
            for path in tmp_path.glob("model.ckpt-1.*"):
                path.unlink()
        return dataset()

    assert estimator.evaluate(input_fn=input_fn)["global_step"] == 2
