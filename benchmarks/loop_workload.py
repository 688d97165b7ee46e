"""The work that `loop_speed.py` times: one peer, in one process, reported as JSON.

    python benchmarks/loop_workload.py ours

Also runs in Python 3.7, where TensorFlow 1.15 lives. Peers: bare (a session without an Estimator),
ours, tf.estimator, keras (the Keras of TensorFlow, or tf_keras with TF_USE_LEGACY_KERAS=1).
"""

import argparse
import json
import logging
import resource
import statistics
import tempfile
import time

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
BATCH = 128
WINDOW = 100
RANDOM = np.random.RandomState(0)
FEATURES = RANDOM.randn(8192, 20).astype("float32")
LABELS = (FEATURES[:, :1] > 0).astype("int64")


def batches(count=None):
    """`count` batches of 128 examples with 20 features and a label; None: without end."""
    examples = tf.data.Dataset.from_tensor_slices((FEATURES, LABELS))
    data = examples.batch(BATCH).cache().repeat()
    return (data if count is None else data.take(count)).prefetch(1)


def logits_of(features):
    """The network 20-64-32-1."""
    layer = features
    for number, (inputs, units) in enumerate([(20, 64), (64, 32), (32, 1)]):
        weights = v1.get_variable(f"weights_{number}", [inputs, units])
        bias = v1.get_variable(f"bias_{number}", [units], initializer=v1.zeros_initializer())
        layer = tf.matmul(layer, weights) + bias
        if number < 2:
            layer = tf.nn.relu(layer)
    return layer


def specification(library, features, labels, mode):
    """The EstimatorSpec of the binary head of a library."""
    step = v1.train.get_global_step()
    return library.BinaryClassHead().create_estimator_spec(
        {"x": features},
        mode,
        logits_of(features),
        labels,
        train_op_fn=lambda loss: v1.train.AdagradOptimizer(0.05).minimize(loss, step),
    )


PEERS = ("bare", "ours", "bare tf.estimator", "tf.estimator", "keras")


