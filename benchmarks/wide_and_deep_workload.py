"""The work that `wide_and_deep.py` times: one peer, in one process, reported as JSON.

    python benchmarks/wide_and_deep_workload.py ours --folder FOLDER

Also runs in Python 3.7, where TensorFlow 1.15 lives. Peers: ours, tf.estimator; with ", TF1", the
classes of `tf.compat.v1.estimator`.
"""

import argparse
import json
import os
import time

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
BATCH = 512
BATCHES = 40
NUMERIC = [f"number_{index}" for index in range(13)]
CATEGORICAL = [f"category_{index}" for index in range(26)]


def written(folder):
    """The path of a TFRecord file of examples; made by the first process that wants it."""
    path = os.path.join(folder, "examples.tfrecord")
    if not os.path.exists(path):
        with tf.io.TFRecordWriter(path + ".part") as writer:
            for row in _rows(np.random.RandomState(0)):
                writer.write(row.SerializeToString())
        os.rename(path + ".part", path)
    return path


def _rows(random):
    for _ in range(BATCH * BATCHES):
        numbers = random.lognormal(size=len(NUMERIC))
        words = random.zipf(1.3, size=len(CATEGORICAL))
        feature = {}
        for index, name in enumerate(NUMERIC):
            value = tf.train.FloatList(value=[numbers[index]])
            feature[name] = tf.train.Feature(float_list=value)
        for index, name in enumerate(CATEGORICAL):
            text = f"{name}_{words[index]}".encode()
            value = tf.train.BytesList(value=[text])
            feature[name] = tf.train.Feature(bytes_list=value)
        clicked = numbers[0] + words[0] % 3 + random.rand() > 2
        feature["clicked"] = tf.train.Feature(int64_list=tf.train.Int64List(value=[int(clicked)]))
        yield tf.train.Example(features=tf.train.Features(feature=feature))


def columns():
    """The wide columns, and the deep ones."""
    hashed = [tf.feature_column.categorical_column_with_hash_bucket(n, 1000) for n in CATEGORICAL]
    deep = [tf.feature_column.embedding_column(column, 8) for column in hashed]
    return hashed, [tf.feature_column.numeric_column(name) for name in NUMERIC] + deep


def input_fn(path, count=None):
    """Batches of 512 parsed examples: `count` of them, or without end."""
    wide, deep = columns()
    spec = tf.feature_column.make_parse_example_spec(wide + deep)
    spec["clicked"] = tf.io.FixedLenFeature([1], tf.int64)

    def parse(serialized):
        features = tf.io.parse_example(serialized, spec)
        return features, features.pop("clicked")

    data = tf.data.TFRecordDataset(path).repeat().batch(BATCH).map(parse)
    return (data if count is None else data.take(count)).prefetch(1)


def classifier(peer, folder):
    """The classifier of a peer."""
    library, _, flavour = peer.partition(", ")
    if library == "ours":
        import estimator_heads

        estimator = estimator_heads
        if flavour:
            from estimator_heads.compat import canned_v1 as estimator
    else:
        estimator = v1.estimator if flavour else tf.estimator
    wide, deep = columns()
    return estimator.DNNLinearCombinedClassifier(
        model_dir=os.path.join(folder, f"model_{os.getpid()}"),
        linear_feature_columns=wide,
        linear_optimizer="Ftrl",
        dnn_feature_columns=deep,
        dnn_optimizer="Adagrad",
        dnn_hidden_units=[100, 50],
    )


def bare_steps(estimator, path, steps):
    """Steps per second of a loop over the model in a session, by both clocks."""
    with tf.Graph().as_default():
        v1.train.create_global_step()
        iterator = v1.data.make_initializable_iterator(input_fn(path))
        features, labels = iterator.get_next()
        spec = estimator.model_fn(features, labels, "train", estimator.config)
        with v1.Session() as session:
            session.run([v1.global_variables_initializer(), iterator.initializer])
            session.run([v1.local_variables_initializer(), v1.tables_initializer()])
            step = session.make_callable([spec.train_op, spec.loss])
            for _ in range(steps // 5):  # Which are not counted.
                step()
            before = now()
            for _ in range(steps - steps // 5):
                step()
            return (steps - steps // 5) / (now() - before)


class Steps(v1.train.SessionRunHook):
    """Notes both clocks after each step."""

    def __init__(self):
        self.times = []

    def after_run(self, run_context, run_values):
        """Notes them."""
        self.times.append(now())


def now():
    """Seconds by the clock, and of processor time."""
    return np.array([time.perf_counter(), time.process_time()])


def measured(peer, folder, steps):
    """What is to be printed."""
    path = written(folder)
    before = now()
    estimator = classifier(peer, folder)
    first = Steps()
    estimator.train(lambda: input_fn(path), hooks=[first], steps=1)
    start = first.times[0] - before

    before, first = now(), Steps()
    estimator.train(lambda: input_fn(path), hooks=[first], steps=1)
    restart = first.times[0] - before

    every = Steps()
    estimator.train(lambda: input_fn(path), hooks=[every], steps=steps)
    warm = steps // 5  # The steps before are not counted.
    rates = (steps - 1 - warm) / (every.times[-1] - every.times[warm])

    bare = bare_steps(estimator, path, steps)
    before = now()
    metrics = estimator.evaluate(lambda: input_fn(path, BATCHES))
    evaluation = now() - before
    return {
        "start": start[0],
        "start_processor": start[1],
        "train": rates[0],
        "train_processor": rates[1],
        "bare": bare[0],
        "bare_processor": bare[1],
        "restart": restart[1],
        "evaluate": evaluation[1],
        "loss": float(metrics["loss"]),
        "tensorflow": tf.__version__,
    }


def main():
    """Prints the measurements as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer")
    parser.add_argument("--folder", required=True, help="for the examples and the models")
    parser.add_argument("--steps", type=int, default=300)
    arguments = parser.parse_args()
    print(json.dumps(measured(arguments.peer, arguments.folder, arguments.steps)))


if __name__ == "__main__":
    main()
