"""TPUEstimator and what belongs to it, on CPU and GPU: `tf.compat.v1.estimator.tpu`."""

from estimator_heads.tpu.config import RunConfig
from estimator_heads.tpu.estimator import TPUEstimator
from estimator_heads.tpu.spec import TPUEstimatorSpec
from estimator_heads.tpu.tpu_config import InputPipelineConfig, TPUConfig

__all__ = ["InputPipelineConfig", "RunConfig", "TPUConfig", "TPUEstimator", "TPUEstimatorSpec"]
