"""Which language is a comment written in, or can nobody tell?

Ordinary small words settle most Swedish and English comments, the script settles some others, lingua's models the
rest; a comment of a few words is looked up in simplemma's word lists, as models guess wrongly there.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from analysis.text.lemmas import list_words

if TYPE_CHECKING:
    from lingua import LanguageDetector

__all__ = ["INSTALLED", "UNSURE", "detect_language"]

UNSURE = None
"""What comes back when nobody can tell: no letters, too few words, or a language that is not installed."""
INSTALLED = ("sv", "en", "fi", "ar", "fa", "so", "uk", "pl", "de", "es", "bs", "ti")
"""The languages of the installation as ISO 639-1 codes; where a comment could be two, the first one counts."""

_ENOUGH = 1000
"""Characters that are read: more do not change the answer."""
_NEIGHBOURS = ("da", "nb", "ru")
"""Languages so near to installed ones that they would be taken for them; a comment in one of them is UNSURE."""
_FEW_WORDS = 8
"""Up to here the word lists are asked before the models."""
_KNOWN = 0.8
"""Least share of the words of a short text that stand in the list of its language."""
_HALF_KNOWN = 0.6
"""The same when one of its small words is among them and none of the other's."""
_SURE = 0.4
"""Least share of lingua's confidence for its first language. Tried on Swedish and English comments of care."""
_SMALL_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sv": frozenset(
            "och är jag inte att någon något mycket också från när efter hon honom dem sig alla bara väldigt mig hur"
            " skulle blev varit hade ett för på som inget ingen allt bra finns får fått ni nej vet mer"
            " ingenting personalen mat maten".split()
        ),
        "en": frozenset(
            "the and they were with this that have very you would but not it been their which could when from my is"
            " are of to in was for all be so me had nothing none good staff sure yes no don't more excellent thanks"
            " thank".split()
        ),
    }
)
_ETHIOPIC = re.compile("[\u1200-\u139f\u2d80-\u2ddf]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|<[^<>]{1,200}>|\[[^\[\]]{1,40}\]")


def detect_language(text: str, *, installed: Sequence[str] = INSTALLED) -> str | None:
    """The language of a text as one of the installed codes, or UNSURE.

    Web addresses, tags, words in square brackets (masks) and digits are passed over. Never raises for a text;
    raises ValueError for an installed code that neither lingua nor the script "ti" knows.
    """
    letters = _LINK.sub(" ", text[:_ENOUGH])
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(letters)]
    if not words:
        return UNSURE
    if not _LATIN.search(letters):
        return _detect_by_script(letters, tuple(installed))
    return (
        _detect_by_small_words(words, installed)
        or _detect_by_lists(words, installed)
        or _detect_by_models(letters, tuple(installed))
    )


def _detect_by_script(letters: str, installed: tuple[str, ...]) -> str | None:
    """The language of a text without Latin letters."""
    if _ETHIOPIC.search(letters):
        return "ti" if "ti" in installed else UNSURE
    return _detect_by_models(letters, installed) if _CYRILLIC.search(letters) or _ARABIC.search(letters) else UNSURE


def _detect_by_small_words(words: Sequence[str], installed: Sequence[str]) -> str | None:
    """Swedish or English when the small words of one are there, at least two, and those of the other hardly."""
    counts = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items() if code in installed}
    if not counts:
        return UNSURE
    first, *others = sorted(counts, key=lambda code: -counts[code])
    rest = max((counts[code] for code in others), default=0)
    share = counts[first] / len(words)
    return first if counts[first] >= 2 and counts[first] >= 3 * rest and share >= 0.2 else UNSURE


def _detect_by_lists(words: Sequence[str], installed: Sequence[str]) -> str | None:
    """Swedish or English when the words of a short text stand in its list and hardly in the other's."""
    codes = [code for code in installed if code in _SMALL_WORDS]
    if len(words) > _FEW_WORDS or not codes:
        return UNSURE
    small = {code: sum(word in _SMALL_WORDS[code] for word in words) for code in codes}
    known = {code: sum(word in list_words(code) for word in words) / len(words) for code in codes}
    first, *others = sorted(codes, key=lambda code: (-small[code], -known[code]))
    by_small_words = small[first] > 0 and not any(small[code] for code in others) and known[first] >= _HALF_KNOWN
    by_list = known[first] >= _KNOWN and all(known[code] < known[first] for code in others)
    return first if by_small_words or by_list else UNSURE


def _detect_by_models(letters: str, installed: tuple[str, ...]) -> str | None:
    """The language that lingua's models find, if they are sure and it is installed."""
    best, *_ = _load_detector(installed).compute_language_confidence_values(letters)
    code = best.language.iso_code_639_1.name.lower()
    return code if best.value >= _SURE and code in installed else UNSURE


@lru_cache(maxsize=4)
def _load_detector(installed: tuple[str, ...]) -> "LanguageDetector":
    """lingua's detector with the small models of the installed languages and their neighbours."""
    from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

    codes = [code for code in dict.fromkeys((*installed, *_NEIGHBOURS)) if code != "ti"]
    languages = [Language.from_iso_code_639_1(IsoCode639_1.from_str(code.upper())) for code in codes]
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
