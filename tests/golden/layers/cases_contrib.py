"""The cases of `tf.contrib.framework`, `training`, `metrics` and `lookup`.

A case is a function of the `tf.contrib` that is asked, inside a new graph. It returns numbers and
names, or tensors, whose values are recorded, in dicts and lists; or a `Metric`, whose update is run
twice before its value. The type of an error is recorded.
"""

import os
import tempfile

import numpy as np
import tensorflow as tf

from .runner import Metric

tf1 = tf.compat.v1

LABELS = [1, 0, 1, 1]
PREDICTED = [1, 1, 0, 1]
SCORES = [0.9, 0.6, 0.4, 0.8]
WEIGHTS = [1.0, 2.0, 0.5, 1.0]
CLASSES = [[2], [0], [1]]
LOGITS = [[0.1, 0.3, 0.6], [0.2, 0.5, 0.3], [0.1, 0.8, 0.1]]


def _metric(function, *arguments, **options):
    def case(contrib):
        tensors = [tf.constant(argument) for argument in arguments]
        weights = {"weights": tf.constant(options["weights"])} if "weights" in options else {}
        value, update = getattr(contrib.metrics, function)(*tensors, **dict(options, **weights))
        return Metric(value, update)

    return case


def _thresholds(name):
    return _metric(name, SCORES, [True, False, True, True], thresholds=[0.5, 0.7])


def _top_k(name, *arguments):
    def case(contrib):
        labels = tf.constant(CLASSES, tf.int64)
        return Metric(*getattr(contrib.metrics, name)(tf.constant(LOGITS), labels, *arguments))

    return case


def _equal_thresholds(contrib):
    value, update = contrib.metrics.precision_recall_at_equal_thresholds(
        tf.constant([True, False, True, True]), tf.constant(SCORES), num_thresholds=5
    )
    return Metric(list(value), update)


