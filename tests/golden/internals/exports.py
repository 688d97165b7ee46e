"""Checks and placeholders of receivers, the names of modes, and the fake writer of summaries."""

import os

import tensorflow as tf

from tests.golden.errors import attempt, outcome
from tests.golden.learn_estimator.models import cases_of

from .models import described, v1


def input_tensors(api, folder):
    wrap = api.of("export.export_lib.wrap_and_check_input_tensors")
    with tf.Graph().as_default():
        tensor = tf.constant(1.0)
        sparse = tf.sparse.SparseTensor([[0]], [1.0], [1])
        given = {"a": tensor, "b": sparse}
        return [
            sorted(wrap(tensor, "feature")),
            sorted(wrap(tensor, "label")),
            sorted(wrap(tensor, "receiver_tensor")),
            sorted(wrap(tensor, "receiver_tensors_alternative")),
            wrap(given, "feature") is given,
            wrap({1: tensor}, "feature", allow_int_keys=True) == {1: tensor},
            outcome(wrap, {1: tensor}, "feature"),
            outcome(wrap, {"a": 1}, "feature"),
            outcome(wrap, None, "feature"),
            outcome(wrap, tensor, "other"),
        ]


def checks(api, folder):
    tensor_, key = api.of("export.export._check_tensor"), api.of("export.export._check_tensor_key")
    with tf.Graph().as_default():
        return [
            outcome(tensor_, tf.constant(1), "name"),
            outcome(tensor_, 1, None),
            outcome(tensor_, [1], "name", "label"),
            outcome(key, "name"),
            outcome(key, 1),
            outcome(key, 1, "feature", True),
            outcome(key, 1.5, "feature", True),
        ]


def placeholders(api, folder):
    one = api.of("export.export._placeholder_from_tensor")
    many = api.of("export.export._placeholders_from_receiver_tensors_dict")
    with tf.Graph().as_default():
        x = tf.zeros([3, 2], name="x")
        made = [one(x), one(x, 5), many({"a": x, "b": tf.constant(["text"])})["b"]]
        return [
            [tensor.op.type, tensor.dtype.name, str(tensor.shape.as_list()), tensor.op.name]
            for tensor in made
        ]


def names(api, folder):
    single = api.of("export.export._SINGLE_TENSOR_DEFAULT_NAMES")
    return [sorted(single.items())]


def maps_of_modes(api, folder):
    tags, keys = (
        api.of("export.export_lib.EXPORT_TAG_MAP"),
        api.of("export.export_lib.SIGNATURE_KEY_MAP"),
    )
    modes = ("train", "eval", "infer", "test", "predict")
    return [
        [[mode, list(tags[mode]), keys[mode]] for mode in modes],
        attempt(lambda: tags["other"]),
    ]


def outputs_of_modes(api, folder):
    outputs = api.of("export.export_lib.export_outputs_for_mode")
    get = api.of("export.export_lib.get_export_outputs")
    with tf.Graph().as_default():
        tensor = tf.constant(1.0)
        metrics = {"mean": v1.metrics.mean(1.0)}
        served = {"a": api.PredictOutput(tensor)}

        def shown(found):
            return {name: type(output).__name__ for name, output in sorted(found.items())}

        return [
            shown(outputs("train", predictions={"p": tensor}, loss=tensor)),
            shown(outputs("eval", predictions=tensor, loss=tensor, metrics=metrics)),
            outputs("infer", served) is served,
            shown(get(None, {"p": tensor})),
            shown(get(served, tensor)),
            outcome(get, [1], tensor),
        ]


def folders(api, folder):
    timestamped = api.of("export.export_lib.get_timestamped_export_dir")(folder)
    temporary = api.of("export.export_lib.get_temp_export_dir")(timestamped)
    stamp = os.path.basename(timestamped)
    return [
        os.path.dirname(timestamped).decode() == folder,
        stamp.isdigit(),
        os.path.basename(temporary) == b"temp-" + stamp,
    ]


def fake_summary_writer(api, folder):
    cls = api.of("hooks.fake_summary_writer.FakeSummaryWriter")
    case = tf.test.TestCase()
    before = outcome(cls.uninstall)
    cls.install()
    try:
        again = outcome(cls.install)
        v1.summary.FileWriterCache.clear()
        with tf.Graph().as_default() as graph, v1.Session() as session:
            summary = v1.summary.scalar("a", 0.5)
            writer = v1.summary.FileWriterCache.get(folder)
            writer.add_summary(session.run(summary), 3)
            writer.add_graph(graph)
            writer.add_session_log(v1.SessionLog(status=v1.SessionLog.START))
            writer.flush()
        check = writer.assert_summaries
        found = [
            described(writer),
            sorted(writer.summaries),
            outcome(lambda: check(case, folder, None, {3: {"a": 0.5}})),
            outcome(lambda: check(case, expected_summaries={3: {"a": 1.5}})),
            outcome(lambda: check(case, expected_summaries={4: {"a": 0.5}})),
            outcome(lambda: check(case, "other")),
            outcome(lambda: check(case, expected_added_graphs=[graph])),
            outcome(lambda: check(case, expected_added_graphs=[])),
            outcome(lambda: check(case, expected_session_logs=[])),
            outcome(writer.add_graph, graph, -1),
        ]
    finally:
        cls.uninstall()
        v1.summary.FileWriterCache.clear()
    with tf.Graph().as_default():
        return [before, again, found, described(v1.summary.FileWriterCache.get(folder))]


CASES = cases_of(globals())
