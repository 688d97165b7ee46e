"""`learn.utils`: input functions for serving, and a look at checkpoints."""

import contextlib
import io
import os

import tensorflow as tf

from tests.golden.learn_estimator.models import cases_of

from .programs import answer, v1


def _printed(function, *args, **kwargs):
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        function(*args, **kwargs)
    return output.getvalue().split("\n")


def checkpoint(api, folder):
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable("layer/weights", initializer=[[1.0, 2.0]])
        v1.get_variable("bias", initializer=[3])
        session.run(v1.global_variables_initializer())
        path = v1.train.Saver().save(session, os.path.join(folder, "model"))
    show = api.inspect_checkpoint.print_tensors_in_checkpoint_file
    return [
        _printed(show, file_name=path, tensor_name=""),
        _printed(show, folder, None),
        _printed(show, path, "bias"),
        len(_printed(show, os.path.join(folder, "none"), "")) > 1,
    ]


def parsing_serving_input(api, folder):
    with tf.Graph().as_default():
        features, labels, inputs = api.utils.build_parsing_serving_input_fn(
            feature_spec={"x": tf.io.FixedLenFeature([2], tf.float32)}, default_batch_size=3
        )()
        return [str(features["x"].shape), labels, str(inputs["examples"].shape)]


def default_serving_input(api, folder):
    with tf.Graph().as_default():
        given = {"x": v1.placeholder(tf.int32, [None, 4], name="given")}
        found = api.utils.build_default_serving_input_fn(features=given, default_batch_size=2)()
        fields = api.utils.InputFnOps(features=1, labels=2, default_inputs=3)
        return [str(found.features["x"].shape), found.labels, answer(list(fields))]


CASES = cases_of(globals())