METRICS = {
    "streaming_accuracy": _metric("streaming_accuracy", PREDICTED, LABELS, weights=WEIGHTS),
    "streaming_mean": _metric("streaming_mean", SCORES, weights=WEIGHTS, name="average"),
    "streaming_mean/collections": lambda c: [
        c.metrics.streaming_mean(
            tf.constant(SCORES), metrics_collections="values", updates_collections="updates"
        )
        and [len(tf1.get_collection("values")), len(tf1.get_collection("updates"))]
    ],
    "streaming_mean_tensor": _metric("streaming_mean_tensor", [SCORES, WEIGHTS]),
    "streaming_precision": _metric("streaming_precision", PREDICTED, LABELS),
    "streaming_recall": _metric("streaming_recall", PREDICTED, LABELS),
    "streaming_auc": _metric("streaming_auc", SCORES, LABELS, num_thresholds=20),
    "streaming_auc/PR": _metric("streaming_auc", SCORES, LABELS, curve="PR", num_thresholds=20),
    "streaming_dynamic_auc": _metric("streaming_dynamic_auc", LABELS, SCORES),
    "streaming_curve_points": _metric(
        "streaming_curve_points", [1.0, 0.0, 1.0, 1.0], SCORES, num_thresholds=5
    ),
    "streaming_true_positives": _metric("streaming_true_positives", PREDICTED, LABELS),
    "streaming_true_negatives": _metric("streaming_true_negatives", PREDICTED, LABELS),
    "streaming_false_positives": _metric("streaming_false_positives", PREDICTED, LABELS),
    "streaming_false_negatives": _metric("streaming_false_negatives", PREDICTED, LABELS),
    "streaming_false_positive_rate": _metric("streaming_false_positive_rate", PREDICTED, LABELS),
    "streaming_false_negative_rate": _metric("streaming_false_negative_rate", PREDICTED, LABELS),
    "streaming_true_positives_at_thresholds": _thresholds("streaming_true_positives_at_thresholds"),
    "streaming_precision_at_thresholds": _thresholds("streaming_precision_at_thresholds"),
    "streaming_recall_at_thresholds": _thresholds("streaming_recall_at_thresholds"),
    "streaming_mean_absolute_error": _metric("streaming_mean_absolute_error", SCORES, WEIGHTS),
    "streaming_mean_squared_error": _metric("streaming_mean_squared_error", SCORES, WEIGHTS),
    "streaming_root_mean_squared_error": _metric(
        "streaming_root_mean_squared_error", SCORES, WEIGHTS
    ),
    "streaming_mean_relative_error": _metric(
        "streaming_mean_relative_error", SCORES, WEIGHTS, normalizer=WEIGHTS
    ),
    "streaming_mean_cosine_distance": _metric(
        "streaming_mean_cosine_distance", [SCORES], [WEIGHTS], dim=1
    ),
    "streaming_covariance": _metric("streaming_covariance", SCORES, WEIGHTS),
    "streaming_pearson_correlation": _metric("streaming_pearson_correlation", SCORES, WEIGHTS),
    "streaming_percentage_less": _metric("streaming_percentage_less", SCORES, threshold=0.7),
    "streaming_mean_iou": _metric("streaming_mean_iou", PREDICTED, LABELS, num_classes=2),
    "streaming_concat": _metric("streaming_concat", SCORES),
    "streaming_concat/max_size": _metric("streaming_concat", SCORES, max_size=6),
    "streaming_sensitivity_at_specificity": _metric(
        "streaming_sensitivity_at_specificity", SCORES, LABELS, specificity=0.5
    ),
    "streaming_specificity_at_sensitivity": _metric(
        "streaming_specificity_at_sensitivity", SCORES, LABELS, sensitivity=0.5
    ),
    "streaming_recall_at_k": lambda c: Metric(
        *c.metrics.streaming_recall_at_k(tf.constant(LOGITS), tf.constant([2, 0, 1], tf.int64), k=2)
    ),
    "streaming_sparse_recall_at_k": _top_k("streaming_sparse_recall_at_k", 2),
    "streaming_sparse_precision_at_k": _top_k("streaming_sparse_precision_at_k", 2),
    "streaming_sparse_average_precision_at_k": _top_k("streaming_sparse_average_precision_at_k", 2),
    "auc_using_histogram": lambda c: Metric(
        *c.metrics.auc_using_histogram(
            tf.constant([True, False, True, True]), tf.constant(SCORES), [0.0, 1.0], nbins=20
        )
    ),
    "precision_recall_at_equal_thresholds": _equal_thresholds,
    "recall_at_precision": _metric(
        "recall_at_precision", [True, False, True, True], SCORES, precision=0.6, num_thresholds=20
    ),
    "precision_at_recall": _metric(
        "precision_at_recall", [True, False, True, True], SCORES, target_recall=0.6
    ),
    "cohen_kappa": _metric("cohen_kappa", LABELS, PREDICTED, num_classes=2),
    "count": _metric("count", SCORES, weights=WEIGHTS),
    "f1_score": _metric("f1_score", LABELS, SCORES, num_thresholds=20),
    "accuracy": lambda c: c.metrics.accuracy(tf.constant(PREDICTED), tf.constant(LABELS)),
    "confusion_matrix": lambda c: c.metrics.confusion_matrix(LABELS, PREDICTED, num_classes=3),
    "aggregate_metrics": lambda c: Metric(
        *c.metrics.aggregate_metrics(
            c.metrics.streaming_mean(tf.constant(SCORES)),
            c.metrics.streaming_accuracy(tf.constant(PREDICTED), tf.constant(LABELS)),
        )
    ),
    "aggregate_metric_map": lambda c: [
        sorted(names)
        for names in c.metrics.aggregate_metric_map(
            {"mean": c.metrics.streaming_mean(tf.constant(SCORES))}
        )
    ],
    "set_size": lambda c: c.metrics.set_size(tf1.sparse.from_dense([[1, 2, 0], [3, 0, 0]])),
    "set_union": lambda c: c.metrics.set_union([[1, 2], [3, 4]], [[2, 3], [4, 5]]),
    "set_difference": lambda c: c.metrics.set_difference([[1, 2], [3, 4]], [[2, 3], [4, 5]]),
    "set_intersection": lambda c: c.metrics.set_intersection([[1, 2], [3, 4]], [[2, 3], [4, 5]]),
}


