"""`CategoricalVocabulary`: numbers for categories, such as words.

Reproduces `preprocessing.categorical_vocabulary` of `tf.contrib.learn` of TF 1.15. The attributes
have the names that they have there, as users pickle such objects.
"""

from __future__ import annotations

import collections
from collections.abc import Hashable
from typing import Any


class CategoricalVocabulary:
    """Categories, numbered from 1 as they come; 0 stands for unknown ones.

    Args:
        unknown_token: What 0 stands for.
        support_reverse: Whether to be able to tell the category of a number.
    """

    def __init__(self, unknown_token: str = "<UNK>", support_reverse: bool = True) -> None:
        self._unknown_token = unknown_token
        self._support_reverse = support_reverse
        self._freq: collections.defaultdict[Hashable, int] = collections.defaultdict(int)
        self._freeze = False
        self._renumber([])

    def __len__(self):
        return len(self._mapping)

    def freeze(self, freeze: bool = True) -> None:
        """Makes `get` answer with 0 for new categories, or number them again.

        Args:
            freeze: Which of it.
        """
        self._freeze = freeze

    def get(self, category: Hashable) -> int:
        """The number of a category; a new one gets the next number.

        Args:
            category: Any hashable value.

        Returns:
            An int; 0 for a new category if the vocabulary is frozen.
        """
        if category not in self._mapping:
            if self._freeze:
                return 0
            self._append(category)
        return self._mapping[category]

    def add(self, category: Hashable, count: int = 1) -> None:
        """Counts a category, and numbers it if it is new.

        Args:
            category: Any hashable value.
            count: How often it occurs.
        """
        if self.get(category) > 0:
            self._freq[category] += count

    def trim(self, min_frequency: int, max_frequency: int = -1) -> None:
        """Leaves out rare and frequent categories, and numbers the others by how often they occur.

        Args:
            min_frequency: Those that occur as often or less are left out.
            max_frequency: Those that occur as often or more are left out; -1: none are.
        """
        counts = sorted(self._freq.items(), key=lambda item: (isinstance(item[0], str), item[0]))
        counts.sort(key=lambda item: -item[1])
        kept = [
            category
            for category, count in counts
            if count > min_frequency and (max_frequency <= 0 or count < max_frequency)
        ]
        self._renumber(kept)
        # As in the original, the counts kept are the highest ones, even of what is too frequent.
        self._freq = collections.defaultdict(int, counts[: len(kept)])

    def reverse(self, class_id: int) -> Any:
        """The category of a number.

        Args:
            class_id: An int.

        Returns:
            The category; the unknown token for 0.

        Raises:
            ValueError: If the vocabulary was made without `support_reverse`.
        """
        if not self._support_reverse:
            raise ValueError(
                "reverse() needs a CategoricalVocabulary(support_reverse=True). Received one with "
                "support_reverse=False."
            )
        return self._reverse_mapping[class_id]

    def _append(self, category):
        self._mapping[category] = len(self._mapping)
        if self._support_reverse:
            self._reverse_mapping.append(category)

    def _renumber(self, categories):
        self._mapping: dict[Hashable, int] = {self._unknown_token: 0}
        if self._support_reverse:
            self._reverse_mapping: list[Hashable] = [self._unknown_token]
        for category in categories:
            self._append(category)
