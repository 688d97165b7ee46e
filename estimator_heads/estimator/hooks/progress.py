"""A progress bar for training, in a terminal and in a notebook."""

from __future__ import annotations

import time
from typing import Any

import tensorflow as tf

v1 = tf.compat.v1


class ProgressBarHook(tf.compat.v1.train.SessionRunHook):
    """Shows the steps done, the steps per second, the time left and the loss of `Estimator.train`.

    The bar is drawn by tqdm, which must be installed: `pip install estimator-heads[progress]`.

    Args:
        max_steps: Global step at which training ends, as given to `train` or `TrainSpec`. None: the
            bar has no end.
        update_secs: Seconds between two updates of the bar. In between, the hook fetches nothing
            from the session.
        **bar_options: Further arguments for `tqdm.auto.tqdm`, such as `desc` or `file`.

    Raises:
        ImportError: When training begins, if tqdm is not installed.

    >>> hook = ProgressBarHook(max_steps=1000, desc="training")
    """

    def __init__(
        self, max_steps: int | None = None, update_secs: float = 0.5, **bar_options: Any
    ) -> None:
        self._max_steps = max_steps
        self._update_secs = update_secs
        self._bar_options = bar_options
        self._bar: Any = None

    def begin(self) -> None:
        self._tqdm = _tqdm()
        self._fetches = {"step": v1.train.get_global_step()}
        losses = v1.get_collection(v1.GraphKeys.LOSSES)
        if losses:  # The Estimator adds the loss of the EstimatorSpec after those of the model_fn.
            self._fetches["loss"] = losses[-1]

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        self._close()  # There is a bar already after a recovery.
        options = {"desc": "train", "unit": "step", "dynamic_ncols": True, **self._bar_options}
        step = int(session.run(self._fetches["step"]))
        self._bar = self._tqdm(total=self._max_steps, initial=step, **options)
        self._next_update = 0.0

    def before_run(
        self, run_context: tf.compat.v1.train.SessionRunContext
    ) -> tf.compat.v1.train.SessionRunArgs | None:
        if time.monotonic() < self._next_update:
            return None
        return v1.train.SessionRunArgs(self._fetches)

    def after_run(
        self,
        run_context: tf.compat.v1.train.SessionRunContext,
        run_values: tf.compat.v1.train.SessionRunValues,
    ) -> None:
        if run_values.results is not None:
            # The step that has just run is not in the value, which was read beside it.
            self._show(run_values.results["step"] + 1, run_values.results.get("loss"))
            self._next_update = time.monotonic() + self._update_secs

    def end(self, session: tf.compat.v1.Session) -> None:
        self._show(session.run(self._fetches["step"]))
        self._close()

    def _show(self, step, loss=None):
        if loss is not None:
            self._bar.set_postfix(loss=f"{loss:.5g}", refresh=False)
        self._bar.update(int(step) - self._bar.n)
        self._bar.refresh()

    def _close(self):
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _tqdm():
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise ImportError(
            "ProgressBarHook shows its bar with tqdm, which is not installed. Install it with "
            "`pip install estimator-heads[progress]` or `pip install tqdm`."
        ) from error
    return tqdm
