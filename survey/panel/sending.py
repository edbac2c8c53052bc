"""How do letters about missions get from the outbox to the mail server?"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from functools import partial

from survey.installation import Installation
from survey.mail.envelope import Text, address_letter
from survey.mail.parcels import MOST_TRIES, Counts, Parcel, find_wait, run_quietly, run_soon, send_parcels
from survey.mail.server import SECONDS, MailServer, Outcome
from survey.panel.contacts import open_sealed
from survey.panel.letters import ASKING
from survey.store import mission_letters
from survey.store.mission_letters import Queued

KIND, OF = "mission letters", "missions"


def send_letters(installation: Installation, *, now: float | None = None, seconds: float = SECONDS) -> Counts:
    """Send what waits in the outbox at a time (seconds since 1970); how many letters went how.

    Nothing where no mail server is set. Raises SurveyError mail_* when the server cannot be used; what was
    not sent is tried the next time.
    """
    if not installation.settings.sends_mail:
        return {}
    at = time.time() if now is None else now
    with installation.database.write() as connection:
        mission_letters.drop_unwanted(connection, asking=ASKING)
        waiting = mission_letters.list_waiting(connection, now=at)
    with MailServer(installation.settings, seconds=seconds) as server:
        parcels = (pack_letter(installation, letter, at=at) for letter in waiting)
        return send_parcels(installation, server, parcels, kind=KIND, of=OF)


def send_letters_quietly(installation: Installation) -> None:
    """Send what waits among other work: what fails is logged and tried again, and stops nothing else."""
    run_quietly(lambda: send_letters(installation), KIND)


def send_letters_soon(installation: Installation) -> threading.Thread:
    """Send what waits without keeping anybody waiting; what fails is tried again by the chores."""
    return run_soon(lambda: send_letters(installation), KIND)


def pack_letter(installation: Installation, letter: Queued, *, at: float) -> Parcel:
    """A letter with its address, and what is written of it."""
    document = open_sealed(installation, letter.sealed or b"")
    to = document.pop("to")
    return Parcel(
        to,
        address_letter(installation, Text(**document), to, mark=letter.id),
        partial(claim_letter, installation, letter),
        partial(settle_letter, installation, letter, at),
    )


def claim_letter(installation: Installation, letter: Queued) -> bool:
    with installation.database.write() as connection:
        return mission_letters.take_letter(connection, letter, asks=letter.kind in ASKING)


def settle_letter(
    installation: Installation, letter: Queued, at: float, outcome: Outcome, claimed: bool
) -> None:
    changes = find_changes(letter, outcome, at=at, claimed=claimed)
    if changes:
        with installation.database.write() as connection:
            mission_letters.settle_letter(connection, letter, changes)


def find_changes(letter: Queued, outcome: Outcome, *, at: float, claimed: bool) -> Mapping[str, object]:
    """What is written of a letter: one that is put off waits longer each time, and is given up in the end."""
    tries = letter.tries + 1
    if outcome is Outcome.PUT_OFF and tries < MOST_TRIES:
        kept = {"sealed": letter.sealed, "outcome": "waiting"} if claimed else {}
        return {**kept, "tries": tries, "retry_after": at + find_wait(tries)}
    if outcome in (Outcome.PUT_OFF, Outcome.REFUSED):
        return {"sealed": None, "outcome": "refused", "tries": tries}
    return {}
