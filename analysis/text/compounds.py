"""Which known parts is a long word made of: a queue in "telefonkön", food in "matlåda" but not in "automat"?

A part counts where it begins or ends a word whose other side is a word too, by the list of simplemma: after a
linking -s- or a changed vowel ("kyrko-", "gatu-", "sköterske-") is undone, and through a second seam.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.text.lemmas import LONGEST_WORD, find_lemma, list_words

_SHORTEST_SIDE = 3
"""Letters of a side that is no listed part: the list holds most pairs of letters as some word."""
_SHORTEST_UNSURE_SIDE = 4
"""Letters of what follows a first part that is not long, of what stands before a short last part, and of each
half of a side made of two: with three, "reception" would be "recept" and "ion", "klimat" "kli" and "mat"."""
_SHORT_PART = 4
"""Letters of the longest last part that counts as short."""
_LONG_PART = 7
"""Letters of the shortest first part that counts as long: "läkemedel" may stand before "fel"."""
_LETTERS_NEED_HYPHEN = 2
"""First parts of so few letters ("e-", "it-") begin a word only where the hyphen is written."""
_SHORTEST_OUTER_SIDE = 5
"""Letters on either side of a part in the middle; fewer, and "vardagskväll" would be a matter of days."""
_BEGINNING = 2
"""Letters by which last parts are sorted; the shortest is "-kö"."""
_CHANGED_LETTERS = 2
"""Letters at the end of a dictionary word that its forms may change: "sköterska", "sköterskor"."""
_LONGEST_ENDING = 7
"""Letters that a form may have after those that all forms share: "sköterskornas"."""
_CHANGED_VOWELS = {"e": ("a", ""), "o": ("a",), "u": ("a",), "a": ("",)}
"""How a word ends that stands before another ("sköterske-", "kyrko-", "gatu-", "läkar-"), and how alone."""
_REMEMBERED_WORDS = 50_000


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts that are looked for in the words of one language; made by `index_parts`."""

    language: str
    firsts: frozenset[str]
    lasts: frozenset[str]
    lengths: tuple[int, ...]
    lasts_by_beginning: Mapping[str, tuple[str, ...]]


def index_parts(firsts: Iterable[str], lasts: Iterable[str], *, language: str) -> Parts:
    """Parts to look for, in small letters: first ones as they stand in a compound, last ones as lemmas."""
    first_parts, last_parts = frozenset(firsts), frozenset(lasts)
    by_beginning: dict[str, tuple[str, ...]] = {}
    for part in sorted(last_parts):
        by_beginning[part[:_BEGINNING]] = (*by_beginning.get(part[:_BEGINNING], ()), part)
    lengths = sorted({len(part) for part in first_parts}, reverse=True)
    return Parts(language, first_parts, last_parts, tuple(lengths), by_beginning)


@lru_cache(maxsize=_REMEMBERED_WORDS)
def find_parts(word: str, parts: Parts) -> tuple[str, ...]:
    """The longest part on either side of a word in small letters: "kö-" begins it, "-kö" ends it.

    Both sides of a hyphen are words of their own ("e-tjänst"). Empty for a word that is no compound by the
    list, that is itself a part, or that is longer than LONGEST_WORD.
    """
    if not _SHORTEST_SIDE < len(word) <= LONGEST_WORD:
        return ()
    first = next(_find_first(word, parts), None)
    last = next(_find_last(word, parts), None)
    if not first and not last:
        first = next(_find_middle(word, parts), None)
    return tuple(part for part in (first and f"{first}-", last and f"-{last}") if part)


def _find_first(word: str, parts: Parts) -> Iterator[str]:
    """First parts that the word begins with, the longest before the shorter ones."""
    for length in parts.lengths:
        first = word[:length]
        if first in parts.firsts and _ends_well(first, word[length:], parts):
            yield first


