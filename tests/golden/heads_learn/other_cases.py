"""What is asked of ModelFnOps, MetricSpec and the serving input functions, one function a question.

Each is called with the namespace of the implementation, in a graph of its own, and answers with
JSON.
"""

import functools

import numpy as np
import tensorflow as tf

from tests.golden import records, values

CASES = {}


def ask(function):
    CASES[function.__name__] = function
    return function


def ask_with(**variants):
    """Asks once for each keyword argument, whose value the function gets as its second argument."""

    def register(function):
        for name, variant in variants.items():
            CASES[function.__name__ + "_" + name] = functools.partial(function, variant=variant)
        return function

    return register


@ask
def mode_keys(api):
    return [api.ModeKeys.TRAIN, api.ModeKeys.EVAL, api.ModeKeys.INFER]


@ask_with(train="train", predict="predict", none=None)
def validate_mode(api, variant):
    return api.ModeKeys.validate(variant)


@ask
def keys(api):
    return {
        kind.__name__: {key: value for key, value in vars(kind).items() if key.isupper()}
        for kind in (api.MetricKey, api.PredictionKey, api.ProblemType)
    }


def _complete(api, mode):
    return {
        "mode": mode,
        "predictions": {"scores": tf.constant([1.0, 2.0])},
        "loss": tf.constant(0.5),
        "train_op": tf.no_op(),
    }


@ask_with(train=("train",), eval=("eval",), infer=("infer",))
def model_fn_ops_without(api, variant):
    """Which of the arguments each mode needs."""
    answers = {}
    for left_out in ("predictions", "loss", "train_op"):
        arguments = _complete(api, variant[0])
        del arguments[left_out]
        try:
            ops = api.ModelFnOps(**arguments)
            answers[left_out] = repr(getattr(ops, left_out))
        except ValueError:
            answers[left_out] = "ValueError"
    return answers


@ask_with(
    of_shape_1=lambda: tf.constant([0.5]),
    of_shape_1_1=lambda: tf.constant([[0.5]]),
    number=lambda: 0.5,
    of_two=lambda: tf.constant([0.5, 1.0]),
    unknown=lambda: tf.compat.v1.placeholder(tf.float32),
    string=lambda: "0.5",
)
def model_fn_ops_loss(api, variant):
    ops = api.ModelFnOps(**dict(_complete(api, "train"), loss=variant()))
    return [ops.loss.dtype.name, ops.loss.shape.as_list()]


@ask_with(
    tensor=lambda: tf.constant(1.0),
    number=lambda: 1.0,
    variable=lambda: tf.compat.v1.get_variable("v", [], use_resource=True),
    object=object,
)
def model_fn_ops_train_op(api, variant):
    ops = api.ModelFnOps(**dict(_complete(api, "train"), train_op=variant()))
    return isinstance(ops.train_op, tf.Operation)


@ask_with(
    array=lambda: np.array([1.0, 2.0], np.float32),
    arrays=lambda: {"a": np.array([1.0], np.float32), ("h", "b"): tf.constant([2])},
    sparse=lambda: {"a": tf.SparseTensor([[0]], [1.0], [3])},
    object=object,
)
def model_fn_ops_predictions(api, variant):
    ops = api.ModelFnOps(**dict(_complete(api, "infer"), predictions=variant()))
    if isinstance(ops.predictions, dict):
        return {str(key): tensor.dtype.name for key, tensor in ops.predictions.items()}
    return ops.predictions.dtype.name


@ask_with(none=None, dict={"a": 1}, list=[1])
def model_fn_ops_eval_metric_ops(api, variant):
    return api.ModelFnOps(eval_metric_ops=variant, **_complete(api, "eval")).eval_metric_ops


@ask_with(
    hook=lambda: tf.compat.v1.train.SessionRunHook(),
    object=object,
)
def model_fn_ops_hooks(api, variant):
    ops = api.ModelFnOps(training_hooks=[variant()], **_complete(api, "train"))
    return [type(ops.training_hooks).__name__, len(ops.training_hooks), ops.training_chief_hooks]


@ask_with(loss="loss", train_op="train_op", predictions="predictions")
def model_fn_ops_from_another_graph(api, variant):
    with tf.Graph().as_default():
        strange = _complete(api, "train")[variant]
    api.ModelFnOps(**dict(_complete(api, "train"), **{variant: strange}))
    return "taken"


@ask
def model_fn_ops_fields(api):
    ops = api.ModelFnOps(**_complete(api, "train"))
    return [list(ops._fields), ops.mode, ops._replace(training_hooks=["anything"]).training_hooks]


SERVED = {
    "scores": lambda: {"scores": tf.constant([1.0])},
    "classes": lambda: {"probabilities": tf.constant([[1.0]]), "classes": tf.constant([["a"]])},
    "class_ids": lambda: {"probabilities": tf.constant([[1.0]]), "classes": tf.constant([[1]])},
    "anything": lambda: {"anything": tf.constant([1.0])},
}


