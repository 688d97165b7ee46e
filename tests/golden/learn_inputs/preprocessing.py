"""Vocabularies, and processors of text and of categories."""

import os

import numpy as np

from tests.golden.estimator.results import plain
from tests.golden.learn_estimator.models import cases_of

_DOCUMENTS = [
    "the cat sat on the mat",
    "The HTTPServer isn't a well-known CamelCase word",
    "the dog, the cat & the number 42",
    "",
]


def words(api, folder):
    texts = _DOCUMENTS + [
        "\u00e9t\u00e9 na\u00efve \u4f60\u597d",
        "ABCDef XYZ aB",
        "snake_case 'quoted'",
    ]
    return [
        list(api.preprocessing.tokenizer(iterator=texts)),
        api.preprocessing.TOKENIZER_RE.pattern,
    ]


def _processor(api):
    return api.preprocessing.VocabularyProcessor(4).fit(_DOCUMENTS)


def documents(api, folder):
    processor = api.preprocessing.VocabularyProcessor(max_document_length=4)
    found = plain(list(processor.fit_transform(_DOCUMENTS)))
    more = list(processor.transform(["cat unknown mat on the"]))
    return [
        found,
        plain(more),
        list(processor.reverse(documents=more)),
        len(processor.vocabulary_),
        [processor.max_document_length, processor.min_frequency],
    ]


def frequent_words(api, folder):
    processor = api.preprocessing.VocabularyProcessor(5, min_frequency=1)
    assert processor.fit(raw_documents=_DOCUMENTS, unused_y=None) is processor
    ids = list(processor.transform(raw_documents=_DOCUMENTS))
    return [plain(ids), list(processor.reverse(ids)), len(processor.vocabulary_)]


def vocabulary_and_tokenizer_of_ones_own(api, folder):
    vocabulary = api.preprocessing.categorical_vocabulary.CategoricalVocabulary("?")
    vocabulary.get("z")
    processor = api.preprocessing.VocabularyProcessor(
        3,
        vocabulary=vocabulary,
        tokenizer_fn=lambda texts: (iter(text.split(",")) for text in texts),
    )
    ids = list(processor.fit_transform(["a,b,z,c", "b"], unused_y=[1]))
    return [plain(ids), list(processor.reverse(ids)), processor.vocabulary_ is vocabulary]


def saved_processor(api, folder):
    path = os.path.join(folder, "processor.pickle")
    if not os.path.exists(path):
        _processor(api).save(filename=path)
    restored = api.preprocessing.VocabularyProcessor.restore(filename=path)
    return plain(list(restored.transform(_DOCUMENTS + ["cat unknown mat"])))


def bytes_of_documents(api, folder):
    processor = api.preprocessing.ByteProcessor(max_document_length=5)
    texts = ["abc", b"abcdefg", "\u00e9t\u00e9\u00e9", ""]
    assert processor.fit(x=texts) is None
    found = list(processor.transform(x=texts))
    return [
        plain(found),
        plain(list(processor.fit_transform(x=["q"]))),
        list(processor.reverse(x=found)),
        processor.max_document_length,
    ]


def numbers_of_categories(api, folder):
    vocabulary = api.vocabulary.CategoricalVocabulary(unknown_token="none", support_reverse=True)
    found = [vocabulary.get(category=category) for category in ("a", 3, "a", ("t",), "none")]
    vocabulary.freeze()
    found += [vocabulary.get("new"), vocabulary.get("a")]
    vocabulary.freeze(freeze=False)
    found += [vocabulary.get("new"), len(vocabulary)]
    return found + [[vocabulary.reverse(class_id=index) for index in (0, 1, 4)]]


def _counted(api, **options):
    vocabulary = api.vocabulary.CategoricalVocabulary(**options)
    for category, count in (("b", 3), ("a", 3), ("c", 1), ("d", 9), (5, 3), ("<UNK>", 4)):
        vocabulary.add(category=category, count=count)
    vocabulary.add("c")
    return vocabulary


def trimmed_vocabularies(api, folder):
    found = []
    for limits in ({"min_frequency": 2}, {"min_frequency": 0, "max_frequency": 9}):
        vocabulary = _counted(api)
        vocabulary.trim(**limits)
        found.append([str(vocabulary.reverse(index)) for index in range(len(vocabulary))])
        found.append([vocabulary.get("e"), vocabulary.get("d")])
        vocabulary.trim(8)
        found.append([str(vocabulary.reverse(index)) for index in range(len(vocabulary))])
    return found


def vocabulary_without_reverse(api, folder):
    vocabulary = _counted(api, support_reverse=False)
    vocabulary.trim(2)
    return [vocabulary.get(category) for category in ("d", "a", "b", "c")]


_ROWS = np.array([["a", "x"], ["b", "x"], ["a", "y"]], object)


def columns_of_categories(api, folder):
    processor = api.preprocessing.CategoricalProcessor()
    rows = [["a", 1], ["b", float("nan")], ["a", 2]]
    assert processor.fit(x=rows, unused_y=None) is processor
    return [
        plain(list(processor.transform(x=rows + [["c", 2]]))),
        [len(vocabulary) for vocabulary in processor.vocabularies_],
    ]


def shared_categories(api, folder):
    processor = api.preprocessing.CategoricalProcessor(share=True)
    return plain(list(processor.fit_transform(x=_ROWS, unused_y=None)))


def frequent_categories(api, folder):
    processor = api.preprocessing.CategoricalProcessor(min_frequency=1)
    return plain(list(processor.fit_transform(_ROWS)))


def vocabularies_of_ones_own(api, folder):
    vocabularies = [_counted(api), api.vocabulary.CategoricalVocabulary()]
    processor = api.preprocessing.CategoricalProcessor(vocabularies=vocabularies)
    processor.freeze()
    found = plain(list(processor.transform(_ROWS)))
    processor.freeze(freeze=False)
    return [found, vocabularies[1].get("x")]


CASES = cases_of(globals())
