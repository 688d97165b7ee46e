"""Monitors of `tf.contrib.learn`, which observe a training as `SessionRunHook`s do.

- `base`: `BaseMonitor` and `EveryN`, which others derive from; `adapter`: the hook that calls them.
- `recording`, `graph_dump`: those that log, keep or write values; `stopping`: those that end
  training; `validation`: the one that evaluates; `saving`: those that save checkpoints and export.
"""

from estimator_heads.compat.contrib.learn.monitors.adapter import replace_monitors_with_hooks

__all__ = ["replace_monitors_with_hooks"]
