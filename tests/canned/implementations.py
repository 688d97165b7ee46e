"""Ours, as each subject of canned estimators in tests/golden/ asks it."""

import types

import tensorflow as tf
import tf_keras
from tf_keras.api._v1.keras.__internal__.legacy import layers, rnn_cell

import estimator_heads
from estimator_heads import experimental
from estimator_heads.compat import canned_v1
from estimator_heads.compat.contrib import estimator as contrib
from estimator_heads.compat.contrib import slim
from estimator_heads.compat.contrib.estimator import rnn as contrib_rnn
from estimator_heads.compat.contrib.learn.heads import factories as learn_heads
from estimator_heads.compat.sources import canned_head
from estimator_heads.heads.sequential import SequentialHeadWrapper

_TF2 = types.SimpleNamespace(
    **{name: getattr(estimator_heads, name) for name in estimator_heads.__all__},
    optimizers=tf_keras.optimizers.legacy,
    schedules=tf_keras.optimizers.schedules,
)

IMPLEMENTATIONS = {
    "canned": _TF2,
    "canned_v1": types.SimpleNamespace(
        **{
            **vars(canned_head),
            **vars(canned_v1),
            "RunConfig": estimator_heads.RunConfig,
            "VocabInfo": estimator_heads.VocabInfo,
            "WarmStartSettings": estimator_heads.WarmStartSettings,
            "export": estimator_heads.export,
        }
    ),
    "canned_rnn": types.SimpleNamespace(
        **{
            **vars(_TF2),
            "RNNClassifier": experimental.RNNClassifier,
            "RNNEstimator": experimental.RNNEstimator,
            "SequentialHeadWrapper": SequentialHeadWrapper,
            "keras": tf_keras,
        }
    ),
    "contrib_rnn": types.SimpleNamespace(
        **{
            **vars(_TF2),
            **{name: getattr(contrib, name) for name in contrib.__all__},
            "RNNClassifier": contrib_rnn.RNNClassifier,
            "RNNEstimator": contrib_rnn.RNNEstimator,
            "SequentialHeadWrapper": SequentialHeadWrapper,
            "feature_column": tf.feature_column,
            "rnn_cell": rnn_cell,
        }
    ),
    "custom": types.SimpleNamespace(**vars(_TF2), keras=tf_keras),
    "custom_v1": types.SimpleNamespace(
        **vars(_TF2),
        contrib=contrib,
        canned=canned_head,
        learn=learn_heads,
        layers=layers,
        fully_connected=slim.fully_connected,
        optimize_loss=slim.optimize_loss,
    ),
}
