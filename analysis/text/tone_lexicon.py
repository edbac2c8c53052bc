"""Which words and expressions of a text does the lexicon know, in whatever form they stand?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from analysis.text.lemmas import find_lemma
from analysis.text.tone_pieces import JUDGING, Entry, Label, Piece

_REMEMBERED_WORDS = 50_000
_LONGEST_EXPRESSION = 8
"""Words."""
_SHORTEST_STEM = 4
"""Letters of a word that may stand there with one of the endings; fewer are other words."""
_SHORTEST_PREFIX = 2
_LONGEST_PREFIX = 9
_MORE = 0.2
"""What the comparative of a word of praise is worth: "snabbare" asks for more, or tells that it has come."""
_NUMBER = "#"
"""How an expression of the lexicon writes any number."""


class _Endings(NamedTuple):
    """How a language forms its words, where simplemma leaves them as they are."""

    letters: str
    comparative: str
    participle: tuple[str, ...]
    """Endings of words that simplemma gives back as verbs with another meaning ("givande" as "ge")."""


_ENDINGS = {
    "sv": _Endings("tas", "are", ("ande", "ende")),
    "en": _Endings("s", "er", ("ing",)),
}


@dataclass(frozen=True)
class _Word:
    """A token as it is looked up: as written, as the dictionary lists it if that differs, and its entry."""

    forms: tuple[str, ...]
    entry: Entry | None


@dataclass
class _Node:
    """Where an expression has got to: its entry if it may end here, and the words that may follow."""

    entry: Entry | None = None
    after: dict[str, "_Node"] = field(default_factory=dict[str, "_Node"])


class Lexicon:
    """Words, expressions and beginnings of words with what they say; filled once, then only read."""

    def __init__(self, language: str) -> None:
        """`language` is "sv" or "en". Raises KeyError for another: its endings are not known."""
        self._language = language
        self._endings = _ENDINGS[language]
        self._entries: dict[str, Entry] = {}
        self._prefixes: dict[str, Entry] = {}
        self._expressions = _Node()
        self._look_up = lru_cache(maxsize=_REMEMBERED_WORDS)(self._make_word)

    def add(self, form: str, entry: Entry) -> None:
        """Takes in one line of a lexicon file."""
        words = form.split(" ")
        if entry.label == Label.PREFIX:
            self._prefixes[form.rstrip("-")] = entry
        elif len(words) == 1:
            self._entries[form] = entry
        else:
            node = self._expressions
            for word in words:
                node = node.after.setdefault(word, _Node())
            node.entry = entry

    def add_lemmas(self) -> None:
        """Makes each word that judges known by its dictionary form too, unless that is a word of its own."""
        for form, entry in list(self._entries.items()):
            judges = entry.label in JUDGING and entry.strength == 1.0 and entry.polarity != 0.0
            if judges and not form.endswith(self._endings.participle):
                self._entries.setdefault(find_lemma(form, self._language), entry)

    def join(self, tokens: Sequence[str]) -> Iterable[Piece]:
        """The tokens with their entries, the longest expression at each place as one piece."""
        words = [self._look_up(token) for token in tokens]
        at = 0
        while at < len(tokens):
            length, entry = self._find_expression(words, at)
            yield Piece(tokens[at] if length == 1 else " ".join(tokens[at : at + length]), at, entry)
            at += length

    def find_entry(self, word: str) -> Entry | None:
        """The entry of a word as written, of its lemma, of it without an ending, or of its beginning."""
        if entry := self._entries.get(word):
            return entry
        found = self._entries.get(find_lemma(word, self._language))
        if found is None and len(word) > _SHORTEST_STEM and word[-1] in self._endings.letters:
            found = self._entries.get(word[:-1])
        if found is None:
            return self._find_by_prefix(word)
        return None if found.label == Label.NEED else self._inflect(word, found)

    def _inflect(self, word: str, entry: Entry) -> Entry:
        """The entry of another form of its word; the comparative of one of praise is a wish."""
        if entry.label in JUDGING and entry.polarity > 0 and word.endswith(self._endings.comparative):
            return replace(entry, label=Label.WISH, polarity=_MORE, is_base=False)
        return replace(entry, is_base=False)

    def _find_by_prefix(self, word: str) -> Entry | None:
        """The entry of a compound by how it begins: "jättelugn" as "lugn", "toppenjobb" as "toppen"."""
        for length in range(_SHORTEST_PREFIX, min(_LONGEST_PREFIX, len(word) - _SHORTEST_STEM + 1) + 1):
            prefix = self._prefixes.get(word[:length])
            if prefix is None:
                continue
            rest = self.find_entry(word[length:])
            if rest and rest.label in JUDGING and prefix.strength != 1.0:
                return replace(rest, polarity=max(-1.0, min(1.0, rest.polarity * prefix.strength)))
            if prefix.polarity:
                return Entry(prefix.polarity)
        return None

    def _find_expression(self, words: Sequence[_Word], at: int) -> tuple[int, Entry | None]:
        """How many words from a place on are one entry, in whatever forms they stand, and that entry."""
        length, entry = 1, words[at].entry
        nodes = [(self._expressions, True)]
        for count, word in enumerate(words[at : at + _LONGEST_EXPRESSION], start=1):
            nodes = [
                (node.after[form], as_written and form == word.forms[0])
                for node, as_written in nodes
                for form in word.forms
                if form in node.after
            ]
            if not nodes:
                break
            ends = [(node.entry, as_written) for node, as_written in nodes if node.entry]
            for found, as_written in ends[:1]:
                length, entry = count, found if as_written else replace(found, is_base=False)
        return length, entry

    def _make_word(self, token: str) -> _Word:
        """What the lexicon holds for a token. "kortare väntetid" is not found as "kort väntetid"."""
        entry = self.find_entry(token)
        if token[0].isdigit() or (entry and entry.label == Label.NUMBER):
            return _Word((token, _NUMBER), entry)
        lemma = find_lemma(token, self._language)
        is_one = lemma == token or (entry and entry.label == Label.WISH)
        return _Word((token,) if is_one else (token, lemma), entry)
