"""Asks one case of one implementation of the heads, in one way of execution.

Runs on Python 3.7 with TF 1.15 and on whatever is newest: `api` is a namespace that has the head
classes and ModeKeys (`tf.estimator` of an oracle, or `estimator_heads`).
"""

import tensorflow as tf

from tests.golden import records, values
from tests.golden.closeness import is_error
from tests.golden.errors import attempt
from tests.golden.feeding import Placeholders, initialize
from tests.golden.functions import Context, resolve

EXECUTIONS = ("eager", "function", "graph")


def run_case(case, api, execution):
    """What the implementation answers, as a dict {field: JSON value, or {"error": type name}}."""
    run = {"eager": _Eager, "function": _Function, "graph": _Graph}[execution]
    answers = run(case, api).answers()
    return {field: values.jsonable(answer) for field, answer in sorted(answers.items())}


class _Run:
    """What the ways of execution share: the head, and the calls that are asked of it."""

    execution = None
    fields = ()

    def __init__(self, case, api):
        self.case = case
        self.api = api
        self.options = case.options

    def answers(self):
        self.head = attempt(self.make_head)
        if is_error(self.head):
            return {"constructor": self.head}
        wanted = self.options["fields"] or self.fields
        fields = [field for field in self.fields if field in wanted]
        if self.options["keys"] is None and "predictions_with_keys" in fields:
            fields.remove("predictions_with_keys")
        return self.ask(fields)

    def ask(self, fields):
        return {field: attempt(getattr(self, field)) for field in fields}

    def make_head(self):
        arguments = resolve(self.case.arguments, Context(self.api, self.execution, None, None))
        return getattr(self.api, self.case.factory)(**arguments)

    def properties(self):
        names = ("name", "logits_dimension", "loss_reduction")
        return {name: attempt(getattr, self.head, name) for name in names}

    def metrics(self):
        return records.metrics(self.new_metrics())

    def new_metrics(self):
        return self.head.metrics(regularization_losses=self.regularization_losses())

    def regularization_losses(self):
        losses = self.options["regularization_losses"]
        return None if losses is None else [tf.constant(loss, tf.float32) for loss in losses]

    def call_loss(self, batch):
        return self.head.loss(
            batch.labels,
            batch.logits,
            features=batch.features,
            mode=self.api.ModeKeys.EVAL,
            regularization_losses=self.regularization_losses(),
        )

    def call_update(self, metrics, batch):
        return self.head.update_metrics(
            metrics,
            batch.features,
            batch.logits,
            batch.labels,
            regularization_losses=self.regularization_losses(),
        )

    def call_spec(self, batch, mode, **arguments):
        return self.head.create_estimator_spec(
            features=batch.features,
            mode=mode,
            logits=batch.logits,
            labels=batch.labels,
            regularization_losses=self.regularization_losses(),
            **arguments,
        )

    def train_mode(self):
        return self.options["mode"] or self.api.ModeKeys.TRAIN

    def train_batch(self, batch, variable):
        """The batch with its logits multiplied by the variable, so that there is a gradient."""
        logits = batch.logits
        if isinstance(logits, dict):
            scaled = {key: entry * variable for key, entry in logits.items()}
        else:
            scaled = tf.cast(logits, tf.float32) * variable
        return batch._replace(logits=scaled)

    def train_arguments(self, variable, counter):
        context = Context(self.api, self.execution, variable, counter)
        return resolve(self.options["train"], context)


class _Eager(_Run):
    execution = "eager"
    fields = (
        "properties",
        "loss",
        "predictions",
        "predictions_with_keys",
        "metrics",
        "metric_values",
        "spec_predict",
        "spec_eval",
        "spec_train",
    )

    def batches(self):
        batches = self.case.batches
        return (
            batches
            if self.options["raw"]
            else [type(batch)(*(values.to_tensors(entry) for entry in batch)) for batch in batches]
        )

    def loss(self):
        return values.evaluated(self.call_loss(self.batches()[0]))

    def predictions(self):
        return records.predictions(self.head.predictions(self.batches()[0].logits))

    def predictions_with_keys(self):
        logits = self.batches()[0].logits
        return records.predictions(self.head.predictions(logits, keys=self.options["keys"]))

    def metric_values(self):
        metrics = self.new_metrics()
        for batch in self.batches():
            updated = self.call_update(metrics, batch)
        return {key: values.evaluated(metric.result()) for key, metric in updated.items()}

    def spec_predict(self):
        return self.spec_record(self.call_spec(self.batches()[0], self.api.ModeKeys.PREDICT))

    def spec_eval(self):
        return self.spec_record(self.call_spec(self.batches()[0], self.api.ModeKeys.EVAL))

    def spec_train(self):
        variable = tf.Variable(1.0)
        batch = self.train_batch(self.batches()[0], variable)
        arguments = self.train_arguments(variable, tf.Variable(0.0))
        spec = self.call_spec(batch, self.train_mode(), **arguments)
        return dict(self.spec_record(spec), variable=values.evaluated(variable))

    def spec_record(self, spec):
        return dict(records.spec(spec), loss=values.evaluated(spec.loss))


