"""What is asked: a model becomes an Estimator, which trains, evaluates, predicts and exports."""

import os

import numpy as np
import tensorflow as tf

from ..canned import asking
from ..values import jsonable
from . import models
from .models import CLASSES, IMAGES, ONE_HOT, WORDS, Y2, X, Y, Z

STEPS = 2


def input_fn(features, labels=None):
    """An input function of one batch, again and again."""

    def batches():
        parts = features if labels is None else (features, labels)
        return tf.data.Dataset.from_tensors(parts).repeat()

    return batches


def config(api, **options):
    session_config = tf.compat.v1.ConfigProto()
    session_config.graph_options.rewrite_options.disable_meta_optimizer = True
    return api.RunConfig(tf_random_seed=7, session_config=session_config, **options)


def estimator_of(api, model, folder, **options):
    options.setdefault("config", config(api))
    return api.model_to_estimator(keras_model=model, model_dir=folder, **options)


def variables(folder):
    """{name: value} of the latest checkpoint, without what describes its objects."""
    values = asking.values(folder)
    values.pop("_CHECKPOINTABLE_OBJECT_GRAPH", None)
    return values


def predictions(estimator, features, labels=Y):
    rows = estimator.predict(input_fn(features, labels), yield_single_examples=False)
    return {str(key): value for key, value in next(rows).items()}


def results(api, model, folder, features=X, labels=Y, **options):
    """What comes of a model: metrics, variables after training, predictions."""
    data = input_fn(features, labels)
    estimator = estimator_of(api, model, folder, **options)
    fields = {"at_first": estimator.evaluate(data, steps=1)}
    estimator.train(data, steps=STEPS)
    fields["trained"] = variables(folder)
    fields["evaluated"] = estimator.evaluate(data, steps=1)
    fields["predicted"] = predictions(estimator, features, labels)
    return jsonable(fields)


def adam_in_either_format(checkpoint_format):
    def case(api, folder):
        K = api.keras
        model = models.dense(
            K, 1, "sigmoid", optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"]
        )
        return results(api, model, folder, checkpoint_format=checkpoint_format)

    return case


def default_names(api, folder):
    """Layers without names, with the names of features and variables that follow."""
    K = api.keras
    model = K.Sequential([K.layers.Dense(4, input_shape=(3,)), K.layers.Dense(1)])
    models.with_known_weights(model).compile("sgd", "mse", metrics=["mae", "mse"])
    features = {"dense_input": X}
    return results(api, model, folder, features, checkpoint_format="saver")


def numbered_inputs(api, folder):
    K = api.keras
    left, right = K.Input((3,)), K.Input((2,))
    out = K.layers.Dense(1, name="out")(K.layers.concatenate([left, right]))
    model = models.with_known_weights(K.Model([left, right], out))
    model.compile("sgd", "mse")
    return results(api, model, folder, {"input_1": X, "input_2": Z})


def format_of_v1(api, folder):
    """`tf.compat.v1.keras.estimator.model_to_estimator`, by default."""
    model = models.dense(api.keras)
    estimator = api.model_to_estimator_v1(model, model_dir=folder, config=config(api))
    estimator.train(input_fn(X, Y), steps=1)
    return sorted(variables(folder))


TWO = {"one": Y, "two": Y2}


def dicts_everywhere(api, folder):
    K = api.keras
    model = models.branches(
        K,
        loss={"one": "mse", "two": K.losses.MeanAbsoluteError()},
        loss_weights={"one": 0.5, "two": 2.0},
        metrics={"one": ["mae"], "two": ["mse", "mae"]},
    )
    return results(api, model, folder, {"right": Z, "left": X, "unused": Y}, TWO)


def lists_everywhere(api, folder):
    model = models.branches(
        api.keras, loss=["mse", "mae"], loss_weights=[0.5, 2.0], metrics=[["mae"], ["mse"]]
    )
    return results(api, model, folder, (X, Z), (Y, Y2), checkpoint_format="saver")


def one_loss_for_all(api, folder):
    model = models.branches(api.keras, loss="mse", metrics=["mae"])
    return results(api, model, folder, {"left": X, "right": Z}, TWO)


