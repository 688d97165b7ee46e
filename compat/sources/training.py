"""`tensorflow_estimator.python.estimator.training`: what stands beside `train_and_evaluate`."""

from __future__ import annotations

import time

import tensorflow as tf

from estimator_heads.estimator.config import tf_config
from estimator_heads.estimator.config.tf_config import TaskType
from estimator_heads.estimator.schedule import specs

_MAX_DELAY_SECS = 60
_DELAY_SECS_PER_WORKER = 5
_TF_CONFIG_ENV = "TF_CONFIG"
_ENVIRONMENT_KEY = "environment"
_ENVIRONMENT_GOOGLE_VALUE = "google"
_TRAINER_JOBS = (TaskType.CHIEF, TaskType.MASTER, TaskType.WORKER)

_validate_input_fn = specs.check_input_fn
_validate_hooks = specs.checked_hooks
_validate_saving_listeners = specs.checked_saving_listeners
_validate_exporters = specs.checked_exporters


def _is_google_env():
    return tf_config.read().get(_ENVIRONMENT_KEY) == _ENVIRONMENT_GOOGLE_VALUE


class _StopAtSecsHook(tf.compat.v1.train.SessionRunHook):
    """Stops at the first step that ends so many seconds after `begin`."""

    def __init__(self, stop_after_secs: float) -> None:
        self._stop_after_secs = stop_after_secs
        self._start_time: float | None = None

    def begin(self) -> None:
        self._start_time = time.time()

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        assert self._start_time is not None  # begin() comes first
        if time.time() - self._start_time >= self._stop_after_secs:
            run_context.request_stop()
