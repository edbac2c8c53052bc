"""Which language is a comment written in, or can nobody tell?

Small words settle most Swedish and English comments, the script settles some others, lingua's models the
rest. A comment of a few words is looked up in simplemma's lists first: on those the models guess wrongly.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.text.lemmas import list_words

if TYPE_CHECKING:
    from lingua import LanguageDetector

__all__ = ["INSTALLED", "UNSURE", "detect_language"]

UNSURE = None
"""What comes back when nobody can tell: no letters, too few words, or a language that is not installed."""
INSTALLED = ("sv", "en", "fi", "ar", "fa", "so", "uk", "pl", "de", "es", "bs", "ti")
"""The languages of the installation as ISO 639-1 codes. Bosnian stands for Croatian and Serbian as well."""

_MOST_CHARACTERS = 1000
"""Characters that are read: more do not change the answer."""
_BY_SCRIPT = "ti"
"""The language that only its script tells: lingua has no model of Tigrinya."""
_NEIGHBOURS = ("da", "nb", "ru")
"""Languages so near to installed ones that they would be taken for them; a comment in one is UNSURE."""
_LEAST_SMALL_WORDS = 2
_LEAST_SMALL_SHARE = 0.2
"""Share of the words of a text that must be small words of its language."""
_TIMES_THE_OTHERS = 3
"""How many times the small words of any other language."""
_FEW_WORDS = 8
"""Up to here the lists are asked before the models."""
_KNOWN = 0.8
"""Least share of the words of a short text that stand in the list of its language."""
_HALF_KNOWN = 0.6
"""The same when a small word of it is among them and none of the other's."""
_SURE = 0.4
"""Least share of lingua's confidence. The shares were tried on Swedish and English comments of care."""

_ETHIOPIC = re.compile("[\u1200-\u139f\u2d80-\u2ddf]")
_CYRILLIC_OR_ARABIC = re.compile("[\u0400-\u052f\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_NOT_WRITTEN = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w{1,10}|</?[A-Za-z][^<>]{0,200}>|\[[^\[\]]{1,40}\]"
)
_CUE = re.compile(r"www\.|//|[@<\[]")


def detect_language(text: str, *, installed: Sequence[str] = INSTALLED) -> str | None:
    """The language of a text as one of the installed codes, or UNSURE.

    Web addresses, tags, digits and what stands in square brackets (masks) are passed over. Never raises for a
    text; raises ValueError for an installed code that neither lingua nor a script knows.
    """
    letters = text[:_MOST_CHARACTERS]
    if _CUE.search(letters):
        letters = _NOT_WRITTEN.sub(" ", letters)
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(letters)]
    if not words:
        return UNSURE
    if not _LATIN.search(letters):
        return _detect_by_script(letters, tuple(installed))
    known = [code for code in installed if code in _load_small_words()]
    return (
        _detect_by_small_words(words, known)
        or _detect_by_lists(words, known)
        or _detect_by_models(letters, tuple(installed))
    )


def _detect_by_script(letters: str, installed: tuple[str, ...]) -> str | None:
    """The language of a text without Latin letters."""
    if _ETHIOPIC.search(letters):
        return _BY_SCRIPT if _BY_SCRIPT in installed else UNSURE
    return _detect_by_models(letters, installed) if _CYRILLIC_OR_ARABIC.search(letters) else UNSURE


def _detect_by_small_words(words: Sequence[str], known: Sequence[str]) -> str | None:
    """The language whose small words are there, at least two, and many times those of the others."""
    counts = sorted(((_count_small(words, code), code) for code in known), reverse=True)
    if not counts or counts[0][0] < max(_LEAST_SMALL_WORDS, _LEAST_SMALL_SHARE * len(words)):
        return UNSURE
    (most, code), *others = counts
    return code if all(most >= _TIMES_THE_OTHERS * count for count, _ in others) else UNSURE


def _detect_by_lists(words: Sequence[str], known: Sequence[str]) -> str | None:
    """The language in whose list the words of a short text stand, and hardly in that of another."""
    if len(words) > _FEW_WORDS or not known:
        return UNSURE
    small = {code: _count_small(words, code) for code in known}
    listed = {code: sum(word in list_words(code) for word in words) / len(words) for code in known}
    first, *others = sorted(known, key=lambda code: (-small[code], -listed[code]))
    if small[first] and not any(small[code] for code in others) and listed[first] >= _HALF_KNOWN:
        return first
    return (
        first if listed[first] >= _KNOWN and all(listed[code] < listed[first] for code in others) else UNSURE
    )


def _count_small(words: Sequence[str], code: str) -> int:
    """How many of the words are small words of a language."""
    small = _load_small_words()[code]
    return sum(word in small for word in words)


def _detect_by_models(letters: str, installed: tuple[str, ...]) -> str | None:
    """The language that lingua's models find, if they are sure and it is installed."""
    best = _load_detector(installed).compute_language_confidence_values(letters)[0]
    code = best.language.iso_code_639_1.name.lower()
    return code if best.value >= _SURE and code in installed else UNSURE


@lru_cache(maxsize=4)
def _load_detector(installed: tuple[str, ...]) -> "LanguageDetector":
    """lingua's detector with the small models of the installed languages and their neighbours."""
    from lingua import Language, LanguageDetectorBuilder

    known = {language.iso_code_639_1.name.lower(): language for language in Language.all()}
    codes = [code for code in dict.fromkeys((*installed, *_NEIGHBOURS)) if code != _BY_SCRIPT]
    if unknown := [code for code in codes if code not in known]:
        raise ValueError(f"detect_language: lingua has no model of {', '.join(unknown)}; leave it out.")
    languages = [known[code] for code in codes]
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()


@cache
def _load_small_words() -> Mapping[str, frozenset[str]]:
    """The small words of each language that language_words.txt has a section for."""
    small: dict[str, frozenset[str]] = {}
    code = ""
    for line in Path(__file__).with_name("language_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            code = line.strip("[]")
        elif code:
            small[code] = small.get(code, frozenset()) | frozenset(line.split())
    return small
