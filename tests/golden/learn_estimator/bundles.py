"""Exports before there were SavedModels: `export`, and its signature functions."""

import os

import tensorflow as tf

from tests.golden.errors import outcome

from .bundle_contents import described
from .models import (
    CONSTANT,
    cases_of,
    estimator,
    fitted,
    input_fn,
    linear,
    linear_model_fn,
    minimize,
    squared,
    v1,
)


def _model_fn(api):
    """A classifier."""

    def model_fn(features, labels, mode):
        values = linear(features)
        probabilities = tf.stack([1 - values, values], 1)
        loss = train_op = None
        if mode != api.learn.ModeKeys.INFER:
            loss = squared(labels, values)
            train_op = minimize(loss)
        return api.learn.ModelFnOps(
            mode,
            predictions={"probabilities": probabilities, "classes": tf.argmax(probabilities, 1)},
            loss=loss,
            train_op=train_op,
        )

    return model_fn


def _bundle(api, folder, model, **kwargs):
    export_dir = os.path.join(folder, "export")
    return described(api, model.export(export_dir=export_dir, **kwargs), export_dir)


def _raw_input_fn():
    x = v1.placeholder(tf.float32, [None, 2], name="raw")
    return {"x": x, "fed": x}, None


def of_examples(api, folder):
    """The features are parsed as they were in training."""
    return _bundle(api, folder, fitted(api, folder))


def of_any_number_of_examples(api, folder):
    return _bundle(api, folder, fitted(api, folder), default_batch_size=None)


def of_own_parsing(api, folder):
    def parse(model, examples):
        return v1.io.parse_example(examples, {"x": tf.io.FixedLenFeature([2], tf.float32)})

    return _bundle(api, folder, fitted(api, folder), input_fn=parse, default_batch_size=3)


def of_an_input_fn(api, folder):
    return _bundle(
        api,
        folder,
        fitted(api, folder),
        input_fn=_raw_input_fn,
        input_feature_key="fed",
        use_deprecated_input_fn=False,
    )


def of_some_predictions(api, folder):
    return _bundle(api, folder, fitted(api, folder), prediction_key="double")


def signature_functions(api, folder):
    model = fitted(api, folder, _model_fn(api))
    results = {}
    for name in (
        "generic_signature_fn",
        "classification_signature_fn",
        "classification_signature_fn_with_prob",
        "logistic_regression_signature_fn",
    ):
        signature_fn = getattr(api.export, name)
        described = _bundle(api, os.path.join(folder, name), model, signature_fn=signature_fn)
        results[name] = described["default"]
    return results


def signature_functions_of_single_tensors(api, folder):
    results = {}
    for name, key in [
        ("regression_signature_fn", "classes"),
        ("classification_signature_fn", "classes"),
        ("classification_signature_fn_with_prob", "probabilities"),
        ("logistic_regression_signature_fn", "probabilities"),
    ]:
        model = fitted(api, os.path.join(folder, name), _model_fn(api))
        signature_fn = getattr(api.export, name)
        described = _bundle(
            api, model.model_dir, model, signature_fn=signature_fn, prediction_key=key
        )
        results[name] = described["default"]
    return results


def own_signature_function(api, folder):
    def signature_fn(examples, features, predictions):
        default, _ = api.export.generic_signature_fn(examples, features, predictions)
        value = predictions["value"]
        named, _ = api.export.regression_signature_fn(examples, features, value)
        return default, {"regression": named}

    return _bundle(api, folder, fitted(api, folder), signature_fn=signature_fn)


def signature_function_of_a_subclass(api, folder):
    class Own(api.learn.Estimator):
        def _create_signature_fn(self):
            return api.export.classification_signature_fn_with_prob

    model = Own(_model_fn(api), folder).fit(input_fn=input_fn, steps=1)
    return _bundle(api, folder, model)["default"]


def exports_to_keep(api, folder):
    export_dir = os.path.join(folder, "export")
    os.makedirs(os.path.join(export_dir, "other"))
    for _ in range(3):
        model = fitted(api, folder, steps=1)
        model.export(export_dir=export_dir, exports_to_keep=2)
    return sorted(os.listdir(export_dir))


def older_checkpoint(api, folder):
    model = fitted(api, folder, steps=1)
    older = v1.train.latest_checkpoint(folder)
    model.fit(input_fn=input_fn, steps=1)
    return _bundle(api, folder, model, checkpoint_path=older)


def assets(api, folder):
    path = os.path.join(folder, "vocabulary.txt")
    os.makedirs(folder, exist_ok=True)
    with open(path, "w") as file:
        file.write("a\n")

    def model_fn(features, labels, mode):
        v1.add_to_collection(v1.GraphKeys.ASSET_FILEPATHS, tf.constant(path, name="vocabulary"))
        return linear_model_fn(api, CONSTANT)(features, labels, mode)

    model_dir = os.path.join(folder, "model")
    return _bundle(api, folder, fitted(api, model_dir, model_fn))


def as_a_function(api, folder):
    export_dir = os.path.join(folder, "export")
    api.export.export_estimator(
        estimator=fitted(api, folder, _model_fn(api)),
        export_dir=export_dir,
        signature_fn=api.export.classification_signature_fn,
        input_fn=lambda model, examples: {"x": tf.zeros([2, 2])},
        default_batch_size=2,
        exports_to_keep=1,
    )
    (name,) = os.listdir(export_dir)
    return described(api, os.path.join(export_dir, name).encode(), export_dir)


def mistakes(api, folder):
    model = fitted(api, folder)
    there = os.path.join(folder, "export")
    model.export(export_dir=there)
    new = os.path.join(folder, "new")
    return {
        "again": outcome(lambda: model.export(export_dir=there)),
        "no_input_fn": outcome(
            lambda: model.export(new, input_fn=None, use_deprecated_input_fn=False)
        ),
        "default_input_fn": outcome(lambda: model.export(new + "2", input_fn=None)),
        "no_examples": outcome(
            lambda: model.export(new, input_fn=_raw_input_fn, use_deprecated_input_fn=False)
        ),
        "no_features": outcome(
            lambda: model.export(new, input_fn=lambda: ({}, None), use_deprecated_input_fn=False)
        ),
        "unknown_key": outcome(lambda: model.export(new, prediction_key="absent")),
        "not_fitted_here": outcome(lambda: estimator(api, folder).export(new)),
    }


CASES = cases_of(globals())
