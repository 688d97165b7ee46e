"""The checks of what an EstimatorSpec takes, and parts of the canned estimators and heads."""

import tensorflow as tf

from tests.golden.errors import attempt, outcome
from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

from .models import described, v1


def _of_other_graph():
    with tf.Graph().as_default():
        return tf.constant(1.0)


def train_op(api, folder):
    check = api.of("model_fn._validate_estimator_spec_train_op")
    other = _of_other_graph()
    with tf.Graph().as_default():
        operation = tf.no_op()
        return [
            check(operation, "train") is operation,
            check(None, "eval"),
            outcome(check, None, "train"),
            outcome(check, 1, "train"),
            outcome(check, other, "train"),
        ]


def loss(api, folder):
    check = api.of("model_fn._validate_estimator_spec_loss")
    other = _of_other_graph()
    with tf.Graph().as_default():
        return [
            check(tf.constant([1.0]), "train").shape.as_list(),
            check(None, "infer"),
            outcome(check, None, "eval"),
            outcome(check, 1.0, "eval"),
            outcome(check, tf.constant([1.0, 2.0]), "eval"),
            outcome(check, other, "eval"),
        ]


def predictions(api, folder):
    check = api.of("model_fn._validate_estimator_spec_predictions")
    other = _of_other_graph()
    with tf.Graph().as_default():
        tensor = tf.constant(1.0)
        return [
            check(tensor, "infer") is tensor,
            sorted(check({"a": tensor}, "infer")),
            check(None, "train"),
            outcome(check, None, "infer"),
            outcome(check, {"a": 1}, "infer"),
            outcome(check, {"a": other}, "infer"),
        ]


def export_outputs(api, folder):
    check = api.of("model_fn._validate_estimator_spec_export_outputs")
    with tf.Graph().as_default():
        tensor = tf.constant(1.0)
        output = api.PredictOutput(tensor)
        return [
            sorted(check(None, {"a": tensor}, "infer")),
            sorted(check({"one": output}, tensor, "infer")),
            sorted(check({"one": output, "serving_default": output}, tensor, "infer")),
            check(None, tensor, "train"),
            outcome(check, {"one": output, "two": output}, tensor, "infer"),
            outcome(check, {"one": tensor}, tensor, "infer"),
            outcome(check, [output], tensor, "infer"),
        ]


def hooks_and_scaffold(api, folder):
    check_hooks = api.of("model_fn._validate_estimator_spec_hooks")
    check_scaffold = api.of("model_fn._validate_scaffold")
    hook, scaffold = v1.train.StopAtStepHook(1), v1.train.Scaffold()
    return [
        check_hooks(None),
        check_hooks([hook]) == (hook,),
        outcome(check_hooks, [1]),
        check_scaffold(scaffold) is scaffold,
        described(check_scaffold(None)),
        outcome(check_scaffold, 1),
    ]


def eval_metric_ops(api, folder):
    check = api.of("model_fn._validate_eval_metric_ops")
    other = _of_other_graph()
    with tf.Graph().as_default():
        return [
            check(None),
            sorted(check({"mean": v1.metrics.mean(1.0)})),
            outcome(check, [1]),
            outcome(check, {"mean": 1}),
            outcome(check, {"mean": (other, other)}),
        ]


def tensors_and_operations(api, folder):
    is_tensor = api.of("model_fn._check_is_tensor")
    is_either = api.of("model_fn._check_is_tensor_or_operation")
    with tf.Graph().as_default():
        tensor = tf.constant(1.0)
        return [
            is_tensor(tensor, "name") is tensor,
            outcome(is_tensor, tensor.op, "name"),
            is_either(tensor, "name"),
            is_either(tensor.op, "name"),
            outcome(is_either, 1, "name"),
        ]


def collection_of_variables(api, folder):
    with tf.Graph().as_default():
        variables = [v1.get_variable(name, []) for name in "ab"]
        v1.add_to_collection("mine", variables[0])
        api.of("model_fn._update_variable_collection")("mine", set(variables))
        return [variable.name for variable in v1.get_collection("mine")]


def baseline(api, folder):
    name, checks = (
        api.of("canned.baseline._get_weight_column_key"),
        api.of("canned.baseline._get_batch_size_and_size_checks"),
    )
    with tf.Graph().as_default(), v1.Session() as session:
        found, size = checks({"a": tf.zeros([3, 1]), "b": tf.zeros([3]), "w": tf.zeros([2])}, "w")
        return [name(None), name("w"), outcome(name, 1), len(found), int(session.run(size))]


