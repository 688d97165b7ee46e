"""StopOnSignalHook: a signal ends training as `steps` does, with a checkpoint."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable
from typing import Any

import tensorflow as tf


class StopOnSignalHook(tf.compat.v1.train.SessionRunHook):
    """Ends training after the current step, and saves, when the process receives a signal.

    Schedulers send SIGTERM a few seconds before they reclaim a machine. With this hook, the last
    checkpoint is then that of the last step, and `Estimator.train` returns normally. Without it,
    the process ends where it is, and training later continues from an older checkpoint.

    The previous handlers are restored when training is over. A second signal goes to them at once.

    Args:
        signals: The signals to stop at, a list.

    Raises:
        ValueError: When training begins outside the main thread, where Python cannot handle
            signals.

    >>> hook = StopOnSignalHook(signals=[signal.SIGTERM])
    >>> hook.stopped_by is None  # estimator.train(input_fn, hooks=[hook]) changes that
    True
    """

    def __init__(self, signals: Iterable[int] = (signal.SIGTERM,)) -> None:
        self._signals = tuple(signals)
        self._handlers_before: dict[int, Any] = {}
        self._coordinator: Any = None
        self._stopped_by: signal.Signals | None = None

    @property
    def stopped_by(self) -> signal.Signals | None:
        """The signal that ended the training, a `signal.Signals`, or None."""
        return self._stopped_by

    def begin(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise ValueError(
                "StopOnSignalHook only works in the main thread, because Python handles signals "
                "there. Train there, or leave the hook out. Received: a call in thread "
                f"{threading.current_thread().name!r}."
            )
        self._coordinator = self._stopped_by = None
        for number in self._signals:
            self._handlers_before[number] = signal.signal(number, self._stop)

    def after_create_session(
        self, session: tf.compat.v1.Session, coord: tf.train.Coordinator
    ) -> None:
        self._coordinator = coord  # a new one after each recovery

    def end(self, session: tf.compat.v1.Session) -> None:
        self._restore_handlers()

    def _stop(self, number, frame):
        self._restore_handlers()
        if self._coordinator is None or self._coordinator.should_stop():
            # There are no steps yet, or an error ended them: nothing to save.
            signal.raise_signal(number)
            return
        self._stopped_by = signal.Signals(number)
        tf.compat.v1.logging.warning(
            "Received %s: training stops after this step and saves a checkpoint.",
            self._stopped_by.name,
        )
        # Not from here: the step that was interrupted may hold the coordinator's lock.
        threading.Thread(target=self._coordinator.request_stop, daemon=True).start()

    def _restore_handlers(self):
        while self._handlers_before:
            number, handler = self._handlers_before.popitem()
            # None: the handler was not set from Python, so it cannot be set back either.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
