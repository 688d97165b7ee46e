"""`VocabularyProcessor` and `ByteProcessor`: documents as arrays of numbers.

Reproduces `preprocessing.text` of `tf.contrib.learn` of TF 1.15.
"""

from __future__ import annotations

import itertools
import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from estimator_heads.compat.contrib.learn.preprocessing.vocabulary import CategoricalVocabulary
from estimator_heads.types import Path

# Abbreviations, the parts of CamelCase, and words with their apostrophes and hyphens.
TOKENIZER_RE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z][a-z]+(?=[A-Z])|[\'\w\-]+", re.UNICODE)


def tokenizer(iterator: Iterable[str]) -> Iterator[list[str]]:
    """Yields the list of words of each document.

    Args:
        iterator: Iterable of strings.
    """
    for document in iterator:
        yield TOKENIZER_RE.findall(document)


class ByteProcessor:
    """Documents as their UTF-8 bytes, cut off or filled up with zeros.

    Args:
        max_document_length: Number of bytes.
    """

    def __init__(self, max_document_length: int) -> None:
        self.max_document_length = max_document_length

    def fit(self, x: object) -> None:
        """Does nothing; there is nothing to be learned."""

    def fit_transform(self, x: Iterable[str | bytes]) -> Iterator[np.ndarray]:
        """The same as `transform`."""
        return self.transform(x)

    def transform(self, x: Iterable[str | bytes]) -> Iterator[np.ndarray]:
        """Yields an array of uint8 [max_document_length] for each document.

        Args:
            x: Iterable of strings or bytes.
        """
        for document in x:
            content = document.encode() if isinstance(document, str) else bytes(document)
            content = content[: self.max_document_length]
            yield np.frombuffer(content.ljust(self.max_document_length, b"\0"), np.uint8)

    def reverse(self, x: Iterable[np.ndarray]) -> Iterator[str]:
        """Yields the document of each array; "" for one that is not UTF-8.

        Args:
            x: Iterable of arrays.
        """
        for content in x:
            try:
                yield content.astype(np.uint8).tobytes().rstrip(b"\0").decode()
            except UnicodeDecodeError:
                yield ""


class VocabularyProcessor:
    """Documents as the numbers of their words, cut off or filled up with zeros.

    Args:
        max_document_length: Number of words.
        min_frequency: Words that occur as often or less get 0, as unknown ones do.
        vocabulary: A `CategoricalVocabulary`; None: a new one.
        tokenizer_fn: Function of an iterable of documents that yields lists of words; None:
            `tokenizer`.
    """

    def __init__(
        self,
        max_document_length: int,
        min_frequency: int = 0,
        vocabulary: CategoricalVocabulary | None = None,
        tokenizer_fn: Callable[[Iterable[str]], Iterable[Sequence[str]]] | None = None,
    ) -> None:
        self.max_document_length = max_document_length
        self.min_frequency = min_frequency
        self.vocabulary_ = vocabulary or CategoricalVocabulary()
        self._tokenizer = tokenizer_fn or tokenizer

    def fit(self, raw_documents: Iterable[str], unused_y: object = None) -> VocabularyProcessor:
        """Makes the vocabulary of the documents.

        Args:
            raw_documents: Iterable of strings.
            unused_y: Ignored.

        Returns:
            self
        """
        for word in itertools.chain.from_iterable(self._tokenizer(raw_documents)):
            self.vocabulary_.add(word)
        if self.min_frequency > 0:
            self.vocabulary_.trim(self.min_frequency)
        self.vocabulary_.freeze()
        return self

    def fit_transform(
        self, raw_documents: Iterable[str], unused_y: object = None
    ) -> Iterator[np.ndarray]:
        """`fit`, then `transform`; the documents are iterated over twice."""
        return self.fit(raw_documents).transform(raw_documents)

    def transform(self, raw_documents: Iterable[str]) -> Iterator[np.ndarray]:
        """Yields an array of int64 [max_document_length] for each document.

        Args:
            raw_documents: Iterable of strings.
        """
        for words in self._tokenizer(raw_documents):
            ids = np.zeros(self.max_document_length, np.int64)
            for place, word in enumerate(itertools.islice(words, self.max_document_length)):
                ids[place] = self.vocabulary_.get(word)
            yield ids

    def reverse(self, documents: Iterable[Iterable[int]]) -> Iterator[str]:
        """Yields the words of each array of numbers, with blanks between them.

        Args:
            documents: Iterable of iterables of ints.
        """
        for ids in documents:
            yield " ".join(self.vocabulary_.reverse(class_id) for class_id in ids)

    def save(self, filename: Path) -> None:
        """Writes it to a file, with pickle.

        Args:
            filename: Path of the file.
        """
        with tf.io.gfile.GFile(filename, "wb") as file:
            file.write(pickle.dumps(self))

    @classmethod
    def restore(cls, filename: Path) -> VocabularyProcessor:
        """Reads one that `save` has written, here or with TensorFlow 1. Pickles run code: trust it.

        Args:
            filename: Path of the file.

        Returns:
            A `VocabularyProcessor`.
        """
        with tf.io.gfile.GFile(filename, "rb") as file:
            return _Unpickler(file).load()


class _Unpickler(pickle.Unpickler):
    """Finds the classes of TensorFlow 1 here, also where they are not installed."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("tensorflow") and ".contrib.learn." in module:
            if name == CategoricalVocabulary.__name__:
                return CategoricalVocabulary
            if module.endswith(".preprocessing.text"):
                return globals()[name]
        return super().find_class(module, name)
