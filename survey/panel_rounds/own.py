"""How are a member's answers kept so that, until the round is closed, only that member is shown them?

A document is found by a keyed hash of round, time round and member, and sealed with a key of the round that
lies outside the database and is destroyed when the round is finished. No name, time or order is beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import orjson
from nacl.secret import SecretBox

from survey.answering.answers import Answers, Value
from survey.answering.keys import derive_key, name_panel_round
from survey.answering.seal import pad_document, read_value, unpad_document
from survey.installation import Installation
from survey.people.roles import Person
from survey.store import panel_rounds as stored
from survey.store.database import Connection
from survey.store.panel_rounds import KeptDraft


@dataclass(frozen=True)
class OwnSheet:
    """What a member answered on a page. `revision` counts how often it was kept, 0 for a page not come to."""

    revision: int = 0
    answers: Answers = field(default_factory=dict[str, Value], repr=False)


NOT_YET = OwnSheet()


@dataclass(frozen=True)
class Own:
    """A member's answers by page, and whether they were sent."""

    sheets: Mapping[str, OwnSheet] = field(default_factory=dict[str, OwnSheet], repr=False)
    sent: bool = False

    def find(self, key: str) -> OwnSheet:
        """A page's answers; those of a page not come to are none."""
        return self.sheets.get(key, NOT_YET)

    def put(self, key: str, answers: Answers) -> Own:
        """With other answers on a page."""
        sheet = OwnSheet(self.find(key).revision + 1, answers)
        return replace(self, sheets={**self.sheets, key: sheet})


@dataclass(frozen=True)
class Lock:
    """How a member's answers in a round are found, sealed and opened."""

    round_key: bytes = field(repr=False)

    def find_id(self, wave: int, member: str) -> bytes:
        return derive_key(self.round_key, "panel draft", f"{wave} {member}".encode())

    def seal(self, own: Own) -> bytes:
        """The answers as bytes of a length that tells little."""
        document = {key: [sheet.revision, sheet.answers] for key, sheet in own.sheets.items()}
        return bytes(self._box().encrypt(pad_document(orjson.dumps(document))))

    def open(self, sealed: bytes, *, sent: bool) -> Own:
        """The answers that were sealed."""
        document = orjson.loads(unpad_document(self._box().decrypt(sealed)))
        return Own({key: OwnSheet(sheet[0], read_answers(sheet[1])) for key, sheet in document.items()}, sent)

    def _box(self) -> SecretBox:
        return SecretBox(derive_key(self.round_key, "panel answers", b""))


def read_answers(given: Mapping[str, str | list[str]]) -> dict[str, Value]:
    found = {question: read_value(value) for question, value in given.items()}
    return {question: value for question, value in found.items() if value is not None}


def find_lock(installation: Installation, round_id: str) -> Lock:
    """The lock of a round that is not finished. Raises SurveyError key_missing and key_unreadable."""
    return Lock(installation.keys.read_round_key(name_panel_round(round_id)))


def find_own(connection: Connection, lock: Lock, wave: int, *, by: Person) -> Own | None:
    """What a member has answered; None when nothing was begun."""
    kept = stored.find_draft(connection, lock.find_id(wave, by.id))
    return None if kept is None else lock.open(kept.sealed, sent=kept.sent)


def keep_own(connection: Connection, lock: Lock, round_id: str, wave: int, own: Own, *, by: Person) -> None:
    """Keep what a member has answered in the place of what was there."""
    kept = KeptDraft(lock.find_id(wave, by.id), lock.seal(own), own.sent)
    stored.keep_draft(connection, kept, round_id=round_id, wave=wave)
