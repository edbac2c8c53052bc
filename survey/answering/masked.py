"""What was taken out of what somebody wrote, and how is it said?"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.text.masking import ENGLISH_TOKENS, SWEDISH_TOKENS, Kind
from survey.language import Words


def list_masked(texts: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of personal data that masked texts have tokens for, each once, in the order of the kinds."""
    read = tuple(text for text in texts if "[" in text)
    return tuple(
        kind for kind in Kind if any(SWEDISH_TOKENS[kind] in t or ENGLISH_TOKENS[kind] in t for t in read)
    )


def say_masked(words: Words, kinds: Iterable[Kind]) -> str:
    """What was taken out, why, and what one can do; empty when nothing was."""
    names = [words.say(f"answer.masked_kind.{kind}") for kind in kinds]  # keys: answer.masked_kind.*
    if not names:
        return ""
    return words.say("answer.masked", what=words.listing(names))