def weighted_examples(api, folder):
    model = models.dense(api.keras, metrics=["mae"], weighted_metrics=["mse"])
    weights = np.array([1.0, 2.0, 0.0, 0.5], "float32")
    K = {"features": X, "sample_weights": weights}
    data = input_fn(K, Y)
    estimator = estimator_of(api, model, folder)
    estimator.train(data, steps=STEPS)
    return jsonable({"trained": variables(folder), "evaluated": estimator.evaluate(data, steps=1)})


def weights_of_outputs(api, folder):
    model = models.branches(api.keras)
    weights = {"two": np.array([1.0, 2.0, 0.0, 0.5], "float32")}
    data = input_fn({"features": {"left": X, "right": Z}, "sample_weights": weights}, TWO)
    estimator = estimator_of(api, model, folder)
    estimator.train(data, steps=STEPS)
    return jsonable({"trained": variables(folder), "evaluated": estimator.evaluate(data, steps=1)})


def weights_in_a_list(api, folder):
    model = models.branches(api.keras)
    weights = [np.ones(4, "float32"), np.array([1.0, 2.0, 0.0, 0.5], "float32")]
    data = input_fn({"features": {"left": X, "right": Z}, "sample_weights": tuple(weights)}, TWO)
    return jsonable(estimator_of(api, model, folder).evaluate(data, steps=1))


def batch_normalization(api, folder):
    model = models.batch_normalization(api.keras)
    return results(api, model, folder, checkpoint_format="saver")


def batch_normalization_as_objects(api, folder):
    return results(api, models.batch_normalization(api.keras), folder)


def frozen_layer(api, folder):
    model = models.dense(api.keras, optimizer="adam")
    model.layers[0].trainable = False
    model.compile("adam", "mse")
    return results(api, model, folder)


def regularizers(api, folder):
    K = api.keras
    model = models.sequential(
        K,
        K.layers.Dense(
            3, input_shape=(3,), kernel_regularizer="l2", bias_regularizer="l1", name="hidden"
        ),
        K.layers.Dense(1, kernel_regularizer=K.regularizers.L1(0.05), name="out"),
    )
    return results(api, model, folder)


def dropout_is_off_outside_training(api, folder):
    K = api.keras
    model = models.sequential(
        K,
        K.layers.Dense(4, input_shape=(3,), name="hidden"),
        K.layers.Dropout(0.5),
        K.layers.Dense(1, name="out"),
    )
    estimator = estimator_of(api, model, folder, checkpoint_format="saver")
    fields = {"evaluated": estimator.evaluate(input_fn(X, Y), steps=1)}
    fields["predicted"] = predictions(estimator, X)
    estimator.train(input_fn(X, Y), steps=1)
    fields["names"] = sorted(variables(folder))
    return jsonable(fields)


def lstm(api, folder):
    K = api.keras
    model = models.sequential(
        K,
        K.layers.Reshape((3, 1), input_shape=(3,)),
        K.layers.LSTM(2, name="memory"),
        K.layers.Dense(1, name="out"),
        optimizer="adam",
    )
    return results(api, model, folder)


def lstm_by_name(api, folder):
    K = api.keras
    model = models.sequential(
        K,
        K.layers.Reshape((3, 1), input_shape=(3,)),
        K.layers.Bidirectional(K.layers.GRU(2, name="memory"), name="both_ways"),
        K.layers.Dense(1, name="out"),
    )
    return results(api, model, folder, checkpoint_format="saver")


def masked_words(api, folder):
    K = api.keras
    model = models.sequential(
        K,
        K.layers.Embedding(4, 3, mask_zero=True, name="words"),
        K.layers.LSTM(2, name="memory"),
        K.layers.Dense(1, name="out"),
    )
    del model
    words = K.Input((3,), dtype="int32", name="ids")
    embedded = K.layers.Embedding(4, 3, mask_zero=True, name="words")(words)
    steps = K.layers.LSTM(2, return_sequences=True, name="memory")(embedded)
    out = K.layers.Dense(1, name="out")(steps)
    model = models.with_known_weights(K.Model(words, out))
    model.compile(K.optimizers.SGD(0.1), "mse")
    labels = WORDS[:, :, None].astype("float32")
    return results(api, model, folder, {"ids": WORDS}, labels)


