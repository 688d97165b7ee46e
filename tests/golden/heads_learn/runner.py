"""Asks one case of one implementation of the `tf.contrib.learn` heads, in v1 graphs.

Runs on Python 3.7 with TF 1.15 and on whatever is newest: `api` is a namespace that has what
`tf.contrib.learn.python.learn.estimators.head` has, and ModeKeys.
"""

import numpy as np
import tensorflow as tf

from tests.golden import records, values
from tests.golden.closeness import is_error
from tests.golden.errors import attempt
from tests.golden.feeding import Placeholders, initialize
from tests.golden.functions import Context, resolve
from tests.golden.sessions import unoptimized

from . import functions  # noqa: F401 (registers its makers)


def run_case(case, api):
    """What the implementation answers, as a dict {field: JSON value, or {"error": type name}}."""
    head = attempt(make_head, case, api)
    if is_error(head):
        return {"constructor": head}
    answers = {"properties": properties(head)}
    for field in case.options["fields"] or ("infer", "eval", "train"):
        answers[field] = attempt(_Graph(case, api, head).ask, field)
    return {field: values.jsonable(answer) for field, answer in answers.items()}


def make_head(case, api):
    context = Context(api, "graph", None, None)
    return getattr(api, case.factory)(**resolve(case.arguments, context))


def properties(head):
    names = ("logits_dimension", "head_name", "label_name", "weight_column_name")
    return {name: getattr(head, name) for name in names if hasattr(head, name)}


class _Graph:
    """One new graph, for one question."""

    def __init__(self, case, api, head):
        self.case = case
        self.api = api
        self.head = head
        self.options = case.options

    def ask(self, field):
        with tf.Graph().as_default() as graph:
            tf.compat.v1.train.get_or_create_global_step()
            self.variable = tf.compat.v1.get_variable(
                "variable", initializer=1.0, use_resource=True
            )
            self.placeholders = Placeholders(self.case.batches, self.options["shapes"])
            ops = self.model_fn_ops(field)
            plan = getattr(self, field)(ops)
            loads = _loads_of_weights()
            with tf.compat.v1.Session(graph=graph, config=unoptimized()) as self.session:
                initialize(self.session)
                self.session.run(loads)
                return plan()

    def model_fn_ops(self, field):
        features, logits, labels = self.placeholders.batch
        context = Context(self.api, "graph", self.variable, None)
        mode = self.options["mode"] or getattr(self.api.ModeKeys, field.upper())
        return self.head.create_model_fn_ops(
            features=features,
            mode=mode,
            labels=labels,
            train_op_fn=resolve(self.options["train_op_fn"], context),
            scope=self.options["scope"],
            **{name: _times(logits, self.variable) for name in self.options["given"]},
        )

    def run(self, fetches, batch=0):
        return self.placeholders.run(self.session, fetches, batch)

    # Each of these builds, and returns the function that is to be called in the session.

    def infer(self, ops):
        tensors = {str(key): tensor for key, tensor in ops.predictions.items()}
        alternatives = ops.output_alternatives or {}
        record = {
            "names": {key: tensor.name for key, tensor in tensors.items()},
            "spec": attempt(self.spec, ops),
            "variables": _variables(),
            "problem_types": {str(key): kind for key, (kind, _) in alternatives.items()},
        }
        outputs = {str(key): parts for key, (_, parts) in alternatives.items()}

        def run():
            predicted, served = self.run([tensors, outputs])
            served = {key: records.predictions(parts) for key, parts in served.items()}
            return dict(record, predictions=records.predictions(predicted), outputs=served)

        return run

    def eval(self, ops):
        record = {
            "spec": attempt(self.spec, ops),
            "predictions": sorted(map(str, ops.predictions)),
            "alternatives": sorted(map(str, ops.output_alternatives or {})),
        }
        results = {key: metric[0] for key, metric in ops.eval_metric_ops.items()}
        updates = [metric[1] for metric in ops.eval_metric_ops.values()]
        summaries = tf.compat.v1.summary.merge_all()

        def run():
            loss, summary, _ = self.run([ops.loss, summaries, updates])
            self.run([updates], 1)
            metric_values = self.session.run(results)
            return dict(record, loss=loss, summaries=_tags(summary), metric_values=metric_values)

        return run

    def train(self, ops):
        record = {
            "spec": attempt(self.spec, ops),
            "variables": _variables(),
            "metrics": sorted(ops.eval_metric_ops),
        }
        summaries = tf.compat.v1.summary.merge_all()
        variables = {v.op.name: v for v in tf.compat.v1.global_variables()}

        def run():
            loss, summary = self.run([ops.loss, summaries])
            self.run(ops.train_op)
            after = self.session.run(variables)
            return dict(record, loss=loss, summaries=_tags(summary), after=after)

        return run

    def spec(self, ops):
        return records.spec(ops.estimator_spec(self.options["default_key"]))


def _variables():
    """Shape of each variable that a checkpoint has, and whether it is trained."""
    trained = {variable.op.name for variable in tf.compat.v1.trainable_variables()}
    return {
        variable.op.name: [variable.shape.as_list(), variable.op.name in trained]
        for variable in tf.compat.v1.global_variables()
    }


def _loads_of_weights():
    """Ops that give the weights of a logits layer values that do not depend on chance."""
    return [
        tf.compat.v1.assign(v, np.linspace(-1, 1, v.shape.num_elements()).reshape(v.shape))
        for v in tf.compat.v1.trainable_variables()
        if v.op.name.endswith("/weights")
    ]


def _tags(summary):
    return {
        value.tag: value.simple_value for value in tf.compat.v1.Summary.FromString(summary).value
    }


def _times(logits, variable):
    """Unlike for the TF1 heads, what is no float32 stays what it is."""
    if isinstance(logits, dict):
        return {name: _times(entry, variable) for name, entry in logits.items()}
    return logits * tf.cast(variable, logits.dtype)
