"""The methods of an Estimator that look into its latest checkpoint."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from estimator_heads.estimator.storage import checkpoint_state, checkpoints


class TrainedValues:
    """What `Estimator` tells of its latest checkpoint; it relies on the rest of it."""

    _model_dir: str

    def get_variable_names(self) -> list[str]:
        """Names of all variables in the latest checkpoint.

        Returns:
            A list of strings.

        Raises:
            ValueError: If there is no checkpoint.
        """
        return sorted(checkpoints.load(self._trained_checkpoint()).get_variable_to_shape_map())

    def get_variable_value(self, name: str) -> Any:
        """Value of a variable in the latest checkpoint.

        Args:
            name: Name of the variable.

        Returns:
            A NumPy array; of a variable without dimensions, a NumPy number.

        Raises:
            ValueError: If there is no checkpoint.
            tf.errors.NotFoundError: If it has no such variable.
        """
        return checkpoints.get_value(self._trained_checkpoint(), name)

    def latest_checkpoint(self) -> str | None:
        """Path of the latest checkpoint in `model_dir`; None if there is none, or it is gone.

        Returns:
            The path without its last part, such as "model_dir/model.ckpt-100".

        Raises:
            tf.errors.FailedPreconditionError: If `model_dir` is a file.
            ValueError: If the file "checkpoint" in it is unreadable.
        """
        return checkpoint_state.latest(self._model_dir)

    def _latest_to_restore(self) -> str | None:
        """As `latest_checkpoint`, but one that is gone is an error.

        Only exports ask the `latest_checkpoint` of a subclass, as in the original.
        """
        return checkpoint_state.latest_to_restore(self._model_dir)

    def _latest_or_initial(self, method: str) -> str | None:
        path = self._latest_to_restore()
        if not path:
            tf.compat.v1.logging.info(
                "No checkpoint in model_dir %s: %s() uses the initial values of the variables.",
                self._model_dir,
                method,
            )
        return path

    def _trained_checkpoint(self) -> str:
        path = self._latest_to_restore()
        if not path:
            raise ValueError(
                f"There is no checkpoint in model_dir={self._model_dir!r}. Call train() first."
            )
        return path
