"""How are the entries of a theme file looked up: which of them may a word of a text stand for?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from analysis.text.compounds import Parts, find_parts, index_parts, may_be_form
from analysis.text.lemmas import find_lemma
from analysis.text.themes_file import GAP, NOTHING, Entry, ThemeFile

_REMEMBERED_WORDS = 100_000
_LANGUAGES_OF_LONG_WORDS = frozenset({"sv", "nb", "nn", "da", "de", "nl", "is", "fi"})
"""Languages that write compounds as one word."""
_SHORTEST_PART_OF_ITSELF = 6
"""Letters of a word that is found in longer words without being listed as a part of them."""
_BEGINNING = 4
"""Letters by which long words are sorted."""
_SHORTEST_COMPOUND = 7
"""Letters of the shortest listed word that is worth looking for by its last part."""
_FORMS_OF_UNKNOWN = 2
"""A word without a lemma of its own: as written, and in small letters."""
_T = TypeVar("_T")
Keys = frozenset[str]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The entries of one language, found by the keys of a word (`read_word`)."""

    language: str
    words: Mapping[str, tuple[Entry, ...]]
    """Entries of one word by their key."""
    phrases: Mapping[str, tuple[Entry, ...]]
    """Entries of several words by the keys of their rarest."""
    groups: Mapping[str, tuple[str, ...]]
    """The groups that a key belongs to, as they are written in phrases: <staff>."""
    used: Keys
    """Keys that stand in any phrase."""
    parts: Parts
    listed: Mapping[str, tuple[str, ...]]
    """The long words among the entries of one word by their first letters."""


@dataclass(frozen=True)
class Reading:
    """What a word may stand for: its entries of one word, and the keys by which phrases know it."""

    entries: tuple[Entry, ...]
    keys: Keys


def index_entries(file: ThemeFile) -> Lexicon:
    """The entries of a theme file, ready to be looked up."""
    words: defaultdict[str, list[Entry]] = defaultdict(list)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for entry in file.entries:
        for key in _list_keys(entry, file.language) if len(entry.elements) == 1 else ():
            words[key].append(entry)
    for name, members in file.groups.items():
        for key in members:
            groups[key].append(f"<{name}>")
    phrases = [entry for entry in file.entries if len(entry.elements) > 1]
    used = frozenset(key for entry in phrases for element in entry.elements for key in element)
    return Lexicon(
        file.language,
        _freeze(words),
        _index_phrases(phrases),
        _freeze(groups),
        used,
        _index_parts({*words, *groups, *used}, file.language),
        _index_long_words(words),
    )


def _index_phrases(phrases: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The phrases by the keys of the one of their words that stands in the fewest others."""
    phrases = tuple(phrases)
    uses = Counter(key for entry in phrases for key in {key for element in entry.elements for key in element})
    index: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in phrases:
        elements = (element for element in entry.elements if GAP not in element)
        for key in min(elements, key=lambda element: sum(uses[key] for key in element)):
            index[key].append(entry)
    return _freeze(index)


def _index_parts(keys: Iterable[str], language: str) -> Parts:
    """The parts among the keys: "kö-" may begin a word, "-kö" may end one."""
    known = tuple(keys)
    return index_parts(
        (key[:-1] for key in known if key.endswith("-")),
        (key[1:] for key in known if key.startswith("-")),
        language=language,
    )


def _index_long_words(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words by their first letters, those that are long enough to be made of two."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) >= _SHORTEST_COMPOUND and word.isalpha():
            index[word[:_BEGINNING]].append(word)
    return _freeze(index)


def _list_keys(entry: Entry, language: str) -> Iterator[str]:
    """The keys of an entry of one word: where compounds are written as one, a long word is also a part."""
    may_be_part = language in _LANGUAGES_OF_LONG_WORDS and entry.theme != NOTHING
    for key in entry.elements[0]:
        yield key
        if may_be_part and len(key) >= _SHORTEST_PART_OF_ITSELF and key.isalpha():
            yield from (f"{key}-", f"-{key}")


def _freeze(index: Mapping[str, list[_T]]) -> dict[str, tuple[_T, ...]]:
    """The same index with tuples."""
    return {key: tuple(found) for key, found in index.items()}


@lru_cache(maxsize=_REMEMBERED_WORDS)
def read_word(word: str, lexicon: Lexicon) -> Reading:
    """What a word as it is written may stand for.

    What is listed as written beats what is listed for its lemma, and that beats its parts.
    """
    small = word.lower().replace("’", "'")
    whole = dict.fromkeys((f"={small}", small, find_lemma(small, lexicon.language)))
    if len(whole) == _FORMS_OF_UNKNOWN:
        whole |= dict.fromkeys(_find_listed_compounds(small, lexicon))
    parts = find_parts(small, lexicon.parts)
    keys = [*whole, *parts]
    keys += [group for key in keys for group in lexicon.groups.get(key, ())]
    return Reading(
        _choose_entries([*([key] for key in whole), parts], lexicon), frozenset(keys) & lexicon.used
    )


def _find_listed_compounds(small: str, lexicon: Lexicon) -> Iterator[str]:
    """Listed words that an unknown one is a form of, by their last part: "vårdkvaliteten", "vårdkvalitet"."""
    for listed in lexicon.listed.get(small[:_BEGINNING], ()):
        seams = range(_BEGINNING, len(listed) - 1)
        if any(
            may_be_form(small[at:], listed[at:], lexicon.language)
            for at in seams
            if small.startswith(listed[:at])
        ):
            yield listed


def _choose_entries(levels: Iterable[Iterable[str]], lexicon: Lexicon) -> tuple[Entry, ...]:
    """The entries of the first level that has any, without those of no theme."""
    for keys in levels:
        if found := dict.fromkeys(entry for key in keys for entry in lexicon.words.get(key, ())):
            return tuple(entry for entry in found if entry.theme != NOTHING)
    return ()