def convolution(api, folder):
    K = api.keras
    model = models.sequential(
        K,
        K.layers.Conv2D(2, 2, input_shape=(4, 4, 1), activation="relu", name="filters"),
        K.layers.MaxPooling2D(2, padding="same"),
        K.layers.Flatten(),
        K.layers.Dense(3, activation="softmax", name="out"),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return results(api, model, folder, IMAGES, CLASSES)


def nested(api, folder):
    K = api.keras
    inner = K.Sequential([K.layers.Dense(2, input_shape=(3,), name="inside")], name="inner")
    model = models.sequential(K, inner, K.layers.Dense(1, name="out"))
    return results(api, model, folder)


def nested_by_name(api, folder):
    K = api.keras
    inner_input = K.Input((3,), name="inner_input")
    inner_output = K.layers.Dense(2, name="inside")(inner_input)
    inner = K.Model(inner_input, inner_output, name="inner")
    features = K.Input((3,), name="features_of_all")
    model = K.Model(features, K.layers.Dense(1, name="out")(inner(features)))
    models.with_known_weights(model).compile(K.optimizers.SGD(0.1), "mse")
    return results(api, model, folder, checkpoint_format="saver")


def users_layer(api, folder):
    K = api.keras
    layer_class = models.scaled_dense_class(K)
    model = models.sequential(
        K, K.layers.Dense(2, input_shape=(3,), name="first"), layer_class(name="scaled"), loss="mae"
    )
    custom_objects = {"ScaledDense": layer_class}
    return results(api, model, folder, X, Y2, custom_objects=custom_objects)


def lambda_layer(api, folder):
    K = api.keras
    model = models.sequential(
        K,
        K.layers.Lambda(lambda x: x * 2.0, input_shape=(3,)),
        K.layers.Dense(1, name="out"),
    )
    return results(api, model, folder)


def double_features(api, folder):
    model = models.dense(api.keras)
    return results(api, model, folder, X.astype("float64"), Y.astype("float64"))


def integer_labels(api, folder):
    model = models.dense(api.keras, 1, "sigmoid", loss="binary_crossentropy", metrics=["accuracy"])
    return results(api, model, folder, X, Y.astype("int64"))


def flat_labels(api, folder):
    model = models.dense(api.keras, metrics=["mae", "mse"])
    return results(api, model, folder, X, Y[:, 0])


def _of_loss(loss_of, labels=Y, units=1, activation=None, metrics=None):
    def case(api, folder):
        loss = loss_of(api.keras)
        model = models.dense(api.keras, units, activation, loss=loss, metrics=metrics)
        return results(api, model, folder, X, labels)

    return case


def _users_loss(y_true, y_pred):
    return tf.reduce_mean(tf.abs(tf.cast(y_true, y_pred.dtype) - y_pred) ** 1.5, axis=-1)


def _users_loss_class(K):
    class Quartic(K.losses.Loss):
        def call(self, y_true, y_pred):
            return tf.reduce_mean((tf.cast(y_true, y_pred.dtype) - y_pred) ** 4, axis=-1)

    return Quartic(name="quartic")


LOSSES = {
    "hinge": _of_loss(lambda K: "hinge"),
    "huber": _of_loss(lambda K: K.losses.Huber(delta=0.5)),
    "categorical": _of_loss(
        lambda K: K.losses.CategoricalCrossentropy(label_smoothing=0.1),
        ONE_HOT,
        3,
        "softmax",
        ["accuracy"],
    ),
    "from_logits": _of_loss(
        lambda K: K.losses.SparseCategoricalCrossentropy(from_logits=True),
        CLASSES,
        3,
        None,
        ["accuracy"],
    ),
    "summed": _of_loss(lambda K: K.losses.MeanSquaredError(reduction="sum")),
    "kl_divergence": _of_loss(lambda K: "kl_divergence", ONE_HOT, 3, "softmax"),
    "function": _of_loss(lambda K: K.losses.mean_squared_error),
    "users_function": _of_loss(lambda K: _users_loss, metrics=[_users_loss]),
    "users_class": _of_loss(_users_loss_class),
}


def _of_optimizer(optimizer_of):
    def case(api, folder):
        model = models.dense(api.keras, optimizer=optimizer_of(api.keras))
        data = input_fn(X, Y)
        estimator_of(api, model, folder, checkpoint_format="saver").train(data, steps=3)
        return jsonable(variables(folder))

    return case


OPTIMIZERS = {
    "sgd": _of_optimizer(lambda K: "sgd"),
    "nesterov": _of_optimizer(lambda K: K.optimizers.SGD(0.1, momentum=0.5, nesterov=True)),
    "rmsprop": _of_optimizer(lambda K: "rmsprop"),
    "rmsprop_centered": _of_optimizer(
        lambda K: K.optimizers.RMSprop(0.01, momentum=0.5, centered=True)
    ),
    "adagrad": _of_optimizer(lambda K: "adagrad"),
    "adadelta": _of_optimizer(lambda K: K.optimizers.Adadelta(0.5)),
    "adamax": _of_optimizer(lambda K: "adamax"),
    "nadam": _of_optimizer(lambda K: "nadam"),
    "ftrl": _of_optimizer(lambda K: K.optimizers.Ftrl(0.1)),
    "amsgrad": _of_optimizer(lambda K: K.optimizers.Adam(0.01, amsgrad=True)),
    "clipnorm": _of_optimizer(lambda K: K.optimizers.SGD(0.5, clipnorm=0.1)),
    "schedule": _of_optimizer(
        lambda K: K.optimizers.SGD(K.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5))
    ),
}
# Only Keras 2 takes them.
OPTIMIZERS_OF_KERAS_2 = {
    "of_tf1": _of_optimizer(lambda K: tf.compat.v1.train.MomentumOptimizer(0.1, 0.9)),
    "legacy": _of_optimizer(lambda K: K.optimizers.legacy.Adam(0.01, decay=0.1)),
}


