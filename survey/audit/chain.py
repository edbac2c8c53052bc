"""Has anything in the audit log been changed, taken away or put between?

Every event becomes a link of a chain: a keyed hash of the link before and of the event. The key lies outside
the database, and so does a note of the newest link, so that the end cannot be cut off unseen either. Links
are made soon after their events, not with them: writes that wait for a place in a chain would lock each other
out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.answering.keys import hash_keyed
from survey.audit.note import Note, keep_note, read_note
from survey.installation import Installation
from survey.store import audits
from survey.store.audits import Seal, Written
from survey.store.database import Connection, claim_job

log = logging.getLogger(__name__)
SEALING = "audit chain"  # the job that one process at a time does
AT_ONCE = 5_000  # events that are sealed in one transaction
NOTHING = b""  # before the first link


class Broken(StrEnum):
    """What is wrong with the chain."""

    CHANGED = "changed"  # an event, or its link, is not what it was
    MISSING = "missing"  # an event is gone
    GAP = "gap"  # links are gone in the middle
    CUT = "cut"  # the end or the beginning is gone, or the whole was made anew


@dataclass(frozen=True)
class Verdict:
    """How the chain was found: links looked at, the number of the first that is wrong, and how.

    `unsealed` are events that no link has been made of yet; `number` is that of the newest link.
    """

    checked: int
    number: int
    unsealed: int
    broken: Broken | None = None
    at: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.broken is None


def seal_events(installation: Installation, *, anew: bool = False) -> int:
    """Make links of what has happened since the last time; how many. Idempotent, one process at a time.

    `anew` as for note_newest. Raises SurveyError database_*, key_unwritable when the note cannot be kept.
    """
    made = 0
    while True:
        with installation.database.write() as connection:
            claim_job(connection, SEALING)
            number, before = audits.find_last_seal(connection)
            events = audits.list_unsealed(connection, AT_ONCE)
            seals = link_events(installation, events, number, before)
            if seals:
                audits.add_seals(connection, seals)
        if not seals:
            return made
        made += len(seals)
        note_newest(installation, anew=anew)


def note_newest(installation: Installation, *, anew: bool = False) -> bool:
    """Write down outside the database how far the chain has come; whether that was done.

    Not where the chain does not fit what was written down before: then that stands, and tells of it, until
    somebody who knows why (a database that was restored) has it written `anew`. Raises SurveyError
    key_unwritable, and key_unreadable for a note that cannot be read.
    """
    with installation.database.read(newest=True) as connection:
        fits = anew or fits_note(connection, read_note(installation))
        if fits:
            note_chain(installation, connection)
    if not fits:
        log.error("the audit log does not fit the note of it beside the keys: python -m survey check-audit")
    return fits


def note_chain(installation: Installation, connection: Connection) -> None:
    """Write the chain's ends down as a transaction sees them; nothing when there is no chain."""
    first, (number, newest) = audits.find_first_number(connection), audits.find_last_seal(connection)
    if number:
        keep_note(installation, Note(first, number, newest))


def remove_old_events(installation: Installation, connection: Connection, before: date) -> int:
    """Remove events older than a day with their links from the beginning of the chain; how many.

    The note is written before the transaction ends: one that says that the chain begins later than it does
    fits all the same, so a process that is killed between the two leaves nothing that looks like a crime.
    """
    fits = fits_note(connection, read_note(installation))
    number = audits.delete_older(connection, before)
    if number and fits:
        note_chain(installation, connection)
    return number


def fits_note(connection: Connection, note: Note | None) -> bool:
    """Whether the chain has the link that was written down, and begins no later than it did."""
    if note is None:
        return True
    known = audits.find_seal(connection, note.number)
    return known == note.hash and audits.find_first_number(connection) <= note.first


def link_events(
    installation: Installation, events: Iterable[Written], number: int, before: bytes
) -> list[tuple[int, bytes, bytes]]:
    """Number, event and hash of each new link."""
    found: list[tuple[int, bytes, bytes]] = []
    for event in events:
        number, before = number + 1, link(installation, before, event)
        found.append((number, event.id, before))
    return found


def link(installation: Installation, before: bytes, event: Written) -> bytes:
    """The hash of a link from the one before and an event."""
    told = [event.id.hex(), event.at.isoformat(), event.actor, event.action, event.subject, event.facts]
    return hash_keyed(installation.pepper, "audit chain", before, json.dumps(told).encode())


def check_chain(installation: Installation) -> Verdict:
    """Work the whole chain out again, and say where it breaks first.

    The oldest link there is is taken as it stands: what was before it has been removed because of its age.
    Raises SurveyError database_*, and key_unreadable for a note beside the keys that cannot be read.
    """
    checked, last, before = 0, 0, NOTHING
    with installation.database.read(newest=True) as connection:
        unsealed = audits.count_unsealed(connection)
        newest, _ = audits.find_last_seal(connection)
        for seal in audits.iterate_seals(connection):
            wrong = find_fault(installation, seal, last, before)
            if wrong is not None:
                return Verdict(checked, newest, unsealed, wrong, seal.number)
            checked, last, before = checked + 1, seal.number, seal.hash
        note = read_note(installation)
        fits = fits_note(connection, note)
    if note is None or fits:
        return Verdict(checked, newest, unsealed)
    return Verdict(checked, newest, unsealed, Broken.CUT, note.number)


def find_fault(installation: Installation, seal: Seal, last: int, before: bytes) -> Broken | None:
    """What is wrong with a link after another; None when nothing is."""
    if last and seal.number != last + 1:
        return Broken.GAP
    if seal.event is None:
        return Broken.MISSING
    if last == 0 and seal.number > 1:
        return None
    return None if link(installation, before, seal.event) == seal.hash else Broken.CHANGED