def _variables(contrib):
    framework = contrib.framework
    with tf1.variable_scope("model"):
        framework.model_variable("weights", [2], initializer=tf1.ones_initializer())
        framework.variable("other", [1], initializer=tf1.zeros_initializer())
    framework.local_variable(3.0, name="local")
    framework.global_variable(4.0, name="fixed")
    framework.create_global_step()
    return framework


def _names(variables):
    return sorted(variable.op.name for variable in variables)


def _checkpoint(contrib, use):
    """What `use` gives of the framework and of the path of a checkpoint of `_variables`."""
    with tf.Graph().as_default():
        _variables(contrib)
        with tf1.Session() as session:
            session.run(tf1.global_variables_initializer())
            folder = tempfile.mkdtemp()
            path = tf1.train.Saver().save(session, os.path.join(folder, "model"))
    with tf.Graph().as_default():
        return use(contrib.framework, path)


def _restored(framework, path, **options):
    variable = framework.model_variable("model/weights", [2], initializer=tf1.zeros_initializer())
    tf1.get_variable("missing", [1])
    variables = framework.get_variables_to_restore(include=["model", "missing"])
    options.setdefault("ignore_missing_vars", True)
    init = framework.assign_from_checkpoint_fn(path, variables, **options)
    with tf1.Session() as session:
        init(session)
        return session.run(variable).tolist()


def _initialized(framework, path):
    with tf1.variable_scope("mine"):
        variable = tf1.get_variable("weights", [2], initializer=tf1.zeros_initializer())
    framework.init_from_checkpoint(checkpoint_dir=path, assignment_map={"model/": "mine/"})
    with tf1.Session() as session:
        session.run(tf1.global_variables_initializer())
        return session.run(variable).tolist()


def _assigned(framework, path):
    variable = framework.model_variable("w", [2], initializer=tf1.zeros_initializer())
    op, feeds = framework.assign_from_checkpoint(path, {"model/weights": variable})
    with tf1.Session() as session:
        session.run(op, feeds)
        return session.run(variable).tolist()


def _assigned_values(contrib):
    framework = _variables(contrib)
    variable = framework.get_unique_variable("model/weights")
    init = framework.assign_from_values_fn({"model/weights": np.array([5.0, 6.0], np.float32)})
    with tf1.Session() as session:
        init(session)
        return session.run(variable).tolist()


def _scoped(contrib):
    framework = contrib.framework

    @framework.add_arg_scope
    def function(first, second=2, third=3):
        return [first, second, third]

    results = [function(1)]
    with framework.arg_scope([function], second=20) as outer:
        results.append(function(1))
        with framework.arg_scope([function], third=30):
            results += [function(1), function(1, second=0)]
    with framework.arg_scope(outer):
        results.append(function(1))
    return [
        results,
        framework.has_arg_scope(function),
        framework.has_arg_scope(len),
        list(framework.arg_scoped_arguments(function)),
        framework.current_arg_scope() == {},
    ]


def _partly_known(shape=None):
    return tf1.placeholder_with_default(tf.zeros([2, 3]), shape)


