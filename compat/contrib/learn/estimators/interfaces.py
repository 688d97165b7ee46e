"""What can be trained and what can be evaluated: the interfaces that an Experiment works with."""

import abc


class Trainable(abc.ABC):
    """Something that can be trained. Reproduces `tf.contrib.learn.Trainable` of TF 1.15."""

    @abc.abstractmethod
    def fit(
        self,
        x=None,
        y=None,
        input_fn=None,
        steps=None,
        batch_size=None,
        monitors=None,
        max_steps=None,
    ):
        """Trains the model; see `BaseEstimator.fit`."""
        raise NotImplementedError


class Evaluable(abc.ABC):
    """Something that can be evaluated. Reproduces `tf.contrib.learn.Evaluable` of TF 1.15."""

    @property
    @abc.abstractmethod
    def model_dir(self):
        """Folder with the checkpoints of the model."""
        raise NotImplementedError

    @abc.abstractmethod
    def evaluate(
        self,
        x=None,
        y=None,
        input_fn=None,
        feed_fn=None,
        batch_size=None,
        steps=None,
        metrics=None,
        name=None,
        checkpoint_path=None,
        hooks=None,
    ):
        """Evaluates the model; see `BaseEstimator.evaluate`."""
        raise NotImplementedError
