"""Where in a text do the words and phrases of a theme lexicon stand?"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.text.themes_file import GAP, NOTHING, Entry
from analysis.text.themes_lexicon import Lexicon, Reading, read_word

_WIDEST_GAP = 3
"""Words that ".." in a phrase may stand for, at most."""
_GAP = (GAP,)
_PIECE = re.compile(
    r"\[[^\W\d_]+(?:[ -][^\W\d_]+)*\]|(?P<word>\w+(?:['’-]\w+|:\w{1,3}\b)*)|(?P<end>[.!?;:\n\r]+)"
)
"""A mask, as `masking` forms them; a word, also "e-post" and "tv:n"; the end of a sentence."""
_NO_READING = Reading((), frozenset())


class Hit(NamedTuple):
    """An entry that was found, and where in the text."""

    start: int
    end: int
    entry: Entry


class _Piece(NamedTuple):
    """A word, a mask or the end of a sentence: where it stands and what it may stand for."""

    start: int
    end: int
    reading: Reading
    ends_sentence: bool


def find_hits(text: str, lexicon: Lexicon) -> list[Hit]:
    """Every entry of the lexicon in the text, in no order; phrases of no theme hide their words."""
    pieces = _read_pieces(text, lexicon)
    hits: list[Hit] = []
    hidden: set[int] = set()
    for entry, held in _find_phrases(pieces, lexicon):
        if entry.theme == NOTHING:
            hidden.update(held)
        else:
            hits.append(Hit(pieces[held[0]].start, pieces[held[-1]].end, entry))
    for at, piece in enumerate(pieces):
        if piece.reading.entries and at not in hidden:
            hits += [Hit(piece.start, piece.end, entry) for entry in piece.reading.entries]
    return hits


def _read_pieces(text: str, lexicon: Lexicon) -> list[_Piece]:
    """The words, masks and ends of sentences in a text."""
    pieces: list[_Piece] = []
    for found in _PIECE.finditer(text):
        word = found["word"]
        reading = read_word(word, lexicon) if word else _NO_READING
        pieces.append(_Piece(*found.span(), reading, found["end"] is not None))
    return pieces


def _find_phrases(pieces: Sequence[_Piece], lexicon: Lexicon) -> Iterator[tuple[Entry, list[int]]]:
    """Each phrase that stands in a text, as often as it does, with the pieces that hold its words."""
    places: dict[str, list[int]] = {}
    for at, piece in enumerate(pieces):
        for key in piece.reading.keys:
            places.setdefault(key, []).append(at)
    for entry in dict.fromkeys(entry for key in places for entry in lexicon.phrases.get(key, ())):
        if any(places.keys().isdisjoint(element) for element in entry.elements if element != _GAP):
            continue
        for at in sorted({at for key in entry.elements[0] for at in places.get(key, ())}):
            if held := _match(entry, pieces, at):
                yield entry, held


def _match(entry: Entry, pieces: Sequence[_Piece], at: int) -> list[int]:
    """Which pieces are the words of a phrase that begins at one; empty if it does not stand there."""
    held: list[int] = []
    reach = 1
    for element in entry.elements:
        if element == _GAP:
            reach = _WIDEST_GAP + 1
            continue
        place = _find_element(element, pieces, at, reach)
        if place is None:
            return []
        held.append(place)
        at, reach = place + 1, 1
    return held


def _find_element(element: tuple[str, ...], pieces: Sequence[_Piece], at: int, reach: int) -> int | None:
    """The first of the next pieces that is one of the alternatives, within the sentence."""
    for place in range(at, min(at + reach, len(pieces))):
        piece = pieces[place]
        if piece.ends_sentence:
            return None
        if not piece.reading.keys.isdisjoint(element):
            return place
    return None
