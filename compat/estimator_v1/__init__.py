"""The TF1 dialect of the heads: `LossSpec`, v1 metric ops, v1 loss reductions.

What a task is (labels, losses, predictions, exports, which metrics) is taken from
`estimator_heads.heads.tasks`; these modules say only what TF1 does differently.
"""
