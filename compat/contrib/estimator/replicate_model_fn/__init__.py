"""`replicate_model_fn` and `TowerOptimizer` of `tf.contrib.estimator` (TF 1.15).

A model_fn is called once for each device, with a part of the batch; such a copy of the model is
called a tower. The towers share their variables.
"""

from estimator_heads.compat.contrib.estimator.replicate_model_fn.replication import (
    VariableDistributionMode,
    local_devices,
    replicate_model_fn,
    replicate_model_fn_with_mode,
)
from estimator_heads.compat.contrib.estimator.replicate_model_fn.tower_optimizer import (
    TowerOptimizer,
)

# The names that the original has for them.
_VariableDistributionMode = VariableDistributionMode
_get_local_devices = local_devices
_replicate_model_fn_with_mode = replicate_model_fn_with_mode

__all__ = ["TowerOptimizer", "replicate_model_fn"]