FRAMEWORK = {
    "get_variables": lambda c: _names(_variables(c).get_variables()),
    "get_variables/scope": lambda c: _names(_variables(c).get_variables("model")),
    "get_variables/suffix": lambda c: _names(_variables(c).get_variables(suffix="other")),
    "get_model_variables": lambda c: _names(_variables(c).get_model_variables()),
    "get_local_variables": lambda c: _names(_variables(c).get_local_variables()),
    "get_trainable_variables": lambda c: _names(_variables(c).get_trainable_variables()),
    "get_variables_by_name": lambda c: _names(_variables(c).get_variables_by_name("weights")),
    "get_variables_by_suffix": lambda c: _names(_variables(c).get_variables_by_suffix("other")),
    "get_variables_to_restore": lambda c: _names(
        _variables(c).get_variables_to_restore(include=["model"], exclude=["model/other"])
    ),
    "get_unique_variable": lambda c: _variables(c).get_unique_variable("model/weights"),
    "get_unique_variable/unknown": lambda c: _variables(c).get_unique_variable("weights"),
    "get_variable_full_name": lambda c: c.framework.get_variable_full_name(
        _variables(c).get_unique_variable("model/other")
    ),
    "filter_variables": lambda c: _names(
        c.framework.filter_variables(
            _variables(c).get_variables(),
            include_patterns=["model"],
            exclude_patterns=["other"],
        )
    ),
    "add_model_variable": lambda c: (
        c.framework.add_model_variable(tf1.get_variable("own", [1])),
        _names(c.framework.get_model_variables()),
    )[1],
    "local_variable": lambda c: c.framework.local_variable(3.0),
    "model_variable/options": lambda c: [
        _names(
            [
                c.framework.model_variable(
                    "v",
                    [2],
                    regularizer=c.layers.l2_regularizer(0.5),
                    trainable=False,
                    collections=["mine"],
                    device="/cpu:0",
                )
            ]
        ),
        _names(tf1.get_collection("mine")),
        _names(tf1.trainable_variables()),
        len(tf1.losses.get_regularization_losses()),
    ],
    "get_or_create_global_step": lambda c: [
        c.framework.get_or_create_global_step(),
        c.framework.get_global_step().op.name,
        c.framework.assert_or_get_global_step().op.name,
    ],
    "create_global_step/twice": lambda c: [c.framework.create_global_step() for _ in range(2)],
    "assert_global_step/float": lambda c: c.framework.assert_global_step(tf.constant(1.0)),
    "load_variable": lambda c: _checkpoint(
        c,
        lambda framework, path: framework.load_variable(
            checkpoint_dir=path, name="model/weights"
        ).tolist(),
    ),
    "list_variables": lambda c: _checkpoint(
        c, lambda framework, path: framework.list_variables(checkpoint_dir=path)
    ),
    "load_checkpoint": lambda c: _checkpoint(
        c, lambda framework, path: framework.load_checkpoint(filepattern=path).has_tensor("fixed")
    ),
    "load_variable/unknown": lambda c: _checkpoint(
        c, lambda framework, path: framework.load_variable(path, "unknown")
    ),
    "init_from_checkpoint": lambda c: _checkpoint(c, _initialized),
    "init_from_checkpoint/unknown": lambda c: _checkpoint(
        c, lambda framework, path: framework.init_from_checkpoint(path, {"unknown": "other"})
    ),
    "assign_from_checkpoint": lambda c: _checkpoint(c, _assigned),
    "assign_from_checkpoint_fn": lambda c: _checkpoint(c, _restored),
    "assign_from_checkpoint_fn/missing": lambda c: _checkpoint(
        c, lambda framework, path: _restored(framework, path, ignore_missing_vars=False)
    ),
    "assign_from_values_fn": _assigned_values,
    "arg_scope": _scoped,
    "is_tensor": lambda c: [
        c.framework.is_tensor(value)
        for value in (tf.constant(1), tf1.get_variable("v", [1]), 1, [tf.constant(1)])
    ],
    "reduce_sum_n": lambda c: c.framework.reduce_sum_n([tf.constant([1.0, 2.0]), tf.constant(3.0)]),
    "reduce_sum_n/one": lambda c: c.framework.reduce_sum_n([tf.constant([1.0, 2.0])]),
    "reduce_sum_n/none": lambda c: c.framework.reduce_sum_n([]),
    "assert_scalar_int": lambda c: c.framework.assert_scalar_int(tf.constant(3)),
    "assert_scalar_int/float": lambda c: c.framework.assert_scalar_int(tf.constant(3.0)),
    "assert_scalar_int/vector": lambda c: c.framework.assert_scalar_int(tf.constant([3])),
    "assert_same_float_dtype/int": lambda c: c.framework.assert_same_float_dtype([tf.constant(1)]),
    "remove_squeezable_dimensions": lambda c: c.framework.remove_squeezable_dimensions(
        tf.constant([[1], [2]]), tf.constant([3, 4])
    ),
    "get_placeholders": lambda c: (
        tf1.placeholder(tf.int32, name="fed"),
        [tensor.name for tensor in c.framework.get_placeholders(tf1.get_default_graph())],
    )[1],
    "get_placeholders/no graph": lambda c: c.framework.get_placeholders(1),
    "with_shape": lambda c: c.framework.with_shape([2, 3], tf.zeros([2, 3])),
    "with_shape/wrong": lambda c: c.framework.with_shape([3, 2], tf.zeros([2, 3])),
    "with_shape/wrong rank": lambda c: c.framework.with_shape([6], tf.zeros([2, 3])),
    "with_shape/to scalar": lambda c: c.framework.with_shape([], tf.ones([1])),
    "with_shape/no scalar": lambda c: c.framework.with_shape([], tf.ones([2])),
    "with_shape/unknown": lambda c: c.framework.with_shape([2, 3], _partly_known()),
    "with_shape/unknown and wrong": lambda c: c.framework.with_shape([3, 2], _partly_known()),
    "with_shape/unknown, wrong rank": lambda c: c.framework.with_shape([6], _partly_known()),
    "with_shape/partly known": lambda c: c.framework.with_shape([2, 3], _partly_known([None, 3])),
    "with_shape/tensor": lambda c: c.framework.with_shape(tf.constant([2, 3]), tf.zeros([2, 3])),
    "with_shape/wrong tensor": lambda c: c.framework.with_shape(
        tf.constant([2, 2]), tf.zeros([2, 3])
    ),
    "with_shape/float": lambda c: c.framework.with_shape([2.0, 3.0], tf.zeros([2, 3])),
    "with_shape/int64 tensor": lambda c: c.framework.with_shape(
        tf.constant([2, 3], tf.int64), tf.zeros([2, 3])
    ),
    "with_shape/rank of shape": lambda c: c.framework.with_shape([[2, 3]], tf.zeros([2, 3])),
    "with_shape/sparse": lambda c: c.framework.with_shape(
        [1], tf.SparseTensor([[0]], tf.constant([1.0]), [1])
    ),
    "with_same_shape": lambda c: c.framework.with_same_shape(tf.zeros([2, 3]), tf.ones([2, 3])),
    "with_same_shape/wrong": lambda c: c.framework.with_same_shape(tf.zeros([2]), tf.ones([3])),
    "nest": lambda c: [
        c.framework.nest.flatten({"b": [1, 2], "a": 3}),
        c.framework.nest.is_sequence([1]),
        c.framework.nest.is_sequence(1),
        c.framework.nest.map_structure(lambda x: x + 1, [1, [2]]),
        c.framework.nest.flatten_up_to([0, 0], [1, [2, 3]]),
        c.framework.nest.pack_sequence_as([0, [0]], [1, 2]),
    ],
    "smart_cond": lambda c: [
        c.framework.smart_cond(True, lambda: 1, lambda: 2),
        c.framework.smart_constant_value(tf.constant(False)),
    ],
    "get_name_scope": lambda c: [c.framework.get_name_scope()],
    "prepend_name_scope": lambda c: [
        c.framework.prepend_name_scope("a/b", "scope"),
        c.framework.strip_name_scope("scope/a/b", "scope"),
    ],
}


