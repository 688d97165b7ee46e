"""Mistakes in calls of model_to_estimator, and in what its Estimator is given."""

import os

from . import models
from .models import Y2, X, Y, Z
from .programs import TWO, estimator_of, input_fn


def neither_model_nor_path(api, folder):
    api.model_to_estimator(model_dir=folder)


def model_and_path(api, folder):
    api.model_to_estimator(models.dense(api.keras), os.path.join(folder, "model.h5"))


def no_model(api, folder):
    api.model_to_estimator(keras_model="a model", model_dir=folder)


def not_compiled(api, folder):
    K = api.keras
    api.model_to_estimator(K.Sequential([K.layers.Dense(1, input_shape=(3,))]), model_dir=folder)


def no_model_at_the_path(api, folder):
    api.model_to_estimator(keras_model_path=os.path.join(folder, "missing.h5"), model_dir=folder)


def unknown_format(api, folder):
    estimator_of(api, models.dense(api.keras), folder, checkpoint_format="pickle")


def other_folder_in_the_config(api, folder):
    config = api.RunConfig(model_dir=folder)
    api.model_to_estimator(models.dense(api.keras), model_dir=folder + "x", config=config)


def missing_feature(api, folder):
    estimator_of(api, models.branches(api.keras), folder).train(
        input_fn({"left": X, "other": Z}, TWO), steps=1
    )


def missing_label(api, folder):
    estimator_of(api, models.branches(api.keras), folder).train(
        input_fn({"left": X, "right": Z}, {"one": Y, "three": Y2}), steps=1
    )


def no_labels(api, folder):
    estimator_of(api, models.dense(api.keras), folder).evaluate(input_fn(X), steps=1)


def export_of_unknown_output(api, folder):
    outputs = {"three": api.export.PredictOutput}
    estimator = estimator_of(api, models.branches(api.keras), folder, export_outputs=outputs)
    next(estimator.predict(input_fn({"left": X, "right": Z})))


def metric_without_a_name(api, folder):
    model = models.dense(api.keras, metrics=["mae", "mse"])
    estimator = estimator_of(api, model, folder, metric_names_map={"mae": "distance"})
    estimator.evaluate(input_fn(X, Y), steps=1)


def name_of_no_metric(api, folder):
    names = {"mae": "distance", "auc": "area"}
    model = models.dense(api.keras, metrics=["mae"])
    estimator_of(api, model, folder, metric_names_map=names).evaluate(input_fn(X, Y), steps=1)


def subclassed_as_objects(api, folder):
    model = models.subclass(api.keras)
    model.compile("sgd", "mse")
    estimator_of(api, model, folder, checkpoint_format="checkpoint")


def weights_for_another_output(api, folder):
    features = {"features": {"left": X, "right": Z}, "sample_weights": {"three": Y[:, 0]}}
    estimator_of(api, models.branches(api.keras), folder).evaluate(input_fn(features, TWO), steps=1)


def too_few_weights(api, folder):
    features = {"features": {"left": X, "right": Z}, "sample_weights": (Y[:, 0],)}
    estimator_of(api, models.branches(api.keras), folder).evaluate(input_fn(features, TWO), steps=1)


def one_weight_for_all_outputs(api, folder):
    features = {"features": {"left": X, "right": Z}, "sample_weights": Y[:, 0]}
    estimator_of(api, models.branches(api.keras), folder).evaluate(input_fn(features, TWO), steps=1)


def optimizer_that_is_not_for_graphs(api, folder):
    model = models.dense(api.keras, optimizer=api.keras.optimizers.AdamW(0.1))
    estimator_of(api, model, folder)


MISTAKES = [
    neither_model_nor_path,
    model_and_path,
    no_model,
    not_compiled,
    no_model_at_the_path,
    unknown_format,
    other_folder_in_the_config,
    missing_feature,
    missing_label,
    export_of_unknown_output,
    metric_without_a_name,
    name_of_no_metric,
    subclassed_as_objects,
    weights_for_another_output,
    too_few_weights,
    one_weight_for_all_outputs,
    optimizer_that_is_not_for_graphs,
]


def subclassed_without_config(api, folder):
    model = models.subclass(api.keras, with_config=False)
    model.compile("sgd", "mse")
    estimator_of(api, model, folder, checkpoint_format="saver")


MISTAKES_WITH_KERAS_2 = [subclassed_without_config]