def metric_objects(api, folder):
    K = api.keras
    model = models.dense(
        K,
        1,
        "sigmoid",
        loss="binary_crossentropy",
        metrics=[
            K.metrics.AUC(num_thresholds=10, name="area"),
            K.metrics.Precision(),
            K.metrics.MeanAbsoluteError(name="distance"),
        ],
    )
    return jsonable(estimator_of(api, model, folder).evaluate(input_fn(X, Y), steps=2))


def other_names_of_metrics(api, folder):
    model = models.branches(api.keras, metrics={"one": ["mae"], "two": ["mse"]})
    names = {"one_mae": "first", "two_mse": "second"}
    estimator = estimator_of(api, model, folder, metric_names_map=names)
    return jsonable(estimator.evaluate(input_fn({"left": X, "right": Z}, TWO), steps=1))


def _receiver(api, **features):
    def receiver():
        placeholders = {
            name: tf.compat.v1.placeholder(tf.float32, [None, width], name)
            for name, width in features.items()
        }
        return api.export.ServingInputReceiver(placeholders, placeholders)

    return receiver


def export(api, folder):
    estimator = estimator_of(api, models.dense(api.keras), folder)
    estimator.train(input_fn(X, Y), steps=1)
    path = estimator.export_saved_model(
        os.path.join(folder, "export"), _receiver(api, hidden_input=3)
    )
    return asking.signatures(path.decode())


def export_of_branches(api, folder):
    estimator = estimator_of(
        api,
        models.branches(api.keras),
        folder,
        export_outputs={
            "one": api.export.RegressionOutput,
            "two": api.export.PredictOutput,
        },
    )
    estimator.train(input_fn({"left": X, "right": Z}, TWO), steps=1)
    path = estimator.export_saved_model(
        os.path.join(folder, "export"), _receiver(api, left=3, right=2)
    )
    return asking.signatures(path.decode())


