"""Which words does a text consist of, as far as finding names in it goes, and what do its capitals mean?"""

import re
from dataclasses import dataclass

from analysis.text.masking_name_files import read_cues
from analysis.text.masking_name_lists import IF_CUE, NAME, PLAIN, PLAIN_IN_ENGLISH, look_up

_WORD = re.compile(r"(?<![\w@#])[^\W\d_]+(?:[-'’´][^\W\d_]+)*(?:(?<=[sxz])['’](?=\s))?(?![\d_@])")
_LOST_BREAK = re.compile(r"(?<=[a-zåäö]{2})(?<!Mac)(?=[A-ZÅÄÖ][a-zåäö])")
"""Where a line break or a space was lost: "MvhAnna"."""
_END_OF_SENTENCE = re.compile(r"[.!?:…\n\r•*]")
_FULL_STOPS = frozenset(".!?…\n")
_SPACE = frozenset({" ", "  ", "\t"})
_LONGEST_WORD = 60
"""Letters; longer ones are links and keys held down."""
_FEWEST_FREE_CAPITALS = 6
"""An unknown word may be a name and counts once; an ordinary word with a capital twice."""
_SHARE_OF_FREE_CAPITALS = 0.2
"""From this share of the words on, capitals inside sentences say nothing: titles, German, habit."""


@dataclass(frozen=True)
class Words:
    """The words of a folded text, in order: lists of the same length, but for `gaps`, which has one more.

    `gaps[i]` is what stands before word i, the last gap what follows the last word.
    """

    text: str
    starts: list[int]
    ends: list[int]
    written: list[str]
    small: list[str]
    marks: list[int]
    gaps: list[str]
    english: bool
    free_capitals: bool
    """Capitals inside sentences mean nothing here."""
    only_capitals: bool
    """Most of the words are in capitals."""

    def is_joined(self, at: int) -> bool:
        """Whether the word exists, and only a space stands between it and the one before it."""
        return 0 < at < len(self.written) and self.gaps[at] in _SPACE

    def opens_sentence(self, at: int) -> bool:
        """Whether the word has a capital because of where it stands."""
        return _opens_sentence(self.gaps, self.small, at)

    def is_sentence(self, at: int) -> bool:
        """Whether the word is a sentence by itself."""
        after = self.gaps[at + 1][:1]
        return self.opens_sentence(at) and (after in _FULL_STOPS or at + 1 == len(self.written))


def read_words(text: str) -> Words:
    """The words of a folded text with what the lists say about each."""
    pieces = [piece for word in _WORD.finditer(text) for piece in _split(word[0], word.start())]
    starts = [start for start, _ in pieces]
    ends = [end for _, end in pieces]
    written = [text[start:end] for start, end in pieces]
    small = [word.lower() for word in written]
    gaps = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    english = _is_english(small)
    marks = list(map(look_up, written, small))
    if english:
        marks = [found | PLAIN | IF_CUE if found & PLAIN_IN_ENGLISH else found for found in marks]
    return Words(
        text=text,
        starts=starts,
        ends=ends,
        written=written,
        small=small,
        marks=marks,
        gaps=gaps,
        english=english,
        free_capitals=_are_capitals_free(written, small, marks, gaps),
        only_capitals=2 * sum(map(str.isupper, written)) > len(written),
    )


def _split(word: str, start: int) -> list[tuple[int, int]]:
    """Start and end of the word, or of its parts where it hides a lost line break beside a listed name."""
    end = start + len(word)
    if word[1:].islower() or not 1 < len(word) <= _LONGEST_WORD:
        return [(start, end)]
    for cut in _LOST_BREAK.finditer(word):
        parts = word[: cut.start()], word[cut.start() :]
        if any(look_up(part, part.lower()) & NAME for part in parts):
            return [(start, start + cut.start()), (start + cut.start(), end)]
    return [(start, end)]


def _is_english(small: list[str]) -> bool:
    english, swedish = read_cues("English"), read_cues("Swedish")
    return sum(map(english.__contains__, small)) > sum(map(swedish.__contains__, small))


def _opens_sentence(gaps: list[str], small: list[str], at: int) -> bool:
    gap = gaps[at]
    if at == 0 or not gap:
        return True
    if gap in _SPACE or not _END_OF_SENTENCE.search(gap):
        return False
    return gap != ". " or not (small[at - 1] in read_cues("shortened") or len(small[at - 1]) == 1)


def _are_capitals_free(written: list[str], small: list[str], marks: list[int], gaps: list[str]) -> bool:
    """Whether so many words inside sentences have a capital, names and capitals throughout aside."""
    free = [
        at
        for at, word in enumerate(written)
        if word != small[at]
        and (not marks[at] & NAME or marks[at] & PLAIN)
        and not word.isupper()
        and not _opens_sentence(gaps, small, at)
    ]
    weighed = len(free) + sum(bool(marks[at] & (PLAIN | PLAIN_IN_ENGLISH)) for at in free)
    return weighed >= _FEWEST_FREE_CAPITALS and len(free) >= _SHARE_OF_FREE_CAPITALS * len(written)
