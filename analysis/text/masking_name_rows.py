"""Which words stand in a row with a name, and so are names too: Xyz in "Anna och Xyz"?"""

from analysis.text.masking_name_cues import joins_names
from analysis.text.masking_name_lists import IF_CUE, NAME, PLAIN
from analysis.text.masking_name_parts import end_name, has_ordinary_ending, is_unknown_name
from analysis.text.masking_name_words import Words

_LONGEST_UNLISTED = 10
"""Letters; longer unlisted words are things: "Anna och Xyzmassagen"."""


def add_neighbours(words: Words, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The names that were found, and the ones that "och" or "eller" joins to them; sorted, apart.

    Each is the number of its first word and of the one after its last.
    """
    named = dict(found)
    taken = {at for start, end in found for at in range(start, end)}
    waiting = list(found)
    while waiting:
        start, end = waiting.pop()
        for at, between in ((end + 1, end), (start - 2, start - 1)):
            if at < 0 or at in taken or not joins_names(words, between) or not _may_stand_in_row(words, at):
                continue
            reached = end_name(words, at) if at > between else at + 1
            named[at] = reached
            taken.update(range(at, reached))
            waiting.append((at, reached))
    return sorted(named.items())


def _may_stand_in_row(words: Words, at: int) -> bool:
    """Whether a word beside "och" and a name is one: listed in whatever way, or unknown."""
    marks, word = words.marks[at], words.written[at]
    if not word[0].isupper() or (len(word) > 1 and word.isupper()) or marks & (PLAIN | IF_CUE):
        return False
    if marks & NAME:
        return True
    if words.free_capitals or len(word) > _LONGEST_UNLISTED or has_ordinary_ending(words.small[at]):
        return False
    after_capital = words.is_joined(at) and words.written[at - 1][0].isupper()  # the end of a company's name
    return is_unknown_name(words, at) and not after_capital
