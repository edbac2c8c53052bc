"""What can be said about how a comment is meant?"""

from dataclasses import dataclass
from enum import StrEnum


class ToneKind(StrEnum):
    """How a comment is meant, as far as its words tell. Neutral judges nothing, mixed judges both ways."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"
    NEUTRAL = "neutral"
    UNCERTAIN = "uncertain"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class Tone:
    """A suggestion to people, never a decision.

    `score` runs from -1 (nothing but complaint) to 1 (nothing but praise); None when the comment was not
    assessed. `words` are the words that caused it, in small letters and in the order of the text; empty when
    the question alone decided.
    """

    kind: ToneKind
    score: float | None
    words: tuple[str, ...]