def _find_last(word: str, parts: Parts) -> Iterator[str]:
    """Last parts that the word ends with, as lemmas, the longest before the shorter ones."""
    for at in range(1, len(word) - _BEGINNING + 1):
        for part in parts.lasts_by_beginning.get(word[at : at + _BEGINNING], ()):
            if may_be_form(word[at:], part, parts.language) and _begins_well(word[:at], part, parts):
                yield part


def may_be_form(word: str, lemma: str, language: str) -> bool:
    """Whether a word in small letters is the lemma or one of its forms; first by letters, which is faster."""
    if word == lemma:
        return True
    few_more = 0 <= len(word) - len(lemma) + _CHANGED_LETTERS <= _LONGEST_ENDING
    return few_more and word.startswith(lemma[:-_CHANGED_LETTERS]) and find_lemma(word, language) == lemma


def _find_middle(word: str, parts: Parts) -> Iterator[str]:
    """First parts that begin the second of three: "mat-" in "sjukhusmatkvalitet"."""
    side = _SHORTEST_OUTER_SIDE
    for at in range(side, len(word) - side):
        for length in parts.lengths:
            rest = word[at + length :]
            if (
                length <= _LETTERS_NEED_HYPHEN
                or len(rest) < side
                or word[at : at + length] not in parts.firsts
            ):
                continue
            if _is_simple_stem(word[:at], parts.language) and rest in list_words(parts.language):
                yield word[at : at + length]


def _ends_well(first: str, rest: str, parts: Parts) -> bool:
    """Whether what follows a first part is a word: as it is, after a linking -s- or hyphen, or with a letter
    that both share ("webb" and "bokning")."""
    if len(first) <= _LETTERS_NEED_HYPHEN and rest[:1] != "-":
        return False
    rests = [rest]
    if rest[:1] in ("s", "-"):
        rests.append(rest[1:])
    if first[-1] == first[-2:-1]:
        rests.append(first[-1] + rest)
    shortest = _SHORTEST_SIDE if len(first) >= _LONG_PART else _SHORTEST_UNSURE_SIDE
    return any(
        (len(each) >= shortest and _is_word(each, parts.language))
        or not parts.lasts.isdisjoint((each, find_lemma(each, parts.language)))
        for each in rests
    )


def _begins_well(side: str, last: str, parts: Parts) -> bool:
    """Whether what stands before a last part may begin a compound; "buss" and "stopp" share an s."""
    plain = side.removesuffix("-")
    if plain and (plain != side or (plain in parts.firsts and len(plain) > _LETTERS_NEED_HYPHEN)):
        return True
    shared = plain + last[:1] if plain[-1:] == last[:1] else ""
    shortest = _SHORTEST_UNSURE_SIDE if len(last) <= _SHORT_PART else _SHORTEST_SIDE
    return any(len(each) >= shortest and _is_stem(each, parts.language) for each in (plain, shared))


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _is_word(word: str, language: str) -> bool:
    """Whether this is a form in the list, or made of a stem and one."""
    listed = list_words(language)
    return word in listed or any(
        word[at:] in listed and _is_simple_stem(word[:at], language) for at in _find_seams(word)
    )


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _is_stem(side: str, language: str) -> bool:
    """Whether this may begin a compound: a word, one with a linking letter, or two such after one another."""
    return _is_simple_stem(side, language) or any(
        _is_simple_stem(side[at:], language) and _is_simple_stem(side[:at], language)
        for at in _find_seams(side)
    )


def _find_seams(word: str) -> range:
    """Where a word may be made of two that are long enough."""
    return range(_SHORTEST_UNSURE_SIDE, len(word) - _SHORTEST_UNSURE_SIDE + 1)


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _is_simple_stem(side: str, language: str) -> bool:
    """Whether this is a form in the list, as it is or after its linking letter is undone."""
    if len(side) < _SHORTEST_SIDE:
        return False
    listed = list_words(language)
    vowels = _CHANGED_VOWELS.get(side[-1], ())
    stems = [side, *(side[:-1] + vowel for vowel in vowels), *([side[:-1]] if side[-1] == "s" else [])]
    return any(len(stem) >= _SHORTEST_SIDE and stem in listed for stem in stems)
