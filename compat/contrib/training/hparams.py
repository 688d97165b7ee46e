"""`tf.contrib.training.HParams`: named, typed hyperparameters that text can override."""

from __future__ import annotations

import json
import numbers
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from estimator_heads.compat.contrib.training.hparams_text import parse_values


class HParams:
    """A set of hyperparameters, each an attribute, as `tf.contrib.training.HParams` is.

    A hyperparameter has the type of its first value: int, float, bool, str, or a list of one of
    these. Later values must fit it.

    >>> hparams = HParams(learning_rate=0.1, layers=[128, 64], activation="relu")
    >>> hparams.parse("learning_rate=1e-3,layers=[256]")
    HParams([('activation', 'relu'), ('layers', [256]), ('learning_rate', 0.001)])
    >>> hparams.learning_rate
    0.001
    >>> hparams.to_json(sort_keys=True)
    '{"activation": "relu", "layers": [256], "learning_rate": 0.001}'

    Args:
        hparam_def: Must be None: protocol buffers of HParams are gone with tf.contrib.
        model_structure: Any object, kept for `get_model_structure()`.
        **kwargs: The names and values.

    Raises:
        ValueError: A name is reserved, a list is empty, or `hparam_def` is given.
    """

    def __init__(self, hparam_def: None = None, model_structure: Any = None, **kwargs: Any) -> None:
        # From each name to the type of its value, or of the values in its list, and whether it
        # is a list. The original has this attribute too, and programs read it.
        self._hparam_types: dict[str, tuple[type, bool]] = {}
        self._model_structure = model_structure
        if hparam_def:
            raise _no_protocol_buffers()
        for name, value in kwargs.items():
            self.add_hparam(name, value)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """The value of a hyperparameter."""

    def add_hparam(self, name: str, value: Any) -> None:
        """Adds a hyperparameter.

        Args:
            name: A string that is not an attribute of HParams.
            value: A number, bool or string, or a list of them that is not empty. None or any other
                object will do, but cannot be parsed.

        Raises:
            ValueError: The name is taken, or `value` is an empty list.
        """
        if getattr(self, name, None) is not None:
            raise ValueError(
                "Invalid value for argument `name`. Expected a name that is neither an existing "
                "hyperparameter (change those with set_hparam) nor an attribute of HParams. "
                f"Received: name={name!r}."
            )
        is_list = isinstance(value, list | tuple)
        if is_list and not value:
            raise ValueError(
                f"Invalid value for hyperparameter `{name}`. Expected a non-empty list, because "
                f"the first value determines the type. Received: {value!r}."
            )
        self._hparam_types[name] = (type(value[0] if is_list else value), is_list)
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Gives a hyperparameter another value of its type.

        Raises:
            KeyError: There is no hyperparameter of this name.
            ValueError: If `value` has a different type, or is a list where there was none or the
                reverse.
        """
        setattr(self, name, self._fitting(name, value, isinstance(value, list)))

    def del_hparam(self, name: str) -> None:
        """Removes a hyperparameter, if there is one of this name."""
        if hasattr(self, name):
            delattr(self, name)
            del self._hparam_types[name]

    def parse(self, values: str) -> HParams:
        """Overrides hyperparameters from text such as "steps=100,layers=[64,32],rates[1]=0.5".

        Args:
            values: See `parse_values`.

        Returns:
            This object.

        Raises:
            ValueError: The text cannot be read, or names an unknown hyperparameter.
        """
        types = {name: kind for name, (kind, _) in self._hparam_types.items()}
        return self.override_from_dict(parse_values(values, types))

    def override_from_dict(self, values_dict: Mapping[str, Any]) -> HParams:
        """Overrides hyperparameters from a dict.

        Returns:
            This object.

        Raises:
            KeyError: A hyperparameter does not exist.
            ValueError: A value does not fit.
        """
        for name, value in values_dict.items():
            self.set_hparam(name, value)
        return self

    def set_from_map(self, values_map: Mapping[str, Any]) -> HParams:
        """The older name of `override_from_dict`."""
        return self.override_from_dict(values_map)

    def parse_json(self, values_json: str | bytes) -> HParams:
        """Overrides hyperparameters from the text of a JSON object.

        Returns:
            This object.

        Raises:
            KeyError: A hyperparameter does not exist.
            ValueError: If the text is not JSON, or a value does not fit.
        """
        return self.override_from_dict(json.loads(values_json))

    def to_json(
        self,
        indent: int | str | None = None,
        separators: tuple[str, str] | None = None,
        sort_keys: bool = False,
    ) -> str:
        """The text of a JSON object of names and values. The arguments are those of json.dumps."""
        return json.dumps(self.values(), indent=indent, separators=separators, sort_keys=sort_keys)

    def values(self) -> dict[str, Any]:
        """A dict from the names to the values."""
        return {name: getattr(self, name) for name in self._hparam_types}

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`; `default` if there is no such hyperparameter.

        Raises:
            ValueError: The hyperparameter is there, and `default` does not fit its type.
        """
        if key not in self._hparam_types:
            return default
        if default is not None:
            self._fitting(key, default, isinstance(default, list))
        return getattr(self, key)

    def set_model_structure(self, model_structure: Any) -> None:
        """Keeps `model_structure`, any object, next to the hyperparameters."""
        self._model_structure = model_structure

    def get_model_structure(self) -> Any:
        """What `set_model_structure` was given last."""
        return self._model_structure

    def to_proto(self, export_scope: str | None = None) -> NoReturn:
        """Raises a ValueError: protocol buffers of HParams are gone with tf.contrib."""
        raise _no_protocol_buffers()

    @staticmethod
    def from_proto(hparam_def: Any, import_scope: str | None = None) -> NoReturn:
        """Raises a ValueError: protocol buffers of HParams are gone with tf.contrib."""
        raise _no_protocol_buffers()

    def __contains__(self, key: object) -> bool:
        return key in self._hparam_types

    def __str__(self) -> str:
        return ",".join(f"{name}={value}" for name, value in self.values().items())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({sorted(self.values().items())})"

    def _fitting(self, name, value, is_list):
        """`value` in the type of the hyperparameter `name`."""
        if name not in self._hparam_types:
            raise KeyError(
                f"Unknown hyperparameter `{name}`. Expected one of {sorted(self._hparam_types)}. "
                "Add one with add_hparam."
            )
        kind, expects_list = self._hparam_types[name]
        if is_list is not expects_list:
            raise ValueError(
                f"Invalid value for hyperparameter `{name}`. Expected "
                f"{'a list' if expects_list else 'one value'} of type {kind.__name__}. "
                f"Received: {value!r}."
            )
        if is_list:
            return [_cast(name, kind, element) for element in value]
        return _cast(name, kind, value)


def _cast(name, kind, value):
    """`value` as a `kind`, if that loses nothing."""
    if type(value) is kind or kind is type(None):
        return value
    texts = (str, bytes)
    fits = (
        issubclass(kind, bool) == isinstance(value, bool)
        and (not issubclass(kind, texts) or isinstance(value, texts))
        and (not issubclass(kind, numbers.Number) or isinstance(value, numbers.Number))
        and (not issubclass(kind, numbers.Integral) or isinstance(value, numbers.Integral))
    )
    if not fits:
        raise ValueError(
            f"Invalid value for hyperparameter `{name}`. Expected a value of type "
            f"{kind.__name__}. Received: {value!r} of type {type(value).__name__}."
        )
    return kind(value)


def _no_protocol_buffers():
    return ValueError(
        "HParams cannot be made from, or turned into, a protocol buffer: `HParamDef` was removed "
        "along with tf.contrib. Use to_json() and parse_json()."
    )