def _trained(contrib, **options):
    variable = contrib.framework.model_variable(
        "v", initializer=tf.constant([1.0, -2.0]), regularizer=contrib.layers.l2_regularizer(0.5)
    )
    counter = tf1.get_variable("counter", initializer=0.0, trainable=False)
    tf1.add_to_collection("update_ops", counter.assign_add(1.0))
    tf1.train.create_global_step()
    loss = tf.reduce_sum(variable**2)
    optimizer = tf1.train.GradientDescentOptimizer(0.25)
    op = contrib.training.create_train_op(loss, optimizer, **options)
    with tf1.Session() as session:
        session.run(tf1.global_variables_initializer())
        loss = float(session.run(op))
        values = {v.op.name: session.run(v).tolist() for v in tf1.global_variables()}
    tags = sorted(t.op.name for t in tf1.get_collection("summaries"))
    return [loss, values, op.name, tags]


def _run_to_the_end(contrib):
    """Trains three steps with checkpoints, then evaluates."""
    folder = tempfile.mkdtemp()
    with tf.Graph().as_default():
        variable = tf1.get_variable("v", initializer=8.0)
        tf1.train.create_global_step()
        optimizer = tf1.train.GradientDescentOptimizer(0.25)
        op = contrib.training.create_train_op(variable**2, optimizer)
        loss = contrib.training.train(op, folder, hooks=[tf1.train.StopAtStepHook(3)])
    with tf.Graph().as_default():
        variable = tf1.get_variable("v", initializer=0.0)
        step = contrib.training.get_or_create_eval_step()
        path = next(contrib.training.checkpoints_iterator(folder, timeout=0))
        values = contrib.training.evaluate_once(
            path,
            eval_ops=[tf.identity(variable)],
            final_ops={"v": variable, "step": step},
            hooks=[contrib.training.StopAfterNEvalsHook(2)],
        )
    return [float(loss), os.path.basename(path), float(values["v"]), int(values["step"])]


