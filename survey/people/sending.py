"""How do letters with links get from the outbox to the mail server?"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial

from survey.installation import Installation
from survey.mail.envelope import Text, address_letter
from survey.mail.parcels import Counts, Parcel, find_wait, run_quietly, run_soon, send_parcels
from survey.mail.server import SECONDS, MailServer, Outcome
from survey.people.faults import tell_time
from survey.people.links import LETTER
from survey.people.sealing import open_sealed
from survey.store import account_links
from survey.store.account_links import AccountLink

KIND, OF = "account letters", "accounts"


def send_links(installation: Installation, *, at: float | None = None, seconds: float = SECONDS) -> Counts:
    """Send every letter that waits; how many went how. Nothing where no mail server is set.

    Raises SurveyError mail_* when the server cannot be used; what was not sent is tried the next time.
    """
    if not installation.settings.sends_mail:
        return {}
    now = tell_time(at)
    with installation.database.read(newest=True) as connection:
        waiting = account_links.list_waiting(connection, now)
    with MailServer(installation.settings, seconds=seconds) as server:
        parcels = (pack_link(installation, link, at=now) for link in waiting)
        return send_parcels(installation, server, parcels, kind=KIND, of=OF)


def send_links_quietly(installation: Installation) -> None:
    """Send what waits among other work: what fails is logged and tried again, and stops nothing else."""
    run_quietly(lambda: send_links(installation), KIND)


def send_links_soon(installation: Installation) -> threading.Thread:
    """Send what waits without keeping anybody waiting; what fails is tried again by the chores."""
    return run_soon(lambda: send_links(installation), KIND)


def pack_link(installation: Installation, link: AccountLink, *, at: float) -> Parcel:
    """A letter with its address, and what is written of it."""
    document = open_sealed(installation, LETTER, link.letter or b"")
    to = document.pop("to")
    return Parcel(
        to,
        address_letter(installation, Text(**document), to, mark=link.key),
        partial(claim_link, installation, link),
        partial(settle_link, installation, link, at),
    )


def claim_link(installation: Installation, link: AccountLink) -> bool:
    with installation.database.write() as connection:
        return account_links.take_letter(connection, link.key)


def settle_link(
    installation: Installation, link: AccountLink, at: float, outcome: Outcome, claimed: bool
) -> None:
    changes = find_changes(link, outcome, at=at, claimed=claimed)
    if changes:
        with installation.database.write() as connection:
            account_links.settle_letter(connection, link.key, **changes)


def find_changes(link: AccountLink, outcome: Outcome, *, at: float, claimed: bool) -> Mapping[str, object]:
    """What is written of a letter: one that is put off waits longer each time until its link is too old."""
    tries = link.tries + 1
    if outcome is Outcome.PUT_OFF:
        kept = {"letter": link.letter, "outcome": account_links.WAITING} if claimed else {}
        return {**kept, "tries": tries, "retry_after": at + find_wait(tries)}
    if outcome is Outcome.REFUSED:
        return {"letter": None, "outcome": "refused", "tries": tries}
    return {}
