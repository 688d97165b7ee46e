"""The methods of an Estimator that look into its latest checkpoint."""

import tensorflow as tf

from estimator_heads.estimator import checkpoints


class TrainedValues:
    """What `Estimator` tells of its latest checkpoint; it relies on the rest of it."""

    def get_variable_names(self):
        """Names of all variables in the latest checkpoint.

        Returns:
            A list of strings.

        Raises:
            ValueError: If there is no checkpoint.
        """
        return sorted(checkpoints.load(self._trained_checkpoint()).get_variable_to_shape_map())

    def get_variable_value(self, name):
        """Value of a variable in the latest checkpoint.

        Args:
            name: Name of the variable.

        Returns:
            A NumPy array.

        Raises:
            ValueError: If there is no checkpoint.
            tf.errors.NotFoundError: If it has no such variable.
        """
        return checkpoints.get_value(self._trained_checkpoint(), name)

    def latest_checkpoint(self):
        """Path of the latest checkpoint in `model_dir`, or None."""
        return checkpoints.latest(self._model_dir)

    def _latest_or_initial(self, method):
        path = self.latest_checkpoint()
        if not path:
            tf.compat.v1.logging.info(
                "No checkpoint in model_dir %s: %s() uses the initial values of the variables.",
                self._model_dir,
                method,
            )
        return path

    def _trained_checkpoint(self):
        path = self.latest_checkpoint()
        if not path:
            raise ValueError(
                f"There is no checkpoint in model_dir={self._model_dir!r}. Call train() first."
            )
        return path
