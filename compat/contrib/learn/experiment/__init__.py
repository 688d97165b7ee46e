"""`Experiment` of `tf.contrib.learn` and its runner, around Estimators of both kinds.

- `experiment`: `Experiment`, an Estimator with its inputs; each of its methods is a schedule, which
  `learn_runner` chooses by the role of the process.
- `continuous`: its schedules that evaluate over and over; `checkpoint_listener`: the one that
  evaluates and exports as checkpoints are saved; `estimator_calls`, `servers`: what all of them do.
- `export_strategy`, `export_strategies`, `best_model`: what it exports after evaluations;
  `saved_model_export_utils`: the functions beside them.
"""
