"""Which words with a capital inside a sentence does nothing explain, so that a person should look at them?

They may be names that no list holds. They are not masked: most are companies, products and places.
"""

from analysis.text.lemmas import LONGEST_WORD, list_words
from analysis.text.masking import find_personal_data
from analysis.text.masking_folding import fold_text
from analysis.text.masking_name_lists import NAME, OTHER, PLAIN
from analysis.text.masking_name_parts import is_unknown_name
from analysis.text.masking_name_words import Words, read_words

_LANGUAGES = ("sv", "en")
_SHORTEST_FIRST_PART = 4
_SHORTEST_LAST_PART = 6
"""Letters; surnames of two words end in shorter ones: "-berg", "-ström", "-qvist"."""


def find_unexplained(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each such word in the text as it was given: sorted, apart, empty when there is none.

    The text may be masked or not: personal data, and the tokens in its place, are passed over. Explained are
    words that open a sentence, listed places and companies, abbreviations, ordinary words of Swedish and
    English, and words that stand in small letters in the same text. Where a text has capitals everywhere,
    only words that are names as well remain. The first call opens the dictionaries: about 0.3 s.
    """
    masked = iter([(span.start, span.end) for span in find_personal_data(text)])
    folded = fold_text(text)
    words = read_words(folded.text)
    in_small = {word for word in words.written if word[0].islower()}
    start, end = next(masked, (len(text), len(text)))
    found: list[tuple[int, int]] = []
    for at in range(len(words.written)):
        place = folded.locate(words.starts[at], words.ends[at])
        while end <= place[0] < len(text) and start < len(text):
            start, end = next(masked, (len(text), len(text)))
        if place[1] <= start and words.small[at] not in in_small and _is_unexplained(words, at):
            found.append(place)
    return tuple(found)


def _is_unexplained(words: Words, at: int) -> bool:
    """Whether neither its place in the sentence nor a list nor a dictionary accounts for its capital."""
    word, marks = words.written[at], words.marks[at]
    if not word[0].isupper() or word.isupper() or words.opens_sentence(at) or _is_within_token(words, at):
        return False
    if marks:
        return bool(marks & NAME) and not marks & (OTHER | PLAIN)
    return not words.free_capitals and is_unknown_name(words, at) and not _is_ordinary(words.small[at])


def _is_within_token(words: Words, at: int) -> bool:
    """Whether the word stands in square brackets, as what masking leaves does."""
    return words.gaps[at].endswith("[") and words.gaps[at + 1].startswith("]")


def _is_ordinary(small: str) -> bool:
    """Whether a dictionary holds the word, or both its parts."""
    return any(_is_listed(small, language) for language in _LANGUAGES)


def _is_listed(small: str, language: str) -> bool:
    known = list_words(language)
    if small in known:
        return True
    cuts = range(_SHORTEST_FIRST_PART, min(len(small), LONGEST_WORD) - _SHORTEST_LAST_PART + 1)
    return any(small[cut:] in known and small[:cut].removesuffix("s") in known for cut in cuts)
