"""Asks one case of one implementation of the TF1 heads, in v1 graphs.

Runs on Python 3.7 with TF 1.15 and on whatever is newest: `api` is a namespace that has the
factories of `tf.contrib.estimator` and of `canned.head`.
"""

import inspect

import tensorflow as tf

from tests.golden import records, values
from tests.golden.closeness import is_error
from tests.golden.errors import attempt
from tests.golden.feeding import Placeholders, initialize
from tests.golden.functions import Context, maker, resolve
from tests.golden.sessions import unoptimized


@maker
def v1_adam(context, learning_rate=0.1):
    return tf.compat.v1.train.AdamOptimizer(learning_rate)


def run_case(case, api):
    """What the implementation answers, as a dict {field: JSON value, or {"error": type name}}."""
    head = attempt(make_head, case, api)
    if is_error(head):
        return {"constructor": head}
    answers = {"properties": {"name": head.name, "logits_dimension": head.logits_dimension}}
    for field in case.options["fields"] or ("loss_spec", "predict", "eval", "train"):
        answers[field] = attempt(_Graph(case, api, head).ask, field)
    return {field: values.jsonable(answer) for field, answer in answers.items()}


def arguments_of(function):
    """The arguments of a function or class with their defaults, and without types."""
    parameters = inspect.signature(function).parameters.values()
    return ", ".join(str(p.replace(annotation=p.empty)) for p in parameters)


def make_head(case, api):
    context = Context(api, "graph", None, None)
    return getattr(api, case.factory)(**resolve(case.arguments, context))


class _Graph:
    """One new graph, for one question."""

    def __init__(self, case, api, head):
        self.case = case
        self.api = api
        self.head = head
        self.options = case.options

    def ask(self, field):
        with tf.Graph().as_default() as graph:
            self.global_step = tf.compat.v1.train.get_or_create_global_step()
            self.variable = _resource_variable("variable", 1.0)
            self.counter = _resource_variable("counter", 0.0)
            self.placeholders = Placeholders(self.case.batches, self.options["shapes"])
            self.batch = self.placeholders.batch
            plan = getattr(self, field)()
            with tf.compat.v1.Session(graph=graph, config=unoptimized()) as self.session:
                initialize(self.session)
                return plan()

    def run(self, fetches, batch=0):
        return self.placeholders.run(self.session, fetches, batch)

    # Each of these builds, and returns the function that is to be called in the session.

    def loss_spec(self):
        spec = self.head.create_loss(
            self.batch.features, self.api.ModeKeys.EVAL, self.batch.logits, self.batch.labels
        )
        tensors = {field: _tensors(value) for field, value in spec._asdict().items()}
        return lambda: _described(self.run(tensors))

    def predict(self):
        spec = self.spec(self.api.ModeKeys.PREDICT, self.batch)
        record = records.spec(spec)
        return lambda: dict(record, values=records.predictions(self.run(spec.predictions)))

    def eval(self):
        spec = self.spec(self.api.ModeKeys.EVAL, self.batch)
        record = records.spec(spec)
        results = {key: metric[0] for key, metric in spec.eval_metric_ops.items()}
        updates = [metric[1] for metric in spec.eval_metric_ops.values()]

        def run():
            loss, _ = self.run([spec.loss, updates])
            self.run([updates], 1)
            return dict(record, loss=loss, metric_values=self.session.run(results))

        return run

    def train(self):
        if self.options["update_op"] is not None:
            update = self.counter.assign_add(self.options["update_op"])
            tf.compat.v1.add_to_collection(tf.compat.v1.GraphKeys.UPDATE_OPS, update)
        context = Context(self.api, "graph", self.variable, self.counter)
        spec = self.spec(
            self.options["mode"] or self.api.ModeKeys.TRAIN,
            self.scaled_batch(),
            **resolve(self.options["train"], context),
        )
        record = records.spec(spec)
        record["variables"] = sorted(v.op.name for v in tf.compat.v1.global_variables())
        summaries = tf.compat.v1.summary.merge_all()

        def run():
            loss, _, summary = self.run([spec.loss, spec.train_op, summaries])
            shown = tf.compat.v1.Summary.FromString(summary).value
            after = self.session.run(
                {
                    "variable": self.variable,
                    "counter": self.counter,
                    "global_step": self.global_step,
                }
            )
            tags = {value.tag: value.simple_value for value in shown}
            return dict(record, loss=loss, summaries=tags, **after)

        return run

    def spec(self, mode, batch, **arguments):
        losses = self.options["regularization_losses"]
        if losses is not None:
            arguments["regularization_losses"] = [tf.constant(loss, tf.float32) for loss in losses]
        return self.head.create_estimator_spec(
            features=batch.features,
            mode=mode,
            logits=batch.logits,
            labels=batch.labels,
            **arguments,
        )

    def scaled_batch(self):
        """The batch with its logits multiplied by the variable, so that there is a gradient."""
        return self.batch._replace(logits=_times(self.batch.logits, self.variable))


def _times(logits, variable):
    if isinstance(logits, dict):
        return {name: _times(entry, variable) for name, entry in logits.items()}
    return tf.cast(logits, tf.float32) * variable


def _tensors(value):
    if isinstance(value, dict):
        return {name: _tensors(entry) for name, entry in value.items()}
    return tf.convert_to_tensor(value)


def _described(results):
    """The dtype and the values of each array, however deep in dicts."""
    return {
        name: _described(entry) if isinstance(entry, dict) else records.predictions({"": entry})[""]
        for name, entry in results.items()
    }


def _resource_variable(name, initial_value):
    return tf.compat.v1.get_variable(name, initializer=initial_value, use_resource=True)