@ask_with(
    regression={"a": (2, "scores")},
    regression_of_probabilities={"a": (2, "class_ids")},
    regression_of_anything={"a": (2, "anything")},
    classification={"a": (1, "classes")},
    classification_of_ids={"a": (1, "class_ids")},
    logistic={None: (3, "classes")},
    unspecified={"a": (0, "anything")},
    unknown={"a": (4, "anything")},
    serving_default={"a": (2, "scores"), "serving_default": (1, "classes")},
    none=None,
    empty={},
)
def estimator_spec(api, variant):
    alternatives = variant and {
        key: (kind, SERVED[served]()) for key, (kind, served) in variant.items()
    }
    ops = api.ModelFnOps(output_alternatives=alternatives, **_complete(api, "infer"))
    return records.spec(ops.estimator_spec())


@ask_with(first="a", second="b", absent="c")
def estimator_spec_of_two(api, variant):
    alternatives = {"a": (2, SERVED["scores"]()), "b": (1, SERVED["classes"]())}
    ops = api.ModelFnOps(output_alternatives=alternatives, **_complete(api, "infer"))
    return records.spec(ops.estimator_spec(variant))


@ask
def estimator_spec_leaves_out_the_loss_metric(api):
    metrics = {key: tf.compat.v1.metrics.mean(1.0) for key in ("loss", "loss/head", "other")}
    ops = api.ModelFnOps(eval_metric_ops=metrics, **_complete(api, "eval"))
    return records.spec(ops.estimator_spec())


@ask_with(
    standard=lambda labels, predictions, weights=None: [labels, predictions, weights],
    other_names=lambda target, logit, weight=None: [target, logit, weight],
    labels_first=lambda labels, other, weights=None: [labels, other, weights],
    labels_last=lambda other, labels, weights=None: [labels, other, weights],
    no_labels=lambda predictions, weights=None: [predictions, weights],
    positional=lambda anything, weights=None: [anything, weights],
    no_weights=lambda labels, predictions: [labels, predictions],
    two_labels=lambda labels, target, predictions: [],
    two_predictions=lambda labels, predictions, logits: [],
    two_weights=lambda labels, predictions, weight, weights: [],
    partial=functools.partial(lambda labels, predictions, k: [labels, predictions, k], k=5),
    partial_of_weights=functools.partial(
        lambda labels, predictions, weights: [labels, predictions, weights], weights=0.25
    ),
)
def metric_spec(api, variant):
    answers = {}
    for name, arguments in {
        "plain": {},
        "label_key": {"label_key": "l"},
        "weight_key": {"weight_key": "w"},
        "all": {"label_key": "l", "weight_key": "w", "prediction_key": "p"},
    }.items():
        try:
            spec = api.MetricSpec(variant, **arguments)
            answers[name] = spec.create_metric_ops({"w": 0.5, "x": 1}, {"l": 1}, {"p": 2})
        except (ValueError, TypeError) as error:
            answers[name] = type(error).__name__
    return answers


@ask_with(
    one_tensor=({}, 1, 2),
    several_labels=({}, {"l": 1, "m": 3}, 2),
    several_predictions=({}, 1, {"p": 2, "q": 4}),
    label_key_for_a_tensor=({"label_key": "l"}, 1, 2),
    prediction_key_for_a_tensor=({"prediction_key": "p"}, 1, 2),
    label_key_absent=({"label_key": "x"}, {"l": 1}, 2),
    prediction_key_absent=({"prediction_key": "x"}, 1, {"p": 2}),
    weight_key_absent=({"weight_key": "x"}, 1, 2),
)
def metric_spec_keys(api, variant):
    arguments, labels, predictions = variant
    spec = api.MetricSpec(
        lambda labels, predictions, weights=None: [labels, predictions], **arguments
    )
    return spec.create_metric_ops({"w": 0.5}, labels, predictions)


@ask
def metric_spec_properties(api):
    def accuracy(labels, predictions, weights):
        return [labels, predictions, weights]

    spec = api.MetricSpec(accuracy, "p", "l", "w")
    seen = spec.metric_fn(labels=1, predictions=2, weights=3)
    return [str(spec), spec.prediction_key, spec.label_key, spec.weight_key, seen]


@ask
def metric_spec_called_by_position(api):
    return api.MetricSpec(lambda labels, predictions: [labels, predictions]).metric_fn(1, 2)


@ask_with(any_size=None, four=4)
def parsing_serving_input_fn(api, variant):
    columns = {"x": tf.io.FixedLenFeature([2], tf.float32)}
    ops = api.build_parsing_serving_input_fn(columns, default_batch_size=variant)()
    ((name, examples),) = ops.default_inputs.items()
    features = {key: tensor.shape.as_list() for key, tensor in ops.features.items()}
    return [name, examples.name, examples.shape.as_list(), features, ops.labels]


@ask_with(any_size=None, four=4)
def default_serving_input_fn(api, variant):
    features = {"x": tf.zeros([3, 2], name="mine"), "y": tf.constant([[1], [2]])}
    ops = api.build_default_serving_input_fn(features, default_batch_size=variant)()
    described = {
        key: [tensor.op.type, tensor.dtype.name, tensor.shape.as_list()]
        for key, tensor in ops.features.items()
    }
    return [described, ops.labels, sorted(ops.default_inputs)]


@ask
def no_op_train_fn(api):
    return api.no_op_train_fn(tf.constant(1.0)).type


def run(name, api):
    """The JSON answer to one question."""
    with tf.Graph().as_default():
        return values.jsonable(CASES[name](api))
