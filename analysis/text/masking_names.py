"""Where does a text name a person?

By lists of names (masking_name_lists.py) and by the words around (masking_name_cues.py). A word with a
capital that neither explains is no name here: masking all of them hides more that is harmless than names.
People look at those (masking_unexplained.py).
"""

from collections.abc import Iterator

from analysis.text.masking_name_cues import (
    is_after_hint,
    is_after_naming,
    is_after_owner,
    is_before_deed,
    is_before_human_deed,
    is_beside_number,
    is_cue,
    is_signature,
)
from analysis.text.masking_name_files import read_cues
from analysis.text.masking_name_lists import (
    ABBREVIATION,
    BY_SOUND,
    DOUBTFUL,
    ENGLISH_WORD,
    GENITIVE,
    GIVEN,
    IF_CAPITAL,
    IF_CUE,
    NAME,
    OTHER,
    PLAIN,
    SURNAME,
)
from analysis.text.masking_name_parts import (
    end_character,
    end_name,
    has_ordinary_ending,
    has_surname_after_initials,
    is_initial,
    is_unknown_name,
    skip_particles,
)
from analysis.text.masking_name_places import is_of_place
from analysis.text.masking_name_rows import add_neighbours
from analysis.text.masking_name_words import Words, read_words
from analysis.text.masking_spans import Kind, Span

_LONGEST_ABBREVIATION = 3
"""Letters of a word in capitals that is rather an abbreviation than a surname."""


def find_names(text: str) -> Iterator[Span]:
    """Spans of persons' names in a folded text: sorted, apart. Titles are left, a genitive's s is taken."""
    words = read_words(text)
    for start, end in add_neighbours(words, _find_each(words)):
        yield Span(words.starts[start], end_character(words, end), Kind.NAME)


def _find_each(words: Words) -> list[tuple[int, int]]:
    """First word and the one after the last, of each name that shows by itself or by the words around."""
    found: list[tuple[int, int]] = []
    particles = read_cues("particles")
    end = 0
    for at, (word, small, marks) in enumerate(zip(words.written, words.small, words.marks, strict=True)):
        if not marks & NAME and word == small and small not in particles:
            continue  # most words: no need to look any closer
        if at < end or not _opens_name(words, at):
            continue
        end = end_name(words, at)
        if not is_of_place(words, at, end):
            found.append((at, end))
    return found


def _opens_name(words: Words, at: int) -> bool:
    """Whether a name begins with this word."""
    marks, word = words.marks[at], words.written[at]
    if not marks & NAME:
        return _opens_unlisted_name(words, at)
    if word[0].islower():
        return _opens_name_in_small_letters(words, at)
    if len(word) > 1 and word.isupper() and not _is_clear_in_capitals(word, marks):
        surely = len(word) <= _LONGEST_ABBREVIATION or bool(marks & (ABBREVIATION | IF_CUE))
        return _stands_before_surname(words, at) or is_after_naming(words, at, surely=surely)
    if is_after_naming(words, at) or is_signature(words, at):
        return not marks & PLAIN or bool(marks & IF_CAPITAL)
    if marks & DOUBTFUL:
        return _is_name_here(words, at)
    if marks & GIVEN:
        return not (marks & GENITIVE and _stands_before_capital(words, at))  # "Annas Hår" is a company
    return not marks & GENITIVE and not words.free_capitals


def _opens_unlisted_name(words: Words, at: int) -> bool:
    """Whether a name begins with this word, which is on no list: by its form and the words around."""
    if is_initial(words, at):
        known = is_after_naming(words, at) or is_signature(words, at)
        return has_surname_after_initials(words, at, known=known)
    if words.small[at] == words.written[at]:
        return skip_particles(words, at) > at and is_after_naming(words, at)
    if not is_unknown_name(words, at):
        return False
    if is_after_naming(words, at, surely=has_ordinary_ending(words.small[at])) or is_signature(words, at):
        return True
    if words.free_capitals:
        return False
    if _stands_before_surname(words, at):
        return not has_ordinary_ending(words.small[at])
    return is_before_human_deed(words, at) and not words.opens_sentence(at)


def _opens_name_in_small_letters(words: Words, at: int) -> bool:
    """Whether a listed name in small letters is one: "anna svensson", "heter björn", "prata med fatima"."""
    marks = words.marks[at]
    if marks & IF_CUE or (marks & PLAIN and not marks & IF_CAPITAL) or is_cue(words.small[at]):
        return False
    if is_after_naming(words, at, surely=bool(marks & DOUBTFUL)):
        return True
    if not marks & GIVEN:
        return False
    if words.is_joined(at + 1) and words.written[at + 1].islower() and _is_sure_surname(words.marks[at + 1]):
        return True
    if marks & (IF_CAPITAL | GENITIVE) or words.english:
        return False
    return is_after_hint(words, at) or is_before_deed(words, at) or is_signature(words, at)


def _is_clear_in_capitals(word: str, marks: int) -> bool:
    """Whether a listed name in capitals only is no abbreviation and no other word."""
    if marks & (ABBREVIATION | DOUBTFUL) or len(word) < _LONGEST_ABBREVIATION:
        return False
    return len(word) > _LONGEST_ABBREVIATION or bool(marks & GIVEN)


def _is_name_here(words: Words, at: int) -> bool:
    """Whether a word with a capital that is a name and an ordinary word is a name where it stands."""
    marks = words.marks[at]
    if not marks & GIVEN:
        return False
    if _stands_before_surname(words, at):
        return True
    if not marks & IF_CAPITAL or (words.english and marks & OTHER):  # May
        return False
    if words.free_capitals or words.only_capitals or (words.english and marks & ENGLISH_WORD):
        return is_after_hint(words, at) and not marks & GENITIVE
    opens = words.opens_sentence(at)
    if marks & PLAIN:  # in "hade vi Inga problem" a full stop was left out
        alone = not (opens or words.is_joined(at + 1) or is_beside_number(words, at))
        return alone or is_after_hint(words, at) or is_before_deed(words, at)
    if opens:
        return not marks & BY_SOUND and (words.is_sentence(at) or is_before_deed(words, at))
    return not is_beside_number(words, at) and not is_after_owner(words, at)


def _stands_before_surname(words: Words, at: int) -> bool:
    """Whether a listed surname that is no other word follows, or an initial with a dot after a given name."""
    if not words.is_joined(at + 1) or not words.written[at + 1][0].isupper():
        return False
    given, following = words.marks[at] & GIVEN, words.marks[at + 1]
    if is_initial(words, at + 1):
        return bool(given) and words.gaps[at + 2].startswith(".")
    if words.marks[at] & IF_CAPITAL and not words.free_capitals:
        return bool(following & SURNAME) and not following & PLAIN
    return _is_sure_surname(following) and bool(given or not following & GIVEN)


def _is_sure_surname(marks: int) -> bool:
    return bool(marks & SURNAME) and not marks & (DOUBTFUL | PLAIN)


def _stands_before_capital(words: Words, at: int) -> bool:
    """Whether a word with a capital follows that is no part of a name."""
    if not words.is_joined(at + 1):
        return False
    return words.written[at + 1][0].isupper() and not words.marks[at + 1] & NAME
