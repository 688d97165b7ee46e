"""What the programs with tf.contrib.learn heads share: data, inputs, and printing results."""

import tempfile

import numpy as np
import tensorflow as tf

ANGLES = np.linspace(0.0, 6.0, 24).astype(np.float32)
FEATURES = {
    "position": np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1),
    "colour": np.array([["red"], ["blue"], ["white"], ["blue"]] * 6),
    "weight": np.where(ANGLES < 3.0, 1.0, 0.5).astype(np.float32),
}
KINDS = np.digitize(ANGLES, [2.0, 4.0])
HEIGHTS = 3.0 * FEATURES["position"][:, :1] + 1.0


def fixed(shape, dtype=None, partition_info=None):
    """Initial weights that are the same in every version of TensorFlow."""
    numbers = tf.range(1, 1 + int(np.prod(shape)), dtype=tf.float32)
    return tf.reshape(tf.sin(numbers), shape)


def input_layer(features):
    """The input of a network: unchanged positions and one-hot colours."""
    layers = tf.contrib.layers
    colour = layers.sparse_column_with_keys("colour", ["red", "blue", "white"])
    columns = [
        layers.real_valued_column("position", dimension=2),
        layers.one_hot_column(colour),
    ]
    return layers.input_from_feature_columns(features, columns)


def input_fn_of(labels):
    def input_fn():
        return tf.data.Dataset.from_tensor_slices((FEATURES, labels)).batch(8)

    return input_fn


def serving_input_receiver_fn():
    """Classifications and regressions are served from serialized examples only."""
    examples = tf.placeholder(tf.string, [None])
    parsed = {
        "position": tf.FixedLenFeature([2], tf.float32),
        "colour": tf.FixedLenFeature([1], tf.string),
    }
    return tf.estimator.export.ServingInputReceiver(tf.parse_example(examples, parsed), examples)


def train_and_show(model_fn, labels, params=None, steps=60):
    """Trains, evaluates, predicts and exports a model, and prints the results."""
    folder = tempfile.mkdtemp()
    estimator = tf.estimator.Estimator(model_fn=model_fn, model_dir=folder, params=params)
    input_fn = input_fn_of(labels)
    estimator.train(input_fn=lambda: input_fn().repeat(), steps=steps)
    print("variables:")
    for name in estimator.get_variable_names():
        print(" ", name, list(estimator.get_variable_value(name).shape))

    print("metrics:")
    for name, value in sorted(estimator.evaluate(input_fn=input_fn).items()):
        print(f"  {name}: {value:.3f}")

    print("predictions:")
    for number, prediction in enumerate(estimator.predict(input_fn=input_fn)):
        if number < 3:
            shown = sorted((str(key), value) for key, value in prediction.items())
            print(" ", ", ".join(key + " " + _text(value) for key, value in shown))

    exported = estimator.export_savedmodel(folder + "/export", serving_input_receiver_fn)
    with tf.Session(graph=tf.Graph()) as session:
        tags = [tf.saved_model.tag_constants.SERVING]
        signatures = tf.saved_model.loader.load(session, tags, exported).signature_def
        served = signatures["serving_default"]
        outputs = {key: info.name for key, info in served.outputs.items()}
        feeds = {info.name: _serialized(2) for info in served.inputs.values()}
        answers = session.run(outputs, feeds)
    print("signatures:", ", ".join(sorted(signatures)))
    print("served:", ", ".join(key + " " + _text(answers[key]) for key in sorted(answers)))


def _serialized(size):
    return [
        tf.train.Example(
            features=tf.train.Features(
                feature={
                    "position": tf.train.Feature(float_list=tf.train.FloatList(value=position)),
                    "colour": tf.train.Feature(
                        bytes_list=tf.train.BytesList(value=[colour.encode() for colour in colours])
                    ),
                }
            )
        ).SerializeToString()
        for position, colours in zip(  # noqa: B905
            FEATURES["position"][:size], FEATURES["colour"][:size]
        )
    ]


def _text(value):
    """Numbers to 3 digits, the same in every version of numpy."""
    if isinstance(value, bytes):
        return value.decode()
    if np.ndim(value):
        return "[" + " ".join(_text(part) for part in value) + "]"
    return str(value) if np.issubdtype(np.asarray(value).dtype, np.integer) else f"{value:.3f}"