class _Function(_Eager):
    """The same calls inside tf.function, with the batch as its arguments."""

    execution = "function"
    fields = ("loss", "predictions", "predictions_with_keys", "metric_values")

    def traced(self, function, argument):
        """The function compiled for arguments like this one, as far as `shapes` lets it know."""
        if self.options["shapes"] == "static":
            return tf.function(function)
        signature = values.to_signature(argument, self.options["shapes"])
        return tf.function(function, input_signature=[signature])

    def loss(self):
        batch = self.batches()[0]
        return values.evaluated(self.traced(self.call_loss, batch)(batch))

    def predictions(self):
        return self.traced_predictions({})

    def predictions_with_keys(self):
        return self.traced_predictions({"keys": self.options["keys"]})

    def traced_predictions(self, arguments):
        def predict(logits):
            return self.head.predictions(logits, **arguments)

        logits = self.batches()[0].logits
        return records.predictions(self.traced(predict, logits)(logits))

    def metric_values(self):
        metrics = self.new_metrics()

        def update(batch):
            self.call_update(metrics, batch)

        batches = self.batches()
        traced_update = self.traced(update, batches[0])
        for batch in batches:
            traced_update(batch)
        return {key: values.evaluated(metric.result()) for key, metric in metrics.items()}


class _Graph(_Run):
    """One v1 graph for the case: everything is built first, then run in one session."""

    execution = "graph"
    eval_spec_or_error = None
    fields = (
        "properties",
        "loss",
        "predictions",
        "predictions_with_keys",
        "metrics",
        "metric_values",
        "spec_predict",
        "spec_eval",
        "spec_train",
    )

    def answers(self):
        with tf.Graph().as_default() as self.graph:
            return super().answers()

    def ask(self, fields):
        self.placeholders = Placeholders(self.case.batches, self.options["shapes"])
        self.batch = self.placeholders.batch
        self.variable = _resource_variable("variable", 1.0, trainable=True)
        self.counter = _resource_variable("counter", 0.0, trainable=False)
        self.global_step = tf.compat.v1.train.get_or_create_global_step()
        plans = {field: attempt(getattr(self, field)) for field in fields}
        with tf.compat.v1.Session(graph=self.graph) as self.session:
            initialize(self.session)
            return {
                field: attempt(plan) if callable(plan) else plan for field, plan in plans.items()
            }

    def run(self, fetches, batch=0):
        return self.placeholders.run(self.session, fetches, batch)

    # Each of these builds, and returns what is to be done in the session.

    def loss(self):
        loss = self.call_loss(self.batch)
        return lambda: self.run(loss)

    def predictions(self):
        predictions = self.head.predictions(self.batch.logits)
        return lambda: records.predictions(self.run(predictions))

    def predictions_with_keys(self):
        predictions = self.head.predictions(self.batch.logits, keys=self.options["keys"])
        return lambda: records.predictions(self.run(predictions))

    def spec_predict(self):
        spec = self.call_spec(self.batch, self.api.ModeKeys.PREDICT)
        return records.spec(spec)

    def eval_spec(self):
        """The EVAL spec, built once for the two fields that it answers."""
        if self.eval_spec_or_error is None:
            try:
                self.eval_spec_or_error = self.call_spec(self.batch, self.api.ModeKeys.EVAL)
            except Exception as error:
                self.eval_spec_or_error = error
        if isinstance(self.eval_spec_or_error, Exception):
            raise self.eval_spec_or_error
        return self.eval_spec_or_error

    def spec_eval(self):
        spec = self.eval_spec()
        return lambda: dict(records.spec(spec), loss=self.run(spec.loss))

    def metric_values(self):
        ops = self.eval_spec().eval_metric_ops
        results = {key: value for key, (value, _) in ops.items()}
        updates = [update for _, update in ops.values()]

        def run():
            for batch in range(len(self.case.batches)):
                self.run(updates, batch)
            return self.session.run(results)

        return run

    def spec_train(self):
        batch = self.train_batch(self.batch, self.variable)
        arguments = self.train_arguments(self.variable, self.counter)
        spec = self.call_spec(batch, self.train_mode(), **arguments)
        summaries = tf.compat.v1.summary.merge_all()

        def run():
            loss, _, summary = self.run([spec.loss, spec.train_op, summaries])
            tags = [value.tag for value in tf.compat.v1.Summary.FromString(summary).value]
            after = {
                "variable": self.variable,
                "counter": self.counter,
                "global_step": self.global_step,
            }
            after = self.session.run(after)
            return dict(records.spec(spec), loss=loss, summaries=sorted(tags), **after)

        return run


def _resource_variable(name, initial_value, trainable):
    return tf.compat.v1.get_variable(
        name, initializer=initial_value, trainable=trainable, use_resource=True
    )
