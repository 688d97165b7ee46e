"""TensorFlow Ranking's DNN estimator, on made-up queries that it reads from ELWC records.

estimator-heads run examples/libraries/ranking_dnn.py
"""

import json
import os
import tempfile

import numpy as np
import tensorflow as tf
import tensorflow_ranking as tfr
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from known_start import KnownStart

CONTEXT_SPEC = {"user_age": tf.io.FixedLenFeature([1], tf.float32, default_value=[0.0])}
EXAMPLE_SPEC = {
    "quality": tf.io.FixedLenFeature([1], tf.float32, default_value=[0.0]),
    "distance": tf.io.FixedLenFeature([1], tf.float32, default_value=[0.0]),
}
LABEL_SPEC = {"relevance": tf.io.FixedLenFeature([1], tf.float32, default_value=[-1.0])}


def float_example(**values):
    """A tf.train.Example of one number for each name."""
    return tf.train.Example(
        features=tf.train.Features(
            feature={
                name: tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
                for name, value in values.items()
            }
        )
    )


def example_list_class():
    """ExampleListWithContext, which otherwise needs the package tensorflow-serving-api."""
    file = descriptor_pb2.FileDescriptorProto(
        name="example_list_with_context.proto",
        package="examples",
        dependency=["tensorflow/core/example/example.proto"],
    )
    message = file.message_type.add(name="ExampleListWithContext")
    kind = descriptor_pb2.FieldDescriptorProto
    for name, number, label in (
        ("examples", 1, kind.LABEL_REPEATED),
        ("context", 2, kind.LABEL_OPTIONAL),
    ):
        message.field.add(
            name=name,
            number=number,
            label=label,
            type=kind.TYPE_MESSAGE,
            type_name=".tensorflow.Example",
        )
    pool = descriptor_pool.Default()
    pool.Add(file)
    descriptor = pool.FindMessageTypeByName("examples.ExampleListWithContext")
    return message_factory.GetMessageClass(descriptor)


def made_queries(count, seed):
    """Serialized queries, each with three to five documents of relevance 0, 1 or 2."""
    random = np.random.RandomState(seed)
    make = example_list_class()
    for _ in range(count):
        query = make(context=float_example(user_age=random.rand()))
        for _ in range(random.randint(3, 6)):
            quality, distance = random.rand(2)
            relevance = float(round(2 * quality * (1 - distance)))
            query.examples.append(
                float_example(quality=quality, distance=distance, relevance=relevance)
            )
        yield query.SerializeToString()


def main():
    folder = tempfile.mkdtemp()
    queries = list(made_queries(64, seed=7))
    for name, part in (("train", queries[:48]), ("test", queries[48:])):
        with tf.io.TFRecordWriter(os.path.join(folder, name)) as writer:
            for query in part:
                writer.write(query)

    def input_fn(name, epochs):
        features = tfr.data.build_ranking_dataset(
            file_pattern=os.path.join(folder, name),
            data_format=tfr.data.ELWC,
            batch_size=8,
            list_size=5,
            context_feature_spec=CONTEXT_SPEC,
            example_feature_spec={**EXAMPLE_SPEC, **LABEL_SPEC},
            num_epochs=epochs,
            shuffle=False,
        )
        iterator = tf.compat.v1.data.make_one_shot_iterator(features)
        features = iterator.get_next()
        return features, tf.squeeze(features.pop("relevance"), axis=2)

    ranker = tfr.estimator.make_dnn_ranking_estimator(
        example_feature_columns={
            name: tf.feature_column.numeric_column(name) for name in EXAMPLE_SPEC
        },
        context_feature_columns={
            name: tf.feature_column.numeric_column(name) for name in CONTEXT_SPEC
        },
        hidden_units=[8, 4],
        learning_rate=0.1,
        loss="softmax_loss",
        activation_fn=tf.nn.tanh,
        model_dir=os.path.join(folder, "model"),
        listwise_inference=True,
    )
    exporter = tf.estimator.LatestExporter(
        "latest",
        tfr.data.build_ranking_serving_input_receiver_fn(
            data_format=tfr.data.ELWC,
            context_feature_spec=CONTEXT_SPEC,
            example_feature_spec=EXAMPLE_SPEC,
            list_size=5,
        ),
    )
    metrics, exports = tf.estimator.train_and_evaluate(
        ranker,
        tf.estimator.TrainSpec(lambda: input_fn("train", None), max_steps=40, hooks=[KnownStart()]),
        tf.estimator.EvalSpec(
            lambda: input_fn("test", 1),
            steps=None,
            exporters=[exporter],
            start_delay_secs=0,
            throttle_secs=0,
        ),
    )
    predictions = list(ranker.predict(lambda: input_fn("test", 1)[0]))
    serve = tf.saved_model.load(exports[0].decode()).signatures
    served = serve["predict"](tf.constant(queries[48:49]))
    print(
        json.dumps(
            {
                "metrics": {key: float(value) for key, value in metrics.items()},
                "first scores": np.ravel(predictions[0]).tolist(),
                "number of predictions": len(predictions),
                "served": np.ravel(served["output"]).tolist(),
                "signatures": sorted(serve),
            },
            indent=1,
            sort_keys=True,
        )
    )


if __name__ == "__main__":
    main()
