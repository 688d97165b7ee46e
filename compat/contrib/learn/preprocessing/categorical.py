"""`CategoricalProcessor`: rows of categories as rows of numbers.

Reproduces `preprocessing.categorical` of `tf.contrib.learn` of TF 1.15.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from estimator_heads.compat.contrib.learn.io.pandas_values import extract_pandas_matrix
from estimator_heads.compat.contrib.learn.preprocessing.vocabulary import CategoricalVocabulary


class CategoricalProcessor:
    """Numbers the categories of each column.

    Args:
        min_frequency: Categories that occur as often or less get 0, as unknown ones do.
        share: Whether the columns have one vocabulary.
        vocabularies: List of a `CategoricalVocabulary` for each column; None: new ones.
    """

    def __init__(
        self,
        min_frequency: int = 0,
        share: bool = False,
        vocabularies: list[CategoricalVocabulary] | None = None,
    ) -> None:
        self.min_frequency = min_frequency
        self.share = share
        self.vocabularies_: Any = vocabularies  # None until `fit`.

    def freeze(self, freeze: bool = True) -> None:
        """Freezes or unfreezes all vocabularies; see `CategoricalVocabulary.freeze`."""
        for vocabulary in self.vocabularies_:
            vocabulary.freeze(freeze)

    def fit(self, x: Iterable[Any], unused_y: object = None) -> CategoricalProcessor:
        """Makes the vocabularies.

        Args:
            x: Rows of categories: an array, a DataFrame or any iterable.
            unused_y: Ignored.

        Returns:
            self
        """
        for row in extract_pandas_matrix(x):
            if self.vocabularies_ is None:
                shared = CategoricalVocabulary()
                self.vocabularies_ = [
                    shared if self.share else CategoricalVocabulary() for _ in row
                ]
            for vocabulary, value in zip(self.vocabularies_, row, strict=False):
                if not _is_missing(value):
                    vocabulary.add(value)
        if self.min_frequency > 0:
            for vocabulary in self.vocabularies_:
                vocabulary.trim(self.min_frequency)
        self.freeze()
        return self

    def fit_transform(self, x: Iterable[Any], unused_y: object = None) -> Iterator[np.ndarray]:
        """`fit`, then `transform`."""
        return self.fit(x).transform(x)

    def transform(self, x: Iterable[Any]) -> Iterator[np.ndarray]:
        """Yields an array of int64 [columns] for each row; 0 for what is missing or unknown.

        Args:
            x: As for `fit`.
        """
        self.freeze()
        for row in extract_pandas_matrix(x):
            yield np.array(
                [
                    0 if _is_missing(value) else vocabulary.get(value)
                    for vocabulary, value in zip(self.vocabularies_, row, strict=False)
                ],
                np.int64,
            )


def _is_missing(value):
    return isinstance(value, float) and np.isnan(value)
