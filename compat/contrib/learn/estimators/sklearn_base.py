"""The part of scikit-learn's interface that Estimators of `tf.contrib.learn` have."""

from __future__ import annotations

from typing import Any, TypeVar


class NotFittedError(ValueError, AttributeError):
    """An Estimator is to be used that has not been trained.

    Reproduces `tf.contrib.learn.NotFittedError` of TF 1.15.
    """


_Self = TypeVar("_Self", bound="BaseEstimator")


class BaseEstimator:
    """Hyperparameters by name: the public attributes of an Estimator that are not functions."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The hyperparameters.

        Args:
            deep: Whether to add those of hyperparameters that have a `get_params` themselves, as
                "<name>__<name of theirs>".

        Returns:
            Dict from names to values.
        """
        params = {}
        for name, value in vars(self).items():
            if name.startswith("_") or callable(value):
                continue
            if deep and hasattr(value, "get_params"):
                for inner_name, inner_value in value.get_params().items():
                    params[f"{name}__{inner_name}"] = inner_value
            params[name] = value
        return params

    def set_params(self: _Self, **params: Any) -> _Self:
        """Changes hyperparameters.

        Args:
            **params: New values, with the names that `get_params` has.

        Returns:
            `self`.

        Raises:
            ValueError: If there is no hyperparameter of a name.
        """
        for path, value in params.items():
            known = self.get_params(deep=True)
            name, _, inner_name = path.partition("__")
            if (name if inner_name else path) not in known:
                raise ValueError(
                    f"{type(self).__name__} has no hyperparameter {path!r}. Expected one of "
                    f"{sorted(known)}, as get_params() gives them. Received: {path}={value!r}."
                )
            if inner_name:
                known[name].set_params(**{inner_name: value})
            else:
                setattr(self, path, value)
        return self

    def __repr__(self):
        params = ", ".join(f"{name}={value!s}" for name, value in self.get_params(False).items())
        return f"{type(self).__name__}({params})"
