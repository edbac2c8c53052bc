"""What is passed from the lexicon to the reading of clauses and on to the weighing?"""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a word of the lexicon does besides judging: its `label`. The head of tone_sv.xml explains each."""

    NEGATION = "negation"
    NEVER = "never"
    LESSER = "lesser"
    AND = "and"
    OR = "or"
    BUT = "but"
    THAT = "that"
    ASIDE = "aside"
    NOTHING = "nothing"
    WOULD = "would"
    NEED = "need"
    WISH = "wish"
    QUALITY = "quality"
    SYMPTOM = "symptom"
    NUMBER = "number"
    PREFIX = "prefix"


JUDGING = frozenset({None, Label.QUALITY, Label.SYMPTOM})
"""The labels of words that judge as those without a label do: they are strengthened and have other forms."""


@dataclass(frozen=True)
class Entry:
    """What the lexicon says of a word.

    `polarity` from -1 to 1; `strength` is how it strengthens the next word (1: not at all); `is_base`: the
    word stands as the lexicon has it, which for a verb is also the form of a request.
    """

    polarity: float
    strength: float = 1.0
    is_verb: bool = False
    label: str | None = None
    is_base: bool = False


@dataclass(frozen=True)
class Piece:
    """A word or an expression in small letters, its place in the text, and its entry if there is one."""

    text: str
    at: int
    entry: Entry | None = None


@dataclass(frozen=True)
class Assessment:
    """One judgement: the pieces that make it, polarity from -1 to 1, the label of its word, its place."""

    pieces: tuple[Piece, ...]
    polarity: float
    label: str | None
    sentence: int
    is_first: bool
    """Whether it begins its sentence."""
    is_after_but: bool = False