def saved_model_of_keras(api, folder):
    """From the path of a saved model."""
    path = os.path.join(folder, "model.h5")
    models.dense(api.keras, optimizer="adam").save(path)
    estimator = api.model_to_estimator(keras_model_path=path, model_dir=folder, config=config(api))
    estimator.train(input_fn(X, Y), steps=STEPS)
    return jsonable(variables(folder))


def subclassed(api, folder):
    """A model of the user's class, whose weights have constant initial values."""
    model = models.subclass(api.keras)
    model.compile(api.keras.optimizers.SGD(0.1), "mse", metrics=["mae"])
    estimator = estimator_of(api, model, folder, checkpoint_format="saver")
    estimator.train(input_fn(X, Y), steps=STEPS)
    fields = {"trained": sorted(variables(folder).items(), key=lambda item: item[0][-12:])}
    fields["evaluated"] = estimator.evaluate(input_fn(X, Y), steps=1)
    fields["predicted"] = predictions(estimator, X)
    return jsonable({**fields, "trained": [value for _, value in fields["trained"]]})


def goes_on(api, folder):
    """A second Estimator in the folder: optimizer and global step go on."""
    for _ in range(2):
        model = models.dense(api.keras, optimizer="adam")
        estimator = estimator_of(api, model, folder)
        estimator.train(input_fn(X, Y), steps=STEPS)
    return jsonable(
        {
            "step": estimator.evaluate(input_fn(X, Y), steps=1)["global_step"],
            "trained": variables(folder),
        }
    )


def train_and_evaluate(api, folder):
    K = api.keras
    model = models.dense(K, 1, "sigmoid", loss="binary_crossentropy", metrics=["accuracy"])
    estimator = estimator_of(api, model, folder)
    exporter = api.LatestExporter("latest", _receiver(api, hidden_input=3))
    metrics, exports = api.train_and_evaluate(
        estimator,
        api.TrainSpec(input_fn(X, Y), max_steps=3),
        api.EvalSpec(input_fn(X, Y), steps=1, exporters=exporter),
    )
    return jsonable({"metrics": metrics, "exports": len(exports)})


def mirrored(api, folder):
    strategy = tf.distribute.MirroredStrategy(["/cpu:0"])
    model = models.batch_normalization(api.keras, optimizer="adam", metrics=["mae"])
    estimator = estimator_of(
        api,
        model,
        folder,
        checkpoint_format="saver",
        config=config(api, train_distribute=strategy, eval_distribute=strategy),
    )
    estimator.train(input_fn(X, Y), steps=STEPS)
    evaluated = estimator.evaluate(input_fn(X, Y), steps=1)
    return jsonable({"trained": variables(folder), "evaluated": evaluated})


def clone_in_a_graph(api, folder):
    """The function behind it, which public code calls."""
    model = models.branches(api.keras)
    with tf.Graph().as_default():
        features = {"left": tf.constant(X), "right": tf.constant(Z)}
        clone = api.clone_and_build_model("infer", model, None, features)
        return {
            "outputs": [output.shape.as_list() for output in clone.outputs],
            "output_names": list(clone.output_names),
            "weights": sorted(weight.shape.as_list() for weight in clone.weights),
        }


PROGRAMS = [
    default_names,
    numbered_inputs,
    format_of_v1,
    dicts_everywhere,
    lists_everywhere,
    one_loss_for_all,
    weighted_examples,
    weights_of_outputs,
    weights_in_a_list,
    batch_normalization,
    batch_normalization_as_objects,
    frozen_layer,
    regularizers,
    dropout_is_off_outside_training,
    lstm,
    lstm_by_name,
    masked_words,
    convolution,
    nested,
    nested_by_name,
    users_layer,
    lambda_layer,
    double_features,
    integer_labels,
    flat_labels,
    metric_objects,
    other_names_of_metrics,
    export,
    export_of_branches,
    saved_model_of_keras,
    subclassed,
    goes_on,
    train_and_evaluate,
    mirrored,
    clone_in_a_graph,
]
