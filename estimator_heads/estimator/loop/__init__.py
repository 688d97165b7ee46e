"""The loop over steps that training, evaluation and prediction run.

Other code imports from here, and nothing from the files.
"""

from estimator_heads.estimator.loop.step_loop import StepLoop
from estimator_heads.estimator.loop.stop_after_steps import StopAfterStepsHook

__all__ = ["StepLoop", "StopAfterStepsHook"]
