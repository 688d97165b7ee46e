"""A TensorFlow 1 program, unedited: a wide and deep model of wines, trained and exported."""

from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import os
import tempfile

import numpy as np
from sklearn.datasets import load_wine
import tensorflow as tf

CULTIVARS = ['class_0', 'class_1', 'class_2']
DEEP = ['color_intensity', 'flavanoids', 'hue', 'malic_acid', 'total_phenols']
BUCKETS = {
    'color_intensity': [3.0, 4.0, 5.0, 6.0],
    'flavanoids': [1.0, 2.0],
    'hue': [0.7, 0.9, 1.1],
}

tf.app.flags.DEFINE_integer('steps', 300, 'Steps to train at most.')
FLAGS = tf.app.flags.FLAGS


def load_data(training):
  wine = load_wine()
  is_test = np.arange(len(wine.target)) % 4 == 0
  rows = ~is_test if training else is_test
  names = [name.replace('/', '_') for name in wine.feature_names]
  features = dict(zip(names, wine.data[rows].T.astype(np.float32)))
  target = wine.target[rows]
  features['weight'] = (len(target) / 3.0 / np.bincount(target))[target].astype(np.float32)
  return features, np.array(CULTIVARS)[target]


def feature_columns():
  numeric = tf.feature_column.numeric_column
  buckets = [
      tf.feature_column.bucketized_column(numeric(name), BUCKETS[name])
      for name in sorted(BUCKETS)
  ]
  crossed = tf.feature_column.crossed_column([buckets[0], buckets[2]], 20)
  features, _ = load_data(training=True)

  def standardized(name):
    mean, deviation = features[name].mean(), features[name].std()
    return numeric(name, normalizer_fn=lambda value: (value - mean) / deviation)

  return buckets + [crossed], [standardized(name) for name in DEEP]


def main(_):
  tf.logging.set_verbosity(tf.logging.ERROR)
  wide, deep = feature_columns()
  model_dir = tempfile.mkdtemp()
  classifier = tf.estimator.DNNLinearCombinedClassifier(
      model_dir=model_dir,
      linear_feature_columns=wide,
      dnn_feature_columns=deep,
      dnn_hidden_units=[16, 8],
      dnn_activation_fn=tf.nn.tanh,
      dnn_optimizer=tf.train.AdamOptimizer(0.01),
      n_classes=3,
      label_vocabulary=CULTIVARS,
      weight_column='weight',
      config=tf.estimator.RunConfig(tf_random_seed=1, save_checkpoints_steps=100))
  early_stopping = tf.estimator.experimental.stop_if_no_decrease_hook(
      classifier, 'loss', max_steps_without_decrease=200,
      run_every_secs=None, run_every_steps=100)

  x, y = load_data(training=True)
  train_input_fn = tf.estimator.inputs.numpy_input_fn(
      x, y, batch_size=32, num_epochs=None, shuffle=False)
  x, y = load_data(training=False)
  test_input_fn = tf.estimator.inputs.numpy_input_fn(x, y, num_epochs=1, shuffle=False)
  serving = {name: tf.FixedLenFeature([], tf.float32) for name in DEEP + ['weight']}
  best = tf.estimator.BestExporter(
      serving_input_receiver_fn=tf.estimator.export.build_parsing_serving_input_receiver_fn(
          serving))

  tf.estimator.train_and_evaluate(
      classifier,
      tf.estimator.TrainSpec(train_input_fn, FLAGS.steps, hooks=[early_stopping]),
      tf.estimator.EvalSpec(test_input_fn, steps=None, exporters=best, throttle_secs=0))

  metrics = classifier.evaluate(test_input_fn)
  print('global step', metrics['global_step'])
  print('better than guessing:', metrics['accuracy'] > 0.8)
  predictions = classifier.predict(test_input_fn, predict_keys=['classes'])
  right = sum(p['classes'][0].decode() == label for p, label in zip(predictions, y))
  print('most are right:', right > 0.8 * len(y))
  exports = os.path.join(model_dir, 'export', 'best_exporter')
  print('signatures of the best model:')
  predictor = tf.contrib.predictor.from_saved_model(
      os.path.join(exports, sorted(os.listdir(exports))[-1]), 'predict')
  print(sorted(predictor.fetch_tensors))


if __name__ == '__main__':
  tf.app.run()
