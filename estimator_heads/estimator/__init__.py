"""The Estimator and what it takes: `RunConfig`, `WarmStartSettings`, `VocabInfo`."""

from estimator_heads.estimator.config.run_config import RunConfig
from estimator_heads.estimator.estimator import Estimator
from estimator_heads.estimator.storage.warm_start import VocabInfo, WarmStartSettings

__all__ = ["Estimator", "RunConfig", "VocabInfo", "WarmStartSettings"]
