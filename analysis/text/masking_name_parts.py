"""How far does a name reach that begins at a word: further given names, initials, "von", a surname?"""

import re

from analysis.text.masking_name_cues import is_cue
from analysis.text.masking_name_files import read_cues, read_endings
from analysis.text.masking_name_lists import (
    DOUBTFUL,
    GENITIVE,
    GIVEN,
    IF_CAPITAL,
    NAME,
    OTHER,
    PLAIN,
    SURNAME,
)
from analysis.text.masking_name_places import is_place_word
from analysis.text.masking_name_words import Words

_MOST_WORDS = 7
_MOST_PARTICLES = 3
_MOST_INITIALS = 3
_LONGEST_INITIAL = 3
_SHORTEST_IN_CAPITALS = 4
_NO_INITIALS = frozenset("IÅÖ")
"""Words of one letter."""
_NO_ENGLISH_INITIALS = frozenset("AI")
_NAME_FORM = re.compile(r"(?:Mac?|Mc|[DO]['’´])?[^\W\d_][^\W\d_A-ZÅÄÖ]*(?:-[^\W\d_][^\W\d_A-ZÅÄÖ]*)*")
"""Xyz, McXyz, O'Xyz, Xyz-Abc; not I'm, nor XyzAbc."""
_PART_OF_SOMETHING = frozenset({"&", "-", "/", "+"})
_AFTER_INITIAL = frozenset({".", ". ", " ", "  "})


def end_name(words: Words, start: int) -> int:
    """The word after the last one of the name that begins with word `start`; start + 1 when it is alone."""
    end = max(skip_particles(words, start), start) + 1
    complete = bool(words.marks[start] & SURNAME) and not words.marks[start] & GIVEN
    while end - start < _MOST_WORDS and not words.marks[end - 1] & GENITIVE:
        reached = _end_part(words, end, complete=complete, small=words.written[start].islower())
        if reached == end:
            break
        complete = complete or not (words.marks[reached - 1] & GIVEN or is_initial(words, reached - 1))
        end = reached
    return end


def end_character(words: Words, end: int) -> int:
    """Where in the text the name ends whose last word is the one before `end`: the dot of "Anna B." too."""
    stop = words.ends[end - 1]
    return stop + (is_initial(words, end - 1) and words.gaps[end].startswith("."))


def skip_particles(words: Words, at: int) -> int:
    """The word with a capital after "von", "da" or the like at word `at`; `at` when there is none."""
    end = at
    while (
        end - at < _MOST_PARTICLES and end < len(words.small) and words.small[end] in read_cues("particles")
    ):
        end += 1
        if not words.is_joined(end):
            return at
    if end == at or not words.written[end][0].isupper() or words.marks[end] & PLAIN:
        return at
    return end


def is_initial(words: Words, at: int) -> bool:
    """Whether the word is an initial, or two joined: "A", "K-G"; not "I", which is a word."""
    word = words.written[at]
    if len(word) > _LONGEST_INITIAL or not word.isupper() or (len(word) > 1 and word[1] != "-"):
        return False
    return word not in _NO_INITIALS and not (words.english and word in _NO_ENGLISH_INITIALS)


def has_surname_after_initials(words: Words, at: int, *, known: bool) -> bool:
    """Whether initials stand here and a surname after them: "A. Svensson", "K Nilsson", "P-O Berg".

    With `known`, words around having said that a name stands here, the surname may be unlisted.
    """
    end = at
    while end - at < _MOST_INITIALS and end < len(words.written) and is_initial(words, end):
        end += 1
        if words.gaps[end] not in _AFTER_INITIAL:
            return False
    if end == len(words.written) or not words.written[end][0].isupper():
        return False
    if words.gaps[at][-1:] in _PART_OF_SOMETHING:
        return False
    marks = words.marks[end]
    if marks & SURNAME:
        return known or not marks & (OTHER | PLAIN)
    return known and is_unknown_name(words, end)


def is_unknown_name(words: Words, at: int) -> bool:
    """Whether a word that no list holds may be a name by its form: one capital, no "-gården" at the end."""
    word, small = words.written[at], words.small[at]
    if words.marks[at] or len(word) == 1 or not word[0].isupper() or word.isupper() or is_cue(small):
        return False
    if small.endswith(read_endings("institutions")) or any(part[:1].islower() for part in word.split("-")):
        return False
    return bool(_NAME_FORM.fullmatch(word))


def has_ordinary_ending(small: str) -> bool:
    """Whether a word in small letters ends as ordinary Swedish or English words do and names hardly ever."""
    return small.endswith(read_endings("ordinary"))


def _end_part(words: Words, at: int, *, complete: bool, small: bool) -> int:
    """The word after the next part of a name, `at` when word `at` is none."""
    if not _follows(words, at) or is_place_word(words, at):
        return at
    if (last := skip_particles(words, at)) > at:
        return last + 1
    marks = words.marks[at]
    if words.written[at][0].islower():
        doubt = IF_CAPITAL if small else DOUBTFUL
        return at + bool(marks & SURNAME and not marks & (doubt | PLAIN))
    if is_initial(words, at):
        return at + (words.gaps[at + 1][:1] not in _PART_OF_SOMETHING)  # not "C/o"
    if marks & NAME:
        sure = marks & (SURNAME | IF_CAPITAL) or not marks & DOUBTFUL
        return at + bool(sure and not marks & PLAIN)
    if complete or words.free_capitals or has_ordinary_ending(words.small[at]):
        return at
    return at + (is_unknown_name(words, at) or _is_unknown_in_capitals(words, at))


def _is_unknown_in_capitals(words: Words, at: int) -> bool:
    """Whether an unlisted word in capitals follows a name in capitals, in a text that is not all capitals."""
    word, before = words.written[at], words.written[at - 1]
    if words.marks[at] or words.only_capitals or len(word) < _SHORTEST_IN_CAPITALS:
        return False
    return word.isupper() and before.isupper() and len(before) > 1


def _follows(words: Words, at: int) -> bool:
    """Whether the word may belong to the same name as the one before it."""
    if words.is_joined(at):
        return True
    return at < len(words.written) and is_initial(words, at - 1) and words.gaps[at] in _AFTER_INITIAL
