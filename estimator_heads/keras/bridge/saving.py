"""What a saved Keras model says of a head: that its loss and its metrics are to be made anew."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

PACKAGE = "estimator_heads"


class MadeOfHead:
    """What a head gives to `compile`, and no config can tell."""

    name: str
    _argument: str

    def get_config(self) -> dict[str, Any]:
        """The name; a head is no config, so the model is compiled anew when it is loaded."""
        return {"name": self.name}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> NoReturn:
        """Raises ValueError: a head is no config."""
        argument = cls._argument
        raise ValueError(
            f"The {argument} of a head cannot be made of what a saved model says: {config}. Load "
            "the model with `load_model(path, compile=False)`, and compile it with what "
            f"estimator_heads.keras.{argument}(head) returns."
        )


class LossOfHead(MadeOfHead):
    """A loss, whatever its Keras."""

    _argument = "loss"


class MetricsOfHead(MadeOfHead):
    """Metrics, whatever their Keras."""

    _argument = "metrics"


def register() -> None:
    """Has each Keras that is imported find them in a saved model, before a head makes any.

    The classes that heads make, which only then import a Keras, take their places.
    """
    for library in map(sys.modules.get, ("keras", "tf_keras")):
        if library is None or not hasattr(library, "saving"):  # A module of the program has none.
            continue
        library.saving.get_custom_objects().update(
            {f"{PACKAGE}>HeadLoss": LossOfHead, f"{PACKAGE}>HeadMetrics": MetricsOfHead}
        )