def _placed(contrib, strategy):
    device = tf1.train.replica_device_setter(ps_tasks=3, ps_strategy=strategy)
    with tf1.device(device):
        made = [
            tf1.get_variable(name, shape, initializer=tf1.zeros_initializer(), use_resource=False)
            for name, shape in (("a", [9]), ("b", [2]), ("c", []), ("d", [4]), ("e", [1]))
        ]
    return [[variable.op.name, variable.device] for variable in made]


def _on_cpu(contrib, strategy):
    """The devices alone: there is no parameter server to run anything on."""
    with tf.Graph().as_default():
        return _placed(contrib, strategy)


TRAINING = {
    "create_train_op": _trained,
    "create_train_op/options": lambda c: _trained(
        c,
        update_ops=[],
        variables_to_train=None,
        transform_grads_fn=c.training.clip_gradient_norms_fn(0.5),
        summarize_gradients=True,
        check_numerics=False,
    ),
    "create_train_op/no step": lambda c: _trained(c, global_step=None),
    "create_train_op/multiplied": lambda c: _trained(
        c,
        transform_grads_fn=lambda gradients: c.training.multiply_gradients(
            gradients, {gradients[0][1]: 2.0}
        ),
    ),
    "train and evaluate_once": _run_to_the_end,
    "RandomStrategy": lambda c: _on_cpu(c, c.training.RandomStrategy(3, seed=1)),
    "GreedyLoadBalancingStrategy": lambda c: _on_cpu(
        c, c.training.GreedyLoadBalancingStrategy(3, c.training.byte_size_load_fn)
    ),
    "byte_size_load_fn/two outputs": lambda c: c.training.byte_size_load_fn(
        tf.unstack(tf.zeros([2]))[0].op
    ),
}


def _file(lines):
    path = os.path.join(tempfile.mkdtemp(), "words.txt")
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    return path


WORDS = ["emerson", "lake", "palmer"]
ASKED = ["lake", "palmer", "and", "emerson"]

