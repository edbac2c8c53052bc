"""What is the word that a form belongs to: "väntetiderna" to "väntetid", "waited" to "wait"?

From the lists of simplemma (MIT), read without unpacking them: 30 MB in memory instead of 140, about 0.01 ms
a look-up instead of 0.001, and a word that has been asked for is remembered.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Protocol

LONGEST_WORD = 60
"""Letters. Longer "words" are links and keys held down, and rules for endings would take long over them."""
_REMEMBERED_WORDS = 100_000
"""A year of comments of a county has about 60,000 different forms; each takes about 200 bytes."""


class _Lemmatizer(Protocol):
    def lemmatize(self, token: str, lang: str) -> str: ...


@lru_cache(maxsize=_REMEMBERED_WORDS)
def find_lemma(word: str, language: str) -> str:
    """The word as a dictionary lists it, in small letters; itself if it is unknown or over LONGEST_WORD.

    `language` is a code of two letters; without a list of that language the word comes back in small letters.
    Never raises; an empty word stays empty.
    """
    small = word.lower()
    if not small.isprintable() or not 0 < len(small) <= LONGEST_WORD or language not in _languages():
        return small
    return _lemmatizer().lemmatize(small, language).lower()


def list_words(language: str) -> Mapping[str, str]:
    """Every form in the list of a language with its dictionary word; a look-up takes about 0.01 ms.

    Empty for a language without a list.
    """
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language) if language in _languages() else {}


@cache
def _lemmatizer() -> _Lemmatizer:
    """The one lemmatizer; simplemma is imported here, so that nobody pays for it before the first word."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy(low_memory=True))


@cache
def _languages() -> frozenset[str]:
    """Codes of the languages that simplemma has a list for."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return SUPPORTED_LANGUAGES
