"""The loss of a head, for models of either Keras."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import tensorflow as tf

from estimator_heads._tensorflow import compilation
from estimator_heads.heads import Head
from estimator_heads.heads.tasks import arguments
from estimator_heads.keras.bridge import heads
from estimator_heads.keras.bridge.saving import PACKAGE, LossOfHead

if TYPE_CHECKING:
    import keras


def loss(head: Head) -> keras.losses.Loss | dict[str, keras.losses.Loss]:
    """The loss of a head, to compile a Keras model with that ends in the head's logits.

    It fits models of Keras 3 and of tf_keras, and is what `head.loss` returns: labels are strings
    if the head has a vocabulary, and `sample_weight` is what an Estimator finds in the features
    under the head's `weight_column` (see `with_sample_weights`). Keras adds the regularization
    losses of the model's layers.

    The `loss` that Keras reports is the mean of the batches' losses, each weighted with the size of
    the batch; an Estimator's is their mean without weights. They are equal if all batches have the
    same size. What depends on no batches is the metric `average_loss`.

    Args:
        head: A head such as `BinaryClassHead`; or a `MultiHead`, for a model that returns a dict of
            logits by head name.

    Returns:
        A loss of both Keras 3 and tf_keras; for a `MultiHead` a dict of them by head name, each
        multiplied with the head's weight.

    Raises:
        TypeError: `head` is no head of this package.
        ValueError: Its `loss_fn` takes features, which Keras does not hand on.
    """
    heads.check_head(head)
    return heads.for_each_task(head, _loss_class())


def check_can_run() -> None:
    """Checks how the model is run.

    Raises:
        ValueError: XLA compiles it, without the checks of labels; or Keras 3 trains or evaluates
            it on several replicas, over which only the losses of Keras 3 itself divide theirs.
    """
    if compilation.is_by_xla():
        raise ValueError(
            "The model is compiled by XLA, which has no strings and leaves out the checks of "
            "labels. Expected a model that is not: `model.compile(..., jit_compile=False)`."
        )
    strategy = tf.distribute.get_strategy()
    # Before the first batch, Keras 3 asks for it outside of the replicas. tf_keras never does.
    if strategy.num_replicas_in_sync > 1 and tf.distribute.in_cross_replica_context():
        raise ValueError(
            "The loss and the metrics of a head are for no model of Keras 3 on several replicas. "
            f"Expected a model of tf_keras, or no strategy. Received: {strategy}."
        )


@functools.cache
def _loss_class():
    import keras
    import tf_keras

    @keras.saving.register_keras_serializable(PACKAGE)
    @tf_keras.saving.register_keras_serializable(PACKAGE)
    class HeadLoss(LossOfHead, keras.losses.Loss, tf_keras.losses.Loss):
        """The loss of one head, multiplied with a weight."""

        def __init__(self, head, weight):
            reduction = arguments.SUM_OVER_BATCH_SIZE
            if head.loss_reduction == arguments.SUM:
                reduction = arguments.SUM
            keras.losses.Loss.__init__(self, name="head_loss", reduction=reduction)
            self._head = head
            self._weight = weight

        @tf.autograph.experimental.do_not_convert
        def __call__(self, y_true, y_pred, sample_weight=None):
            """The loss of a batch, a scalar."""
            check_can_run()
            head, features = heads.with_features(self._head, sample_weight)
            value = head.loss(labels=y_true, logits=y_pred, features=features)
            return value if self._weight is None else value * self._weight

    return HeadLoss
