"""The Estimators of `tf.contrib.learn`, over the runtime in `estimator_heads.estimator`.

- `interfaces`, `sklearn_base`: what an Estimator of any kind has: `fit`, `evaluate`, `get_params`.
- `base_estimator`: `BaseEstimator`, whose subclasses say what the model is; its calls build their
  graphs in `training`, `evaluation` and `prediction`.
- `estimator`: `Estimator`, whose model is a model_fn (`model_fn_calls`); `saved_models` exports it.
- `array_feeder`, `stream_feeder`, `sk_compat`: arrays and iterators as input.
- `run_config`: `RunConfig` and what it finds in TF_CONFIG.
- `canned_models`, `canned_calls`: the models and the calls that its canned estimators share; these
  are `dnn`, `linear`, `dnn_linear_combined`, `logistic_regressor`, `svm` (trained by `sdca`),
  `kmeans` and `dynamic_rnn_estimator` (of `rnn_common`, `rnn_model`, `rnn_targets`).
"""
