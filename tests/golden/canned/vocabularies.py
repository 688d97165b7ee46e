"""Columns whose vocabulary has changed since an original's checkpoint, and a start from it."""

import os

import tensorflow as tf

from . import asking, batch, files

v1 = tf.compat.v1
_FOLDER = os.path.dirname(os.path.abspath(__file__))
_NEW = os.path.join(_FOLDER, "new_colours.txt")
# {variable: the vocabulary that it had, and the number of its other rows}
_OLD = {
    "dnn/input_from_feature_columns/input_layer/colour_embedding/embedding_weights": (
        os.path.join(_FOLDER, "old_colours.txt"),
        1,
    ),
    "linear/linear_model/colour/weights": (os.path.join(_FOLDER, "old_colours.txt"), 1),
    "linear/linear_model/shade/weights": (batch.VOCABULARY_FILE, 0),
}


def warm_start(api, subject, release, case_id):
    """A start from the checkpoint of another case, in each part that the case has.

    New words start from ones.

    Args:
        api: As for `asking.ask`.
        subject: That of the other case.
        release: That of its recording.
        case_id: Its id.
    """
    path = files.checkpoint_folder(subject, release, case_id)
    checkpoint = os.path.join(path, f"model.ckpt-{asking.STEPS}")
    present = set(tf.train.load_checkpoint(checkpoint).get_variable_to_shape_map())
    return api.WarmStartSettings(
        checkpoint,
        var_name_to_vocab_info={
            name: api.VocabInfo(
                new_vocab=_NEW,
                new_vocab_size=4,
                num_oov_buckets=buckets,
                old_vocab=old,
                backup_initializer=v1.ones_initializer(),
            )
            for name, (old, buckets) in _OLD.items()
            if name in present
        },
    )


def dense():
    """The columns of `batch.dense`."""
    return [batch.numeric(), batch.place(), batch.embedded(_new("colour", 1))]


def wide():
    """The columns of `batch.wide`."""
    return [
        batch.buckets(),
        _new("colour", 1),
        _new("shade"),
        batch.number(),
        batch.tags(),
        batch.crossed(),
    ]


def _new(name, buckets=0):
    return tf.feature_column.categorical_column_with_vocabulary_file(
        name, _NEW, vocabulary_size=4, num_oov_buckets=buckets
    )
