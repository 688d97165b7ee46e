"""The recorded cases of the heads `tf.estimator.*Head`, asked through Keras models."""

import tensorflow as tf

from estimator_heads import keras as bridge
from tests.golden import records, values
from tests.golden.functions import Context, resolve

FIELDS = ("loss", "metric_values", "predictions")


def ask(case, api, keras):
    """The loss of the first batch, the metrics of all, and the predictions for the first.

    Args:
        case: A case of the heads.
        api: The module with the heads.
        keras: The module `keras` or `tf_keras`.

    Returns:
        Dict of JSON values by field.
    """
    context = Context(api, "eager", None, None)
    head = getattr(api, case.factory)(**resolve(case.arguments, context))
    batches = [type(batch)(*map(values.to_tensors, batch)) for batch in case.batches]
    regularization_losses = case.options["regularization_losses"] or []
    model = model_of_logits(keras, batches[0].logits, regularization_losses)
    model.compile(
        "sgd",
        loss=bridge.loss(head),
        weighted_metrics=bridge.metrics(head, model),
        run_eagerly=True,
    )
    first, *others = [_dataset(head, batch) for batch in batches]
    loss = model.evaluate(first, verbose=0, return_dict=True)["loss"]
    for other in others:
        first = first.concatenate(other)
    metrics = model.evaluate(first, verbose=0, return_dict=True)
    predictor = keras.Model(model.input, bridge.predictions(head, keras)(model.output))
    predictions = predictor(_model_inputs(batches[0].logits), training=False)
    answers = {
        "loss": loss,
        "metric_values": metrics,
        "predictions": records.predictions(predictions),
    }
    return values.jsonable(answers)


def model_of_logits(keras, logits, regularization_losses=()):
    """A model that returns its inputs, which are logits, and has regularization losses."""

    class Unchanged(keras.layers.Layer):
        def call(self, inputs):
            for loss in regularization_losses:
                self.add_loss(tf.constant(loss))
            return tf.nest.map_structure(tf.identity, inputs)

    inputs = {
        name: keras.Input(tensor.shape[1:], name=name, dtype=tensor.dtype.name)
        for name, tensor in _model_inputs(logits).items()
    }
    outputs = Unchanged()(inputs)
    return keras.Model(inputs, outputs if isinstance(logits, dict) else outputs["logits"])


def _model_inputs(logits):
    return logits if isinstance(logits, dict) else {"logits": logits}


def _dataset(head, batch):
    """One batch; the model takes the logits, and a head its weights, from the features."""
    inputs = _model_inputs(batch.logits)
    features = {**(batch.features or {}), **inputs}
    dataset = tf.data.Dataset.from_tensors((features, batch.labels))
    return bridge.with_sample_weights(head, dataset).map(
        lambda features, *others: ({name: features[name] for name in inputs}, *others)
    )
