"""`tf.contrib.learn`: its dialect of the heads, and in `estimators` its Estimator.

The dialect is `create_model_fn_ops`, `ModelFnOps` and `logits_input`.
What a task is (labels, losses, which metrics) is taken from the heads in `estimator_heads.heads`.
These modules say only what `tf.contrib.learn` does differently:

- losses are averaged over the batch; what is reported is divided by the weights (`losses`);
- metrics, predictions and problem types have keys of their own (`keys`, `metrics`);
- a head may build its logits itself and may learn a bias (`single`, `centered_bias`);
- what is served is told by output alternatives (`output_alternatives`).
"""