class Bare:
    """The limit: loops over `Session.make_callable`, without hooks, checkpoints and summaries."""

    def __init__(self, library):
        self.library = library

    def _session(self, count, mode):
        v1.train.create_global_step()
        iterator = v1.data.make_initializable_iterator(batches(count))
        features, labels = iterator.get_next()
        spec = specification(self.library, features, labels, mode)
        metrics = [v1.metrics.mean(spec.loss)[1]] if mode == "eval" else []
        updates = metrics + [update for _, update in (spec.eval_metric_ops or {}).values()]
        session = v1.Session()
        session.run([v1.global_variables_initializer(), v1.local_variables_initializer()])
        session.run(iterator.initializer)
        return session, spec, tf.group(*updates)

    def train(self, steps):
        """Steps per second."""
        with tf.Graph().as_default():
            session, spec, _ = self._session(None, "train")
            step = session.make_callable([spec.train_op, spec.loss])
            rates = []
            for _ in range(steps // WINDOW):
                start = time.perf_counter()
                for _ in range(WINDOW):
                    step()
                rates.append(WINDOW / (time.perf_counter() - start))
            return statistics.median(rates[2:])

    def evaluate(self, count):
        """Batches per second."""
        with tf.Graph().as_default():
            session, _, updates = self._session(count, "eval")
            return _calls_per_second(session.make_callable(updates), count)

    def predict(self, count, whole=True):
        """Batches per second, as whole arrays in any case."""
        with tf.Graph().as_default():
            session, spec, _ = self._session(count, "infer")
            return _calls_per_second(session.make_callable(spec.predictions), count)


def _calls_per_second(function, count):
    function()
    start = time.perf_counter()
    for _ in range(1, count):
        function()
    return (count - 1) / (time.perf_counter() - start)


class OfEstimator:
    """An Estimator with its default hooks: summaries and log every 100 steps."""

    def __init__(self, library):
        def model_fn(features, labels, mode):
            return specification(library, features, labels, mode)

        self.estimator = library.Estimator(model_fn, tempfile.mkdtemp())

    def train(self, steps):
        """Steps per second, by the Estimator's own count for each 100 steps."""
        rates = []
        with _Log(lambda text, _: rates.append(text.partition("global_step/sec: ")[2])):
            self.estimator.train(batches, steps=steps)
        return statistics.median([float(rate) for rate in rates if rate][1:])

    def evaluate(self, count):
        """Batches per second, from the first time that it logs its progress to the last."""
        times = []
        with _Log(lambda text, now: times.append(now) if "Evaluation [" in text else None):
            self.estimator.evaluate(batches, steps=count)
        return count * 0.1 * (len(times) - 1) / (times[-1] - times[0])

    def predict(self, count, whole=False):
        """Batches per second, as a dict for each example or batch, after the first batch."""
        predictions = iter(
            self.estimator.predict(lambda: batches(count), yield_single_examples=not whole)
        )
        for _ in range(1 if whole else BATCH):
            next(predictions)
        start = time.perf_counter()
        for _ in predictions:
            pass
        return (count - 1) / (time.perf_counter() - start)


class _Log(logging.Handler):
    """Inside, calls a function with each message of TensorFlow's log, and the time."""

    def __init__(self, function):
        super().__init__()
        self.function = function
        self.logger = logging.getLogger("tensorflow")

    def emit(self, record):
        self.function(record.getMessage(), record.created)

    def __enter__(self):
        self.logger.addHandler(self)
        self.logger.setLevel(logging.INFO)
        self.logger.propagate = False

    def __exit__(self, *error):
        self.logger.removeHandler(self)


class OfKeras:
    """The same network, loss and optimizer in Keras."""

    def __init__(self):
        dense = tf.keras.layers.Dense
        self.model = tf.keras.Sequential([dense(64, "relu"), dense(32, "relu"), dense(1)])

    def _compile(self, metrics):
        self.model.compile(
            tf.keras.optimizers.Adagrad(0.05),
            tf.keras.losses.BinaryCrossentropy(from_logits=True),
            metrics=metrics,
        )

    def train(self, steps):
        """Steps per second, without metrics, as the Estimator trains."""
        self._compile([])
        self.model.fit(batches(), steps_per_epoch=WINDOW, verbose=0)
        start = time.perf_counter()
        self.model.fit(batches(), steps_per_epoch=steps, verbose=0)
        return steps / (time.perf_counter() - start)

    def evaluate(self, count):
        """Batches per second, with metrics like those of the head."""
        metrics = tf.keras.metrics
        self._compile(
            [
                metrics.BinaryAccuracy(threshold=0.0),
                metrics.Precision(thresholds=0.0),
                metrics.Recall(thresholds=0.0),
                metrics.AUC(from_logits=True),
                metrics.AUC(from_logits=True, curve="PR"),
            ]
        )
        return _second_call(self.model.evaluate, count)

    def predict(self, count, whole=True):
        """Batches per second, as one array in any case."""
        return _second_call(self.model.predict, count)


def _second_call(method, count):
    method(batches(WINDOW), verbose=0)
    start = time.perf_counter()
    method(batches(count), verbose=0)
    return count / (time.perf_counter() - start)


def peer(name):
    """The object of that name that trains, evaluates and predicts."""
    if name == "keras":
        return OfKeras()
    if name == "tf.estimator":
        return OfEstimator(tf.estimator)
    if name == "bare tf.estimator":
        return Bare(tf.estimator)
    import estimator_heads

    return (Bare if name == "bare" else OfEstimator)(estimator_heads)


def megabytes():
    """The peak of the memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    """Prints the measurements as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("--steps", type=int, default=3000)
    arguments = parser.parse_args()
    imported = megabytes()
    work = peer(arguments.peer)
    measured = {
        "train": work.train(arguments.steps),
        "evaluate": work.evaluate(arguments.steps),
        "predict": BATCH * work.predict(arguments.steps),
        "predict_whole": BATCH * work.predict(arguments.steps, whole=True),
        "megabytes": megabytes() - imported,
        "tensorflow": tf.__version__,
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