def weight_column_of_baseline(api, folder):
    name = api.of("canned.baseline._get_weight_column_key_v2")
    return [name(None), name("w"), outcome(name, 1)]


def names_of_scopes(api, folder):
    name = api.of("canned.dnn._name_from_scope_name")
    return [name("a/b/"), name("a"), name(""), name(None)]


def spec_of_a_dnn(api, folder):
    class Head:
        def create_estimator_spec(self, **kwargs):
            return ["spec", sorted(kwargs)]

        def _create_tpu_estimator_spec(self, **kwargs):
            return ["tpu", sorted(kwargs)]

    make = api.of("canned.dnn._get_dnn_estimator_spec")
    return [make(use_tpu, Head(), {}, 1, "train", 2, 3) for use_tpu in (False, True)]


def optimizers(api, folder):
    class WithDefault:
        def __init__(self, learning_rate=0.1, name="name"):
            pass

    class Without:
        def __init__(self, learning_rate, name="name"):
            pass

    has = api.of("canned.optimizers._optimizer_has_default_learning_rate")
    names = api.of("canned.optimizers._OPTIMIZER_CLS_NAMES")
    return [
        has(WithDefault),
        has(Without),
        {name: cls.__name__ for name, cls in names.items()},
        {
            name: cls.__name__
            for name, cls in api.of("canned.optimizers._OPTIMIZER_CLS_NAMES_V2").items()
        },
        api.of("canned.dnn_linear_combined._LINEAR_LEARNING_RATE"),
        api.of("canned.optimizers._LEARNING_RATE"),
    ]


def parts_of_a_combined_model(api, folder):
    init = api.of("canned.dnn_linear_combined._init_dnn_linear_combined_estimator")
    head = api.of("canned.head._regression_head")()
    wide, deep = (tf.feature_column.numeric_column(name) for name in "wd")
    columns, model_fn = init(
        head, [wide], "Ftrl", [deep], "Adagrad", [2], tf.nn.relu, None, None, "sum"
    )
    with tf.Graph().as_default():
        v1.train.create_global_step()
        features = {name: tf.ones([2, 1]) for name in "wd"}
        spec = model_fn(features, tf.ones([2, 1]), "train", api.RunConfig())
        made = sorted(variable.name for variable in v1.trainable_variables())
    return [
        [column.name for column in columns],
        described(spec),
        made,
        outcome(init, head, None, "Ftrl", None, "Adagrad", [2], tf.nn.relu, None, None, "sum"),
    ]


def label_and_weight(api, folder):
    add = api.of("canned.parsing_utils._add_label_and_weight_to_parsing_spec")
    label = tf.io.FixedLenFeature((1,), tf.int64)

    def names(**kwargs):
        spec = {"x": tf.io.FixedLenFeature((2,), tf.float32)}
        return attempt(lambda: sorted(add(spec, label_spec=label, **kwargs)))

    return [
        names(label_key="y"),
        names(label_key="y", weight_column="w"),
        names(label_key="y", weight_column=tf.feature_column.numeric_column("w")),
        names(label_key="x"),
        names(label_key="y", weight_column="x"),
        names(label_key="y", weight_column=1),
    ]


def heads(api, folder):
    default = api.of("head.multi_head._default_export_output")
    with tf.Graph().as_default():
        operation = api.of("head.multi_head._no_op_train_fn")(1.0)
        kind = operation.type
    return [
        kind,
        default({"a": 1}, "head"),
        default({"a": 1, "serving_default": 2}, "head"),
        outcome(default, {"a": 1, "b": 2}, "head"),
    ]


def checks_in_tests(api, folder):
    case = tf.test.TestCase()
    of = api.of
    summary = v1.Summary()
    summary.value.add(tag="loss", simple_value=0.5)
    with tf.Graph().as_default(), v1.Session() as session:
        weights = v1.get_variable("weights", initializer=2.0)
        spec = api.EstimatorSpec("train", loss=tf.identity(weights), train_op=tf.no_op())
        hook = v1.train.StopAtStepHook(1)
        hooked = spec._replace(training_hooks=[hook])
        of("head.head_utils._initialize_variables")(case, v1.train.Scaffold())
        check_summaries = of("head.head_utils._assert_simple_summaries")
        check_hooks = of("head.head_utils._assert_no_hooks")
        text = summary.SerializeToString()
        return [
            plain(session.run(weights)),
            outcome(check_summaries, case, {"loss": 0.5}, text),
            outcome(check_summaries, case, {"loss": 1.5}, text),
            outcome(check_hooks, case, spec),
            outcome(check_hooks, case, hooked),
        ]


CASES = cases_of(globals())
