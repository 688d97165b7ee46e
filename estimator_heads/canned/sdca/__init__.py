"""Linear models trained by stochastic dual coordinate ascent."""

from estimator_heads.canned.sdca.optimizer import LinearSDCA

__all__ = ["LinearSDCA"]
