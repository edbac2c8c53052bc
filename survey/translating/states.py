"""How far has a translated text come? The states as a table, and which of them a text is in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from survey.store.translations import Kept

Forms = tuple[str, ...]


class State(StrEnum):
    """MISSING: no text. DRAFT: a text that nobody has reviewed. APPROVED: a person has, and the Swedish is as
    it was then. OUTDATED: the Swedish has changed since."""

    MISSING = "missing"
    DRAFT = "draft"
    APPROVED = "approved"
    OUTDATED = "outdated"


# From where, by what, to where. docs/languages.md is drawn from it.
STATES: tuple[tuple[State, str, State], ...] = (
    (State.MISSING, "write", State.DRAFT),
    (State.MISSING, "write and approve", State.APPROVED),
    (State.DRAFT, "write", State.DRAFT),
    (State.DRAFT, "approve", State.APPROVED),
    (State.DRAFT, "the Swedish changes", State.OUTDATED),
    (State.APPROVED, "write", State.DRAFT),
    (State.APPROVED, "write and approve", State.APPROVED),
    (State.APPROVED, "the Swedish changes", State.OUTDATED),
    (State.OUTDATED, "write", State.DRAFT),
    (State.OUTDATED, "approve", State.APPROVED),
)


@dataclass(frozen=True)
class Entry:
    """A text to translate: in Swedish and English, as the shipped file has it, and what people made of it.

    `made_from` is the Swedish that the file's text was translated from, `forms` how many the language has.
    """

    key: str
    swedish: Forms
    english: Forms
    drafted: Forms = ()
    made_from: str = ""
    forms: int = 1
    kept: Kept | None = None

    @property
    def said(self) -> Forms:
        """What residents read: what people made of it, else the shipped draft; nothing where neither is."""
        return self.kept.texts if self.kept else self.drafted

    @property
    def source(self) -> str:
        return seal_source(self.swedish)

    @property
    def state(self) -> State:
        if not self.said:
            return State.MISSING
        if self.kept is None:
            return (
                State.DRAFT if tell_source((self.made_from,)) == tell_source(self.swedish) else State.OUTDATED
            )
        if self.kept.source != self.source:
            return State.OUTDATED
        return State.APPROVED if self.kept.is_approved else State.DRAFT


def tell_source(swedish: Forms) -> str:
    """The Swedish as one line, as files note it; forms that are alike once, white space as single blanks."""
    return " ".join(" / ".join(dict.fromkeys(swedish)).split())


def seal_source(swedish: Forms) -> str:
    """The checksum (SHA-256, hexadecimal) that tells whether the Swedish has changed."""
    return hashlib.sha256(tell_source(swedish).encode()).hexdigest()
