"""Does a comment begin with an answer that means something only with its question: "Inget", "Allt", "Nej"?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from analysis.text.tone_tokens import ASK, PAUSE, SHOUT, STOP

_MARKS = frozenset({STOP, SHOUT, ASK, PAUSE})
_LONGEST_ANSWER = 6
"""Words of an answer without its fillers."""
_MOST_FILLERS = 2
_FILLERS = "fillers"
_STARTERS = "starters"


class Answer(StrEnum):
    """What a bare answer says; the headings of the files tone_answers_*.txt."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"
    NO_COMMENT = "no comment"


@dataclass(frozen=True)
class Opening:
    """A bare answer at the start of a comment, its words, and the tokens behind it; `answer` may be None."""

    answer: Answer | None
    words: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True)
class _Phrases:
    answers: Mapping[tuple[str, ...], Answer]
    fillers: frozenset[tuple[str, ...]]
    starters: frozenset[str]


def read_opening(tokens: Sequence[str], language: str) -> Opening:
    """The bare answer that a comment opens with, if it ends there or a new thought begins behind it.

    "Inget, allt var bra" opens with NOTHING; "Inget fungerade" does not. Raises KeyError for a language
    without a file of answers.
    """
    phrases = _load(language)
    at = _pass_fillers(tokens, _pass_marks(tokens, 0), phrases)
    for length in range(min(_LONGEST_ANSWER, len(tokens) - at), 0, -1):
        answer = phrases.answers.get(tuple(tokens[at : at + length]))
        if answer is None:
            continue
        end = _pass_fillers(tokens, at + length, phrases)
        if end >= len(tokens) or tokens[end] in _MARKS:
            rest = _pass_marks(tokens, end)
        elif answer in {Answer.NOTHING, Answer.NO} and tokens[end] in phrases.starters:
            rest = end
        else:
            continue
        return Opening(answer, (" ".join(tokens[at : at + length]),), tuple(tokens[rest:]))
    return Opening(None, (), tuple(tokens[at:]))


def _pass_marks(tokens: Sequence[str], at: int) -> int:
    """The place of the next token that is no punctuation."""
    while at < len(tokens) and tokens[at] in _MARKS:
        at += 1
    return at


def _pass_fillers(tokens: Sequence[str], at: int, phrases: _Phrases) -> int:
    """The place behind expressions that change nothing ("för mig", "egentligen")."""
    for _ in range(_MOST_FILLERS):
        for length in (4, 3, 2, 1):
            if tuple(tokens[at : at + length]) in phrases.fillers:
                at += length
                break
    return at


@cache
def _load(language: str) -> _Phrases:
    """The phrases of a language from its file. Raises KeyError for a language without one."""
    if language not in {"sv", "en"}:
        raise KeyError(f"read_opening: no answers for {language!r}; add tone_answers_{language}.txt.")
    sections: dict[str, set[tuple[str, ...]]] = {}
    heading = ""
    path = Path(__file__).with_name(f"tone_answers_{language}.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(heading, set()).add(tuple(line.split()))
    answers = {words: name for name in Answer for words in sections[name]}
    starters = frozenset(word for (word,) in sections[_STARTERS])
    return _Phrases(answers, frozenset(sections[_FILLERS]), starters)
