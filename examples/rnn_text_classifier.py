"""A recurrent network reads text: what kind of character does a name in Unicode stand for?

The names and kinds of 4,625 characters come with Python. "GREEK CAPITAL LETTER OMEGA" is a capital
letter, but so is "OHM SIGN", and "CIRCLED LATIN SMALL LETTER A" is a symbol. An RNNClassifier
learns it word by word, from names of different lengths.

    python examples/rnn_text_classifier.py --output unicode

The output folder then holds the checkpoints and event files, and in export/ a SavedModel that takes
names as strings.
"""

import argparse
import json
import random
import unicodedata
from pathlib import Path

import tensorflow as tf
import tf_keras as keras  # was: from tensorflow import keras

import estimator_heads as estimator  # was: from tensorflow import estimator

BATCH_SIZE = 64
KINDS = {
    "Lu": "capital letter",
    "Ll": "small letter",
    "Nd": "number",
    "Nl": "number",
    "No": "number",
    "Pd": "punctuation",
    "Pe": "punctuation",
    "Po": "punctuation",
    "Ps": "punctuation",
    "Sc": "symbol",
    "Sk": "symbol",
    "Sm": "symbol",
    "So": "symbol",
}
LABELS = sorted(set(KINDS.values()))

# Characters that are younger than Unicode 3.2.
NEW_NAMES = [
    "LATIN CAPITAL LETTER SHARP S",
    "LATIN SMALL LETTER TAILLESS PHI",
    "ROMAN NUMERAL SIX LATE FORM",
    "INDIAN RUPEE SIGN",
    "RIGHT DOUBLE PARENTHESIS",
]


def load_names(seed):
    """Returns the names and kinds to train on (3 in 4), and those to test with.

    They are of Unicode 3.2, which every Python has, below U+3000, where names say what they name.
    """
    characters = [chr(code) for code in range(0x3000)]
    kinds = [KINDS.get(unicodedata.ucd_3_2_0.category(character)) for character in characters]
    examples = [
        (unicodedata.ucd_3_2_0.name(character), kind)
        for character, kind in zip(characters, kinds, strict=True)
        if kind
    ]
    random.Random(seed).shuffle(examples)
    first = len(examples) // 4
    return examples[first:], examples[:first]


def features_of(names):
    """The words of each name, as a SparseTensor of shape [batch_size, words of the longest]."""
    return {"words": tf.strings.split(names).to_sparse()}


def input_fn(examples, training):
    """A dataset of features and kinds."""
    names, kinds = zip(*examples, strict=True)
    data = tf.data.Dataset.from_tensor_slices((list(names), [[kind] for kind in kinds]))
    if training:
        data = data.shuffle(len(examples), seed=1).repeat()
    return data.batch(BATCH_SIZE).map(lambda names, kinds: (features_of(names), kinds))


def serving_input_receiver_fn():
    """What the SavedModel takes: names, as strings."""
    names = tf.compat.v1.placeholder(tf.string, [None], "names")
    return estimator.export.ServingInputReceiver(features_of(names), {"names": names})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--steps", type=int, default=100, help="training steps")
    parser.add_argument("--output", type=Path, default=Path("unicode"), help="folder to write to")
    arguments = parser.parse_args()
    keras.utils.set_random_seed(1)  # of the layers' initial values

    train, test = load_names(seed=1)
    words = sorted({word for name, _ in train for word in name.split()})
    word_column = tf.feature_column.sequence_categorical_column_with_vocabulary_list(
        "words", words, num_oov_buckets=1
    )
    model = estimator.experimental.RNNClassifier(
        [tf.feature_column.embedding_column(word_column, dimension=8)],
        units=[16],
        cell_type="gru",
        n_classes=len(LABELS),
        label_vocabulary=LABELS,
        optimizer="Adam",
        model_dir=str(arguments.output / "model"),
        config=estimator.RunConfig(tf_random_seed=1),
    )
    model.train(lambda: input_fn(train, training=True), max_steps=arguments.steps)

    metrics = model.evaluate(lambda: input_fn(test, training=False))
    print(json.dumps({name: float(value) for name, value in sorted(metrics.items())}, indent=1))

    export = model.export_saved_model(str(arguments.output / "export"), serving_input_receiver_fn)
    predict = tf.saved_model.load(export.decode()).signatures["predict"]
    kinds = predict(names=tf.constant(NEW_NAMES))["classes"].numpy()
    for name, (kind,) in zip(NEW_NAMES, kinds, strict=True):
        print(f"{name}: {kind.decode()}")


if __name__ == "__main__":
    main()
