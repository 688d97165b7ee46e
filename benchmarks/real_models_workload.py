"""The work that `real_models.py` times: one model of one peer, in one process, reported as JSON.

    python benchmarks/real_models_workload.py ours --model LSTM

Peers: bare (a session without an Estimator), ours, tf.estimator, keras.
"""

import argparse
import json
import logging
import tempfile
import time

import numpy as np
import tensorflow as tf
from real_model_definitions import MODELS

v1 = tf.compat.v1
PEERS = ("bare", "ours", "bare tf.estimator", "tf.estimator", "keras")
WARM_WINDOWS = 3  # Of steps that are not counted.


def now():
    """Seconds by the clock, and of processor time."""
    return np.array([time.perf_counter(), time.process_time()])


class Work:
    """What each peer has to do.

    Args:
        model: One of `MODELS`.
        windows: How often as many steps are run as the model has in a window.
    """

    def __init__(self, model, windows):
        self.model, self.steps = model, windows * model.window
        self.features, self.labels = model.data()

    def batches(self, count=None):
        """`count` batches; None: without end."""
        examples = tf.data.Dataset.from_tensor_slices((self.features, self.labels))
        data = examples.batch(self.model.batch, drop_remainder=True).cache().repeat()
        return (data if count is None else data.take(count)).prefetch(1)

    def specification(self, library, features, labels, mode):
        """The EstimatorSpec of the head of a library."""
        step = v1.train.get_global_step()
        return self.model.head(library).create_estimator_spec(
            {"x": features},
            mode,
            self.model.logits(features, mode),
            labels,
            train_op_fn=lambda loss: v1.train.AdagradOptimizer(0.05).minimize(loss, step),
        )

    def rates(self, times):
        """Steps per second, by both clocks, from the times after each window."""
        seconds = np.diff(times[WARM_WINDOWS:], axis=0)
        return self.model.window / np.median(seconds, axis=0)


class Bare:
    """The limit: loops over `Session.make_callable`, without hooks, checkpoints and summaries."""

    def __init__(self, library, work):
        self.library, self.work = library, work

    def _rates(self, mode):
        """Calls per second of what the mode runs."""
        work = self.work
        with tf.Graph().as_default():
            v1.set_random_seed(1)
            v1.train.create_global_step()
            iterator = v1.data.make_initializable_iterator(work.batches())
            features, labels = iterator.get_next()
            spec = work.specification(self.library, features, labels, mode)
            loss_mean = [v1.metrics.mean(spec.loss)[1]] if mode == "eval" else []
            metrics = [update for _, update in (spec.eval_metric_ops or {}).values()]
            with v1.Session() as session:
                session.run([v1.global_variables_initializer(), v1.local_variables_initializer()])
                session.run(iterator.initializer)
                fetches = {
                    "train": [spec.train_op, spec.loss],
                    "eval": tf.group(*loss_mean, *metrics),
                    "infer": spec.predictions,
                }[mode]
                call = session.make_callable(fetches)
                times = [now()]
                while len(times) * work.model.window <= work.steps:
                    for _ in range(work.model.window):
                        call()
                    times.append(now())
        return work.rates(times)

    def train(self):
        """Steps per second."""
        return self._rates("train")

    def evaluate(self):
        """Batches per second."""
        return self._rates("eval")

    def predict(self):
        """Batches per second, as whole arrays."""
        return self._rates("infer")


class OfEstimator:
    """An Estimator with its default hooks."""

    def __init__(self, library, work):
        def model_fn(features, labels, mode):
            return work.specification(library, features, labels, mode)

        self.work = work
        config = library.RunConfig(log_step_count_steps=work.model.window)
        self.estimator = library.Estimator(model_fn, tempfile.mkdtemp(), config)

    def train(self):
        """Steps per second, from the times at which it logs them."""
        with _Times("global_step/sec") as times:
            self.estimator.train(self.work.batches, steps=self.work.steps)
        return self.work.rates(times)

    def evaluate(self):
        """Batches per second, from the first time that it logs its progress to the last."""
        with _Times("Evaluation [") as times:
            metrics = self.estimator.evaluate(self.work.batches, steps=self.work.steps)
        self.loss = float(metrics["loss"])
        return self.work.steps / 10 / np.median(np.diff(times, axis=0), axis=0)

    def predict(self):
        """Batches per second, as a dict for each example."""
        model, times = self.work.model, []
        examples = iter(self.estimator.predict(lambda: self.work.batches(self.work.steps)))
        for index, _ in enumerate(examples):
            if index % (model.window * model.batch) == 0:
                times.append(now())
        return self.work.rates(times)


class _Times(logging.Handler):
    """Inside, a list of the times of messages of TensorFlow's log that have a text in them."""

    def __init__(self, text):
        super().__init__()
        self.text, self.times = text, []
        self.logger = logging.getLogger("tensorflow")

    def emit(self, record):
        if self.text in record.getMessage():
            self.times.append(now())

    def __enter__(self):
        self.logger.addHandler(self)
        self.logger.setLevel(logging.INFO)
        self.logger.propagate = False
        return self.times

    def __exit__(self, *error):
        self.logger.removeHandler(self)


class OfKeras:
    """The same network, losses and optimizer in Keras."""

    def __init__(self, work):
        self.work = work
        self.model, self.losses, self.metrics = work.model.keras()

    def _compile(self, metrics):
        self.model.compile(tf.keras.optimizers.Adagrad(0.05), self.losses, metrics=metrics)

    def _rates(self, function):
        function(self.work.model.window)
        steps, before = self.work.steps // 3, now()  # Some of its models take long.
        function(steps)
        return steps / (now() - before)

    def train(self):
        """Steps per second, without metrics, as the Estimator trains."""
        self._compile(None)
        return self._rates(
            lambda steps: self.model.fit(self.work.batches(), steps_per_epoch=steps, verbose=0)
        )

    def evaluate(self):
        """Batches per second, with metrics like those of the head."""
        self._compile(self.metrics)
        return self._rates(lambda steps: self.model.evaluate(self.work.batches(steps), verbose=0))

    def predict(self):
        """Batches per second, as whole arrays."""
        return self._rates(lambda steps: self.model.predict(self.work.batches(steps), verbose=0))


def peer(name, work):
    """The object of that name that trains, evaluates and predicts."""
    if name == "keras":
        return OfKeras(work)
    kind = Bare if name.startswith("bare") else OfEstimator
    if name.endswith("tf.estimator"):
        return kind(tf.estimator, work)
    import estimator_heads

    return kind(estimator_heads, work)


def main():
    """Prints the measurements as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "peer", choices=["bare", "ours", "bare tf.estimator", "tf.estimator", "keras"]
    )
    parser.add_argument("--model", choices=MODELS, required=True)
    parser.add_argument("--windows", type=int, default=8)
    arguments = parser.parse_args()
    one = peer(arguments.peer, Work(MODELS[arguments.model](), arguments.windows))
    measured = {"tensorflow": tf.__version__}
    for name in ("train", "evaluate", "predict"):
        clock, processor = getattr(one, name)()
        measured.update({name: clock, f"{name}_processor": processor})
    measured["loss"] = getattr(one, "loss", None)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