LOOKUP = {
    "index_table_from_tensor": lambda c: c.lookup.index_table_from_tensor(
        tf.constant(WORDS), default_value=-2
    ).lookup(tf.constant(ASKED)),
    "index_table_from_tensor/buckets": lambda c: c.lookup.index_table_from_tensor(
        WORDS, num_oov_buckets=3
    ).lookup(tf.constant(ASKED)),
    "index_table_from_tensor/strong hash": lambda c: c.lookup.index_table_from_tensor(
        WORDS, num_oov_buckets=3, hasher_spec=c.lookup.StrongHashSpec([1, 2])
    ).lookup(tf.constant(ASKED)),
    "index_table_from_tensor/integers": lambda c: c.lookup.index_table_from_tensor(
        [7, 5], dtype=tf.int64
    ).lookup(tf.constant([5, 7, 6], tf.int64)),
    "index_table_from_tensor/None": lambda c: c.lookup.index_table_from_tensor(None),
    "index_table_from_tensor/negative": lambda c: c.lookup.index_table_from_tensor(
        WORDS, num_oov_buckets=-1
    ),
    "index_table_from_file": lambda c: c.lookup.index_table_from_file(
        _file(WORDS), num_oov_buckets=2
    ).lookup(tf.constant(ASKED)),
    "index_table_from_file/size": lambda c: c.lookup.index_table_from_file(
        _file(WORDS), vocab_size=2, default_value=9
    ).lookup(tf.constant(ASKED)),
    "index_table_from_file/None": lambda c: c.lookup.index_table_from_file(None),
    "index_to_string_table_from_tensor": lambda c: c.lookup.index_to_string_table_from_tensor(
        WORDS
    ).lookup(tf.constant([2, 0, 5], tf.int64)),
    "index_to_string_table_from_tensor/None": lambda c: c.lookup.index_to_string_table_from_tensor(
        None
    ),
    "index_to_string_table_from_file": lambda c: c.lookup.index_to_string_table_from_file(
        _file(WORDS), default_value="?"
    ).lookup(tf.constant([2, 0, 5], tf.int64)),
    "string_to_index": lambda c: c.lookup.string_to_index(tf.constant(ASKED), tf.constant(WORDS)),
    "index_to_string": lambda c: c.lookup.index_to_string(
        tf.constant([1, 9], tf.int64), tf.constant(WORDS)
    ),
    "string_to_index_table_from_tensor": lambda c: c.lookup.string_to_index_table_from_tensor(
        WORDS
    ).lookup(tf.constant(ASKED)),
    "string_to_index_table_from_tensor/integers": (
        lambda c: c.lookup.string_to_index_table_from_tensor([1, 2])
    ),
    "string_to_index_table_from_file": lambda c: c.lookup.string_to_index_table_from_file(
        _file(WORDS)
    ).lookup(tf.constant(ASKED)),
    "HashTable": lambda c: c.lookup.HashTable(
        c.lookup.KeyValueTensorInitializer(WORDS, [1, 2, 3], tf.string, tf.int64), -1
    ).lookup(tf.constant(ASKED)),
    "HashTable/named": lambda c: (
        c.lookup.HashTable(
            c.lookup.KeyValueTensorInitializer(WORDS, [1.0, 2.0, 3.0]),
            0.0,
            shared_name="shared",
            name="mine",
        ).name
    ),
    "HashTable/init": lambda c: (
        c.lookup.HashTable(
            c.lookup.KeyValueTensorInitializer(WORDS, [1, 2, 3], tf.string, tf.int64), -1
        ).init.type
    ),
    "index_table_from_tensor/init": lambda c: [
        hasattr(c.lookup.index_table_from_tensor(WORDS, num_oov_buckets=buckets), "init")
        for buckets in (0, 1)
    ],
    "index_to_string_table_from_tensor/init": lambda c: [
        hasattr(c.lookup.index_to_string_table_from_tensor(WORDS), "init")
    ],
    "HashTable/export": lambda c: list(
        c.lookup.HashTable(
            c.lookup.KeyValueTensorInitializer(["a"], [1], tf.string, tf.int64), -1
        ).export()
    ),
    "HashTable/size": lambda c: c.lookup.HashTable(
        c.lookup.KeyValueTensorInitializer(WORDS, [1, 2, 3], tf.string, tf.int64), -1
    ).size(),
    "HashTable/file": lambda c: c.lookup.HashTable(
        c.lookup.TextFileInitializer(
            _file(WORDS),
            tf.string,
            c.lookup.TextFileIndex.WHOLE_LINE,
            tf.int64,
            c.lookup.TextFileIndex.LINE_NUMBER,
        ),
        -1,
    ).lookup(tf.constant(ASKED)),
    "MutableHashTable": lambda c: c.lookup.MutableHashTable(tf.string, tf.int64, -1).lookup(
        tf.constant(ASKED)
    ),
    "MutableDenseHashTable": lambda c: c.lookup.MutableDenseHashTable(
        tf.int64, tf.int64, default_value=-1, empty_key=0, deleted_key=-1
    ).lookup(tf.constant([5], tf.int64)),
}

CASES = {
    f"{package}/{name}": case
    for package, cases in {
        "framework": FRAMEWORK,
        "lookup": LOOKUP,
        "metrics": METRICS,
        "training": TRAINING,
    }.items()
    for name, case in cases.items()
}
